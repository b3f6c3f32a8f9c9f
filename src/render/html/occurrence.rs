//! The page of one meeting.

use super::super::locale::Meeting;
use super::super::words::numbered;
use super::super::{Locale, Scope, clocks, markdown, places, words};
use super::layout::Layout;
use super::{history, meeting, structured};
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
    let locale = scope.locale();
    let (name, dates) = (occurrence.title().as_str(), &locale.dates);
    let title = (locale.meeting.on_day)(name, &(dates.day)(occurrence.start.date()));
    let layout = Layout {
        scope,
        path: &path,
        structured: structured::occurrence(community, occurrence, &title),
        title,
        description: (locale.meeting.is_at)(name, &words::when(locale, occurrence)),
    };
    layout.around(html! {
        p.back { a href=(scope.folder()) { (occurrence.series.title) } }
        h1 { (name) }
        div.columns {
            div {
                div #now {
                    (meeting::when(locale, occurrence))
                    (banner(community, occurrence, as_of))
                    (actions(locale, occurrence, as_of))
                }
                @if let Some(location) = occurrence.location() {
                    p { (locale.meeting.place) (dates.colon) (location) }
                }
                @if let Some(note) = occurrence.note() {
                    div.text { (PreEscaped(markdown::for_page(note, 0).html)) }
                }
                (agenda(&locale.meeting, occurrence))
            }
            div.beside {
                @if still_to_come(occurrence, as_of) && occurrence.start.time().is_some() {
                    (elsewhere(locale, occurrence))
                }
                (history::section(locale, occurrence, as_of))
            }
        }
        nav.pager aria-label=(locale.occurrence.other_dates) {
            @if let Some(before) = before { (neighbour(locale, before, "prev", locale.occurrence.earlier)) }
            @if let Some(after) = after { (neighbour(locale, after, "next", locale.occurrence.later)) }
        }
    })
}

fn still_to_come(occurrence: &Occurrence<'_>, as_of: &AsOf) -> bool {
    occurrence.status == Status::Confirmed && !as_of.reached(occurrence.utc_end)
}

/// Join while that makes sense, the agenda, and what the meeting left behind.
fn actions(locale: &Locale, occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    let words = &locale.meeting;
    let join = occurrence.join().filter(|_| still_to_come(occurrence, as_of));
    let recordings = occurrence.recordings();
    html! {
        p.actions {
            @if let Some(join) = join { a.button.primary href=(join) { (words.join) } }
            @for (i, recording) in recordings.iter().enumerate() {
                a.button.primary href=(recording) {
                    (numbered(words.recording, i, recordings.len()))
                }
            }
            @if let Some(minutes) = occurrence.minutes() { a.button href=(minutes) { (words.minutes) } }
            @if let Some(agenda) = occurrence.agenda() { a.button href=(agenda) { (words.agenda) } }
            @if still_to_come(occurrence, as_of) {
                a.button href="event.ics" download { (locale.occurrence.add) }
            }
        }
    }
}

/// Whether it takes place: quietly where it does, loudly where that is not as planned.
fn banner(community: &Community, occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    let locale = Locale::of(&community.site);
    let words = &locale.occurrence;
    html! {
        @if let Some(Change::Cancelled { announced, restored: None, .. }) = occurrence.change {
            div.banner.bad {
                p {
                    strong { (locale.meeting.cancelled) }
                    @if let Some(reason) = occurrence.reason() { (locale.dates.colon) (reason) }
                }
                (known(locale, words.announced, *announced))
            }
        } @else if let Some(Change::Moved { announced, restored: None, .. }) = occurrence.change {
            div.banner.warn {
                p { ((words.moved)(meeting::planned(locale, occurrence))) }
                (known(locale, words.announced, *announced))
            }
        } @else if let Some(taken_back) = occurrence.added().and_then(|added| added.restored) {
            div.banner.bad {
                p { strong { (locale.meeting.cancelled) } }
                (known(locale, words.announced, taken_back))
            }
        } @else {
            (confirmed(community, occurrence, as_of))
        }
    }
}

fn confirmed(community: &Community, occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    let locale = Locale::of(&community.site);
    let words = &locale.occurrence;
    let over = as_of.reached(occurrence.utc_end);
    html! {
        div.banner {
            p #state data-running=(words.running) {
                @if over { (words.over) }
                @else if as_of.reached(occurrence.utc_start) { (words.running) }
                @else { (words.planned) }
            }
            @if !over { (meeting::countdown(locale, occurrence)) }
            @if !over { (holiday(community, occurrence)) }
            @match occurrence.change {
                Some(Change::Cancelled { restored: Some(restored), .. }) => {
                    (known(locale, words.on_again, *restored))
                }
                Some(Change::Moved { restored: Some(restored), .. }) => {
                    (known(locale, words.moved_back, *restored))
                }
                _ => {}
            }
            @if let Some(added) = occurrence.added() {
                (known(locale, words.announced, added.announced))
            }
        }
    }
}

/// The holiday it falls on, and whether anybody has thought of that.
fn holiday(community: &Community, occurrence: &Occurrence<'_>) -> Markup {
    let Some(holiday) = meeting::holiday_on_day(community, occurrence) else { return html! {} };
    let undecided = meeting::holiday(community, occurrence).is_some();
    let Locale { dates, occurrence: words, .. } = Locale::of(&community.site);
    let sentence = if undecided { words.holiday } else { words.held_on_holiday };
    let day = (dates.day_of_year)(holiday.date);
    html! { p { (sentence(&day, holiday.name.as_str())) } }
}

fn known(locale: &Locale, what: fn(Markup) -> Markup, at: DateTime<Utc>) -> Markup {
    let at = html! { time datetime=(words::machine(at)) { (words::utc(locale, at)) } };
    html! { p.quiet { (what(at)) } }
}

/// What is or was on its agenda, as far as it is shown here.
fn agenda(words: &Meeting, occurrence: &Occurrence<'_>) -> Markup {
    let topics = occurrence.topics();
    html! {
        @if !topics.is_empty() {
            section aria-labelledby="agenda" {
                h2 #agenda { (words.agenda) }
                ul {
                    @for topic in topics.iter().take(MOST_TOPICS) { li { (topic) } }
                    @if topics.len() > MOST_TOPICS {
                        li.quiet { ((words.more_topics)(topics.len() - MOST_TOPICS)) }
                    }
                }
            }
        }
    }
}

/// The start on clocks around the world.
fn elsewhere(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let start = occurrence.utc_start;
    let unusual = clocks::unusual(occurrence);
    let shift = |place| unusual.iter().find(|found| found.places.contains(&place));
    html! {
        section aria-labelledby="elsewhere" {
            h2 #elsewhere { (locale.occurrence.around_the_world) }
            @if !unusual.is_empty() {
                p.quiet { (meeting::clocks_hint(locale, occurrence)) (locale.clocks.why) }
            }
            table {
                tbody {
                    @for (i, place) in places::starts(locale, occurrence).enumerate() {
                        tr {
                            th scope="row" {
                                (place.name)
                                @if let Some(shift) = shift(i) {
                                    " " strong.shift { ((locale.clocks.short)(shift.minutes)) }
                                }
                            }
                            td.date { ((locale.dates.short_day_of_year)(place.local.date())) }
                            td.hour {
                                time datetime=(words::machine(start)) {
                                    ((locale.dates.clock)(place.local.time()))
                                }
                                " "
                                span.quiet { (words::zone_name(locale, place.rules, start)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn neighbour(locale: &Locale, occurrence: &Occurrence<'_>, rel: &str, word: &str) -> Markup {
    html! {
        a class=(rel) rel=(rel) href=(occurrence.path()) {
            span.quiet { (word) }
            span.day.cancelled[occurrence.status == Status::Cancelled] {
                (meeting::short_date(locale, occurrence))
            }
        }
    }
}
