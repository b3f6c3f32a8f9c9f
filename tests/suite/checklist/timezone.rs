//! Lines 23–34: VTIMEZONE, expanded here anew and compared with the tz data.
//!
//! A zone whose present rule is yearly has one STANDARD and one DAYLIGHT, which is all that Outlook
//! reads. Where a rule shifts its day from year to year (Jerusalem, Casablanca), or where a series
//! reaches over a change of rule, no two yearly observances can be right; there are more of them.

use super::{Calendar, all, cases, events};
use crate::ics::{Component, When, recur};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use convene::model::Zone;
use convene::schedule::{Onset, ZoneRules};
use std::collections::{BTreeMap, BTreeSet};

/// The last year of which the tz data tells each change.
const LAST_YEAR: i32 = 2037;

/// One STANDARD or DAYLIGHT with all its onsets.
struct Observance {
    from: i32,
    to: i32,
    name: String,
    onsets: Vec<DateTime<Utc>>,
}

/// What a zone does from the observance that the first event falls into.
#[derive(Debug, PartialEq)]
enum Form {
    Constant,
    Yearly,
    Irregular,
}

fn seconds(offset: &str) -> i32 {
    let (sign, digits) = offset.split_at(1);
    let number: i32 = digits.parse().unwrap();
    let seconds = number / 100 * 3600 + number % 100 * 60;
    if sign == "-" { -seconds } else { seconds }
}

fn before(local: NaiveDateTime, offset: i32) -> DateTime<Utc> {
    local.and_utc() - TimeDelta::seconds(offset.into())
}

/// The days of a year on which `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU` falls.
fn day_of_year(year: i32, month: u32, by_day: &str) -> NaiveDate {
    let (nth, weekday) = by_day.split_at(by_day.len() - 2);
    let weekday: Weekday = match weekday {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        _ => Weekday::Sun,
    };
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let days = first.iter_days().take_while(|d| d.month() == month);
    let days: Vec<NaiveDate> = days.filter(|d| d.weekday() == weekday).collect();
    match nth.parse::<isize>().unwrap() {
        -1 => *days.last().unwrap(),
        nth => days[nth as usize - 1],
    }
}

impl Observance {
    fn read(component: &Component) -> Observance {
        let text = |name: &str| component.text(name).unwrap();
        let (from, to) = (seconds(&text("TZOFFSETFROM")), seconds(&text("TZOFFSETTO")));
        let first = component.when("DTSTART").unwrap().wall();
        let onsets = match component.value("RRULE").map(|rule| recur(rule).unwrap()) {
            None => vec![before(first, from)],
            Some(rule) => {
                let until = rule.get("UNTIL").map(|t| format!("{t}Z"));
                let until = until.map(|t| NaiveDateTime::parse_from_str(&t, "%Y%m%dT%H%M%SZZ"));
                let until = until.map(|u| u.unwrap().and_utc());
                let month = rule["BYMONTH"].parse().unwrap();
                let days = (first.year()..=LAST_YEAR + 10)
                    .map(|year| day_of_year(year, month, rule["BYDAY"]).and_time(first.time()));
                let onsets = days.map(|local| before(local, from));
                onsets.filter(|onset| until.is_none_or(|until| *onset <= until)).collect()
            }
        };
        Observance { from, to, name: text("TZNAME"), onsets }
    }
}

/// Offset and name at an instant, as the block has it.
fn offset_at(observances: &[Observance], instant: DateTime<Utc>) -> (i32, &str) {
    let begun = observances.iter().filter_map(|o| {
        let last = o.onsets.iter().filter(|onset| **onset <= instant).max()?;
        Some((last, o))
    });
    let (_, o) = begun.max_by_key(|(onset, _)| **onset).expect("nothing holds at the first event");
    (o.to, &o.name)
}

/// The zones that the events of a calendar name, with the first moment in each.
fn used(calendar: &'static Calendar) -> BTreeMap<String, DateTime<Utc>> {
    let mut used = BTreeMap::new();
    for event in calendar.events() {
        for name in ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"] {
            for when in event.component.whens(name) {
                let Some(zone) = when.zone() else { continue };
                let first = used.entry(zone.to_owned()).or_insert(when.instant());
                *first = when.instant().min(*first);
            }
        }
    }
    used
}

/// Every VTIMEZONE with the zone's rules and the first moment of an event in it.
fn blocks()
-> impl Iterator<Item = (&'static Calendar, &'static Component, &'static ZoneRules, DateTime<Utc>)>
{
    all().iter().flat_map(|calendar| {
        let used = used(calendar);
        // That of an empty calendar has no first event: line 24.
        calendar.zones().filter_map(move |block| {
            let name = block.value("TZID").unwrap();
            let first = *used.get(name)?;
            Some((calendar, block, ZoneRules::of(Zone::new(name).unwrap()), first))
        })
    })
}

fn start_of(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_time(NaiveTime::MIN).and_utc()
}

/// The change in force at a moment, where there was one, and all after it.
fn onsets_since(rules: &ZoneRules, moment: DateTime<Utc>) -> (Option<Onset>, Vec<Onset>) {
    let onsets = rules.onsets(start_of(1900), start_of(LAST_YEAR + 1));
    let (before, after): (Vec<_>, Vec<_>) = onsets.into_iter().partition(|o| o.at <= moment);
    (before.into_iter().last(), after)
}

/// Finds it from the tz data alone.
fn form(rules: &ZoneRules, first: DateTime<Utc>) -> Form {
    let (in_force, after) = onsets_since(rules, first);
    if after.is_empty() {
        return Form::Constant;
    }
    let Some(in_force) = in_force else { return Form::Irregular };
    let kind =
        |o: &Onset| (o.local.month(), o.from_seconds, o.to.seconds, o.to.abbreviation.clone());
    let mut kinds: BTreeMap<_, Vec<NaiveDateTime>> = BTreeMap::new();
    for onset in std::iter::once(&in_force).chain(&after) {
        kinds.entry(kind(onset)).or_default().push(onset.local);
    }
    let yearly = |((month, ..), locals): (&(u32, i32, i32, String), &Vec<NaiveDateTime>)| {
        let by_day = |nth: &str, local: &NaiveDateTime| {
            let weekday = &local.weekday().to_string().to_uppercase()[..2];
            let fifth = nth != "-1" && nth.parse::<u32>().unwrap() * 7 > 28;
            !fifth && day_of_year(local.year(), *month, &format!("{nth}{weekday}")) == local.date()
        };
        let (first, last) = (locals[0], locals[locals.len() - 1]);
        last.year() == LAST_YEAR
            && locals.len() as i32 == last.year() - first.year() + 1
            && locals.iter().all(|l| l.time() == first.time() && l.weekday() == first.weekday())
            && ["1", "2", "3", "4", "-1"].iter().any(|nth| locals.iter().all(|l| by_day(nth, l)))
    };
    if kinds.len() == 2 && kinds.iter().all(yearly) { Form::Yearly } else { Form::Irregular }
}

#[test]
fn line_23_the_tzid_is_the_iana_name_and_nothing_else() {
    let names: BTreeSet<&str> = Zone::names().collect();
    let mut seen = BTreeSet::new();
    for calendar in all() {
        for block in calendar.zones() {
            let tzid = block.get("TZID").unwrap();
            assert!(names.contains(tzid.value.as_str()), "{calendar}: {tzid:?}");
            assert!(tzid.parameters.is_empty(), "{calendar}: {tzid:?}");
            assert!(calendar.text.contains(&format!("\r\nTZID:{}\r\n", tzid.value)), "{calendar}");
            seen.insert(tzid.value.as_str());
        }
        assert!(!calendar.text.contains(";TZID=\"") && !calendar.text.contains(";TZID=/"));
    }
    assert!(seen.len() > 5, "{seen:?}");
}

/// A calendar without events has the site's zone, since it has to have a component (RFC 5545 §3.6).
#[test]
fn line_24_each_zone_is_defined_once_and_used() {
    let mut empty = 0;
    for calendar in all() {
        let mut defined: Vec<&str> =
            calendar.zones().filter_map(|zone| zone.value("TZID")).collect();
        defined.sort_unstable();
        if calendar.events().next().is_none() {
            assert_eq!(defined, [calendar.case.site().zone.name()], "{calendar}");
            empty += 1;
            continue;
        }
        let used = used(calendar);
        assert!(defined.iter().eq(used.keys()), "{calendar}: {defined:?}, used {used:?}");
    }
    assert!(empty > 0);
}

#[test]
fn line_25_zones_come_before_events() {
    for calendar in all() {
        let mut names = calendar.root.components.iter().map(|component| component.name.as_str());
        assert!(
            names.by_ref().skip_while(|n| *n == "VTIMEZONE").all(|n| n == "VEVENT"),
            "{calendar}"
        );
    }
}

#[test]
fn line_26_one_standard_and_one_daylight_where_the_present_rule_is_yearly() {
    let mut yearly = 0;
    for (calendar, block, rules, first) in blocks() {
        let count = |name: &str| block.children(name).count();
        let counts = (count("STANDARD"), count("DAYLIGHT"));
        match form(rules, first) {
            Form::Constant => assert_eq!(counts.0 + counts.1, 1, "{calendar}: {block:?}"),
            Form::Irregular => assert!(counts.0 + counts.1 > 1, "{calendar}: {block:?}"),
            Form::Yearly => {
                assert_eq!(counts, (1, 1), "{calendar}: {block:?}");
                let to = |name: &str| {
                    let observance = block.children(name).next().unwrap();
                    seconds(observance.value("TZOFFSETTO").unwrap())
                };
                assert!(to("DAYLIGHT") > to("STANDARD"), "{calendar}: {block:?}");
                yearly += 1;
            }
        }
    }
    assert!(yearly > 10);
}

#[test]
fn line_27_a_rule_is_one_weekday_of_one_month_and_there_is_no_rdate() {
    for (calendar, block, rules, first) in blocks() {
        let form = form(rules, first);
        for observance in &block.components {
            assert_eq!(observance.all("RDATE").count(), 0, "{calendar}: {observance:?}");
            let Some(rule) = observance.value("RRULE") else {
                assert_ne!(form, Form::Yearly, "{calendar}: {observance:?}");
                continue;
            };
            let rule = recur(rule).unwrap();
            assert_eq!(rule["FREQ"], "YEARLY", "{calendar}");
            let month: u32 = rule["BYMONTH"].parse().unwrap();
            assert!((1..=12).contains(&month), "{calendar}: {rule:?}");
            let nths = ["1", "2", "3", "4", "-1"];
            let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
            let single = nths.iter().flat_map(|nth| days.map(|day| format!("{nth}{day}")));
            assert!(single.into_iter().any(|one| one == rule["BYDAY"]), "{calendar}: {rule:?}");
            let others = rule.keys().all(|k| ["FREQ", "BYMONTH", "BYDAY", "UNTIL"].contains(k));
            assert!(others, "{calendar}: {rule:?}");
        }
    }
}

/// A rule of the past ends: at its last onset, in UTC (RFC 5545 §3.3.10).
#[test]
fn line_28_no_until_in_the_present_rules() {
    for (calendar, block, rules, first) in blocks() {
        for observance in &block.components {
            let Some(rule) = observance.value("RRULE").map(|rule| recur(rule).unwrap()) else {
                continue;
            };
            let Some(until) = rule.get("UNTIL") else { continue };
            assert_ne!(form(rules, first), Form::Yearly, "{calendar}: {observance:?}");
            let last = Observance::read(observance).onsets.into_iter().max().unwrap();
            let until = DateTime::parse_from_str(&format!("{until}+0000"), "%Y%m%dT%H%M%SZ%z");
            // A day later, and before the next could be: dateutil takes it for local time.
            assert_eq!(until.unwrap().to_utc() - last, TimeDelta::days(1), "{calendar}");
        }
    }
}

/// The stand-in of 1970 holds until the first change that matters.
#[test]
fn line_29_each_observance_begins_at_a_real_onset_and_one_before_the_first_event() {
    let stand_in = start_of(1970).naive_utc();
    for (calendar, block, rules, first) in blocks() {
        let mut earliest: Option<DateTime<Utc>> = None;
        for component in &block.components {
            let observance = Observance::read(component);
            let start = component.when("DTSTART").unwrap().wall();
            let at = before(start, observance.from);
            earliest = Some(earliest.map_or(at, |earliest| earliest.min(at)));
            if start == stand_in && observance.from == observance.to {
                continue;
            }
            let real = rules.onsets(at - TimeDelta::seconds(1), at);
            assert_eq!(real.len(), 1, "{calendar}: nothing changes at {start}: {block:?}");
            assert_eq!(real[0].local, start, "{calendar}");
        }
        assert!(earliest.is_some_and(|at| at <= first), "{calendar}: {first}: {block:?}");
    }
}

#[test]
fn line_30_an_observance_begins_in_local_time_without_a_zone() {
    for (calendar, block, ..) in blocks() {
        for observance in &block.components {
            let start = observance.get("DTSTART").unwrap();
            assert!(start.parameters.is_empty(), "{calendar}: {start:?}");
            assert!(matches!(start.whens()[0], When::Floating(_)), "{calendar}: {start:?}");
        }
    }
}

/// Exchange and Home Assistant refuse seconds, which no zone has had since 1972.
#[test]
fn line_31_both_offsets_are_given_without_seconds() {
    for (calendar, block, ..) in blocks() {
        for observance in &block.components {
            for name in ["TZOFFSETFROM", "TZOFFSETTO"] {
                let offset = observance.value(name).unwrap();
                assert!(offset.len() == 5, "{calendar}: {name} {offset}");
                assert!(offset.starts_with(['+', '-']), "{calendar}: {name} {offset}");
                assert!(
                    seconds(offset).abs() < 86400 && &offset[3..] < "60",
                    "{calendar}: {offset}"
                );
            }
        }
    }
}

#[test]
fn line_32_observances_have_the_names_that_people_know() {
    let mut names = BTreeSet::new();
    for (calendar, block, rules, _) in blocks() {
        for component in &block.components {
            let observance = Observance::read(component);
            for onset in observance.onsets.iter().filter(|onset| onset.year() <= LAST_YEAR) {
                let expected = &rules.offset(*onset).abbreviation;
                assert_eq!(&observance.name, expected, "{calendar}: {onset}: {block:?}");
            }
            names.insert((block.value("TZID").unwrap(), component.name.as_str(), observance.name));
        }
    }
    let pacific = [("STANDARD", "PST"), ("DAYLIGHT", "PDT")];
    for (kind, name) in pacific {
        assert!(names.contains(&("America/Los_Angeles", kind, name.to_owned())), "{names:?}");
    }
}

#[test]
fn line_33_offsets_are_those_of_the_tz_data_for_the_next_ten_years() {
    let mut seen: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
    for (calendar, block, rules, first) in blocks() {
        // The same block from a later event on has nothing new to show.
        let text = format!("{block:?}");
        if seen.get(&text).is_some_and(|earlier| *earlier <= first) {
            continue;
        }
        seen.insert(text, first);
        let observances: Vec<Observance> = block.components.iter().map(Observance::read).collect();
        let end = first.max(calendar.case.as_of).max(start_of(2026)) + TimeDelta::days(10 * 366);
        let mut moments: Vec<_> =
            (0..).map(|week| first + TimeDelta::weeks(week)).take_while(|m| *m < end).collect();
        for onset in rules.onsets(first, end) {
            moments.extend([onset.at - TimeDelta::seconds(1), onset.at]);
        }
        for moment in moments.into_iter().filter(|moment| moment.year() <= LAST_YEAR) {
            let expected = rules.offset(moment);
            let expected = (expected.seconds, expected.abbreviation.as_str());
            let got = offset_at(&observances, moment);
            assert_eq!(got, expected, "{calendar}: {:?} at {moment}", block.value("TZID"));
        }
    }
    assert!(seen.len() > 5);
}

#[test]
fn line_34_the_blocks_are_the_same_bytes_in_a_later_build() {
    fn zones(text: &str) -> &str {
        let start = text.find("BEGIN:VTIMEZONE").unwrap_or(0);
        let end = text.rfind("END:VTIMEZONE").unwrap_or(start);
        &text[start..end]
    }
    let mut compared = 0;
    for case in cases() {
        for (path, text) in super::texts(&case.snapshot) {
            let Some(later) = case.later().get(&path) else { continue };
            assert_eq!(zones(&text), zones(later), "{}: {path}", case.name);
            compared += usize::from(!zones(&text).is_empty());
        }
    }
    assert!(compared > 10 && events().next().is_some());
}
