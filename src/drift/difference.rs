//! What can differ between the content and a published calendar.

use crate::compare::Whose;
use crate::model::{Line, Link, Zone};
use crate::schedule::Span;
use chrono::{DateTime, NaiveDate, Utc};

/// One date on which the calendar says something else than the content.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The series it is about; none for a meeting of the calendar that belongs to no series.
    pub series: Option<Whose>,
    /// The date as the content has it planned; where the content has none, the calendar's.
    pub date: NaiveDate,
    /// What differs.
    pub kind: Kind,
    /// By how much, as `an hour later`: what the calendar has, seen from the content; `twice` where it
    /// has once more what both have.
    pub by: Option<String>,
    /// The meeting in the content.
    pub content: Option<Meeting>,
    /// The meeting in the calendar.
    pub calendar: Option<Meeting>,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// When it begins.
    Start,
    /// How long it is.
    Length,
    /// What it is called.
    Title,
    /// Where to join.
    Join,
    /// The content has it cancelled, and the calendar has it take place.
    CancelledInContent,
    /// The calendar has it cancelled, and the content has it take place.
    CancelledInCalendar,
    /// The calendar does not have it.
    OnlyInContent,
    /// The content does not have it.
    OnlyInCalendar,
}

impl Kind {
    /// The word for it, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Start => "start",
            Kind::Length => "length",
            Kind::Title => "title",
            Kind::Join => "join",
            Kind::CancelledInContent => "cancelled-in-content",
            Kind::CancelledInCalendar => "cancelled-in-calendar",
            Kind::OnlyInContent => "only-in-content",
            Kind::OnlyInCalendar => "only-in-calendar",
        }
    }
}

/// One meeting, as one side has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// What it is called.
    pub title: Line,
    /// When it is, by the clock of the series that it is compared with.
    pub span: Span,
    /// The zone that this side tells it in.
    pub zone: Zone,
    /// When the rule would have it start; the start itself where no rule gives it.
    pub planned: DateTime<Utc>,
    /// Whether it takes place.
    pub is_on: bool,
    /// Whether no slot gives it.
    pub is_added: bool,
    /// What commands call it: its date, or its planned start where the day has several.
    pub name: String,
    /// Where to join.
    pub join: Option<Link>,
    /// The UID of its event.
    pub uid: String,
}
