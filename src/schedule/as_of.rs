//! The moment a snapshot is made for, and how long it stays true.

use chrono::{DateTime, TimeDelta, Utc};
use std::cell::Cell;

/// The present, as the whole of the core sees it.
///
/// It can only be asked whether a moment has been reached, and it remembers the nearest moment that
/// had not: so whatever was made with it stays the same, byte for byte, until [`AsOf::stale_at`].
///
/// ```
/// use chrono::{DateTime, TimeDelta};
/// use convene::schedule::AsOf;
/// let noon = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
/// let as_of = AsOf::new(noon);
/// assert!(as_of.reached(noon));
/// assert!(!as_of.reached(noon + TimeDelta::hours(2)));
/// assert!(!as_of.reached(noon + TimeDelta::hours(1)));
/// assert_eq!(as_of.stale_at(), Some(noon + TimeDelta::hours(1)));
/// ```
#[derive(Debug)]
pub struct AsOf {
    now: DateTime<Utc>,
    next: Cell<Option<DateTime<Utc>>>,
}

impl AsOf {
    /// The present is `now`.
    pub fn new(now: DateTime<Utc>) -> AsOf {
        AsOf { now, next: Cell::new(None) }
    }

    /// Whether `moment` is past or present.
    pub fn reached(&self, moment: DateTime<Utc>) -> bool {
        if moment <= self.now {
            return true;
        }
        if self.next.get().is_none_or(|next| moment < next) {
            self.next.set(Some(moment));
        }
        false
    }

    /// Whether `moment` is yet to come, without remembering that it was asked.
    ///
    /// Only to end a search that goes on to ask for a later moment of the same meeting: what is
    /// shown must never depend on this answer.
    pub(crate) fn lies_ahead(&self, moment: DateTime<Utc>) -> bool {
        moment > self.now
    }

    /// The moment so long before the present.
    ///
    /// Only to begin a search that goes on to ask of each meeting: what is shown must never depend on
    /// where it began.
    pub(crate) fn earlier(&self, by: TimeDelta) -> DateTime<Utc> {
        self.now.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// The nearest moment that was asked for and not reached: the first at which an answer differs.
    pub fn stale_at(&self) -> Option<DateTime<Utc>> {
        self.next.get()
    }
}
