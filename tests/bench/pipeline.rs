//! The time each stage takes on OCI's real content: about 500 meetings on record.

use chrono::{DateTime, Utc};
use convene::content::parse;
use convene::model::{Community, Series};
use convene::publish::{Coded, Document, Found, Resource, build, find};
use convene::render::feed::{Feed, Kind, rss};
use convene::render::icalendar::{Options, Syntax, render};
use convene::render::{Scope, html};
use convene::schedule::{AsOf, occurrences};
use convene::store;
use criterion::Criterion;
use std::hint::black_box;
use std::path::Path;

/// Each stage by itself.
pub(crate) fn stages(criterion: &mut Criterion) {
    let source = store::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
    let community = parse(&source).unwrap();
    let weekly = weekly(&community);

    criterion.bench_function("parse", |b| b.iter(|| parse(black_box(&source)).unwrap()));
    criterion.bench_function("expand", |b| {
        b.iter(|| occurrences(black_box(weekly)).take_while(|o| o.utc_start < now).count())
    });
    renderers(criterion, &community, now);
    criterion.bench_function("build", |b| b.iter(|| build(black_box(&community), now)));
    criterion.bench_function("parse and build", |b| {
        b.iter(|| build(&parse(black_box(&source)).unwrap(), now))
    });
    criterion.bench_function("compress", |b| {
        let snapshot = build(&community, now);
        let documents = || snapshot.iter().filter_map(|(_, resource)| document(resource));
        b.iter(|| documents().map(|document| Coded::packed(document).size()).sum::<usize>())
    });
    criterion.bench_function("lookup", |b| {
        let snapshot = build(&community, now);
        let paths: Vec<&str> = snapshot.iter().map(|(path, _)| path).collect();
        let mut next = paths.iter().cycle();
        b.iter(|| next.next().and_then(|path| snapshot.get(black_box(path))).is_some())
    });
    criterion.bench_function("find and render", |b| {
        let snapshot = build(&community, now);
        let paths: Vec<&str> = snapshot.iter().map(|(path, _)| path).collect();
        let mut next = paths.iter().cycle();
        b.iter(|| {
            let as_of = AsOf::new(now);
            match next.next().and_then(|path| find(&community, black_box(path), &as_of)) {
                Some(Found::Document(recipe)) => recipe.render(&as_of).body().len(),
                _ => 0,
            }
        })
    });
}

/// One output of each kind: all meetings as a calendar and as a feed, and a meeting's page.
fn renderers(criterion: &mut Criterion, community: &Community, now: DateTime<Utc>) {
    let scope = Scope::Community(community);
    criterion.bench_function("render/ics", |b| {
        let options = Options::default();
        b.iter(|| render(Syntax::Text, black_box(&scope), &options, &AsOf::new(now)))
    });
    criterion.bench_function("render/feed", |b| {
        b.iter(|| rss::render(&Feed::of(Kind::News, black_box(&scope), &AsOf::new(now))))
    });
    criterion.bench_function("render/page", |b| {
        let series = weekly(community);
        let shown: Vec<_> = occurrences(series).take_while(|o| o.utc_start < now).collect();
        let [before, meeting, after] = shown.last_chunk().unwrap();
        let neighbours = (Some(before), Some(after));
        b.iter(|| {
            let as_of = AsOf::new(now);
            html::occurrence(community, black_box(meeting), neighbours.0, neighbours.1, &as_of)
        })
    });
}

fn weekly(community: &Community) -> &Series {
    community.series_named("oci-weekly").unwrap()
}

fn document(resource: &Resource) -> Option<&Document> {
    match resource {
        Resource::Document(document) => Some(document),
        _ => None,
    }
}
