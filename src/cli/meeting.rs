//! Meetings as commands print them for people.

use crate::model::{Line, Link};
use crate::schedule::{Occurrence, Status, ZoneRules};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

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
        let (start, end) = (o.utc_start.naive_utc(), o.utc_end.naive_utc());
        let times = span(&clock(start.time()), start, end);
        text += &format!("  {}, {times} UTC\n", start.format("%A, %-d %B %Y"));
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
            let zone = &ZoneRules::of(o.zone).offset(o.utc_end).abbreviation;
            format!("{day}, {times} {zone} ({})", o.zone)
        }
        None => match o.end.date().pred_opt().filter(|last| *last > o.start.date()) {
            Some(last) => format!("{day} to {}", last.format("%A, %-d %B %Y")),
            None => format!("{day}, all day"),
        },
    }
}

/// `10:00–11:00`, where it does not take whole days; `22:00 CEST–04:00` where clocks change meanwhile.
fn times(o: &Occurrence<'_>) -> Option<String> {
    let start = clock(o.start.time()?);
    let rules = ZoneRules::of(o.zone);
    let before = &rules.offset(o.utc_start).abbreviation;
    let changes = *before != rules.offset(o.utc_end).abbreviation;
    let start = if changes { format!("{start} {before}") } else { start };
    Some(span(&start, o.start.moment(), o.end.moment()))
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `10:00–11:00`, or `10:00 to 2026-11-27 11:00` where the clock alone would not tell the day.
fn span(start: &str, from: NaiveDateTime, to: NaiveDateTime) -> String {
    let end = clock(to.time());
    match to - from >= TimeDelta::days(1) {
        true => format!("{start} to {} {end}", to.date()),
        false => format!("{start}–{end}"),
    }
}

fn fate(o: &Occurrence<'_>) -> String {
    match (o.status, o.reason()) {
        (Status::Cancelled, Some(reason)) => format!("cancelled: {reason}"),
        (Status::Confirmed, _) if o.is_moved() => format!("moved from {}", o.recurrence_id),
        (status, _) => status.as_str().to_owned(),
    }
}
