//! What `/metrics` says of the traffic.

use crate::http::{Connection, ask, get};
use crate::process::{AS_OF, Folder, Server, until};

fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

fn metrics(server: &Server) -> String {
    get(server.address, "/metrics").text()
}

/// The value of that line; none where it is not there.
fn value(text: &str, name: &str) -> Option<f64> {
    let mut lines = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    lines.next()?.parse().ok()
}

fn requests(text: &str, route: &str, status: u16, client: &str) -> Option<f64> {
    let labels = format!("route=\"{route}\",status=\"{status}\",client=\"{client}\"");
    value(text, &format!("convene_requests_total{{{labels}}}"))
}

#[test]
fn each_answer_counts_once_by_what_was_asked_and_who_asked() {
    let (_folder, server) = sample();
    let agent = |agent: &str| format!("User-Agent: {agent}");
    let google = agent("Google-Calendar-Importer");
    let apple = agent("macOS/14.0 (23A344) CalendarAgent/988");
    let etag = get(server.address, "/example.ics").header("etag").unwrap().to_owned();
    let known = format!("If-None-Match: {etag}");
    for _ in 0..3 {
        ask(server.address, "GET", "/example.ics", &[&google]);
        ask(server.address, "GET", "/example.ics", &[&apple, &known]);
    }
    // One is made when it is asked for, one is the router's, and one is nothing.
    ask(server.address, "GET", "/example.ics?alarm=15m", &[&google]);
    ask(server.address, "HEAD", "/healthz", &[&agent("kube-probe/1.31")]);
    ask(
        server.address,
        "GET",
        "/wp-login.php",
        &[&agent("Mozilla/5.0 (compatible; Googlebot/2.1)")],
    );
    ask(server.address, "POST", "/", &["Content-Length: 0"]);
    let text = metrics(&server);
    let expected = [
        ("calendar", 200, "google", 4.0),
        ("calendar", 304, "apple", 3.0),
        ("calendar", 200, "other", 1.0),
        ("status", 200, "monitoring", 1.0),
        ("other", 404, "bot", 1.0),
        ("page", 405, "other", 1.0),
    ];
    for (route, status, client, number) in expected {
        assert_eq!(
            requests(&text, route, status, client),
            Some(number),
            "{route} {status}\n{text}"
        );
    }
    let lines = text.lines().filter(|line| line.starts_with("convene_requests_total{"));
    assert_eq!(lines.count(), expected.len(), "{text}");
    assert_eq!(requests(&metrics(&server), "metrics", 200, "other"), Some(1.0));
}

#[test]
fn what_cannot_be_read_counts_too() {
    let (_folder, server) = sample();
    let send = |text: &str| Connection::open(server.address).send(text);
    send("GET / HTTP/1.1\r\n\r\n");
    send("GET / HTTP/1.1\r\nHo st: x\r\n\r\n");
    send(&format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(20_000)));
    until("all are counted", || {
        let text = metrics(&server);
        let number = |route, status| requests(&text, route, status, "other");
        [number("page", 400), number("unread", 400), number("unread", 431)] == [Some(1.0); 3]
    });
}

#[test]
fn connections_are_open_while_they_are() {
    let (_folder, server) = sample();
    let open = |text: &str| value(text, "convene_connections_open");
    let first = Connection::open(server.address);
    let second = Connection::open(server.address);
    // Two, and the one that asks.
    until("both are open", || open(&metrics(&server)) == Some(3.0));
    drop((first, second));
    until("both are closed", || open(&metrics(&server)) == Some(1.0));
    assert!(value(&metrics(&server), "convene_connections_total") >= Some(4.0));
}

#[test]
fn the_program_says_what_it_is_and_that_it_is_well() {
    let (_folder, server) = sample();
    let text = metrics(&server);
    let version =
        concat!("convene_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\",tzdata=\"20");
    assert!(text.contains(version), "{text}");
    for name in [
        "convene_ready",
        "convene_thread_running{thread=\"reload\"}",
        "convene_thread_running{thread=\"prepare\"}",
    ] {
        assert_eq!(value(&text, name), Some(1.0), "{name}\n{text}");
    }
    for name in [
        "convene_server_errors_total",
        "convene_connections_cut_total{waiting_for=\"answer\"}",
        "convene_content_age_seconds",
    ] {
        assert_eq!(value(&text, name), Some(0.0), "{name}\n{text}");
    }
    #[cfg(target_os = "linux")]
    assert!(value(&text, "process_resident_memory_bytes") > Some(1e6), "{text}");
    let older = ask(server.address, "GET", "/metrics", &["Accept: text/plain"]);
    assert_eq!(older.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    assert!(older.text().contains("# TYPE convene_requests_total counter\n"), "{}", older.text());
}
