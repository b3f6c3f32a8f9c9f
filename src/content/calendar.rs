//! The occurrences that a series' slots give, for all questions about dates.

use super::slot::Draft;
use crate::model::Local;
use crate::schedule::{dates, falls_on};
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// How far past its beginning a slot without end is looked at.
const HORIZON: Months = Months::new(30 * 12);

/// The recurrence-ids of a series' slots, each with the index of its slot.
pub(super) struct Calendar {
    /// In order, each once; as far as anything names a date, and no further unless it has to be.
    ids: Vec<(Local, usize)>,
    /// The last day that anything names.
    last: NaiveDate,
}

impl Calendar {
    /// The occurrences of slots that are in order of `from`, at least until `last`: no later date may
    /// be asked for.
    ///
    /// Also gives, for each slot that shares a recurrence-id with an earlier one in the 30 years after
    /// it begins, the first such: its index, the other's and the id.
    pub(super) fn of(slots: &[Draft], last: NaiveDate) -> (Calendar, Vec<(usize, usize, Local)>) {
        let are_apart = are_apart(slots);
        let mut calendar = Calendar { ids: Vec::new(), last };
        for (index, draft) in slots.iter().enumerate() {
            let slot = &draft.slot;
            let end = if are_apart { last } else { calendar.end(draft) };
            let until_end = dates(slot, slot.from).take_while(|date| *date <= end);
            calendar.ids.extend(until_end.map(|date| (slot.recurrence_id(date), index)));
        }
        if !are_apart {
            calendar.ids.sort_by_key(|(id, _)| *id);
        }
        let mut shared = BTreeMap::new();
        calendar.ids.dedup_by(|(id, index), (before, other)| {
            if id == before {
                shared.entry(*index).or_insert((*other, *id));
            }
            id == before
        });
        let shared = shared.into_iter().map(|(index, (other, id))| (index, other, id)).collect();
        (calendar, shared)
    }

    /// The last day on which the slot is looked at.
    fn end(&self, draft: &Draft) -> NaiveDate {
        horizon(draft.slot.from).max(self.last)
    }

    /// The slot with that recurrence-id.
    pub(super) fn slot_of(&self, id: Local) -> Option<usize> {
        let index = self.ids.binary_search_by(|(other, _)| other.cmp(&id)).ok()?;
        self.ids.get(index).map(|(_, slot)| *slot)
    }

    /// The recurrence-ids on that day, with their slots.
    pub(super) fn on(&self, date: NaiveDate) -> &[(Local, usize)] {
        let start = self.ids.partition_point(|(id, _)| id.date() < date);
        let rest = self.ids.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|(id, _)| id.date() == date).count();
        rest.get(..length).unwrap_or_default()
    }

    /// The last day with a meeting before the date, and the first after it.
    pub(super) fn nearest(&self, slots: &[Draft], date: NaiveDate) -> Vec<NaiveDate> {
        let passed = self.ids.partition_point(|(id, _)| id.date() < date);
        let before = passed.checked_sub(1).and_then(|index| self.ids.get(index));
        let next = |draft: &Draft| {
            let next = dates(&draft.slot, date.succ_opt()?).next();
            next.filter(|next| *next <= self.end(draft))
        };
        let after = slots.iter().filter_map(next).min();
        before.map(|(id, _)| id.date()).into_iter().chain(after).collect()
    }

    /// Whether that slot, and none before it, gives the recurrence-id, however late it is.
    pub(super) fn gives(&self, slots: &[Draft], index: usize, id: Local) -> bool {
        let gives = |draft: &Draft| {
            let date = id.date();
            draft.slot.recurrence_id(date) == id
                && date <= self.end(draft)
                && falls_on(&draft.slot, date)
        };
        slots.iter().position(gives) == Some(index)
    }
}

/// Whether each slot ends before the next begins, so that they can share nothing.
fn are_apart(slots: &[Draft]) -> bool {
    let end = |draft: &Draft| draft.slot.until.unwrap_or(NaiveDate::MAX);
    slots.is_sorted_by(|one, next| end(one) < next.slot.from)
}

/// The last day on which a slot that begins on `from` is looked at, unless a file names a later one.
pub(super) fn horizon(from: NaiveDate) -> NaiveDate {
    from.checked_add_months(HORIZON).unwrap_or(from)
}
