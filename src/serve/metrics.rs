//! `/metrics`: what operators watch and are woken by, in OpenMetrics.
//!
//! Everything is read off the state when it is asked for; what is counted meanwhile is in `tally`.

mod format;
mod health;
mod traffic;

use super::state::{Missed, State};
use crate::collect::{NoticeKind, SourceReport};
use axum::http::HeaderMap;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::collections::BTreeMap;

/// A source of minutes or recordings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfSource {
    kind: &'static str,
    url: String,
}

/// What a series' meetings have not left behind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfSeries {
    series: String,
    what: &'static str,
}

/// Which content is served.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfContent {
    revision: String,
    commit: String,
}

/// What nobody could match, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfKind {
    kind: &'static str,
}

/// The text by now and its media type, for a client that sends those headers.
pub(super) async fn answer(state: &State, headers: &HeaderMap) -> (&'static str, String) {
    let missed = state.missed().await;
    let mut registry = Registry::default();
    health::process(&mut registry);
    let own = registry.sub_registry_with_prefix("convene");
    health::health(own, state);
    traffic::traffic(own, &state.tally);
    content(own, state, &missed);
    if state.collects {
        collector(own, state);
    }
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = text::encode(&mut out, &registry);
    format::format(headers, out)
}

fn content(registry: &mut Registry, state: &State, missed: &[Missed]) {
    let served = state.served.load();
    one(
        registry,
        "content_degraded",
        "1 where the newest content has mistakes or cannot be read, and the last good one is served",
        i64::from(served.trouble.is_some()),
    );
    one(
        registry,
        "content_since_timestamp_seconds",
        "When the content was first served",
        served.since.timestamp(),
    );
    let version = Family::<OfContent, Gauge>::default();
    let commit = served.version.commit.as_ref().map(ToString::to_string).unwrap_or_default();
    let labels = OfContent { revision: served.version.revision.to_string(), commit };
    version.get_or_create(&labels).set(1);
    registry.register(
        "content_info",
        "1 for the content that is served, and the commit that git has checked out",
        version,
    );
    let age = (state.clock.now() - served.since).num_seconds();
    one(registry, "content_age_seconds", "How long the content has been served", age);
    if let Some(next) = state.documents.stale_at(state.clock.now()) {
        one(
            registry,
            "next_change_timestamp_seconds",
            "When a document that is ready will next differ, though the content stays the same",
            next.timestamp(),
        );
    }
    let rendered = state.documents.rendered();
    number(registry, "documents_rendered", "Documents that were rendered so far", rendered);
    one(
        registry,
        "documents_kept_bytes",
        "Memory that rendered documents take, in all codings",
        i64::try_from(state.documents.bytes()).unwrap_or(i64::MAX),
    );
    let missing = Family::<OfSeries, Gauge>::default();
    for missed in missed {
        let labels = OfSeries { series: missed.series.to_string(), what: missed.what.as_str() };
        missing.get_or_create(&labels).inc();
    }
    registry.register(
        "meetings_missing",
        "Meetings that ended 7 to 60 days ago without minutes or recording",
        missing,
    );
}

fn collector(registry: &mut Registry, state: &State) {
    let collected = state.collected.load();
    one(
        registry,
        "collector_write_failed",
        "1 where the last round could not write what it found",
        i64::from(collected.error.is_some()),
    );
    let (sources, notices) = match &collected.report {
        Some(report) => (report.sources.as_slice(), report.notices.as_slice()),
        None => (&[][..], &[][..]),
    };
    of_sources(
        registry,
        "source_last_success_timestamp_seconds",
        "When the source last answered as it should",
        sources,
        |source| source.answered.map(|answered| answered.timestamp()),
    );
    of_sources(
        registry,
        "source_failures",
        "How often in a row the source has not answered as it should",
        sources,
        |source| Some(i64::from(source.failures)),
    );
    let mut kinds = BTreeMap::from(NoticeKind::ALL.map(|kind| (kind, 0)));
    for notice in notices {
        *kinds.entry(notice.kind).or_insert(0) += 1;
    }
    let family = Family::<OfKind, Gauge>::default();
    for (kind, number) in kinds {
        family.get_or_create(&OfKind { kind: kind.as_str() }).set(number);
    }
    registry.register("collector_notices", "What the collector could match to no meeting", family);
}

fn of_sources(
    registry: &mut Registry,
    name: &str,
    help: &str,
    sources: &[SourceReport],
    value: impl Fn(&SourceReport) -> Option<i64>,
) {
    let family = Family::<OfSource, Gauge>::default();
    for source in sources {
        if let Some(value) = value(source) {
            let labels = OfSource { kind: source.kind, url: source.url.clone() };
            family.get_or_create(&labels).set(value);
        }
    }
    registry.register(name, help, family);
}

fn one(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn number(registry: &mut Registry, name: &str, help: &str, value: u64) {
    let counter: Counter = Counter::default();
    counter.inc_by(value);
    registry.register(name, help, counter);
}
