//! Pairs of content folders, and what `convene diff` must say of each.
//!
//! `tests/diffs/<case>/` has `old/` and `new/`, which have the files of `tests/diffs/shared` too unless
//! they have their own, `as-of.txt`, and what is wanted as `want.txt`, `want.md` and `want.json`.
//! `UPDATE=1` writes those anew; read the difference before you commit it.
#![expect(clippy::disallowed_methods, reason = "tests read and update their own cases")]

use crate::golden::communities;
use crate::process::{AS_OF, Folder, run};
use crate::sample::{self, day, exception, line, local, markdown as markdown_of, pacific, utc};
use crate::support::{files, moment, package};
use chrono::{DateTime, TimeDelta, Utc};
use convene::compare::{DateChange, Document, What, changes, markdown, text};
use convene::content::{SourceFile, parse};
use convene::model::{Change, Community};
use convene::schedule::{AsOf, Status, exceptional};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Each of them, by name.
pub(crate) fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(package("tests/diffs")).unwrap();
    let mut cases: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| !case.ends_with("shared"));
    cases.sort();
    assert!(cases.len() >= 20);
    cases
}

/// One side of a case, upon what all share.
pub(crate) fn side(folder: &Path) -> Community {
    let mut all = files(folder);
    let is_own = |shared: &SourceFile| all.iter().any(|own| own.path == shared.path);
    let shared: Vec<_> =
        files(&package("tests/diffs/shared")).into_iter().filter(|file| !is_own(file)).collect();
    all.extend(shared);
    parse(&all).unwrap_or_else(|mistakes| panic!("{}:\n{mistakes}", folder.display()))
}

/// The moment of a case.
pub(crate) fn present(case: &Path) -> DateTime<Utc> {
    moment(&fs::read_to_string(case.join("as-of.txt")).unwrap())
}

#[test]
fn what_changes_is_told_as_it_was() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let (old, new) = (side(&case.join("old")), side(&case.join("new")));
        let changes = changes(&old, &new, &AsOf::new(present(&case)));
        let json = serde_json::to_string_pretty(&Document::of(&changes, &[])).unwrap() + "\n";
        let told = [
            ("want.txt", text(&changes, &[])),
            ("want.md", markdown(&changes, &[])),
            ("want.json", json),
        ];
        for (name, got) in told {
            let path = case.join(name);
            if update {
                fs::write(&path, &got).unwrap();
            } else if fs::read_to_string(&path).ok().as_deref() != Some(got.as_str()) {
                wrong.push(format!("{} differs; see with UPDATE=1 and git diff", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a date of the weekly call says for itself, chosen by a number.
fn fate(number: u8) -> Option<Box<Change>> {
    let restored = (number >= 5).then(|| utc("2026-09-02T00:00:00Z"));
    let announced = utc("2026-09-01T00:00:00Z");
    match number % 5 {
        0 => None,
        1 => Some(Box::new(Change::Kept)),
        2 => {
            Some(Box::new(Change::Cancelled { reason: Some(line("Summit")), announced, restored }))
        }
        n => {
            let to = local(if n == 3 { "2026-10-03T10:00:00" } else { "2026-12-24T09:00:00" });
            Some(Box::new(Change::Moved { to, zone: pacific(), announced, restored }))
        }
    }
}

/// The sample, in which the first Thursdays have those fates.
fn with_fates(numbers: &[u8]) -> Community {
    let mut community = sample::community();
    for (week, number) in numbers.iter().enumerate() {
        let date = day("2026-10-01") + TimeDelta::weeks(i64::try_from(week).unwrap());
        exception(&mut community, &format!("{date}T10:00:00")).change = fate(*number);
    }
    community
}

/// Whether and when each of the first Thursdays' meetings takes place, by its identity.
fn naive(community: &Community) -> BTreeMap<String, (bool, String)> {
    let calls = community.series_named("oci-weekly").unwrap();
    let all = exceptional(calls, &calls.slots[0]);
    all.map(|o| {
        let takes_place = o.status == Status::Confirmed;
        (o.recurrence_id.to_string(), (takes_place, o.start.to_string()))
    })
    .collect()
}

proptest! {
    /// Told are those dates, and no others, whose meeting takes place then and did not, or the other
    /// way round.
    #[test]
    fn what_is_told_of_dates_is_what_differs(
        fates in prop::collection::vec((0u8..10, 0u8..10), 1..8),
        now in 0i64..200,
    ) {
        let (before, after): (Vec<u8>, Vec<u8>) = fates.into_iter().unzip();
        let (old, new) = (with_fates(&before), with_fates(&after));
        let as_of = AsOf::new(utc("2026-09-10T00:00:00Z") + TimeDelta::days(now));
        let all = changes(&old, &new, &as_of);
        let told: BTreeSet<String> = all.iter().filter_map(|change| match &change.what {
            What::Date(_, DateChange::Kept | DateChange::NotKept | DateChange::Field(..)) => None,
            What::Date(meeting, _) => Some(meeting.recurrence_id.to_string()),
            _ => None,
        }).collect();
        let (olds, news) = (naive(&old), naive(&new));
        let differing = olds.iter().filter(|(id, was)| news.get(*id) != Some(was));
        let differing: BTreeSet<String> = differing.map(|(id, _)| id.clone()).collect();
        prop_assert_eq!(told, differing);
        prop_assert_eq!(changes(&new, &new.clone(), &as_of), []);
    }
}

/// Only the pages of a series have its description.
#[test]
fn a_content_of_which_only_pages_differ_is_the_same() {
    for (name, community, now) in communities() {
        let mut other = community.clone();
        for series in &mut other.series {
            Arc::make_mut(series).description = markdown_of("Said otherwise.");
        }
        assert_eq!(changes(&community, &other, &AsOf::new(now)), [], "{name}");
    }
}

#[test]
fn a_content_compared_with_itself_is_the_same() {
    for (name, community, now) in communities() {
        assert_eq!(changes(&community, &community.clone(), &AsOf::new(now)), [], "{name}");
    }
}

/// Runs `convene diff` on a copy of the sample, which is there before as `old`, and after that edit as
/// `content`.
fn diff(edit: impl Fn(&Folder), arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = Folder::sample();
    for file in files(&folder.path("content")) {
        let text = String::from_utf8(file.bytes).unwrap();
        folder.put(&format!("old/{}", file.path), &text);
    }
    edit(&folder);
    let old = folder.path("old");
    let all = [&["diff", old.to_str().unwrap(), "--as-of", AS_OF], arguments].concat();
    let output = run(&all, &folder.path("content"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const DATE: &str = "content/meetings/weekly/2026-12-03.md";
const ADDED: &str = "+++\nadded = true\nat = \"12:00\"\nannounced = 2026-11-20T18:00:00Z\n+++\n";

#[test]
fn whatever_is_compared_is_told() {
    let all: Vec<_> = communities().collect();
    for pair in all.windows(2) {
        let [(_, old, _), (name, new, now)] = pair else { panic!() };
        let changes = changes(old, new, &AsOf::new(*now));
        let (text, markdown) = (text(&changes, &[]), markdown(&changes, &[]));
        assert_eq!(changes.is_empty(), old == new, "{name}");
        assert!(markdown.len() < 65_000, "{name}");
        assert!(text.ends_with('\n') && markdown.ends_with('\n'), "{name}");
        serde_json::to_string(&Document::of(&changes, &[pacific()])).unwrap();
    }
}

#[test]
fn folders_are_compared_in_every_form_and_zone() {
    let added = |folder: &Folder| folder.put("content/meetings/weekly/2026-12-04.md", ADDED);
    let check = |arguments: &[&str], wanted: &[&str]| {
        let (status, out, error) = diff(added, arguments);
        assert_eq!((status, error.as_str()), (Some(0), ""), "{arguments:?}");
        for text in wanted {
            assert!(out.contains(text), "{arguments:?} has no {text}: {out}");
        }
    };
    check(&[], &["  added: Friday, 4 December 2026, 12:00–13:00 PST", "Sat 5 Dec 04:00–05:00"]);
    check(&["--zone", "Asia/Tokyo", "--zone", "UTC"], &["    Asia/Tokyo  Sat 5 Dec 05:00–06:00\n"]);
    check(&["--format", "markdown"], &["- **Added:** Friday, 4 December 2026"]);
    check(&["--json"], &["\"kind\": \"added\"", "\"recurrence_id\": \"2026-12-04T12:00:00\""]);
    let (status, out, _) = diff(|_| {}, &[]);
    assert_eq!((status, out.as_str()), (Some(0), "nothing changes for subscribers\n"));
}

#[test]
fn mistakes_are_told_with_their_side() {
    let broken = |folder: &Folder| {
        folder.edit("old/site.toml", "zone =", "zoen =");
        folder.put(DATE, "+++\ncanceled = true\n+++\n");
    };
    let (status, out, error) = diff(broken, &[]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    for text in [
        "old/site.toml:7:1",
        "2026-12-03.md:2:1",
        " in the old content, `",
        " in the new content, `",
    ] {
        assert!(error.contains(text), "no {text}: {error}");
    }
    let (status, out, error) = diff(broken, &["--format", "markdown"]);
    assert_eq!(status, Some(1));
    assert!(
        out.contains(" in the new content\n\n```") && error.starts_with("error: "),
        "{out}{error}"
    );
    let (status, out, error) = diff(broken, &["--json"]);
    assert_eq!((status, error.as_str()), (Some(1), ""));
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    let sides: BTreeSet<_> =
        found["mistakes"].as_array().unwrap().iter().map(|m| m["side"].as_str().unwrap()).collect();
    assert_eq!(sides, BTreeSet::from(["new", "old"]));
}

#[test]
fn what_is_no_zone_is_told() {
    let (status, _, error) = diff(|_| {}, &["--zone", "Berlin"]);
    assert!(status == Some(2) && error.contains("such as Europe/Berlin"), "{error}");
}
