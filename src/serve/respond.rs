//! From what is at a path, and a request for it, to a response: pure functions.

use super::documents::Made;
use super::policy;
use super::ready::Ready;
use super::shape::LONGEST;
use crate::publish::{self, Coded, MAX_AGE};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::borrow::Cow;

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

const PLAIN: &str = "text/plain; charset=utf-8";

/// The response to a request for a document that is true until `stale_at`.
pub(super) fn with_body<B>(
    request: &Request<B>,
    path: &str,
    document: &Coded,
    stale_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Response<Bytes> {
    Ready::new(path, document.clone()).answer(request, publish::max_age(stale_at, now))
}

/// The response to a request for a path that has no document: where to look instead.
///
/// The status is 301, 308, 404, 405 or 410: a subscriber sees a server error only after a bug. A query
/// goes along: it has what a subscriber chose, and Thunderbird keeps for good where a 301 leads.
pub(super) fn elsewhere<B>(
    request: &Request<B>,
    made: &Made,
    now: DateTime<Utc>,
) -> Response<Bytes> {
    let response = match made {
        Made::Redirect(status, to, stale_at) => {
            let query = request.uri().query().filter(|query| !query.is_empty());
            let to = encoded(to) + &query.map(|query| format!("?{query}")).unwrap_or_default();
            redirect(*status, &to, publish::max_age(*stale_at, now))
        }
        Made::Gone => {
            plain(StatusCode::GONE, "410: this is no longer published; / has everything\n")
        }
        Made::Bug => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "500: a bug; the log of the server says more, please report it\n",
        ),
        Made::Nothing | Made::Document(_) => nothing(),
    };
    to_method(request.method(), response)
}

/// The response where nothing is.
pub(super) fn nothing() -> Response<Bytes> {
    plain(StatusCode::NOT_FOUND, "404: nothing is published here; / has everything\n")
}

/// What a client of that method gets of a response to GET.
pub(super) fn to_method(method: &Method, mut response: Response<Bytes>) -> Response<Bytes> {
    match *method {
        Method::GET => response,
        Method::HEAD => {
            *response.body_mut() = Bytes::new();
            response
        }
        _ => method_not_allowed(),
    }
}

/// A response of one of our own texts, never kept by caches.
pub(super) fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = unkept(PLAIN, text);
    *response.status_mut() = status;
    response
}

/// A page that is made when it is asked for, never kept by caches.
pub(super) fn unkept_page(page: String) -> Response<Bytes> {
    let mut response = unkept("text/html; charset=utf-8", page);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy::PAGE.clone());
    set(&mut response, REFERRER_POLICY, "no-referrer");
    response
}

/// The same for programs.
pub(super) fn unkept_json(value: &impl Serialize) -> Response<Bytes> {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut response = unkept("application/json", text + "\n");
    set(&mut response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}

/// A text that is made when it is asked for, never kept by caches.
pub(super) fn unkept(media_type: &'static str, text: impl Into<Bytes>) -> Response<Bytes> {
    let text: Bytes = text.into();
    let length = text.len();
    let mut response = with_status(StatusCode::OK, text);
    set(&mut response, CONTENT_TYPE, media_type);
    set_to(&mut response, CONTENT_LENGTH, &length.to_string());
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    set(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

/// The answer to any method but GET and HEAD; the connection ends with it, since a body may follow.
pub(super) fn method_not_allowed() -> Response<Bytes> {
    let mut response =
        plain(StatusCode::METHOD_NOT_ALLOWED, "405: only GET and HEAD are answered\n");
    set(&mut response, ALLOW, "GET, HEAD");
    set(&mut response, CONNECTION, "close");
    response
}

/// Cache-Control of a response that may be kept for so many seconds.
pub(super) fn cache_control(max_age: i64) -> HeaderValue {
    if max_age == MAX_AGE {
        return LONGEST.clone();
    }
    HeaderValue::from_str(&publish::cache_control(max_age)).unwrap_or(NO_STORE)
}

fn redirect(status: StatusCode, to: &str, max_age: i64) -> Response<Bytes> {
    let mut response = with_status(status, Bytes::new());
    set_to(&mut response, LOCATION, to);
    set(&mut response, CONTENT_LENGTH, "0");
    response.headers_mut().insert(CACHE_CONTROL, cache_control(max_age));
    response
}

fn with_status(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

/// Sets the header to what every response of a kind has.
fn set(response: &mut Response<Bytes>, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

/// Sets the header; a value that no header can carry is left out.
fn set_to(response: &mut Response<Bytes>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The path with its percent-encoding undone; `None` where that is malformed or no text.
pub(super) fn decoded(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') {
        return Some(Cow::Borrowed(path));
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex_digit(rest.next()?)? << 4 | hex_digit(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// A published path as a header carries it.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::place::{Place, place};
    use super::*;
    use crate::model::{Community, Domain, Line, Link, Markdown, Page, Site, Slug, Zone};
    use crate::schedule::AsOf;

    fn community() -> Community {
        let line = |text| Line::new(text).unwrap();
        let page = |path: &str, aliases: &[&str]| Page {
            path: path.to_owned(),
            title: line("A page"),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            toc: false,
            body: Markdown::default(),
        };
        let site = Site {
            quiet: Vec::new(),
            name: line("Example"),
            slug: Slug::new("example").unwrap(),
            description: line("An example."),
            url: Link::new("https://example.org").unwrap(),
            uid_domain: Domain::new("example.org").unwrap(),
            zone: Zone::UTC,
            language: line("en"),
            color: None,
            follow: Vec::new(),
            moved: Vec::new(),
            gone: vec!["/old.ics".to_owned()],
        };
        let pages = vec![page("/", &[]), page("/about/", &["/who", "/kdo/", "/über uns.html"])];
        Community { site, pages, series: Vec::new(), holidays: Vec::new() }
    }

    fn ask(method: Method, path: &str) -> Response<Bytes> {
        let request = Request::builder().method(&method).uri(path).body(()).unwrap();
        let path = decoded(request.uri().path()).unwrap_or_default();
        let (community, now) = (community(), DateTime::UNIX_EPOCH);
        let as_of = AsOf::new(now);
        let made = match place(&community, &path, &as_of) {
            Place::Document(recipe) => {
                let document = Coded::packed(&recipe.render(&as_of));
                return with_body(&request, &path, &document, None, now);
            }
            Place::Redirect(status, to) => Made::Redirect(status, to, None),
            Place::Gone => Made::Gone,
            Place::Nothing => Made::Nothing,
        };
        elsewhere(&request, &made, now)
    }

    fn check(path: &str, expected: &str) {
        let response = ask(Method::GET, path);
        let location = response.headers().get(LOCATION).map_or("", |to| to.to_str().unwrap());
        let got = format!("{} {location}", response.status().as_u16());
        assert_eq!(got.trim(), expected, "{path}");
    }

    #[test]
    fn a_path_is_found_with_its_encoding_undone() {
        check("/", "200");
        check("/about/", "200");
        check("/%61bout/", "200");
        check("/example.ics", "200");
    }

    #[test]
    fn a_page_is_found_without_its_slash_and_under_its_aliases() {
        check("/about", "308 /about/");
        check("/who", "301 /about/");
        check("/who/", "301 /about/");
        check("/kdo/", "301 /about/");
        check("/kdo", "301 /about/");
        check("/%C3%BCber%20uns.html", "301 /about/");
    }

    #[test]
    fn a_query_goes_along() {
        check("/about?series=a&count=3", "308 /about/?series=a&count=3");
        check("/who?alarm=15m", "301 /about/?alarm=15m");
    }

    #[test]
    fn nothing_else_is_found() {
        let strange = ["*", "//about", "//evil.example", "/..", "/about/../", "/About/", "/no"];
        let encoded = ["/%", "/%4", "/%zz", "/%ff", "/%00", "/about/%2e%2e/", "/%2Fabout", "/%+1"];
        for path in strange.iter().chain(&encoded) {
            check(path, "404");
        }
        check("/example.ics/", "404");
        check("/old.ics", "410");
    }

    #[test]
    fn only_get_and_head_are_answered() {
        for method in [Method::POST, Method::PUT, Method::OPTIONS, Method::DELETE] {
            let response = ask(method, "/");
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(response.headers()[ALLOW], "GET, HEAD");
        }
        let (get, head) = (ask(Method::GET, "/no"), ask(Method::HEAD, "/no"));
        assert_eq!(get.headers(), head.headers());
        assert!(head.body().is_empty());
    }

    #[test]
    fn a_location_is_plain_ascii() {
        assert_eq!(encoded("/über uns/\r\n"), "/%C3%BCber%20uns/%0D%0A");
    }
}
