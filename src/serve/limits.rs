//! What clients may take of the server: time and connections.

use super::pulse::Wait;
use std::time::Duration;

/// Open connections of the whole program at the most. Where there are so many, the system lets
/// others wait that want one.
const CONNECTIONS: u64 = 8_192;

/// Descriptors that no connection gets, so that the content can always be read, and collected for;
/// half of all where there are few.
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
    /// The time between two looks: that much more than any of these a client may have.
    pub(super) round: Duration,
}

impl Limits {
    /// The limits of each of so many threads. Asks the system for the descriptors that they need.
    pub(super) fn of_threads(threads: usize) -> Limits {
        let descriptors = descriptors(CONNECTIONS + RESERVE);
        let all = descriptors - RESERVE.min(descriptors / 2);
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        Limits {
            connections: (all / threads.max(1)).max(1),
            head: Duration::from_secs(10),
            taking: Duration::from_secs(30),
            // Longer than most proxies keep theirs, so that none sends a request into a closing one.
            next: Duration::from_secs(75),
            round: Duration::from_secs(2),
        }
    }

    /// How long a connection may wait for that; none where for ever. In a crowd nobody may take longer
    /// over an answer, or until another request, than over a request; where there is no room at all,
    /// connections that are only kept for another request give way at once.
    pub(super) fn of(&self, wait: Wait, room: Room) -> Option<Duration> {
        let unless_crowded = |limit: Duration| match room {
            Room::Ample => limit,
            Room::Crowded | Room::None => limit.min(self.head),
        };
        match wait {
            Wait::Head => Some(self.head),
            Wait::Answer => None,
            Wait::Taking => Some(unless_crowded(self.taking)),
            Wait::Next if room == Room::None => Some(Duration::ZERO),
            Wait::Next => Some(unless_crowded(self.next)),
        }
    }
}

/// How much room there is for more connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Enough.
    Ample,
    /// Half of it is or was taken, and most of those have not left yet.
    Crowded,
    /// None: others wait for it.
    None,
}

impl Room {
    /// What becomes of it where so many places are free of all.
    pub(super) fn next(self, free: usize, all: usize) -> Room {
        let taken = all.saturating_sub(free);
        match self {
            _ if free == 0 => Room::None,
            Room::Ample if taken <= all / 2 => Room::Ample,
            _ if taken <= all / 16 => Room::Ample,
            _ => Room::Crowded,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_one_until_most_have_left() {
        let mut room = Room::Ample;
        let mut with = |taken: usize| {
            room = room.next(160 - taken, 160);
            room
        };
        let taken = [0, 80, 81, 80, 11, 10, 80, 160, 159, 0];
        use Room::{Ample, Crowded, None};
        let expected =
            [Ample, Ample, Crowded, Crowded, Crowded, Ample, Ample, None, Crowded, Ample];
        assert_eq!(taken.map(&mut with), expected);
    }
}
