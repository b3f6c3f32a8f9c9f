//! From the content folder's files to a [`Community`], or to diagnostics of every mistake in them.
//!
//! Pure: the files' bytes come in, `store` has read them. Imports `model`, and `schedule` to tell
//! whether a date hits an occurrence and a local time exists.

use crate::model::Community;

/// One file of the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path within the folder, with `/` between the parts: `meetings/oci-weekly/series.md`.
    pub path: String,
    /// What is in it; a file that is not UTF-8 is a mistake.
    pub bytes: Vec<u8>,
}

/// Every mistake found in a content folder, in order of path and line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

/// One mistake of an author, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file's path within the content folder.
    pub path: String,
    /// 1 for the first.
    pub line: usize,
    /// 1 for the first, in characters.
    pub column: usize,
    /// What is wrong, in one plain sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// Reads the whole folder.
///
/// # Errors
/// All mistakes of all files, in one pass.
pub fn parse(_files: &[SourceFile]) -> Result<Community, Diagnostics> {
    Err(Diagnostics::default())
}
