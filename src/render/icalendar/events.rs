//! Which events a calendar has: slots, the dates that differ from them, and meetings apart.

use super::memory::YEAR;
use super::options::{Cancelled, Options, Past};
use crate::model::{Change, Exception, Local, Series, Slot, Uid, Zone};
use crate::schedule::{
    AsOf, Occurrence, Span, Status, Version, added, dates, dates_across_changes, last_date,
    occurrence_on, occurrences, stands_apart,
};
use chrono::{NaiveDateTime, TimeDelta};
use std::borrow::Cow;

/// A VEVENT to be written.
pub(super) enum Event<'a> {
    /// A slot, without the dates that are cancelled or stand apart.
    Recurring { series: &'a Series, slot: &'a Slot, version: Version, excluded: Vec<Local> },
    /// One date.
    Single { occurrence: Box<Occurrence<'a>>, version: Version, identity: Identity },
}

/// What makes a single date the same in every calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// The UID of its slot, and a RECURRENCE-ID within it.
    InSlot,
    /// A UID of its own.
    Own,
}

/// What a subscriber wants, and when it is.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) options: &'a Options,
    /// For how long what a meeting left behind is shown, where the options do not say.
    pub(super) memory: TimeDelta,
    pub(super) as_of: &'a AsOf,
}

impl<'a> Event<'a> {
    /// One date by itself, as people put it into their calendar.
    pub(super) fn apart(occurrence: Occurrence<'a>) -> Event<'a> {
        let version = Version::of(&occurrence);
        Event::Single { occurrence: Box::new(occurrence), version, identity: Identity::Own }
    }

    /// Its UID, the same in every calendar.
    pub(super) fn uid(&self) -> Cow<'a, Uid> {
        match self {
            Event::Recurring { slot, .. } => Cow::Borrowed(&slot.uid),
            Event::Single { occurrence, identity: Identity::InSlot, .. } => {
                Cow::Borrowed(occurrence.uid)
            }
            Event::Single { occurrence, identity: Identity::Own, .. } => {
                Cow::Owned(occurrence.own_uid())
            }
        }
    }

    /// The zone of its start.
    pub(super) fn zone(&self) -> Zone {
        match self {
            Event::Recurring { slot, .. } => slot.zone,
            Event::Single { occurrence, .. } => occurrence.zone,
        }
    }

    /// The zone in which it has times, with the first; none for whole days and times in plain UTC.
    pub(super) fn zoned_start(&self) -> Option<(Zone, NaiveDateTime)> {
        let start = match self {
            Event::Recurring { slot, .. } => slot.recurrence_id(slot.from),
            Event::Single { occurrence, .. } => occurrence.start,
        };
        let timed = start.time().is_some() && !self.is_in_plain_utc();
        timed.then(|| (self.zone().canonical(), start.moment()))
    }

    /// Whether its times are instants. Those of a recurrence in UTC are in a zone like all others:
    /// Home Assistant finds no override by a RECURRENCE-ID that is an instant.
    pub(super) fn is_in_plain_utc(&self) -> bool {
        let own = matches!(self, Event::Single { identity: Identity::Own, .. });
        own && self.zone().is_utc()
    }
}

/// The events of a series in the order in which they are written: a slot before its dates.
pub(super) fn of_series<'a>(series: &'a Series, wanted: Wanted<'_>) -> Vec<Event<'a>> {
    if wanted.options.flat {
        return flat(series, wanted).map(Event::apart).collect();
    }
    let mut events = Vec::new();
    for slot in &series.slots {
        push_slot(series, slot, wanted, &mut events);
    }
    events.extend(added(series).filter(|o| wanted.shows_added(o)).map(Event::apart));
    events
}

/// Every meeting by itself, in UTC, up to a year ahead.
pub(super) fn flat<'a>(
    series: &'a Series,
    wanted: Wanted<'_>,
) -> impl Iterator<Item = Occurrence<'a>> {
    occurrences(series)
        .take_while(move |o| wanted.as_of.reached(o.utc_start - YEAR))
        .filter(move |o| match o.status {
            Status::Confirmed => wanted.remembers(o),
            Status::Cancelled => wanted.marks(o),
        })
        .map(Occurrence::in_utc)
}

fn push_slot<'a>(
    series: &'a Series,
    slot: &'a Slot,
    wanted: Wanted<'_>,
    events: &mut Vec<Event<'a>>,
) {
    let version = Version::of_slot(series, slot);
    let hidden = slot.exceptions.iter().filter(|(_, exception)| wanted.hides(exception));
    let mut excluded: Vec<Local> = hidden.map(|(id, _)| *id).collect();
    let (mut inside, mut apart) = (Vec::new(), Vec::new());
    let single = |identity, occurrence| {
        let occurrence = Box::new(occurrence);
        Event::Single { occurrence, version, identity }
    };
    for occurrence in special(series, slot, wanted) {
        let id = occurrence.recurrence_id;
        match wanted.form_of(&occurrence) {
            DateForm::AsPlanned => {}
            DateForm::Excluded => excluded.push(id),
            DateForm::Override => inside.push(single(Identity::InSlot, occurrence)),
            DateForm::Apart => {
                excluded.push(id);
                apart.push(single(Identity::Own, occurrence));
            }
        }
    }
    excluded.sort_unstable();
    if !inside.is_empty() || !wanted.is_over(slot) && has_others(slot, &excluded) {
        events.push(Event::Recurring { series, slot, version, excluded });
        events.append(&mut inside);
    }
    events.append(&mut apart);
}

/// The slot's dates that are to be seen and of which its rule does not say all there is to say, in
/// order.
fn special<'a>(series: &'a Series, slot: &'a Slot, wanted: Wanted<'_>) -> Vec<Occurrence<'a>> {
    let seen = slot.exceptions.iter().filter(|(id, exception)| {
        !wanted.hides(exception) && !wanted.forgets(slot, **id, exception)
    });
    let hides = |id: &Local| slot.exceptions.get(id).is_some_and(|e| wanted.hides(e));
    let across = dates_across_changes(slot);
    let across = across.iter().map(|date| slot.recurrence_id(*date)).filter(|id| !hides(id));
    let mut ids: Vec<Local> = seen.map(|(id, _)| *id).chain(across).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| occurrence_on(series, slot, id.date())).collect()
}

/// Whether a slot has dates that are not excluded: a rule without any is none that clients expect.
fn has_others(slot: &Slot, excluded: &[Local]) -> bool {
    slot.until.is_none() || dates(slot, slot.from).nth(excluded.len()).is_some()
}

/// What a date of a slot is written as. Never an EXDATE and an override at once: half of all readers
/// lose a date that is both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DateForm {
    /// The rule says all there is to say.
    AsPlanned,
    /// An EXDATE.
    Excluded,
    /// An event with a RECURRENCE-ID.
    Override,
    /// An EXDATE, and an event with a UID of its own.
    Apart,
}

impl Wanted<'_> {
    fn form_of(self, occurrence: &Occurrence<'_>) -> DateForm {
        if occurrence.status == Status::Cancelled {
            return if self.marks(occurrence) { DateForm::Override } else { DateForm::Excluded };
        }
        let differs = occurrence.is_moved()
            || says_otherwise(occurrence)
            || occurrence.span().is_across_change();
        if differs && !self.shows(occurrence) {
            return if occurrence.is_moved() { DateForm::Excluded } else { DateForm::AsPlanned };
        }
        if stands_apart(occurrence) {
            return DateForm::Apart;
        }
        let is_shown = differs || says_more(occurrence) && self.remembers(occurrence);
        if is_shown { DateForm::Override } else { DateForm::AsPlanned }
    }

    /// Whether the meeting is in the calendar at all, which only the number of days decides.
    fn shows(self, occurrence: &Occurrence<'_>) -> bool {
        !matches!(self.options.past, Past::Days(_)) || self.remembers(occurrence)
    }

    /// Whether what a meeting left behind is still shown.
    fn remembers(self, occurrence: &Occurrence<'_>) -> bool {
        self.span().is_none_or(|span| !self.as_of.reached(occurrence.utc_end + span))
    }

    /// For how long what a meeting left behind is shown; none for good.
    fn span(self) -> Option<TimeDelta> {
        match self.options.past {
            Past::Year => Some(self.memory),
            Past::Days(days) => Some(TimeDelta::days(days.into())),
            Past::All => None,
        }
    }

    /// Whether nothing is to be said of the slot's date but what it left behind, and that no longer.
    fn forgets(self, slot: &Slot, id: Local, exception: &Exception) -> bool {
        let is_plain = matches!(exception.change.as_deref(), None | Some(Change::Kept))
            && exception.details.is_none();
        // Zones are less than a day apart from UTC.
        let end = id.moment().and_utc() + slot.lasts + TimeDelta::days(1);
        is_plain && self.span().is_some_and(|span| !self.as_of.lies_ahead(end + span))
    }

    /// Whether the date is cancelled and no trace of it wanted.
    fn hides(self, exception: &Exception) -> bool {
        self.options.cancelled == Cancelled::Hide
            && matches!(exception.change.as_deref(), Some(Change::Cancelled { restored: None, .. }))
    }

    fn marks(self, occurrence: &Occurrence<'_>) -> bool {
        self.options.cancelled == Cancelled::Mark && self.remembers(occurrence)
    }

    fn shows_added(self, occurrence: &Occurrence<'_>) -> bool {
        match occurrence.status {
            Status::Confirmed => self.shows(occurrence),
            Status::Cancelled => self.marks(occurrence),
        }
    }

    /// Whether the slot ended before all that is wanted; the dates that moved out of it are its no
    /// longer.
    fn is_over(self, slot: &Slot) -> bool {
        let Past::Days(days) = self.options.past else { return false };
        let Some(last) = last_date(slot) else { return false };
        self.as_of.reached(Span::of_slot(slot, last).utc_end + TimeDelta::days(days.into()))
    }
}

/// Whether the date has fields of its own.
fn says_otherwise(occurrence: &Occurrence<'_>) -> bool {
    occurrence.details().is_some_and(|details| {
        details.title.is_some()
            || details.join.is_some()
            || details.agenda.is_some()
            || details.lasts.is_some()
            || details.location.is_some()
    })
}

/// Whether there is a note on the date, or it left minutes or recordings.
fn says_more(occurrence: &Occurrence<'_>) -> bool {
    occurrence.note().is_some()
        || occurrence.minutes().is_some()
        || !occurrence.recordings().is_empty()
}
