//! A meeting that recurs.

use super::{Added, Color, Concern, Line, Link, Local, Markdown, Slot, Slug};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// A meeting that recurs; its slug is its folder's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The folder's name, a path segment of everything about the series.
    pub slug: Slug,
    /// What people call it; the SUMMARY of its events.
    pub title: Line,
    /// Where to join.
    pub join: Option<Link>,
    /// The agenda's page.
    pub agenda: Option<Link>,
    /// The room, where people meet in person.
    pub location: Option<Line>,
    /// What calendars show it in, where not in the site's colour.
    pub color: Option<Color>,
    /// Where `collect` looks for minutes.
    pub minutes: Option<MinutesSource>,
    /// Whether what the minutes say of cancellations is taken into the content.
    pub trust_minutes: bool,
    /// Where `collect` looks for recordings.
    pub recordings: Option<RecordingsSource>,
    /// Groups it belongs to, sorted.
    pub tags: Vec<Slug>,
    /// Holiday lists that apply to it, sorted.
    pub holidays: Vec<Slug>,
    /// What its author does not want to be warned of, sorted.
    pub quiet: Vec<Concern>,
    /// When the definition last changed.
    pub updated: DateTime<Utc>,
    /// How often it changed, as far as each time is on record.
    pub revision: u32,
    /// What it is, for readers.
    pub description: Markdown,
    /// Its recurrences, by `from`; none for a series of single dates only.
    pub slots: Vec<Slot>,
    /// Meetings that no slot gives, by start.
    pub added: BTreeMap<Local, Added>,
}

/// Where a series' minutes are kept.
#[derive(Clone, Debug, PartialEq)]
pub enum MinutesSource {
    /// A HackMD note, by its id.
    HackMd(String),
    /// Markdown at an address.
    Markdown(Link),
}

/// Where a series' recordings appear.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingsSource {
    /// The list of videos.
    pub videos: Videos,
    /// Words that tell its recordings from others' by their title; any title where there are none.
    pub titled: Vec<Line>,
}

/// A list of videos.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Videos {
    /// A YouTube channel, by its id (`UC…`).
    YouTubeChannel(String),
    /// A YouTube playlist, by its id (`PL…`).
    YouTubePlaylist(String),
}

impl Videos {
    /// The address of its Atom feed, of the 15 newest videos of a channel or the first 15 of a list.
    pub fn feed(&self) -> String {
        let (key, id) = match self {
            Videos::YouTubeChannel(id) => ("channel_id", id),
            Videos::YouTubePlaylist(id) => ("playlist_id", id),
        };
        format!("https://www.youtube.com/feeds/videos.xml?{key}={id}")
    }
}
