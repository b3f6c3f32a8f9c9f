//! What can differ between two contents.

use crate::model::{Line, Link, Local, Slug, Uid};
use crate::schedule::Span;
use chrono::{DateTime, NaiveDate, Utc};

/// One thing that differs for those who follow the meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The series it is about; none for what is about the whole site.
    pub series: Option<Whose>,
    /// What it is.
    pub what: What,
}

impl Change {
    /// Whether somebody should look at it before it is published.
    pub fn is_warning(&self) -> bool {
        matches!(self.what, What::Warning(_))
    }
}

/// The series that something is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Whose {
    /// Its slug.
    pub slug: Slug,
    /// What it is called, afterwards if it is still there.
    pub title: Line,
}

/// What differs.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A series comes or goes.
    Series(SeriesChange),
    /// A slot begins, ends or changes; with its rule in words, as it is afterwards if it is still there.
    Slot(String, SlotChange),
    /// Something is another for all dates, or for the whole site.
    Field(Field, Option<String>, Option<String>),
    /// One date changes.
    Date(Meeting, DateChange),
    /// The feeds have a new entry.
    Entry(Entry),
    /// Subscribers lose something, or do not get it.
    Warning(Warning),
}

/// What happens to a whole series.
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesChange {
    /// It was not there before: its rules in words, and its next meetings.
    Begins(Vec<String>, Dates),
    /// It is not there any more, with all of its past: its rules in words, and its next meetings.
    Removed(Vec<String>, Dates),
}

/// What happens to a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum SlotChange {
    /// It was not there before.
    Begins {
        /// Its first day.
        from: NaiveDate,
        /// Its last day, where it has one.
        until: Option<NaiveDate>,
        /// Its next dates.
        next: Dates,
    },
    /// It has a last day, or an earlier one.
    Ends {
        /// The last day.
        until: NaiveDate,
        /// The dates that there would have been.
        gone: Dates,
    },
    /// It goes on longer than it would have.
    GoesOn {
        /// What was the last day.
        before: NaiveDate,
        /// The last day, where there is one.
        until: Option<NaiveDate>,
        /// The dates that there were not before.
        come: Dates,
    },
    /// It is not there any more, with all of its past: the dates that there would have been.
    Removed(Dates),
    /// It has another rule, time, zone or length.
    Changes {
        /// What its rule was, in words.
        before: String,
        /// The first of its dates that differ.
        first: Vec<Shift>,
        /// How many differ.
        count: usize,
    },
}

/// Dates within a year from the present.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// The first of them.
    pub first: Vec<Span>,
    /// How many there are.
    pub count: usize,
}

/// One date before and after, as far as it is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// When it was.
    pub old: Option<Span>,
    /// When it is.
    pub new: Option<Span>,
}

/// One meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// What it is called, afterwards if it is still there.
    pub title: Line,
    /// Its identity within the series.
    pub recurrence_id: Local,
    /// When it is; when it was, if it does not take place any more.
    pub span: Span,
}

/// What happens to one meeting.
#[derive(Clone, Debug, PartialEq)]
pub enum DateChange {
    /// It does not take place, with the reason where there is one.
    Cancelled(Option<Line>),
    /// It had been cancelled, and takes place as planned.
    Restored,
    /// It takes place at another time: when it was to be before.
    Moved(Span),
    /// It had been moved, and takes place as planned: when it was to be before.
    MovedBack(Span),
    /// It was not there before, and no slot gives it.
    Added,
    /// It was one that no slot gives, and its file is gone.
    TakenAway,
    /// It is held although the day is a holiday.
    Kept,
    /// That it is held, though the day is a holiday, is not said any more.
    NotKept,
    /// Something of it is another: before and afterwards.
    Field(Field, Option<String>, Option<String>),
    /// It has other minutes: before and afterwards.
    Minutes(Option<Link>, Option<Link>),
    /// It has other recordings.
    Recordings {
        /// Those that there were and are no longer.
        gone: Vec<Link>,
        /// Those that there were not before.
        come: Vec<Link>,
    },
}

/// What is told of a meeting, a series or the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// Where to join.
    Join,
    /// The agenda's page.
    Agenda,
    /// Where people meet in person.
    Place,
    /// How long it lasts.
    Length,
    /// The note to readers.
    Note,
    /// What is on the agenda.
    Topics,
    /// Why it is cancelled.
    Reason,
    /// The groups it belongs to.
    Tags,
    /// What calendars show it in.
    Color,
    /// The public address.
    Address,
    /// The language of what is published.
    Language,
}

impl Field {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Join => "join link",
            Field::Agenda => "agenda",
            Field::Place => "place",
            Field::Length => "length",
            Field::Note => "note",
            Field::Topics => "topics",
            Field::Reason => "reason",
            Field::Tags => "tags",
            Field::Color => "colour",
            Field::Address => "address",
            Field::Language => "language",
        }
    }
}

/// An entry that the feeds will have.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its title, in the community's language.
    pub title: String,
    /// When it became known.
    pub at: DateTime<Utc>,
}

/// What subscribers lose, or do not get.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Events that nobody finds any more.
    UidsVanish(Vec<Uid>),
    /// All events have other UIDs: the domain before and afterwards.
    DomainChanges(String, String),
    /// Events whose SEQUENCE falls, from what to what.
    SequenceFalls(Vec<(Uid, u32, u32)>),
    /// Events that differ and have the same SEQUENCE and LAST-MODIFIED as before.
    NotNoticed(Vec<Uid>),
    /// Meetings, by their recurrence-ids, that become events of their own, with other UIDs.
    SetApart(Vec<Local>),
    /// The past of a slot changes: since its first date that differs. The rule in words.
    PastChanges(String, NaiveDate),
    /// Calendars that people subscribe to and that are not there any more.
    AddressesVanish(Vec<String>),
}
