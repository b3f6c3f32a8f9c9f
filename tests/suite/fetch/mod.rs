//! Fetching from an upstream that does everything wrong.

mod content;
mod limits;
mod redirects;

pub(crate) use limits::bomb;

use super::upstream::{Play, Upstream, head};
use convene::collect::fetch::{self, Answer, Client, Failure, Reason, RetryAfter, Validators};
use convene::model::Link;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::net::SocketAddr;

/// What is asked for, unless a test says otherwise.
const URL: &str = "https://notes.example/a";

/// The same as the upstream sees it.
const PATH: &str = "/notes.example/a";

const MEBIBYTE: usize = 1 << 20;

fn client(upstream: &Upstream) -> Client {
    client_of(upstream.address)
}

fn client_of(address: SocketAddr) -> Client {
    let site = Link::new("https://calendar.example").unwrap();
    Client::new(fetch::Upstream::Stand { address }, &site)
}

fn get(upstream: &Upstream) -> Result<Answer, Failure> {
    client(upstream).get(URL, &Validators::default())
}

/// What comes of one play.
fn outcome(play: Play) -> Result<Answer, Reason> {
    get(&Upstream::start([(PATH, play)])).map_err(|failure| failure.reason)
}

fn bytes(outcome: Result<Answer, Reason>) -> Vec<u8> {
    match outcome {
        Ok(Answer::Body { bytes, .. }) => bytes,
        other => panic!("no body: {other:?}"),
    }
}

const CHUNKED: [(&str, &str); 1] = [("Transfer-Encoding", "chunked")];

/// A good head, and whatever comes after it.
fn raw(fields: &[(&str, &str)], rest: &str) -> Vec<u8> {
    [head("200 OK", fields).as_slice(), rest.as_bytes()].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(bytes: impl AsRef<[u8]>) -> Play {
    Play::response("200 OK", &[("Content-Encoding", "gzip")], bytes)
}

#[test]
fn a_request_says_who_asks_and_asks_for_gzip() {
    let url = "https://notes.example/a/b%20c?d=e&f#g";
    let path = "/notes.example/a/b%20c?d=e&f";
    let upstream = Upstream::start([(path, Play::ok("text/markdown", "# Notes"))]);
    let answer = client(&upstream).get(url, &Validators::default()).unwrap();
    let validators = Validators { url: url.replace("#g", ""), etag: None, last_modified: None };
    let content_type = "text/markdown".to_owned();
    assert_eq!(answer, Answer::Body { bytes: b"# Notes".to_vec(), content_type, validators });
    let [request] = upstream.requests().try_into().unwrap();
    let agent = format!("convene/{} (+https://calendar.example)", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
    assert_eq!(request.header("host"), Some("notes.example"));
    assert_eq!(request.header("accept-encoding"), Some("gzip"));
    for absent in ["cookie", "authorization", "referer", "if-none-match", "if-modified-since"] {
        assert_eq!(request.header(absent), None, "{absent}");
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let upstream = Upstream::start([(PATH, Play::tagged("W/\"1\"", "text/plain", "one"))]);
    let client = client(&upstream);
    let Answer::Body { validators, .. } = client.get(URL, &Validators::default()).unwrap() else {
        panic!("nothing was known");
    };
    assert_eq!(client.get(URL, &validators), Ok(Answer::Unchanged));
    upstream.play(PATH, Play::tagged("\"2\"", "text/plain", "two"));
    assert!(matches!(client.get(URL, &validators), Ok(Answer::Body { .. })));
}

#[test]
fn a_date_is_sent_back_as_it_came() {
    let date = "Tue, 24 Nov 2026 09:00:00 GMT";
    let play = Play::response("200 OK", &[("Last-Modified", date)], "one");
    let upstream = Upstream::start([(PATH, play)]);
    let Answer::Body { validators, .. } = get(&upstream).unwrap() else { panic!("no body") };
    client(&upstream).get(URL, &validators).unwrap();
    assert_eq!(upstream.requests()[1].header("if-modified-since"), Some(date));
}

#[test]
fn every_status_but_200_is_a_failure() {
    for status in ["201 C", "203 N", "204 N", "206 P", "300 M", "400 B", "403 F", "404 N", "410 G"]
        .into_iter()
        .chain(["429 T", "500 I", "502 B", "503 S", "599 X", "999 X"])
    {
        let code = status.split(' ').next().unwrap().parse().unwrap();
        let failure = outcome(Play::response(status, &[], "<html>Sorry</html>"));
        assert_eq!(failure, Err(Reason::Status { code, retry_after: None }), "{status}");
    }
}

#[test]
fn a_wish_to_be_asked_later_is_told() {
    let moment = "2026-11-24T09:00:00Z".parse().unwrap();
    for (field, wish) in [
        ("120", RetryAfter::In(chrono::TimeDelta::seconds(120))),
        ("Tue, 24 Nov 2026 09:00:00 GMT", RetryAfter::At(moment)),
    ] {
        let play = Play::response("429 Too Many Requests", &[("Retry-After", field)], "");
        assert_eq!(outcome(play).unwrap_err().retry_after(), Some(wish));
    }
}

#[test]
fn unchanged_is_believed_only_where_it_was_asked() {
    assert_eq!(outcome(Play::response("304 Not Modified", &[], "")), Err(Reason::Unasked));
}

#[test]
fn what_is_no_http_is_a_failure() {
    for text in [
        "",
        "\r\n",
        "notes without a head\n",
        "HTTP/1.1\r\n\r\nnotes",
        "HTTP/1.1 OK 200\r\n\r\nnotes",
        "HTTP/1.1 20 OK\r\n\r\nnotes",
        "HTTP/1.1 2000 OK\r\n\r\nnotes",
        "HTTP/2 200 OK\r\n\r\nnotes",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\nnotes",
        "HTTP/1.1 200 OK\r\nX: y\r\n folded\r\n\r\nnotes",
        "HTTP/1.1 200 OK\r\nX: \0\r\n\r\nnotes",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nnotes!",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nnotes",
        "HTTP/1.1 200 OK\r\nContent-Le",
    ] {
        let outcome = outcome(Play::Bytes(text.into()));
        assert!(matches!(outcome, Err(Reason::Http(_))), "{text:?}: {outcome:?}");
    }
}

#[test]
fn what_may_not_be_asked_is_not_asked() {
    let upstream = Upstream::start([]);
    for url in [
        "http://notes.example/a",
        "https://notes.example:8443/a",
        "https://me:secret@notes.example/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "notes",
    ] {
        let failure = client(&upstream).get(url, &Validators::default()).unwrap_err();
        assert!(!failure.to_string().contains("secret"), "{failure}");
    }
    assert_eq!(upstream.paths(), Vec::<String>::new());
}

#[test]
fn a_failure_says_what_to_do() {
    let upstream = Upstream::start([(PATH, Play::redirect("302 Found", "http://other.example/b"))]);
    assert_eq!(
        get(&upstream).unwrap_err().to_string(),
        "cannot fetch `https://notes.example/a`, which led to `http://other.example/b`: only https \
         is fetched; give its https address in the content"
    );
    upstream.play(PATH, Play::response("404 Not Found", &[], ""));
    assert_eq!(
        get(&upstream).unwrap_err().to_string(),
        "cannot fetch `https://notes.example/a`: it answered 404 Not Found; what is known stays, \
         and it is asked again later"
    );
}

#[test]
fn nobody_listens() {
    let client = client_of("127.0.0.1:1".parse().unwrap());
    let failure = client.get(URL, &Validators::default()).unwrap_err();
    assert!(matches!(failure.reason, Reason::Connect(_)), "{failure}");
}
