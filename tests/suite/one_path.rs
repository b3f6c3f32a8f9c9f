//! One document, found and rendered by itself, is the one that is built among all others.

use crate::golden::{cases, communities};
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::{Community, Moved};
use convene::publish::{Document, ETag, Found, Resource, Snapshot, build, find};
use convene::schedule::AsOf;

/// OCI's paths are many and alike: one in so many of them is enough.
fn some_of(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &Resource)> {
    let step = 1 + snapshot.iter().count() / 250;
    snapshot.iter().step_by(step)
}

/// What is found at a path, and what it was found with.
fn found(community: &Community, path: &str, now: DateTime<Utc>) -> (String, AsOf) {
    let as_of = AsOf::new(now);
    let what = match find(community, path, &as_of) {
        Some(Found::Document(recipe)) => of_document(&recipe.render(&as_of)),
        Some(Found::Redirect(to)) => format!("redirect to {to}"),
        Some(Found::Gone) => "gone".to_owned(),
        None => "nothing".to_owned(),
    };
    (what, as_of)
}

fn of_document(document: &Document) -> String {
    let etag: &ETag = document.etag();
    format!("{} {etag}", document.media_type())
}

#[test]
fn what_is_found_at_a_path_is_what_is_built_there() {
    for (name, community, now) in communities() {
        let snapshot = build(&community, now);
        for (path, resource) in some_of(&snapshot) {
            let built = match resource {
                Resource::Document(document) => of_document(document),
                Resource::Redirect { to, .. } => format!("redirect to {to}"),
                Resource::Gone => "gone".to_owned(),
            };
            let (found, as_of) = found(&community, path, now);
            assert_eq!(found, built, "{name}: {path}");
            // It is never held for stale before the whole is.
            let sooner = as_of.stale_at().zip(snapshot.stale_at()).filter(|(one, all)| one < all);
            assert_eq!(sooner, None, "{name}: {path}");
        }
    }
}

#[test]
fn nothing_is_found_where_nothing_is_built() {
    for (name, community, now) in communities() {
        let snapshot = build(&community, now);
        for (path, _) in some_of(&snapshot) {
            let shorter = path.get(..path.len() - 1).unwrap_or_default().to_owned();
            let others = [format!("{path}x"), format!("{path}/"), shorter, format!("/{path}")];
            let other_day = path.replace("-1", "-2");
            for other in others.into_iter().chain([other_day]) {
                if snapshot.get(&other).is_none() {
                    let (found, _) = found(&community, &other, now);
                    assert_eq!(found, "nothing", "{name}: {other}");
                }
            }
        }
    }
}

/// The law of one document's `stale_at`.
#[test]
fn a_document_is_the_same_until_it_is_stale() {
    let names: Vec<_> = cases().iter().map(|case| case.file_name().unwrap().to_owned()).collect();
    let of_cases =
        communities().filter(|(name, ..)| names.iter().any(|case| case == name.as_str()));
    for (name, community, now) in of_cases {
        for (path, _) in some_of(&build(&community, now)) {
            let (at_first, as_of) = found(&community, path, now);
            if let Some(stale_at) = as_of.stale_at() {
                let (then, _) = found(&community, path, stale_at - TimeDelta::seconds(1));
                assert_eq!(then, at_first, "{name}: {path} just before {stale_at}");
            }
        }
    }
}

#[test]
fn what_moved_twice_leads_to_where_it_is_and_a_circle_nowhere() {
    let now = crate::sample::utc("2026-11-23T12:00:00Z");
    let mut community = crate::sample::community();
    let moved = |from: &str, to: &str| Moved { from: from.to_owned(), to: to.to_owned() };
    community.site.moved = vec![
        moved("/meetings/oldest/", "/meetings/older/"),
        moved("/meetings/older/", "/meetings/oci-weekly/"),
        moved("/here/", "/there/"),
        moved("/there/", "/here/"),
        moved("/dead.ics", "/nowhere.ics"),
    ];
    let snapshot = build(&community, now);
    let meeting = "2026-11-19/event.ics";
    for (path, to) in [
        ("/meetings/oldest/", Some("/meetings/oci-weekly/".to_owned())),
        (&format!("/meetings/oldest/{meeting}"), Some(format!("/meetings/oci-weekly/{meeting}"))),
        (&format!("/meetings/older/{meeting}"), Some(format!("/meetings/oci-weekly/{meeting}"))),
        ("/meetings/oldest/2026-11-18/", None),
        ("/here/", None),
        ("/here/x", None),
        ("/dead.ics", Some("/nowhere.ics".to_owned())),
    ] {
        let (found, _) = found(&community, path, now);
        let built = match snapshot.get(path) {
            Some(Resource::Redirect { to, .. }) => format!("redirect to {to}"),
            _ => "nothing".to_owned(),
        };
        let want = to.map_or("nothing".to_owned(), |to| format!("redirect to {to}"));
        assert_eq!((found, built), (want.clone(), want), "{path}");
    }
}
