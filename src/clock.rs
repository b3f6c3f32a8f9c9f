//! The only reader of the time.

use chrono::{DateTime, Utc};
use std::time::{Duration, Instant, SystemTime};

/// What the present is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A present that stays, as `--as-of` asks for.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The present.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Clock::System => system_now(),
            Clock::Fixed(moment) => moment,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
fn system_now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Whole milliseconds since it was started.
    pub fn milliseconds(self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The time since it was started.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
