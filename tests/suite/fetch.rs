//! Fetching from an upstream that does everything wrong.

use super::upstream::{ENDLESS, Play, Upstream, head};
use convene::collect::fetch::{self, Answer, Client, Failure, Reason, RetryAfter, Validators};
use convene::model::Link;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{ErrorKind, Write};
use std::net::TcpListener;
use std::time::Duration;

/// What is asked for, unless a test says otherwise.
const URL: &str = "https://notes.example/a";

/// The same as the upstream sees it.
const PATH: &str = "/notes.example/a";

const MEBIBYTE: usize = 1 << 20;

fn client(upstream: &Upstream) -> Client {
    let site = Link::new("https://calendar.example").unwrap();
    Client::new(fetch::Upstream::Stand { address: upstream.address }, &site)
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

/// What comes of a play that is not waited for long.
fn hasty_outcome(play: Play) -> Result<Answer, Reason> {
    let upstream = Upstream::start([(PATH, play)]);
    let client = client(&upstream).within(Duration::from_millis(400));
    client.get(URL, &Validators::default()).map_err(|failure| failure.reason)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(bytes: impl AsRef<[u8]>) -> Play {
    Play::response("200 OK", &[("Content-Encoding", "gzip")], bytes)
}

/// 100 MiB of zeros in as many members as there are MiB: about 100 KiB.
fn bomb() -> Play {
    gzipped(gzip(&vec![0; MEBIBYTE]).repeat(100))
}

/// 100 MB of which the head does not tell.
fn flood() -> Play {
    let piece = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
    Play::Endless { head: raw(&CHUNKED, ""), piece, pause: Duration::ZERO }
}

/// Header fields without end.
fn header_flood() -> Play {
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let piece = b"X-Flood: ".iter().chain(&[b'x'; 1000]).chain(b"\r\n").copied().collect();
    Play::Endless { head, piece, pause: Duration::ZERO }
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
fn validators_go_to_nobody_but_who_gave_them() {
    let moved = Play::redirect("302 Found", "https://other.example/b");
    let other = Play::tagged("\"1\"", "text/plain", "one");
    let upstream = Upstream::start([(PATH, moved), ("/other.example/b", other)]);
    let Answer::Body { validators, .. } = get(&upstream).unwrap() else { panic!("no body") };
    assert_eq!(client(&upstream).get(URL, &validators), Ok(Answer::Unchanged));
    let asked: Vec<_> = upstream
        .requests()
        .iter()
        .map(|request| (request.path.clone(), request.header("if-none-match").is_some()))
        .collect();
    let once = [(PATH.to_owned(), false), ("/other.example/b".to_owned(), false)];
    let again = [(PATH.to_owned(), false), ("/other.example/b".to_owned(), true)];
    assert_eq!(asked, [once, again].concat());
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
fn an_answer_of_nothing_is_a_failure() {
    for play in [
        Play::ok("text/plain", ""),
        Play::Bytes(head("200 OK", &[])),
        Play::Bytes(
            [head("200 OK", &[("Transfer-Encoding", "chunked")]), b"0\r\n\r\n".to_vec()].concat(),
        ),
        gzipped(gzip(b"")),
    ] {
        assert_eq!(outcome(play), Err(Reason::Empty));
    }
}

#[test]
fn an_answer_that_says_it_is_something_else_is_handed_on() {
    let page = "<!doctype html><title>Not here</title>";
    assert_eq!(bytes(outcome(Play::ok("application/atom+xml", page))), page.as_bytes());
}

#[test]
fn content_may_have_no_length_or_be_in_chunks() {
    let chunked = [("Transfer-Encoding", "chunked"), ("Trailer", "X-Sum")];
    let early = [b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(), raw(&[], "notes")].concat();
    for play in [
        raw(&[], "notes"),
        raw(&chunked, "2\r\nno\r\n3;x=y\r\ntes\r\n0\r\nX-Sum: 1\r\n\r\n"),
        early,
    ] {
        assert_eq!(bytes(outcome(Play::Bytes(play))), b"notes");
    }
}

#[test]
fn content_that_breaks_off_is_a_failure() {
    for play in [
        raw(&[("Content-Length", "100")], "notes"),
        raw(&CHUNKED, "5\r\nnotes\r\n"),
        raw(&CHUNKED, "ff\r\nnotes"),
        raw(&CHUNKED, "xyz\r\nnotes\r\n"),
        raw(&CHUNKED, "fffffffffffffffffff\r\nnotes\r\n"),
    ] {
        let text = String::from_utf8_lossy(&play).into_owned();
        assert!(matches!(outcome(Play::Bytes(play)), Err(Reason::Http(_))), "{text}");
    }
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
fn a_flood_of_header_fields_is_a_failure() {
    assert!(matches!(outcome(header_flood()), Err(Reason::Http(_))));
    let many: String = (0..101).map(|number| format!("X-{number}: y\r\n")).collect();
    let many = format!("HTTP/1.1 200 OK\r\n{many}Content-Length: 5\r\n\r\nnotes");
    assert!(matches!(outcome(Play::Bytes(many.into())), Err(Reason::Http(_))));
}

#[test]
fn silence_is_not_waited_out() {
    let half = raw(&[("Content-Length", "100")], "notes");
    for play in [vec![], b"HTTP/1.1 200 OK\r\nX".to_vec(), half] {
        assert_eq!(hasty_outcome(Play::Silence(play)), Err(Reason::Timeout));
    }
}

#[test]
fn a_drip_does_not_buy_time() {
    let pause = Duration::from_millis(20);
    for (head, piece) in [
        (raw(&[("Content-Length", "1000000")], ""), "x"),
        (raw(&CHUNKED, ""), "1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ".to_vec(), "x"),
        (vec![], "\r\n"),
    ] {
        let piece = piece.as_bytes().to_vec();
        assert_eq!(hasty_outcome(Play::Endless { head, piece, pause }), Err(Reason::Timeout));
    }
}

#[test]
fn two_mebibytes_are_the_most() {
    let most = vec![b'x'; 2 * MEBIBYTE];
    let more = vec![b'x'; 2 * MEBIBYTE + 1];
    assert_eq!(bytes(outcome(Play::ok("text/plain", &most))), most);
    assert_eq!(bytes(outcome(gzipped(gzip(&most)))), most);
    assert_eq!(outcome(Play::ok("text/plain", &more)), Err(Reason::TooLarge));
    assert_eq!(outcome(gzipped(gzip(&more))), Err(Reason::TooLarge));
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let endless = |head| Play::Endless { head, piece: vec![b'x'; 0x10000], pause: Duration::ZERO };
    let told = endless(raw(&[("Content-Length", "100000000")], ""));
    let untold = endless(raw(&[], ""));
    for play in [told, untold, flood()] {
        let upstream = Upstream::start([(PATH, play)]);
        assert_eq!(get(&upstream).unwrap_err().reason, Reason::TooLarge);
        // What was not read is in the system's buffers.
        assert!(upstream.written() < ENDLESS / 5, "{} were written", upstream.written());
    }
}

#[test]
fn a_bomb_goes_off_in_two_mebibytes() {
    assert_eq!(outcome(bomb()), Err(Reason::TooLarge));
    assert_eq!(outcome(gzipped(gzip(&vec![0; 3 * MEBIBYTE]))), Err(Reason::TooLarge));
    // So many empty members that nothing ever comes out.
    let hollow = Play::Endless {
        head: head("200 OK", &[("Content-Encoding", "gzip")]),
        piece: gzip(b"").repeat(1000),
        pause: Duration::ZERO,
    };
    assert_eq!(outcome(hollow), Err(Reason::TooLarge));
}

#[test]
fn content_in_another_coding_is_a_failure() {
    let whole = gzip(b"notes");
    let cut = whole[..whole.len() - 1].to_vec();
    let mut wrong_sum = whole.clone();
    wrong_sum[whole.len() - 8] ^= 1;
    for play in [
        gzipped("plain notes"),
        gzipped(cut),
        gzipped(wrong_sum),
        gzipped([&whole, "trailing rubbish".as_bytes()].concat()),
        Play::response("200 OK", &[("Content-Encoding", "br")], "notes"),
        Play::response("200 OK", &[("Content-Encoding", "gzip, gzip")], gzip(&whole)),
        Play::response(
            "200 OK",
            &[("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")],
            gzip(&whole),
        ),
    ] {
        let outcome = outcome(play);
        assert!(matches!(outcome, Err(Reason::Coding(_))), "{outcome:?}");
    }
    assert_eq!(bytes(outcome(gzipped(whole))), b"notes");
}

#[test]
fn three_redirects_are_followed() {
    let upstream = Upstream::start([
        (PATH, Play::redirect("301 Moved Permanently", "/b")),
        ("/notes.example/b", Play::redirect("302 Found", "//other.example/c?d")),
        (
            "/other.example/c?d",
            Play::redirect("307 Temporary Redirect", "https://other.example:443/e"),
        ),
        ("/other.example/e", Play::ok("text/plain", "notes")),
    ]);
    assert_eq!(bytes(get(&upstream).map_err(|failure| failure.reason)), b"notes");
}

#[test]
fn the_fourth_redirect_is_not_followed() {
    let paths: Vec<_> = (0..20).map(|number| format!("/notes.example/{number}")).collect();
    let twenty: Vec<_> =
        (1..21).map(|number| Play::redirect("303 S", &number.to_string())).collect();
    let upstream = Upstream::start(paths.iter().map(String::as_str).zip(twenty));
    let url = "https://notes.example/0";
    let failure = client(&upstream).get(url, &Validators::default()).unwrap_err();
    assert_eq!(failure.reason, Reason::Redirects);
    assert_eq!(upstream.paths(), paths[..4]);
}

#[test]
fn a_redirect_to_itself_ends() {
    let upstream = Upstream::start([(PATH, Play::redirect("308 Permanent Redirect", URL))]);
    assert_eq!(get(&upstream).unwrap_err().reason, Reason::Redirects);
    assert_eq!(upstream.paths().len(), 4);
}

#[test]
fn a_redirect_to_nowhere_is_a_failure() {
    let failure = outcome(Play::response("302 Found", &[], ""));
    assert_eq!(failure, Err(Reason::Status { code: 302, retry_after: None }));
    for location in ["https://", "https://:443/", "https://a b/", "https://[::1/"] {
        let failure = outcome(Play::redirect("302 Found", location));
        assert!(matches!(failure, Err(Reason::NotUrl(_))), "{location}: {failure:?}");
    }
}

#[test]
fn a_redirect_into_a_private_network_is_not_followed() {
    let bystander = TcpListener::bind("127.0.0.1:0").unwrap();
    bystander.set_nonblocking(true).unwrap();
    let port = bystander.local_addr().unwrap().port();
    let upstream = Upstream::start([]);
    for (location, reason) in [
        ("https://127.0.0.1/".to_owned(), blocked("127.0.0.1")),
        ("https://2130706433/".to_owned(), blocked("127.0.0.1")),
        ("https://0x7f000001/".to_owned(), blocked("127.0.0.1")),
        ("https://0177.0.0.1/".to_owned(), blocked("127.0.0.1")),
        ("https://127.1/".to_owned(), blocked("127.0.0.1")),
        ("https://0/".to_owned(), blocked("0.0.0.0")),
        ("https://10.0.0.1/".to_owned(), blocked("10.0.0.1")),
        ("https://172.16.0.1/".to_owned(), blocked("172.16.0.1")),
        ("https://192.168.1.1/".to_owned(), blocked("192.168.1.1")),
        ("https://169.254.169.254/latest/meta-data/".to_owned(), blocked("169.254.169.254")),
        ("https://[::1]/".to_owned(), blocked("::1")),
        ("https://[::ffff:127.0.0.1]/".to_owned(), blocked("::ffff:127.0.0.1")),
        ("https://[::ffff:a9fe:a9fe]/".to_owned(), blocked("::ffff:169.254.169.254")),
        ("https://[fe80::1]/".to_owned(), blocked("fe80::1")),
        (format!("https://127.0.0.1:{port}/"), Reason::Port(port)),
        (format!("https://notes.example:{port}/"), Reason::Port(port)),
        (format!("http://127.0.0.1:{port}/"), Reason::NotHttps),
        (format!("http://{}/", upstream.address), Reason::NotHttps),
        ("http://notes.example/".to_owned(), Reason::NotHttps),
        ("file:///etc/passwd".to_owned(), Reason::NotHttps),
        ("https://me:secret@notes.example/".to_owned(), Reason::Credentials),
    ] {
        upstream.play(PATH, Play::redirect("302 Found", &location));
        let failure = get(&upstream).unwrap_err();
        assert_eq!(failure.reason, reason, "{location}");
        assert!(failure.led_to.is_some() && !failure.to_string().contains("secret"), "{failure}");
    }
    assert!(upstream.paths().iter().all(|path| path == PATH), "{:?}", upstream.paths());
    assert_eq!(bystander.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

fn blocked(address: &str) -> Reason {
    Reason::Blocked { address: address.parse().unwrap() }
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
        "cannot fetch `https://notes.example/a`: it answered with status 404; what is known stays, \
         and it is asked again later"
    );
}

#[test]
fn nobody_listens() {
    let site = Link::new("https://calendar.example").unwrap();
    let address = "127.0.0.1:1".parse().unwrap();
    let client = Client::new(fetch::Upstream::Stand { address }, &site);
    let failure = client.get(URL, &Validators::default()).unwrap_err();
    assert!(matches!(failure.reason, Reason::Connect(_)), "{failure}");
}

/// Tells the process that measures itself whom to ask.
#[cfg(target_os = "linux")]
const ASK: &str = "CONVENE_TEST_UPSTREAM";

/// In a process of its own, since the peak of this one is that of all tests. It is told of a proxy
/// too, which must not be asked.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_within_bounds_and_no_proxy_is_asked() {
    if let Ok(address) = std::env::var(ASK) {
        return measure(address.parse().unwrap());
    }
    let proxy = Upstream::start([]);
    let floods = [("bomb", bomb()), ("flood", flood()), ("fields", header_flood())];
    let paths = floods.map(|(name, play)| (format!("/notes.example/{name}"), play));
    let upstream = Upstream::start(paths.iter().map(|(path, play)| (path.as_str(), play.clone())));
    let name = "fetch::memory_stays_within_bounds_and_no_proxy_is_asked";
    let address = format!("http://{}", proxy.address);
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(ASK, upstream.address.to_string())
        .envs(["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, &address)))
        .envs(["http_proxy", "https_proxy", "all_proxy"].map(|name| (name, &address)))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(upstream.paths().len() > 3, "only {:?} were asked for", upstream.paths());
    assert_eq!(proxy.paths(), Vec::<String>::new());
}

/// Asks for the floods again and again: the peak of memory may rise by 2 MiB and what reading them
/// takes, not by what they would be.
#[cfg(target_os = "linux")]
fn measure(address: std::net::SocketAddr) {
    let site = Link::new("https://calendar.example").unwrap();
    let client = Client::new(fetch::Upstream::Stand { address }, &site);
    let get = |name: &str| {
        client.get(&format!("https://notes.example/{name}"), &Validators::default()).unwrap_err()
    };
    get("nothing");
    let before = peak_kib();
    for _ in 0..5 {
        assert_eq!(get("bomb").reason, Reason::TooLarge);
        assert_eq!(get("flood").reason, Reason::TooLarge);
        assert!(matches!(get("fields").reason, Reason::Http(_)));
    }
    let risen = peak_kib() - before;
    eprintln!("the peak rose by {risen} KiB");
    assert!(risen < 8 * 1024, "the peak rose by {risen} KiB");
}

/// The most memory that this process ever had (`VmHWM` in proc(5)).
#[cfg(target_os = "linux")]
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
