//! When a series meets, in English.

use super::super::{Rules, nth};
use super::{MONTHS, list, weekday};
use crate::model::{MonthDay, NthWeekday, Rule};

pub(super) const RULES: Rules = Rules {
    days: rule,
    at: |days, clock, zone| format!("{days} at {clock} {zone}"),
    zones: &[
        ("America/Los_Angeles", "Pacific"),
        ("America/Denver", "US Mountain"),
        ("America/Chicago", "US Central"),
        ("America/New_York", "US Eastern"),
        ("Europe/London", "UK time"),
        ("Europe/Amsterdam", "Central European time"),
        ("Europe/Berlin", "Central European time"),
        ("Europe/Paris", "Central European time"),
        ("Europe/Prague", "Central European time"),
        ("Asia/Kolkata", "India time"),
        ("Asia/Shanghai", "China time"),
        ("Asia/Tokyo", "Japan time"),
    ],
    all_day: |days| format!("{days}, all day"),
    since: |rule, from| format!("{rule}, since {from}"),
    starting: |rule, from| format!("{rule}, starting {from}"),
    until: |rule, until| format!("{rule}, until {until}"),
};

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Weekly { interval, weekdays } => {
            let days = match weekdays.len() {
                7 => "day".to_owned(),
                _ => list(&weekdays.iter().map(|day| weekday(*day).to_owned()).collect::<Vec<_>>()),
            };
            match interval {
                1 => format!("Every {days}"),
                n => format!("Every {n} weeks on {days}"),
            }
        }
        Rule::Monthly { interval: 1, day } => capitalised(&format!("{} of every month", days(day))),
        Rule::Monthly { interval, day } => format!("Every {interval} months on the {}", days(day)),
        Rule::Yearly { interval, month, day } => {
            let years =
                if *interval == 1 { "year".to_owned() } else { format!("{interval} years") };
            let month = nth(&MONTHS, month.saturating_sub(1));
            format!("Every {years} on the {} of {month}", days(day))
        }
        Rule::Custom(rule) => format!("By the rule {}", rule.as_str()),
    }
}

fn days(day: &MonthDay) -> String {
    let days: Vec<String> = match day {
        MonthDay::Numbers(numbers) => numbers.iter().map(|n| ordinal(*n)).collect(),
        MonthDay::Weekdays(weekdays) => weekdays.iter().map(|day| nth_weekday(*day)).collect(),
    };
    list(&days)
}

fn nth_weekday(day: NthWeekday) -> String {
    let nth = match day.nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    };
    format!("{nth} {}", weekday(day.weekday()))
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
