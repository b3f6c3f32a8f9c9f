//! Slots that begin, end and change.

use super::window::{NAMED, Window};
use super::{Dates, Shift, SlotChange, Warning, What};
use crate::model::{Change, Series, Slot};
use crate::render::{Locale, html::slot_in_words};
use crate::schedule::{Span, Status, dates, occurrence_on};
use chrono::NaiveDate;

/// A slot before and after, as far as it is there.
pub(super) type Pair<'a> = (Option<&'a Slot>, Option<&'a Slot>);

/// Finds for each slot what it was before: by its UID; else, where it has another UID now, by rule,
/// time and first day; else by rule and time alone.
pub(super) fn pairs<'a>(old: &'a Series, new: &'a Series) -> Vec<Pair<'a>> {
    let mut left: Vec<&Slot> = old.slots.iter().collect();
    let mut pairs: Vec<Pair<'a>> = new.slots.iter().map(|slot| (None, Some(slot))).collect();
    let alike: [fn(&Slot, &Slot) -> bool; 3] =
        [|a, b| a.uid == b.uid, |a, b| is_same_time(a, b) && a.from == b.from, is_same_time];
    for is_alike in alike {
        for pair in pairs.iter_mut().filter(|(before, _)| before.is_none()) {
            let Some(slot) = pair.1 else { continue };
            if let Some(place) = left.iter().position(|before| is_alike(before, slot)) {
                pair.0 = Some(left.remove(place));
            }
        }
    }
    let removed = left.into_iter().map(|slot| (Some(slot), None));
    removed.chain(pairs).collect()
}

fn is_same_time(a: &Slot, b: &Slot) -> bool {
    (&a.rule, a.at, a.zone) == (&b.rule, b.at, b.zone)
}

/// `Every Thursday at 10:00 Pacific`.
pub(super) fn in_words(slot: &Slot) -> String {
    slot_in_words(&Locale::ENGLISH, slot)
}

/// What differs between the two, without what their dates say for themselves.
pub(super) fn changes(of: (&Series, &Series), pair: Pair<'_>, window: &Window) -> Vec<What> {
    let first = window.first_day();
    match pair {
        (None, Some(slot)) => {
            let (from, until) = (slot.from, slot.until);
            let next = next(of.1, slot, first, window);
            vec![What::Slot(in_words(slot), SlotChange::Begins { from, until, next })]
        }
        (Some(slot), None) => {
            let gone = next(of.0, slot, first, window);
            vec![What::Slot(in_words(slot), SlotChange::Removed(gone))]
        }
        (Some(old), Some(new)) => between(of, old, new, window),
        (None, None) => Vec::new(),
    }
}

fn between(of: (&Series, &Series), old: &Slot, new: &Slot, window: &Window) -> Vec<What> {
    let after = |day: NaiveDate| day.succ_opt().unwrap_or(day).max(window.first_day());
    let is_same = is_same_time(old, new) && (old.from, old.lasts) == (new.from, new.lasts);
    let change = match (old.until, new.until) {
        _ if !is_same => return changed(of, old, new, window),
        (old, new) if old == new => return Vec::new(),
        (Some(before), until) if until.is_none_or(|until| until > before) => {
            let come = next(of.1, new, after(before), window);
            SlotChange::GoesOn { before, until, come }
        }
        (_, Some(until)) => {
            let gone = next(of.0, old, after(until), window);
            SlotChange::Ends { until, gone }
        }
        (_, None) => return Vec::new(),
    };
    vec![What::Slot(in_words(new), change)]
}

/// The dates of the slot, from that day on, on which people meet within the window.
fn next(series: &Series, slot: &Slot, since: NaiveDate, window: &Window) -> Dates {
    let planned = dates(slot, since);
    let within = planned.take_while(|date| !window.is_after(&Span::of_slot(slot, *date)));
    window.dates(within.filter_map(|date| span(series, slot, date)))
}

/// When people meet who would on that date; none where it is cancelled.
fn span(series: &Series, slot: &Slot, date: NaiveDate) -> Option<Span> {
    let occurrence = occurrence_on(series, slot, date);
    (occurrence.status == Status::Confirmed).then(|| occurrence.span())
}

fn changed(of: (&Series, &Series), old: &Slot, new: &Slot, window: &Window) -> Vec<What> {
    let is_after = |span: Span| window.is_after(&span);
    let is_over = |span: Span| window.is_over(&span);
    let shifts = |since| Shifts::of(of, (old, new), since);
    let begins_after = |s: &Shift| s.old.is_none_or(is_after) && s.new.is_none_or(is_after);
    let is_past = |s: &Shift| s.old.is_none_or(is_over) && s.new.is_none_or(is_over);
    let within = shifts(window.first_day()).take_while(|s| s.is_nothing() || !begins_after(s));
    let differing: Vec<Shift> = within.filter(|s| s.differs() && !is_past(s)).collect();
    let (count, first) = (differing.len(), differing.into_iter().take(NAMED).collect());
    let before = described(old, new);
    let mut all =
        vec![What::Slot(described(new, old), SlotChange::Changes { before, first, count })];
    let mut past = shifts(NaiveDate::MIN).take_while(|s| s.is_nothing() || is_past(s));
    let since = past.find(Shift::differs).and_then(|shift| shift.old.or(shift.new));
    all.extend(
        since.map(|span| What::Warning(Warning::PastChanges(in_words(new), span.start.date()))),
    );
    all
}

/// The slot in words, with whatever else of it is not the same in the other.
fn described(slot: &Slot, other: &Slot) -> String {
    let mut words = in_words(slot);
    if slot.lasts != other.lasts {
        words += &format!(", {}", super::times::length(slot.lasts));
    }
    if slot.from != other.from {
        words += &format!(", from {}", super::times::day(slot.from));
    }
    if slot.until != other.until {
        let until = slot.until.map(super::times::day);
        words += &until.map_or(", without an end".to_owned(), |until| format!(", until {until}"));
    }
    words
}

/// Both slots' dates side by side.
struct Shifts<'a> {
    of: (&'a Series, &'a Series),
    slots: (&'a Slot, &'a Slot),
    dates: (Ahead<'a>, Ahead<'a>),
}

type Ahead<'a> = std::iter::Peekable<Box<dyn Iterator<Item = NaiveDate> + 'a>>;

impl<'a> Shifts<'a> {
    fn of(of: (&'a Series, &'a Series), slots: (&'a Slot, &'a Slot), since: NaiveDate) -> Self {
        let ahead = |slot: &Slot| -> Ahead<'a> {
            let all: Box<dyn Iterator<Item = NaiveDate>> = Box::new(dates(slot, since));
            all.peekable()
        };
        Shifts { of, slots, dates: (ahead(slots.0), ahead(slots.1)) }
    }

    /// Whether what the date says of its time for itself is another, which is told apart.
    fn is_told_apart(&self, date: NaiveDate) -> bool {
        let own = |slot: &'a Slot| -> Option<&'a Change> {
            slot.exceptions.get(&slot.recurrence_id(date))?.change.as_deref()
        };
        own(self.slots.0) != own(self.slots.1)
    }
}

impl Iterator for Shifts<'_> {
    type Item = Shift;

    /// A date that is told apart is nothing, before and after.
    fn next(&mut self) -> Option<Shift> {
        let heads = [self.dates.0.peek(), self.dates.1.peek()];
        let date = heads.into_iter().flatten().min().copied()?;
        let (old, new) = (self.dates.0.next_if_eq(&date), self.dates.1.next_if_eq(&date));
        if old.is_some() && new.is_some() && self.is_told_apart(date) {
            return Some(Shift { old: None, new: None });
        }
        let old = old.and_then(|date| span(self.of.0, self.slots.0, date));
        let new = new.and_then(|date| span(self.of.1, self.slots.1, date));
        Some(Shift { old, new })
    }
}

impl Shift {
    fn is_nothing(&self) -> bool {
        self.old.is_none() && self.new.is_none()
    }

    /// Whether people come at other times.
    fn differs(&self) -> bool {
        let times = |span: Span| (span.utc_start, span.utc_end, span.start.time().is_some());
        self.old.map(times) != self.new.map(times)
    }
}
