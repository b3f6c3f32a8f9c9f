//! Edits of the content: from its files' text and what is to change, to the files' new text.
//!
//! Text is spliced and never written anew, so that whatever a person wrote (comments, order, blank
//! lines, quotes, line ends) stays byte for byte. The content is read before and after: an edit
//! that would leave a mistake in it is refused. `store::apply` is what writes the result.

mod dated;
mod days;
mod diff;
mod founded;
mod list;
mod recorded;
mod records;
mod refused;
mod splice;
pub(crate) mod written;

pub use dated::Decision;
pub use diff::diff;
pub use founded::{NewCommunity, NewSeries};
pub use recorded::{Left, recorded};
pub use refused::Refused;

use super::{SourceFile, parse};
use crate::model::{Community, Line, Local, Record, Series, Slug};
use crate::schedule::{Occurrence, holiday, occurrence_of};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// One change of the content.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds or changes the record of one meeting in `meetings/<series>/records.toml`.
    Record {
        /// Whose meeting.
        series: Slug,
        /// The meeting's recurrence-id.
        id: Local,
        /// All that the record says afterwards: what it does not have is taken out of the file.
        record: Record,
    },
    /// Writes `meetings/<series>/<date>.md`, the file of one date, which must not be there yet.
    Cancelled {
        /// Whose meeting.
        series: Slug,
        /// The meeting's recurrence-id.
        id: Local,
        /// Why, where that was said; a bare "yes" or "no" is no reason and left out.
        reason: Option<Line>,
        /// When that became known.
        announced: DateTime<Utc>,
    },
    /// Writes a file that must not be there yet.
    New {
        /// The whole file.
        file: SourceFile,
    },
    /// Writes the file of one date, or changes it, as a person who decides something would.
    Decided {
        /// Whose meeting.
        series: Slug,
        /// The meeting's recurrence-id, or its day alone where it is the only one; of one that is added
        /// its start.
        id: Local,
        /// What is decided.
        decision: Decision,
        /// The present: when that became known.
        at: DateTime<Utc>,
    },
}

/// The files that change, each with its whole new text, in order of path.
///
/// Files that are not returned stay as they are; edits that change nothing give no file, so the same
/// edits give none a second time, but for decisions, which are refused then. Of two records for one
/// meeting the later counts, and of two decisions. Moments are written in whole seconds.
///
/// ```
/// # use convene::content::{SourceFile, edit::{Edit, edited}};
/// # fn apply(files: &[SourceFile], edits: &[Edit]) {
/// match edited(files, edits) {
///     Ok(changed) => println!("{} files change", changed.len()),
///     Err(refused) => println!("{refused}"),
/// }
/// # }
/// ```
///
/// # Errors
/// Content that has mistakes, before the edits or because of them; a series or a meeting that is not
/// there; a date that has a file; records in a form that cannot be added to. Nothing is to be
/// written then.
pub fn edited(files: &[SourceFile], edits: &[Edit]) -> Result<Vec<SourceFile>, Refused> {
    let before = match parse(files) {
        Err(mistakes) if !begins(edits) => return Err(Refused::Broken(mistakes)),
        before => before,
    };
    let series_of = |slug: &Slug| match &before {
        Ok(community) => series_named(community, slug.as_str()),
        Err(mistakes) => Err(Refused::Broken(mistakes.clone())),
    };
    let mut changed: BTreeMap<String, SourceFile> = BTreeMap::new();
    let mut records: BTreeMap<&Slug, BTreeMap<Local, &Record>> = BTreeMap::new();
    for edit in edits {
        match edit {
            Edit::Record { series, id, record } => {
                let id = days::meeting(series_of(series)?, *id)?;
                records.entry(series).or_default().insert(id, record);
            }
            Edit::Cancelled { series, id, reason, announced } => {
                let series = series_of(series)?;
                let id = days::meeting(series, *id)?;
                let file = dated::cancelled(series, id, reason.as_ref(), *announced);
                dated::check_new(files, changed.values(), series, id, &file)?;
                changed.insert(file.path.clone(), file);
            }
            Edit::New { file } => {
                if files.iter().any(|other| other.path == file.path) {
                    return Err(Refused::HasFile { path: file.path.clone() });
                }
                changed.insert(file.path.clone(), file.clone());
            }
            Edit::Decided { series, id, decision, at } => {
                let series = series_of(series)?;
                let file = dated::edited(files, series, *id, decision, *at)?;
                changed.insert(file.path.clone(), file);
            }
        }
    }
    for (slug, wanted) in records {
        let file = records::edited(files, series_of(slug)?, &wanted)?;
        changed.insert(file.path.clone(), file);
    }
    let changed: Vec<SourceFile> =
        changed.into_values().filter(|file| !files.contains(file)).collect();
    parse(&replaced(files, &changed)).map_err(Refused::Breaks)?;
    Ok(changed)
}

/// Whether the edits need nothing that is there, so that they can make a folder content.
fn begins(edits: &[Edit]) -> bool {
    !edits.is_empty() && edits.iter().all(|edit| matches!(edit, Edit::New { .. }))
}

/// The content as it is once the changed files are written.
pub fn replaced(files: &[SourceFile], changed: &[SourceFile]) -> Vec<SourceFile> {
    let stays = |file: &&SourceFile| changed.iter().all(|new| new.path != file.path);
    let mut all: Vec<SourceFile> = files.iter().filter(stays).chain(changed).cloned().collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// The series' meetings of those days of which that can be decided, so that something changes.
///
/// A meeting counts on the day on which it begins, one of whole days on each of them. What is taken back
/// is also that of a meeting which is planned for one of the days and was moved away.
///
/// # Errors
/// None is there.
pub fn decidable(
    community: &Community,
    series: &Series,
    days: &RangeInclusive<NaiveDate>,
    decision: &Decision,
) -> Result<Vec<Local>, Refused> {
    let is_meant = |o: &Occurrence<'_>| match decision {
        Decision::Restored => days::takes_place(o, days) || days.contains(&o.recurrence_id.date()),
        Decision::Kept => days::takes_place(o, days) && holiday(community, o).is_some(),
        _ => days::takes_place(o, days),
    };
    let is_news = |id: &Local| {
        occurrence_of(series, *id).is_some_and(|o| is_meant(&o) && dated::is_news(&o, decision))
    };
    let all: Vec<Local> = days::between(series, days).into_iter().filter(is_news).collect();
    let (from, to) = (*days.start(), *days.end());
    match all.is_empty() {
        true => Err(Refused::NothingThere { series: series.slug.clone(), from, to }),
        false => Ok(all),
    }
}

/// The meeting that a date, or date and time, names, and that is on a holiday: its recurrence-id.
///
/// # Errors
/// There is none, or there are two; it is on no day of the lists that its series goes by.
pub fn on_holiday(community: &Community, series: &Series, name: Local) -> Result<Local, Refused> {
    let id = meeting(series, name)?;
    match occurrence_of(series, id).and_then(|o| holiday(community, &o)) {
        Some(_) => Ok(id),
        None => Err(Refused::Pointless {
            series: series.slug.clone(),
            id: days::name(series, id),
            why: "is on no day of the lists of holidays that the series goes by: nothing asks \
                  whether it takes place"
                .to_owned(),
        }),
    }
}

/// The meeting that a date, or date and time, names: its recurrence-id.
///
/// # Errors
/// There is none, or there are two; what could have been meant.
pub fn meeting(series: &Series, name: Local) -> Result<Local, Refused> {
    days::meeting(series, name)
}

/// The series of that short name.
///
/// # Errors
/// There is none; what could have been meant.
pub fn series_named<'a>(community: &'a Community, slug: &str) -> Result<&'a Series, Refused> {
    let known = || community.all_series().map(|series| series.slug.clone()).collect();
    community
        .series_named(slug)
        .ok_or_else(|| Refused::NoSeries { series: slug.to_owned(), known: known() })
}
