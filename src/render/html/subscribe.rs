//! How to subscribe to a scope: links that open the big calendars' own dialogues.

use super::super::Scope;
use super::super::format::{Audience, CALENDAR, FORMATS};
use maud::{Markup, html};

/// The section of a page that says how to subscribe.
pub(super) fn section(scope: &Scope<'_>) -> Markup {
    let path = CALENDAR.path(scope);
    let feeds = FORMATS.iter().filter(|format| format.audience == Audience::Readers);
    html! {
        section aria-labelledby="subscribe" {
            h2 #subscribe { "Subscribe" }
            p {
                "Subscribe once, and your calendar follows every change by itself: new dates, "
                "cancelled ones, moved ones, always in your own time zone."
            }
            ul.buttons {
                @for (name, href) in deep_links(scope) {
                    li { a.button href=(href) { (name) } }
                }
            }
            p { "Any other calendar: subscribe to this address." }
            p.address { code { (scope.site().absolute(&path)) } }
            p.quiet {
                a href=(path) download { "Download the calendar" }
                " as it is today; a downloaded copy is never updated. "
                "To read about agendas, changes and recordings instead: "
                @for format in feeds { a href=(format.path(scope)) { (format.name) } }
                "."
            }
        }
    }
}

/// The names of applications and the addresses at which they subscribe to the scope's calendar.
fn deep_links(scope: &Scope<'_>) -> [(&'static str, String); 4] {
    let https = scope.site().absolute(&CALENDAR.path(scope));
    let webcal = format!("webcal://{}", https.split_once("://").map_or("", |(_, rest)| rest));
    let (calendar, name) = (percent_encoded(&https), percent_encoded(&scope.title()));
    let outlook =
        |host: &str| format!("https://{host}/calendar/0/addfromweb/?url={calendar}&name={name}");
    // Google takes an https address for one of its own and says it cannot be found.
    let google = percent_encoded(&webcal);
    [
        ("Google Calendar", format!("https://calendar.google.com/calendar/u/0/r?cid={google}")),
        ("Outlook.com", outlook("outlook.live.com")),
        ("Microsoft 365", outlook("outlook.office.com")),
        ("Apple Calendar", webcal),
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
