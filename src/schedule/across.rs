//! Dates that run across a change of the clock.

use super::{ZoneRules, falls_on};
use crate::model::Slot;
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// How far ahead such dates are looked for: as far as zones are written out change by change.
const LAST_YEAR: i32 = 2037;

const DAY: TimeDelta = TimeDelta::days(1);

/// The dates to 2037 on which the slot's occurrence begins before a change of its clock and ends
/// at it or after it, in order.
///
/// Half of all readers keep the length of such a meeting and half the time on the clock at its end.
pub fn dates_across_changes(slot: &Slot) -> Vec<NaiveDate> {
    let Some(at) = slot.at else { return Vec::new() };
    let rules = ZoneRules::of(slot.zone);
    if rules.shift_times().iter().all(|time| since(at, *time) > slot.lasts) {
        return Vec::new();
    }
    let mut dates = Vec::new();
    for shown in rules.shifts(slot.from, LAST_YEAR) {
        let mut begun = since(at, shown.time());
        while begun <= slot.lasts {
            let date = (shown - begun).date();
            if date >= slot.from && falls_on(slot, date) {
                dates.push(date);
            }
            begun += DAY;
        }
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// How long since that time of day, at most a day, it is another.
fn since(at: NaiveTime, other: NaiveTime) -> TimeDelta {
    let passed = other - at;
    if passed > TimeDelta::zero() { passed } else { passed + DAY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Rule, Uid, Zone};
    use crate::schedule::dates;
    use chrono::Weekday;

    fn check(zone: &str, at: (u32, u32), hours: i64) {
        let weekdays = vec![Weekday::Mon, Weekday::Sat, Weekday::Sun];
        let slot = Slot {
            uid: Uid::new("a@b").unwrap(),
            from: NaiveDate::from_ymd_opt(2026, 1, 3).unwrap(),
            until: NaiveDate::from_ymd_opt(2037, 12, 31),
            rule: Rule::Weekly { interval: 1, weekdays },
            at: NaiveTime::from_hms_opt(at.0, at.1, 0),
            zone: Zone::new(zone).unwrap(),
            lasts: TimeDelta::hours(hours),
            revision: 0,
            exceptions: Default::default(),
        };
        let rules = ZoneRules::of(slot.zone);
        let across = |date: &NaiveDate| {
            let start = slot.recurrence_id(*date).moment();
            let exists = rules.to_local(rules.to_utc(start)) == start;
            exists && rules.to_local(rules.to_utc(start) + slot.lasts) != start + slot.lasts
        };
        let naive: Vec<_> = dates(&slot, slot.from).filter(across).collect();
        assert_eq!(dates_across_changes(&slot), naive, "{zone} {at:?} for {hours} h");
    }

    /// A start that is left out is none of them: content has it cancelled or moved.
    #[test]
    fn they_are_those_whose_length_and_clock_disagree() {
        for zone in ["America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Gaza"] {
            for at in [(0, 0), (1, 59), (2, 0), (3, 0), (10, 0), (22, 0), (23, 30)] {
                for hours in [1, 3, 8, 24, 30, 72] {
                    check(zone, at, hours);
                }
            }
        }
    }
}
