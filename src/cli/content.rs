//! The content folder as every command needs it.

use super::args::Common;
use super::failure::Failure;
use super::output::count;
use crate::content::Diagnostics;
use crate::intake::{Intake, Revision};
use crate::model::Community;
use std::fmt;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// A content folder without mistakes.
pub(super) struct Content {
    /// How many files it has.
    pub(super) files: usize,
    /// What is in them.
    pub(super) community: Community,
    /// Which content it is.
    pub(super) revision: Revision,
    /// What has read them.
    pub(super) intake: Intake,
}

/// A content folder with mistakes.
pub(super) struct BadContent {
    folder: PathBuf,
    /// All of them.
    pub(super) mistakes: Diagnostics,
}

/// Draws what was found in the content folder, each under its source line, in colour where
/// people look on.
pub(super) fn draw(found: &Diagnostics, folder: &Path) -> String {
    let prefix = format!("{}/", folder.display().to_string().trim_end_matches('/'));
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    found.render(&prefix, colour)
}

/// Reads the content folder.
///
/// # Errors
/// Mistakes in it, or a folder that cannot be read.
pub(super) fn load(common: &Common) -> Result<Content, Failure> {
    load_from(&common.content)
}

/// Reads a content folder, as [`load`].
///
/// # Errors
/// As [`load`].
pub(super) fn load_from(folder: &Path) -> Result<Content, Failure> {
    let mut intake = Intake::new(folder);
    let taken = intake.load()?;
    let (files, revision) = (taken.files, taken.revision);
    match taken.community {
        Ok(community) => Ok(Content { files, community, revision, intake }),
        Err(mistakes) => Err(Failure::Content(BadContent { folder: folder.to_owned(), mistakes })),
    }
}

impl BadContent {
    /// How many mistakes there are, and where.
    pub(super) fn summary(&self) -> String {
        format!("{} in `{}`", count(self.mistakes.len(), "mistake"), self.folder.display())
    }
}

impl fmt::Display for BadContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", draw(&self.mistakes, &self.folder))?;
        writeln!(f, "error: {}", self.summary())
    }
}
