//! What several tests need: content folders read, moments, foreign readers' common ground.
#![expect(clippy::disallowed_methods, reason = "tests read their own cases")]

use chrono::{DateTime, Utc};
use convene::content::{SourceFile, parse};
use convene::model::Community;
use convene::publish::{Resource, Snapshot};
use std::path::{Path, PathBuf};

/// A path below the package.
pub(crate) fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder, sorted by its path, with `/` between the parts.
pub(crate) fn files(folder: &Path) -> Vec<SourceFile> {
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<SourceFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(SourceFile { path: relative, bytes: std::fs::read(&path).unwrap() });
        }
    }
}

/// The community of a content folder that is known to be good.
pub(crate) fn community(folder: &Path) -> Community {
    parse(&files(folder))
        .unwrap_or_else(|diagnostics| panic!("{}: {diagnostics:#?}", folder.display()))
}

/// OCI's own meetings.
pub(crate) fn oci() -> Community {
    community(&package("content"))
}

/// A moment in UTC, from its text.
pub(crate) fn moment(text: &str) -> DateTime<Utc> {
    text.trim().parse().unwrap_or_else(|_| panic!("`{text}` is no UTC time"))
}

/// The text of one of the files.
pub(crate) fn text_of<'a>(files: &'a [SourceFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    let bytes = &file.unwrap_or_else(|| panic!("no {path}")).bytes;
    std::str::from_utf8(bytes).unwrap()
}

/// The text published at a path.
pub(crate) fn text<'a>(snapshot: &'a Snapshot, path: &str) -> &'a str {
    match snapshot.get(path) {
        Some(Resource::Document(document)) => std::str::from_utf8(document.body()).unwrap(),
        other => panic!("no document at {path}: {other:?}"),
    }
}
