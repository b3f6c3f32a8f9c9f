//! What single dates change, add or leave behind.

use super::{Few, Line, Link, Local, Markdown, Uid, Zone};
use chrono::{DateTime, TimeDelta, Utc};

/// What is special about one occurrence of a slot.
///
/// Nearly all are records of past meetings, so what others have is apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exception {
    /// Cancelled, moved or held although it is a holiday; none where nothing happened.
    pub change: Option<Box<Change>>,
    /// Fields that differ from the series', where any does.
    pub details: Option<Box<Details>>,
    /// Minutes and recordings.
    pub record: Option<Record>,
}

/// What happened to a planned occurrence, and when that became known.
///
/// Facts are added, never deleted: a change that was taken back keeps its announcement and has
/// the moment of its restoration beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It takes place although the day is a holiday.
    Kept,
    /// It does not take place, unless restored.
    Cancelled {
        /// Why, where it was said.
        reason: Option<Line>,
        /// When that became known.
        announced: DateTime<Utc>,
        /// When it was taken back, where it was.
        restored: Option<DateTime<Utc>>,
    },
    /// It takes place at another time, unless restored.
    Moved {
        /// The new local start, a date for whole days.
        to: Local,
        /// The zone of the new start.
        zone: Zone,
        /// When that became known.
        announced: DateTime<Utc>,
        /// When it was taken back, where it was.
        restored: Option<DateTime<Utc>>,
    },
}

/// Fields of one occurrence that replace the series' own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// Instead of the series' title.
    pub title: Option<Line>,
    /// Where to join.
    pub join: Option<Link>,
    /// The agenda's page.
    pub agenda: Option<Link>,
    /// How long it lasts.
    pub lasts: Option<TimeDelta>,
    /// The room, where people meet in person.
    pub location: Option<Line>,
    /// What is on the agenda, a line each.
    pub topics: Vec<Line>,
    /// A note to readers, maybe empty.
    pub note: Markdown,
    /// When any of these was changed, each time; none where that was not said.
    pub updated: Vec<DateTime<Utc>>,
}

/// A meeting that no slot gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// The identity of its VEVENT, made from the file's name.
    pub uid: Uid,
    /// Its local start, or whole day; also its recurrence-id.
    pub start: Local,
    /// The zone of its start.
    pub zone: Zone,
    /// How long it lasts; whole days where the start is one.
    pub lasts: TimeDelta,
    /// When it became known.
    pub announced: DateTime<Utc>,
    /// When it was taken back, where that was said without a reason: it is cancelled from then on.
    pub restored: Option<DateTime<Utc>>,
    /// That it was cancelled since, and maybe takes place after all.
    pub change: Option<Box<Change>>,
    /// Fields that differ from the series'.
    pub details: Details,
    /// Minutes and recordings.
    pub record: Option<Record>,
}

impl Added {
    /// Whether it takes place: it was neither taken back nor cancelled for good.
    pub fn takes_place(&self) -> bool {
        let is_off =
            matches!(self.change.as_deref(), Some(Change::Cancelled { restored: None, .. }));
        self.restored.is_none() && !is_off
    }
}

/// What an occurrence left behind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The minutes' page.
    pub minutes: Option<Link>,
    /// When the minutes were first seen.
    pub minutes_published: Option<DateTime<Utc>>,
    /// Recordings, in the order they were made.
    pub recordings: Few<Link>,
    /// When the recordings were first seen: all at one moment, or a moment for each; none where that
    /// is not known.
    pub published: Few<DateTime<Utc>>,
    /// What was on the agenda, a line each.
    pub topics: Few<Line>,
    /// Where the collector found the recordings, or whatever else is here; none for what a person
    /// wrote.
    pub found: Option<Found>,
}

/// Where the collector found a recording, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The minutes name it.
    Minutes,
    /// Its title has the meeting's date.
    Title,
    /// It is the only video that was published soon after the meeting.
    Window,
}

impl Found {
    /// Each of them.
    pub const ALL: [Found; 3] = [Found::Minutes, Found::Title, Found::Window];

    /// The word for it in the content.
    pub fn as_str(self) -> &'static str {
        match self {
            Found::Minutes => "minutes",
            Found::Title => "title",
            Found::Window => "window",
        }
    }
}
