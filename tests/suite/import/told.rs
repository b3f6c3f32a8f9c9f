//! What is told of each file, and what was made of it: `tests/import/<name>.txt` beside the file;
//! `UPDATE=1` writes them anew.

use super::{corpus, imported};
use convene::import::Imported;
use std::path::Path;

/// The notes with their lines, then the files.
fn shown(imported: &Imported) -> String {
    let mut text = format!("zone: {}\n", imported.zone);
    let name = imported.name.as_ref().map(|name| format!("name: {name}\n"));
    let domain = imported.domain.as_ref().map(|domain| format!("domain: {domain}\n"));
    text.extend(name.into_iter().chain(domain));
    text.extend(imported.notes.iter().map(|note| format!("{}: {note}\n", note.line)));
    for file in &imported.files {
        text += &format!("\n== {}\n{}", file.path, String::from_utf8_lossy(&file.bytes));
    }
    text
}

#[test]
fn each_file_becomes_what_it_became() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in corpus() {
        let (got, beside) = (shown(&imported(&path)), path.with_extension("txt"));
        let want = std::fs::read_to_string(&beside).unwrap_or_default();
        if got != want && update {
            std::fs::write(&beside, got).unwrap();
        } else if got != want {
            wrong.push(format!("{}: see with UPDATE=1 and git diff", beside.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_told_of_files_that_are_gone() {
    let folder = std::fs::read_dir(crate::support::package("tests/import")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let told = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let names: Vec<_> = corpus().iter().map(|path| path.with_extension("txt")).collect();
    let stale: Vec<_> = told.filter(|path| !names.contains(path)).collect();
    assert_eq!(stale, Vec::<&Path>::new());
}
