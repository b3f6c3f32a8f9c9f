//! The community page: the next meeting, how to subscribe, and the community's own text.

use super::super::{Locale, Scope};
use super::layout::Layout;
use super::{meeting, structured, subscribe, text};
use crate::model::{Community, Line, Page, Series};
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
        structured: structured::home(community),
    };
    let locale = scope.locale();
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
        (subscribe::section(&scope, as_of))
        (recordings(community, as_of))
        (all_series(community, as_of))
        section aria-labelledby="about" {
            h2 #about { (page.title) }
            (text::body(locale, page, 1))
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
    let locale = Locale::of(&community.site);
    let words = &locale.home;
    let dropped = others.iter().filter(|o| o.utc_start < next.utc_start);
    html! {
        section.card aria-labelledby="next" {
            h2 #next { @if running { (words.running) } @else { (words.next) } }
            p.name { a href=(next.path()) { (next.title()) } }
            (meeting::when(locale, next))
            @if next.is_moved() {
                p.remark.warn { ((locale.meeting.moved_from)(meeting::planned(locale, next))) }
            }
            @if let Some(holiday) = meeting::holiday(community, next) {
                @let day = (locale.dates.day_of_year)(next.start.date());
                p.hint { ((words.holiday)(&day, holiday.name.as_str())) }
            }
            @for cancelled in dropped {
                p.hint { (is_cancelled(locale, cancelled)) }
            }
            (meeting::actions(&locale.meeting, next))
        }
    }
}

fn is_cancelled(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let day = html! { a href=(occurrence.path()) { (meeting::short_date(locale, occurrence)) } };
    let reason = occurrence.reason().map(Line::as_str);
    (locale.home.cancelled)(occurrence.title().as_str(), day, reason)
}

fn later(community: &Community, is_next: bool, coming: &[Occurrence<'_>]) -> Markup {
    let words = &Locale::of(&community.site).home;
    html! {
        section aria-labelledby="upcoming" {
            h2 #upcoming { (words.coming) }
            @if coming.is_empty() {
                p { @if is_next { (words.nothing_else) } @else { (words.nothing) } }
            } @else {
                ul.rows { @for o in coming { (meeting::row(community, o, true)) } }
            }
        }
    }
}

fn recordings(community: &Community, as_of: &AsOf) -> Markup {
    let locale = Locale::of(&community.site);
    let recorded = |series| {
        past(series, as_of).into_iter().filter(|o| !o.recordings().is_empty()).take(RECORDINGS)
    };
    let mut latest: Vec<_> = community.series.iter().flat_map(recorded).collect();
    latest.sort_by(|a, b| b.order().cmp(&a.order()));
    latest.truncate(RECORDINGS);
    html! {
        @if !latest.is_empty() {
            section aria-labelledby="recordings" {
                h2 #recordings { (locale.home.recordings) }
                ul.rows {
                    @for occurrence in &latest {
                        li {
                            a.date href=(occurrence.path()) { (meeting::short_date(locale, occurrence)) }
                            div {
                                span.name { (occurrence.title()) }
                                span.links { (meeting::records(locale, occurrence)) }
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
    let locale = Locale::of(&community.site);
    let words = &locale.home;
    let with_next = |series| (series, next_of(series, as_of));
    let mut all: Vec<_> = community.series.iter().map(with_next).collect();
    all.sort_by_key(|(_, next)| next.is_none());
    html! {
        section aria-labelledby="meetings" {
            h2 #meetings { (words.all) }
            ul.rows.wide {
                @for (series, next) in &all {
                    li {
                        a.name href=(Scope::Series(community, series).folder()) { (series.title) }
                        span.clock {
                            @match next {
                                Some(next) => { ((words.next_on)(meeting::short_date(locale, next))) }
                                None => { (words.no_date) }
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
    let words = &Locale::of(&community.site).home;
    html! {
        @if !community.site.follow.is_empty() {
            section aria-labelledby="elsewhere" {
                h2 #elsewhere { (words.follow) }
                ul.columns {
                    @for other in &community.site.follow {
                        @let page = other.page.as_ref().unwrap_or(&other.feed);
                        li {
                            a href=(page) { (other.title) } " "
                            a.quiet href=(other.feed) {
                                (words.feed) span.hidden { ((words.feed_of)(other.title.as_str())) }
                            }
                        }
                    }
                }
            }
        }
    }
}
