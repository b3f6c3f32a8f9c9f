//! When a series meets, in German.

use super::super::{Rules, nth};
use super::{list, month, weekday};
use crate::model::{MonthDay, NthWeekday, Rule};
use chrono::Weekday;

pub(super) const RULES: Rules = Rules {
    days: rule,
    at: |days, clock, zone| format!("{days} um {clock} Uhr ({zone})"),
    all_day: |days| format!("{days}, ganztägig"),
    zones: &[
        ("America/Los_Angeles", "US-Pazifikzeit"),
        ("America/Denver", "US-Gebirgszeit"),
        ("America/Chicago", "US-Zentralzeit"),
        ("America/New_York", "US-Ostküstenzeit"),
        ("Europe/London", "britische Zeit"),
        ("Europe/Amsterdam", "mitteleuropäische Zeit"),
        ("Europe/Berlin", "mitteleuropäische Zeit"),
        ("Europe/Paris", "mitteleuropäische Zeit"),
        ("Europe/Prague", "mitteleuropäische Zeit"),
        ("Asia/Kolkata", "indische Zeit"),
        ("Asia/Shanghai", "chinesische Zeit"),
        ("Asia/Tokyo", "japanische Zeit"),
    ],
    since: |rule, from| format!("{rule}, seit dem {from}"),
    starting: |rule, from| format!("{rule}, ab dem {from}"),
    until: |rule, until| format!("{rule}, bis zum {until}"),
};

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Weekly { interval: 1, weekdays } if weekdays.len() == 7 => "Täglich".to_owned(),
        Rule::Weekly { interval: 1, weekdays } => format!("Jeden {}", weekdays_of(weekdays)),
        Rule::Weekly { interval, weekdays } if weekdays.len() == 7 => {
            format!("Alle {} Wochen an jedem Tag", number(*interval))
        }
        Rule::Weekly { interval, weekdays } => {
            format!("Alle {} Wochen am {}", number(*interval), weekdays_of(weekdays))
        }
        Rule::Monthly { interval: 1, day } => format!("Am {} jedes Monats", days(day)),
        Rule::Monthly { interval, day } => {
            format!("Alle {} Monate am {}", number(*interval), days(day))
        }
        Rule::Yearly { interval, month: n, day } => {
            let years = match interval {
                1 => "Jedes Jahr".to_owned(),
                n => format!("Alle {} Jahre", number(*n)),
            };
            let of = if matches!(day, MonthDay::Weekdays(_)) { "im " } else { "" };
            format!("{years} am {} {of}{}", days(day), month(*n))
        }
        Rule::Custom(rule) => format!("Nach der Regel {}", rule.as_str()),
    }
}

fn weekdays_of(weekdays: &[Weekday]) -> String {
    list(&weekdays.iter().map(|day| weekday(*day).to_owned()).collect::<Vec<_>>())
}

/// Numbers up to twelve are written in letters.
fn number(n: u32) -> String {
    #[rustfmt::skip]
    const WORDS: [&str; 11] =
        ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
    match n {
        2..=12 => nth(&WORDS, n - 2).to_owned(),
        n => n.to_string(),
    }
}

fn days(day: &MonthDay) -> String {
    match day {
        MonthDay::Numbers(numbers) => {
            list(&numbers.iter().map(|n| format!("{n}.")).collect::<Vec<_>>())
        }
        MonthDay::Weekdays(weekdays) => {
            let same_day = weekdays.chunk_by(|a, b| a.weekday() == b.weekday());
            list(&same_day.map(nth_weekdays).collect::<Vec<_>>())
        }
    }
}

/// `ersten und dritten Dienstag`, of the same weekday.
fn nth_weekdays(days: &[NthWeekday]) -> String {
    let all: Vec<_> = days.iter().map(|day| ordinal(*day).to_owned()).collect();
    let weekday = days.first().map_or("", |day| weekday(day.weekday()));
    format!("{} {weekday}", list(&all))
}

fn ordinal(day: NthWeekday) -> &'static str {
    match day.nth {
        1 => "ersten",
        2 => "zweiten",
        3 => "dritten",
        4 => "vierten",
        5 => "fünften",
        _ => "letzten",
    }
}
