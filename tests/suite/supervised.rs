//! A server that another program starts, holds the socket of and listens to, as systemd does.

use super::http::Connection;
use super::process::{Folder, PATIENCE, Server, passing};
use std::net::TcpListener;
use std::os::unix::net::UnixDatagram;
use std::process::Stdio;

const ASK: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

fn held() -> (Folder, TcpListener) {
    (Folder::sample(), TcpListener::bind("127.0.0.1:0").unwrap())
}

#[test]
fn who_comes_while_no_server_runs_is_answered_by_the_next() {
    let (folder, socket) = held();
    let content = folder.path("content");
    let mut waiting = Connection::open(socket.local_addr().unwrap());
    waiting.send(ASK);
    for _ in 0..2 {
        let server = Server::with_socket(&socket, &content, &[]);
        assert_eq!(server.address, socket.local_addr().unwrap());
        assert_eq!(waiting.receive().text(), "ok\n");
        drop(waiting);
        server.signal("TERM");
        let (status, log) = server.wait();
        assert!(status.success(), "{status}\n{log}");
        assert!(log.contains("a socket that was passed on: --listen is not used"), "{log}");
        waiting = Connection::open(socket.local_addr().unwrap());
        waiting.send(ASK);
    }
}

#[test]
fn its_supervisor_is_told_how_it_is() {
    let (folder, socket) = held();
    let path = folder.path("notify");
    let supervisor = UnixDatagram::bind(&path).unwrap();
    supervisor.set_read_timeout(Some(PATIENCE)).unwrap();
    let heard = || {
        let mut text = [0; 1000];
        let length = supervisor.recv(&mut text).unwrap();
        String::from_utf8(text[..length].to_vec()).unwrap()
    };
    let more = [("NOTIFY_SOCKET", path.to_str().unwrap()), ("WATCHDOG_USEC", "3000000")];
    let server = Server::with_socket(&socket, &folder.path("content"), &more);
    assert_eq!(heard(), "READY=1\nSTATUS=serving 1 series\n");
    assert_eq!(heard(), "WATCHDOG=1\n");
    assert_eq!(heard(), "WATCHDOG=1\n");
    server.signal("TERM");
    while heard() == "WATCHDOG=1\n" {}
    assert!(server.wait().0.success());
}

#[test]
fn what_is_no_socket_is_refused() {
    let folder = Folder::sample();
    let file = std::fs::File::open(folder.path("content/site.toml")).unwrap();
    let mut command = passing(file.into(), &folder.path("content"), &[]);
    let output = command.stdout(Stdio::null()).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("cannot listen on what LISTEN_FDS passes on: "), "{error}");
    assert!(error.contains("pass TCP sockets"), "{error}");
}
