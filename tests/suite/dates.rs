//! The schedule against rules taken by their words, over clock changes.

use crate::naive::{
    any_day, common_rule_and_start, custom, falls_by_its_words, rule_and_start, slot, two_letters,
};
use crate::sample::day;
use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use convene::model::{MonthDay, NthWeekday, Rule, Series, Slot, Zone};
use convene::schedule::{ZoneRules, custom_rule, dates, falls_on, occurrences, occurrences_since};
use proptest::prelude::*;

fn series(slots: Vec<Slot>) -> Series {
    Series { slots, ..crate::sample::series("weekly", "Weekly") }
}

/// The same rule in RFC 5545's words, without its UNTIL.
fn recur(rule: &Rule) -> String {
    let of_month = |day: &MonthDay| match day {
        MonthDay::Numbers(n) => {
            format!("BYMONTHDAY={}", n.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
        }
        MonthDay::Weekdays(w) => {
            let days: Vec<_> =
                w.iter().map(|w| format!("{}{}", w.nth, two_letters(w.weekday()))).collect();
            format!("BYDAY={}", days.join(","))
        }
    };
    match rule {
        Rule::Weekly { interval, weekdays } => {
            let days: Vec<_> = weekdays.iter().copied().map(two_letters).collect();
            format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={}", days.join(","))
        }
        Rule::Monthly { interval, day } => {
            format!("FREQ=MONTHLY;INTERVAL={interval};{}", of_month(day))
        }
        Rule::Yearly { interval, month, day } => {
            format!("FREQ=YEARLY;INTERVAL={interval};BYMONTH={month};{}", of_month(day))
        }
        Rule::Custom(rule) => rule.as_str().to_owned(),
    }
}

proptest! {
    #[test]
    fn a_slot_has_the_dates_that_its_rule_says((from, rule) in rule_and_start(), since in any_day()) {
        let slot = slot(from, rule);
        let end = since + TimeDelta::days(1500);
        let got: Vec<_> = dates(&slot, since).take_while(|d| *d < end).collect();
        let want: Vec<_> = since
            .iter_days()
            .take_while(|d| *d < end)
            .filter(|d| falls_by_its_words(&slot.rule, from, *d))
            .collect();
        prop_assert_eq!(got, want);
    }

    #[test]
    fn a_slot_falls_on_its_dates_alone((from, rule) in rule_and_start(), date in any_day()) {
        let slot = slot(from, rule);
        prop_assert_eq!(falls_on(&slot, date), falls_by_its_words(&slot.rule, from, date));
    }

    #[test]
    fn dates_since_a_day_are_all_dates_without_those_before_it(
        (from, rule) in rule_and_start(),
        years in 0..200i64,
        day in 0..366i64,
    ) {
        let slot = slot(from, rule);
        let since = from + TimeDelta::days(years * 365 + day);
        let want: Vec<_> = dates(&slot, from).skip_while(|date| *date < since).take(100).collect();
        prop_assert_eq!(dates(&slot, since).take(100).collect::<Vec<_>>(), want);
    }

    #[test]
    fn dates_only_rise_from_the_first_day_to_the_last(
        (from, rule) in rule_and_start(),
        length in 0..4000i64,
    ) {
        let open = slot(from, rule);
        let until = from + TimeDelta::days(length);
        let ended = Slot { until: Some(until), ..open.clone() };
        let got: Vec<_> = dates(&ended, from - TimeDelta::days(1000)).collect();
        prop_assert!(got.is_sorted_by(|a, b| a < b));
        prop_assert!(got.iter().all(|date| (from..=until).contains(date)));
        let all = dates(&open, from).take_while(|date| *date <= until);
        prop_assert_eq!(&got, &all.collect::<Vec<_>>());
        prop_assert!(!falls_on(&ended, until + TimeDelta::days(1)));
    }

    #[test]
    fn a_custom_rule_gives_the_dates_of_the_same_common_rule((from, rule) in common_rule_and_start()) {
        let custom = slot(from, Rule::Custom(custom_rule(&recur(&rule)).unwrap()));
        let common = slot(from, rule);
        let of = |slot: &Slot| dates(slot, from).take(500).collect::<Vec<_>>();
        prop_assert_eq!(of(&custom), of(&common));
    }

    #[test]
    fn a_custom_rule_is_the_same_when_it_is_read_again(rule in custom()) {
        prop_assert_eq!(custom_rule(rule.as_str()).unwrap(), rule.clone());
        prop_assert_eq!(custom_rule(&rule.as_str().to_lowercase()).unwrap(), rule);
    }

    #[test]
    fn whatever_is_written_as_a_rule_is_refused_or_has_at_most_a_date_a_day(
        text in prop_oneof![
            "\\PC{0,80}",
            "FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|WKST|BYMONTH|BYMONTHDAY|BYYEARDAY|BYDAY|BYSETPOS)=[-+]?[0-9]{0,10}(MO|FR|é)?(,-?[0-9]{1,3}(TU)?){0,9}){0,4}",
        ],
        from in any_day(),
    ) {
        let Ok(rule) = custom_rule(&text) else { return Ok(()) };
        prop_assert!(rule.as_str().len() < 600);
        let days = (day("2200-01-01") - from).num_days() as usize + 1;
        let slot = slot(from, Rule::Custom(rule));
        prop_assert!(dates(&slot, from).take(days + 1).count() <= days);
    }

    #[test]
    fn local_times_are_those_of_another_library(seconds in 1_400_000_000..1_735_000_000i64, zone in 0..8usize) {
        let names = ["America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Paris",
            "Asia/Kolkata", "Australia/Sydney", "America/St_Johns", "Asia/Tehran"];
        let (other, rules) = (names[zone].parse::<chrono_tz::Tz>().unwrap(), ZoneRules::of(Zone::new(names[zone]).unwrap()));
        let instant = DateTime::from_timestamp(seconds / 60 * 60, 0).unwrap();
        let local = instant.with_timezone(&other).naive_local();
        prop_assert_eq!(rules.to_local(instant), local);
        if let Some(first) = other.from_local_datetime(&local).earliest() {
            prop_assert_eq!(rules.to_utc(local), first.with_timezone(&Utc));
        }
    }

    #[test]
    fn occurrences_come_in_order_and_keep_their_local_time((from, rule) in rule_and_start()) {
        let series = series(vec![slot(from, rule), slot(day("2017-03-29"), Rule::Weekly { interval: 2, weekdays: vec![Weekday::Wed] })]);
        let all: Vec<_> = occurrences(&series).take(60).collect();
        prop_assert!(all.is_sorted_by_key(|o| o.utc_start));
        for o in &all {
            prop_assert_eq!(o.start.time(), NaiveTime::from_hms_opt(10, 0, 0));
            prop_assert_eq!(o.utc_end - o.utc_start, TimeDelta::hours(1));
        }
    }
}

fn utc_starts(slot: Slot, count: usize) -> Vec<String> {
    occurrences(&series(vec![slot]))
        .take(count)
        .map(|o| o.utc_start.format("%Y-%m-%dT%H:%MZ").to_string())
        .collect()
}

#[test]
fn a_weekly_meeting_keeps_its_wall_clock_time_when_summer_time_begins_and_ends() {
    let thursdays =
        |from| slot(day(from), Rule::Weekly { interval: 1, weekdays: vec![Weekday::Thu] });
    assert_eq!(utc_starts(thursdays("2026-03-05"), 2), ["2026-03-05T18:00Z", "2026-03-12T17:00Z"]);
    assert_eq!(utc_starts(thursdays("2026-10-29"), 2), ["2026-10-29T17:00Z", "2026-11-05T18:00Z"]);
}

#[test]
fn every_two_weeks_does_not_stumble_over_a_year_of_53_weeks() {
    let slot = slot(day("2020-12-23"), Rule::Weekly { interval: 2, weekdays: vec![Weekday::Wed] });
    let got: Vec<_> = dates(&slot, slot.from).take(3).map(|d| d.to_string()).collect();
    assert_eq!(got, ["2020-12-23", "2021-01-06", "2021-01-20"]);
}

#[test]
fn a_fifth_weekday_leaves_out_months_that_have_none() {
    let fifth = MonthDay::Weekdays(vec![NthWeekday::new(5, Weekday::Fri).unwrap()]);
    let slot = slot(day("2026-01-30"), Rule::Monthly { interval: 1, day: fifth });
    let got: Vec<_> = dates(&slot, slot.from).take(3).map(|d| d.to_string()).collect();
    assert_eq!(got, ["2026-01-30", "2026-05-29", "2026-07-31"]);
}

#[test]
fn rules_about_times_and_counts_are_refused() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20300101",
        "x",
    ] {
        assert!(custom_rule(rule).is_err(), "{rule}");
    }
}

#[test]
fn the_last_weekday_of_the_month_can_be_said_in_a_rule() {
    let from = day("2026-01-30");
    let rule = custom_rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1").unwrap();
    let slot = slot(from, Rule::Custom(rule));
    let got: Vec<_> = dates(&slot, from).take(3).map(|d| d.to_string()).collect();
    assert_eq!(got, ["2026-01-30", "2026-02-27", "2026-03-31"]);
}

/// However late the search begins, it finds what one from the first date finds.
#[test]
fn occurrences_since_a_moment_are_those_that_end_later() {
    for (name, community, as_of) in crate::golden::communities() {
        for days in [-4000, -400, -7, 0, 1, 30, 400, 4000] {
            let since = as_of + TimeDelta::days(days);
            for series in &community.series {
                let of = |o: convene::schedule::Occurrence<'_>| (o.utc_start, o.recurrence_id);
                let last = since + TimeDelta::days(400);
                let got = occurrences_since(series, since).take_while(|o| o.utc_start < last);
                let all = occurrences(series).take_while(|o| o.utc_start < last);
                let want = all.filter(|o| o.utc_end >= since);
                assert!(got.map(of).eq(want.map(of)), "{name}: {} since {since}", series.slug);
            }
        }
    }
}
