//! Two servers of the same content, with a past of their own each, and what `build` writes.

use crate::http::{Connection, get};
use crate::process::{AS_OF, Folder, Server, until};
use crate::support::{community, files, moment, package};
use convene::publish::{Resource, build};

const CASE: &str = "tests/cases/everything-at-once/content";

/// A copy of a case's content.
fn copy() -> Folder {
    let folder = Folder::empty();
    for file in files(&package(CASE)) {
        let text = String::from_utf8(file.bytes).unwrap();
        folder.put(&format!("content/{}", file.path), &text);
    }
    folder
}

#[test]
fn replicas_and_build_have_the_same_bytes_and_etags_at_every_path() {
    let (one, other) = (copy(), copy());
    let serve = |folder: &Folder| Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    let late = serve(&other);
    let title = |text: &str| get(late.address, "/").text().contains(text);
    let name = community(&one.path("content")).site.name.to_string();
    other.edit("content/site.toml", &name, "Another Name");
    until("the change", || title("Another Name"));
    other.edit("content/site.toml", "Another Name", &name);
    until("the change back", || !title("Another Name"));
    let early = serve(&one);
    let mut connections = [Connection::open(early.address), Connection::open(late.address)];
    let snapshot = build(&community(&one.path("content")), moment(AS_OF));
    for (path, resource) in snapshot.iter() {
        let Resource::Document(document) = resource else { continue };
        let answers = connections.each_mut().map(|one| one.ask("GET", path, &[]));
        for answer in &answers {
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.body, document.body()[..], "{path}");
        }
        let [first, second] = answers.each_ref().map(|answer| answer.header("etag"));
        assert!(first.is_some() && first == second, "{path}: {first:?} and {second:?}");
    }
}
