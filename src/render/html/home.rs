//! The community page: the next meeting, how to subscribe, and the community's own text.

use super::super::{Locale, Scope};
use super::layout::Layout;
use super::{meeting, next, recordings, structured, subscribe, text};
use crate::model::{Community, Page};
use crate::schedule::{self, AsOf, Occurrence, coming};
use maud::{Markup, html};

/// Meetings listed beside the next one.
const UPCOMING: usize = 6;

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
    layout.around(html! {
        div.title {
            h1 { (site.name) }
            p.lead { (site.description) }
        }
        (now(community, as_of))
        (subscribe::section(&scope, as_of))
        (recordings::section(community, as_of))
        (all_series(community, as_of))
        section aria-labelledby="about" {
            h2 #about { (page.title) }
            (text::body(scope.locale(), page, 1))
        }
        (follow(community))
    })
}

/// The next meeting and those after it; the script has this replaced when the meeting is over.
fn now(community: &Community, as_of: &AsOf) -> Markup {
    let next = community
        .series
        .iter()
        .filter_map(|series| schedule::next(series, as_of))
        .min_by_key(Occurrence::order);
    let mut coming = coming(community.all_series(), as_of, UPCOMING + 1);
    coming.retain(|o| next.as_ref().is_none_or(|next| o.order() != next.order()));
    coming.truncate(UPCOMING);
    html! {
        div.columns #now {
            @if let Some(next) = &next { (next::card(community, next, &coming, as_of)) }
            (later(community, next.is_some(), &coming))
        }
    }
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

/// Every series, those that go on before those that rest.
fn all_series(community: &Community, as_of: &AsOf) -> Markup {
    let locale = Locale::of(&community.site);
    let words = &locale.home;
    let with_next = |series| (series, schedule::next(series, as_of));
    let mut all: Vec<_> = community.all_series().map(with_next).collect();
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
                ul.in-columns {
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
