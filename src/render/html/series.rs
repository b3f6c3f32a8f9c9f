//! The page of a series.

use super::super::{Locale, Scope, markdown, words};
use super::layout::Layout;
use super::{meeting, past, rule, structured, subscribe};
use crate::model::{Community, Local, Series, Slot};
use crate::schedule::{self, AsOf, past, upcoming};
use chrono::TimeDelta;
use maud::{Markup, PreEscaped, html};

const UPCOMING: usize = 10;

/// The page of a series: when it meets, how to subscribe, and what has been.
pub fn series(community: &Community, series: &Series, as_of: &AsOf) -> String {
    let scope = Scope::Series(community, series);
    let path = scope.folder();
    let locale = scope.locale();
    let description = markdown::summary(&series.description);
    let layout = Layout {
        scope,
        path: &path,
        title: series.title.to_string(),
        description: description.unwrap_or_else(|| community.site.description.clone()).to_string(),
        structured: structured::series(community, series),
    };
    layout.around(html! {
        h1 { (series.title) }
        div.columns {
            div {
                (slots(locale, series, as_of))
                (actions(locale, series, as_of))
                div.text { (PreEscaped(markdown::for_page(&series.description, 0).html)) }
            }
            div.beside { (coming(community, series, as_of)) }
        }
        (subscribe::section(&scope, as_of))
        (history(community, series, as_of))
    })
}

/// Where to join while it goes on, and the agenda.
fn actions(locale: &Locale, series: &Series, as_of: &AsOf) -> Markup {
    let goes_on = schedule::next(series, as_of).is_some();
    html! {
        p.actions {
            @if let Some(join) = series.join.as_ref().filter(|_| goes_on) {
                a.button.primary href=(join) { (locale.meeting.join) }
            }
            @if let Some(agenda) = &series.agenda { a.button href=(agenda) { (locale.meeting.agenda) } }
        }
    }
}

/// When it meets now, and when it met before.
fn slots(locale: &Locale, series: &Series, as_of: &AsOf) -> Markup {
    let (ended, current): (Vec<_>, Vec<_>) =
        series.slots.iter().partition(|slot| is_ended(slot, as_of));
    html! {
        @for slot in &current {
            p.lead { (rule::current(locale, slot, as_of)) }
        }
        @if let Some(location) = &series.location { p { (locale.meeting.place) (locale.dates.colon) (location) } }
        @if !ended.is_empty() {
            details.earlier open[current.is_empty()] {
                summary { (locale.series.earlier) }
                ul {
                    @for slot in ended.iter().rev() {
                        li { (rule::ended(locale, slot)) }
                    }
                }
            }
        }
    }
}

fn is_ended(slot: &Slot, as_of: &AsOf) -> bool {
    let end = |until| words::instant(Local::Date(until + TimeDelta::days(1)), slot.zone);
    slot.until.is_some_and(|until| as_of.reached(end(until)))
}

fn coming(community: &Community, series: &Series, as_of: &AsOf) -> Markup {
    let locale = Locale::of(&community.site);
    let coming: Vec<_> = upcoming(series, as_of).take(UPCOMING).collect();
    html! {
        section aria-labelledby="upcoming" {
            h2 #upcoming { (locale.home.coming) }
            @if coming.is_empty() {
                p { (locale.series.nothing) }
            } @else {
                ul.rows { @for o in &coming { (meeting::row(community, o, false)) } }
            }
        }
    }
}

fn history(community: &Community, series: &Series, as_of: &AsOf) -> Markup {
    let past = past(series, as_of);
    html! {
        @if !past.is_empty() {
            section aria-labelledby="past" {
                h2 #past { (Locale::of(&community.site).series.past) }
                (past::of_series(community, past))
            }
        }
    }
}
