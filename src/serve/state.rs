//! What is being served, and what is wrong with what is not.

use super::documents::Documents;
use super::kept::Kept as Answers;
use super::part::Parts;
use super::prepare::Sign;
use super::tally::Tally;
use super::vitals::Vitals;
use crate::clock::Clock;
use crate::collect::Report;
use crate::content::Diagnostics;
use crate::error::Error;
use crate::intake::Revision;
use crate::model::{Community, Slug};
use crate::schedule::{AsOf, Missing, Trace, missing};
use crate::store::Commit;
use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use tokio::runtime::Handle;

/// What all requests share.
pub(super) struct State {
    /// What the present is taken from.
    pub(super) clock: Clock,
    /// The one pointer that a reload swaps.
    pub(super) served: ArcSwap<Served>,
    /// What has been rendered of it.
    pub(super) documents: Documents,
    /// The threads that render, beside those that answer.
    pub(super) makers: Handle,
    /// Where to say what may be made ahead.
    pub(super) signs: SyncSender<Sign>,
    /// Whether the server collects minutes and recordings.
    pub(super) collects: bool,
    /// What came of that so far.
    pub(super) collected: ArcSwap<Collected>,
    /// What is kept for the next start; none where nothing is to be.
    pub(super) last_good: ArcSwapOption<Kept>,
    /// What is answered, and to whom.
    pub(super) tally: Arc<Tally>,
    /// Whether the threads behind the answers are alive.
    pub(super) vitals: Vitals,
}

impl State {
    /// The date of what is served from now on; none under `--as-of`, where restarts would give other
    /// bytes the same date.
    pub(super) fn dated(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (self.clock == Clock::System).then_some(now)
    }

    /// What past meetings have not left behind by now: found once, as long as that is true.
    pub(super) async fn missed(&self) -> Arc<[Missed]> {
        let (served, now) = (self.served.load_full(), self.clock.now());
        let known = served.missed.load_full().filter(|known| known.is_true(now));
        if let Some(known) = known {
            return Arc::clone(&known.all);
        }
        let find = move || {
            let found = Arc::new(AllMissed::of(&served.community, now));
            served.missed.store(Some(Arc::clone(&found)));
            Arc::clone(&found.all)
        };
        self.makers.spawn_blocking(find).await.unwrap_or_else(|_| Arc::new([]))
    }
}

/// What came of collecting minutes and recordings.
#[derive(Default)]
pub(super) struct Collected {
    /// What the last round found; none before the first.
    pub(super) report: Option<Report>,
    /// When the last round ended.
    pub(super) ended: Option<DateTime<Utc>>,
    /// What kept the last round from writing what it found.
    pub(super) error: Option<String>,
}

/// Something that a past meeting has not left behind.
pub(super) struct Missed {
    /// The series of the meeting.
    pub(super) series: Slug,
    /// The meeting's date, as in its path.
    pub(super) date: String,
    /// The path of its page.
    pub(super) path: String,
    /// What is missing.
    pub(super) what: Trace,
}

/// All of that, from one moment to another.
pub(super) struct AllMissed {
    all: Arc<[Missed]>,
    as_of: DateTime<Utc>,
    stale_at: Option<DateTime<Utc>>,
}

impl AllMissed {
    fn of(community: &Community, now: DateTime<Utc>) -> AllMissed {
        let as_of = AsOf::new(now);
        let missed = |Missing { what, occurrence }: Missing<'_>| Missed {
            series: occurrence.series.slug.clone(),
            date: occurrence.page_name(),
            path: occurrence.path(),
            what,
        };
        let of_series = |series| missing(series, &as_of).into_iter().map(missed);
        let all = community.all_series().flat_map(of_series).collect();
        AllMissed { all, as_of: now, stale_at: as_of.stale_at() }
    }

    fn is_true(&self, now: DateTime<Utc>) -> bool {
        self.as_of <= now && self.stale_at.is_none_or(|at| now < at)
    }
}

/// Which content is served.
#[derive(Clone, Debug, Default)]
pub(super) struct Version {
    /// The number of its files' paths and bytes.
    pub(super) revision: Revision,
    /// The commit that git had checked out last; the files may differ from it.
    pub(super) commit: Option<Commit>,
    /// Whether it is from the folder of the last good content, and not from the content folder.
    pub(super) is_kept: bool,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "revision {}", self.revision)?;
        match &self.commit {
            Some(commit) => write!(f, ", checked out commit {commit}"),
            None => Ok(()),
        }
    }
}

/// What is kept for a start on content with mistakes.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// Which content that is; none before anything was kept.
    pub(super) revision: Option<Revision>,
    /// Why what is served is not kept; none where it is.
    pub(super) error: Option<String>,
}

/// The content being served, and whether there is newer that is not.
#[derive(Clone)]
pub(super) struct Served {
    /// The content.
    pub(super) community: Arc<Community>,
    /// The state of each of its parts.
    pub(super) parts: Arc<Parts>,
    /// Calendars made from it on demand.
    pub(super) variants: Arc<Answers>,
    /// Answers to programs; apart, so that these never push out what people subscribe to.
    pub(super) answers: Arc<Answers>,
    /// What past meetings have not left behind, once somebody has asked.
    pub(super) missed: Arc<ArcSwapOption<AllMissed>>,
    /// Which content it is.
    pub(super) version: Version,
    /// When it was first served.
    pub(super) since: DateTime<Utc>,
    /// Why the newest content is not the one served; none where it is.
    pub(super) trouble: Option<Arc<Trouble>>,
}

impl Served {
    /// Content that is served from `now` on, with that state of its parts.
    pub(super) fn new(
        community: Community,
        parts: Parts,
        version: Version,
        now: DateTime<Utc>,
    ) -> Served {
        Served {
            community: Arc::new(community),
            parts: Arc::new(parts),
            variants: Arc::default(),
            answers: Arc::default(),
            missed: Arc::default(),
            version,
            since: now,
            trouble: None,
        }
    }
}

/// Why the newest content is not served.
pub(super) struct Trouble {
    /// When that was found.
    pub(super) since: DateTime<Utc>,
    /// What is wrong.
    pub(super) cause: Cause,
}

/// What can be wrong with content.
#[derive(Debug)]
pub enum Cause {
    /// Mistakes of its authors.
    Mistakes(Diagnostics),
    /// It cannot be read.
    Unreadable(Error),
    /// It stops the program that reads it, which never should happen.
    Bug,
}

impl Cause {
    /// A word for it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Cause::Mistakes(_) => "mistakes",
            Cause::Unreadable(_) => "unreadable",
            Cause::Bug => "bug",
        }
    }

    /// How many mistakes there are; none where it is something else.
    pub(super) fn mistakes(&self) -> Option<usize> {
        match self {
            Cause::Mistakes(mistakes) => Some(mistakes.len()),
            Cause::Unreadable(_) | Cause::Bug => None,
        }
    }

    /// Each thing that is wrong, as a line that reads alone.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Cause::Mistakes(mistakes) => mistakes
                .iter()
                .map(|d| format!("{}:{}:{}: {}: {}", d.path, d.line, d.column, d.message, d.help))
                .collect(),
            Cause::Unreadable(error) => vec![error.to_string()],
            Cause::Bug => vec![
                "reading the content stopped with a bug of Convene's: \
                 please report it together with the content"
                    .to_owned(),
            ],
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Mistakes(mistakes) if mistakes.len() == 1 => f.write_str("1 mistake"),
            Cause::Mistakes(mistakes) => write!(f, "{} mistakes", mistakes.len()),
            Cause::Unreadable(_) => f.write_str("unreadable"),
            Cause::Bug => f.write_str("not understood"),
        }
    }
}
