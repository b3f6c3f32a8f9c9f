//! What changes, for people to look at.

use crate::content::SourceFile;
use similar::TextDiff;

/// The changes as one patch (unified, three lines around each change), which `git apply` takes too.
///
/// `files` are those of before, `changed` the new ones as [`edited`](super::edited) gives them.
pub fn diff(files: &[SourceFile], changed: &[SourceFile]) -> String {
    changed.iter().map(|new| of_file(files.iter().find(|old| old.path == new.path), new)).collect()
}

fn of_file(old: Option<&SourceFile>, new: &SourceFile) -> String {
    let text = |file: &SourceFile| String::from_utf8_lossy(&file.bytes).into_owned();
    let before = old.map(text).unwrap_or_default();
    let after = text(new);
    let from = old.map_or("/dev/null".to_owned(), |old| format!("a/{}", old.path));
    TextDiff::from_lines(&before, &after)
        .unified_diff()
        .header(&from, &format!("b/{}", new.path))
        .to_string()
}
