//! Which meetings have pages of their own.

use crate::model::Series;
use crate::schedule::{
    AsOf, Occurrence, dates, last_special, occurrence_on, occurrences, occurrences_since,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::cell::OnceCell;

/// How far ahead a meeting has a page of its own.
const AHEAD: TimeDelta = TimeDelta::days(366);

/// The meetings of a series that have pages of their own: those of the past and of a year, and
/// however far ahead it is, whatever comes before the last of which there is something to say.
pub(super) struct Shown<'a> {
    pub(super) series: &'a Series,
    last_special: OnceCell<Option<DateTime<Utc>>>,
}

impl<'a> Shown<'a> {
    pub(super) fn of(series: &'a Series) -> Shown<'a> {
        Shown { series, last_special: OnceCell::new() }
    }

    /// Whether the meeting is one of them; where it is, so are all before it.
    pub(super) fn has(&self, occurrence: &Occurrence<'_>, as_of: &AsOf) -> bool {
        let start = occurrence.utc_start;
        // Most are past, and nothing else has to be looked at.
        if start <= as_of.earlier(-AHEAD) {
            return as_of.reached(start - AHEAD);
        }
        let last = self.last_special.get_or_init(|| last_special(self.series));
        last.is_some_and(|last| start <= last) || as_of.reached(start - AHEAD)
    }

    /// All of them, in order.
    pub(super) fn all(&self, as_of: &AsOf) -> impl Iterator<Item = Occurrence<'a>> {
        occurrences(self.series).take_while(|o| self.has(o, as_of))
    }

    /// How many they are, or a few less where some were moved: only those of the year's end are looked at.
    pub(super) fn count(&self, as_of: &AsOf) -> usize {
        let surely = as_of.earlier(TimeDelta::days(2) - AHEAD).date_naive();
        let of_slot = |slot| {
            let is_shown = |date: &NaiveDate| {
                *date < surely || self.has(&occurrence_on(self.series, slot, *date), as_of)
            };
            dates(slot, NaiveDate::MIN).take_while(is_shown).count()
        };
        self.series.slots.iter().map(of_slot).sum::<usize>() + self.series.added.len()
    }

    /// Those that end at `since` or later, in order.
    pub(super) fn since(
        &self,
        since: DateTime<Utc>,
        as_of: &AsOf,
    ) -> impl Iterator<Item = Occurrence<'a>> {
        occurrences_since(self.series, since).take_while(|o| self.has(o, as_of))
    }

    /// The first of them, and whatever is in the two days after it.
    pub(super) fn first(&self, as_of: &AsOf) -> impl Iterator<Item = Occurrence<'a>> {
        let mut all = self.all(as_of).peekable();
        let end = all.peek().map(|first| first.utc_start + TimeDelta::days(2));
        all.take_while(move |o| Some(o.utc_start) <= end)
    }

    /// The last of them, and whatever is in the two days before it.
    pub(super) fn last(&self, as_of: &AsOf) -> Vec<Occurrence<'a>> {
        let Some(first) = self.all(as_of).next() else { return Vec::new() };
        let far = self.last_special.get_or_init(|| last_special(self.series));
        let mut from = as_of.earlier(-AHEAD).max(far.unwrap_or(DateTime::<Utc>::MIN_UTC));
        let mut span = TimeDelta::days(7);
        loop {
            from = from.checked_sub_signed(span).unwrap_or(DateTime::<Utc>::MIN_UTC);
            let found: Vec<_> = self.since(from, as_of).collect();
            if let Some(last) = found.last().map(|last| last.utc_start) {
                let near = last - TimeDelta::days(2);
                if near >= from || from < first.utc_start {
                    return found.into_iter().filter(|o| o.utc_start >= near).collect();
                }
            }
            span = span * 4;
        }
    }
}
