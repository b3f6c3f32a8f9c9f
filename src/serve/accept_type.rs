//! Which media type a client asks for first (RFC 9110 §12.5.1).

use super::coding::weight;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, HeaderValue};

/// The media type that the client wants most, in lower case; of equals the first. None where it
/// does not say, or says it malformed.
///
/// Only this one is looked at: Nextcloud names three forms of calendar, and the first it knows best.
pub(super) fn first_choice(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let choices = lines.flat_map(|line| line.split(',')).filter_map(choice);
    let best = choices.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.filter(|(weight, _)| *weight > 0).map(|(_, name)| name)
}

/// Whether the client may want another form of a calendar than text; never where it says what most
/// clients say, so that those cost nothing.
pub(super) fn may_want_a_form(headers: &HeaderMap) -> bool {
    let is_usual = |accept: &HeaderValue| accept == "*/*" || accept == "text/calendar";
    headers.get_all(ACCEPT).iter().any(|accept| !is_usual(accept))
}

/// Weight and name of one element.
fn choice(element: &str) -> Option<(u16, String)> {
    let mut parts = element.split(';');
    let name = parts.next()?.trim().to_ascii_lowercase();
    let is_weight = |part: &&str| {
        let part = part.trim_start().as_bytes();
        matches!(part, [b'q' | b'Q', b'=', ..])
    };
    let weight = weight(parts.find(is_weight).unwrap_or_default())?;
    (!name.is_empty()).then_some((weight, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str, expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, accept.parse().unwrap());
        assert_eq!(first_choice(&headers).as_deref(), expected, "{accept}");
    }

    #[test]
    fn the_first_of_the_heaviest_counts() {
        check("text/calendar, application/calendar+json", Some("text/calendar"));
        check("Application/Calendar+JSON", Some("application/calendar+json"));
        check("text/calendar;q=0.8, application/calendar+xml", Some("application/calendar+xml"));
        check("*/*, application/calendar+json", Some("*/*"));
        check("application/calendar+json;q=0.9, */*;q=0.9", Some("application/calendar+json"));
        check("a/b;level=1;q=0.1, c/d; Q=0.2", Some("c/d"));
    }

    #[test]
    fn nothing_is_chosen_where_nothing_is_said_or_wanted() {
        assert_eq!(first_choice(&HeaderMap::new()), None);
        check("", None);
        check("application/calendar+json;q=0", None);
        check("application/calendar+json;q=x", None);
        check(",,;q=1", None);
    }
}
