//! Keeps the content that is served for a start on content with mistakes, on a thread of its own: a
//! slow disk delays no change.

use super::state::{Kept, State};
use crate::error::Error;
use crate::intake::{Digests, Keeper};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use tracing::{info, warn};

/// Where to say what is served; dropped with the server.
pub(super) struct Keeping(Sender<Digests>);

impl Keeping {
    /// Has that state kept, once the thread comes to it.
    ///
    /// # Errors
    /// The thread has ended.
    pub(super) fn keep(&self, state: Digests) -> Result<(), ()> {
        self.0.send(state).map_err(drop)
    }
}

/// Keeps each state that is told, or the newest of several.
///
/// # Errors
/// A thread that the system does not give.
pub(super) fn start(state: &Arc<State>, keeper: Keeper) -> Result<Keeping, Error> {
    let (told, heard) = channel();
    state.last_good.store(Some(Arc::default()));
    let worker = Worker { state: Arc::clone(state), keeper };
    let work = move || worker.run(&heard);
    thread::Builder::new().name("last-good".to_owned()).spawn(work).map_err(Error::Runtime)?;
    Ok(Keeping(told))
}

struct Worker {
    state: Arc<State>,
    keeper: Keeper,
}

impl Worker {
    fn run(mut self, heard: &Receiver<Digests>) {
        while let Ok(state) = heard.recv() {
            let newest = heard.try_iter().last().unwrap_or(state);
            // Whatever stops it with a bug, the next state is kept.
            match catch_unwind(AssertUnwindSafe(|| self.keeper.keep(&newest))) {
                Ok(Ok(true)) => self.kept(&newest),
                // The content has changed meanwhile, and will be told.
                Ok(Ok(false)) => {}
                Ok(Err(error)) => self.failed(error.to_string()),
                Err(_) => self.failed("a bug of Convene's: please report it".to_owned()),
            }
        }
    }

    fn kept(&self, state: &Digests) {
        let revision = state.revision();
        info!("the content is kept for the next start: revision {revision}");
        let kept = Kept { revision: Some(revision), error: None };
        self.state.last_good.store(Some(Arc::new(kept)));
    }

    fn failed(&self, error: String) {
        let before = self.state.last_good.load_full().unwrap_or_default();
        if before.error.as_ref() != Some(&error) {
            warn!("the content that is served is not kept for the next start: {error}");
        }
        let kept = Kept { revision: before.revision, error: Some(error) };
        self.state.last_good.store(Some(Arc::new(kept)));
    }
}
