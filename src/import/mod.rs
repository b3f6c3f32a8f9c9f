//! From a calendar that somebody else's program made to the files of a content folder.
//!
//! Pure: bytes in, files and notes out. What comes in is hostile until shown otherwise: its size, how deep
//! and how many its components are, and how many dates it names are bounded, and whatever the content would
//! refuse is left out with a note. The lines of a calendar are read by our own reader: notes name the line,
//! and what no parser takes (a lacking END, a zone without its quotes, `EXDATE;TZIP=`) is understood all the same.
//!
//! `ics` reads iCalendar into `draft`s, `repeat` turns rules into `every` and `on`, `written` writes.
//! `rust_lang`, `yaml2ical` and `sigs` read what other communities keep their meetings in, and say it to `ics`
//! in iCalendar's words with the lines of their file; `format` tells which of the four a file is.

mod details;
mod draft;
mod format;
mod holidays;
mod ics;
mod repeat;
mod rust_lang;
mod sigs;
mod written;
mod yaml2ical;

pub(crate) use details::without_passcode;
pub use holidays::holidays;

use crate::content::{SourceFile, parse};
use crate::model::{Slug, Zone};
use chrono::{DateTime, TimeDelta, Utc};
use draft::Draft;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 10 << 20;

/// What the file itself does not say.
#[derive(Clone, Debug)]
pub struct Options {
    /// The present: when what has no date of its own became known.
    pub now: DateTime<Utc>,
    /// The zone of floating times; the calendar's own where there is none.
    pub zone: Option<Zone>,
    /// The zone of the site into which it goes, where that is there already.
    pub site_zone: Option<Zone>,
    /// How long a meeting is where nothing says it: the site's length.
    pub lasts: TimeDelta,
    /// The name of the only series, where that is not to be made from its title.
    pub series: Option<Slug>,
    /// Names of series that are taken.
    pub taken: BTreeSet<Slug>,
}

/// What was made of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// What the calendar calls itself.
    pub name: Option<String>,
    /// The zone that files leave out: the site's, the calendar's own, or that of most meetings.
    pub zone: Zone,
    /// The right-hand side of most UIDs, where it is a domain name.
    pub domain: Option<String>,
    /// The series that were made.
    pub series: Vec<Slug>,
    /// Their files, in order of path.
    pub files: Vec<SourceFile>,
    /// What could not be kept, and what was understood in spite of the file; in order of lines.
    pub notes: Vec<Note>,
}

/// Something about the file that a person should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The first line that it is about, from 1; 0 for the whole file.
    pub line: usize,
    /// What it is, without full stop.
    pub text: String,
    /// On how many more lines it is so.
    pub more: usize,
}

impl Note {
    fn at(line: usize, text: impl Into<String>) -> Note {
        Note { line, text: text.into(), more: 0 }
    }

    fn of_file(text: impl Into<String>) -> Note {
        Note::at(0, text)
    }
}

/// Why nothing could be made of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// Why, without full stop.
    pub reason: String,
}

impl Unreadable {
    fn at(line: usize, reason: impl Into<String>) -> Unreadable {
        Unreadable { line, reason: reason.into() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.reason),
            line => write!(f, "line {line}: {}", self.reason),
        }
    }
}

/// Makes content of an iCalendar file, or of one of the other formats that are read.
///
/// What it makes is content that [`parse`] takes, next to any `site.toml`.
///
/// # Errors
/// A file that is too large, is in no format that is read, or has no event that could be kept.
pub fn import(bytes: &[u8], options: &Options) -> Result<Imported, Unreadable> {
    let imported = import_any(bytes, options)?;
    if imported.files.is_empty() {
        let first = imported.notes.first();
        let why = first.map(|note| format!(": {}", note.text)).unwrap_or_default();
        return Err(Unreadable::at(0, format!("there is no meeting in it that can be kept{why}")));
    }
    Ok(imported)
}

/// As [`import`], but a calendar in which there is no meeting that could be kept is one too, without
/// series.
///
/// # Errors
/// A file that is too large or is no calendar.
pub fn import_any(bytes: &[u8], options: &Options) -> Result<Imported, Unreadable> {
    let mut notes = Vec::new();
    let read = format::read(without_mark(bytes)?, options, &mut notes)?;
    let mut taken = options.taken.clone();
    let (mut series, mut files) = (Vec::new(), Vec::new());
    let only = options.series.as_ref().filter(|_| read.drafts.len() == 1);
    for draft in &read.drafts {
        let made_up = || draft::slug(draft.title.as_str(), &taken);
        let Some(slug) = only.cloned().or_else(made_up) else { continue };
        match checked(draft, &slug, read.zone, options) {
            Ok(made) => {
                files.extend(made);
                taken.insert(slug.clone());
                series.push(slug);
            }
            Err(why) => {
                let text = format!("`{}` was left out: {why}", draft.title);
                notes.push(Note::at(draft.line, text));
            }
        }
    }
    let notes = told_once(notes);
    files.sort_by(|a: &SourceFile, b| a.path.cmp(&b.path));
    Ok(Imported { name: read.name, zone: read.zone, domain: read.domain, series, files, notes })
}

/// In order of lines, and each text once.
fn told_once(mut notes: Vec<Note>) -> Vec<Note> {
    notes.sort();
    notes.dedup();
    let mut told: Vec<Note> = Vec::with_capacity(notes.len());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for note in notes {
        match places.get(&note.text).and_then(|at| told.get_mut(*at)) {
            Some(first) => first.more += 1,
            None => {
                places.insert(note.text.clone(), told.len());
                told.push(note);
            }
        }
    }
    told
}

impl fmt::Display for Note {
    /// The text, and on how many more lines it is so.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match self.more {
            0 => Ok(()),
            1 => f.write_str(" (and on one more line)"),
            more => write!(f, " (and on {more} more lines)"),
        }
    }
}

/// The draft's files, where the content takes them.
fn checked(
    draft: &Draft,
    slug: &Slug,
    zone: Zone,
    options: &Options,
) -> Result<Vec<SourceFile>, String> {
    // What a site that is there has for a usual length is not known here, so each is written.
    let usual = if options.site_zone.is_some() { TimeDelta::zero() } else { options.lasts };
    let files = written::files(draft, slug, zone, usual);
    let all: Vec<SourceFile> =
        files.iter().cloned().chain(written::stand_in_site(zone, options.lasts)).collect();
    match parse(&all) {
        Ok(_) => Ok(files),
        Err(mistakes) => match mistakes.iter().next() {
            Some(first) => Err(first.message.clone()),
            None => Err("the content would refuse it".to_owned()),
        },
    }
}

/// The files of such a community alone, so that they can be parsed: a site, and what was made.
pub fn alone(imported: &Imported, lasts: TimeDelta) -> Vec<SourceFile> {
    let site = written::stand_in_site(imported.zone, lasts);
    imported.files.iter().cloned().chain(site).collect()
}

/// A piece of foreign text that fits into a message, in its quotes.
fn quoted(text: &str) -> String {
    let short: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    format!("`{short}`")
}

/// What comes after a byte order mark.
fn without_mark(bytes: &[u8]) -> Result<&[u8], Unreadable> {
    match bytes {
        _ if bytes.len() > MOST_BYTES => Err(Unreadable::at(0, "it is larger than 10 MiB")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            Err(Unreadable::at(0, "it is UTF-16: save it as UTF-8"))
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => Ok(rest),
        _ => Ok(bytes),
    }
}
