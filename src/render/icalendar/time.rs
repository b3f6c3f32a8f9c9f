//! Dates, times, durations and offsets as text (RFC 5545 §3.3.4–§3.3.14, RFC 7265 §3.6).

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

/// `20261126T100000`.
pub(super) fn push_basic(moment: NaiveDateTime, out: &mut String) {
    push_basic_date(moment.date(), out);
    out.push('T');
    push_clock(moment, "", out);
}

/// `20261126`.
pub(super) fn push_basic_date(date: NaiveDate, out: &mut String) {
    push_date(date, "", out);
}

/// `2026-11-26T10:00:00`.
pub(super) fn push_extended(moment: NaiveDateTime, out: &mut String) {
    push_extended_date(moment.date(), out);
    out.push('T');
    push_clock(moment, ":", out);
}

/// `2026-11-26`.
pub(super) fn push_extended_date(date: NaiveDate, out: &mut String) {
    push_date(date, "-", out);
}

fn push_date(date: NaiveDate, between: &str, out: &mut String) {
    let year = date.year().unsigned_abs();
    push_two(year / 100, out);
    push_two(year % 100, out);
    out.push_str(between);
    push_two(date.month(), out);
    out.push_str(between);
    push_two(date.day(), out);
}

fn push_clock(moment: NaiveDateTime, between: &str, out: &mut String) {
    push_two(moment.hour(), out);
    out.push_str(between);
    push_two(moment.minute(), out);
    out.push_str(between);
    push_two(moment.second(), out);
}

/// Two digits; formatting by chrono takes most of the time that a calendar does.
fn push_two(number: u32, out: &mut String) {
    let digit = |n: u32| char::from(b'0' + (n % 10) as u8);
    out.extend([digit(number / 10), digit(number)]);
}

/// A number in decimal digits.
pub(super) fn push_number(number: u64, out: &mut String) {
    if number >= 10 {
        push_number(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// `PT1H30M`, `-PT15M`, `P1D` (RFC 5545 §3.3.6), in whole minutes.
pub(super) fn push_duration(duration: TimeDelta, out: &mut String) {
    let minutes = duration.num_minutes().unsigned_abs();
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    out.push_str(if duration < TimeDelta::zero() { "-P" } else { "P" });
    push_amount(days, 'D', out);
    if hours > 0 || minutes > 0 || days == 0 {
        out.push('T');
        push_amount(hours, 'H', out);
    }
    if minutes > 0 || days == 0 && hours == 0 {
        push_number(minutes, out);
        out.push('M');
    }
}

fn push_amount(amount: u64, unit: char, out: &mut String) {
    if amount > 0 {
        push_number(amount, out);
        out.push(unit);
    }
}

/// `-0800`, or `-08:00` with that between; seconds, which no zone has had since 1972, are left off:
/// Exchange and Home Assistant refuse them.
pub(super) fn push_offset(seconds: i32, between: &str, out: &mut String) {
    let minutes = seconds.unsigned_abs() / 60;
    out.push(if seconds < 0 { '-' } else { '+' });
    push_two(minutes / 60, out);
    out.push_str(between);
    push_two(minutes % 60, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(push: impl FnOnce(&mut String)) -> String {
        let mut out = String::new();
        push(&mut out);
        out
    }

    #[test]
    fn moments_have_a_basic_and_an_extended_form() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        let moment = date.and_hms_opt(9, 7, 0).unwrap();
        assert_eq!(text(|out| push_basic(moment, out)), "20260305T090700");
        assert_eq!(text(|out| push_extended(moment, out)), "2026-03-05T09:07:00");
    }

    #[test]
    fn durations_name_no_unit_twice_and_none_of_zero() {
        let check = |minutes, want: &str| {
            assert_eq!(text(|out| push_duration(TimeDelta::minutes(minutes), out)), want);
        };
        check(60, "PT1H");
        check(90, "PT1H30M");
        check(-15, "-PT15M");
        check(1440, "P1D");
        check(-1500, "-P1DT1H");
        check(1441, "P1DT1M");
        check(0, "PT0M");
    }

    #[test]
    fn offsets_are_signed_hours_and_minutes() {
        let check = |seconds, want: &str| {
            assert_eq!(text(|out| push_offset(seconds, "", out)), want);
        };
        check(-28800, "-0800");
        check(20700, "+0545");
        check(0, "+0000");
        assert_eq!(text(|out| push_offset(-12600, ":", out)), "-03:30");
    }
}
