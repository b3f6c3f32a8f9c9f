//! The published documents: each rendered when it is first asked for, in each coding when that is,
//! and kept while it is true and there is room.
//!
//! A request finds its document by its path, with one look into a table and no lock that anybody
//! holds for long. What is not there is made beside the threads that answer: one at a time for each
//! path, whatever the storm.

use super::part::Part;
use super::place::{Place, place};
use super::ready::Ready;
use super::state::{Served, State};
use crate::publish::{Coded, Coding};
use crate::schedule::AsOf;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use tokio::sync::Mutex;
use tracing::error;

/// How many bytes of bodies are kept.
const ROOM: u64 = 96 * 1024 * 1024;

/// About how many documents there is room for.
const ABOUT: usize = 16_384;

/// What an entry needs beside its path and its bodies: its headers' values, most of all.
const ENTRY: usize = 1000;

/// As many documents can be made at once; a storm on one path waits for one.
const LOCKS: usize = 64;

/// Asked for so often, a document is worth the time that the best compression takes.
const OFTEN: u32 = 8;

/// The table of published documents.
pub(super) struct Documents {
    kept: Cache<Box<str>, Arc<Entry>, ByBytes>,
    making: [Mutex<()>; LOCKS],
    hasher: RandomState,
    /// How many have been rendered so far.
    rendered: AtomicU64,
}

/// A document that is kept, and what it was made of.
pub(super) struct Entry {
    /// Its body, in some codings, and the headers of its answers.
    pub(super) ready: Ready,
    /// The next moment at which any byte differs; none where nothing will.
    pub(super) stale_at: Option<DateTime<Utc>>,
    /// The moment for which it was rendered.
    as_of: DateTime<Utc>,
    part: Arc<Part>,
    /// How often its brotli form was asked for while that could be shorter.
    asked: AtomicU32,
}

/// A document to make: what is at a path at a moment, in a coding.
struct Wanted<'a> {
    served: &'a Served,
    path: &'a str,
    coding: Coding,
    now: DateTime<Utc>,
    /// What it is dated, if it is.
    dated: Option<DateTime<Utc>>,
}

/// What is at a path by now.
pub(super) enum Made {
    /// A document, in the coding that was asked for.
    Document(Arc<Entry>),
    /// Another path, by that status, until that moment.
    Redirect(StatusCode, String, Option<DateTime<Utc>>),
    /// It is no longer published.
    Gone,
    /// Nothing.
    Nothing,
    /// Rendering it stopped with a bug, and nothing is known that could be served instead.
    Bug,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Box<str>, Arc<Entry>> for ByBytes {
    fn weight(&self, path: &Box<str>, entry: &Arc<Entry>) -> u64 {
        (path.len() + entry.ready.document().size() + ENTRY) as u64
    }
}

impl Default for Documents {
    fn default() -> Documents {
        Documents {
            kept: Cache::with_weighter(ABOUT, ROOM, ByBytes),
            making: std::array::from_fn(|_| Mutex::default()),
            hasher: RandomState::new(),
            rendered: AtomicU64::new(0),
        }
    }
}

impl Entry {
    fn is_true(&self, now: DateTime<Utc>) -> bool {
        !self.part.is_past() && self.as_of <= now && self.stale_at.is_none_or(|at| now < at)
    }

    /// Whether it has just been asked for so often in brotli that the shortest form is worth making.
    pub(super) fn is_worth_the_best(&self, coding: Coding) -> bool {
        coding == Coding::Brotli
            && self.ready.document().is_quick()
            && self.asked.fetch_add(1, Ordering::Relaxed) % OFTEN == OFTEN - 1
    }

    fn with(&self, path: &str, document: Coded) -> Entry {
        let Entry { stale_at, as_of, .. } = *self;
        let ready = Ready::new(path, document);
        Entry { ready, stale_at, as_of, part: Arc::clone(&self.part), asked: AtomicU32::new(0) }
    }
}

impl Documents {
    /// The document at that path, where it is known and true.
    pub(super) fn get(&self, path: &str, now: DateTime<Utc>) -> Option<Arc<Entry>> {
        self.kept.get(path).filter(|entry| entry.is_true(now))
    }

    /// The next moment at which a document differs that is true now.
    pub(super) fn stale_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let kept = self.kept.iter().map(|(_, entry)| entry);
        kept.filter(|entry| entry.is_true(now)).filter_map(|entry| entry.stale_at).min()
    }

    /// How many documents have been rendered so far.
    pub(super) fn rendered(&self) -> u64 {
        self.rendered.load(Ordering::Relaxed)
    }

    /// The bytes of all that is kept.
    pub(super) fn bytes(&self) -> u64 {
        self.kept.weight()
    }

    /// Makes what is wanted, or gives what is kept where that is true and in that coding.
    fn make(&self, wanted: &Wanted<'_>) -> Made {
        let &Wanted { path, coding, now, .. } = wanted;
        let before = self.kept.get(path);
        match before.as_ref().filter(|entry| entry.is_true(now)) {
            Some(entry) if !entry.ready.document().lacks(coding) => {
                Made::Document(Arc::clone(entry))
            }
            Some(entry) => {
                self.keep(path, entry.with(path, entry.ready.document().clone().with(coding)))
            }
            None => self.render(wanted, before.as_deref()),
        }
    }

    fn render(&self, wanted: &Wanted<'_>, before: Option<&Entry>) -> Made {
        let &Wanted { served, path, coding, now, dated } = wanted;
        let part = Arc::clone(served.parts.of_path(path));
        let as_of = AsOf::new(now);
        let document = match place(&served.community, path, &as_of) {
            Place::Document(recipe) => {
                self.rendered.fetch_add(1, Ordering::Relaxed);
                recipe.render(&as_of)
            }
            Place::Redirect(status, to) => return Made::Redirect(status, to, as_of.stale_at()),
            Place::Gone => return Made::Gone,
            Place::Nothing => return Made::Nothing,
        };
        let before = before.map(|entry| entry.ready.document());
        let document = match before.filter(|before| before.etag() == document.etag()) {
            Some(before) => before.clone(),
            None => {
                let coded = Coded::packed(&document);
                dated.map_or(coded.clone(), |now| coded.dated(now, before))
            }
        };
        let (ready, stale_at) = (Ready::new(path, document.with(coding)), as_of.stale_at());
        self.keep(path, Entry { ready, stale_at, as_of: now, part, asked: AtomicU32::new(0) })
    }

    fn keep(&self, path: &str, entry: Entry) -> Made {
        let entry = Arc::new(entry);
        self.kept.insert(path.into(), Arc::clone(&entry));
        Made::Document(entry)
    }

    /// Makes the document at that path while nobody else does: for a thread that answers nobody.
    pub(super) fn make_ahead(&self, state: &State, served: &Served, path: &str) {
        let _alone = self.lock_of(path).map(Mutex::blocking_lock);
        let now = state.clock.now();
        let dated = state.dated(now);
        self.make(&Wanted { served, path, coding: Coding::Gzip, now, dated });
    }

    /// Puts the shortest brotli form in the place of the quick one, where that is still kept.
    pub(super) fn improve(&self, path: &str) {
        let Some(entry) = self.kept.get(path).filter(|entry| entry.ready.document().is_quick())
        else {
            return;
        };
        let best = entry.with(path, entry.ready.document().clone().with_best());
        if self.kept.get(path).is_some_and(|kept| Arc::ptr_eq(&kept, &entry)) {
            self.keep(path, best);
        }
    }

    fn lock_of(&self, path: &str) -> Option<&Mutex<()>> {
        let i = usize::try_from(self.hasher.hash_one(path)).unwrap_or_default();
        self.making.get(i % LOCKS)
    }
}

/// What is at that path, in that coding: kept, or made by one of those threads that make.
pub(super) async fn made(state: &Arc<State>, path: &str, coding: Coding) -> Made {
    let now = state.clock.now();
    let kept =
        || state.documents.get(path, now).filter(|entry| !entry.ready.document().lacks(coding));
    if let Some(entry) = kept() {
        return Made::Document(entry);
    }
    let Some(lock) = state.documents.lock_of(path) else { return Made::Bug };
    let _alone = lock.lock().await;
    if let Some(entry) = kept() {
        return Made::Document(entry);
    }
    let make = {
        let (state, path) = (Arc::clone(state), path.to_owned());
        move || {
            let served = state.served.load_full();
            let dated = state.dated(now);
            state.documents.make(&Wanted { served: &served, path: &path, coding, now, dated })
        }
    };
    match state.makers.spawn_blocking(make).await {
        Ok(made) => made,
        Err(_) => {
            error!(path, "rendering {path} stopped with a bug of Convene's: please report it");
            // What subscribers had last is better than an error.
            state.documents.kept.get(path).map_or(Made::Bug, Made::Document)
        }
    }
}
