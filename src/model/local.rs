//! Local dates and times, without a zone.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::fmt;

/// A local DATE, or a local DATE-TIME (RFC 5545 §3.3.4, §3.3.5 form 1).
///
/// The recurrence-id of an occurrence, and its start and end. Ordered by time, a date before any
/// time of that day. `Display` gives `2026-11-26` or `2026-11-26T10:00:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Local {
    /// A whole day.
    Date(NaiveDate),
    /// A moment on the wall clock.
    DateTime(NaiveDateTime),
}

impl Local {
    /// That date at that time, or the whole day where there is no time.
    pub fn new(date: NaiveDate, at: Option<NaiveTime>) -> Local {
        match at {
            Some(at) => Local::DateTime(date.and_time(at)),
            None => Local::Date(date),
        }
    }

    /// The day.
    pub fn date(self) -> NaiveDate {
        match self {
            Local::Date(date) => date,
            Local::DateTime(moment) => moment.date(),
        }
    }

    /// The wall clock's moment; midnight for a whole day.
    pub fn moment(self) -> NaiveDateTime {
        match self {
            Local::Date(date) => date.and_time(NaiveTime::MIN),
            Local::DateTime(moment) => moment,
        }
    }

    /// The time of day, where there is one.
    pub fn time(self) -> Option<NaiveTime> {
        match self {
            Local::Date(_) => None,
            Local::DateTime(moment) => Some(moment.time()),
        }
    }

    /// The form that file names and UIDs carry: `2026-11-26` or `2026-11-26T1000`.
    pub fn file_stem(self) -> String {
        match self {
            Local::Date(date) => date.to_string(),
            Local::DateTime(moment) => moment.format("%Y-%m-%dT%H%M").to_string(),
        }
    }
}

impl PartialOrd for Local {
    fn partial_cmp(&self, other: &Local) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Local {
    fn cmp(&self, other: &Local) -> std::cmp::Ordering {
        (self.date(), self.time()).cmp(&(other.date(), other.time()))
    }
}

impl fmt::Display for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Local::Date(date) => write!(f, "{date}"),
            Local::DateTime(moment) => write!(f, "{}", moment.format("%Y-%m-%dT%H:%M:%S")),
        }
    }
}
