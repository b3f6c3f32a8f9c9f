//! One recurrence of a series.

use super::{Exceptions, Local, Rule, Uid, Zone};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// One recurrence of a series: rule, local start, zone, length, from a date, maybe until one.
///
/// One slot is one recurring VEVENT with one UID for life. `from` is its first date and falls on
/// the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The identity of the slot's VEVENT.
    pub uid: Uid,
    /// The first occurrence's date.
    pub from: NaiveDate,
    /// The last day that may have an occurrence; none for a slot that goes on.
    pub until: Option<NaiveDate>,
    /// Which days.
    pub rule: Rule,
    /// The local start; none for whole days.
    pub at: Option<NaiveTime>,
    /// The zone of `at`, or in which a whole day begins and ends.
    pub zone: Zone,
    /// How long an occurrence is; whole days where there is no `at`.
    pub lasts: TimeDelta,
    /// Added to SEQUENCE by an author who edits the slot itself.
    pub revision: u32,
    /// What single dates change or left behind, by recurrence-id; each is an occurrence.
    pub exceptions: Exceptions,
}

impl Slot {
    /// The recurrence-id of the occurrence on that date, whether or not the rule gives one.
    pub fn recurrence_id(&self, date: NaiveDate) -> Local {
        Local::new(date, self.at)
    }
}
