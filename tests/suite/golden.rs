//! Content folders with the output they must give beside them.
//!
//! `tests/cases/<case>/` has `content/`, `as-of.txt` and `want/`, whose files are compared with what
//! is published at their path; `UPDATE=1` writes them anew. A new case needs no Rust: make the
//! folder with empty files in `want/` and run with `UPDATE=1`.
#![expect(clippy::disallowed_methods, reason = "tests read and update their own cases")]

use crate::support::{community, files, moment, oci, package};
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::Community;
use convene::publish::{Resource, Snapshot, build};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) fn cases() -> Vec<PathBuf> {
    let folder = package("tests/cases");
    let mut cases: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

pub(crate) fn as_of(case: &std::path::Path) -> DateTime<Utc> {
    moment(&std::fs::read_to_string(case.join("as-of.txt")).unwrap())
}

/// Name, content and moment of OCI today and in 2021, when its records are recent, and of each case.
pub(crate) fn communities() -> impl Iterator<Item = (String, Community, DateTime<Utc>)> {
    let of_oci = ["2021-01-01T00:00:00Z", "2026-11-23T12:00:00Z"];
    let of_oci = of_oci.into_iter().map(|as_of| (format!("OCI at {as_of}"), oci(), moment(as_of)));
    of_oci.chain(cases().into_iter().map(|folder| {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        (name, community(&folder.join("content")), as_of(&folder))
    }))
}

fn bodies(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let body = |resource: &Resource| match resource {
        Resource::Document(document) | Resource::Redirect { page: document, .. } => {
            Some(document.body().to_vec())
        }
        Resource::Gone => None,
    };
    let with_path = |(path, resource): (&str, &Resource)| Some((path.to_owned(), body(resource)?));
    snapshot.iter().filter_map(with_path).collect()
}

#[test]
fn output_is_what_it_was() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let snapshot = build(&community(&case.join("content")), as_of(&case));
        let published = bodies(&snapshot);
        let wanted = files(&case.join("want"));
        assert!(!wanted.is_empty(), "{} wants nothing", case.display());
        for want in wanted {
            let path = format!("/{}", want.path.trim_end_matches("index.html"));
            let Some(got) = published.get(&path) else {
                wrong.push(format!("{}: nothing is published at {path}", case.display()));
                continue;
            };
            if *got != want.bytes && update {
                std::fs::write(case.join("want").join(&want.path), got).unwrap();
            } else if *got != want.bytes {
                wrong.push(format!(
                    "{}: {path} differs; see with UPDATE=1 and git diff",
                    case.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_content_and_moment_give_the_same_bytes() {
    for case in cases() {
        let content = case.join("content");
        let mut reversed = files(&content);
        reversed.reverse();
        let again = convene::content::parse(&reversed).unwrap();
        let (one, two) = (build(&community(&content), as_of(&case)), build(&again, as_of(&case)));
        assert_eq!(bodies(&one), bodies(&two), "{}", case.display());
    }
}

/// The law of `stale_at`: not a byte differs before it, and some byte does then.
#[test]
fn a_snapshot_stays_true_until_it_is_stale() {
    for case in cases() {
        let community = community(&case.join("content"));
        let mut now = as_of(&case) - TimeDelta::days(40);
        for _ in 0..12 {
            let snapshot = build(&community, now);
            let Some(stale_at) = snapshot.stale_at() else { break };
            assert!(stale_at > now);
            let just_before = build(&community, stale_at - TimeDelta::seconds(1));
            assert!(
                bodies(&snapshot) == bodies(&just_before),
                "{}: {now} to {stale_at}",
                case.display()
            );
            assert_eq!(just_before.stale_at(), Some(stale_at));
            let then = build(&community, stale_at);
            assert!(
                bodies(&snapshot) != bodies(&then),
                "{}: nothing changed at {stale_at}",
                case.display()
            );
            now = stale_at;
        }
    }
}
