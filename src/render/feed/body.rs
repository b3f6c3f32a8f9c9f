//! What an entry says in HTML: its sentence, the time around the world, the agenda, every link.

use super::super::{Scope, markdown, places, words};
use super::entry::Told;
use crate::model::{Line, Site};
use crate::schedule::{Occurrence, Status};
use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};

/// A note longer than this many octets stays on the meeting's page.
const LONGEST_NOTE: usize = 4000;

/// The most topics listed, then the most characters of each; the rest is on the meeting's page.
const MOST_TOPICS: usize = 20;
const LONGEST_TOPIC: usize = 200;

/// The most recordings named; the rest is on the meeting's page.
const MOST_RECORDINGS: usize = 10;

/// Everything there is to say.
pub(super) fn full(site: &Site, told: &Told<'_, '_>, page: &str, event: &str) -> Markup {
    let occurrence = told.occurrence;
    let note = occurrence.note().filter(|note| note.as_str().len() <= LONGEST_NOTE);
    html! {
        (sentence(told))
        @if let Some(location) = occurrence.location() { p { "Place: " (location) } }
        @if occurrence.status == Status::Confirmed { (elsewhere(occurrence)) }
        @if occurrence.status == Status::Confirmed { (topics(occurrence.topics(), page)) }
        @if let Some(note) = note {
            (PreEscaped(markdown::for_feed(note, site, &occurrence.path())))
        }
        (links(site, told, page, event))
    }
}

/// The sentence and where the rest is.
pub(super) fn short(told: &Told<'_, '_>, page: &str) -> Markup {
    html! {
        (sentence(told))
        p { a href=(page) { "All about this meeting" } }
    }
}

fn sentence(told: &Told<'_, '_>) -> Markup {
    let join = told.occurrence.join().filter(|_| told.is_reminder());
    html! {
        p { (told.sentence) }
        @if let Some(join) = join { p { a href=(join) { "Join" } } }
        @if let Some(since) = told.since { p { strong { (since) } } }
    }
}

/// The start on clocks around the world, in one line.
fn elsewhere(occurrence: &Occurrence<'_>) -> Markup {
    let day = occurrence.start.date();
    let mut starts = places::starts(occurrence).peekable();
    html! {
        @if starts.peek().is_some() {
            p {
                @for (i, (place, local)) in starts.enumerate() {
                    @if i > 0 { " · " }
                    (weekday(local.date(), day)) (words::clock(local.time())) " " (place.name)
                }
            }
        }
    }
}

/// `Fri `, where that is not the meeting's own day.
fn weekday(date: NaiveDate, own: NaiveDate) -> String {
    if date == own { String::new() } else { date.format("%a ").to_string() }
}

fn topics(topics: &[Line], page: &str) -> Markup {
    html! {
        @if !topics.is_empty() {
            p { "On the agenda:" }
            ul {
                @for topic in topics.iter().take(MOST_TOPICS) { li { (cut(topic.as_str())) } }
                @if let Some(more) = topics.len().checked_sub(MOST_TOPICS).filter(|more| *more > 0) {
                    li { a href=(page) { "and " (more) " more" } }
                }
            }
        }
    }
}

/// The topic, or as much of it as is shown.
fn cut(topic: &str) -> String {
    match topic.char_indices().nth(LONGEST_TOPIC) {
        Some((end, _)) => format!("{}…", topic.get(..end).unwrap_or_default().trim_end()),
        None => topic.to_owned(),
    }
}

fn links(site: &Site, told: &Told<'_, '_>, page: &str, event: &str) -> Markup {
    let occurrence = told.occurrence;
    let all = occurrence.recordings().len();
    let takes_place = occurrence.status == Status::Confirmed;
    let to_come = takes_place && all == 0 && !told.is_reminder();
    let series = site.absolute(&Scope::folder_of(occurrence.series));
    html! {
        ul {
            @for (i, recording) in told.recordings.iter().take(MOST_RECORDINGS) {
                li { a href=(recording) { (words::numbered("Recording", *i, all)) } }
            }
            @if let Some(minutes) = occurrence.minutes() { li { a href=(minutes) { "Minutes" } } }
            @if let Some(agenda) = occurrence.agenda() { li { a href=(agenda) { "Agenda" } } }
            @if let Some(join) = occurrence.join().filter(|_| to_come) {
                li { a href=(join) { "Join" } }
            }
            @if takes_place { li { a href=(event) { "For your calendar" } } }
            li { a href=(page) { "All about this meeting" } }
            li { a href=(series) { "All dates of " (occurrence.series.title) } }
        }
    }
}
