//! The page of one meeting.

use super::super::{Scope, markdown, places, words};
use super::layout::Layout;
use super::{meeting, structured};
use crate::model::{Change, Community};
use crate::schedule::{AsOf, Occurrence, Status};
use chrono::{DateTime, Utc};
use maud::{Markup, PreEscaped, html};

/// The most topics that a page lists.
const MOST_TOPICS: usize = 40;

/// The page of one meeting, with its neighbours in time.
pub fn occurrence(
    community: &Community,
    occurrence: &Occurrence<'_>,
    before: Option<&Occurrence<'_>>,
    after: Option<&Occurrence<'_>>,
    as_of: &AsOf,
) -> String {
    let scope = Scope::Series(community, occurrence.series);
    let path = occurrence.path();
    let when = words::when(occurrence);
    let title = format!("{}, {}", occurrence.title(), words::day(occurrence.start.date()));
    let layout = Layout {
        scope,
        path: &path,
        structured: structured::occurrence(community, occurrence, &title),
        title,
        description: format!("{}: {when}.", occurrence.title()),
    };
    layout.around(html! {
        p.back { a href=(scope.folder()) { (occurrence.series.title) } }
        h1 { (occurrence.title()) }
        (meeting::when(occurrence))
        (banner(community, occurrence, as_of))
        (actions(occurrence, as_of))
        @if let Some(location) = occurrence.location() { p { "Place: " (location) } }
        @if let Some(note) = occurrence.note() {
            div.text { (PreEscaped(markdown::for_page(note, 0).html)) }
        }
        (agenda(occurrence))
        @if still_to_come(occurrence, as_of) && occurrence.start.time().is_some() {
            (elsewhere(occurrence))
        }
        nav.pager aria-label="Other dates" {
            @if let Some(before) = before { (neighbour(before, "prev", "Earlier")) }
            @if let Some(after) = after { (neighbour(after, "next", "Later")) }
        }
    })
}

fn still_to_come(occurrence: &Occurrence<'_>, as_of: &AsOf) -> bool {
    occurrence.status == Status::Confirmed && !as_of.reached(occurrence.utc_end)
}

/// Join while that makes sense, the agenda, and what the meeting left behind.
fn actions(occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    let join = occurrence.join().filter(|_| still_to_come(occurrence, as_of));
    let recordings = occurrence.recordings();
    html! {
        p.actions {
            @if let Some(join) = join { a.button.primary href=(join) { "Join" } }
            @for (i, recording) in recordings.iter().enumerate() {
                a.button.primary href=(recording) {
                    (words::numbered("Recording", i, recordings.len()))
                }
            }
            @if let Some(minutes) = occurrence.minutes() { a.button href=(minutes) { "Minutes" } }
            @if let Some(agenda) = occurrence.agenda() { a.button href=(agenda) { "Agenda" } }
            @if still_to_come(occurrence, as_of) {
                a.button href="event.ics" download { "Add to a calendar" }
            }
        }
    }
}

/// Whether it takes place: quietly where it does, loudly where that is not as planned.
fn banner(community: &Community, occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    html! {
        @if let Some(Change::Cancelled { announced, restored: None, .. }) = occurrence.change {
            div.banner.bad {
                p {
                    strong { "Cancelled" }
                    @if let Some(reason) = occurrence.reason() { ": " (reason) }
                }
                (known("Announced", *announced))
            }
        } @else if let Some(Change::Moved { announced, restored: None, .. }) = occurrence.change {
            div.banner.warn {
                p { strong { "Moved" } " from " s { (meeting::planned(occurrence)) } }
                (known("Announced", *announced))
            }
        } @else if let Some(taken_back) = occurrence.added().and_then(|added| added.restored) {
            div.banner.bad {
                p { strong { "Cancelled" } }
                (known("Announced", taken_back))
            }
        } @else {
            (confirmed(community, occurrence, as_of))
        }
    }
}

fn confirmed(community: &Community, occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    let over = as_of.reached(occurrence.utc_end);
    html! {
        div.banner {
            p {
                @if over { "This meeting is over." }
                @else if as_of.reached(occurrence.utc_start) { "Happening now." }
                @else { "Takes place as planned." }
            }
            @if !over { (holiday(community, occurrence)) }
            @match occurrence.change {
                Some(Change::Cancelled { restored: Some(restored), .. }) => {
                    (known("It had been cancelled; it is on again since", *restored))
                }
                Some(Change::Moved { restored: Some(restored), .. }) => {
                    (known("It had been moved; that was taken back", *restored))
                }
                _ => {}
            }
            @if let Some(added) = occurrence.added() { (known("Announced", added.announced)) }
        }
    }
}

/// The holiday it falls on, and whether anybody has thought of that.
fn holiday(community: &Community, occurrence: &Occurrence<'_>) -> Markup {
    let Some(holiday) = meeting::holiday_on_day(community, occurrence) else { return html! {} };
    let undecided = meeting::holiday(community, occurrence).is_some();
    html! {
        p {
            (occurrence.start.date().format("%A %-d %B")) " is a holiday (" (holiday.name) ")"
            @if undecided { "; look at the agenda before you join." }
            @else { "; it was decided to meet all the same." }
        }
    }
}

fn known(what: &str, at: DateTime<Utc>) -> Markup {
    html! {
        p.quiet { (what) " " time datetime=(words::machine(at)) { (words::utc(at)) } }
    }
}

/// What is or was on its agenda, as far as it is shown here.
fn agenda(occurrence: &Occurrence<'_>) -> Markup {
    let topics = occurrence.topics();
    html! {
        @if !topics.is_empty() {
            section aria-labelledby="agenda" {
                h2 #agenda { "Agenda" }
                ul {
                    @for topic in topics.iter().take(MOST_TOPICS) { li { (topic) } }
                    @if topics.len() > MOST_TOPICS {
                        li.quiet { "and " (topics.len() - MOST_TOPICS) " more" }
                    }
                }
            }
        }
    }
}

/// The start on clocks around the world.
fn elsewhere(occurrence: &Occurrence<'_>) -> Markup {
    let start = occurrence.utc_start;
    html! {
        section aria-labelledby="elsewhere" {
            h2 #elsewhere { "Around the world" }
            table {
                tbody {
                    @for (place, local) in places::starts(occurrence) {
                        tr {
                            th scope="row" { (place.name) }
                            td { (local.format("%a %-d %b")) }
                            td.hour {
                                time datetime=(words::machine(start)) { (words::clock(local.time())) }
                                " " span.quiet { (words::zone_name(place.rules, start)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn neighbour(occurrence: &Occurrence<'_>, rel: &str, word: &str) -> Markup {
    html! {
        a class=(rel) rel=(rel) href=(occurrence.path()) {
            span.quiet { (word) }
            span.day.cancelled[occurrence.status == Status::Cancelled] {
                (meeting::short_date(occurrence))
            }
        }
    }
}
