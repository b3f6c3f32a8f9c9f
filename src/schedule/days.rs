//! Days of a week or a month as sets of bits.

use crate::model::WeekdayNum;
use chrono::{Datelike, NaiveDate, Weekday};

/// Bits 0 to 6, from Monday.
pub(super) const ALL_WEEKDAYS: u32 = 0b111_1111;

/// Repeats a week's bits until a month is full.
const EVERY_WEEK: u64 = 1 | 1 << 7 | 1 << 14 | 1 << 21 | 1 << 28;

/// Numbers from 1 to 31, each as the bit of its own place; others are left out.
pub(super) fn bits(numbers: impl IntoIterator<Item = i64>) -> u32 {
    let bit = |number| if (1..=31).contains(&number) { 1_u32 << number } else { 0 };
    numbers.into_iter().fold(0, |all, number| all | bit(number))
}

/// The places of the bits that are set, in order.
pub(super) fn numbers(mut bits: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(lowest)
    })
}

/// Weekdays, Monday as bit 0.
pub(super) fn weekday_bits(weekdays: impl IntoIterator<Item = Weekday>) -> u32 {
    weekdays.into_iter().fold(0, |all, weekday| all | 1 << weekday.num_days_from_monday())
}

/// The same weekdays as days of a week that begins on `first`, which becomes bit 0.
pub(super) fn days_of_week(weekdays: u32, first: Weekday) -> u32 {
    let skipped = first.num_days_from_monday();
    (weekdays >> skipped | weekdays << (7 - skipped)) & ALL_WEEKDAYS
}

/// The same weekdays as days of a month that begins on `first`: bit n for day n, up to 31.
pub(super) fn weekdays_of_month(weekdays: u32, first: Weekday) -> u32 {
    ((u64::from(days_of_week(weekdays, first)) * EVERY_WEEK) << 1) as u32
}

/// Days counted from the end of a month of that length, as days counted from its start.
pub(super) fn from_start(days_from_end: u32, length: u32) -> u32 {
    (days_from_end.reverse_bits() << 1 >> (31 - length)) & !1
}

/// Which day of `length` days from `start` on, counted from 1, is the n-th such weekday.
pub(super) fn nth_weekday(start: NaiveDate, length: i64, day: WeekdayNum) -> Option<i64> {
    let first = i64::from(day.weekday.days_since(start.weekday())) + 1;
    let last = first + (length - first) / 7 * 7;
    let nth = i64::from(day.nth);
    let number = if nth > 0 { first + 7 * (nth - 1) } else { last + 7 * (nth + 1) };
    (first..=last).contains(&number).then_some(number)
}

/// Days in the year of that date.
pub(super) fn year_length(date: NaiveDate) -> i64 {
    if date.leap_year() { 366 } else { 365 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday::{Fri, Mon, Sun, Thu, Wed};

    #[test]
    fn days_are_counted_from_a_months_end() {
        let check = |length, from_end: &[i64], want: &[i64]| {
            assert_eq!(from_start(bits(from_end.iter().copied()), length), bits(want.to_vec()));
        };
        check(31, &[1, 31], &[31, 1]);
        check(30, &[1, 2, 31], &[30, 29]);
        check(28, &[1, 28, 29, 30, 31], &[28, 1]);
    }

    #[test]
    fn weekdays_are_found_in_weeks_and_months_that_begin_on_any_day() {
        let weekdays = weekday_bits([Mon, Fri]);
        assert_eq!(numbers(days_of_week(weekdays, Mon)).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(numbers(days_of_week(weekdays, Sun)).collect::<Vec<_>>(), [1, 5]);
        let of_month: Vec<u32> = numbers(weekdays_of_month(weekdays, Thu)).collect();
        assert_eq!(of_month, [2, 5, 9, 12, 16, 19, 23, 26, 30]);
    }

    #[test]
    fn the_nth_weekday_is_within_its_month_or_is_none() {
        let start = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        assert_eq!(start.weekday(), Wed);
        let check = |nth, weekday, want| {
            assert_eq!(nth_weekday(start, 30, WeekdayNum { nth, weekday }), want, "{nth}{weekday}");
        };
        check(1, Wed, Some(1));
        check(5, Wed, Some(29));
        check(5, Fri, None);
        check(-1, Thu, Some(30));
        check(-5, Thu, Some(2));
        check(-5, Fri, None);
    }
}
