//! The year from the present on, in which the consequences of rules are looked at.

use super::Dates;
use crate::schedule::{AsOf, Span};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// How many dates are named; the others are counted.
pub(super) const NAMED: usize = 3;

/// The year from the present on.
pub(super) struct Window {
    pub(super) from: DateTime<Utc>,
    to: DateTime<Utc>,
}

impl Window {
    pub(super) fn of(as_of: &AsOf) -> Window {
        Window { from: as_of.earlier(TimeDelta::zero()), to: as_of.earlier(TimeDelta::days(-366)) }
    }

    /// A day before which nothing of the window begins: meetings last 31 days at the most.
    pub(super) fn first_day(&self) -> NaiveDate {
        self.from.date_naive().checked_sub_days(chrono::Days::new(33)).unwrap_or(NaiveDate::MIN)
    }

    /// Whether it begins after the window.
    pub(super) fn is_after(&self, span: &Span) -> bool {
        span.utc_start >= self.to
    }

    /// Whether it is over when the window begins.
    pub(super) fn is_over(&self, span: &Span) -> bool {
        span.utc_end <= self.from
    }

    /// Those that are within the window, of finitely many.
    pub(super) fn dates(&self, spans: impl Iterator<Item = Span>) -> Dates {
        let mut dates = Dates::default();
        for span in spans.filter(|span| !self.is_over(span) && !self.is_after(span)) {
            dates.count += 1;
            if dates.first.len() < NAMED {
                dates.first.push(span);
            }
        }
        dates
    }
}
