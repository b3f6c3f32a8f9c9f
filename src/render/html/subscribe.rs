//! How to subscribe to a scope: links that open the big calendars' own dialogues, feeds, and the
//! lines to give to bots.

use super::super::Scope;
use super::super::format::{Audience, CALENDAR, FORMATS, REMINDERS};
use super::super::opml;
use maud::{Markup, html};

/// The section of a page that says how to subscribe.
pub(super) fn section(scope: &Scope<'_>) -> Markup {
    let path = CALENDAR.path(scope);
    let locale = scope.locale();
    let words = &locale.subscribe;
    html! {
        section aria-labelledby="subscribe" lang=[locale.foreign_to(scope.site())] {
            h2 #subscribe { (locale.frame.subscribe) }
            p { (words.promise) }
            ul.buttons {
                @for (name, href) in deep_links(scope) {
                    li { a.button href=(href) { (name) } }
                }
            }
            p { (words.any_other) }
            p.address { code { (scope.site().absolute(&path)) } }
            p.quiet {
                a href=(path) download { (words.download) }
                (words.download_hint)
            }
            (feeds(scope))
            (bots(scope))
        }
    }
}

/// Feeds of the scope and, for the whole community, the list of all there are.
fn feeds(scope: &Scope<'_>) -> Markup {
    let feeds = FORMATS.iter().filter(|format| format.audience == Audience::Readers);
    let locale = scope.locale();
    let each = html! {
        @for (i, format) in feeds.enumerate() {
            @if i > 0 { (locale.dates.comma) }
            a href=(format.path(scope)) { ((format.name)(locale)) }
        }
    };
    let all = matches!(scope, Scope::Community(_))
        .then(|| html! { a href=(opml::PATH) download { (locale.subscribe.all_feeds) } });
    html! { p.quiet { ((locale.subscribe.feeds)(each, all)) } }
}

/// The exact lines by which bots come to remind people where they talk.
fn bots(scope: &Scope<'_>) -> Markup {
    let address = scope.site().absolute(&REMINDERS.path(scope));
    let words = &scope.locale().subscribe;
    html! {
        details {
            summary { (words.bots) }
            p { (words.slack) }
            p.address { code { "/feed subscribe " (address) } }
            p { (words.matrix) }
            p.address { code { "!hookshot feed " (address) } }
        }
    }
}

/// The names of applications and the addresses at which they subscribe to the scope's calendar.
fn deep_links(scope: &Scope<'_>) -> [(&'static str, String); 4] {
    let https = scope.site().absolute(&CALENDAR.path(scope));
    let webcal = format!("webcal://{}", https.split_once("://").map_or("", |(_, rest)| rest));
    let words = &scope.locale().subscribe;
    let (calendar, name) = (percent_encoded(&https), percent_encoded(&scope.title()));
    let outlook =
        |host: &str| format!("https://{host}/calendar/0/addfromweb/?url={calendar}&name={name}");
    // Google takes an https address for one of its own and says it cannot be found.
    let google = percent_encoded(&webcal);
    [
        (words.google, format!("https://calendar.google.com/calendar/u/0/r?cid={google}")),
        ("Outlook.com", outlook("outlook.live.com")),
        ("Microsoft 365", outlook("outlook.office.com")),
        (words.apple, webcal),
    ]
}

/// Everything but RFC 3986's unreserved characters, as JavaScript's `encodeURIComponent` has it.
fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}
