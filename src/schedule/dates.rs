//! The dates that a slot's rule gives: a direct loop for the common rules.

use super::custom;
use crate::model::{MonthDay, NthWeekday, Rule, Slot};
use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

/// The last day for which dates are given: beyond it tz data is a guess.
const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2200, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// The slot's dates on or after `since`, in order, without repeats.
///
/// Endless but for the year 2200 where the slot has no `until`. Exceptions are not looked at: a
/// cancelled date is among them, an added one is not.
pub fn dates(slot: &Slot, since: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
    let since = since.max(slot.from);
    let last = slot.until.unwrap_or(LAST_DAY).min(LAST_DAY);
    let all: Box<dyn Iterator<Item = NaiveDate>> = match &slot.rule {
        Rule::Weekly { interval, weekdays } => {
            let first = slot.from.week(Weekday::Mon).first_day();
            let step = u64::from(*interval);
            let skip = (since - first).num_days() as u64 / (7 * step);
            let weeks = (skip..)
                .map_while(move |n| first.checked_add_signed(TimeDelta::weeks((n * step) as i64)));
            Box::new(weeks.flat_map(|monday| days_of_week(monday, weekdays)))
        }
        Rule::Monthly { interval, day } => every_months(slot.from, since, *interval, day),
        Rule::Yearly { interval, day, .. } => every_months(slot.from, since, 12 * interval, day),
        Rule::Custom(rule) => custom::dates(rule, slot.from),
    };
    Box::new(all.skip_while(move |date| *date < since).take_while(move |date| *date <= last))
}

/// Whether the slot has an occurrence on that date, be it cancelled or moved.
pub fn falls_on(slot: &Slot, date: NaiveDate) -> bool {
    dates(slot, date).next() == Some(date)
}

fn days_of_week(monday: NaiveDate, weekdays: &[Weekday]) -> impl Iterator<Item = NaiveDate> {
    weekdays.iter().map(move |day| monday + TimeDelta::days(day.num_days_from_monday().into()))
}

fn every_months<'a>(
    from: NaiveDate,
    since: NaiveDate,
    interval: u32,
    day: &'a MonthDay,
) -> Box<dyn Iterator<Item = NaiveDate> + 'a> {
    let first = from.with_day(1).unwrap_or(from);
    let passed = (since.year() - first.year()) * 12 + since.month() as i32 - first.month() as i32;
    let skip = passed.max(0) as u32 / interval;
    let months = (skip..)
        .map_while(move |n| first.checked_add_months(Months::new(n.checked_mul(interval)?)));
    Box::new(
        months
            .take_while(|month| *month <= LAST_DAY)
            .flat_map(move |month| days_of_month(month, day)),
    )
}

/// The days of the month that begins at `first`, sorted.
fn days_of_month(first: NaiveDate, day: &MonthDay) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = match day {
        MonthDay::Numbers(numbers) => numbers.iter().filter_map(|n| first.with_day(*n)).collect(),
        MonthDay::Weekdays(weekdays) => {
            weekdays.iter().filter_map(|weekday| nth_weekday(first, *weekday)).collect()
        }
    };
    days.sort_unstable();
    days.dedup();
    days
}

fn nth_weekday(first: NaiveDate, which: NthWeekday) -> Option<NaiveDate> {
    if which.nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(
            first.year(),
            first.month(),
            which.weekday(),
            which.nth as u8,
        );
    }
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    let back = last.weekday().days_since(which.weekday());
    Some(last - TimeDelta::days(back.into()))
}
