//! The community page: the next meeting, how to subscribe, and the community's own text.

use super::super::Scope;
use super::layout::Layout;
use super::{meeting, subscribe, text};
use crate::model::{Community, Page, Series};
use crate::schedule::{AsOf, Occurrence, Status, coming, past, upcoming};
use maud::{Markup, html};

/// Meetings listed beside the next one.
const UPCOMING: usize = 8;

const RECORDINGS: usize = 5;

pub(super) fn home(community: &Community, page: &Page, as_of: &AsOf) -> String {
    let site = &community.site;
    let scope = Scope::Community(community);
    let layout = Layout {
        scope,
        path: "/",
        title: site.name.to_string(),
        description: site.description.to_string(),
    };
    let next = community
        .series
        .iter()
        .filter_map(|series| next_of(series, as_of))
        .min_by_key(Occurrence::order);
    let mut coming = coming(community.series.iter(), as_of, UPCOMING + 1);
    coming.retain(|o| next.as_ref().is_none_or(|next| o.order() != next.order()));
    coming.truncate(UPCOMING);
    layout.around(html! {
        div.title {
            h1 { (site.name) }
            p.lead { (site.description) }
        }
        @if let Some(next) = &next { (next_meeting(community, next, &coming, as_of)) }
        (later(community, next.is_some(), &coming))
        (subscribe::section(&scope))
        (recordings(community, as_of))
        (all_series(community, as_of))
        section aria-labelledby="about" {
            h2 #about { (page.title) }
            (text::body(page, 1))
        }
        (follow(community))
    })
}

/// The next meeting of a series that takes place.
fn next_of<'a>(series: &'a Series, as_of: &'a AsOf) -> Option<Occurrence<'a>> {
    upcoming(series, as_of).find(|o| o.status == Status::Confirmed)
}

fn next_meeting(
    community: &Community,
    next: &Occurrence<'_>,
    others: &[Occurrence<'_>],
    as_of: &AsOf,
) -> Markup {
    let running = as_of.reached(next.utc_start);
    let dropped = others.iter().filter(|o| o.utc_start < next.utc_start);
    html! {
        section.card aria-labelledby="next" {
            h2 #next { @if running { "Happening now" } @else { "Next meeting" } }
            p.name { a href=(next.path()) { (next.title()) } }
            (meeting::when(next))
            @if next.is_moved() {
                p.remark.warn { "Moved from " s { (meeting::planned(next)) } }
            }
            @if let Some(holiday) = meeting::holiday(community, next) {
                p.hint {
                    (next.start.date().format("%A %-d %B")) " is a holiday (" (holiday.name) "). "
                    "The meeting is still planned; look at the agenda before you join."
                }
            }
            @for cancelled in dropped {
                p.hint {
                    (cancelled.title()) " on "
                    a href=(cancelled.path()) { (meeting::short_date(cancelled)) }
                    " is cancelled" @if let Some(reason) = cancelled.reason() { ": " (reason) } "."
                }
            }
            (meeting::actions(next))
        }
    }
}

fn later(community: &Community, is_next: bool, coming: &[Occurrence<'_>]) -> Markup {
    html! {
        section aria-labelledby="upcoming" {
            h2 #upcoming { "Coming up" }
            @if coming.is_empty() {
                p { "No " @if is_next { "other " } "meetings are planned." }
            } @else {
                ul.rows { @for o in coming { (meeting::row(community, o, true)) } }
            }
        }
    }
}

fn recordings(community: &Community, as_of: &AsOf) -> Markup {
    let recorded = |series| {
        past(series, as_of).into_iter().filter(|o| !o.recordings().is_empty()).take(RECORDINGS)
    };
    let mut latest: Vec<_> = community.series.iter().flat_map(recorded).collect();
    latest.sort_by(|a, b| b.order().cmp(&a.order()));
    latest.truncate(RECORDINGS);
    html! {
        @if !latest.is_empty() {
            section aria-labelledby="recordings" {
                h2 #recordings { "Recent recordings" }
                ul.rows {
                    @for occurrence in &latest {
                        li {
                            a.date href=(occurrence.path()) { (meeting::short_date(occurrence)) }
                            div {
                                span.name { (occurrence.title()) }
                                span.links { (meeting::records(occurrence)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every series, those that go on before those that rest.
fn all_series(community: &Community, as_of: &AsOf) -> Markup {
    let with_next = |series| (series, next_of(series, as_of));
    let mut all: Vec<_> = community.series.iter().map(with_next).collect();
    all.sort_by_key(|(_, next)| next.is_none());
    html! {
        section aria-labelledby="meetings" {
            h2 #meetings { "All meetings" }
            ul.rows.wide {
                @for (series, next) in &all {
                    li {
                        a.name href=(Scope::Series(community, series).folder()) { (series.title) }
                        span.clock {
                            @match next {
                                Some(next) => { "next on " (meeting::short_date(next)) }
                                None => { "no date planned" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Other feeds, where `site.toml` names any.
fn follow(community: &Community) -> Markup {
    html! {
        @if !community.site.follow.is_empty() {
            section aria-labelledby="elsewhere" {
                h2 #elsewhere { "Worth following" }
                ul.columns {
                    @for other in &community.site.follow {
                        @let page = other.page.as_ref().unwrap_or(&other.feed);
                        li {
                            a href=(page) { (other.title) } " "
                            a.quiet href=(other.feed) {
                                "feed" span.hidden { " of " (other.title) }
                            }
                        }
                    }
                }
            }
        }
    }
}
