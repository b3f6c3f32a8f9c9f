//! What the program that started this one is told, where it asks to be: systemd, or whatever speaks
//! its words (`sd_notify(3)`). Without `NOTIFY_SOCKET` in the environment nothing is said.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tracing::error;

/// Shows whether a thread runs, to those who look at it from another.
#[derive(Clone, Debug, Default)]
pub(super) struct Heart(Arc<AtomicU32>);

impl Heart {
    /// Beats as long as the thread on which it is awaited runs, twice as often as somebody looks; where
    /// nobody does, it has nothing to do.
    pub(super) async fn beat(self) {
        let Some(limit) = limit() else { return };
        let mut beats = ticks(limit / 4);
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
    tell(&format!("READY=1\nSTATUS={status}"));
}

/// The program is about to end.
pub(super) fn stopping() {
    tell("STOPPING=1\nSTATUS=open requests are being answered");
}

/// Tells for ever that all is well, as long as every heart beats, and as often as is asked for
/// (`WatchdogSec=`, of which half the time is used); never ends.
pub(super) async fn watch(hearts: &[Heart]) {
    let Some(limit) = limit() else { return std::future::pending().await };
    let mut rounds = ticks(limit / 2);
    let mut known: Vec<Option<u32>> = vec![None; hearts.len()];
    loop {
        rounds.tick().await;
        let beats: Vec<_> = hearts.iter().map(|heart| Some(heart.beats())).collect();
        let is_well = beats.iter().zip(&known).all(|(now, before)| now != before);
        known = beats;
        match is_well {
            true => tell("WATCHDOG=1"),
            false => error!("a thread that answers stands still: the watchdog is not told"),
        }
    }
}

/// Within what time all has to be well again and again; none where nobody asks.
#[cfg(target_os = "linux")]
fn limit() -> Option<Duration> {
    // A quarter of it has to be a time.
    sd_notify::watchdog_enabled().filter(|limit| *limit >= Duration::from_millis(4))
}

#[cfg(not(target_os = "linux"))]
fn limit() -> Option<Duration> {
    None
}

fn ticks(every: Duration) -> tokio::time::Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

#[cfg(target_os = "linux")]
fn tell(what: &str) {
    if let Err(error) = sd_notify::notify(&[sd_notify::NotifyState::Custom(what)]) {
        tracing::debug!("the program that started this one is not told: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
fn tell(_: &str) {}
