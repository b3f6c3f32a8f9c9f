//! The open connections of one thread, looked at in rounds.

use super::limits::{Limits, Room};
use super::pulse::Pulse;
use super::tally::Tally;
use std::sync::Arc;
use tokio::task::AbortHandle;
use tracing::debug;

/// So few are never tidied up before a round.
const FEW: usize = 64;

/// The open connections, and some that have ended.
#[derive(Default)]
pub(super) struct Connections {
    all: Vec<Connection>,
    /// How many there may be before those that have ended are let go.
    room: usize,
}

struct Connection {
    pulse: Arc<Pulse>,
    task: AbortHandle,
    /// Its pulse in the last round.
    beat: u32,
    /// For how many rounds that has been the same.
    quiet: u32,
}

impl Connections {
    /// Takes in another.
    pub(super) fn add(&mut self, pulse: Arc<Pulse>, task: AbortHandle) {
        if self.all.len() >= self.room {
            self.all.retain(|connection| !connection.task.is_finished());
            self.room = FEW.max(2 * self.all.len());
        }
        let beat = pulse.beat();
        self.all.push(Connection { pulse, task, beat, quiet: 0 });
    }

    /// Cuts every connection whose client has had its time, of which there is less in a
    /// crowd.
    pub(super) fn round(&mut self, limits: &Limits, room: Room, tally: &Tally) {
        let is_open = |connection: &mut Connection| !connection.task.is_finished();
        self.all
            .retain_mut(|connection| is_open(connection) && connection.round(limits, room, tally));
    }
}

impl Connection {
    /// Whether it stays open.
    fn round(&mut self, limits: &Limits, room: Room, tally: &Tally) -> bool {
        let beat = self.pulse.beat();
        self.quiet = if beat == self.beat { self.quiet.saturating_add(1) } else { 0 };
        self.beat = beat;
        let wait = self.pulse.wait();
        let stays = limits.of(wait, room).is_none_or(|limit| limits.round * self.quiet < limit);
        if !stays {
            debug!(?wait, "connection cut: the client has had its time ({wait:?})");
            tally.cut(wait);
            self.task.abort();
        }
        stays
    }
}

#[cfg(test)]
mod tests {
    use super::super::pulse::Wait;
    use super::*;
    use std::future::pending;
    use std::time::Duration;

    const LIMITS: Limits = Limits {
        connections: 1,
        head: Duration::from_secs(2),
        taking: Duration::from_secs(3),
        next: Duration::from_secs(4),
        last_call: Duration::ZERO,
        first_call: Duration::ZERO,
        round: Duration::from_secs(1),
    };

    /// In how many rounds a connection is cut to which that has happened; none where never.
    async fn rounds(happened: impl Fn(&Pulse), room: Room) -> Option<usize> {
        let (mut connections, pulse) = (Connections::default(), Arc::new(Pulse::new()));
        let tally = Tally::default();
        let task = tokio::spawn(pending::<()>());
        connections.add(Arc::clone(&pulse), task.abort_handle());
        happened(&pulse);
        let cut = (0..100).find(|_| {
            connections.round(&LIMITS, room, &tally);
            connections.all.is_empty()
        });
        if cut.is_some() {
            assert!(task.await.unwrap_err().is_cancelled());
            assert_eq!(tally.cuts().map(|(_, number)| number).sum::<u64>(), 1);
        }
        cut
    }

    #[tokio::test]
    async fn each_wait_has_its_limit() {
        assert_eq!(rounds(|_| {}, Room::Ample).await, Some(1));
        assert_eq!(rounds(|pulse| pulse.read(b"GET"), Room::Ample).await, Some(1));
        assert_eq!(rounds(Pulse::asked, Room::None).await, None);
        assert_eq!(rounds(Pulse::stuck, Room::Ample).await, Some(3));
        assert_eq!(rounds(Pulse::stuck, Room::Crowded).await, Some(2));
        let answered = |pulse: &Pulse| {
            pulse.read(b"\n\n");
            pulse.taken();
        };
        assert_eq!(rounds(answered, Room::Ample).await, Some(4));
        assert_eq!(rounds(answered, Room::Crowded).await, Some(2));
    }

    #[tokio::test]
    async fn an_idle_connection_gives_way_where_there_is_no_room() {
        let mut connections = Connections::default();
        let (idle, busy) = (Arc::new(Pulse::new()), Arc::new(Pulse::new()));
        for pulse in [&idle, &busy] {
            connections.add(Arc::clone(pulse), tokio::spawn(pending::<()>()).abort_handle());
        }
        idle.read(b"\n\n");
        idle.taken();
        busy.asked();
        connections.round(&LIMITS, Room::None, &Tally::default());
        let left: Vec<_> = connections.all.iter().map(|left| left.pulse.wait()).collect();
        assert_eq!(left, [Wait::Answer]);
    }

    #[tokio::test]
    async fn those_that_have_ended_are_let_go() {
        let mut connections = Connections::default();
        for _ in 0..10 * FEW {
            let task = tokio::spawn(async {});
            connections.add(Arc::new(Pulse::new()), task.abort_handle());
            task.await.unwrap();
        }
        assert!(connections.all.len() <= FEW, "{}", connections.all.len());
    }
}
