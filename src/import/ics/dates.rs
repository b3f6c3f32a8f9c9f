//! What happened to single dates: EXDATE, RDATE, and events with a RECURRENCE-ID.

use super::event::{Event, Extra, Stamp};
use super::series::Maker;
use crate::import::details::Details;
use crate::import::draft::{Draft, DraftDate, DraftSlot, Fact};
use crate::import::written::{gives, id_of, model};
use crate::model::{Local, Zone};
use crate::schedule::dates;
use chrono::{DateTime, NaiveDate, Utc};

impl Maker<'_> {
    pub(super) fn extra(&mut self, master: &Event, slot: &DraftSlot, draft: &mut Draft) {
        for Extra { start, lasts, line } in &master.extra {
            let id = same_kind(*start, slot);
            if draft.dates.iter().any(|date| date.id == id) {
                continue;
            }
            let when = self.when(master);
            let is_planned = gives(slot, id.date()) && id == id_of(slot, id.date());
            match lasts.filter(|lasts| *lasts != master.lasts) {
                None if is_planned => {
                    self.note(*line, format!("{id} is given by the rule already"))
                }
                own if is_planned => {
                    draft
                        .dates
                        .push(DraftDate { lasts: own, ..detail(id, when, Details::default()) });
                }
                own => {
                    let date = added(id, slot.zone, master, when);
                    draft.dates.push(DraftDate { lasts: own.or(date.lasts), ..date });
                }
            }
        }
    }

    pub(super) fn excluded(&mut self, master: &Event, slot: &DraftSlot, draft: &mut Draft) {
        let announced = self.when(master);
        for (stamp, line) in &master.excluded {
            let id = same_kind(*stamp, slot);
            let is_at = id == id_of(slot, id.date());
            if draft.dates.iter().any(|d| d.id == id && d.fact == Fact::Cancelled) {
                continue;
            }
            if gives(slot, id.date()) && is_at {
                draft.dates.retain(|date| date.id != id);
                draft.dates.push(cancelled(id, announced));
            } else if draft.dates.iter().any(|date| date.id == id) {
                draft.dates.retain(|date| date.id != id);
            } else {
                self.note(*line, format!("EXDATE {id} hits no meeting and was left out"));
            }
        }
        if master.changed.is_none() && !master.excluded.is_empty() {
            let text = "nothing says when dates were cancelled: the present was taken";
            self.note(master.line, text);
        }
    }

    /// One date that is cancelled, moved, or has its own details.
    pub(super) fn change(&mut self, change: &Event, master: &Event, draft: &mut Draft) {
        let Some(planned) = change.recurrence_id else { return };
        let Some(slot) = planning(draft, planned).and_then(|at| draft.slots.get(at)).cloned()
        else {
            return self.unplanned(change, planned, master, draft);
        };
        let id = same_kind(planned, &slot);
        if master.excluded.iter().any(|(stamp, _)| same_kind(*stamp, &slot) == id) {
            return self.excluded_too(change);
        }
        draft.dates.retain(|date| date.id != id);
        let announced = self.when(change);
        if change.is_cancelled || title_says_cancelled(change, master) {
            draft.dates.push(cancelled(id, announced));
            return;
        }
        let start = change.start.within(slot.zone);
        if start.time().is_some() != slot.at.is_some() {
            self.note(change.line, "it is of whole days on this date alone: a date of its own");
            draft.dates.push(cancelled(id, announced));
            let date = added(start, slot.zone, change, announced);
            draft.dates.push(own_words(change, master, date));
            return;
        }
        let fact = match change.start.zone {
            _ if start == id => Fact::Detail,
            Some(zone) if !zone.is_utc() => Fact::Moved(change.start.local, zone),
            _ => Fact::Moved(start, slot.zone),
        };
        let date = DraftDate {
            lasts: (change.lasts != slot.lasts).then_some(change.lasts),
            ..own_words(change, master, DraftDate { fact, ..cancelled(id, announced) })
        };
        let says_nothing = date.fact == Fact::Detail
            && date.title.is_none()
            && date.lasts.is_none()
            && date.details == Details::default();
        if !says_nothing {
            draft.dates.push(date);
        }
    }

    /// A change of a date that an EXDATE takes out: no instance is there to be changed (RFC 5545
    /// §3.8.5.1), and so have it recurring-ical-events, ical.js, libical and Thunderbird.
    fn excluded_too(&mut self, change: &Event) {
        if !change.is_cancelled {
            let text = "an EXDATE takes out the date that this changes: it is cancelled, as most readers have it";
            self.note(change.line, text);
        }
    }

    /// A change of a date that no rule gives: one that was added, or none at all.
    fn unplanned(&mut self, change: &Event, planned: Stamp, master: &Event, draft: &mut Draft) {
        let at = |stamp: Stamp| stamp.within(master.zone);
        if master.excluded.iter().any(|(stamp, _)| at(*stamp) == at(planned)) {
            return self.excluded_too(change);
        }
        let before = draft.dates.len();
        let is_it = |date: &DraftDate| match date.fact {
            Fact::Added(zone) => planned.within(zone) == date.id,
            _ => false,
        };
        draft.dates.retain(|date| !is_it(date));
        let was_added = draft.dates.len() < before;
        if change.is_cancelled {
            if !was_added {
                self.note(change.line, "it cancels a date on which no meeting is: left out");
            }
            return;
        }
        if !was_added {
            let text = "its RECURRENCE-ID hits no meeting: it is a date of its own now";
            self.note(change.line, text);
        }
        let date = added(change.start.local, change.zone, change, self.when(change));
        draft.dates.push(own_words(change, master, date));
    }

    /// RANGE=THISANDFUTURE: the slot ends, and another goes on.
    pub(super) fn all_later(&mut self, change: &Event, draft: &mut Draft) {
        let Some(planned) = change.recurrence_id else { return };
        let found = planning(draft, planned).and_then(|at| draft.slots.get_mut(at));
        let Some(old) = found else {
            self.note(change.line, "its RECURRENCE-ID hits no meeting: it was left out");
            return;
        };
        let (id, start) = (same_kind(planned, old), change.start.within(old.zone));
        if start.date() != id.date() || start.time().is_some() != old.at.is_some() {
            self.note(change.line, "a move of this and all later dates to other days was left out");
            return;
        }
        let (at, lasts, details) = (start.time(), change.lasts, change.details.clone());
        if (at, lasts) == (old.at, old.lasts) {
            let differs = old.details != details;
            old.details = details;
            if differs {
                let text = "this and all later dates have another place or text: so has the series";
                self.note(change.line, text);
            }
        } else if id.date() <= old.from {
            *old = DraftSlot { at, lasts, details, ..old.clone() };
        } else {
            let new =
                DraftSlot { from: start.date(), at, lasts, uid: None, details, ..old.clone() };
            old.until = last_before(old, id.date());
            draft.slots.push(DraftSlot { line: change.line, ..new });
            let text = "this and all later dates differ: they are a slot of their own";
            self.note(change.line, text);
        }
        if let Some(title) = change.title.clone().filter(|title| *title != draft.title) {
            let text = format!("from {} on it is called `{title}`: so is the series", id.date());
            self.note(change.line, text);
            draft.title = title;
        }
        for date in draft.dates.iter_mut().filter(|date| date.id.date() >= id.date()) {
            if !matches!(date.fact, Fact::Added(_)) {
                date.id = Local::new(date.id.date(), at);
            }
        }
        draft.updated = draft.updated.max(self.when(change));
    }
}

/// The last date of the slot before that day.
fn last_before(slot: &DraftSlot, day: NaiveDate) -> Option<NaiveDate> {
    let before =
        model(slot).and_then(|m| dates(&m, slot.from).take_while(|date| *date < day).last());
    before.or(day.pred_opt())
}

/// Which slot plans that date: the last of those that do.
fn planning(draft: &Draft, planned: Stamp) -> Option<usize> {
    draft.slots.iter().rposition(|slot| {
        let id = same_kind(planned, slot);
        gives(slot, id.date()) && id == id_of(slot, id.date())
    })
}

/// Outlook and people write it before the title, and leave STATUS as it was.
fn title_says_cancelled(change: &Event, master: &Event) -> bool {
    let (Some(own), Some(usual)) = (&change.title, &master.title) else { return false };
    let Some(before) = own.as_str().strip_suffix(usual.as_str()) else { return false };
    let word = before.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    ["cancelled", "canceled", "abgesagt", "entfällt", "annulé", "cancelado"].contains(&&*word)
}

fn cancelled(id: Local, announced: DateTime<Utc>) -> DraftDate {
    let details = Details::default();
    DraftDate { id, fact: Fact::Cancelled, announced, title: None, details, lasts: None }
}

/// A date as planned that has its own place or text.
pub(super) fn detail(id: Local, updated: DateTime<Utc>, details: Details) -> DraftDate {
    DraftDate { fact: Fact::Detail, details, ..cancelled(id, updated) }
}

/// The date with what the event says that its series does not.
pub(super) fn own_words(event: &Event, master: &Event, date: DraftDate) -> DraftDate {
    DraftDate {
        title: event.title.clone().filter(|title| Some(title) != master.title.as_ref()),
        details: differing(&event.details, &master.details),
        ..date
    }
}

/// A date that no rule gives, as long as the event.
pub(super) fn added(id: Local, zone: Zone, event: &Event, announced: DateTime<Utc>) -> DraftDate {
    let lasts = Some(event.lasts);
    DraftDate { fact: Fact::Added(zone), lasts, ..cancelled(id, announced) }
}

/// The time by the slot's clock; a day alone is that of the slot's meeting.
fn same_kind(stamp: Stamp, slot: &DraftSlot) -> Local {
    match (stamp.within(slot.zone), slot.at) {
        (Local::Date(day), at) => Local::new(day, at),
        (Local::DateTime(moment), None) => Local::Date(moment.date()),
        (local, Some(_)) => local,
    }
}

pub(super) fn differing(own: &Details, usual: &Details) -> Details {
    Details {
        agenda: own.agenda.clone().filter(|agenda| Some(agenda) != usual.agenda.as_ref()),
        join: own.join.clone().filter(|join| Some(join) != usual.join.as_ref()),
        location: own.location.clone().filter(|place| Some(place) != usual.location.as_ref()),
        body: if own.body == usual.body { String::new() } else { own.body.clone() },
    }
}
