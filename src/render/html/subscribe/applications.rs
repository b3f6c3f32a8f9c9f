//! The applications in which people subscribe, and the addresses that open their own dialogues.

use super::super::super::Scope;
use super::super::super::format::CALENDAR;
use super::super::super::locale::Locale;
use maud::{Markup, html};

/// The calendar as a file; the attribute `download` is the link's own.
pub(super) const DOWNLOAD: &str = "{path}";

/// Opens whatever the device has for calendars.
const WEBCAL: &str = "{webcal}";

/// Google takes an https address for one of its own and says it cannot be found.
const GOOGLE: &str = "https://calendar.google.com/calendar/u/0/r?cid={encoded-webcal}";

const OUTLOOK: &str =
    "https://outlook.live.com/calendar/0/addfromweb/?url={encoded-https}&name={name}";

const MICROSOFT: &str =
    "https://outlook.office.com/calendar/0/addfromweb/?url={encoded-https}&name={name}";

/// It has no address that subscribes.
const YAHOO: &str = "https://www.yahoo.com/calendar";

/// An application's name, what is to be known of it, and its link with gaps.
fn all(locale: &Locale) -> [(&'static str, &'static str, &'static str); 6] {
    let words = &locale.subscribe;
    [
        (words.google, GOOGLE),
        (words.outlook, OUTLOOK),
        (words.microsoft, MICROSOFT),
        (words.apple, WEBCAL),
        (words.other, WEBCAL),
        (words.yahoo, YAHOO),
    ]
    .map(|((name, line), link)| (name, line, link))
}

pub(super) fn applications(scope: &Scope<'_>) -> Markup {
    let words = &scope.locale().subscribe;
    let target = Target::of(scope);
    html! {
        h3 { (words.applications) }
        ul.applications {
            @for (name, line, link) in all(scope.locale()) {
                li {
                    (target.link(link, &html! { (name) }))
                    span.quiet { (line) }
                }
            }
        }
        p.quiet { (words.nothing_opens) }
    }
}

/// What a link subscribes to.
pub(super) struct Target {
    path: String,
    https: String,
    /// What the calendar is called, percent-encoded.
    name: String,
}

impl Target {
    pub(super) fn of(scope: &Scope<'_>) -> Target {
        let path = CALENDAR.path(scope);
        let https = scope.site().absolute(&path);
        Target { path, https, name: percent_encoded(&scope.title()) }
    }

    /// A link with the gaps filled; one with gaps keeps them for the script, too.
    pub(super) fn link(&self, gaps: &str, text: &Markup) -> Markup {
        let is_download = gaps == DOWNLOAD;
        html! {
            a href=(self.fill(gaps)) data-link=[gaps.contains('{').then_some(gaps)]
                download[is_download] { (text) }
        }
    }

    fn fill(&self, gaps: &str) -> String {
        let webcal =
            ["webcal://", self.https.split_once("://").map_or("", |(_, rest)| rest)].concat();
        match gaps {
            DOWNLOAD => self.path.clone(),
            WEBCAL => webcal,
            _ => gaps
                .replace("{encoded-webcal}", &percent_encoded(&webcal))
                .replace("{encoded-https}", &percent_encoded(&self.https))
                .replace("{name}", &self.name),
        }
    }
}

/// Everything but RFC 3986's unreserved characters.
pub(super) fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}
