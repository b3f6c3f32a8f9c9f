//! Feeds of a scope, for people's readers and for bots.

use super::super::super::Scope;
use super::super::super::format::{
    ATOM, Format, JSON_FEED, REMINDERS, REMINDERS_ATOM, REMINDERS_JSON, RSS,
};
use super::super::super::opml;
use super::copyable;
use maud::{Markup, html};

const NEWS: [(&str, Format); 3] = [("RSS", RSS), ("Atom", ATOM), ("JSON", JSON_FEED)];

const REMINDING: [(&str, Format); 3] =
    [("RSS", REMINDERS), ("Atom", REMINDERS_ATOM), ("JSON", REMINDERS_JSON)];

/// Feeds of the scope and, for the whole community, the list of all there are.
pub(super) fn feeds(scope: &Scope<'_>) -> Markup {
    let words = &scope.locale().subscribe;
    html! {
        h3 { (words.to_read) }
        dl.feeds {
            (kind(scope, words.news, &NEWS))
            (kind(scope, words.reminders, &REMINDING))
            @if let Scope::Community(_) = scope {
                dt { (words.all_feeds) }
                dd { a href=(opml::PATH) download { "OPML" } }
            }
        }
    }
}

/// One kind of feed in each of its formats.
fn kind(scope: &Scope<'_>, what: &str, formats: &[(&str, Format)]) -> Markup {
    html! {
        dt { (what) }
        dd {
            @for (name, format) in formats {
                a href=(format.path(scope)) { (name) span.hidden { (what) } } " "
            }
        }
    }
}

/// The exact lines by which bots come to remind people where they talk.
pub(super) fn bots(scope: &Scope<'_>) -> Markup {
    let address = scope.site().absolute(&REMINDERS.path(scope));
    let locale = scope.locale();
    let words = &locale.subscribe;
    html! {
        details {
            summary { (words.bots) }
            p { (words.slack) }
            (copyable(locale, "Slack", &html! { code { "/feed subscribe " (address) } }))
            p { (words.matrix) }
            (copyable(locale, "Matrix", &html! { code { "!hookshot feed " (address) } }))
        }
    }
}
