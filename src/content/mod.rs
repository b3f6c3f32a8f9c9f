//! From the content folder's files to a [`Community`], or to diagnostics of every mistake in them.
//!
//! Pure: the files' bytes come in, `store` has read them. Imports `model`, and `schedule` to tell
//! whether a date hits an occurrence and a local time exists.
//!
//! TOML and YAML are read into one tree of keys and values with their places (`tree`), typed values
//! are taken from it by key (`reader`, `value`), one file here for each kind of content file; then
//! `meeting` checks what the files of one series have to agree on. A mistake is noted where it is
//! found, in its `source`, and what depends on the value is left out: no mistake is reported twice.
//!
//! Content comes in parts (`part`): the `ground`, and each series' folder (`series_part`), which needs
//! little of the ground and nothing of other series. `join` puts them together. So a change costs
//! what its own part does, and parts can be read at once.

mod calendar;
mod clock;
mod date_file;
mod diagnostic;
pub mod edit;
mod front_matter;
mod ground;
mod holidays;
mod join;
mod lasts;
mod meeting;
mod moment;
mod outline;
mod page;
mod part;
mod paths;
mod plain;
mod reader;
mod records;
mod rule;
pub mod schema;
mod series;
mod series_part;
mod site;
mod slot;
mod source;
mod suggest;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod value;
mod warnings;
mod words;
mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use ground::Ground;
pub use join::join;
pub use lasts::length;
pub(crate) use outline::{Outline, of_toml, of_yaml};
pub use part::{Part, part_of};
pub(crate) use rule::ORDINALS;
pub use series_part::SeriesPart;
pub(crate) use suggest::nearest;
pub use warnings::{Linked, leading_nowhere, linked, warnings};

use crate::model::Community;

/// One file of the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path within the folder, with `/` between the parts: `meetings/oci-weekly/series.md`.
    pub path: String,
    /// What is in it; a file that is not UTF-8 is a mistake.
    pub bytes: Vec<u8>,
}

/// Reads the whole folder, in whatever order its files are: [`join`] of all its parts.
///
/// Files that are neither Markdown nor TOML, and hidden ones, are not looked at.
///
/// # Errors
/// All mistakes of all files, in one pass.
pub fn parse(files: &[SourceFile]) -> Result<Community, Diagnostics> {
    let (ground, series) = part::split(files);
    let ground = Ground::of(ground);
    let series: Vec<SeriesPart> =
        series.into_iter().map(|(name, files)| SeriesPart::of(name, files, &ground)).collect();
    join(&ground, &series)
}
