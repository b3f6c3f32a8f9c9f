//! When a meeting begins and ends.

use super::ZoneRules;
use crate::model::{Local, Slot, Zone};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// When a meeting begins and ends, on the clock and as instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The local start.
    pub start: Local,
    /// The local end; for whole days the day after the last (RFC 5545 §3.6.1).
    pub end: Local,
    /// The zone of both.
    pub zone: Zone,
    /// The instant of the start.
    pub utc_start: DateTime<Utc>,
    /// The instant of the end.
    pub utc_end: DateTime<Utc>,
}

impl Span {
    /// What begins then and lasts so long.
    pub(super) fn new(start: Local, lasts: TimeDelta, zone: Zone) -> Span {
        let rules = ZoneRules::of(zone);
        let utc_start = rules.to_utc(start.moment());
        let (end, utc_end) = match start {
            Local::Date(date) => {
                let end = Local::Date(date + lasts);
                (end, rules.to_utc(end.moment()))
            }
            Local::DateTime(_) => {
                let utc_end = utc_start + lasts;
                (Local::DateTime(rules.to_local(utc_end)), utc_end)
            }
        };
        Span { start, end, zone, utc_start, utc_end }
    }

    /// The slot's occurrence on that date, as it is planned.
    pub fn of_slot(slot: &Slot, date: NaiveDate) -> Span {
        Span::new(slot.recurrence_id(date), slot.lasts, slot.zone)
    }

    /// Whether the clock is changed meanwhile, so that the end is not where the length leads on the
    /// clock.
    pub fn is_across_change(&self) -> bool {
        let (length, end) = (self.utc_end - self.utc_start, self.end.moment());
        // A start that is left out is not where its end is counted from.
        self.start.time().is_some()
            && self.start.moment() + length != end
            && self.shown_start().moment() + length != end
    }

    /// The start as the clock shows it, which in an hour that is left out is not the one planned.
    pub fn shown_start(&self) -> Local {
        match self.start {
            Local::Date(_) => self.start,
            Local::DateTime(_) => {
                Local::DateTime(ZoneRules::of(self.zone).to_local(self.utc_start))
            }
        }
    }
}
