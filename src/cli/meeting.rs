//! Meetings as commands print them.

use crate::model::{Community, Line, Link, Local, Markdown};
use crate::schedule::{Occurrence, Status, ZoneRules};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// A meeting as `--json` prints it: every key is always there, `null` where there is nothing.
#[derive(Serialize)]
pub(super) struct Meeting<'a> {
    series: &'a str,
    recurrence_id: String,
    start: String,
    end: String,
    zone: &'static str,
    utc_start: String,
    utc_end: String,
    status: &'static str,
    moved: bool,
    title: &'a str,
    reason: Option<&'a str>,
    join: Option<&'a str>,
    agenda: Option<&'a str>,
    location: Option<&'a str>,
    note: Option<&'a str>,
    topics: Vec<&'a str>,
    minutes: Option<&'a str>,
    recordings: Vec<&'a str>,
    page: String,
}

impl<'a> Meeting<'a> {
    /// The meeting as JSON has it.
    pub(super) fn of(community: &Community, o: &Occurrence<'a>) -> Meeting<'a> {
        Meeting {
            series: o.series.slug.as_str(),
            recurrence_id: o.recurrence_id.to_string(),
            start: o.start.to_string(),
            end: o.end.to_string(),
            zone: o.zone.name(),
            utc_start: utc(o.utc_start),
            utc_end: utc(o.utc_end),
            status: o.status.as_str(),
            moved: o.is_moved(),
            title: o.title().as_str(),
            reason: o.reason().map(Line::as_str),
            join: o.join().map(Link::as_str),
            agenda: o.agenda().map(Link::as_str),
            location: o.location().map(Line::as_str),
            note: o.note().map(Markdown::as_str),
            topics: o.topics().iter().map(Line::as_str).collect(),
            minutes: o.minutes().map(Link::as_str),
            recordings: o.recordings().iter().map(Link::as_str).collect(),
            page: community.site.absolute(&o.path()),
        }
    }
}

/// One line for people: `2026-11-26 Thu 10:00–11:00 America/Los_Angeles  cancelled: …`.
pub(super) fn line(o: &Occurrence<'_>) -> String {
    let day = o.start.date().format("%Y-%m-%d %a");
    let times = times(o).map_or("all day".to_owned(), |times| times.to_string());
    let own = o.details().and_then(|details| details.title.as_ref());
    let title = own.map_or(String::new(), |title| format!("  {title}"));
    format!("{day} {times:<11} {}  {}{title}\n", o.zone, fate(o))
}

/// A few lines for people: the meeting in its zone and in UTC, and where to go.
pub(super) fn paragraph(o: &Occurrence<'_>) -> String {
    let mut text = format!("{}\n  {}\n", o.title(), when(o));
    if o.start.time().is_some() {
        let (start, end) = (o.utc_start, o.utc_end);
        text +=
            &format!("  {}–{} UTC\n", start.format("%A, %-d %B %Y, %H:%M"), end.format("%H:%M"));
    }
    let facts = [
        ("join", o.join().map(Link::as_str)),
        ("agenda", o.agenda().map(Link::as_str)),
        ("place", o.location().map(Line::as_str)),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            text += &format!("  {name:<7}{value}\n");
        }
    }
    if o.is_moved() {
        text += &format!("  {}\n", fate(o));
    }
    text
}

fn when(o: &Occurrence<'_>) -> String {
    let day = o.start.date().format("%A, %-d %B %Y");
    match times(o) {
        Some(times) => {
            let abbreviation = &ZoneRules::of(o.zone).offset(o.utc_start).abbreviation;
            format!("{day}, {times} {abbreviation} ({})", o.zone)
        }
        None => match o.end.date().pred_opt().filter(|last| *last > o.start.date()) {
            Some(last) => format!("{day} to {}", last.format("%A, %-d %B %Y")),
            None => format!("{day}, all day"),
        },
    }
}

/// `10:00–11:00`, where it does not take whole days.
fn times(o: &Occurrence<'_>) -> Option<String> {
    let time = |local: Local| local.time().map(|time| time.format("%H:%M").to_string());
    Some(format!("{}–{}", time(o.start)?, time(o.end)?))
}

fn fate(o: &Occurrence<'_>) -> String {
    match (o.status, o.reason()) {
        (Status::Cancelled, Some(reason)) => format!("cancelled: {reason}"),
        (Status::Confirmed, _) if o.is_moved() => format!("moved from {}", o.recurrence_id),
        (status, _) => status.as_str().to_owned(),
    }
}

fn utc(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
