//! The dates that files of other formats give, as a person reads them off the file.

use super::{USUAL, imported, options};
use crate::support::package;
use chrono::{Datelike, NaiveDate, TimeDelta};
use convene::content::parse;
use convene::import::{Imported, alone, import};
use convene::schedule::{Status, occurrences};

fn of(name: &str) -> Imported {
    imported(&package(&format!("tests/import/{name}")))
}

/// Starts in UTC of the meetings that take place between two days, as `2026-12-03T17:00`.
fn starts(imported: &Imported, from: &str, to: &str) -> Vec<String> {
    let community = parse(&alone(imported, USUAL)).unwrap_or_else(|why| panic!("{why}"));
    let (from, to): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
    let end = to.and_time(Default::default()).and_utc() + TimeDelta::days(40);
    let all = community.all_series().flat_map(|series| {
        let near = occurrences(series).take_while(|meeting| meeting.utc_start < end);
        let within = near.filter(|meeting| (from..=to).contains(&meeting.utc_start.date_naive()));
        let held = within.filter(|meeting| meeting.status == Status::Confirmed);
        held.map(|meeting| meeting.utc_start.format("%Y-%m-%dT%H:%M").to_string())
            .collect::<Vec<_>>()
    });
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

#[test]
fn local_times_stay_when_clocks_change() {
    let weekly = of("rustlang-weekly.toml");
    assert_eq!(
        starts(&weekly, "2026-03-19", "2026-04-05"),
        ["2026-03-19T15:00", "2026-03-26T15:00", "2026-04-02T14:00"]
    );
    let own_zone = of("rustlang-own-zone.toml");
    assert_eq!(
        starts(&own_zone, "2026-03-01", "2026-05-31"),
        ["2026-03-23T16:00", "2026-03-30T15:00", "2026-04-06T15:00", "2026-04-13T15:00"]
    );
    let groups = of("sigs-two-groups.yaml");
    assert_eq!(
        starts(&groups, "2026-10-08", "2026-11-30"),
        [
            "2026-10-08T16:00",
            "2026-10-22T16:00",
            "2026-11-05T17:00",
            "2026-11-19T17:00",
            "2026-11-30T14:00"
        ]
    );
}

#[test]
fn each_rule_of_an_event_and_each_exception_counts() {
    assert_eq!(
        starts(&of("rustlang-two-rules.toml"), "2026-11-18", "2026-12-03"),
        ["2026-11-18T15:00", "2026-11-19T21:00", "2026-12-02T15:00", "2026-12-03T21:00"]
    );
    assert_eq!(
        starts(&of("rustlang-changes.toml"), "2026-09-01", "2026-12-13"),
        ["2026-09-07T14:00", "2026-09-21T14:00", "2026-11-03T14:00", "2026-12-07T14:00"]
    );
    assert_eq!(
        starts(&of("yaml2ical-skip.yaml"), "2026-11-17", "2027-01-05"),
        [
            "2026-11-17T15:00",
            "2026-12-01T15:00",
            "2026-12-08T15:00",
            "2026-12-15T15:00",
            "2026-12-22T15:00",
            "2027-01-05T15:00",
        ]
    );
}

/// `ISOweek % 2` and `ISOweek % 4`, as yaml2ical's README says, over years of 52 and of 53 weeks.
#[test]
fn weeks_are_those_of_iso_8601() {
    let given = |name: &str, weekday: &str, hours: &dyn Fn(u32) -> Option<&'static str>| {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (from, to) = (day("2026-09-01"), day("2034-12-31"));
        let days = from.iter_days().take_while(|day| *day <= to);
        let days = days.filter(|day| day.format("%A").to_string() == weekday);
        let want: Vec<String> = days
            .filter_map(|day| Some(format!("{day}T{}", hours(day.iso_week().week())?)))
            .collect();
        assert_eq!(starts(&of(name), "2026-09-01", "2034-12-31"), want, "{name}");
    };
    let odd_even = |week: u32| Some(if week % 2 == 1 { "08:00" } else { "17:00" });
    given("yaml2ical-odd-even.yaml", "Thursday", &odd_even);
    given("yaml2ical-quadweekly.yaml", "Friday", &|_| Some("14:00"));
}

#[test]
fn days_of_a_month_are_found() {
    assert_eq!(
        starts(&of("yaml2ical-monthly.yaml"), "2026-11-01", "2026-12-31"),
        ["2026-11-02T19:00", "2026-11-19T05:00", "2026-12-07T19:00", "2026-12-17T05:00"]
    );
    assert_eq!(
        starts(&of("sigs-monthly.yaml"), "2026-11-25", "2026-12-31"),
        [
            "2026-11-27T07:30",
            "2026-12-08T15:00",
            "2026-12-09T15:00",
            "2026-12-22T15:00",
            "2026-12-25T07:30",
        ]
    );
    assert_eq!(
        starts(&of("sigs-committee.yaml"), "2026-12-01", "2026-12-31"),
        ["2026-12-21T17:00"]
    );
}

#[test]
fn what_is_personal_or_secret_is_in_no_file() {
    for name in [
        "sigs-two-groups.yaml",
        "sigs-subprojects.yaml",
        "yaml2ical-same-day.yaml",
        "rustlang-cancelled.toml",
    ] {
        let imported = of(name);
        let all: Vec<u8> = imported.files.iter().flat_map(|file| file.bytes.clone()).collect();
        let text = String::from_utf8(all).unwrap();
        for secret in ["Some Body", "somebody", "c2VjcmV0", "1234", "Somebody"] {
            assert!(!text.contains(secret), "{name}: {text}");
        }
    }
}

#[test]
fn what_is_in_no_format_is_told_which_are_read() {
    let why = |text: &str| import(text.as_bytes(), &options()).unwrap_err().to_string();
    let none = why("[package]\nname = 'x'\n");
    assert!(none.contains("rust-lang/calendar") && none.contains("yaml2ical"), "{none}");
    assert!(why("name = 'x'\n[[events]]\ntitle = \n").starts_with("line 3: this is not TOML"));
    assert!(why("sigs:\n- dir: &a x\n").starts_with("line 2: an anchor of YAML is not allowed"));
    assert!(why("project: x\nschedule: []\n").contains("no meeting in it"));
    let includes = why("name = 'x'\n[meta]\nincludes = ['a.toml', 'b.toml']\n");
    assert!(includes.contains("a.toml, b.toml; import each with --into"), "{includes}");
    let deep = format!("sigs: {}", "[".repeat(100_000));
    assert!(why(&deep).starts_with("line 1: "), "{}", why(&deep));
    let large = format!("sigs:\n{}", "- a\n".repeat(600_000));
    assert_eq!(why(&large), "it is larger than 2 MiB");
}

mod any_text {
    use crate::fuzzed::laws::import::holds;
    use proptest::prelude::*;

    const HEADS: [&str; 5] = [
        "[[events]]\nuid = '1'\ntitle = 'x'\nstart = '2026-12-03'\n",
        "[[events]]\nrecurrence_rules = [{ frequency = 'weekly' }]\n",
        "project: x\nschedule:\n- time: '0800'\n  day: Monday\n  frequency: weekly\n",
        "sigs:\n- dir: sig-x\n  meetings:\n  - day: Monday\n    tz: UTC\n    time: 9:00\n",
        "workinggroups:\n- name: x\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn after_a_known_head_breaks_nothing(head in 0..HEADS.len(), rest in "[ -~\n\u{e9}\u{1F375}]{0,200}") {
            holds(format!("{}{rest}", HEADS[head]).as_bytes());
        }

        #[test]
        fn of_a_frequency_breaks_nothing(day in "\\PC{0,20}", frequency in "([a-z0-9]{1,9}[ ,.:]){0,12}") {
            let text = format!(
                "sigs:\n- dir: sig-x\n  meetings:\n  - day: '{}'\n    tz: UTC\n    time: 9:00\n    frequency: 'weekly {frequency}'\n",
                day.replace('\'', "")
            );
            holds(text.as_bytes());
        }
    }
}
