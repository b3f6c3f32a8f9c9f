//! Recurrence rules in words.

use super::super::words;
use crate::model::{MonthDay, NthWeekday, Rule, Slot};
use chrono::Month;

/// `Every Thursday at 10:00 America/Los_Angeles`.
pub fn slot_in_words(slot: &Slot) -> String {
    let days = in_words(&slot.rule);
    match slot.at {
        Some(at) => format!("{days} at {} {}", words::clock(at), slot.zone),
        None => format!("{days}, all day"),
    }
}

fn in_words(rule: &Rule) -> String {
    match rule {
        Rule::Weekly { interval, weekdays } => {
            let days: Vec<_> = weekdays.iter().map(|day| name(*day)).collect();
            let days = if days.len() == 7 { "day".to_owned() } else { words::list(&days) };
            match interval {
                1 => format!("Every {days}"),
                n => format!("Every {n} weeks on {days}"),
            }
        }
        Rule::Monthly { interval: 1, day } => capitalised(&format!("{} of every month", days(day))),
        Rule::Monthly { interval, day } => format!("Every {interval} months on the {}", days(day)),
        Rule::Yearly { interval, month, day } => {
            let month = u8::try_from(*month).ok().and_then(|n| Month::try_from(n).ok());
            let month = month.map_or("", |month| month.name());
            let years =
                if *interval == 1 { "year".to_owned() } else { format!("{interval} years") };
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
    words::list(&days)
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
    format!("{nth} {}", name(day.weekday()))
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

fn name(day: chrono::Weekday) -> String {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let name = match day {
        Mon => "Monday",
        Tue => "Tuesday",
        Wed => "Wednesday",
        Thu => "Thursday",
        Fri => "Friday",
        Sat => "Saturday",
        Sun => "Sunday",
    };
    name.to_owned()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
