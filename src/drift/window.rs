//! The time in which meetings are compared.

use chrono::{DateTime, TimeDelta, Utc};

/// The longest that a window may be.
const MOST: TimeDelta = TimeDelta::days(2 * 366);

/// How much earlier or later a meeting may be elsewhere and still be found there.
const AROUND: TimeDelta = TimeDelta::days(92);

/// The time in which meetings are compared: those that begin in it on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The moment after its last.
    pub to: DateTime<Utc>,
}

impl Window {
    /// How long a window is where nothing else is said.
    pub const USUAL: TimeDelta = TimeDelta::days(90);

    /// The window from one moment until another; `None` where it would be empty, or longer than two
    /// years.
    pub fn new(from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Window> {
        (from < to && to - from <= MOST).then_some(Window { from, to })
    }

    pub(super) fn contains(&self, start: DateTime<Utc>) -> bool {
        (self.from..self.to).contains(&start)
    }

    /// The same with the time around it, in which the other of two may be.
    pub(super) fn around(&self) -> Window {
        let from = self.from.checked_sub_signed(AROUND).unwrap_or(self.from);
        Window { from, to: self.to.checked_add_signed(AROUND).unwrap_or(self.to) }
    }
}
