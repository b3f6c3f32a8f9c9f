//! The server as its clients see it, over a socket.

use super::http::{Connection, ask, get};
use super::process::{AS_OF, Folder, Server};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

const CALENDAR: &str = "/meetings/weekly.ics";

fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

#[test]
fn a_calendar_has_every_header_that_its_readers_look_at() {
    let (_folder, server) = sample();
    let response = get(server.address, CALENDAR);
    assert_eq!(response.status, 200);
    assert!(response.text().starts_with("BEGIN:VCALENDAR\r\n"));
    let expected = [
        ("content-type", "text/calendar; charset=utf-8"),
        ("content-disposition", "inline; filename=\"weekly.ics\""),
        ("content-length", &response.body.len().to_string()),
        ("cache-control", "public, max-age=300"),
        ("vary", "Accept, Accept-Encoding"),
        ("access-control-allow-origin", "*"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ];
    for (name, value) in expected {
        assert_eq!(response.header(name), Some(value), "{name}");
    }
    let etag = response.header("etag").unwrap();
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() == 34, "{etag}");
    assert_eq!(response.names().len(), expected.len() + 1 + 1, "{:?}", response.names());
}

#[test]
fn a_page_may_load_what_is_its_own_and_nothing_else() {
    let (_folder, server) = sample();
    let response = get(server.address, "/meetings/weekly/");
    assert_eq!(response.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                  connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    assert_eq!(response.header("content-security-policy"), Some(policy));
    let home = get(server.address, "/");
    let with_pictures = policy.replace("img-src 'self'", "img-src 'self' https://i.ytimg.com");
    assert_eq!(home.header("content-security-policy"), Some(with_pictures.as_str()));
    assert_eq!(response.header("access-control-allow-origin"), None);
    assert_eq!(response.header("content-disposition"), None);
}

#[test]
fn each_kind_of_resource_has_its_media_type() {
    let (_folder, server) = sample();
    let cases = [
        ("/", "text/html; charset=utf-8"),
        ("/example.ics", "text/calendar; charset=utf-8"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
    ];
    for (path, media_type) in cases {
        for accept in ["Accept: */*", "Accept: application/json", "Accept: x/y;q=0"] {
            let response = ask(server.address, "GET", path, &[accept]);
            let got = (response.status, response.header("content-type"));
            assert_eq!(got, (200, Some(media_type)), "{path}, {accept}");
        }
    }
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    let (_folder, server) = sample();
    for path in ["/", CALENDAR, "/feed.xml", "/community", "/nowhere", "/healthz", "/readyz"] {
        for coding in ["identity", "gzip", "br"] {
            let accept = format!("Accept-Encoding: {coding}");
            let got = ask(server.address, "GET", path, &[&accept]);
            let head = ask(server.address, "HEAD", path, &[&accept]);
            assert_eq!(got.status, head.status, "{path}");
            assert_eq!(got.names(), head.names(), "{path}");
            for name in got.names() {
                assert_eq!(got.header(&name), head.header(&name), "{path}: {name}");
            }
        }
    }
}

#[test]
fn each_coding_has_its_own_tag_and_holds_the_same_text() {
    let (_folder, server) = sample();
    for path in ["/", CALENDAR, "/feed.xml"] {
        let coded = |coding: &str| {
            let accept = format!("Accept-Encoding: {coding}");
            let response = ask(server.address, "GET", path, &[&accept]);
            let length = response.body.len().to_string();
            assert_eq!(response.header("content-length"), Some(length.as_str()));
            assert!(response.header("vary").unwrap().ends_with("Accept-Encoding"));
            response
        };
        let (plain, gzip, br) = (coded("identity"), coded("gzip"), coded("br, gzip"));
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(gzip.header("content-encoding"), Some("gzip"));
        assert_eq!(br.header("content-encoding"), Some("br"));
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(&*gzip.body).read_to_end(&mut text).unwrap();
        assert_eq!(text, plain.body, "{path} as gzip");
        text.clear();
        brotli::BrotliDecompress(&mut &*br.body, &mut text).unwrap();
        assert_eq!(text, plain.body, "{path} as br");
        let bare = plain.header("etag").unwrap().trim_matches('"');
        assert_eq!(gzip.header("etag"), Some(&*format!("\"{bare}-gzip\"")));
        // Its bytes become fewer once there was time for that: a weak tag.
        assert_eq!(br.header("etag"), Some(&*format!("W/\"{bare}-br\"")));
    }
}

#[test]
fn a_client_that_has_the_document_gets_304() {
    let (_folder, server) = sample();
    let etag = get(server.address, CALENDAR).header("etag").unwrap().to_owned();
    let bare = etag.trim_matches('"');
    let cases = [
        (etag.clone(), etag.clone()),
        (format!("W/{etag}"), etag.clone()),
        (format!("\"other\", {etag}"), etag.clone()),
        (format!("\"{bare}-gzip\""), format!("\"{bare}-gzip\"")),
        (format!("W/\"{bare}-br\""), format!("W/\"{bare}-br\"")),
        (format!("\"{bare}-br\""), format!("W/\"{bare}-br\"")),
        (format!("\"{bare};gzip\""), etag.clone()),
        ("*".to_owned(), etag.clone()),
    ];
    for (sent, expected) in cases {
        for method in ["GET", "HEAD"] {
            let header = format!("If-None-Match: {sent}");
            let response = ask(server.address, method, CALENDAR, &[&header]);
            assert_eq!(response.status, 304, "{sent}");
            assert_eq!(response.header("etag"), Some(expected.as_str()), "{sent}");
            assert_eq!(response.names(), ["cache-control", "connection", "etag", "vary"]);
        }
    }
    let old = ask(server.address, "GET", CALENDAR, &["If-None-Match: W/\"old\", \"older\""]);
    assert_eq!(old.status, 200);
    let since = "If-Modified-Since: Mon, 23 Nov 2026 12:00:00 GMT";
    assert_eq!(ask(server.address, "GET", CALENDAR, &[since]).status, 200);
}

#[test]
fn only_get_and_head_are_allowed_and_nobody_is_asked_for_a_password() {
    let (_folder, server) = sample();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "PATCH"] {
        for path in [CALENDAR, "/", "/nowhere", "/healthz", "/readyz"] {
            let response = ask(server.address, method, path, &["Content-Length: 0"]);
            assert_eq!(response.status, 405, "{method} {path}");
            assert_eq!(response.header("allow"), Some("GET, HEAD"), "{method} {path}");
            assert_eq!(response.header("www-authenticate"), None);
        }
    }
}

#[test]
fn moved_pages_lead_on_within_the_site() {
    let (_folder, server) = sample();
    let cases = [
        ("/community", 301, Some("/")),
        ("/community/", 301, Some("/")),
        ("/calendar", 308, Some("/calendar/")),
        ("/old.html?from=search", 301, Some("/?from=search")),
        ("/meetings/weekly?past=all", 308, Some("/meetings/weekly/?past=all")),
        ("/meetings/weekly?", 308, Some("/meetings/weekly/")),
        ("/meetings/weekly", 308, Some("/meetings/weekly/")),
        ("//evil.example", 404, None),
        ("//evil.example/", 404, None),
        ("/%2Fevil.example", 404, None),
        ("/meetings/weekly/%2e%2e/", 404, None),
        ("/%zz", 404, None),
        ("/%ff", 404, None),
    ];
    for (path, status, location) in cases {
        let response = get(server.address, path);
        assert_eq!((response.status, response.header("location")), (status, location), "{path}");
    }
}

#[test]
fn queries_and_strange_clients_are_taken_as_they_are() {
    let (_folder, server) = sample();
    let expected = get(server.address, CALENDAR).body;
    for query in ["?", "?nocache=1", "?a=%zz&&", "?http://x/"] {
        let path = format!("{CALENDAR}{query}");
        assert_eq!(get(server.address, &path).body, expected, "{query}");
    }
    let absolute = format!("http://meetings.example.org{CALENDAR}");
    assert_eq!(get(server.address, &absolute).body, expected);
    let mut old = Connection::open(server.address);
    old.send(&format!("GET {CALENDAR} HTTP/1.0\r\n\r\n"));
    assert_eq!(old.receive().body, expected);
}

#[test]
fn who_says_with_a_request_that_it_sends_no_more_is_answered() {
    let (_folder, server) = sample();
    // The first of each takes its time.
    for number in 0..20 {
        let path = format!("/calendar.ics?past={}d", number + 1);
        let mut stream = TcpStream::connect(server.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {answer}");
        assert!(answer.ends_with("END:VCALENDAR\r\n"), "{path}: {answer}");
    }
}

#[test]
fn health_and_readiness_are_told_in_plain_text() {
    let (_folder, server) = sample();
    assert_eq!(get(server.address, "/healthz").text(), "ok\n");
    let ready = get(server.address, "/readyz");
    assert_eq!((ready.status, ready.header("cache-control")), (200, Some("no-store")));
    let text = ready.text();
    assert!(text.starts_with("ready\n"), "{text}");
    assert!(text.contains("serving content since: 2026-11-23T12:00:00Z\n"), "{text}");
}
