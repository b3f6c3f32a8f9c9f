//! What is being served, and what is wrong with what is not.

use super::variants::Variants;
use crate::clock::Clock;
use crate::content::Diagnostics;
use crate::error::Error;
use crate::model::Community;
use crate::publish::Snapshot;
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
}

/// The snapshot being served, and whether the content has moved on from it.
#[derive(Clone)]
pub(super) struct Served {
    /// Every path and what is there.
    pub(super) snapshot: Arc<Snapshot>,
    /// The content it was made from.
    pub(super) community: Arc<Community>,
    /// Calendars made from the same content on demand.
    pub(super) variants: Arc<Variants>,
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
