//! `meetings/<series>/records.toml`: what past meetings left behind.
//!
//! `[[record]]` with `date` (with its time where two meetings are on that day), `minutes` and
//! `minutes-published`, the moment they were first seen; `recording`, one or a list, and `published`,
//! the moment all were first seen or a list with one for each; `topics`, one or a list. Minutes, a
//! recording or topics have to be there. `found` (`minutes`, `title` or `window`) says where the
//! collector found the recording, and that it may put the record right.

use super::front_matter;
use super::plain;
use super::reader::Keys;
use super::source::{Read, Reported, Source, Spanned, quote};
use super::suggest::nearest;
use super::value::{At, instant, line, link, local, spanned};
use super::words::or;
use crate::model::{Found, Local, Record};

/// A record and the date it names.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) date: Spanned<Local>,
    pub(super) record: Record,
}

/// Reads the file, as far as each record can be read.
pub(super) fn read(source: &Source<'_>) -> Vec<Read<Entry>> {
    let plain = source.unless_syntax(()).ok().and_then(|()| plain::read(&source.text));
    match plain {
        Some(entries) => entries.into_iter().map(Ok).collect(),
        None => read_any(source),
    }
}

/// Reads the file in whatever form it is.
pub(super) fn read_any(source: &Source<'_>) -> Vec<Read<Entry>> {
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
    let minutes_published = keys.optional("minutes-published", instant);
    let recordings = keys.list("recording", link);
    let published = keys.list("published", instant);
    let topics = keys.list("topics", line);
    let found = keys.optional("found", found);
    let known = keys.finish();
    let record = Record {
        minutes: minutes?,
        minutes_published: minutes_published?,
        recordings: recordings?.into(),
        published: published?.into(),
        topics: topics?.into(),
        found: found?,
    };
    known?;
    check(&keys, &record)?;
    Ok(Entry { date: date?, record })
}

/// A record says something, and its moments belong to what it says.
fn check(keys: &Keys<'_>, record: &Record) -> Read<()> {
    if record.minutes.is_none() && record.recordings.is_empty() && record.topics.is_empty() {
        let message = "this record has neither `minutes` nor `recording` nor `topics`";
        return Err(keys.source.note_key(keys.span.clone(), message, "add one, or delete it"));
    }
    let (moments, recordings) = (record.published.len(), record.recordings.len());
    if moments > 1 && moments != recordings {
        let span = keys.key_span("published").unwrap_or(keys.first_span());
        let message = format!("{moments} moments for {recordings} recordings");
        let help = "write one moment for all, or one for each in the same order";
        return Err(keys.source.note_key(span, message, help));
    }
    Ok(())
}

fn found(at: At<'_>) -> Read<Found> {
    let text = at.text()?;
    if let Some(found) = Found::ALL.into_iter().find(|found| found.as_str() == text) {
        return Ok(found);
    }
    let words = Found::ALL.map(Found::as_str);
    let help = match nearest(text, words) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("write {}, or delete the line", or(words)),
    };
    Err(at.wrong(format!("{} is no place where recordings are found", quote(text)), help))
}
