//! Makes documents before anybody asks for them.
//!
//! Where there are few enough, all of them: at first, after each change of the content, and when the
//! present has moved on. And, whatever their number, the shortest form of those that are asked for
//! again and again.

use super::documents::Documents;
use super::state::{Served, State};
use crate::error::Error;
use crate::publish::documents;
use crate::schedule::AsOf;
use chrono::{DateTime, Utc};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;
use tracing::{debug, error};

/// So many documents are made ahead; where there are more, each is made when it is asked for.
const FEW: usize = 10_000;

/// The longest between two looks: the clock may be put forward.
const LOOK: Duration = Duration::from_secs(10);

/// How many signs may wait; what has no room is asked for again.
const WAITING: usize = 64;

/// What there may be to do.
pub(super) enum Sign {
    /// Other content is served.
    Content,
    /// A document is asked for again and again, by its path.
    Often(String),
}

/// Starts the thread that makes documents ahead, which ends with the state that it is told of.
///
/// # Errors
/// A thread that the system does not give.
pub(super) fn start(state: &Arc<State>, signs: Receiver<Sign>) -> Result<(), Error> {
    let running = state.vitals.prepare.running();
    let state = Arc::downgrade(state);
    let work = move || {
        let _running = running;
        let mut wait = Duration::ZERO;
        loop {
            let sign = match signs.recv_timeout(wait) {
                Ok(sign) => Some(sign),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let Some(state) = state.upgrade() else { return };
            if let Some(Sign::Often(path)) = &sign {
                survived(path, || state.documents.improve(path));
            }
            wait = prepare(&state);
        }
    };
    thread::Builder::new().name("prepare".to_owned()).spawn(work).map_err(Error::Runtime)?;
    Ok(())
}

/// The two ends between those who answer and the thread that makes ahead.
pub(super) fn signs() -> (SyncSender<Sign>, Receiver<Sign>) {
    sync_channel(WAITING)
}

/// Makes what is not there or no longer true; gives how long nothing more is to be done.
fn prepare(state: &Arc<State>) -> Duration {
    state.vitals.prepare.beat();
    let served = state.served.load_full();
    let now = state.clock.now();
    let Some(paths) = few_paths(&served, now) else { return LOOK };
    for path in &paths {
        state.vitals.prepare.beat();
        if state.documents.get(path, now).is_some() {
            continue;
        }
        // Other content has to be made instead.
        if !Arc::ptr_eq(&*state.served.load(), &served) {
            return Duration::ZERO;
        }
        survived(path, || state.documents.make_ahead(state, &served, path));
    }
    debug!("{} documents are ready", paths.len());
    until_stale(&state.documents, state.clock.now())
}

/// The paths of all documents, where they are few.
fn few_paths(served: &Served, now: DateTime<Utc>) -> Option<Vec<String>> {
    let as_of = AsOf::new(now);
    let paths = documents(&served.community, &as_of).map(|(path, _)| path);
    let paths: Vec<_> = paths.take(FEW + 1).collect();
    (paths.len() <= FEW).then_some(paths)
}

fn until_stale(documents: &Documents, now: DateTime<Utc>) -> Duration {
    let until = documents.stale_at(now).map(|at| (at - now).to_std().unwrap_or_default());
    until.map_or(LOOK, |until| until.min(LOOK))
}

/// Does the work; where it stops with a bug, all other documents are made as well.
fn survived<T>(path: &str, work: impl FnOnce() -> T) {
    // Nothing that the work changes is looked at after it has stopped.
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        error!(path, "rendering {path} stopped with a bug of Convene's: please report it");
    }
}
