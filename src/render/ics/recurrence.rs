//! RRULE values (RFC 5545 §3.3.10).

use super::writer::{local, utc};
use crate::model::{Local, MonthDay, Rule, Slot};
use crate::schedule::{ZoneRules, dates};
use chrono::{NaiveDate, Weekday};

/// The RRULE of a slot, with UNTIL in UTC at its last occurrence where it ends: Home Assistant
/// rejects the whole calendar otherwise.
pub(super) fn rrule(slot: &Slot) -> String {
    let mut rule = match &slot.rule {
        Rule::Weekly { interval, weekdays } => {
            let days: Vec<&str> = weekdays.iter().copied().map(weekday).collect();
            format!("FREQ=WEEKLY{};BYDAY={}", interval_part(*interval), days.join(","))
        }
        Rule::Monthly { interval, day } => {
            format!("FREQ=MONTHLY{};{}", interval_part(*interval), month_day(day))
        }
        Rule::Yearly { interval, month, day } => {
            format!("FREQ=YEARLY{};BYMONTH={month};{}", interval_part(*interval), month_day(day))
        }
        Rule::Custom(rule) => rule.as_str().to_owned(),
    };
    if let Some(last) = last_date(slot) {
        rule.push_str(";UNTIL=");
        rule.push_str(&until(slot, slot.recurrence_id(last)));
    }
    rule
}

fn last_date(slot: &Slot) -> Option<NaiveDate> {
    slot.until?;
    dates(slot, slot.from).last()
}

/// UNTIL has the value type of DTSTART, but is in UTC (RFC 5545 §3.3.10, erratum 4414).
fn until(slot: &Slot, last: Local) -> String {
    match last {
        Local::Date(_) => local(last),
        Local::DateTime(moment) if slot.zone.is_utc() => utc(moment.and_utc()),
        Local::DateTime(moment) => utc(ZoneRules::of(slot.zone).to_utc(moment)),
    }
}

fn interval_part(interval: u32) -> String {
    if interval == 1 { String::new() } else { format!(";INTERVAL={interval}") }
}

fn month_day(day: &MonthDay) -> String {
    match day {
        MonthDay::Numbers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
            format!("BYMONTHDAY={}", numbers.join(","))
        }
        MonthDay::Weekdays(weekdays) => {
            let days: Vec<String> = weekdays
                .iter()
                .map(|day| format!("{}{}", day.nth, weekday(day.weekday())))
                .collect();
            format!("BYDAY={}", days.join(","))
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
