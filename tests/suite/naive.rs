//! Rules of every kind, and whether they fall on a day by their words alone.

use crate::sample::{day, domain, pacific, slug};
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use convene::model::{CustomRule, Frequency, MonthDay, NthWeekday, Recur, Rule, Slot, Uid};
use convene::schedule::custom_rule;
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

/// Whether a rule that begins on `from` falls on `date`, by the words of the rule alone.
pub(crate) fn falls_by_its_words(rule: &Rule, from: NaiveDate, date: NaiveDate) -> bool {
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
            Rule::Custom(rule) => falls(rule.recur(), from, date),
        }
}

/// The same for a RECUR value, as RFC 5545 §3.3.10 has it.
fn falls(recur: &Recur, from: NaiveDate, date: NaiveDate) -> bool {
    let week = |d: NaiveDate| d.week(recur.week_start).first_day();
    let periods = match recur.frequency {
        Frequency::Daily => (date - from).num_days(),
        Frequency::Weekly => (week(date) - week(from)).num_days() / 7,
        Frequency::Monthly => {
            i64::from((date.year() - from.year()) * 12) + i64::from(date.month())
                - i64::from(from.month())
        }
        Frequency::Yearly => i64::from(date.year() - from.year()),
    };
    let in_period = |d: &NaiveDate| match recur.frequency {
        Frequency::Monthly => d.year() == date.year() && d.month() == date.month(),
        _ => d.year() == date.year(),
    };
    let is_at_its_position = || {
        let year = date.with_ordinal(1).unwrap().iter_days().take(366).filter(in_period);
        let days: Vec<_> = year.filter(|d| has_every_part(recur, from, *d)).collect();
        let place = days.iter().position(|d| *d == date).unwrap() as i32;
        has(&recur.by_set_pos, place, days.len() as i32)
    };
    periods % i64::from(recur.interval) == 0
        && has_every_part(recur, from, date)
        && (recur.by_set_pos.is_empty() || is_at_its_position())
}

/// Whether the day is one of those that each part names, or that its start gives where none does.
fn has_every_part(recur: &Recur, from: NaiveDate, date: NaiveDate) -> bool {
    let in_month = (date.day0() as i32, i32::from(date.num_days_in_month()));
    let in_year = (date.ordinal0() as i32, if date.leap_year() { 366 } else { 365 });
    let of_month = recur.frequency == Frequency::Monthly || !recur.by_month.is_empty();
    let (place, length) = if of_month { in_month } else { in_year };
    let (nth, nth_from_end) = (place / 7 + 1, -((length - 1 - place) / 7 + 1));
    let named = recur
        .by_day
        .iter()
        .any(|day| day.weekday == date.weekday() && [0, nth, nth_from_end].contains(&day.nth));
    let months = recur.by_month.is_empty() || recur.by_month.contains(&(date.month() as i32));
    let month_days =
        recur.by_month_day.is_empty() || has(&recur.by_month_day, in_month.0, in_month.1);
    let year_days = recur.by_year_day.is_empty() || has(&recur.by_year_day, in_year.0, in_year.1);
    let nothing_named =
        recur.by_day.is_empty() && recur.by_month_day.is_empty() && recur.by_year_day.is_empty();
    let by_start = match recur.frequency {
        Frequency::Daily => true,
        Frequency::Weekly => date.weekday() == from.weekday(),
        Frequency::Monthly => date.day() == from.day(),
        Frequency::Yearly => date.day() == from.day() && (of_month || date.month() == from.month()),
    };
    months
        && month_days
        && year_days
        && (recur.by_day.is_empty() || named)
        && (!nothing_named || by_start)
}

/// Whether numbers from 1, or from the end from -1, name a place from 0.
fn has(numbers: &[i32], place: i32, length: i32) -> bool {
    numbers.contains(&(place + 1)) || numbers.contains(&(place - length))
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

pub(crate) fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..5000i64).prop_map(|n| day("2015-01-01") + TimeDelta::days(n))
}

pub(crate) fn common_rule_and_start() -> impl Strategy<Value = (NaiveDate, Rule)> {
    any_day().prop_flat_map(|from| (Just(from), common_rule(from)))
}

pub(crate) fn rule_and_start() -> impl Strategy<Value = (NaiveDate, Rule)> {
    prop_oneof![
        common_rule_and_start(),
        (any_day(), custom()).prop_map(|(from, rule)| (from, Rule::Custom(rule))),
    ]
}

/// A list of a part, often none.
fn list(numbers: impl Strategy<Value = i32>) -> impl Strategy<Value = Vec<i32>> {
    prop_oneof![Just(vec![]), proptest::collection::vec(numbers, 1..5)]
}

/// Any RECUR value that is taken.
pub(crate) fn custom() -> impl Strategy<Value = CustomRule> {
    let place = |most: i32| (1..=most).prop_flat_map(|n| prop_oneof![Just(n), Just(-n)]);
    let weekdays = proptest::collection::vec((0..7usize, place(53)), 0..4);
    let lists =
        (list(1..=12), list(place(31)), list(place(366)), list(place(8)), weekdays, any::<bool>());
    (0..4usize, 1..30u32, 0..7usize, lists).prop_filter_map("a rule", |(freq, n, start, lists)| {
        let (months, month_days, year_days, positions, weekdays, numbered) = lists;
        let freq = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][freq];
        let mut text = format!("FREQ={freq};INTERVAL={n};WKST={}", two_letters(WEEKDAYS[start]));
        let mut add = |part: &str, values: Vec<String>| {
            if !values.is_empty() {
                text.push_str(&format!(";{part}={}", values.join(",")));
            }
        };
        let texts = |numbers: &[i32]| numbers.iter().map(i32::to_string).collect();
        let most = if freq == "MONTHLY" || !months.is_empty() { 5 } else { 53 };
        let is_long = freq == "MONTHLY" || freq == "YEARLY";
        let number = |n: i32| {
            if numbered && is_long { format!("{}", n.clamp(-most, most)) } else { String::new() }
        };
        let day = |(day, nth): &(usize, i32)| number(*nth) + &two_letters(WEEKDAYS[*day]);
        add("BYMONTH", texts(&months));
        add("BYDAY", weekdays.iter().map(day).collect());
        if freq != "WEEKLY" {
            add("BYMONTHDAY", texts(&month_days));
        }
        if freq == "YEARLY" {
            add("BYYEARDAY", texts(&year_days));
        }
        if is_long {
            add("BYSETPOS", texts(&positions));
        }
        custom_rule(&text).ok()
    })
}

pub(crate) fn two_letters(weekday: Weekday) -> String {
    weekday.to_string()[..2].to_uppercase()
}

/// A slot of an hour from 10:00 Pacific time on.
pub(crate) fn slot(from: NaiveDate, rule: Rule) -> Slot {
    Slot {
        uid: Uid::of_slot(&slug("weekly"), from, None, &domain()),
        from,
        until: None,
        rule,
        at: NaiveTime::from_hms_opt(10, 0, 0),
        zone: pacific(),
        lasts: TimeDelta::hours(1),
        revision: 0,
        exceptions: Default::default(),
    }
}
