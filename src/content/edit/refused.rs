//! Why edits are not made.

use crate::content::{Diagnostics, nearest};
use crate::model::{Local, Slug};
use chrono::NaiveDate;
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
        /// What was given as its short name.
        series: String,
        /// The short names of all series there are.
        known: Vec<Slug>,
    },
    /// The series has no such meeting, or two on a day that was named without a time.
    NoMeeting {
        /// Whose.
        series: Slug,
        /// What was given as the recurrence-id.
        id: Local,
        /// A meeting that was moved to that day.
        moved: Option<Local>,
        /// What could have been meant: two that day, or the last before and the first after.
        near: Vec<Local>,
    },
    /// Nothing would change, or it does not fit what was decided before.
    Pointless {
        /// Whose meeting.
        series: Slug,
        /// Which.
        id: Local,
        /// Why, to be read after the meeting's name.
        why: String,
    },
    /// Nothing within a range of days that this could be decided of.
    NothingThere {
        /// Whose meetings.
        series: Slug,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// What is to be new has a file already.
    HasFile {
        /// Which.
        path: String,
    },
    /// The keys of a date's file are within braces, where none has a line of its own.
    Braces {
        /// In which file.
        path: String,
        /// Where they begin, 1 for the first line.
        line: usize,
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
            Refused::NoSeries { series, known } => no_series(f, series, known),
            Refused::NoMeeting { series, id, moved, near } => {
                no_meeting(f, series, *id, *moved, near)
            }
            Refused::Pointless { series, id, why } => write!(f, "`{id}` of `{series}` {why}"),
            Refused::NothingThere { series, from, to } => write!(
                f,
                "`{series}` has no meeting from {from} to {to} of which that could be said: \
                 `convene dates {series} --from {from} --to {to}` lists what there is"
            ),
            Refused::HasFile { path } => {
                write!(f, "`{path}` is there already: edit it by hand")
            }
            Refused::Braces { path, line } => write!(
                f,
                "`{path}:{line}` has its keys within braces, which are never edited: take `{{` and \
                 `}}` away, and write each `key: value` on a line of its own, without a comma at its end"
            ),
            Refused::OtherForm { path } => write!(
                f,
                "the records in `{path}` are not written as `[[record]]`: rewrite them so, each \
                 key on a line of its own"
            ),
        }
    }
}

impl std::error::Error for Refused {}

fn no_series(f: &mut fmt::Formatter<'_>, series: &str, known: &[Slug]) -> fmt::Result {
    let names: Vec<&str> = known.iter().map(Slug::as_str).collect();
    let meant = nearest(series, names.iter().copied());
    write!(f, "there is no series `{series}`: ")?;
    match (names.is_empty(), meant) {
        (true, _) => f.write_str("the content has none"),
        (_, Some(near)) => write!(f, "did you mean `{near}`? there is: {}", names.join(", ")),
        (_, None) => write!(f, "there is: {}", names.join(", ")),
    }
}

fn no_meeting(
    f: &mut fmt::Formatter<'_>,
    series: &Slug,
    id: Local,
    moved: Option<Local>,
    near: &[Local],
) -> fmt::Result {
    let day = |id: &Local| format!("{} ({})", id, id.date().format("%A"));
    let is_that_day = near.iter().all(|near| near.date() == id.date());
    let near: Vec<String> = near.iter().map(day).collect();
    if near.len() > 1 && is_that_day {
        let which = near.join(" and ");
        return write!(
            f,
            "`{series}` has {} meetings on {}: {which}; name one by its time",
            near.len(),
            id.date()
        );
    }
    write!(f, "`{series}` has no meeting on `{id}`, a {}", id.date().format("%A"))?;
    match (moved, near.as_slice()) {
        (Some(moved), _) => write!(f, ": the one of {} was moved to that day", day(&moved)),
        (None, [one, two]) => write!(f, ": the nearest are {one} and {two}"),
        (None, [one]) => write!(f, ": the nearest is {one}"),
        _ => write!(f, ": `convene dates {series}` lists them"),
    }
}

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
