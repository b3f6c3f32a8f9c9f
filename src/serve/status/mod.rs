//! `/status`: what is served since when, and what the collector finds; a page for people, JSON for
//! programs.

mod html;

pub(super) use html::page;

use super::state::{Missed, State};
use crate::collect::{Notice, Report, SourceReport};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// The state of the service at one moment.
#[derive(Serialize)]
pub(super) struct Status {
    /// The community's name.
    name: String,
    content: Content,
    /// None where the server was not asked to collect.
    collector: Option<Collector>,
    /// Past meetings that have left no minutes or no recording.
    missing: Vec<Missing>,
}

#[derive(Serialize)]
struct Content {
    /// `ready` or `degraded`.
    state: &'static str,
    /// A number of all files' paths and bytes: the same content has the same everywhere.
    revision: String,
    /// The commit that git had checked out last; the files may differ from it.
    checked_out_commit: Option<String>,
    /// Whether it is from the folder of the last good content (`--last-good`).
    is_kept: bool,
    since: String,
    as_of: String,
    next: Option<String>,
    trouble: Vec<String>,
    /// What is kept for the next start; none where nothing is to be.
    last_good: Option<LastGood>,
}

#[derive(Serialize)]
struct LastGood {
    revision: Option<String>,
    /// What kept it from being kept.
    error: Option<String>,
}

#[derive(Serialize)]
struct Collector {
    /// When its last round ended; none before the first.
    last_round: Option<String>,
    /// What kept it from writing what it found.
    error: Option<String>,
    sources: Vec<Source>,
    notices: Vec<Unmatched>,
}

#[derive(Serialize)]
struct Source {
    kind: &'static str,
    series: Vec<String>,
    url: String,
    items: Option<usize>,
    last_attempt: Option<String>,
    last_success: Option<String>,
    age_seconds: Option<i64>,
    failures: u32,
    /// A word: what is in the log may tell of the network around.
    error: Option<String>,
    next_attempt: Option<String>,
}

#[derive(Serialize)]
struct Unmatched {
    kind: &'static str,
    title: String,
    link: Option<String>,
    why: String,
}

#[derive(Serialize)]
struct Missing {
    series: String,
    date: String,
    what: &'static str,
    page: String,
}

impl Status {
    /// The state by now.
    pub(super) async fn of(state: &State) -> Status {
        let missing = state.missed().await;
        let (served, now) = (state.served.load_full(), state.clock.now());
        let trouble = served.trouble.as_deref().map(|trouble| trouble.cause.lines());
        let collected = state.collected.load();
        Status {
            name: served.community.site.name.to_string(),
            content: Content {
                state: if trouble.is_some() { "degraded" } else { "ready" },
                revision: served.version.revision.to_string(),
                checked_out_commit: served.version.commit.as_ref().map(ToString::to_string),
                is_kept: served.version.is_kept,
                since: time(served.since),
                as_of: time(now),
                next: state.documents.stale_at(now).map(time),
                trouble: trouble.unwrap_or_default(),
                last_good: state.last_good.load_full().map(|kept| LastGood {
                    revision: kept.revision.map(|revision| revision.to_string()),
                    error: kept.error.clone(),
                }),
            },
            collector: state.collects.then(|| {
                let (report, error) = (collected.report.as_ref(), collected.error.clone());
                Collector::of(report, collected.ended, error, now)
            }),
            missing: missing.iter().map(Missing::of).collect(),
        }
    }
}

impl Collector {
    fn of(
        report: Option<&Report>,
        ended: Option<DateTime<Utc>>,
        error: Option<String>,
        now: DateTime<Utc>,
    ) -> Collector {
        let (sources, notices) = match report {
            Some(report) => (report.sources.as_slice(), report.notices.as_slice()),
            None => (&[][..], &[][..]),
        };
        Collector {
            last_round: ended.map(time),
            error,
            sources: sources.iter().map(|source| Source::of(source, now)).collect(),
            notices: notices.iter().map(Unmatched::of).collect(),
        }
    }
}

impl Source {
    fn of(source: &SourceReport, now: DateTime<Utc>) -> Source {
        Source {
            kind: source.kind,
            series: source.series.iter().map(ToString::to_string).collect(),
            url: source.url.clone(),
            items: source.items,
            last_attempt: source.asked.map(time),
            last_success: source.answered.map(time),
            age_seconds: source.answered.map(|answered| (now - answered).num_seconds()),
            failures: source.failures,
            error: source.word.clone(),
            next_attempt: source.next.map(time),
        }
    }
}

impl Unmatched {
    fn of(notice: &Notice) -> Unmatched {
        Unmatched {
            kind: notice.kind.as_str(),
            title: notice.title.clone(),
            link: notice.link.as_ref().map(ToString::to_string),
            why: notice.why.clone(),
        }
    }
}

impl Missing {
    fn of(missed: &Missed) -> Missing {
        Missing {
            series: missed.series.to_string(),
            date: missed.date.clone(),
            what: missed.what.as_str(),
            page: missed.path.clone(),
        }
    }
}

fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
