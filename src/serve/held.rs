//! Content that lacks series which are served: it waits until it is quiet.
//!
//! Whoever removes a folder, or copies one in its place, leaves content for a moment that is without
//! mistakes and lacks series. Their subscribers would get 404, and those of all meetings a calendar without
//! them, by which clients delete what they have. So such content is served once it has stayed as it is;
//! and never where no series is left.

use crate::clock::Stopwatch;
use crate::intake::Taken;
use crate::model::Community;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How long it has to stay.
const QUIET: Duration = Duration::from_secs(2);

/// What waits, if anything does.
#[derive(Default)]
pub(super) struct Held(Option<(Taken, Stopwatch, Instant)>);

impl Held {
    /// Has it wait, in the place of what waited.
    pub(super) fn hold(&mut self, taken: Taken, reading: Stopwatch) {
        self.0 = Some((taken, reading, Instant::now() + QUIET));
    }

    /// The folder is being changed: it waits anew.
    pub(super) fn put_off(&mut self) {
        if let Some((_, _, until)) = &mut self.0 {
            *until = Instant::now() + QUIET;
        }
    }

    /// Something else is there: nothing waits any more.
    pub(super) fn forget(&mut self) {
        self.0 = None;
    }

    /// When it has waited for long enough.
    pub(super) fn until(&self) -> Option<Instant> {
        self.0.as_ref().map(|(_, _, until)| *until)
    }

    /// What waited.
    pub(super) fn release(&mut self) -> Option<(Taken, Stopwatch)> {
        self.0.take().map(|(taken, reading, _)| (taken, reading))
    }
}

/// Resolves then; never where nothing waits.
pub(super) async fn reached(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until).await,
        None => std::future::pending().await,
    }
}

/// What of the series that are served is not in other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacks {
    Nothing,
    Some,
    /// There is no series at all.
    All,
}

impl Lacks {
    pub(super) fn of(served: &Community, new: &Community) -> Lacks {
        let there: BTreeSet<_> = new.all_series().map(|series| &series.slug).collect();
        match served.all_series().all(|series| there.contains(&series.slug)) {
            true => Lacks::Nothing,
            false if there.is_empty() => Lacks::All,
            false => Lacks::Some,
        }
    }
}
