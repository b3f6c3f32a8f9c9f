//! Redirects: how far they are followed, and where to.

use super::{PATH, URL, bytes, client, get, outcome};
use crate::upstream::{Play, Upstream};
use convene::collect::fetch::{Answer, Reason, Validators};
use std::io::ErrorKind;
use std::net::TcpListener;

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
