//! From events to series: what is one series over time, and what happened to single dates.

use super::dates::{added, detail, differing, own_words};
use super::event::{Event, short};
use crate::import::details::Details;
use crate::import::draft::{Draft, DraftSlot, More};
use crate::import::written::{gives, id_of};
use crate::import::{Note, Options};
use crate::model::{Line, Uid, Zone};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The most dates that are counted through in a whole file.
const MOST_COUNTED: usize = 1_000_000;

/// The series of the events, in the order of the file.
///
/// `of_series` has a number for each line of an event whose series the file tells; events of one number are
/// one series, and of others another.
pub(super) fn drafts(
    events: Vec<Event>,
    zone: Zone,
    of_series: &BTreeMap<usize, usize>,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Vec<Draft> {
    let (changes, masters): (Vec<Event>, Vec<Event>) =
        newest(events, notes).into_iter().partition(|event| event.recurrence_id.is_some());
    let mut by_uid: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for change in changes {
        by_uid.entry(change.uid.clone().unwrap_or_default()).or_default().push(change);
    }
    let mut maker =
        Maker { zone, now: options.now, used: BTreeSet::new(), countable: MOST_COUNTED, notes };
    let mut drafts: Vec<Draft> = Vec::new();
    for master in masters {
        let own = master.uid.as_ref().and_then(|uid| by_uid.remove(uid)).unwrap_or_default();
        let Some(draft) = maker.draft(&master, own) else { continue };
        let told = |draft: &Draft| of_series.get(&draft.line);
        let is_one = |other: &Draft| match (told(other), told(&draft)) {
            (None, None) => follows(other, &draft),
            (one, next) => one == next,
        };
        match drafts.iter_mut().find(|other| is_one(other)) {
            Some(other) => join(other, draft),
            None => drafts.push(draft),
        }
    }
    drafts.iter_mut().for_each(|draft| settle(draft, maker.notes));
    drafts.extend(by_uid.into_values().filter_map(|orphans| maker.orphans(orphans)));
    drafts
}

/// The events but for those of which the file has a newer version too: with the same UID and
/// RECURRENCE-ID and a higher SEQUENCE (RFC 5546 §2.1.5).
fn newest(events: Vec<Event>, notes: &mut Vec<Note>) -> Vec<Event> {
    let key = |event: &Event| {
        let planned = event.recurrence_id.map(|stamp| stamp.within(Zone::UTC).to_string());
        Some((event.uid.clone()?, planned, event.and_future))
    };
    let mut highest: BTreeMap<_, u32> = BTreeMap::new();
    for event in &events {
        let known = highest.entry(key(event)).or_default();
        *known = event.sequence.max(*known);
    }
    let mut is_newest = |event: &Event| {
        let newer = key(event).is_some() && highest.get(&key(event)) > Some(&event.sequence);
        if newer {
            let text = "the file has a newer version of this event, which was taken";
            notes.push(Note::at(event.line, text));
        }
        !newer
    };
    events.into_iter().filter(|event| is_newest(event)).collect()
}

/// Makes drafts of events, and notes what it could not keep.
pub(super) struct Maker<'a> {
    /// The zone of whole days.
    zone: Zone,
    now: DateTime<Utc>,
    used: BTreeSet<String>,
    /// How many more dates are counted through, for COUNT and UNTIL.
    pub(super) countable: usize,
    notes: &'a mut Vec<Note>,
}

impl Maker<'_> {
    pub(super) fn note(&mut self, line: usize, text: impl Into<String>) {
        self.notes.push(Note::at(line, text));
    }

    /// One master with the dates that differ.
    fn draft(&mut self, master: &Event, changes: Vec<Event>) -> Option<Draft> {
        if master.is_cancelled {
            self.note(master.line, "the whole event is cancelled and was left out");
            return None;
        }
        let title = self.title(master)?;
        let slot = self.slot(master);
        let mut draft = Draft {
            line: master.line,
            title,
            details: master.details.clone(),
            updated: master.changed.unwrap_or(self.now),
            slots: slot.into_iter().collect(),
            dates: Vec::new(),
            more: More { tags: master.tags.clone(), ..More::default() },
        };
        let slot = draft.slots.first().cloned()?;
        let start = master.start.within(slot.zone);
        if !gives(&slot, start.date()) {
            self.note(master.line, "DTSTART is no date of its rule: it is a date of its own now");
            draft.dates.push(added(start, slot.zone, master, self.when(master)));
        }
        self.extra(master, &slot, &mut draft);
        self.excluded(master, &slot, &mut draft);
        for change in changes {
            match change.and_future {
                true => self.all_later(&change, &mut draft),
                false => self.change(&change, master, &mut draft),
            }
        }
        self.only_ends(&mut draft);
        Some(draft)
    }

    fn title(&mut self, event: &Event) -> Option<Line> {
        event.title.clone().or_else(|| {
            self.note(event.line, "this event has no title: it is called Meeting now");
            Line::new("Meeting")
        })
    }

    pub(super) fn when(&self, event: &Event) -> DateTime<Utc> {
        event.changed.unwrap_or(self.now)
    }

    fn uid(&mut self, event: &Event) -> Option<String> {
        let uid = event.uid.clone()?;
        if Uid::new(&uid).is_none() {
            let text =
                format!("the UID `{}` cannot be kept: calendars will show it anew", short(&uid));
            self.note(event.line, text);
            return None;
        }
        if !self.used.insert(uid.clone()) {
            let text =
                format!("another event has the UID `{}` too: this one gets a new one", short(&uid));
            self.note(event.line, text);
            return None;
        }
        Some(uid)
    }

    fn slot(&mut self, master: &Event) -> Option<DraftSlot> {
        let whole_days = master.start.local.time().is_none();
        let zone = if whole_days { self.zone } else { master.zone };
        let start = master.start.within(zone);
        let uid = self.uid(master);
        let single = DraftSlot {
            from: start.date(),
            until: None,
            rule: None,
            at: start.time(),
            zone,
            lasts: master.lasts,
            uid,
            details: master.details.clone(),
            line: master.line,
        };
        if let Some((_, line)) = master.rules.get(1) {
            self.note(*line, "a second RRULE was left out: make a slot of it");
        }
        let Some((text, line)) = master.rules.first() else { return Some(single) };
        let slot = self.ruled(&single, text, *line).unwrap_or_else(|why| {
            let text = format!("the rule was left out, only the first date was kept: {why}");
            self.note(*line, text);
            single
        });
        let recurs = slot.rule.is_some() && slot.until != Some(slot.from);
        if recurs && zone.is_utc() && !whole_days {
            let text = "it recurs in UTC, so it stays at one time of UTC when clocks change";
            self.note(*line, text);
        }
        Some(slot)
    }

    /// A slot that ends before its first date does not exist; `until` of one that goes on is none.
    fn only_ends(&mut self, draft: &mut Draft) {
        draft.slots.retain(|slot| slot.until.is_none_or(|until| until >= slot.from));
    }

    /// Dates whose event is not in the file.
    fn orphans(&mut self, events: Vec<Event>) -> Option<Draft> {
        let first = events.first()?.clone();
        self.note(first.line, "the event that these dates belong to is not in the file");
        let title = self.title(&first)?;
        let mut draft = Draft {
            line: first.line,
            title,
            details: first.details.clone(),
            updated: self.when(&first),
            slots: Vec::new(),
            dates: Vec::new(),
            more: Default::default(),
        };
        for event in events.iter().filter(|event| !event.is_cancelled) {
            let date = added(event.start.local, event.zone, event, self.when(event));
            draft.dates.push(own_words(event, &first, date));
        }
        (!draft.dates.is_empty()).then_some(draft)
    }
}

/// Whether the second is the first, later: one title, and no slot that both have days of.
fn follows(one: &Draft, next: &Draft) -> bool {
    let end = |slot: &DraftSlot| match slot.rule {
        None => Some(slot.from),
        Some(_) => slot.until,
    };
    let apart = |a: &DraftSlot, b: &DraftSlot| {
        end(a).is_some_and(|end| end < b.from) || end(b).is_some_and(|end| end < a.from)
    };
    one.title == next.title
        && one.slots.iter().all(|a| next.slots.iter().all(|b| apart(a, b)))
        && !one.dates.iter().any(|a| next.dates.iter().any(|b| a.id.date() == b.id.date()))
}

/// Puts the second into the first.
fn join(one: &mut Draft, next: Draft) {
    one.updated = one.updated.max(next.updated);
    one.slots.extend(next.slots);
    one.dates.extend(next.dates);
}

/// What the latest slot says counts for the series; a single date that says something else keeps it.
fn settle(draft: &mut Draft, notes: &mut Vec<Note>) {
    let latest = draft.slots.iter().max_by_key(|slot| slot.from);
    if let Some(latest) = latest.map(|slot| slot.details.clone()) {
        draft.details = latest;
    }
    let others = draft.slots.iter().filter(|slot| slot.details != draft.details);
    let mut own = Vec::new();
    for slot in others {
        let id = id_of(slot, slot.from);
        let details = differing(&slot.details, &draft.details);
        if slot.rule.is_some() {
            let text = "what is later under the same title has another place or text: those of the \
                        last were kept";
            notes.push(Note::at(slot.line, text));
        } else if details != Details::default() && draft.dates.iter().all(|date| date.id != id) {
            own.push(detail(id, draft.updated, details));
        }
    }
    draft.dates.extend(own);
}
