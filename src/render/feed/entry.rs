//! One entry of a feed: one thing that became known of one meeting.

use super::super::{markdown, words};
use crate::model::{Change, Link, Local, Series, Site, Zone};
use crate::schedule::{Fact, FactKind, Occurrence, Status};
use chrono::{DateTime, Datelike, Utc};
use maud::{Markup, html};

/// A note longer than this stays on the meeting's page.
const LONGEST_NOTE: usize = 4000;

/// One entry of a feed, before it is written in any format.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its identity for all time (RFC 4151); never of its words.
    pub id: String,
    /// Plain text, with the meeting's date.
    pub title: String,
    /// The absolute address of the meeting's page.
    pub link: String,
    /// One plain sentence, with the meeting's time.
    pub summary: String,
    /// HTML without relative links.
    pub html: String,
    /// When it became known.
    pub published: DateTime<Utc>,
    /// What became known, in a word.
    pub category: &'static str,
    /// The series it is of.
    pub series: &'a Series,
}

impl<'a> Entry<'a> {
    /// The entry that tells that fact.
    pub fn of(site: &Site, fact: &Fact<'a>) -> Entry<'a> {
        let occurrence = &fact.occurrence;
        let link = site.absolute(&occurrence.path());
        let summary = summary(fact);
        Entry {
            id: id(site, fact),
            title: title(fact),
            html: body(site, fact, &summary, &link).into_string(),
            link,
            summary,
            published: fact.at,
            category: if is_called_off(fact) { "cancelled" } else { fact.kind.as_str() },
            series: occurrence.series,
        }
    }
}

/// A `tag:` URI; a change carries its moment, since readers never look again at an entry they have.
fn id(site: &Site, fact: &Fact<'_>) -> String {
    let occurrence = &fact.occurrence;
    let date = occurrence.recurrence_id;
    let id = format!(
        "tag:{},{:04}:{}/{}/{}",
        site.uid_domain,
        date.date().year(),
        occurrence.series.slug,
        date.file_stem(),
        fact.kind.as_str()
    );
    match fact.kind {
        FactKind::Agenda | FactKind::Recording => id,
        FactKind::Cancelled | FactKind::Moved | FactKind::Added | FactKind::Restored => {
            format!("{id}/{}", fact.at.format("%Y%m%dT%H%M%SZ"))
        }
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
    let planned_day = words::day(occurrence.recurrence_id.date());
    match fact.kind {
        FactKind::Agenda => format!("Agenda open: {name}, {}", words::day(occurrence.start.date())),
        FactKind::Recording => {
            format!("Recording: {name}, {}", words::day(occurrence.start.date()))
        }
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

fn summary(fact: &Fact<'_>) -> String {
    let occurrence = &fact.occurrence;
    let name = occurrence.title();
    let now = words::when(occurrence);
    let (id, zone) = planned(occurrence);
    let planned = words::local_and_utc(id, zone);
    match fact.kind {
        FactKind::Agenda => format!("The agenda is open for topics: {name}, {now}."),
        FactKind::Recording => format!("The recording is there: {name}, {now}."),
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

fn body(site: &Site, fact: &Fact<'_>, summary: &str, link: &str) -> Markup {
    let occurrence = &fact.occurrence;
    html! {
        p { (summary) }
        @if let Some(since) = since(fact) { p { strong { (since) } } }
        @if let Some(location) = occurrence.location() { p { "Place: " (location) } }
        @if let Some(note) = occurrence.note().filter(|note| note.as_str().len() <= LONGEST_NOTE) {
            (maud::PreEscaped(markdown::for_feed(note, site, &occurrence.path())))
        }
        ul {
            @for (name, link) in links(occurrence) { li { a href=(link) { (name) } } }
            li { a href=(link) { "All about this meeting" } }
            li { a href=(site.absolute(&format!("/meetings/{}/", occurrence.series.slug))) {
                "All dates of " (occurrence.series.title)
            } }
        }
    }
}

fn links<'a>(occurrence: &Occurrence<'a>) -> Vec<(String, &'a Link)> {
    let recordings = occurrence.recordings();
    let mut links: Vec<_> = recordings
        .iter()
        .enumerate()
        .map(|(i, link)| (words::numbered("Recording", i, recordings.len()), link))
        .collect();
    links.extend(occurrence.minutes().map(|link| ("Minutes".to_owned(), link)));
    links.extend(occurrence.agenda().map(|link| ("Agenda".to_owned(), link)));
    let takes_place = occurrence.status == Status::Confirmed && recordings.is_empty();
    links.extend(occurrence.join().filter(|_| takes_place).map(|link| ("Join".to_owned(), link)));
    links
}
