//! What an entry says in HTML: its sentence, the time around the world, the agenda, every link.

use super::super::{Locale, Scope, clocks, markdown, places, words};
use super::entry::Told;
use crate::model::{Line, Site};
use crate::schedule::{Occurrence, Status};
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
    let locale = Locale::of(site);
    let note = occurrence.note().filter(|note| note.as_str().len() <= LONGEST_NOTE);
    html! {
        (sentence(locale, told))
        @if let Some(location) = occurrence.location() {
            p { (locale.meeting.place) (locale.dates.colon) (location) }
        }
        @if occurrence.status == Status::Confirmed { (elsewhere(locale, occurrence)) }
        @if told.is_ahead() {
            @for hint in clocks::sentences(locale, occurrence) { p { (hint) } }
        }
        @if occurrence.status == Status::Confirmed { (topics(locale, occurrence.topics(), page)) }
        @if let Some(note) = note {
            (PreEscaped(markdown::for_feed(note, site, &occurrence.path())))
        }
        (links(site, told, page, event))
    }
}

/// The sentence and where the rest is.
pub(super) fn short(site: &Site, told: &Told<'_, '_>, page: &str) -> Markup {
    let locale = Locale::of(site);
    html! {
        (sentence(locale, told))
        p { a href=(page) { (locale.feeds.all_about) } }
    }
}

fn sentence(locale: &Locale, told: &Told<'_, '_>) -> Markup {
    let join = told.occurrence.join().filter(|_| told.is_reminder());
    html! {
        p { (told.sentence) }
        @if let Some(join) = join { p { a href=(join) { (locale.meeting.join) } } }
        @if let Some(since) = told.since { p { strong { (since) } } }
    }
}

/// The start on clocks around the world, in one line.
fn elsewhere(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let day = occurrence.start.date();
    let mut starts = places::starts(locale, occurrence).peekable();
    html! {
        @if starts.peek().is_some() {
            p {
                @for (i, place) in starts.enumerate() {
                    @if i > 0 { " · " }
                    (words::clock_beside(locale, place.local, day)) " " (place.name)
                }
            }
        }
    }
}

fn topics(locale: &Locale, topics: &[Line], page: &str) -> Markup {
    html! {
        @if !topics.is_empty() {
            p { (locale.feeds.agenda) }
            ul {
                @for topic in topics.iter().take(MOST_TOPICS) { li { (cut(topic.as_str())) } }
                @if let Some(more) = topics.len().checked_sub(MOST_TOPICS).filter(|more| *more > 0) {
                    li { a href=(page) { ((locale.meeting.more_topics)(more)) } }
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
    let Locale { meeting: words, feeds, .. } = Locale::of(site);
    let all = occurrence.recordings().len();
    let takes_place = occurrence.status == Status::Confirmed;
    let to_come = takes_place && all == 0 && !told.is_reminder();
    let series = site.absolute(&Scope::folder_of(occurrence.series));
    html! {
        ul {
            @for (i, recording) in told.recordings.iter().take(MOST_RECORDINGS) {
                li { a href=(recording) { (words::numbered(words.recording, *i, all)) } }
            }
            @if let Some(minutes) = occurrence.minutes() { li { a href=(minutes) { (words.minutes) } } }
            @if let Some(agenda) = occurrence.agenda() { li { a href=(agenda) { (words.agenda) } } }
            @if let Some(join) = occurrence.join().filter(|_| to_come) {
                li { a href=(join) { (words.join) } }
            }
            @if takes_place { li { a href=(event) { (feeds.for_calendar) } } }
            li { a href=(page) { (feeds.all_about) } }
            li { a href=(series) { ((feeds.all_dates)(occurrence.series.title.as_str())) } }
        }
    }
}
