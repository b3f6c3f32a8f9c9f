//! Recurrence rules: which days a slot falls on.

use super::CustomRule;
use chrono::Weekday;

/// The rule that gives a slot's dates, anchored at the slot's `from` (RFC 5545 §3.3.10).
///
/// Intervals are 1 or more; lists are not empty, sorted and without repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// On these weekdays of every `interval`-th week, weeks beginning on Monday.
    Weekly {
        /// Weeks from one to the next.
        interval: u32,
        /// Monday first.
        weekdays: Vec<Weekday>,
    },
    /// On these days of every `interval`-th month.
    Monthly {
        /// Months from one to the next.
        interval: u32,
        /// Which days of the month.
        day: MonthDay,
    },
    /// On these days of one month of every `interval`-th year.
    Yearly {
        /// Years from one to the next.
        interval: u32,
        /// 1 to 12, the month of `from`.
        month: u32,
        /// Which days of that month.
        day: MonthDay,
    },
    /// Any other rule, in the words of RFC 5545.
    Custom(CustomRule),
}

/// Days within a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MonthDay {
    /// Days by number, 1 to 31; a month without that day has no date.
    Numbers(Vec<u32>),
    /// "First Wednesday", "last Friday".
    Weekdays(Vec<NthWeekday>),
}

/// The n-th weekday of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NthWeekday {
    /// 1 to 5 from the month's start, or -1 for the last; a month without a fifth has no date.
    pub nth: i8,
    /// 0 for Monday to 6 for Sunday, so that values sort.
    weekday: u8,
}

impl NthWeekday {
    /// The `nth` such weekday: 1 to 5, or -1 for the last; `None` for any other number.
    pub fn new(nth: i8, weekday: Weekday) -> Option<NthWeekday> {
        let weekday = weekday.num_days_from_monday() as u8;
        matches!(nth, 1..=5 | -1).then_some(NthWeekday { nth, weekday })
    }

    /// The weekday.
    pub fn weekday(self) -> Weekday {
        Weekday::try_from(self.weekday).unwrap_or(Weekday::Mon)
    }
}
