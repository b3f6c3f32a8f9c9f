//! An HTTP/1.1 client that hides nothing.

use super::process::PATIENCE;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A response as it came.
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// The one header of that name; panics where there are more.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let first = all.next().map(|(_, value)| value.as_str());
        assert!(all.next().is_none(), "two headers `{name}`");
        first
    }

    /// The names of all headers but Date, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let mut names: Vec<_> = names.filter(|name| name != "date").collect();
        names.sort();
        names
    }

    /// Status, all headers but Date and the body, to be compared.
    pub(crate) fn everything(&self) -> (u16, Vec<(&str, &str)>, &[u8]) {
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut headers: Vec<_> = headers.filter(|(name, _)| *name != "date").collect();
        headers.sort();
        (self.status, headers, &self.body)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn read(stream: &mut TcpStream, method: &str) -> Response {
        let head = read_head(stream);
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| line.split_once(": ").map(|(n, v)| (n.to_owned(), v.to_owned()));
        let headers = lines.filter_map(header).collect();
        let mut response = Response { status, headers, body: Vec::new() };
        let length = response.header("content-length").map_or(0, |n| n.parse().unwrap());
        if method != "HEAD" && status != 304 {
            response.body = vec![0; length];
            stream.read_exact(&mut response.body).unwrap();
        }
        response
    }
}

fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if let Err(error) = stream.read_exact(&mut byte) {
            panic!("{error:?} after `{}`", String::from_utf8_lossy(&head));
        }
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}

/// A connection that stays open.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Connection {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Connection(stream)
    }

    pub(crate) fn send(&mut self, bytes: &str) {
        self.0.write_all(bytes.as_bytes()).unwrap();
    }

    pub(crate) fn receive(&mut self) -> Response {
        Response::read(&mut self.0, "GET")
    }

    /// Asks once more.
    pub(crate) fn ask(&mut self, method: &str, path: &str, headers: &[&str]) -> Response {
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n"));
        Response::read(&mut self.0, method)
    }

    /// Whether the server has read all that was sent, as the kernel's table of sockets has it.
    #[cfg(target_os = "linux")]
    pub(crate) fn all_is_read(&self) -> bool {
        let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
        let port = |address: SocketAddr| format!(":{:04X}", address.port());
        let (server, client) = (self.0.peer_addr().unwrap(), self.0.local_addr().unwrap());
        let of_server = |fields: &Vec<&str>| {
            fields[1].ends_with(&port(server)) && fields[2].ends_with(&port(client))
        };
        let mut rows = table.lines().map(|row| row.split_whitespace().collect::<Vec<_>>());
        rows.find(of_server).is_some_and(|fields| fields[4].ends_with(":00000000"))
    }

    /// Whether the server has closed it, waiting for that.
    pub(crate) fn is_closed(&mut self) -> bool {
        matches!(self.0.read(&mut [0]), Ok(0) | Err(_))
    }
}

/// Asks once, on a connection of its own; nothing may come after the response.
pub(crate) fn ask(address: SocketAddr, method: &str, path: &str, headers: &[&str]) -> Response {
    let mut connection = Connection::open(address);
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    connection.send(&format!(
        "{method} {path} HTTP/1.1\r\nHost: meetings.example.org\r\nConnection: close\r\n\
         {headers}\r\n"
    ));
    let response = Response::read(&mut connection.0, method);
    let mut rest = Vec::new();
    connection.0.read_to_end(&mut rest).unwrap();
    assert!(rest.is_empty(), "{method} {path}: more than the response");
    response
}

/// GET without any header that is not needed.
pub(crate) fn get(address: SocketAddr, path: &str) -> Response {
    ask(address, "GET", path, &[])
}
