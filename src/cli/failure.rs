//! Why a command did not do what was asked.

use super::content::BadContent;
use crate::error::Error;
use std::fmt;
use std::process::ExitCode;

/// Why a command did not do what was asked; `Display` is what people are told of it.
pub(super) enum Failure {
    /// The content has mistakes.
    Content(BadContent),
    /// What was asked for is not there.
    Answer(String),
    /// The command was misused in a way that only the content shows.
    Misuse(String),
    /// The world failed.
    World(Error),
    /// All was said already.
    Told,
}

impl Failure {
    /// Edits that were not written: where they were refused nothing but the reason, since the author
    /// knows in which folder.
    pub(super) fn of_edits(error: Error) -> Failure {
        match error {
            Error::Refused { reason, .. } => Failure::Answer(reason),
            error => Failure::World(error),
        }
    }

    /// What went wrong in one line, without what authors have to mend.
    pub(super) fn summary(&self) -> String {
        match self {
            Failure::Content(bad) => bad.summary(),
            Failure::Answer(text) | Failure::Misuse(text) => text.clone(),
            Failure::World(error) => error.to_string(),
            Failure::Told => String::new(),
        }
    }

    /// 2 for misuse, else 1.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Misuse(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Content(bad) => bad.fmt(f),
            Failure::Answer(text) | Failure::Misuse(text) => writeln!(f, "error: {text}"),
            Failure::World(error) => writeln!(f, "error: {error}"),
            Failure::Told => Ok(()),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::World(error)
    }
}
