//! Meetings as commands print them for people.

use crate::compare::times;
use crate::model::{Line, Link};
use crate::schedule::{Occurrence, Status};

/// One line for people: `2026-11-26 Thu 10:00–11:00 America/Los_Angeles  cancelled: …`.
pub(super) fn line(o: &Occurrence<'_>) -> String {
    let day = o.start.date().format("%Y-%m-%d %a");
    let times = times::hours(&o.span()).unwrap_or("all day".to_owned());
    let own = o.details().and_then(|details| details.title.as_ref());
    let title = own.map_or(String::new(), |title| format!("  {title}"));
    format!("{day} {times:<11} {}  {}{title}\n", o.zone, fate(o))
}

/// A few lines for people: the meeting in its zone and in UTC, and where to go.
pub(super) fn paragraph(o: &Occurrence<'_>) -> String {
    let span = o.span();
    let mut text = format!("{}\n  {}\n", o.title(), times::long(&span));
    let in_utc = times::long_in_utc(&span).filter(|_| !o.zone.is_utc());
    text.extend(in_utc.map(|utc| format!("  {utc}\n")));
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

fn fate(o: &Occurrence<'_>) -> String {
    match (o.status, o.reason()) {
        (Status::Cancelled, Some(reason)) => format!("cancelled: {reason}"),
        (Status::Confirmed, _) if o.is_moved() => format!("moved from {}", o.recurrence_id),
        (status, _) => status.as_str().to_owned(),
    }
}
