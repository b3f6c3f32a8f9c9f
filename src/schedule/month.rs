//! Months of the calendar.

use super::ZoneRules;
use crate::model::{Local, Zone};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use std::fmt;

/// A month of a year. `Display` gives `2026-11`.
///
/// ```
/// use chrono::NaiveDate;
/// use convene::schedule::Month;
/// let leap_day = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
/// let month = Month::of(leap_day);
/// assert_eq!(month.to_string(), "2028-02");
/// assert_eq!(month.days().last(), Some(leap_day));
/// assert_eq!(month.after(-2).to_string(), "2027-12");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month(day.with_day(1).unwrap_or(day))
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.0
    }

    /// Its days, in order.
    pub fn days(self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        (1..=31).filter_map(move |day| self.0.with_day(day))
    }

    /// The month so many months later, or earlier where that is negative.
    pub fn after(self, months: i32) -> Month {
        let count = Months::new(months.unsigned_abs());
        let first = if months < 0 {
            self.0.checked_sub_months(count)
        } else {
            self.0.checked_add_months(count)
        };
        Month(first.unwrap_or(self.0))
    }

    /// The moment at which it begins in a zone.
    pub fn begins(self, zone: Zone) -> DateTime<Utc> {
        ZoneRules::of(zone).to_utc(Local::Date(self.0).moment())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}
