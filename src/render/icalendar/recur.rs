//! Recurrence rules (RFC 5545 §3.3.10).

use super::component::{RecurText, Until};
use super::time;
use crate::model::{Local, MonthDay, Rule, Slot, two_letters};
use crate::schedule::{ZoneRules, last_date};

/// The rule of a slot, which ends at its last occurrence where it ends.
pub(super) fn of_slot(slot: &Slot) -> RecurText {
    let last = last_date(slot).map(|date| slot.recurrence_id(date));
    RecurText { parts: parts(&slot.rule), until: last.map(|last| until(slot, last)) }
}

/// UNTIL has the value type of DTSTART, but is in UTC (RFC 5545 §3.3.10, erratum 4414).
fn until(slot: &Slot, last: Local) -> Until {
    match last {
        Local::Date(date) => Until::Date(date),
        Local::DateTime(moment) => Until::Instant(ZoneRules::of(slot.zone).to_utc(moment)),
    }
}

fn parts(rule: &Rule) -> String {
    let mut parts = String::with_capacity(48);
    match rule {
        Rule::Weekly { interval, weekdays } => {
            push_frequency("WEEKLY", *interval, &mut parts);
            push_list(";BYDAY=", weekdays, &mut parts, |day, out| out.push_str(two_letters(*day)));
        }
        Rule::Monthly { interval, day } => {
            push_frequency("MONTHLY", *interval, &mut parts);
            push_month_day(day, &mut parts);
        }
        Rule::Yearly { interval, month, day } => {
            push_frequency("YEARLY", *interval, &mut parts);
            push_list(";BYMONTH=", &[*month], &mut parts, push_day);
            push_month_day(day, &mut parts);
        }
        Rule::Custom(rule) => parts.push_str(rule.as_str()),
    }
    parts
}

fn push_frequency(name: &str, interval: u32, out: &mut String) {
    out.extend(["FREQ=", name]);
    if interval > 1 {
        push_list(";INTERVAL=", &[interval], out, push_day);
    }
}

fn push_month_day(day: &MonthDay, out: &mut String) {
    match day {
        MonthDay::Numbers(numbers) => push_list(";BYMONTHDAY=", numbers, out, push_day),
        MonthDay::Weekdays(weekdays) => push_list(";BYDAY=", weekdays, out, |day, out| {
            out.push_str(if day.nth < 0 { "-" } else { "" });
            time::push_number(day.nth.unsigned_abs().into(), out);
            out.push_str(two_letters(day.weekday()));
        }),
    }
}

fn push_day(number: &u32, out: &mut String) {
    time::push_number((*number).into(), out);
}

fn push_list<T>(name: &str, values: &[T], out: &mut String, push: impl Fn(&T, &mut String)) {
    for (i, value) in values.iter().enumerate() {
        out.push_str(if i == 0 { name } else { "," });
        push(value, out);
    }
}

/// The rule as iCalendar text.
pub(super) fn push(recur: &RecurText, out: &mut String) {
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
