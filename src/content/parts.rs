//! The content in parts: what all series share, and each series' own folder.

use super::{Diagnostics, SourceFile, parse};
use crate::model::Community;

/// Whose part of the content a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// What all series share.
    Ground,
    /// The series of that folder.
    Series(&'a str),
}

/// The part that a file of that path is in.
pub fn part_of(path: &str) -> Part<'_> {
    let mut names = path.split('/');
    match (names.next(), names.next(), names.next(), names.next()) {
        (Some("meetings"), Some(series), Some(_), None) => Part::Series(series),
        _ => Part::Ground,
    }
}

/// What all series share.
#[derive(Debug)]
pub struct Ground(Vec<SourceFile>);

impl Ground {
    /// Reads it.
    pub fn read(files: &[SourceFile]) -> Ground {
        Ground(files.to_vec())
    }

    /// Whether series are read alike on both.
    pub fn reads_alike(&self, other: &Ground) -> bool {
        let shared = |ground: &Ground| {
            let is_shared = |f: &&SourceFile| f.path == "site.toml" || f.path.starts_with("hol");
            ground.0.iter().filter(is_shared).cloned().collect::<Vec<_>>()
        };
        shared(self) == shared(other)
    }
}

/// One series.
#[derive(Debug)]
pub struct SeriesPart(Vec<SourceFile>);

impl SeriesPart {
    /// Reads it.
    pub fn read(_name: &str, files: &[SourceFile], _ground: &Ground) -> SeriesPart {
        SeriesPart(files.to_vec())
    }
}

/// Puts all together.
///
/// # Errors
/// All mistakes.
pub fn join<'a>(
    ground: &Ground,
    series: impl IntoIterator<Item = &'a SeriesPart>,
) -> Result<Community, Diagnostics> {
    let mut files = ground.0.clone();
    files.extend(series.into_iter().flat_map(|part| part.0.iter().cloned()));
    parse(&files)
}
