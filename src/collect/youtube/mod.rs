//! YouTube's Atom feed of a channel or a playlist: its 15 newest, or first, videos.

mod address;

pub(crate) use address::addresses;
pub use address::video_link;

use super::text::{is_page, line};
use crate::model::{Line, Link, VideoId};
use chrono::{DateTime, Utc};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use std::fmt;

/// The longest feed that is read, in bytes.
const MOST_BYTES: usize = 2 << 20;

/// The most videos that are taken from a feed.
const MOST_VIDEOS: usize = 500;

/// A video of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Video {
    /// Its address, `https://youtu.be/` and its id.
    pub link: Link,
    /// What it is called.
    pub title: Line,
    /// When it was first to be seen.
    pub published: DateTime<Utc>,
}

/// Why an answer is no feed of videos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAFeed {
    /// There is nothing.
    Empty,
    /// More than 2 MiB.
    TooLong,
    /// A web page: YouTube's for errors, as a rule.
    Page,
    /// XML that breaks off, or none.
    Broken,
}

impl fmt::Display for NotAFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotAFeed::Empty => "the answer is empty; YouTube does that at times, and it passes",
            NotAFeed::TooLong => "the answer is longer than 2 MiB, which no list of videos is",
            NotAFeed::Page => {
                "the answer is a web page and no feed; YouTube does that at times, and it passes"
            }
            NotAFeed::Broken => "the answer is no Atom feed, or breaks off",
        })
    }
}

impl std::error::Error for NotAFeed {}

/// The videos of a feed, in its order.
///
/// What `updated` says is not looked at: it moves with every view. An entry without an id, a title or a
/// moment is passed over.
///
/// ```
/// use convene::collect::youtube::{NotAFeed, read};
/// assert_eq!(read(b"<!DOCTYPE html><html>404</html>"), Err(NotAFeed::Page));
/// assert_eq!(read(b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>"), Ok(vec![]));
/// ```
///
/// # Errors
/// A web page, an empty or a long answer, or XML that is broken.
pub fn read(xml: &[u8]) -> Result<Vec<Video>, NotAFeed> {
    if xml.len() > MOST_BYTES {
        return Err(NotAFeed::TooLong);
    }
    let text = std::str::from_utf8(xml).map_err(|_| NotAFeed::Broken)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(NotAFeed::Empty);
    }
    if is_page(text) {
        return Err(NotAFeed::Page);
    }
    entries(text).ok_or(NotAFeed::Broken)
}

/// The entries of a well-formed feed.
fn entries(text: &str) -> Option<Vec<Video>> {
    let mut reader = Reader::from_str(text);
    let mut walk = Walk::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => walk.open(tag.local_name().as_ref())?,
            Event::End(_) => walk.close(),
            Event::Text(text) => walk.text(&text.decode().ok()?),
            Event::CData(text) => walk.text(&text.decode().ok()?),
            Event::GeneralRef(reference) => walk.text(&character(&reference)?),
            Event::Eof if walk.depth == 0 && walk.has_feed => return Some(walk.videos),
            Event::Eof => return None,
            _ => {}
        }
        if walk.videos.len() >= MOST_VIDEOS {
            return Some(walk.videos);
        }
    }
}

fn character(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(c) = reference.resolve_char_ref().ok()? {
        return Some(c.to_string());
    }
    let name = reference.decode().ok()?;
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
}

/// Where in the feed the reader is, and what it has read of the entry.
#[derive(Default)]
struct Walk {
    depth: usize,
    has_feed: bool,
    in_entry: bool,
    field: Option<Field>,
    id: String,
    title: String,
    published: String,
    videos: Vec<Video>,
}

#[derive(Clone, Copy)]
enum Field {
    Id,
    Title,
    Published,
}

impl Walk {
    /// An element begins; none where the first is no feed.
    fn open(&mut self, name: &[u8]) -> Option<()> {
        self.depth += 1;
        match (self.depth, name) {
            (1, b"feed") => self.has_feed = true,
            (1, _) => return None,
            (2, b"entry") => self.in_entry = true,
            // At this depth alone: `media:title` lies deeper.
            (3, _) if self.in_entry => {
                self.field = match name {
                    b"videoId" => Some(Field::Id),
                    b"title" => Some(Field::Title),
                    b"published" => Some(Field::Published),
                    _ => None,
                }
            }
            _ => {}
        }
        Some(())
    }

    fn close(&mut self) {
        match self.depth {
            2 if self.in_entry => self.entry(),
            3 => self.field = None,
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) {
        match self.field.filter(|_| self.depth == 3) {
            Some(Field::Id) => self.id.push_str(text),
            Some(Field::Title) => self.title.push_str(text),
            Some(Field::Published) => self.published.push_str(text),
            None => {}
        }
    }

    fn entry(&mut self) {
        self.in_entry = false;
        let (id, title) = (std::mem::take(&mut self.id), std::mem::take(&mut self.title));
        let published = std::mem::take(&mut self.published);
        let published = DateTime::parse_from_rfc3339(published.trim()).ok();
        let video =
            |link| Some(Video { link, title: line(&title, 500)?, published: published?.to_utc() });
        let link = VideoId::new(id.trim()).and_then(|id| id.link());
        self.videos.extend(link.and_then(video));
    }
}
