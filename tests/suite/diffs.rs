//! Pairs of content folders, and what `convene diff` must say of each.
//!
//! `tests/diffs/<case>/` has `old/` and `new/`, which have the files of `tests/diffs/shared` too unless
//! they have their own, `as-of.txt`, and what is wanted as `want.txt`, `want.md` and `want.json`.
//! `UPDATE=1` writes those anew; read the difference before you commit it.
#![expect(clippy::disallowed_methods, reason = "tests read and update their own cases")]

use crate::golden::communities;
use crate::support::{files, moment, package};
use convene::compare::{Document, changes, markdown, text};
use convene::content::{SourceFile, parse};
use convene::model::Community;
use convene::schedule::AsOf;
use std::fs;
use std::path::{Path, PathBuf};

/// Each of them, by name.
fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(package("tests/diffs")).unwrap();
    let mut cases: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| !case.ends_with("shared"));
    cases.sort();
    assert!(cases.len() >= 20);
    cases
}

/// One side of a case, upon what all share.
fn side(folder: &Path) -> Community {
    let mut all = files(folder);
    let is_own = |shared: &SourceFile| all.iter().any(|own| own.path == shared.path);
    let shared: Vec<_> =
        files(&package("tests/diffs/shared")).into_iter().filter(|file| !is_own(file)).collect();
    all.extend(shared);
    parse(&all).unwrap_or_else(|mistakes| panic!("{}:\n{mistakes}", folder.display()))
}

fn as_of(case: &Path) -> AsOf {
    AsOf::new(moment(&fs::read_to_string(case.join("as-of.txt")).unwrap()))
}

#[test]
fn what_changes_is_told_as_it_was() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let (old, new) = (side(&case.join("old")), side(&case.join("new")));
        let changes = changes(&old, &new, &as_of(&case));
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

#[test]
fn a_content_compared_with_itself_is_the_same() {
    for (name, community, now) in communities() {
        assert_eq!(changes(&community, &community.clone(), &AsOf::new(now)), [], "{name}");
    }
}
