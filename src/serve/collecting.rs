//! Collects minutes and recordings in the background, on a thread of its own.

use super::state::{Collected, State};
use crate::collect::fetch::Upstream;
use crate::collect::{Collector, Report, SourceReport};
use crate::error::Error;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;
use tracing::{info, warn};

/// The longest between two looks at what is due: the content may have a new source, or a meeting
/// around which its sources are asked more often.
const LOOK: Duration = Duration::from_secs(60);

/// How a server collects.
#[derive(Clone, Copy, Debug)]
pub struct Collecting {
    /// How often each source is asked.
    pub every: TimeDelta,
    /// Where sources are asked.
    pub upstream: Upstream,
}

/// Collects until what it returns is dropped; what is found is written into the content folder,
/// from where the reloader takes it.
///
/// # Errors
/// A thread that the system does not give.
pub(super) fn start(
    state: Arc<State>,
    folder: PathBuf,
    collecting: Collecting,
) -> Result<Sender<()>, Error> {
    let (running, ended) = channel();
    let worker = Worker {
        collector: Collector::new(collecting.upstream, collecting.every),
        state,
        folder,
        told: BTreeSet::new(),
    };
    let work = move || worker.run(&ended);
    thread::Builder::new().name("collect".to_owned()).spawn(work).map_err(Error::Runtime)?;
    Ok(running)
}

struct Worker {
    collector: Collector,
    state: Arc<State>,
    folder: PathBuf,
    /// Troubles that are in the log already.
    told: BTreeSet<String>,
}

impl Worker {
    fn run(mut self, ended: &Receiver<()>) {
        loop {
            // Whatever stops a round with a bug, the server goes on, and so does the next round.
            let round = catch_unwind(AssertUnwindSafe(|| self.round()));
            if round.is_err() {
                warn!("collecting stopped with a bug of Convene's: please report it");
            }
            let wait = self.wait();
            if ended.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    fn round(&mut self) {
        let now = self.state.clock.now();
        let community = Arc::clone(&self.state.served.load().community);
        if self.collector.ask(&community, now) == 0 {
            return;
        }
        // Facts are dated by when they are written, which may be a while after the question.
        let now = self.state.clock.now();
        match self.collector.write(&self.folder, now) {
            Ok(report) => self.found(report, now),
            Err(error) => self.failed(&error, now),
        }
    }

    fn found(&mut self, report: Report, now: DateTime<Utc>) {
        if !report.changed.is_empty() {
            let (files, changed) = (report.changed.len(), report.changed.join(", "));
            info!(folder = %self.folder.display(), files, changed, "collected: {changed}");
        }
        let troubles: BTreeSet<String> =
            report.sources.iter().filter_map(|source| source.error.clone()).collect();
        for trouble in troubles.difference(&self.told) {
            let of_source = |source: &&SourceReport| source.error.as_ref() == Some(trouble);
            let source = report.sources.iter().find(of_source);
            let (kind, url) = source.map(|source| (source.kind, source.url.as_str())).unzip();
            warn!(kind, url, failures = source.map(|source| source.failures), "{trouble}");
        }
        self.told = troubles;
        let collected = Collected { report: Some(report), ended: Some(now), error: None };
        self.state.collected.store(Arc::new(collected));
    }

    /// Keeps what the last good round found.
    fn failed(&mut self, error: &Error, now: DateTime<Utc>) {
        let error = error.to_string();
        if self.told.insert(error.clone()) {
            warn!(folder = %self.folder.display(), error, "what was collected is not written: {error}");
        }
        let report = self.state.collected.load().report.clone();
        let collected = Collected { report, ended: Some(now), error: Some(error) };
        self.state.collected.store(Arc::new(collected));
    }

    fn wait(&self) -> Duration {
        let now = self.state.clock.now();
        let community = Arc::clone(&self.state.served.load().community);
        let next = self.collector.next(&community, now);
        let wait = next.map_or(LOOK, |next| (next - now).to_std().unwrap_or_default());
        wait.clamp(Duration::from_secs(1), LOOK)
    }
}
