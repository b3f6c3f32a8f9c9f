//! From the content folder's files to a [`Community`], or to diagnostics of every mistake in them.
//!
//! Pure: the files' bytes come in, `store` has read them. Imports `model`, and `schedule` to tell
//! whether a date hits an occurrence and a local time exists.
//!
//! TOML and YAML are read into one tree of keys and values with their places (`tree`), typed values
//! are taken from it by key (`reader`, `value`), one file here for each kind of content file; then
//! `folder` and `meeting` check what files have to agree on. A mistake is noted where it is found, in
//! its `source`, and what depends on the value is left out: no mistake is reported twice.

mod calendar;
mod clock;
mod date_file;
mod diagnostic;
pub mod edit;
mod folder;
mod front_matter;
mod holidays;
mod lasts;
mod meeting;
mod moment;
mod page;
mod paths;
mod reader;
mod records;
mod rule;
mod series;
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
pub(crate) use suggest::nearest;
pub use warnings::warnings;

use crate::model::Community;
use folder::{Folder, is_content};
use source::Source;

/// One file of the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path within the folder, with `/` between the parts: `meetings/oci-weekly/series.md`.
    pub path: String,
    /// What is in it; a file that is not UTF-8 is a mistake.
    pub bytes: Vec<u8>,
}

/// Reads the whole folder, in whatever order its files are.
///
/// Files that are neither Markdown nor TOML, and hidden ones, are not looked at.
///
/// # Errors
/// All mistakes of all files, in one pass.
pub fn parse(files: &[SourceFile]) -> Result<Community, Diagnostics> {
    let mut files: Vec<&SourceFile> = files.iter().filter(|f| is_content(&f.path)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let sources: Vec<Source<'_>> = files.into_iter().map(Source::new).collect();
    let mut folder = Folder::of(&sources);
    let community = folder.read();
    let mut all = std::mem::take(&mut folder.absent);
    all.extend(sources.iter().flat_map(Source::diagnostics));
    match community {
        Ok(community) if all.is_empty() => Ok(community),
        _ => Err(Diagnostics::new(all)),
    }
}
