//! Records in the plain form in which nearly all of them are written, read at once.
//!
//! Five years of ten thousand meetings are 200 MB of records, which a reader of all of TOML that
//! keeps the place of every key takes half a minute for. This one knows `[[record]]`, bare keys,
//! strings on one line, dates, moments in UTC, and lists of those. Wherever it is not certain, and
//! at every mistake, it gives up on the whole file, and `records` reads it: so there is one judge of
//! what is right, and one author of messages.

mod cursor;
#[cfg(test)]
mod tests;

use super::records::Entry;
use super::source::Spanned;
use crate::model::{Few, Found, Line, Link, Local, Record, Shared};
use chrono::{DateTime, Utc};
use cursor::{Cursor, Moment};
use std::ops::Range;

/// Each record of the file, just as `records` would have it; none where anything is not plain.
pub(super) fn read(text: &str) -> Option<Vec<Entry>> {
    let mut cursor = Cursor::new(text);
    let mut kept = Kept { text: String::with_capacity(text.len() / 2), minutes: 0..0 };
    let mut all: Vec<Written> = Vec::new();
    loop {
        cursor.skip_blank()?;
        if cursor.is_at_end() {
            break;
        } else if cursor.take(b"[[record]]") {
            all.push(Written::default());
        } else {
            all.last_mut()?.read_pair(&mut cursor, &mut kept)?;
        }
        cursor.end_line()?;
    }
    let mut links = Links { text: Shared::new(kept.text)?, minutes: None };
    all.into_iter().map(|written| written.entry(&mut links)).collect()
}

/// The text of all links and lines, without what is between them.
struct Kept {
    text: String,
    /// Where the last minutes are: most series have all of theirs at one address.
    minutes: Range<usize>,
}

impl Kept {
    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    fn keep_minutes(&mut self, text: &str) -> Range<usize> {
        if self.text.get(self.minutes.clone()) != Some(text) {
            self.minutes = self.keep(text);
        }
        self.minutes.clone()
    }
}

/// One record as it is written, its links and lines as places in the text that is kept.
#[derive(Default)]
struct Written {
    date: Option<Spanned<Local>>,
    minutes: Option<Range<usize>>,
    minutes_published: Option<DateTime<Utc>>,
    recordings: Option<Few<Range<usize>>>,
    published: Option<Few<DateTime<Utc>>>,
    topics: Option<Few<Range<usize>>>,
    found: Option<Found>,
}

impl Written {
    fn read_pair(&mut self, cursor: &mut Cursor<'_>, kept: &mut Kept) -> Option<()> {
        match cursor.key()? {
            b"date" => once(&mut self.date, cursor.local()?),
            b"minutes" => once(&mut self.minutes, kept.keep_minutes(&cursor.string()?)),
            b"minutes-published" => once(&mut self.minutes_published, instant(cursor)?),
            b"recording" => {
                let links = cursor.list(|cursor| Some(kept.keep(&cursor.string()?)))?;
                once(&mut self.recordings, links)
            }
            b"published" => once(&mut self.published, cursor.list(instant)?),
            b"topics" => {
                let lines = cursor.list(|cursor| Some(kept.keep(&cursor.string()?)))?;
                once(&mut self.topics, lines)
            }
            b"found" => {
                let word = cursor.string()?;
                once(&mut self.found, Found::ALL.into_iter().find(|found| found.as_str() == word)?)
            }
            _ => None,
        }
    }

    fn entry(self, links: &mut Links) -> Option<Entry> {
        let record = Record {
            minutes: match self.minutes {
                Some(place) => Some(links.minutes(place)?),
                None => None,
            },
            minutes_published: self.minutes_published,
            recordings: self.recordings.unwrap_or_default().try_map(|place| links.link(place))?,
            published: self.published.unwrap_or_default(),
            topics: self.topics.unwrap_or_default().try_map(|place| links.line(place))?,
            found: self.found,
        };
        let (moments, recordings) = (record.published.len(), record.recordings.len());
        let says_something =
            record.minutes.is_some() || recordings > 0 || !record.topics.is_empty();
        let fits = says_something && (moments <= 1 || moments == recordings);
        Some(Entry { date: self.date?, record }).filter(|_| fits)
    }
}

/// The first value of a key; a second one is a mistake.
fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

fn instant(cursor: &mut Cursor<'_>) -> Option<DateTime<Utc>> {
    match cursor.moment()? {
        Moment::Utc(moment) => Some(moment),
        Moment::Local(_) => None,
    }
}

/// The links and lines of a file, which share its text.
struct Links {
    text: Shared,
    /// The last minutes, and where they are.
    minutes: Option<(Range<usize>, Link)>,
}

impl Links {
    fn link(&self, place: Range<usize>) -> Option<Link> {
        Link::of(self.text.part(place)?)
    }

    fn line(&self, place: Range<usize>) -> Option<Line> {
        Line::of(self.text.part(place)?)
    }

    fn minutes(&mut self, place: Range<usize>) -> Option<Link> {
        match &self.minutes {
            Some((known, link)) if *known == place => Some(link.clone()),
            _ => {
                let link = self.link(place.clone())?;
                self.minutes = Some((place, link.clone()));
                Some(link)
            }
        }
    }
}
