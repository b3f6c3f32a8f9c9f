//! `meetings/<series>/records.toml`: what past meetings left behind.
//!
//! `[[record]]` with `date` (with its time where two meetings are on that day), `minutes`,
//! `recording` (one or a list) and `published`, the moment the recordings were first seen. Minutes
//! or a recording have to be there.

use super::front_matter;
use super::reader::Keys;
use super::source::{Read, Reported, Source, Spanned};
use super::value::{instant, link, local, spanned};
use crate::model::{Local, Record};

/// A record and the date it names.
pub(super) struct Entry {
    pub(super) date: Spanned<Local>,
    pub(super) record: Record,
}

/// Reads the file, as far as each record can be read.
pub(super) fn read(source: &Source<'_>) -> Vec<Read<Entry>> {
    let node = front_matter::read_toml(source);
    let mut keys = Keys::of(source, &node);
    let mut entries = keys.tables("record", entry);
    if keys.finish().is_err() || source.unless_syntax(()).is_err() {
        entries.push(Err(Reported));
    }
    entries
}

fn entry(mut keys: Keys<'_>) -> Read<Entry> {
    let date = keys.required("date", "2026-11-19", |at| spanned(local)(at));
    let minutes = keys.optional("minutes", link);
    let recordings = keys.list("recording", link);
    let published = keys.optional("published", instant);
    let known = keys.finish();
    let record = Record { minutes: minutes?, recordings: recordings?, published: published? };
    known?;
    if record.minutes.is_none() && record.recordings.is_empty() {
        let message = "this record has neither `minutes` nor `recording`";
        return Err(keys.source.note_key(keys.span.clone(), message, "add one, or delete it"));
    }
    Ok(Entry { date: date?, record })
}
