//! Whether the threads behind the answers are alive: what they tell, and what follows from it.
//!
//! A server that has lost one still answers, with what it has. But a thread that has ended never
//! comes back, so that the program has to be started anew; one that stands still may go on.

use crate::clock::Stopwatch;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;

/// Silent for so long, a thread stands still: it comes round every minute or more often.
const STILL: Duration = Duration::from_secs(300);

/// The threads that a server needs beside those that answer.
pub(super) struct Vitals {
    /// Takes up changed content.
    pub(super) reload: Arc<Vital>,
    /// Makes documents ahead.
    pub(super) prepare: Arc<Vital>,
    /// The threads that render.
    makers: Arc<Makers>,
}

/// What one thread tells of itself.
pub(super) struct Vital {
    started: Stopwatch,
    /// When it last came round, in seconds from then.
    beat: AtomicU64,
    has_ended: AtomicBool,
}

/// Held by a thread for as long as it runs, however it ends.
pub(super) struct Running(Arc<Vital>);

/// Whether the threads that render come to do anything.
struct Makers {
    started: Stopwatch,
    /// Since when a piece of work that is none waits for them, in seconds from then and 1; 0 where
    /// none does.
    waits_since: AtomicU64,
}

/// How the server is, whatever its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// As it should be.
    Well,
    /// What it serves is right and may become old; why, as a sentence without a full stop.
    Degraded(String),
    /// It will never be well again by itself; why.
    Dead(String),
}

/// What is seen of the threads at one moment.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// How long the reloader has been silent; none where it has ended.
    reload: Option<Duration>,
    /// The same for what makes documents ahead.
    prepare: Option<Duration>,
    /// How long those who render have come to nothing.
    makers: Duration,
}

impl Default for Vitals {
    fn default() -> Vitals {
        let makers = Makers { started: Stopwatch::start(), waits_since: AtomicU64::new(0) };
        Vitals { reload: Arc::default(), prepare: Arc::default(), makers: Arc::new(makers) }
    }
}

impl Vitals {
    /// How the server is by now; `makers` are the threads that render, which are given something to
    /// do, if they can.
    pub(super) fn condition(&self, makers: &Handle) -> Condition {
        let silent = |vital: &Vital| (!vital.has_ended()).then(|| vital.silent());
        let (reload, prepare) = (silent(&self.reload), silent(&self.prepare));
        Seen { reload, prepare, makers: self.makers.waited(makers) }.condition()
    }

    /// The threads, by name.
    pub(super) fn all(&self) -> [(&'static str, &Vital); 2] {
        [("reload", &self.reload), ("prepare", &self.prepare)]
    }
}

impl Default for Vital {
    fn default() -> Vital {
        let (beat, has_ended) = (AtomicU64::new(0), AtomicBool::new(false));
        Vital { started: Stopwatch::start(), beat, has_ended }
    }
}

impl Vital {
    /// The thread has come round.
    pub(super) fn beat(&self) {
        self.beat.store(self.started.elapsed().as_secs(), Ordering::Relaxed);
    }

    /// For how long the thread has not.
    pub(super) fn silent(&self) -> Duration {
        let last = Duration::from_secs(self.beat.load(Ordering::Relaxed));
        self.started.elapsed().saturating_sub(last)
    }

    /// Whether the thread has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }

    /// For the thread to hold.
    pub(super) fn running(self: &Arc<Vital>) -> Running {
        Running(Arc::clone(self))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.has_ended.store(true, Ordering::Relaxed);
    }
}

impl Makers {
    /// How long a piece of work that is none has been waiting for them. It is given to them where none
    /// is, so whoever asks again learns more.
    fn waited(self: &Arc<Makers>, makers: &Handle) -> Duration {
        let now = self.started.elapsed().as_secs();
        let (none, relaxed) = (0, Ordering::Relaxed);
        match self.waits_since.compare_exchange(none, now + 1, relaxed, relaxed) {
            Ok(_) => {
                let done = Arc::clone(self);
                drop(makers.spawn_blocking(move || done.waits_since.store(none, relaxed)));
                Duration::ZERO
            }
            Err(since) => Duration::from_secs((now + 1).saturating_sub(since)),
        }
    }
}

impl Seen {
    fn condition(self) -> Condition {
        let Some(reload) = self.reload else {
            let why = "the thread that takes up changed content has ended with a bug of Convene's";
            return Condition::Dead(format!("{why}: start the program anew"));
        };
        if self.makers >= STILL {
            let minutes = minutes(self.makers);
            let why = format!("no document could be made for {minutes}: start the program anew");
            return Condition::Dead(why);
        }
        if reload >= STILL {
            let (minutes, mend) = (minutes(reload), "does its file system answer?");
            let why = format!("the content folder has not been looked at for {minutes}: {mend}");
            return Condition::Degraded(why);
        }
        let ended = "the thread that makes documents ahead has ended with a bug of Convene's";
        match self.prepare {
            None => Condition::Degraded(format!("{ended}: each is made when it is asked for")),
            Some(silent) if silent >= STILL => {
                let minutes = minutes(silent);
                Condition::Degraded(format!("no document was made ahead for {minutes}"))
            }
            Some(_) => Condition::Well,
        }
    }
}

fn minutes(time: Duration) -> String {
    format!("{} minutes", time.as_secs() / 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::thread;
    use tokio::runtime::Builder;

    const WELL: Seen = Seen {
        reload: Some(Duration::ZERO),
        prepare: Some(Duration::ZERO),
        makers: Duration::ZERO,
    };

    fn check(seen: Seen, begins: &str) {
        let text = match seen.condition() {
            Condition::Well => "well".to_owned(),
            Condition::Degraded(why) => format!("degraded: {why}"),
            Condition::Dead(why) => format!("dead: {why}"),
        };
        assert!(text.starts_with(begins), "{seen:?}: {text}");
    }

    #[test]
    fn only_what_never_ends_by_itself_is_death() {
        check(WELL, "well");
        let almost = Some(STILL - Duration::from_secs(1));
        check(Seen { reload: almost, prepare: almost, ..WELL }, "well");
        check(Seen { reload: None, prepare: None, ..WELL }, "dead: the thread that takes up");
        check(Seen { makers: STILL, ..WELL }, "dead: no document could be made for 5 minutes");
        let silent = Seen { reload: Some(2 * STILL), ..WELL };
        check(silent, "degraded: the content folder has not been looked at for 10 minutes");
        check(Seen { prepare: Some(STILL), ..WELL }, "degraded: no document was made ahead");
        check(Seen { prepare: None, ..WELL }, "degraded: the thread that makes documents ahead");
    }

    #[test]
    fn a_thread_that_stops_with_a_bug_has_ended() {
        let vital = Arc::<Vital>::default();
        let running = vital.running();
        assert!(!vital.has_ended());
        let ended = thread::spawn(move || {
            catch_unwind(AssertUnwindSafe(|| {
                let _running = running;
                std::panic::resume_unwind(Box::new("a bug"));
            }))
        });
        assert!(ended.join().unwrap().is_err());
        assert!(vital.has_ended());
    }

    #[test]
    fn those_who_render_are_well_where_they_come_to_do_something() {
        let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let vitals = Vitals::default();
        let waits = || vitals.makers.waits_since.load(Ordering::Relaxed) != 0;
        drop(runtime.spawn_blocking(move || wait.recv()));
        assert_eq!(vitals.condition(runtime.handle()), Condition::Well);
        assert!(waits(), "the one thread is busy");
        drop(go);
        while waits() {
            thread::yield_now();
        }
        assert_eq!(vitals.condition(runtime.handle()), Condition::Well);
    }
}
