//! Content without mistakes, and what its authors are warned of.
//!
//! Each folder of `tests/warned` has `content/`, `as-of.txt` and `want.txt`. `UPDATE=1 cargo test --test
//! suite warned` writes the latter again; read the difference before you commit it.
#![expect(clippy::disallowed_methods, reason = "the folders of the tests are read here")]

use crate::support::{community, files, moment, oci, package};
use convene::content::warnings;
use convene::model::Concern;
use convene::schedule::AsOf;
use std::fs;
use std::path::Path;

fn folders() -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(package("tests/warned")).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn warned(case: &Path) -> String {
    let content = case.join("content");
    let as_of = AsOf::new(moment(&fs::read_to_string(case.join("as-of.txt")).unwrap()));
    format!("{}\n", warnings(&files(&content), &community(&content), &as_of))
}

#[test]
fn every_folder_gives_its_warnings() {
    for case in folders() {
        let (want, got) = (case.join("want.txt"), warned(&case));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&want, &got).unwrap();
        }
        assert_eq!(fs::read_to_string(&want).unwrap(), got, "{}", case.display());
    }
}

#[test]
fn each_warning_is_shown_and_says_how_to_be_quiet() {
    let all: String = folders().iter().map(|case| warned(case)).collect();
    // Whether a link leads anywhere no folder can say: `links` shows that warning.
    for concern in Concern::ALL.into_iter().filter(|concern| *concern != Concern::DeadLink) {
        let quiet = format!("`quiet = [\"{}\"]`", concern.as_str());
        assert!(all.contains(&quiet), "no folder has {quiet}");
    }
}

#[test]
fn nothing_but_what_is_missing_is_wrong_with_ocis_content() {
    let as_of = AsOf::new(moment("2026-11-25T12:00:00Z"));
    let found = warnings(&files(&package("content")), &oci(), &as_of);
    assert!(found.len() < 12, "{found}");
}
