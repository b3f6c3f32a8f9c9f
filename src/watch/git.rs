//! Whether git is changing the files just now.

use crate::store::{Checkout, Stamp};
use std::path::Path;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// A git that was killed leaves its lock, and one that waits for somebody's message has it meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often to look whether it is done.
const LOOK: Duration = Duration::from_millis(20);

/// The git that may change files of one folder.
///
/// While it checks out another state it has its index locked, from before the first file is changed
/// until after the last: whoever reads meanwhile may find half of both.
pub(super) struct Git {
    checkout: Checkout,
    /// A lock that nobody waits for any more.
    left: Option<Stamp>,
}

impl Git {
    pub(super) fn of(folder: &Path) -> Git {
        Git { checkout: Checkout::of(folder), left: None }
    }

    /// Resolves once git is done, or takes so long that it is not waited for.
    pub(super) async fn is_done(&mut self) {
        let until = Instant::now() + PATIENCE;
        while let Some(lock) = self.checkout.lock() {
            if self.left == Some(lock) {
                return;
            }
            if Instant::now() >= until {
                self.left = Some(lock);
                return;
            }
            sleep(LOOK).await;
        }
    }
}
