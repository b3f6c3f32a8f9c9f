//! How a meeting looks wherever it is named: its time, its links, its row in a list.

use super::super::locale::Meeting;
use super::super::words::numbered;
use super::super::{Locale, clocks, words};
use crate::model::{Community, Holiday, Local, Zone};
use crate::schedule::{self, Occurrence, Status};
use chrono::TimeDelta;
use maud::{Markup, html};

/// A date of one slot or day, as a `time` element that says the true instant.
pub(super) fn time(start: Local, zone: Zone, text: &str) -> Markup {
    let machine = match start {
        Local::Date(date) => date.to_string(),
        Local::DateTime(_) => words::machine(words::instant(start, zone)),
    };
    html! { time datetime=(machine) { (text) } }
}

/// Its day and its times, large.
pub(super) fn when(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let day = (locale.dates.day)(occurrence.start.date());
    html! {
        p.when.cancelled[occurrence.status == Status::Cancelled] {
            (time(occurrence.start, occurrence.zone, &day))
            (clock(locale, occurrence))
        }
    }
}

/// `10:00–11:00 PST · 18:00–19:00 UTC`; for several whole days the last of them.
pub(super) fn clock(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let last = occurrence.own_days().1;
    let long = is_long(occurrence).then_some("long");
    html! {
        @if let Some(local) = words::local_span(locale, occurrence) {
            span.clock {
                span class=[long] { (local) }
                @if let Some(utc) = words::utc_span(locale, occurrence) {
                    " " span class=[long] { span.dot { "· " } (own(occurrence, &utc)) }
                }
            }
        } @else if last > occurrence.start.date() {
            span.clock { ((locale.dates.until)(&(locale.dates.day)(last))) }
        }
    }
}

/// Whether its time names days, and may be broken between them.
fn is_long(occurrence: &Occurrence<'_>) -> bool {
    occurrence.utc_end - occurrence.utc_start >= TimeDelta::days(1)
}

/// Where it is earlier or later than usual, as clocks are not changed on the same day everywhere.
pub(super) fn clocks_hint(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    html! {
        @for sentence in clocks::sentences(locale, occurrence) {
            span.remark.shifted { (sentence) }
        }
    }
}

/// Its time in UTC, in the place of which the script shows the reader's own.
fn own(occurrence: &Occurrence<'_>, utc: &str) -> Markup {
    let (start, end) = (words::machine(occurrence.utc_start), words::machine(occurrence.utc_end));
    let local = occurrence.start.moment().format("%Y-%m-%dT%H:%M");
    html! { time.own datetime=(start) data-end=(end) data-local=(local) { (utc) } }
}

/// How long it is until it starts or ends, which the script counts; nothing for whole days.
pub(super) fn countdown(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let (start, end) = (words::machine(occurrence.utc_start), words::machine(occurrence.utc_end));
    let Locale { meeting: words, occurrence: page, .. } = locale;
    html! {
        @if occurrence.start.time().is_some() {
            p.countdown data-start=(start) data-end=(end) data-starts=(words.starts)
                data-ends=(words.ends) data-over=(page.over) {}
        }
    }
}

/// When the slot has a moved meeting, struck through.
pub(super) fn planned(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let zone = occurrence.planned_zone();
    let id = occurrence.recurrence_id;
    html! { s { (time(id, zone, &words::local(locale, id, zone))) } }
}

/// The holiday it falls on, unless somebody has decided about that date already.
pub(in crate::render) fn holiday<'a>(
    community: &'a Community,
    occurrence: &Occurrence<'_>,
) -> Option<&'a Holiday> {
    occurrence.slot?;
    match occurrence.change {
        None => holiday_on_day(community, occurrence),
        _ => None,
    }
}

/// The holiday of a meeting's day, whatever was decided about it.
pub(super) fn holiday_on_day<'a>(
    community: &'a Community,
    occurrence: &Occurrence<'_>,
) -> Option<&'a Holiday> {
    schedule::holiday(community, occurrence).map(|(_, holiday)| holiday)
}

/// Buttons to join and to the agenda.
pub(super) fn actions(words: &Meeting, occurrence: &Occurrence<'_>) -> Markup {
    html! {
        p.actions {
            @if let Some(join) = occurrence.join() {
                a.button.primary href=(join) { (words.join) }
            }
            @if let Some(agenda) = occurrence.agenda() {
                a.button href=(agenda) { (words.agenda) }
            }
        }
    }
}

/// Links to what it left behind.
pub(super) fn records(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let words = &locale.meeting;
    let recordings = occurrence.recordings();
    html! {
        @if let Some(minutes) = occurrence.minutes() { a href=(minutes) { (words.minutes) } " " }
        @for (i, link) in recordings.iter().enumerate() {
            a href=(link) { (numbered(words.recording, i, recordings.len())) } " "
        }
    }
}

/// Its row in a list of meetings to come; with its title where the list is of several series.
pub(super) fn row(community: &Community, occurrence: &Occurrence<'_>, titled: bool) -> Markup {
    let cancelled = occurrence.status == Status::Cancelled;
    let own_title = occurrence.title() != &occurrence.series.title;
    let locale = Locale::of(&community.site);
    html! {
        li class=[cancelled.then_some("cancelled")] {
            a.date href=(occurrence.path()) { (short_date(locale, occurrence)) }
            div {
                @if titled || own_title { span.name { (occurrence.title()) } }
                (clock(locale, occurrence))
                (clocks_hint(locale, occurrence))
                (remark(community, occurrence))
            }
        }
    }
}

/// `Thu 26 Nov 2026`.
pub(super) fn short_date(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    time(occurrence.start, occurrence.zone, &(locale.dates.short_day)(occurrence.start.date()))
}

/// What is unusual about it.
pub(super) fn remark(community: &Community, occurrence: &Occurrence<'_>) -> Markup {
    let locale = Locale::of(&community.site);
    let words = &locale.meeting;
    html! {
        @if occurrence.status == Status::Cancelled {
            span.remark.bad {
                (words.cancelled)
                @if let Some(reason) = occurrence.reason() { (locale.dates.colon) (reason) }
            }
        } @else if occurrence.is_moved() {
            span.remark.warn { ((words.moved_from)(planned(locale, occurrence))) }
        } @else if let Some(holiday) = holiday(community, occurrence) {
            span.remark { (words.holiday) (locale.dates.colon) (holiday.name) }
        }
    }
}
