//! What the program that started this one is told, where it asks to be: systemd, or whatever speaks
//! its words (`sd_notify(3)`). Without `NOTIFY_SOCKET` in the environment nothing is said.

use sd_notify::NotifyState::{self, Ready, Status, Stopping, Watchdog};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tracing::{debug, error};

/// How often a thread shows that it runs.
const BEAT: Duration = Duration::from_secs(1);

/// Shows whether a thread runs, to those who look at it from another.
#[derive(Clone, Debug, Default)]
pub(super) struct Heart(Arc<AtomicU32>);

impl Heart {
    /// Beats as long as the thread on which it is awaited runs.
    pub(super) async fn beat(self) {
        let mut beats = ticks(BEAT);
        loop {
            beats.tick().await;
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn beats(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Requests are answered from now on.
pub(super) fn ready(status: &str) {
    tell(&[Ready, Status(status)]);
}

/// The program is about to end.
pub(super) fn stopping() {
    tell(&[Stopping, Status("open requests are being answered")]);
}

/// Tells for ever that all is well, as long as every heart beats, and as often as is asked for
/// (`WatchdogSec=`, of which half the time is used); never ends.
pub(super) async fn watch(hearts: &[Heart]) {
    let Some(limit) = sd_notify::watchdog_enabled().filter(|limit| !limit.is_zero()) else {
        return std::future::pending().await;
    };
    let mut rounds = ticks(limit / 2);
    let mut known: Vec<Option<u32>> = vec![None; hearts.len()];
    loop {
        rounds.tick().await;
        let beats: Vec<_> = hearts.iter().map(|heart| Some(heart.beats())).collect();
        let is_well = beats.iter().zip(&known).all(|(now, before)| now != before);
        known = beats;
        match is_well {
            true => tell(&[Watchdog]),
            false => error!("a thread that answers stands still: the watchdog is not told"),
        }
    }
}

fn ticks(every: Duration) -> tokio::time::Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

fn tell(what: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(what) {
        debug!("the program that started this one is not told: {error}");
    }
}
