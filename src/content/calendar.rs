//! Every occurrence that a series' slots give, once, for all questions about dates.

use super::slot::Draft;
use crate::model::Local;
use crate::schedule::dates;
use chrono::{Months, NaiveDate, NaiveTime};
use std::collections::BTreeMap;

/// How far past its beginning a slot without end is looked at.
const HORIZON: Months = Months::new(30 * 12);

/// The recurrence-ids of a series' slots, each with the index of its slot.
pub(super) struct Calendar(BTreeMap<Local, usize>);

impl Calendar {
    /// Expands the slots until 30 years after they begin, and at least until `last`.
    ///
    /// Also gives, for each slot that shares a recurrence-id with an earlier one, the first such:
    /// its index, the other's and the id.
    pub(super) fn of(slots: &[Draft], last: NaiveDate) -> (Calendar, Vec<(usize, usize, Local)>) {
        let mut ids = BTreeMap::new();
        let mut shared = Vec::new();
        for (index, draft) in slots.iter().enumerate() {
            let slot = &draft.slot;
            let mut first_shared = None;
            let last = horizon(slot.from).max(last);
            for date in dates(slot, slot.from).take_while(|date| *date <= last) {
                let id = slot.recurrence_id(date);
                match ids.get(&id) {
                    Some(other) => first_shared = first_shared.or(Some((index, *other, id))),
                    None => {
                        ids.insert(id, index);
                    }
                }
            }
            shared.extend(first_shared);
        }
        (Calendar(ids), shared)
    }

    /// The slot with that recurrence-id.
    pub(super) fn slot_of(&self, id: Local) -> Option<usize> {
        self.0.get(&id).copied()
    }

    /// The recurrence-ids on that day.
    pub(super) fn on(&self, date: NaiveDate) -> Vec<Local> {
        let first = Local::Date(date);
        let next = Local::Date(date.succ_opt().unwrap_or(date));
        self.0.range(first..next).map(|(id, _)| *id).collect()
    }

    /// The last day with a meeting before the date, and the first after it.
    pub(super) fn nearest(&self, date: NaiveDate) -> Vec<NaiveDate> {
        let before = self.0.range(..Local::Date(date)).next_back();
        let midnight = Local::DateTime(date.and_time(NaiveTime::MIN));
        let after = self.0.range(midnight..).find(|(id, _)| id.date() > date);
        before.into_iter().chain(after).map(|(id, _)| id.date()).collect()
    }
}

/// The last day on which a slot that begins on `from` is looked at, unless a file names a later one.
pub(super) fn horizon(from: NaiveDate) -> NaiveDate {
    from.checked_add_months(HORIZON).unwrap_or(from)
}
