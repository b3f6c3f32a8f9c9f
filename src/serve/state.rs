//! What is being served, and what is wrong with what is not.

use super::kept::Kept;
use crate::clock::Clock;
use crate::collect::Report;
use crate::content::Diagnostics;
use crate::error::Error;
use crate::model::{Community, Slug};
use crate::publish::Snapshot;
use crate::schedule::{AsOf, Missing, Trace, missing};
use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use std::fmt;
use std::sync::Arc;

/// What all requests share.
pub(super) struct State {
    /// What the present is taken from.
    pub(super) clock: Clock,
    /// The one pointer that a reload swaps.
    pub(super) served: ArcSwap<Served>,
    /// Whether the server collects minutes and recordings.
    pub(super) collects: bool,
    /// What came of that so far.
    pub(super) collected: ArcSwap<Collected>,
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

impl Missed {
    /// All of that, at that moment.
    pub(super) fn all(community: &Community, now: DateTime<Utc>) -> Arc<[Missed]> {
        let as_of = AsOf::new(now);
        let missed = |Missing { what, occurrence }: Missing<'_>| Missed {
            series: occurrence.series.slug.clone(),
            date: occurrence.page_name(),
            path: occurrence.path(),
            what,
        };
        let of_series = |series| missing(series, &as_of).into_iter().map(missed);
        community.all_series().flat_map(of_series).collect()
    }
}

/// The snapshot being served, and whether the content has moved on from it.
#[derive(Clone)]
pub(super) struct Served {
    /// Every path and what is there.
    pub(super) snapshot: Arc<Snapshot>,
    /// The content it was made from.
    pub(super) community: Arc<Community>,
    /// Calendars made from the same content on demand.
    pub(super) variants: Arc<Kept>,
    /// Answers to programs; apart, so that these never push out what people subscribe to.
    pub(super) answers: Arc<Kept>,
    /// What past meetings have not left behind.
    pub(super) missed: Arc<[Missed]>,
    /// The present for which it was made.
    pub(super) as_of: DateTime<Utc>,
    /// When its content was first served.
    pub(super) since: DateTime<Utc>,
    /// Why the newest content is not the one served; none where it is.
    pub(super) trouble: Option<Arc<Trouble>>,
}

/// Why the newest content is not served.
pub(super) struct Trouble {
    /// When that was found.
    pub(super) since: DateTime<Utc>,
    /// What is wrong.
    pub(super) cause: Cause,
}

/// What can be wrong with content.
pub(super) enum Cause {
    /// Mistakes of its authors.
    Mistakes(Diagnostics),
    /// It cannot be read.
    Unreadable(Error),
    /// It stops the program that reads it, which never should happen.
    Bug,
}

impl Cause {
    /// Each thing that is wrong, as a line that reads alone.
    pub(super) fn lines(&self) -> Vec<String> {
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
