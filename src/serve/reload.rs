//! Takes up changed content: an event loop over signs that it may have changed.

use super::collecting::Collecting;
use super::documents::Documents;
use super::held::{Held, Lacks, reached};
use super::last_good::{self, Keeping};
use super::mistakes::log_mistakes;
use super::part::Parts;
use super::prepare;
use super::state::{Cause, Collected, Served, State, Trouble, Version};
use super::vitals::Vitals;
use super::workers::Droppable;
use crate::clock::{Clock, Stopwatch};
use crate::error::Error;
use crate::intake::{Intake, Keeper, Outcome, Revision, Taken};
use crate::model::Community;
use crate::watch::{Sign, Watch};
use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::SecondsFormat;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tracing::{info, warn};

/// The content that a server starts with.
pub struct Start {
    /// The folder it was read from, which is read again when it changes.
    pub folder: PathBuf,
    /// What has read it.
    pub intake: Intake,
    /// What is in it, or in the folder of the last good content.
    pub community: Community,
    /// Which content that is.
    pub revision: Revision,
    /// Why it is not what is in the folder; none where it is.
    pub trouble: Option<Cause>,
    /// What keeps the last good content; nothing does where it is none.
    pub keeper: Option<Keeper>,
    /// What the present is taken from.
    pub clock: Clock,
    /// How minutes and recordings are collected; not at all where it is none.
    pub collecting: Option<Collecting>,
}

/// Serves the first content and goes on to take up what it is changed to, until `ended` resolves.
///
/// The latter is on a thread of its own, so no request waits for it. Called within the runtime whose
/// threads are to render.
///
/// # Errors
/// A thread that the system does not give.
pub(super) fn start(start: Start, ended: oneshot::Receiver<()>) -> Result<Arc<State>, Error> {
    let (state, reloader) = first_of(start, Handle::current())?;
    let runtime = Builder::new_current_thread().enable_time().build().map_err(Error::Runtime)?;
    let runtime = Droppable::new(runtime);
    let running = state.vitals.reload.running();
    let work = move || {
        let _running = running;
        if let Some(runtime) = runtime.get() {
            runtime.block_on(reloader.run(ended));
        }
    };
    thread::Builder::new().name("reload".to_owned()).spawn(work).map_err(Error::Runtime)?;
    Ok(state)
}

fn first_of(mut start: Start, makers: Handle) -> Result<(Arc<State>, Reloader), Error> {
    let now = start.clock.now();
    let parts = Parts::of(&start.community);
    let is_kept = start.trouble.is_some();
    // The commit is of the content that is not served.
    let commit = if is_kept { None } else { start.intake.commit() };
    let version = Version { revision: start.revision, commit, is_kept };
    let served = Served::new(start.community, parts, version, now);
    let trouble = start.trouble.map(|cause| Arc::new(Trouble { since: now, cause }));
    let (signs, heard) = prepare::signs();
    let state = Arc::new(State {
        clock: start.clock,
        served: ArcSwap::from_pointee(Served { trouble, ..served }),
        documents: Documents::default(),
        makers,
        signs,
        collects: start.collecting.is_some(),
        collected: ArcSwap::from_pointee(Collected::default()),
        last_good: ArcSwapOption::empty(),
        tally: Arc::default(),
        vitals: Vitals::default(),
    });
    prepare::start(&state, heard)?;
    let keeping = start.keeper.map(|keeper| last_good::start(&state, keeper)).transpose()?;
    let reloader = Reloader {
        state: Arc::clone(&state),
        intake: start.intake,
        watch: Watch::new(&start.folder),
        keeping,
        is_unkept: true,
        held: Held::default(),
        folder: start.folder,
    };
    Ok((state, reloader))
}

/// Serves other content when it has changed.
struct Reloader {
    state: Arc<State>,
    intake: Intake,
    watch: Watch,
    keeping: Option<Keeping>,
    /// Whether what is served was not given to be kept yet.
    is_unkept: bool,
    held: Held,
    folder: PathBuf,
}

impl Reloader {
    /// Runs until the server has ended.
    async fn run(mut self, mut ended: oneshot::Receiver<()>) {
        loop {
            tokio::select! {
                _ = &mut ended => return,
                sign = self.watch.next() => self.reread(sign),
                () = reached(self.held.until()) => self.release(),
            }
            self.state.vitals.reload.beat();
        }
    }

    fn reread(&mut self, sign: Sign) {
        let reading = Stopwatch::start();
        let is_rescan = sign == Sign::Rescan;
        let changed = sign.changed();
        let outcome = survived(|| self.intake.refresh(&changed));
        self.watch.looked(self.intake.look_took());
        match outcome {
            Some(Ok(Outcome::Same)) => return self.same(),
            Some(Ok(Outcome::Unsettled)) => self.held.put_off(),
            Some(Ok(Outcome::New(taken))) => self.take(*taken, reading),
            // There is nothing to watch, either.
            Some(Err(error)) => return self.degrade(Cause::Unreadable(error)),
            None => self.degrade(Cause::Bug),
        }
        // The system said nothing of this change, so it watches the wrong place.
        if is_rescan {
            self.watch.renew();
        }
    }

    /// The files are what they were: git may have made a commit of them.
    fn same(&mut self) {
        let served = self.state.served.load_full();
        if served.trouble.is_some() {
            return;
        }
        let commit = self.intake.commit();
        if commit != served.version.commit {
            let version = Version { commit, ..served.version.clone() };
            self.state.served.store(Arc::new(Served { version, ..Served::clone(&served) }));
        }
        self.keep();
    }

    fn take(&mut self, taken: Taken, reading: Stopwatch) {
        self.held.forget();
        let served = self.state.served.load_full();
        match &taken.community {
            Ok(community) => match Lacks::of(&served.community, community) {
                Lacks::Nothing => self.take_up(taken, reading),
                Lacks::Some => self.held.hold(taken, reading),
                Lacks::All => {
                    let path = self.folder.clone();
                    self.degrade(Cause::Unreadable(Error::NoSeries { path }));
                }
            },
            Err(_) => self.take_up(taken, reading),
        }
    }

    /// What lacks series has stayed as it is.
    fn release(&mut self) {
        if let Some((taken, reading)) = self.held.release() {
            self.take_up(taken, reading);
        }
    }

    fn take_up(&mut self, taken: Taken, reading: Stopwatch) {
        match taken.community {
            Ok(community) => {
                self.serve(community, taken.revision, reading);
                self.is_unkept = true;
                self.keep();
            }
            Err(mistakes) => self.degrade(Cause::Mistakes(mistakes)),
        }
    }

    /// Has what is served kept for the next start, once.
    fn keep(&mut self) {
        if let Some(keeping) = self.keeping.as_ref().filter(|_| self.is_unkept) {
            self.is_unkept = keeping.keep(self.intake.digests()).is_err();
        }
    }

    fn serve(&mut self, community: Community, revision: Revision, reading: Stopwatch) {
        let (before, now) = (self.state.served.load_full(), self.state.clock.now());
        let parts = before.parts.after(Some(&before.community), &community);
        let version = Version { revision, commit: self.intake.commit(), is_kept: false };
        let said = version.to_string();
        let served = Arc::new(Served::new(community, parts, version, now));
        self.state.served.store(Arc::clone(&served));
        let changed = before.parts.give_way_to(&served.parts);
        let all = served.community.series.len();
        let (folder, took) = (self.folder.display(), reading.milliseconds());
        info!(
            %folder,
            series = all,
            changed,
            took_ms = took,
            revision = %served.version.revision,
            "the content of `{folder}` has changed: that of {changed} of {all} series, or what they \
             share; taken up in {took} ms; {said}"
        );
        // Where there is no room for the sign, another is about to be heard.
        let _ = self.state.signs.try_send(prepare::Sign::Content);
    }

    /// Keeps the last good content and says why, once.
    fn degrade(&mut self, cause: Cause) {
        self.held.forget();
        let served = self.state.served.load_full();
        let known = served.trouble.as_ref().map(|trouble| trouble.cause.lines());
        if known.is_some_and(|known| known == cause.lines()) {
            return;
        }
        let (folder, since) = (self.folder.display(), served.since);
        let (kind, mistakes) = (cause.kind(), cause.mistakes());
        warn!(
            %folder,
            cause = kind,
            mistakes,
            served_since = %since.to_rfc3339_opts(SecondsFormat::Secs, true),
            "the newest content of `{folder}` is not served ({cause}); the last good one still is"
        );
        match &cause {
            Cause::Mistakes(mistakes) => log_mistakes(mistakes),
            other => other.lines().iter().for_each(|line| warn!(cause = kind, "{line}")),
        }
        let trouble = Some(Arc::new(Trouble { since: self.state.clock.now(), cause }));
        self.state.served.store(Arc::new(Served { trouble, ..Served::clone(&served) }));
    }
}

/// What the work gives; none where it stopped with a bug, which content must never be able to turn
/// into a server that stands still.
fn survived<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Nothing that the work changes is looked at after it has stopped.
    catch_unwind(AssertUnwindSafe(work)).ok()
}
