//! The chooser of what is in a calendar: a form that asks for it by the options of its address, and
//! from which the script keeps every address of the section.

use super::super::super::Scope;
use super::super::super::format::CALENDAR;
use super::applications::percent_encoded;
use crate::model::{Community, Series, Slug};
use crate::schedule::{self, AsOf};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The most series, or tags, among which somebody would look for theirs.
const MOST: usize = 30;

/// How long before a meeting it reminds, in the order of the locale's words.
const ALARMS: [&str; 6] = ["5m", "10m", "15m", "30m", "1h", "1d"];

pub(super) fn chooser(scope: &Scope<'_>, as_of: &AsOf) -> Markup {
    let locale = scope.locale();
    let words = &locale.subscribe.chooser;
    let (community, no_server) = match scope {
        Scope::Community(community) => (Some(community), words.only_one),
        Scope::Series(..) | Scope::Tag(..) => (None, words.none_here),
    };
    html! {
        details.chooser {
            summary { (words.title) " " span.quiet {} }
            form method="get" action=(CALENDAR.path(scope)) autocomplete="off"
                data-site=(scope.site().url) data-name=(percent_encoded(&scope.title()))
                data-colon=(locale.dates.colon) data-no-server=(no_server)
                data-chosen=(words.chosen) data-nothing=(words.nothing_chosen) {
                p.no-server.hint role="status" {}
                @if let Some(community) = community {
                    (tags(community))
                    (series(community, as_of))
                }
                div.selects { (alarm(scope)) (cancelled(scope)) }
                p.unscripted.quiet { (words.without_script) }
                button.button type="submit" { (words.submit) }
                output {}
            }
        }
    }
}

/// The tags, where there are any and somebody could overlook them.
fn tags(community: &Community) -> Markup {
    let words = &Scope::Community(community).locale().subscribe.chooser;
    let tags: BTreeSet<&Slug> = community.series.iter().flat_map(|series| &series.tags).collect();
    html! {
        @if (1..=MOST).contains(&tags.len()) {
            fieldset {
                legend { (words.tags) }
                p.quiet { (words.tags_hint) }
                div.boxes {
                    @for tag in tags {
                        (choice("tag", tag, &Scope::Tag(community, tag), html! { (tag) }))
                    }
                }
            }
        }
    }
}

/// The series, those that go on before those that rest.
fn series(community: &Community, as_of: &AsOf) -> Markup {
    let locale = Scope::Community(community).locale();
    let words = &locale.subscribe.chooser;
    let (current, resting): (Vec<_>, Vec<_>) =
        community.series.iter().partition(|series| schedule::next(series, as_of).is_some());
    let title = |series: &Series| html! { (series.title) };
    let rests = |series: &Series| {
        html! { (series.title) " " span.quiet { (locale.home.no_date) } }
    };
    html! {
        @if (2..=MOST).contains(&community.series.len()) {
            fieldset {
                legend { (words.series) }
                p.quiet { (words.series_hint) }
                div.boxes {
                    @for series in current { (one(community, series, title(series))) }
                    @for series in resting { (one(community, series, rests(series))) }
                }
            }
        } @else if community.series.len() > MOST {
            p { ((words.many)(html! { a href="#meetings" { (words.list) } })) }
        }
    }
}

fn one(community: &Community, series: &Series, label: Markup) -> Markup {
    choice("series", &series.slug, &Scope::Series(community, series), label)
}

/// A box to tick; what it says to the script is the calendar of it alone.
fn choice(name: &str, slug: &Slug, scope: &Scope<'_>, label: Markup) -> Markup {
    let tags = match scope {
        Scope::Series(_, series) => Some(series.tags.iter().map(Slug::as_str).collect::<Vec<_>>()),
        Scope::Community(_) | Scope::Tag(..) => None,
    };
    html! {
        label {
            input type="checkbox" name=(name) value=(slug) data-path=(CALENDAR.path(scope))
                data-name=(percent_encoded(&scope.title())) data-tags=[tags.map(|tags| tags.join(" "))];
            span { (label) }
        }
    }
}

fn alarm(scope: &Scope<'_>) -> Markup {
    let words = &scope.locale().subscribe.chooser;
    html! {
        div {
            label {
                span { (words.alarm) }
                select name="alarm" {
                    option value="" { (words.no_alarm) }
                    @for (value, text) in ALARMS.iter().zip(words.alarms) {
                        option value=(value) { (text) }
                    }
                }
            }
            p.quiet { (words.alarm_hint) }
        }
    }
}

fn cancelled(scope: &Scope<'_>) -> Markup {
    let words = &scope.locale().subscribe.chooser;
    html! {
        div {
            label {
                span { (words.cancelled) }
                select name="cancelled" {
                    option value="" { (words.left_out) }
                    option value="mark" { (words.marked) }
                }
            }
            p.quiet { (words.cancelled_hint) }
        }
    }
}
