//! What a feed tells of each thing that became known.

use super::super::words;
use super::entry::{Entry, Told};
use crate::model::{Change, Local, Site, Zone};
use crate::schedule::{AsOf, Fact, FactKind, Occurrence, Status};
use chrono::{DateTime, Utc};

/// The entry that tells that fact.
pub(super) fn entry(site: &Site, fact: &Fact<'_>, as_of: &AsOf) -> Entry {
    let told = Told {
        occurrence: &fact.occurrence,
        kind: kind(fact.kind),
        change: change(fact),
        name: name(fact),
        title: title(fact),
        sentence: sentence(fact),
        since: since(fact),
        recordings: match fact.recordings() {
            own if own.is_empty() => fact.occurrence.recordings().iter().enumerate().collect(),
            own => own,
        },
        at: fact.at,
        overtaken: overtaken(fact),
    };
    told.entry(site, as_of)
}

fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Cancelled | FactKind::Moved | FactKind::Added | FactKind::Restored => "changed",
        FactKind::Agenda | FactKind::Minutes | FactKind::Recording | FactKind::LaterRecording => {
            kind.as_str()
        }
    }
}

fn change(fact: &Fact<'_>) -> Option<&'static str> {
    let word = if is_called_off(fact) { "cancelled" } else { fact.kind.as_str() };
    (kind(fact.kind) == "changed").then_some(word)
}

/// What can become known more than once carries its moment, since readers never look again at an
/// entry they have.
fn name(fact: &Fact<'_>) -> String {
    let word = fact.kind.as_str();
    match fact.kind {
        FactKind::Agenda | FactKind::Minutes | FactKind::Recording => word.to_owned(),
        FactKind::LaterRecording
        | FactKind::Cancelled
        | FactKind::Moved
        | FactKind::Added
        | FactKind::Restored => format!("{word}/{}", words::stamp(fact.at)),
    }
}

/// Whether an added meeting was taken back.
fn is_called_off(fact: &Fact<'_>) -> bool {
    fact.kind == FactKind::Restored && fact.occurrence.slot.is_none()
}

/// Where and when the slot has it.
fn planned(occurrence: &Occurrence<'_>) -> (Local, Zone) {
    (occurrence.recurrence_id, occurrence.planned_zone())
}

/// Where a move leads, even one that was taken back since.
fn moved_to(occurrence: &Occurrence<'_>) -> (Local, Zone) {
    match occurrence.change {
        Some(Change::Moved { to, zone, .. }) => (*to, *zone),
        _ => (occurrence.start, occurrence.zone),
    }
}

/// Why it was cancelled, even where that was taken back since: ` (US Thanksgiving)`.
fn reason(occurrence: &Occurrence<'_>) -> Option<String> {
    match occurrence.change {
        Some(Change::Cancelled { reason, .. }) => reason.as_ref().map(ToString::to_string),
        _ => None,
    }
}

fn title(fact: &Fact<'_>) -> String {
    let occurrence = &fact.occurrence;
    let name = occurrence.title();
    let day = words::day(occurrence.start.date());
    let planned_day = words::day(occurrence.recurrence_id.date());
    match fact.kind {
        FactKind::Agenda => format!("Agenda open: {name}, {day}"),
        FactKind::Minutes => format!("Minutes: {name}, {day}"),
        FactKind::Recording => format!("Recording: {name}, {day}"),
        FactKind::LaterRecording => format!("Another recording: {name}, {day}"),
        FactKind::Cancelled => {
            let reason = reason(occurrence).map(|why| format!(" ({why})")).unwrap_or_default();
            format!("Cancelled: {name}, {planned_day}{reason}")
        }
        FactKind::Moved => {
            let (to, zone) = moved_to(occurrence);
            format!("Moved: {name}, {planned_day}, now {}", words::local(to, zone))
        }
        FactKind::Added => {
            format!("Added: {name}, {}", words::local(occurrence.start, occurrence.zone))
        }
        FactKind::Restored if is_called_off(fact) => format!("Cancelled: {name}, {planned_day}"),
        FactKind::Restored => format!("On again: {name}, {planned_day}"),
    }
}

fn sentence(fact: &Fact<'_>) -> String {
    let occurrence = &fact.occurrence;
    let name = occurrence.title();
    let now = words::when(occurrence);
    let (id, zone) = planned(occurrence);
    let planned = words::local_and_utc(id, zone);
    match fact.kind {
        FactKind::Agenda => format!("The agenda is open for topics: {name}, {now}."),
        FactKind::Minutes => format!("The minutes are there: {name}, {now}."),
        FactKind::Recording => format!("The recording is there: {name}, {now}."),
        FactKind::LaterRecording => format!("Another recording is there: {name}, {now}."),
        FactKind::Cancelled => {
            let reason =
                reason(occurrence).map(|why| format!(" Reason: {why}")).unwrap_or_default();
            format!("This meeting does not take place: {name}, {planned}.{reason}")
        }
        FactKind::Moved => {
            let (to, zone) = moved_to(occurrence);
            let to = words::local_and_utc(to, zone);
            format!("This meeting takes place at another time: {name}, {to} instead of {planned}.")
        }
        FactKind::Added => format!("A meeting was added: {name}, {now}."),
        FactKind::Restored if is_called_off(fact) => {
            format!("This meeting does not take place after all: {name}, {now}.")
        }
        FactKind::Restored => {
            format!("This meeting takes place as first planned: {name}, {planned}.")
        }
    }
}

/// What has become of it since, where that contradicts the entry.
fn since(fact: &Fact<'_>) -> Option<&'static str> {
    let occurrence = &fact.occurrence;
    let cancelled = occurrence.status == Status::Cancelled;
    match fact.kind {
        FactKind::Cancelled if !cancelled => {
            Some("This was taken back: it takes place as planned.")
        }
        FactKind::Moved if !occurrence.is_moved() => {
            Some("This was taken back: it takes place as first planned.")
        }
        FactKind::Agenda | FactKind::Added if cancelled => Some("It was cancelled since."),
        _ => None,
    }
}

/// When the entry's words were made untrue, or true again, by what became of the meeting.
fn overtaken(fact: &Fact<'_>) -> Vec<DateTime<Utc>> {
    let occurrence = &fact.occurrence;
    if matches!(fact.kind, FactKind::Minutes | FactKind::Recording | FactKind::LaterRecording) {
        return Vec::new();
    }
    let moments = match occurrence.change {
        Some(
            Change::Cancelled { announced, restored, .. }
            | Change::Moved { announced, restored, .. },
        ) => [Some(*announced), *restored],
        _ => [None, occurrence.added().and_then(|added| added.restored)],
    };
    moments.into_iter().flatten().collect()
}
