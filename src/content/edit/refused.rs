//! Why edits are not made.

use crate::content::Diagnostics;
use crate::model::{Local, Slug};
use std::fmt;

/// Why edits are not made; `Display` says it in a sentence without full stop, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The content has mistakes already.
    Broken(Diagnostics),
    /// With the edits the content would have mistakes.
    Breaks(Diagnostics),
    /// There is no such series.
    NoSeries {
        /// Its short name.
        series: Slug,
    },
    /// The series has no such meeting, or two on a day that was named without a time.
    NoMeeting {
        /// Whose.
        series: Slug,
        /// What was given as the recurrence-id.
        id: Local,
    },
    /// The date has a file already.
    HasFile {
        /// Which.
        path: String,
    },
    /// The records are not in the form `[[record]]`, the only one that is edited.
    OtherForm {
        /// In which file.
        path: String,
    },
}

/// Content that cannot be read is content that has mistakes already.
impl From<Diagnostics> for Refused {
    fn from(mistakes: Diagnostics) -> Refused {
        Refused::Broken(mistakes)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Broken(mistakes) => {
                write!(f, "the content has {}: mend that first", counted(mistakes))
            }
            Refused::Breaks(mistakes) => {
                write!(f, "the content would then have {}", counted(mistakes))
            }
            Refused::NoSeries { series } => {
                write!(f, "there is no series `{series}`: name one in `meetings`")
            }
            Refused::NoMeeting { series, id } => write!(
                f,
                "`{id}` names no meeting of `{series}`, or two: `convene dates {series}` lists them"
            ),
            Refused::HasFile { path } => {
                write!(f, "`{path}` is about that date already: edit it by hand")
            }
            Refused::OtherForm { path } => write!(
                f,
                "the records in `{path}` are not written as `[[record]]`: rewrite them so, each \
                 key on a line of its own"
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// How many mistakes, and the first of them.
fn counted(mistakes: &Diagnostics) -> String {
    let count = match mistakes.len() {
        1 => "a mistake".to_owned(),
        n => format!("{n} mistakes"),
    };
    let first = mistakes.iter().next().map(|first| {
        format!(
            "`{}:{}:{}: {}` ({})",
            first.path, first.line, first.column, first.message, first.help
        )
    });
    format!(
        "{count}, {}{}",
        if mistakes.len() > 1 { "the first " } else { "" },
        first.unwrap_or_default()
    )
}
