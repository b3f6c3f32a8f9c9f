//! The differences for people at a terminal.

use super::group::{Group, groups};
use super::mend::help;
use super::{Difference, Drift, Kind, Meeting};
use crate::compare::Whose;
use crate::compare::times::{long, short};
use crate::import::Note;
use crate::model::{Link, Zone};
use chrono::{DateTime, Utc};

/// More dates than these are counted, not named.
const NAMED: usize = 3;

/// What differs, series by series, how to mend it, and the notes; or that nothing does.
///
/// Times are told by the clock of the series and by UTC. Ends with a line end.
pub fn text(drift: &Drift) -> String {
    let mut blocks: Vec<String> = Vec::new();
    for one in drift.differences.chunk_by(|a, b| a.series == b.series) {
        let all: Vec<&Difference> = one.iter().collect();
        blocks.push(
            heading(one.first().and_then(|one| one.series.as_ref())) + &block(&all, drift.zone),
        );
    }
    let notes: String = drift.notes.iter().map(of_note).collect();
    if !notes.is_empty() {
        blocks.push(notes);
    }
    blocks.push(summary(drift));
    blocks.join("\n")
}

fn of_note(note: &Note) -> String {
    match note.line {
        0 => format!("note: {note}\n"),
        line => format!("note: line {line} of the calendar: {note}\n"),
    }
}

fn heading(whose: Option<&Whose>) -> String {
    match whose {
        Some(Whose { slug, title }) => format!("{title} ({slug})\n"),
        None => "Of no series, only in the calendar\n".to_owned(),
    }
}

fn block(all: &[&Difference], site: Zone) -> String {
    let groups = groups(all);
    let mut text: String = groups.iter().map(|group| of_group(group, site)).collect();
    // What belongs to no series is mended in one way.
    let foreign = groups.first().filter(|group| group.first.series.is_none());
    text.extend(foreign.map(|group| format!("  help: {}\n", help(group, site))));
    text
}

fn of_group(group: &Group<'_>, site: Zone) -> String {
    let mut text = format!("  {}\n", line(group));
    match group.first.kind {
        Kind::Title => text += &beside(group.first, |m| m.title.to_string()),
        Kind::Join => {
            let link = |m: &Meeting| m.join.as_ref().map(Link::to_string).unwrap_or_default();
            text += &beside(group.first, link);
        }
        Kind::OnlyInCalendar | Kind::OnlyInContent => {
            text.extend(group.all.iter().take(NAMED).map(|one| beside(one, when)));
            let more = group.all.len().saturating_sub(NAMED);
            if more > 0 {
                text += &format!("    and {more} more\n");
            }
        }
        _ => text += &beside(group.first, when),
    }
    if group.first.series.is_some() {
        text += &format!("    help: {}\n", help(group, site));
    }
    text
}

/// `6 dates from 2026-12-03 to 2027-01-07: an hour later in the calendar`.
fn line(group: &Group<'_>) -> String {
    let one = group.first;
    let dates = dates(group);
    let by = one.by.as_deref().unwrap_or_default();
    let title = one.calendar.as_ref().map(|m| m.title.as_str()).unwrap_or_default();
    match one.kind {
        Kind::Start | Kind::Length => format!("{dates}: {by} in the calendar"),
        Kind::Title => format!("{dates}: another title in the calendar"),
        Kind::Join => format!("{dates}: another join link in the calendar"),
        Kind::CancelledInContent => format!("{dates}: cancelled, but not in the calendar"),
        Kind::CancelledInCalendar => format!("{dates}: cancelled in the calendar alone"),
        Kind::OnlyInContent => format!("{dates}: not in the calendar"),
        Kind::OnlyInCalendar if one.by.is_some() => format!("{dates}: twice in the calendar"),
        Kind::OnlyInCalendar if one.series.is_none() => format!("{title}: {dates}"),
        Kind::OnlyInCalendar => format!("{dates}: only in the calendar, as {title}"),
    }
}

fn dates(group: &Group<'_>) -> String {
    match group.all.as_slice() {
        [first, .., last] => {
            format!("{} dates from {} to {}", group.all.len(), first.date, last.date)
        }
        _ => group.first.date.to_string(),
    }
}

/// A line for each side that has it.
fn beside(one: &Difference, what: impl Fn(&Meeting) -> String) -> String {
    let sides = [("content ", &one.content), ("calendar", &one.calendar)];
    let line = |(side, meeting): (&str, &Option<Meeting>)| {
        meeting.as_ref().map(|meeting| format!("    {side}  {}\n", what(meeting)))
    };
    sides.into_iter().filter_map(line).collect()
}

/// `Thursday, 3 December 2026, 10:00–11:00 PST (America/Los_Angeles), UTC Thu 3 Dec 18:00–19:00`.
fn when(meeting: &Meeting) -> String {
    let own = long(&meeting.span);
    match meeting.span.start.time() {
        Some(_) if !meeting.span.zone.is_utc() => {
            format!("{own}, UTC {}", short(&meeting.span, Zone::UTC))
        }
        _ => own,
    }
}

fn summary(drift: &Drift) -> String {
    let Drift { window, meetings, differences, .. } = drift;
    let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let moment = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M");
    let time = format!("from {} to {} UTC", moment(window.from), moment(window.to));
    let compared = counted(*meetings, "meeting");
    match differences.len() {
        0 => format!("no drift in {compared} {time}\n"),
        n => format!("{} in {compared} {time}\n", counted(n, "difference")),
    }
}
