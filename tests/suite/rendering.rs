//! What a server renders, and when: each document once, and anew only where it may differ.

use crate::http::{ask, get};
use crate::process::{Folder, Server, until};
use crate::support::{community, moment};
use convene::publish::{Resource, build};
use std::net::SocketAddr;
use std::thread;

const AS_OF: &str = "2026-11-23T12:00:00Z";

/// A second series beside the sample's own.
const SERIES: &str = "+++\ntitle = \"Board\"\nupdated = 2026-01-01T00:00:00Z\n\n[[slot]]\nfrom = 2026-01-06\n\
    every = \"month\"\non = \"first Tuesday\"\nat = \"09:00\"\n+++\nThe board.\n";

/// Every path of a document.
fn paths(folder: &Folder) -> Vec<String> {
    let snapshot = build(&community(&folder.path("content")), moment(AS_OF));
    let document = |(path, resource): (&str, &Resource)| {
        matches!(resource, Resource::Document(_)).then(|| path.to_owned())
    };
    snapshot.iter().filter_map(document).collect()
}

/// How many documents the server has rendered.
fn rendered(address: SocketAddr) -> usize {
    let metrics = get(address, "/metrics").text();
    let line = metrics.lines().find(|line| line.starts_with("convene_documents_rendered_total"));
    line.and_then(|line| line.split_once(' ')).unwrap().1.parse().unwrap()
}

fn ask_for_all(address: SocketAddr, paths: &[String]) {
    thread::scope(|scope| {
        for coding in ["gzip", "br", "identity", "gzip, br"] {
            scope.spawn(move || {
                for path in paths {
                    let accept = format!("Accept-Encoding: {coding}");
                    assert_eq!(ask(address, "GET", path, &[&accept]).status, 200, "{path}");
                }
            });
        }
    });
}

#[test]
fn each_document_is_rendered_once_whoever_asks_and_anew_only_where_it_may_differ() {
    let folder = Folder::sample();
    folder.put("content/meetings/board/series.md", SERIES);
    let all = paths(&folder);
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    ask_for_all(server.address, &all);
    until("all are ready", || rendered(server.address) >= all.len());
    assert_eq!(rendered(server.address), all.len(), "each once");

    let board = get(server.address, "/meetings/board.ics");
    folder.edit("content/meetings/weekly/series.md", "Weekly call", "Other call");
    until("the edit is served", || {
        get(server.address, "/meetings/weekly/").text().contains("Other")
    });
    ask_for_all(server.address, &all);
    let of_board = all.iter().filter(|path| path.starts_with("/meetings/board"));
    let may_differ = all.len() - of_board.count();
    until("all are ready again", || rendered(server.address) >= all.len() + may_differ);
    assert_eq!(rendered(server.address), all.len() + may_differ, "the board's are left alone");
    let again = get(server.address, "/meetings/board.ics");
    assert_eq!((again.header("etag"), &again.body), (board.header("etag"), &board.body));
}

#[test]
fn what_is_asked_for_often_becomes_shorter_and_says_the_same() {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    let brotli = || ask(server.address, "GET", "/page.js", &["Accept-Encoding: br"]);
    let first = brotli();
    let text = |body: &[u8]| {
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut &*body, &mut text).unwrap();
        text
    };
    let mut last = brotli();
    until("the answer is shorter", || {
        last = brotli();
        last.body.len() < first.body.len()
    });
    assert_eq!(text(&last.body), text(&first.body));
    assert_eq!(last.header("etag"), first.header("etag"));
    assert!(last.header("etag").unwrap().starts_with("W/"), "its bytes are others");
}
