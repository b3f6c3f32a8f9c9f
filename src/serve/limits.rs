//! What clients may take of the server: time and connections.

use super::pulse::Wait;
use std::time::Duration;

/// Open connections of the whole program at the most. Where there are so many, the system lets
/// others wait that want one.
const CONNECTIONS: u64 = 8_192;

/// Descriptors that no connection gets, so that the content can always be read, and collected for;
/// half of all where there are few.
const RESERVE: u64 = 128;

/// Descriptors that a program usually starts with.
const USUAL: u64 = 1_024;

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
        let descriptors = descriptors(CONNECTIONS + RESERVE);
        let all = descriptors - RESERVE.min(descriptors / 2);
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        Limits {
            connections: (all / threads.max(1)).max(1),
            head: Duration::from_secs(10),
            taking: Duration::from_secs(30),
            // Longer than most proxies keep theirs, so that none sends a request into a closing one.
            next: Duration::from_secs(75),
            last_call: Duration::from_millis(300),
            first_call: Duration::from_secs(1),
            round: Duration::from_millis(1500),
        }
    }

    /// How many rounds there are in the time for a head.
    fn rounds_of_head(&self) -> u32 {
        u32::try_from(self.head.as_nanos() / self.round.as_nanos().max(1)).unwrap_or(u32::MAX)
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
    /// A quarter of it is taken, or was a short while ago.
    Crowded,
    /// None: others wait for it.
    None,
}

/// The room as it changes, looked at in each round.
///
/// A crowd is one for as long after it as a request may take, so that its last have no longer than its
/// first.
#[derive(Default)]
pub(super) struct Crowd {
    /// For how many rounds more.
    rounds: u32,
}

impl Crowd {
    /// How much room there is where so many places are free.
    pub(super) fn room(&mut self, free: usize, limits: &Limits) -> Room {
        let is_ample = free >= limits.connections - limits.connections / 4;
        self.rounds = match is_ample {
            true => self.rounds.saturating_sub(1),
            false => limits.rounds_of_head().saturating_add(1),
        };
        match (free, self.rounds) {
            (0, _) => Room::None,
            (_, 0) => Room::Ample,
            _ => Room::Crowded,
        }
    }
}

/// How many descriptors the program may have, after it has asked for that many.
///
/// The limit that a program starts with is often 1,024, for the sake of those that use `select`; so many
/// are taken to be there where a sandbox forbids to ask.
fn descriptors(wanted: u64) -> u64 {
    let has = rlimit::increase_nofile_limit(wanted);
    #[cfg(unix)]
    let has = has.or_else(|_| rlimit::Resource::NOFILE.get_soft());
    has.unwrap_or(USUAL).min(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_one_until_its_last_have_had_their_time() {
        let limits = Limits {
            connections: 12,
            head: Duration::from_secs(4),
            taking: Duration::from_secs(30),
            next: Duration::from_secs(75),
            last_call: Duration::ZERO,
            first_call: Duration::ZERO,
            round: Duration::from_secs(2),
        };
        let mut crowd = Crowd::default();
        let free = [12, 9, 8, 0, 1, 9, 12, 12, 12];
        use Room::{Ample, Crowded, None};
        let expected = [Ample, Ample, Crowded, None, Crowded, Crowded, Crowded, Ample, Ample];
        assert_eq!(free.map(|free| crowd.room(free, &limits)), expected);
        assert_eq!(limits.of(Wait::Next, Crowded), Some(limits.head));
        assert_eq!(limits.of(Wait::Taking, Ample), Some(limits.taking));
    }
}
