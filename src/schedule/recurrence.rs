//! The one expander of rules: periods of months, weeks or years, and the days in each.
//!
//! A period is found by arithmetic and its days by sets of bits, so that the cost is linear in the
//! periods looked at, and none is looked at before the first day that is asked for.

use super::days::{
    ALL_WEEKDAYS, bits, days_of_week, from_start, nth_weekday, numbers, weekday_bits,
    weekdays_of_month, year_length,
};
use crate::model::{Frequency, MonthDay, Recur, Rule, WeekdayNum};
use chrono::{Datelike, Days, NaiveDate, Weekday};

const ALL_MONTHS: u32 = 0b1_1111_1111_1110;
const ALL_DAYS: u32 = !1;

/// A rule with the date it is anchored at, which gives it what it leaves unsaid (RFC 5545 §3.3.10).
#[derive(Clone, Debug)]
pub(super) struct Recurrence {
    from: NaiveDate,
    frequency: Frequency,
    interval: i64,
    week_start: Weekday,
    /// Bit n for month n.
    months: u32,
    /// Bit n for day n.
    month_days: u32,
    /// Bit n for the n-th day from the end.
    month_days_from_end: u32,
    /// From 1, or from the year's end from -1; none for every day.
    year_days: Vec<i32>,
    /// Bit 0 for Monday.
    weekdays: u32,
    /// None for every weekday.
    nth_weekdays: Vec<WeekdayNum>,
    /// Whether these are counted within the year rather than the month.
    nth_of_year: bool,
    /// Which of a period's days, from 1, or from its end from -1; none for all.
    positions: Vec<i32>,
}

impl Recurrence {
    /// The recurrence of a rule that begins on `from`.
    pub(super) fn new(rule: &Rule, from: NaiveDate) -> Recurrence {
        match rule {
            Rule::Weekly { interval, weekdays } => Recurrence {
                weekdays: weekday_bits(weekdays.iter().copied()),
                ..Recurrence::every(Frequency::Weekly, *interval, from)
            },
            Rule::Monthly { interval, day } => {
                Recurrence::every(Frequency::Monthly, *interval, from).on(day)
            }
            Rule::Yearly { interval, month, day } => Recurrence {
                months: bits([i64::from(*month)]),
                ..Recurrence::every(Frequency::Yearly, *interval, from).on(day)
            },
            Rule::Custom(rule) => Recurrence::of_recur(rule.recur(), from),
        }
    }

    /// Every day of every so many periods.
    fn every(frequency: Frequency, interval: u32, from: NaiveDate) -> Recurrence {
        Recurrence {
            from,
            frequency,
            interval: interval.max(1).into(),
            week_start: Weekday::Mon,
            months: ALL_MONTHS,
            month_days: ALL_DAYS,
            month_days_from_end: 0,
            year_days: Vec::new(),
            weekdays: ALL_WEEKDAYS,
            nth_weekdays: Vec::new(),
            nth_of_year: false,
            positions: Vec::new(),
        }
    }

    fn on(mut self, day: &MonthDay) -> Recurrence {
        match day {
            MonthDay::Numbers(numbers) => {
                self.month_days = bits(numbers.iter().copied().map(i64::from));
            }
            MonthDay::Weekdays(weekdays) => {
                self.nth_weekdays = weekdays
                    .iter()
                    .map(|day| WeekdayNum { nth: day.nth.into(), weekday: day.weekday() })
                    .collect();
            }
        }
        self
    }

    fn of_recur(recur: &Recur, from: NaiveDate) -> Recurrence {
        let mut all = Recurrence::every(recur.frequency, recur.interval, from);
        let set = |numbers: &[i32], sign| bits(numbers.iter().map(|n| i64::from(n * sign)));
        all.week_start = recur.week_start;
        if !recur.by_month.is_empty() {
            all.months = set(&recur.by_month, 1);
        }
        if !recur.by_month_day.is_empty() {
            all.month_days = set(&recur.by_month_day, 1);
            all.month_days_from_end = set(&recur.by_month_day, -1);
        }
        let (every, nth): (Vec<_>, Vec<_>) =
            recur.by_day.iter().copied().partition(|day: &WeekdayNum| day.nth == 0);
        if !every.is_empty() {
            all.weekdays = weekday_bits(every.iter().map(|day| day.weekday));
        }
        all.nth_weekdays = nth;
        all.nth_of_year = recur.frequency == Frequency::Yearly && recur.by_month.is_empty();
        all.year_days.clone_from(&recur.by_year_day);
        all.positions.clone_from(&recur.by_set_pos);
        if recur.by_year_day.is_empty() && recur.by_month_day.is_empty() && recur.by_day.is_empty()
        {
            all.on_the_day_of_its_start(recur.by_month.is_empty());
        }
        all
    }

    fn on_the_day_of_its_start(&mut self, and_its_month: bool) {
        match self.frequency {
            Frequency::Daily => {}
            Frequency::Weekly => self.weekdays = weekday_bits([self.from.weekday()]),
            Frequency::Monthly => self.month_days = bits([self.from.day().into()]),
            Frequency::Yearly => {
                self.month_days = bits([self.from.day().into()]);
                if and_its_month {
                    self.months = bits([self.from.month().into()]);
                }
            }
        }
    }

    /// The dates from `since` to `last`, in order, without repeats.
    pub(super) fn dates(self, since: NaiveDate, last: NaiveDate) -> Dates {
        let since = since.max(self.from);
        let anchor = self.first_period();
        let period = self.periods_between(anchor, since);
        Dates { recurrence: self, since, last, anchor, period, days: Vec::new(), next: 0 }
    }

    /// The first day of the period that `from` is in.
    fn first_period(&self) -> NaiveDate {
        let first = match self.frequency {
            Frequency::Weekly => self.from.week(self.week_start).checked_first_day(),
            Frequency::Daily | Frequency::Monthly => self.from.with_day(1),
            Frequency::Yearly => self.from.with_ordinal(1),
        };
        first.unwrap_or(self.from)
    }

    /// How many periods after that of `anchor` a date is, rounded down.
    fn periods_between(&self, anchor: NaiveDate, date: NaiveDate) -> i64 {
        match self.frequency {
            Frequency::Weekly => (date - anchor).num_days() / (7 * self.interval),
            _ => (month_number(date) - month_number(anchor)) / self.months_per_period(),
        }
    }

    /// The first day of the period that is so many after that of `anchor`; none at the end of the
    /// calendar.
    fn first_day(&self, anchor: NaiveDate, period: i64) -> Option<NaiveDate> {
        match self.frequency {
            Frequency::Weekly => {
                let days = period.checked_mul(7 * self.interval)?;
                anchor.checked_add_days(Days::new(days.try_into().ok()?))
            }
            _ => {
                let month = month_number(anchor) + period.checked_mul(self.months_per_period())?;
                let year = month.div_euclid(12).try_into().ok()?;
                NaiveDate::from_ymd_opt(year, month.rem_euclid(12) as u32 + 1, 1)
            }
        }
    }

    /// Single days are looked at by the month.
    fn months_per_period(&self) -> i64 {
        match self.frequency {
            Frequency::Daily | Frequency::Weekly => 1,
            Frequency::Monthly => self.interval,
            Frequency::Yearly => 12 * self.interval,
        }
    }

    /// Puts the days of the period that begins at `first` into `days`, in order.
    fn collect(&self, first: NaiveDate, days: &mut Vec<NaiveDate>) {
        match self.frequency {
            Frequency::Weekly => {
                let week = numbers(days_of_week(self.weekdays, self.week_start));
                let dates = week.filter_map(|n| first.checked_add_days(Days::new(n.into())));
                days.extend(dates.filter(|date| self.is_in_month(*date)));
            }
            Frequency::Daily | Frequency::Monthly => self.collect_month(first, days),
            Frequency::Yearly => {
                for month in numbers(self.months) {
                    first.with_month(month).iter().for_each(|m| self.collect_month(*m, days));
                }
            }
        }
        if !self.positions.is_empty() {
            *days = at_positions(days, &self.positions);
        }
    }

    fn is_in_month(&self, date: NaiveDate) -> bool {
        self.months == ALL_MONTHS || self.months & 1 << date.month() != 0
    }

    fn collect_month(&self, first: NaiveDate, days: &mut Vec<NaiveDate>) {
        if self.is_in_month(first) {
            days.extend(numbers(self.days_of_month(first)).filter_map(|n| first.with_day(n)));
        }
    }

    /// The days of the month that begins at `first`: bit n for day n.
    fn days_of_month(&self, first: NaiveDate) -> u32 {
        let length = u32::from(first.num_days_in_month());
        let within = u32::MAX >> (31 - length);
        let numbered = self.month_days | from_start(self.month_days_from_end, length);
        let mut all = within & numbered & weekdays_of_month(self.weekdays, first.weekday());
        if !self.nth_weekdays.is_empty() {
            all &= self.nth_weekdays_of(first, length.into());
        }
        if !self.year_days.is_empty() {
            all &= self.year_days_of(first);
        }
        if self.frequency == Frequency::Daily && self.interval > 1 {
            let to_next = (self.from - first).num_days().rem_euclid(self.interval);
            all &= bits((to_next + 1..=31).step_by(self.interval as usize));
        }
        all
    }

    fn nth_weekdays_of(&self, first: NaiveDate, length: i64) -> u32 {
        let (start, length, before) = match self.nth_of_year {
            true => (new_year(first), year_length(first), i64::from(first.ordinal0())),
            false => (first, length, 0),
        };
        let days = self.nth_weekdays.iter().filter_map(|day| nth_weekday(start, length, *day));
        bits(days.map(|day| day - before))
    }

    fn year_days_of(&self, first: NaiveDate) -> u32 {
        let (length, before) = (year_length(first), i64::from(first.ordinal0()));
        let days = self.year_days.iter().map(|day| i64::from(*day));
        let days = days.map(|day| if day > 0 { day } else { length + 1 + day });
        bits(days.filter(|day| *day > 0).map(|day| day - before))
    }
}

/// The dates of a recurrence, a period at a time.
#[derive(Clone, Debug)]
pub(super) struct Dates {
    recurrence: Recurrence,
    since: NaiveDate,
    last: NaiveDate,
    /// The first day of the period 0.
    anchor: NaiveDate,
    /// The next period to be looked at.
    period: i64,
    /// The dates of the one before it.
    days: Vec<NaiveDate>,
    /// The first of them not given yet.
    next: usize,
}

impl Iterator for Dates {
    type Item = NaiveDate;

    fn next(&mut self) -> Option<NaiveDate> {
        loop {
            while let Some(date) = self.days.get(self.next).copied() {
                self.next += 1;
                if date >= self.since {
                    return (date <= self.last).then_some(date);
                }
            }
            let first = self.recurrence.first_day(self.anchor, self.period)?;
            if first > self.last {
                return None;
            }
            self.period += 1;
            self.days.clear();
            self.next = 0;
            self.recurrence.collect(first, &mut self.days);
        }
    }
}

/// BYSETPOS: those of a period's days that are at these places.
fn at_positions(days: &[NaiveDate], positions: &[i32]) -> Vec<NaiveDate> {
    let index = |position: i32| match usize::try_from(position) {
        Ok(from_start) => from_start.checked_sub(1),
        Err(_) => days.len().checked_sub(position.unsigned_abs() as usize),
    };
    let mut kept: Vec<NaiveDate> =
        positions.iter().filter_map(|position| days.get(index(*position)?).copied()).collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Months since the year 0.
fn month_number(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

fn new_year(date: NaiveDate) -> NaiveDate {
    date.with_ordinal(1).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::super::custom_rule;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(recur: &str, from: &str) -> Recurrence {
        Recurrence::new(&Rule::Custom(custom_rule(recur).unwrap()), day(from))
    }

    #[test]
    fn a_rule_that_never_falls_costs_no_more_than_its_periods() {
        let check = |recur: &str, most: i64| {
            let mut dates = of(recur, "2020-01-01").dates(day("2020-01-01"), day("2200-01-01"));
            assert_eq!(dates.next(), None, "{recur}");
            assert!(dates.period <= most, "{recur} looked at {} periods", dates.period);
        };
        check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31", 181);
        check("FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2,3,4,5,6,7,8,9,10,11,12", 181);
        check("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=300,310,320,330,340,350,360", 181);
        check("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8,9,10,11,12,13,14", 12 * 180 + 1);
        check("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31;BYDAY=MO,TU,WE,TH,FR,SA,SU", 12 * 180 + 1);
        check("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", 181);
        check("FREQ=WEEKLY;INTERVAL=999;BYDAY=MO;BYMONTH=5", 10);
    }

    #[test]
    fn a_day_far_ahead_is_reached_without_the_periods_before_it() {
        for recur in ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY;BYMONTHDAY=1"] {
            let mut dates = of(recur, "0001-01-01").dates(day("2199-06-01"), day("2200-01-01"));
            let first = dates.period;
            assert!(dates.next().is_some_and(|date| date >= day("2199-06-01")), "{recur}");
            assert!(dates.period - first <= 2, "{recur}");
        }
    }
}
