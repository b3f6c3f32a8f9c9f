//! What is before and after a date within its slot.

use super::{Occurrence, Status, ZoneRules, dates};
use crate::model::Slot;
use chrono::{NaiveDate, TimeDelta};

/// The slot's last date; none for a slot that goes on.
pub fn last_date(slot: &Slot) -> Option<NaiveDate> {
    last_before(slot, slot.until?.succ_opt()?)
}

/// The slot's last date before that day, whatever happened to it.
fn last_before(slot: &Slot, day: NaiveDate) -> Option<NaiveDate> {
    let mut span = TimeDelta::days(8);
    loop {
        let since = day.checked_sub_signed(span).unwrap_or(slot.from).max(slot.from);
        let found = dates(slot, since).take_while(|date| *date < day).last();
        if found.is_some() || since == slot.from {
            return found;
        }
        span = span * 4;
    }
}

/// Whether calendars have the slot's occurrence as an event of its own: it takes place, and does not keep
/// its place among its neighbours.
pub fn stands_apart(occurrence: &Occurrence<'_>) -> bool {
    let is_longer = occurrence.details().is_some_and(|details| details.lasts.is_some());
    occurrence.status == Status::Confirmed
        && (occurrence.is_moved() || is_longer)
        && !keeps_its_place(occurrence)
}

/// Whether the occurrence stays strictly between its neighbours in the slot, and on no day of theirs.
///
/// Outlook cannot hold one that does not: a changed date of a recurrence may neither pass its
/// neighbours nor share a day with them (MS-OXOCAL, PidLidAppointmentRecur). Neighbours count where
/// the rule gives them, and where they moved to unless that is out of their own place.
fn keeps_its_place(occurrence: &Occurrence<'_>) -> bool {
    let Some(slot) = occurrence.slot else { return true };
    let rules = ZoneRules::of(slot.zone);
    let place = Place::of(slot, occurrence.recurrence_id.date());
    let days = occurrence.days(rules);
    let moved = |date: Option<NaiveDate>| {
        let id = slot.recurrence_id(date?);
        slot.exceptions.get(&id)?;
        let other = Occurrence::of_slot(occurrence.series, slot, id);
        let theirs = other.is_moved().then(|| other.days(rules))?;
        Place::of(slot, id.date()).holds(theirs).then_some(theirs)
    };
    place.holds(days)
        && moved(place.before).is_none_or(|before| before.1 < days.0)
        && moved(place.after).is_none_or(|after| days.1 < after.0)
}

/// The slot's dates on either side of one.
struct Place {
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
}

impl Place {
    fn of(slot: &Slot, date: NaiveDate) -> Place {
        let after = date.succ_opt().and_then(|next| dates(slot, next).next());
        Place { before: last_before(slot, date), after }
    }

    /// Whether those days, from the first to the last, are between.
    fn holds(&self, (first, last): (NaiveDate, NaiveDate)) -> bool {
        self.before.is_none_or(|before| before < first)
            && self.after.is_none_or(|after| last < after)
    }
}
