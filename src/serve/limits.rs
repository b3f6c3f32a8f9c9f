//! What clients may take of the server: time and connections.

use super::pulse::Wait;
use std::time::Duration;

/// Open connections of the whole program at the most. Where there are so many, the system lets
/// others wait that want one.
const CONNECTIONS: u64 = 8_192;

/// Descriptors that no connection gets, so that the content can always be read, and collected for.
const RESERVE: u64 = 128;

/// How much each client may take of one of the threads that answer.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// Connections that may be open.
    pub(super) connections: usize,
    /// How long a client may take for the first byte of a request and for its whole head.
    pub(super) head: Duration,
    /// How long a client may take nothing of an answer that waits for it.
    pub(super) taking: Duration,
    /// How long a connection is kept for another request.
    pub(super) next: Duration,
    /// How long a connection on which something was asked is kept when the program ends: who asks on
    /// it all the time does so by then.
    pub(super) last_call: Duration,
    /// The same for one on which nothing has been asked yet.
    pub(super) first_call: Duration,
    /// The time between two looks: that much more than any of these a client may have.
    pub(super) round: Duration,
}

impl Limits {
    /// The limits of each of so many threads. Asks the system for the descriptors that they need.
    pub(super) fn of_threads(threads: usize) -> Limits {
        let all = descriptors(CONNECTIONS + RESERVE).saturating_sub(RESERVE).clamp(1, CONNECTIONS);
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        Limits {
            connections: (all / threads.max(1)).max(1),
            head: Duration::from_secs(10),
            taking: Duration::from_secs(30),
            // Longer than most proxies keep theirs, so that none sends a request into a closing one.
            next: Duration::from_secs(75),
            last_call: Duration::from_millis(300),
            first_call: Duration::from_secs(1),
            round: Duration::from_secs(2),
        }
    }

    /// How long a connection may wait for that; none where for ever. Where there is no room for others,
    /// those that are only kept for another request give way.
    pub(super) fn of(&self, wait: Wait, is_full: bool) -> Option<Duration> {
        match wait {
            Wait::Head => Some(self.head),
            Wait::Answer => None,
            Wait::Taking => Some(self.taking),
            Wait::Next if is_full => Some(Duration::ZERO),
            Wait::Next => Some(self.next),
        }
    }
}

/// How many descriptors the program may have, after it has asked for that many.
///
/// The limit that a program starts with is often 1,024, for the sake of those that use `select`.
#[cfg(unix)]
fn descriptors(wanted: u64) -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let most = maximum.map_or(wanted, |maximum| maximum.min(wanted));
    let Some(current) = current.filter(|&current| current < most) else { return most };
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum });
    if raised.is_ok() { most } else { current }
}

#[cfg(not(unix))]
fn descriptors(wanted: u64) -> u64 {
    wanted
}
