//! Which part of the content a file belongs to.

use super::SourceFile;
use super::source::Source;
use std::collections::BTreeMap;

/// Which part of the content a file belongs to, by its path alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part<'a> {
    /// What is no series': `site.toml`, pages, holidays, and files that have no place.
    Ground,
    /// The folder of the series of that name, be it one that a series can have or not.
    Series(&'a str),
}

/// The part of the file at that path within the content folder: `meetings/<name>/<file>` is of the
/// series `<name>`, any other path of the ground.
pub fn part_of(path: &str) -> Part<'_> {
    let mut parts = path.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("meetings"), Some(series), Some(_), None) => Part::Series(series),
        _ => Part::Ground,
    }
}

/// The files of the ground, and those of each series by its name.
pub(super) fn split(files: &[SourceFile]) -> (Vec<&SourceFile>, BTreeMap<&str, Vec<&SourceFile>>) {
    let (mut ground, mut series) = (Vec::new(), BTreeMap::new());
    for file in files {
        match part_of(&file.path) {
            Part::Ground => ground.push(file),
            Part::Series(name) => series.entry(name).or_insert_with(Vec::new).push(file),
        }
    }
    (ground, series)
}

/// The texts of the files that are content, in order of path.
pub(super) fn sources(files: Vec<&SourceFile>) -> Vec<Source<'_>> {
    let mut files = files;
    files.retain(|file| is_content(&file.path));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.into_iter().map(Source::new).collect()
}

/// Whether a file of that path is content: Markdown or TOML, and no part of its path hidden.
fn is_content(path: &str) -> bool {
    let visible = !path.split('/').any(|part| part.starts_with('.'));
    visible && (path.ends_with(".md") || path.ends_with(".toml"))
}

/// A file's name without what follows its last dot.
pub(super) fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::Part::{Ground, Series};
    use super::part_of;

    #[test]
    fn a_path_says_to_which_part_a_file_belongs() {
        let check = |path, want| assert_eq!(part_of(path), want, "{path}");
        check("meetings/oci-weekly/series.md", Series("oci-weekly"));
        check("meetings/OCI Weekly/photo.png", Series("OCI Weekly"));
        check("meetings/series.md", Ground);
        check("meetings/weekly/2026/series.md", Ground);
        check("holidays/us.toml", Ground);
        check("site.toml", Ground);
        check("", Ground);
    }
}
