//! Meetings as commands print them for people.

use crate::model::{Line, Link, Local};
use crate::schedule::{Occurrence, Status, ZoneRules};

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
