//! Edits of the content: from its files' text and what is to change, to the files' new text.
//!
//! Text is spliced and never written anew, so that whatever a person wrote (comments, order, blank
//! lines, quotes, line ends) stays byte for byte. The content is read before and after: an edit
//! that would leave a mistake in it is refused. `store::apply` is what writes the result.

mod cancelled;
mod days;
mod diff;
mod list;
mod records;
mod refused;
mod splice;
mod written;

pub use diff::diff;
pub use refused::Refused;

use super::{SourceFile, parse};
use crate::model::{Community, Line, Local, Record, Series, Slug};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

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
}

/// The files that change, each with its whole new text, in order of path.
///
/// Files that are not returned stay as they are; edits that change nothing give no file, so the same
/// edits give none a second time. Of two records for one meeting the later counts. Moments are
/// written in whole seconds.
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
    let community = parse(files).map_err(Refused::Broken)?;
    let mut changed: BTreeMap<String, SourceFile> = BTreeMap::new();
    let mut records: BTreeMap<&Slug, BTreeMap<Local, &Record>> = BTreeMap::new();
    for edit in edits {
        match edit {
            Edit::Record { series, id, record } => {
                let id = days::meeting(series_of(&community, series)?, *id)?;
                records.entry(series).or_default().insert(id, record);
            }
            Edit::Cancelled { series, id, reason, announced } => {
                let series = series_of(&community, series)?;
                let id = days::meeting(series, *id)?;
                let file = cancelled::file(series, id, reason.as_ref(), *announced);
                cancelled::check_new(files, changed.values(), series, id, &file)?;
                changed.insert(file.path.clone(), file);
            }
        }
    }
    for (slug, wanted) in records {
        let file = records::edited(files, series_of(&community, slug)?, &wanted)?;
        changed.insert(file.path.clone(), file);
    }
    let changed: Vec<SourceFile> =
        changed.into_values().filter(|file| !files.contains(file)).collect();
    parse(&replaced(files, &changed)).map_err(Refused::Breaks)?;
    Ok(changed)
}

/// The content as it is once the changed files are written.
pub fn replaced(files: &[SourceFile], changed: &[SourceFile]) -> Vec<SourceFile> {
    let stays = |file: &&SourceFile| changed.iter().all(|new| new.path != file.path);
    let mut all: Vec<SourceFile> = files.iter().filter(stays).chain(changed).cloned().collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn series_of<'a>(community: &'a Community, slug: &Slug) -> Result<&'a Series, Refused> {
    let found = community.all_series().find(|series| series.slug == *slug);
    found.ok_or_else(|| Refused::NoSeries { series: slug.clone() })
}
