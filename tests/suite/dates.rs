//! The schedule against a naive oracle, over clock changes.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use convene::model::{Line, Markdown, MonthDay, NthWeekday, Rule, Series, Slot, Slug, Uid, Zone};
use convene::schedule::{ZoneRules, custom_rule, dates, falls_on, occurrences};
use proptest::prelude::*;

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn slot(from: NaiveDate, rule: Rule) -> Slot {
    Slot {
        uid: Uid::new("slot@example.org").unwrap(),
        from,
        until: None,
        rule,
        at: NaiveTime::from_hms_opt(10, 0, 0),
        zone: Zone::new("America/Los_Angeles").unwrap(),
        lasts: TimeDelta::hours(1),
        revision: 0,
        exceptions: Default::default(),
    }
}

fn series(slots: Vec<Slot>) -> Series {
    Series {
        slug: Slug::new("weekly").unwrap(),
        title: Line::new("Weekly").unwrap(),
        join: None,
        agenda: None,
        location: None,
        color: None,
        minutes: None,
        recordings: None,
        tags: vec![],
        holidays: vec![],
        updated: DateTime::UNIX_EPOCH,
        description: Markdown::default(),
        slots,
        added: Default::default(),
    }
}

/// Whether a rule that begins on `from` falls on `date`, by the words of the rule alone.
fn oracle(rule: &Rule, from: NaiveDate, date: NaiveDate) -> bool {
    let months = |d: NaiveDate| d.year() * 12 + d.month0() as i32;
    let monday = |d: NaiveDate| d - TimeDelta::days(d.weekday().num_days_from_monday().into());
    let in_month = |day: &MonthDay| match day {
        MonthDay::Numbers(numbers) => numbers.contains(&date.day()),
        MonthDay::Weekdays(weekdays) => weekdays.iter().any(|w| {
            let nth = (date.day() as i8 + 6) / 7;
            let is_last = (date + TimeDelta::days(7)).month() != date.month();
            w.weekday() == date.weekday() && (w.nth == nth || w.nth == -1 && is_last)
        }),
    };
    date >= from
        && match rule {
            Rule::Weekly { interval, weekdays } => {
                let weeks = (monday(date) - monday(from)).num_days() / 7;
                weekdays.contains(&date.weekday()) && weeks % i64::from(*interval) == 0
            }
            Rule::Monthly { interval, day } => {
                (months(date) - months(from)) % *interval as i32 == 0 && in_month(day)
            }
            Rule::Yearly { interval, month, day } => {
                (date.year() - from.year()) % *interval as i32 == 0
                    && date.month() == *month
                    && in_month(day)
            }
            Rule::Custom(_) => unreachable!("the oracle knows the common rules"),
        }
}

fn weekdays() -> impl Strategy<Value = Vec<Weekday>> {
    proptest::sample::subsequence(WEEKDAYS.to_vec(), 1..=4)
}

fn month_day() -> impl Strategy<Value = MonthDay> {
    let nth = prop_oneof![1..=5i8, Just(-1)];
    let weekday = (nth, 0..7usize).prop_map(|(nth, i)| NthWeekday::new(nth, WEEKDAYS[i]).unwrap());
    prop_oneof![
        proptest::collection::btree_set(1..=31u32, 1..4)
            .prop_map(|n| MonthDay::Numbers(n.into_iter().collect())),
        proptest::collection::btree_set(weekday, 1..4)
            .prop_map(|w| MonthDay::Weekdays(w.into_iter().collect())),
    ]
}

fn common_rule(from: NaiveDate) -> impl Strategy<Value = Rule> {
    let month = from.month();
    prop_oneof![
        (1..5u32, weekdays()).prop_map(|(interval, weekdays)| Rule::Weekly { interval, weekdays }),
        (1..7u32, month_day()).prop_map(|(interval, day)| Rule::Monthly { interval, day }),
        (1..4u32, month_day()).prop_map(move |(interval, day)| Rule::Yearly {
            interval,
            month,
            day
        }),
    ]
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..5000i64).prop_map(|n| day("2015-01-01") + TimeDelta::days(n))
}

fn rule_and_start() -> impl Strategy<Value = (NaiveDate, Rule)> {
    any_day().prop_flat_map(|from| (Just(from), common_rule(from)))
}

/// The same rule in RFC 5545's words, without its UNTIL.
fn recur(rule: &Rule) -> String {
    let two = |w: Weekday| w.to_string()[..2].to_uppercase();
    let of_month = |day: &MonthDay| match day {
        MonthDay::Numbers(n) => {
            format!("BYMONTHDAY={}", n.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
        }
        MonthDay::Weekdays(w) => {
            let days: Vec<_> = w.iter().map(|w| format!("{}{}", w.nth, two(w.weekday()))).collect();
            format!("BYDAY={}", days.join(","))
        }
    };
    match rule {
        Rule::Weekly { interval, weekdays } => {
            let days: Vec<_> = weekdays.iter().copied().map(two).collect();
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
    fn dates_are_those_of_the_oracle((from, rule) in rule_and_start(), since in any_day()) {
        let slot = slot(from, rule);
        let end = day("2031-01-01");
        let got: Vec<_> = dates(&slot, since).take_while(|d| *d < end).collect();
        let want: Vec<_> =
            since.iter_days().take_while(|d| *d < end).filter(|d| oracle(&slot.rule, from, *d)).collect();
        prop_assert_eq!(got, want);
    }

    #[test]
    fn a_custom_rule_gives_the_dates_of_the_same_common_rule((from, rule) in rule_and_start()) {
        // A slot begins on one of its own dates; only there do the two have to agree.
        let first = dates(&slot(from, rule.clone()), from).next();
        let Some(from) = first else { return Ok(()) };
        let custom = Rule::Custom(custom_rule(&recur(&rule), from).unwrap());
        let end = from + TimeDelta::days(3000);
        let (common, custom) = (slot(from, rule), slot(from, custom));
        let of = |slot: &Slot| dates(slot, from).take_while(|d| *d < end).collect::<Vec<_>>();
        prop_assert_eq!(of(&custom), of(&common));
    }

    #[test]
    fn a_slot_falls_on_its_dates_alone((from, rule) in rule_and_start(), date in any_day()) {
        let slot = slot(from, rule);
        prop_assert_eq!(falls_on(&slot, date), oracle(&slot.rule, from, date));
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
        assert!(custom_rule(rule, day("2026-01-01")).is_err(), "{rule}");
    }
}

#[test]
fn the_last_weekday_of_the_month_can_be_said_in_a_rule() {
    let from = day("2026-01-30");
    let rule = custom_rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", from).unwrap();
    let slot = slot(from, Rule::Custom(rule));
    let got: Vec<_> = dates(&slot, from).take(3).map(|d| d.to_string()).collect();
    assert_eq!(got, ["2026-01-30", "2026-02-27", "2026-03-31"]);
}
