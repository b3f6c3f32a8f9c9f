//! Keeps the snapshot true: an event loop over what can make it differ.

use super::collecting::Collecting;
use super::state::{Cause, Collected, Missed, Served, State, Trouble};
use crate::clock::Clock;
use crate::content::{self, SourceFile};
use crate::error::Error;
use crate::model::Community;
use crate::publish::{self, Resource, Snapshot};
use crate::store::{self, Fingerprint};
use crate::watch::{Sign, Watch};
use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::time::sleep;
use tracing::{info, warn};

/// How long to wait before rendering again what stopped with a bug.
const RETRY: Duration = Duration::from_secs(1);

/// The content that a server starts with.
pub struct Start {
    /// The folder it was read from, which is read again when it changes.
    pub folder: PathBuf,
    /// Its files.
    pub files: Vec<SourceFile>,
    /// What is in them.
    pub community: Community,
    /// What the present is taken from.
    pub clock: Clock,
    /// How minutes and recordings are collected; not at all where it is none.
    pub collecting: Option<Collecting>,
}

/// Makes the first snapshot and goes on to make the next ones, until `ended` resolves.
///
/// All of that is on a thread of its own, so no request waits for it; and memory that one snapshot
/// has left is used for the next, which it is not where several threads take turns.
///
/// # Errors
/// A thread that the system does not give.
pub(super) async fn start(start: Start, ended: oneshot::Receiver<()>) -> Result<Arc<State>, Error> {
    let (made, first) = oneshot::channel();
    let work = move || {
        let (state, reloader) = first_of(start);
        let runtime = Builder::new_current_thread().enable_time().build();
        let (runtime, state) = match runtime {
            Ok(runtime) => (Some(runtime), Ok(state)),
            Err(error) => (None, Err(error)),
        };
        // Where nobody waits for the state, the server has ended.
        if let (Ok(()), Some(runtime)) = (made.send(state), runtime) {
            runtime.block_on(reloader.run(ended));
        }
    };
    thread::Builder::new().name("reload".to_owned()).spawn(work).map_err(Error::Runtime)?;
    let stopped = || io::Error::other("rendering the content stopped with a bug");
    first.await.unwrap_or_else(|_| Err(stopped())).map_err(Error::Runtime)
}

fn first_of(start: Start) -> (Arc<State>, Reloader) {
    let now = start.clock.now();
    let snapshot = publish::build(&start.community, now).compressed(None, dated(start.clock, now));
    let served = Served {
        missed: Missed::all(&start.community, now),
        snapshot: Arc::new(snapshot),
        community: Arc::new(start.community),
        variants: Arc::default(),
        answers: Arc::default(),
        as_of: now,
        since: now,
        trouble: None,
    };
    let state = Arc::new(State {
        clock: start.clock,
        served: ArcSwap::from_pointee(served),
        collects: start.collecting.is_some(),
        collected: ArcSwap::from_pointee(Collected::default()),
    });
    let reloader = Reloader {
        state: Arc::clone(&state),
        seen: Some(Fingerprint::of(&start.files)),
        watch: Watch::new(&start.folder),
        folder: start.folder,
    };
    (state, reloader)
}

/// Makes the next snapshot when the content or the present has moved on.
pub(super) struct Reloader {
    state: Arc<State>,
    folder: PathBuf,
    watch: Watch,
    /// The content that was last read, be it good or bad; none where it could not be read.
    seen: Option<Fingerprint>,
}

/// What can happen to a server.
enum Event {
    /// The content may have changed.
    Content(Sign),
    /// The present has passed the moment until which the snapshot is true.
    Stale,
    /// The server has ended.
    Stop,
}

/// What came of reading the content again.
enum Attempt {
    /// It is what was seen last.
    Same,
    /// It is being changed right now: somebody's next sign is on its way.
    Unsettled,
    /// It is good, and this is its snapshot.
    Good(Box<Community>, Snapshot),
    /// It cannot be served.
    Bad(Cause),
}

impl Reloader {
    /// Runs until the server has ended.
    pub(super) async fn run(mut self, mut ended: oneshot::Receiver<()>) {
        loop {
            match self.next_event(&mut ended).await {
                Event::Content(sign) => self.reread(sign),
                Event::Stale => self.rerender().await,
                Event::Stop => return,
            }
        }
    }

    async fn next_event(&mut self, ended: &mut oneshot::Receiver<()>) -> Event {
        let until_stale = self.until_stale();
        let stale = async {
            match until_stale {
                Some(wait) => sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = ended => Event::Stop,
            () = stale => Event::Stale,
            sign = self.watch.next() => Event::Content(sign),
        }
    }

    /// How long the snapshot stays true; not at all where the clock was put back to before it was
    /// made. Asked again at least as often as the content is looked at, so a clock that is put
    /// forward is noticed too.
    fn until_stale(&self) -> Option<Duration> {
        let (now, served) = (self.state.clock.now(), self.state.served.load());
        if now < served.as_of {
            return Some(Duration::ZERO);
        }
        let fixed = matches!(self.state.clock, Clock::Fixed(_));
        let stale_at = served.snapshot.stale_at().filter(|_| !fixed)?;
        Some((stale_at - now).to_std().unwrap_or(Duration::ZERO))
    }

    async fn rerender(&mut self) {
        let (now, served) = (self.state.clock.now(), self.state.served.load_full());
        let dated = dated(self.state.clock, now);
        let make =
            || publish::build(&served.community, now).compressed(Some(&served.snapshot), dated);
        let Some(snapshot) = survived(make) else {
            self.degrade(Cause::Bug);
            return sleep(RETRY).await;
        };
        info!("the present has moved on: {}", difference(&served.snapshot, &snapshot));
        let snapshot = Arc::new(snapshot);
        let missed = Missed::all(&served.community, now);
        self.serve(Served { snapshot, missed, as_of: now, ..Served::clone(&served) });
    }

    fn reread(&mut self, sign: Sign) {
        let (now, served) = (self.state.clock.now(), self.state.served.load_full());
        let (folder, seen) = (&self.folder, &mut self.seen);
        let dated = dated(self.state.clock, now);
        let compress = |snapshot: Snapshot| snapshot.compressed(Some(&served.snapshot), dated);
        let attempt = survived(|| attempt(folder, seen, now, compress));
        match attempt.unwrap_or(Attempt::Bad(Cause::Bug)) {
            Attempt::Same => return,
            Attempt::Unsettled => {}
            Attempt::Good(community, snapshot) => {
                info!("the content has changed: {}", difference(&served.snapshot, &snapshot));
                self.serve(Served {
                    missed: Missed::all(&community, now),
                    snapshot: Arc::new(snapshot),
                    community: Arc::new(*community),
                    variants: Arc::default(),
                    answers: Arc::default(),
                    as_of: now,
                    since: now,
                    trouble: None,
                });
            }
            // There is nothing to watch, either.
            Attempt::Bad(cause @ Cause::Unreadable(_)) => return self.degrade(cause),
            Attempt::Bad(cause) => self.degrade(cause),
        }
        // The system said nothing of this change, so it watches the wrong place.
        if sign == Sign::Rescan {
            self.watch.renew();
        }
    }

    fn serve(&self, served: Served) {
        self.state.served.store(Arc::new(served));
    }

    /// Keeps the last good snapshot and says why, once.
    fn degrade(&self, cause: Cause) {
        let served = self.state.served.load_full();
        let known = served.trouble.as_ref().map(|trouble| trouble.cause.lines());
        if known.is_some_and(|known| known == cause.lines()) {
            return;
        }
        warn!("the newest content is not served ({cause}); the last good one still is");
        for line in cause.lines() {
            warn!("{line}");
        }
        let trouble = Some(Arc::new(Trouble { since: self.state.clock.now(), cause }));
        self.serve(Served { trouble, ..Served::clone(&served) });
    }
}

/// The date of what is served from now on; none under `--as-of`, where restarts would give other
/// bytes the same date.
fn dated(clock: Clock, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (clock == Clock::System).then_some(now)
}

/// What the work gives; none where it stopped with a bug, which content must never be able to turn
/// into a server that stands still.
fn survived<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Nothing that the work changes is looked at after it has stopped.
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Reads the content and, where it is not what was seen last, makes its snapshot.
fn attempt(
    folder: &Path,
    seen: &mut Option<Fingerprint>,
    now: DateTime<Utc>,
    compress: impl FnOnce(Snapshot) -> Snapshot,
) -> Attempt {
    let files = match store::read(folder) {
        Ok(files) => files,
        Err(error) => {
            *seen = None;
            return Attempt::Bad(Cause::Unreadable(error));
        }
    };
    let fingerprint = Some(Fingerprint::of(&files));
    if *seen == fingerprint {
        return Attempt::Same;
    }
    // Two readings agree, so this is one state of the folder, and no mixture of two.
    match store::read(folder) {
        Ok(again) if again == files => *seen = fingerprint,
        _ => return Attempt::Unsettled,
    }
    match content::parse(&files) {
        Ok(community) => {
            let snapshot = compress(publish::build(&community, now));
            Attempt::Good(Box::new(community), snapshot)
        }
        Err(mistakes) => Attempt::Bad(Cause::Mistakes(mistakes)),
    }
}

/// How many paths differ, for the log.
fn difference(old: &Snapshot, new: &Snapshot) -> String {
    let etag = |resource: &Resource| match resource {
        Resource::Document(document) => Some(document.etag().clone()),
        Resource::Redirect { page, .. } => Some(page.etag().clone()),
        Resource::Gone => None,
    };
    let is_new = |path, resource| old.get(path).is_none_or(|before| etag(before) != etag(resource));
    let changed = new.iter().filter(|(path, resource)| is_new(path, resource)).count();
    let gone = old.iter().filter(|(path, _)| new.get(path).is_none()).count();
    format!("{changed} of {} paths are new or differ, {gone} are gone", new.iter().count())
}
