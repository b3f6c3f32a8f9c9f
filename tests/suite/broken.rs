//! Broken content folders and the exact diagnostics they give.
//!
//! Each folder of `tests/broken` has `content/` and `want.txt`. `UPDATE=1 cargo test --test suite
//! broken` writes the latter again; read the difference before you commit it.

#![allow(clippy::disallowed_methods, reason = "the folders of the tests are read here")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use convene::content::{SourceFile, parse};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_broken_folder_gives_its_diagnostics() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let cases = entries(&root);
    assert!(cases.len() >= 24, "only {} folders in {}", cases.len(), root.display());
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// The diagnostics of one folder against its `want.txt`.
fn check(case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let content = case.join("content");
    let mut files = Vec::new();
    collect(&content, &content, &mut files);
    let Err(diagnostics) = parse(&files) else {
        return Err(format!("{name}: nothing is wrong with it"));
    };
    let got = format!("{diagnostics}\n");
    for mark in [diagnostics.is_empty(), got.contains('\u{1b}')] {
        assert!(!mark, "{name}: no diagnostics, or colours in them:\n{got}");
    }
    let want = case.join("want.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&want, &got).map_err(|e| format!("{name}: {e}"))?;
    }
    match fs::read_to_string(&want) {
        Ok(want) if want == got => Ok(()),
        Ok(want) => Err(format!("{name}: wanted\n{want}\ngot\n{got}")),
        Err(e) => Err(format!("{name}: want.txt: {e}; got\n{got}")),
    }
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<SourceFile>) {
    for path in entries(dir) {
        if path.is_dir() {
            collect(root, &path, files);
            continue;
        }
        let parts = path.strip_prefix(root).unwrap().iter();
        let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
        files.push(SourceFile { path: parts.join("/"), bytes: fs::read(&path).unwrap() });
    }
}

/// What is in a folder, sorted.
fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
