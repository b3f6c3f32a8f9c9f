//! What a feed tells of each thing that became known.

use super::super::locale::News;
use super::super::{Locale, words};
use super::entry::{Entry, Told};
use crate::model::{Change, Line, Local, Site, Zone};
use crate::schedule::{AsOf, Fact, FactKind, Occurrence, Status};
use chrono::{DateTime, Utc};

/// The entry that tells that fact.
pub(super) fn entry(site: &Site, fact: &Fact<'_>, as_of: &AsOf) -> Entry {
    let locale = Locale::of(site);
    let told = Told {
        occurrence: &fact.occurrence,
        kind: kind(fact.kind),
        change: change(fact),
        name: name(fact),
        title: title(locale, fact),
        sentence: sentence(locale, fact),
        since: since(&locale.news, fact),
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
pub(super) fn name(fact: &Fact<'_>) -> String {
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
    let Fact { kind, occurrence, .. } = fact;
    *kind == FactKind::Restored && occurrence.slot.is_none() && occurrence.change.is_none()
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

/// Why it was cancelled, even where that was taken back since.
fn reason<'a>(occurrence: &Occurrence<'a>) -> Option<&'a str> {
    match occurrence.change {
        Some(Change::Cancelled { reason, .. }) => reason.as_ref().map(Line::as_str),
        _ => None,
    }
}

pub(super) fn title(locale: &Locale, fact: &Fact<'_>) -> String {
    let (words, occurrence) = (&locale.news, &fact.occurrence);
    let name = occurrence.title().as_str();
    let day = (locale.dates.day)(occurrence.start.date());
    let planned_day = (locale.dates.day)(occurrence.recurrence_id.date());
    match fact.kind {
        FactKind::Agenda => (words.agenda_title)(name, &day),
        FactKind::Minutes => (words.minutes_title)(name, &day),
        FactKind::Recording => (words.recording_title)(name, &day),
        FactKind::LaterRecording => (words.later_recording_title)(name, &day),
        FactKind::Cancelled => (words.cancelled_title)(name, &planned_day, reason(occurrence)),
        FactKind::Moved => {
            let (to, zone) = moved_to(occurrence);
            (words.moved_title)(name, &planned_day, &words::local(locale, to, zone))
        }
        FactKind::Added => {
            let start = words::local(locale, occurrence.start, occurrence.zone);
            (words.added_title)(name, &start)
        }
        FactKind::Restored if is_called_off(fact) => {
            (words.cancelled_title)(name, &planned_day, None)
        }
        FactKind::Restored => (words.restored_title)(name, &planned_day),
    }
}

pub(super) fn sentence(locale: &Locale, fact: &Fact<'_>) -> String {
    let (words, occurrence) = (&locale.news, &fact.occurrence);
    let name = occurrence.title().as_str();
    let now = words::when(locale, occurrence);
    let (id, zone) = planned(occurrence);
    let planned = words::local_and_utc(locale, id, zone);
    match fact.kind {
        FactKind::Agenda => (words.agenda)(name, &now),
        FactKind::Minutes => (words.minutes)(name, &now),
        FactKind::Recording => (words.recording)(name, &now),
        FactKind::LaterRecording => (words.later_recording)(name, &now),
        FactKind::Cancelled => (words.cancelled)(name, &planned, reason(occurrence)),
        FactKind::Moved => {
            let (to, zone) = moved_to(occurrence);
            (words.moved)(name, &planned, &words::local_and_utc(locale, to, zone))
        }
        FactKind::Added => (words.added)(name, &now),
        FactKind::Restored if is_called_off(fact) => (words.called_off)(name, &now),
        FactKind::Restored => (words.restored)(name, &planned),
    }
}

/// What has become of it since, where that contradicts the entry.
fn since(words: &News, fact: &Fact<'_>) -> Option<&'static str> {
    let occurrence = &fact.occurrence;
    let cancelled = occurrence.status == Status::Cancelled;
    match fact.kind {
        FactKind::Cancelled if !cancelled => Some(words.since_on_again),
        FactKind::Moved if !occurrence.is_moved() => Some(words.since_moved_back),
        FactKind::Agenda | FactKind::Added if cancelled => Some(words.since_cancelled),
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
