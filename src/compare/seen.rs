//! A meeting as subscribers see it.

use super::Meeting;
use crate::model::{Change, Details, Line, Link, Local, Series, Slot};
use crate::schedule::{Occurrence, Span, Status};

/// A meeting as subscribers see it.
pub(super) struct Seen<'a> {
    pub(super) recurrence_id: Local,
    pub(super) span: Span,
    pub(super) status: Status,
    pub(super) is_moved: bool,
    pub(super) is_kept: bool,
    /// Whether a slot gives it.
    pub(super) is_planned: bool,
    pub(super) reason: Option<&'a Line>,
    pub(super) title: &'a Line,
    pub(super) join: Option<&'a Link>,
    pub(super) agenda: Option<&'a Link>,
    pub(super) place: Option<&'a Line>,
    pub(super) minutes: Option<&'a Link>,
    pub(super) recordings: &'a [Link],
    /// What is on its agenda, be it of its own file or its record.
    pub(super) topics: &'a [Line],
    /// What it says for itself.
    pub(super) details: Option<&'a Details>,
}

impl<'a> Seen<'a> {
    pub(super) fn of(o: &Occurrence<'a>) -> Seen<'a> {
        Seen {
            recurrence_id: o.recurrence_id,
            span: o.span(),
            status: o.status,
            is_moved: o.is_moved(),
            is_kept: matches!(o.change, Some(Change::Kept)),
            is_planned: o.slot.is_some(),
            reason: o.reason(),
            title: o.title(),
            join: o.join(),
            agenda: o.agenda(),
            place: o.location(),
            minutes: o.minutes(),
            recordings: o.recordings(),
            topics: o.topics(),
            details: o.details(),
        }
    }

    /// The slot's date without anything of its own.
    pub(super) fn planned(series: &'a Series, slot: &'a Slot, id: Local) -> Seen<'a> {
        Seen {
            recurrence_id: id,
            span: Span::of_slot(slot, id.date()),
            status: Status::Confirmed,
            is_moved: false,
            is_kept: false,
            is_planned: true,
            reason: None,
            title: &series.title,
            join: series.join.as_ref(),
            agenda: series.agenda.as_ref(),
            place: series.location.as_ref(),
            minutes: None,
            recordings: &[],
            topics: &[],
            details: None,
        }
    }

    /// The meeting as changes name it.
    pub(super) fn meeting(&self) -> Meeting {
        let Seen { title, recurrence_id, span, .. } = *self;
        Meeting { title: title.clone(), recurrence_id, span }
    }

    pub(super) fn note(&self) -> &'a str {
        self.details.map_or("", |details| details.note.as_str())
    }
}
