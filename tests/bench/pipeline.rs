//! The time each stage takes on OCI's real content: about 500 meetings on record.

use chrono::{DateTime, Utc};
use convene::content::parse;
use convene::publish::{Coded, Document, Resource, build};
use convene::render::Scope;
use convene::render::icalendar::{Options, Syntax, render};
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
    let weekly = community.series.iter().find(|s| s.slug.as_str() == "oci-weekly").unwrap();

    criterion.bench_function("parse", |b| b.iter(|| parse(black_box(&source)).unwrap()));
    criterion.bench_function("expand", |b| {
        b.iter(|| occurrences(black_box(weekly)).take_while(|o| o.utc_start < now).count())
    });
    criterion.bench_function("render/ics", |b| {
        let scope = Scope::Community(&community);
        let options = Options::default();
        b.iter(|| render(Syntax::Text, black_box(&scope), &options, &AsOf::new(now)))
    });
    criterion.bench_function("build", |b| b.iter(|| build(black_box(&community), now)));
    criterion.bench_function("parse and build", |b| {
        b.iter(|| build(&parse(black_box(&source)).unwrap(), now))
    });
    criterion.bench_function("compress", |b| {
        let snapshot = build(&community, now);
        let documents = || snapshot.iter().filter_map(|(_, resource)| document(resource));
        b.iter(|| documents().map(|document| Coded::packed(document).size()).sum::<usize>())
    });
}

fn document(resource: &Resource) -> Option<&Document> {
    match resource {
        Resource::Document(document) => Some(document),
        _ => None,
    }
}
