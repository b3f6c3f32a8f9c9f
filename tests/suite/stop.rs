//! How the server ends, and what it costs while it runs.

use super::http::{Connection, get};
use super::process::{AS_OF, Folder, Server, run, until};
use std::net::TcpStream;

fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

/// A connection on which one request was answered and the head of the next has begun.
fn half_open(server: &Server) -> Connection {
    let mut connection = Connection::open(server.address);
    // In one piece: who has read the first has read the second's beginning.
    connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /feed.xml HTTP/1.1\r\nHo");
    assert_eq!(connection.receive().text(), "ok\n");
    connection
}

#[cfg(target_os = "linux")]
#[test]
fn a_request_under_way_is_answered_before_the_end() {
    for signal in ["TERM", "INT"] {
        let (_folder, server) = sample();
        let feed = get(server.address, "/feed.xml").body;
        let mut client = Connection::open(server.address);
        client.send("GET /feed.xml HTTP/1.1\r\nHo");
        until("the server has read the beginning", || client.all_is_read());
        server.signal(signal);
        until("nobody is let in any more", || TcpStream::connect(server.address).is_err());
        client.send("st: x\r\n\r\n");
        let response = client.receive();
        assert_eq!((response.status, response.header("connection")), (200, Some("close")));
        assert_eq!(response.body, feed);
        assert!(client.is_closed());
        let (status, log) = server.wait();
        assert!(status.success(), "{signal}: {status}\n{log}");
        assert!(log.lines().last().is_some_and(|line| line.ends_with("stopped")), "{log}");
    }
}

#[test]
fn a_client_that_says_nothing_more_does_not_keep_the_server() {
    let (_folder, server) = sample();
    let _silent = Connection::open(server.address);
    let _half_open = half_open(&server);
    let mut idle = Connection::open(server.address);
    idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    idle.receive();
    server.signal("TERM");
    let (status, log) = server.wait();
    assert!(status.success(), "{status}\n{log}");
}

#[test]
fn a_client_that_never_sends_its_headers_is_let_go() {
    let (_folder, server) = sample();
    assert!(half_open(&server).is_closed());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (folder, server) = sample();
    let address = server.address.to_string();
    let output = run(&["serve", "--listen", &address], &folder.path("content"));
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(&format!("cannot listen on {address}: ")), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_of_ocis_meetings_takes_at_most_24_mb() {
    let server = Server::start(&super::support::package("content"), &[]);
    let pages = get(server.address, "/").text();
    let links = pages.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    for link in links {
        assert_eq!(get(server.address, &format!("/{link}")).status, 200, "/{link}");
    }
    let taken = server.anonymous_kib();
    assert!(taken <= 24_000, "{taken} KiB");
}
