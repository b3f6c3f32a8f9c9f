//! The dates that a slot's rule gives.

use super::recurrence::Recurrence;
use crate::model::Slot;
use chrono::NaiveDate;

/// The last day for which dates are given: beyond it tz data is a guess.
const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2200, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// The slot's dates on or after `since`, in order, without repeats.
///
/// Endless but for the year 2200 where the slot has no `until`. Exceptions are not looked at: a
/// cancelled date is among them, an added one is not. However late `since` is, nothing before it is
/// expanded.
pub fn dates(slot: &Slot, since: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
    Recurrence::new(&slot.rule, slot.from).dates(since, last_day(slot))
}

/// Whether the slot has an occurrence on that date, be it cancelled or moved.
pub fn falls_on(slot: &Slot, date: NaiveDate) -> bool {
    let last = last_day(slot).min(date);
    Recurrence::new(&slot.rule, slot.from).dates(date, last).next() == Some(date)
}

fn last_day(slot: &Slot) -> NaiveDate {
    slot.until.unwrap_or(LAST_DAY).min(LAST_DAY)
}
