//! The differences for programs: one row for each date and thing that differs.

use super::{Difference, Drift, Meeting};
use crate::import::Note;
use crate::model::Link;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// What is serialised: {window: {from, to}, meetings, differences, notes: [{line, text, more}]}.
///
/// A difference is {series, date, kind, by, content, calendar}, of which `series`, `by` and one of the
/// sides may be null; a side is {title, start, end, zone, utc_start, utc_end, status, join, uid}, by the
/// clock of the series. `kind` is a word of [`Kind::as_str`](super::Kind::as_str).
#[derive(Serialize)]
pub struct Document<'d> {
    window: Time,
    meetings: usize,
    differences: Vec<Row<'d>>,
    notes: Vec<Told<'d>>,
}

#[derive(Serialize)]
struct Time {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Row<'d> {
    series: Option<&'d str>,
    date: String,
    kind: &'static str,
    by: Option<&'d str>,
    content: Option<Side<'d>>,
    calendar: Option<Side<'d>>,
}

#[derive(Serialize)]
struct Side<'d> {
    title: &'d str,
    start: String,
    end: String,
    zone: &'static str,
    utc_start: String,
    utc_end: String,
    status: &'static str,
    join: Option<&'d str>,
    uid: &'d str,
}

#[derive(Serialize)]
struct Told<'d> {
    line: usize,
    text: &'d str,
    more: usize,
}

impl Document<'_> {
    /// The drift as it is serialised.
    pub fn of(drift: &Drift) -> Document<'_> {
        let window = Time { from: machine(drift.window.from), to: machine(drift.window.to) };
        let notes = drift.notes.iter().map(Told::of);
        Document {
            window,
            meetings: drift.meetings,
            differences: drift.differences.iter().map(Row::of).collect(),
            notes: notes.collect(),
        }
    }
}

impl Told<'_> {
    fn of(Note { line, text, more }: &Note) -> Told<'_> {
        Told { line: *line, text, more: *more }
    }
}

impl Row<'_> {
    fn of(difference: &Difference) -> Row<'_> {
        Row {
            series: difference.series.as_ref().map(|whose| whose.slug.as_str()),
            date: difference.date.to_string(),
            kind: difference.kind.as_str(),
            by: difference.by.as_deref(),
            content: difference.content.as_ref().map(Side::of),
            calendar: difference.calendar.as_ref().map(Side::of),
        }
    }
}

impl Side<'_> {
    fn of(meeting: &Meeting) -> Side<'_> {
        let span = &meeting.span;
        Side {
            title: meeting.title.as_str(),
            start: span.start.to_string(),
            end: span.end.to_string(),
            zone: span.zone.name(),
            utc_start: machine(span.utc_start),
            utc_end: machine(span.utc_end),
            status: if meeting.is_on { "confirmed" } else { "cancelled" },
            join: meeting.join.as_ref().map(Link::as_str),
            uid: &meeting.uid,
        }
    }
}

fn machine(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
