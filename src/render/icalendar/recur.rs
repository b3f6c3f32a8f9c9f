//! Recurrence rules (RFC 5545 §3.3.10).

use super::component::{Recur, Until};
use super::time;
use crate::model::{Local, MonthDay, Rule, Slot};
use crate::schedule::{ZoneRules, last_date};
use chrono::Weekday;
use std::fmt::Write;

/// The rule of a slot, which ends at its last occurrence where it ends.
pub(super) fn of_slot(slot: &Slot) -> Recur {
    let last = last_date(slot).map(|date| slot.recurrence_id(date));
    Recur { parts: parts(&slot.rule), until: last.map(|last| until(slot, last)) }
}

/// UNTIL has the value type of DTSTART, but is in UTC (RFC 5545 §3.3.10, erratum 4414).
fn until(slot: &Slot, last: Local) -> Until {
    match last {
        Local::Date(date) => Until::Date(date),
        Local::DateTime(moment) => Until::Instant(ZoneRules::of(slot.zone).to_utc(moment)),
    }
}

fn parts(rule: &Rule) -> String {
    match rule {
        Rule::Weekly { interval, weekdays } => {
            let mut parts = frequency("WEEKLY", *interval);
            push_list(";BYDAY=", weekdays.iter().map(|day| weekday(*day)), &mut parts);
            parts
        }
        Rule::Monthly { interval, day } => {
            let mut parts = frequency("MONTHLY", *interval);
            push_month_day(day, &mut parts);
            parts
        }
        Rule::Yearly { interval, month, day } => {
            let mut parts = frequency("YEARLY", *interval);
            let _ = write!(parts, ";BYMONTH={month}");
            push_month_day(day, &mut parts);
            parts
        }
        Rule::Custom(rule) => rule.as_str().to_owned(),
    }
}

fn frequency(name: &str, interval: u32) -> String {
    match interval {
        1 => format!("FREQ={name}"),
        _ => format!("FREQ={name};INTERVAL={interval}"),
    }
}

fn push_month_day(day: &MonthDay, out: &mut String) {
    match day {
        MonthDay::Numbers(numbers) => push_list(";BYMONTHDAY=", numbers.iter(), out),
        MonthDay::Weekdays(weekdays) => {
            let days = weekdays.iter().map(|day| format!("{}{}", day.nth, weekday(day.weekday())));
            push_list(";BYDAY=", days, out);
        }
    }
}

fn push_list(name: &str, values: impl Iterator<Item = impl std::fmt::Display>, out: &mut String) {
    out.push_str(name);
    for (i, value) in values.enumerate() {
        let _ = write!(out, "{}{value}", if i > 0 { "," } else { "" });
    }
}

/// The rule as iCalendar text.
pub(super) fn push(recur: &Recur, out: &mut String) {
    out.push_str(&recur.parts);
    match recur.until {
        None => {}
        Some(Until::Date(date)) => {
            out.push_str(";UNTIL=");
            time::push_basic_date(date, out);
        }
        Some(Until::Instant(instant)) => {
            out.push_str(";UNTIL=");
            time::push_basic(instant.naive_utc(), out);
            out.push('Z');
        }
    }
}

/// The two letters of a weekday.
pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
