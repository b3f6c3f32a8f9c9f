//! Rules that are written as RECUR values (RFC 5545 §3.3.10).

use chrono::Weekday;
use std::fmt;

/// How long the periods of a rule are: its FREQ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Months.
    Monthly,
    /// Years.
    Yearly,
}

/// A weekday of BYDAY, maybe only the n-th of its month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekdayNum {
    /// Counted from 1, or from the end from -1; 0 for every such weekday.
    pub nth: i32,
    /// The weekday.
    pub weekday: Weekday,
}

/// The parts of a RECUR value about days.
///
/// Lists are sorted and without repeats; an empty one is a part that is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recur {
    /// FREQ.
    pub frequency: Frequency,
    /// Periods from one to the next, 1 or more.
    pub interval: u32,
    /// WKST.
    pub week_start: Weekday,
    /// 1 to 12.
    pub by_month: Vec<i32>,
    /// 1 to 366, or -1 for a year's last day to -366.
    pub by_year_day: Vec<i32>,
    /// 1 to 31, or -1 for a month's last day to -31.
    pub by_month_day: Vec<i32>,
    /// Either all with a number or all without.
    pub by_day: Vec<WeekdayNum>,
    /// Which of a period's days, from 1, or from its end from -1.
    pub by_set_pos: Vec<i32>,
}

/// A rule written as a RECUR value, such as `FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1`.
///
/// Made by `schedule::custom_rule` alone, which checks every part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRule {
    recur: Recur,
    text: String,
}

impl CustomRule {
    /// A rule of parts that have been checked.
    pub(crate) fn checked(recur: Recur) -> CustomRule {
        CustomRule { text: recur.to_string(), recur }
    }

    /// Its parts.
    pub fn recur(&self) -> &Recur {
        &self.recur
    }

    /// The RECUR value in one form, however it was written: upper case, parts and lists in order.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        })
    }
}

impl fmt::Display for WeekdayNum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nth != 0 {
            write!(f, "{}", self.nth)?;
        }
        f.write_str(two_letters(self.weekday))
    }
}

impl fmt::Display for Recur {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.frequency)?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", two_letters(self.week_start))?;
        }
        write_list(f, "BYMONTH", &self.by_month)?;
        write_list(f, "BYYEARDAY", &self.by_year_day)?;
        write_list(f, "BYMONTHDAY", &self.by_month_day)?;
        write_list(f, "BYDAY", &self.by_day)?;
        write_list(f, "BYSETPOS", &self.by_set_pos)
    }
}

fn write_list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    part: &str,
    values: &[T],
) -> fmt::Result {
    for (i, value) in values.iter().enumerate() {
        match i {
            0 => write!(f, ";{part}={value}")?,
            _ => write!(f, ",{value}")?,
        }
    }
    Ok(())
}

/// A weekday as the content and schema.org name it, in English: `Monday` to `Sunday`.
pub fn english_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// A weekday as iCalendar names it: `MO` to `SU` (RFC 5545 §3.3.10).
pub fn two_letters(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
