//! Clients that send what they should not, and what nearly all of them send.

use super::http::{Connection, Response};
use super::process::{AS_OF, Folder, Server};
use super::support::{moment, oci, package};
use convene::publish::{Resource, build};

fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

fn sent(server: &Server, bytes: &str) -> Response {
    let mut connection = Connection::open(server.address);
    connection.send(bytes);
    connection.receive()
}

#[test]
fn a_request_says_for_whom_it_is() {
    let (_folder, server) = sample();
    let cases = [
        ("HTTP/1.1", "", 400),
        ("HTTP/1.1", "Host: a.example\r\nHost: a.example\r\n", 400),
        ("HTTP/1.1", "Host: a.example\r\nhost: b.example\r\n", 400),
        ("HTTP/1.1", "Host: a.example/path\r\n", 400),
        ("HTTP/1.1", "Host: user@a.example\r\n", 400),
        ("HTTP/1.1", "Host: a.example:http\r\n", 400),
        ("HTTP/1.0", "Host: a b\r\n", 400),
        ("HTTP/1.0", "", 200),
        ("HTTP/1.1", "Host:\r\n", 400),
        ("HTTP/1.1", "Host: a.example:8080\r\n", 200),
        ("HTTP/1.1", "Host: [::1]:8080\r\n", 200),
    ];
    for path in ["/", "/example.ics", "/healthz", "http://a.example/"] {
        for (version, host, status) in cases {
            let response = sent(&server, &format!("GET {path} {version}\r\n{host}\r\n"));
            assert_eq!(response.status, status, "{path} {version} {host:?}");
            if status == 400 {
                assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
                assert!(response.text().contains("Host"), "{}", response.text());
            }
        }
    }
}

#[test]
fn a_head_that_is_too_large_is_refused_and_one_that_is_not_is_not() {
    let (_folder, server) = sample();
    let with = |headers: &str| {
        sent(&server, &format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n")).status
    };
    let of_bytes = |bytes: usize| with(&format!("Cookie: {}\r\n", "x".repeat(bytes)));
    let of_fields = |fields: usize| with(&"X-A: b\r\n".repeat(fields));
    assert_eq!(of_bytes(16_000), 200);
    assert_eq!(of_bytes(16_400), 431);
    assert_eq!(of_bytes(40_000), 431);
    assert_eq!(of_fields(63), 200);
    assert_eq!(of_fields(64), 431);
}

/// Each is followed by another request, which a proxy may have taken for a part of it.
#[test]
fn a_request_that_may_hide_another_is_the_last_of_its_connection() {
    let (_folder, server) = sample();
    let cases = [
        ("GET / HTTP/1.1", "Transfer-Encoding: chunked", 400),
        ("GET / HTTP/1.1", "Transfer-Encoding: chunked\r\nContent-Length: 5", 400),
        ("GET /example.ics?past=all HTTP/1.1", "Transfer-Encoding: chunked", 400),
        ("POST / HTTP/1.1", "Transfer-Encoding: chunked", 400),
        ("GET / HTTP/1.1", "Content-Length: 5\r\nContent-Length: 6", 400),
        ("GET / HTTP/1.1", "Content-Length: 0\r\nContent-Length: 0", 200),
        ("GET / HTTP/1.1", "Content-Length: 34", 200),
        ("GET /example.ics?past=all HTTP/1.1", "Content-Length: 34", 200),
        ("GET /healthz HTTP/1.1", "Content-Length: 34", 200),
        ("GET /nowhere HTTP/1.1", "Content-Length: 34", 404),
        ("POST / HTTP/1.1", "Content-Length: 34", 405),
        ("POST /example.ics?past=all HTTP/1.1", "Accept: */*", 405),
        ("POST /healthz HTTP/1.1", "Accept: */*", 405),
        ("get / HTTP/1.1", "Accept: */*", 405),
        ("GET / HTTP/1.1", "Host: y", 400),
        ("GET http://user@x/ HTTP/1.1", "Accept: */*", 400),
        ("CONNECT x:80 HTTP/1.1", "Accept: */*", 400),
        ("OPTIONS * HTTP/1.1", "Accept: */*", 400),
    ];
    for (line, header, status) in cases {
        let mut connection = Connection::open(server.address);
        connection.send(&format!("{line}\r\nHost: x\r\n{header}\r\n\r\n"));
        let response = connection.receive();
        assert_eq!(response.status, status, "{line} {header}");
        // The HTTP library itself ends the connection without a word where it refuses a head.
        let is_last = response.header("connection").is_none_or(|it| it == "close");
        assert!(is_last && connection.is_closed(), "{line} {header}");
    }
}

#[test]
fn an_address_that_is_too_long_is_refused() {
    let (_folder, server) = sample();
    let with = |query: &str| sent(&server, &format!("GET /?{query} HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_eq!(with(&"a".repeat(8_000)).status, 200);
    assert_eq!(with(&"a".repeat(9_000)).status, 414);
}

#[test]
fn requests_sent_together_are_answered_in_order() {
    let (_folder, server) = sample();
    let one = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    let mut connection = Connection::open(server.address);
    let paths = ["/", "/healthz", "/nowhere", "/example.ics"];
    connection.send(&paths.map(one).concat());
    let statuses = paths.map(|_| connection.receive().status);
    assert_eq!(statuses, [200, 200, 404, 200]);
}

#[test]
fn a_calendar_has_its_other_forms_however_they_are_asked_for() {
    let (_folder, server) = sample();
    let mut connection = Connection::open(server.address);
    // Twice: the calendar itself is ready the second time.
    for _ in 0..2 {
        let cases = [
            ("Accept: */*", "text/calendar; charset=utf-8"),
            ("Accept: text/calendar", "text/calendar; charset=utf-8"),
            ("Accept: application/calendar+json", "application/calendar+json"),
            ("Accept: */*;q=0.1, application/calendar+json", "application/calendar+json"),
            ("accept: */*;q=0.5\r\nAccept: application/calendar+json", "application/calendar+json"),
        ];
        for (accept, media_type) in cases {
            let response = connection.ask("GET", "/example.ics", &[accept]);
            assert_eq!(response.header("content-type"), Some(media_type), "{accept}");
        }
    }
}

/// A query that says nothing leads past the table of what is ready.
#[test]
fn every_document_is_the_same_at_once_and_by_the_general_path() {
    let server = Server::start(&package("content"), &["--as-of", AS_OF]);
    let snapshot = build(&oci(), moment(AS_OF));
    let mut connection = Connection::open(server.address);
    let documents = snapshot.iter().filter(|(_, is)| matches!(is, Resource::Document(_)));
    for (i, (path, _)) in documents.enumerate() {
        let mut both = |method: &str, header: &str| {
            let general = connection.ask(method, &format!("{path}?"), &[header]);
            let at_once = connection.ask(method, path, &[header]);
            assert_eq!(at_once.everything(), general.everything(), "{method} {path} {header}");
            at_once
        };
        let gzip = both("GET", "Accept-Encoding: gzip");
        assert_eq!(gzip.status, 200, "{path}");
        both("HEAD", "Accept-Encoding: gzip");
        let known = both("GET", &format!("If-None-Match: {}", gzip.header("etag").unwrap()));
        assert_eq!(known.status, 304, "{path}");
        // These have to be made, which takes a program that is not optimised long.
        if i % 16 == 0 {
            both("GET", "Accept-Encoding: identity");
            both("HEAD", "Accept: */*");
            both("GET", "Accept-Encoding: gzip;q=0.5, br");
        }
    }
}
