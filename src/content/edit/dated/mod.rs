//! The file of one date: what a person decides about a meeting, and what the file says then.
//!
//! Facts are added and never deleted: what was announced before a change is changed again goes into
//! `updated`, so that SEQUENCE only rises (RFC 5545 §3.8.7.4).

mod decided;
mod text;

use super::splice::spliced;
use super::{Refused, days, written};
use crate::content::source::{Reported, Source};
use crate::content::tree::Value;
use crate::content::{Diagnostics, SourceFile, date_file, front_matter, moment};
use crate::model::{Details, Line, Local, Series, Zone};
use crate::schedule::{Occurrence, occurrence_of};
use chrono::{DateTime, Utc};

/// What a person decides about one meeting.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It does not take place.
    Cancelled {
        /// Why, where that was said; a bare "yes" or "no" is no reason and left out.
        reason: Option<Line>,
    },
    /// It takes place at another time.
    Moved {
        /// The new local start; a date alone keeps the time of day.
        to: Local,
        /// The zone of the new start; none for the zone that the meeting is planned in.
        zone: Option<Zone>,
    },
    /// It takes place as planned after all: a cancellation or a move is taken back.
    Restored,
    /// It takes place although the day is a holiday.
    Kept,
    /// It takes place, though no slot gives it.
    Added {
        /// The zone of its start; none for the site's.
        zone: Option<Zone>,
        /// What differs from the series; of these the topics, the note and `updated` are not written.
        details: Box<Details>,
    },
}

/// The file of the meeting, new or changed, once that is decided.
///
/// # Errors
/// A meeting that is not there; a decision that would change nothing or does not fit what was decided
/// before; a file that cannot be read.
pub(super) fn edited(
    files: &[SourceFile],
    series: &Series,
    name: Local,
    decision: &Decision,
    at: DateTime<Utc>,
) -> Result<SourceFile, Refused> {
    let id = match decision {
        Decision::Added { .. } => name,
        _ => days::meeting(series, name)?,
    };
    let occurrence = occurrence_of(series, id);
    let path = path(series, id);
    if occurrence.is_none() && files.iter().any(|file| file.path == path) {
        return Err(Refused::HasFile { path });
    }
    let wanted = match occurrence {
        Some(occurrence) => decided::again(&occurrence, decision, at).map_err(|why| {
            let id = days::name(series, id);
            Refused::Pointless { series: series.slug.clone(), id, why }
        })?,
        None => decided::added(id, decision, at),
    };
    let blank = SourceFile { path, bytes: b"+++\n+++\n".to_vec() };
    let file = files.iter().find(|file| is_about(&file.path, series, id)).unwrap_or(&blank);
    let source = Source::new(file);
    let unreadable = |Reported| Refused::Broken(Diagnostics::new(Source::new(file).diagnostics()));
    let document = front_matter::read(&source).map_err(unreadable)?;
    let Value::Table(keys) = &document.keys.value else { return Err(unreadable(Reported)) };
    if let Some(line) = text::braces(&source) {
        return Err(Refused::Braces { path: file.path.clone(), line });
    }
    let splices = text::changed(&source, keys, &wanted);
    Ok(SourceFile { path: file.path.clone(), bytes: spliced(file, &source, splices) })
}

/// Where a file about that meeting goes where there is none.
fn path(series: &Series, id: Local) -> String {
    format!("{}{}.md", folder(series), days::name(series, id).file_stem())
}

/// The file of a date that is cancelled and has no file yet.
pub(super) fn cancelled(
    series: &Series,
    id: Local,
    reason: Option<&Line>,
    announced: DateTime<Utc>,
) -> SourceFile {
    let (cancelled, announced) = (reason_text(reason), written::instant(announced));
    SourceFile {
        path: path(series, id),
        bytes: format!("+++\ncancelled = {cancelled}\nannounced = {announced}\n+++\n").into_bytes(),
    }
}

/// No file is about that date, unless it is this very one.
pub(super) fn check_new<'a>(
    files: &'a [SourceFile],
    changed: impl Iterator<Item = &'a SourceFile>,
    series: &Series,
    id: Local,
    file: &SourceFile,
) -> Result<(), Refused> {
    let mut about = files.iter().chain(changed).filter(|file| is_about(&file.path, series, id));
    match about.find(|other| *other != file) {
        Some(other) => Err(Refused::HasFile { path: other.path.clone() }),
        None => Ok(()),
    }
}

/// A reason as it is written, or `true` for none and for a word that is none.
fn reason_text(reason: Option<&Line>) -> String {
    let reason = reason.filter(|reason| !date_file::is_answer(reason.as_str()));
    reason.map_or("true".to_owned(), |reason| written::text(reason.as_str()))
}

/// A name without a time means the only meeting that a slot gives that day, unless its file adds one;
/// which file adds a meeting is told by its UID.
fn is_about(path: &str, series: &Series, id: Local) -> bool {
    let Some(stem) = path.strip_prefix(&folder(series)).and_then(|name| name.strip_suffix(".md"))
    else {
        return false;
    };
    let Some(name) = moment::file_stem(stem) else { return false };
    if let Some(added) = series.added.get(&id) {
        return added.uid.is_of_added(&series.slug, name);
    }
    let adds = || series.added.values().any(|added| added.uid.is_of_added(&series.slug, name));
    let by_day = || days::given_on(series, id.date()) == [id] && !adds();
    name == id || (name == Local::Date(id.date()) && by_day())
}

fn folder(series: &Series) -> String {
    format!("meetings/{}/", series.slug)
}

/// Whether that can be decided of the meeting, so that something changes.
pub(super) fn is_news(occurrence: &Occurrence<'_>, decision: &Decision) -> bool {
    decided::again(occurrence, decision, DateTime::UNIX_EPOCH).is_ok()
}
