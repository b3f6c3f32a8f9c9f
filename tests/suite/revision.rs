//! Which content is served: its revision and git's commit, and git's lock.

use super::http::get;
use super::process::{AS_OF, Folder, Server, until};
use serde_json::Value;
use std::fs;

const CALENDAR: &str = "/meetings/weekly.ics";
const SERIES: &str = "content/meetings/weekly/series.md";
const A: &str = "0123456789abcdef0123456789abcdef01234567";
const B: &str = "89abcdef0123456789abcdef0123456789abcdef";

fn serve(folder: &Folder) -> Server {
    Server::start(&folder.path("content"), &["--as-of", AS_OF])
}

fn of_content(server: &Server, key: &str) -> Value {
    let status = get(server.address, "/status.json").text();
    serde_json::from_str::<Value>(&status).unwrap()["content"][key].take()
}

fn revision(server: &Server) -> String {
    of_content(server, "revision").as_str().unwrap().to_owned()
}

#[test]
fn the_same_content_has_the_same_revision_wherever_and_whenever_it_is() {
    let (folder, other) = (Folder::sample(), Folder::sample());
    let (server, elsewhere) = (serve(&folder), serve(&other));
    let first = revision(&server);
    assert_eq!(first.len(), 16, "{first}");
    assert_eq!(revision(&elsewhere), first);
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    until("it is another", || revision(&server) != first);
    let second = revision(&server);
    assert!(get(server.address, "/readyz").text().contains(&format!("revision: {second}\n")));
    let metric = format!("convene_content_info{{revision=\"{second}\",commit=\"\"}} 1\n");
    assert!(get(server.address, "/metrics").text().contains(&metric));
    other.edit(SERIES, "Weekly call", "Weekly meeting");
    until("the other has it too", || revision(&elsewhere) == second);
    folder.edit(SERIES, "Weekly meeting", "Weekly call");
    until("it is the first again", || revision(&server) == first);
    // What is no content is in no revision, and neither is a date.
    folder.put("content/logo.png", "picture");
    folder.put("content/meetings/weekly/series.md~", "old");
    folder.edit("content/community.md", "All", "All");
    folder.edit(SERIES, "Weekly call", "Our call");
    until("it is a third", || revision(&server) != first);
    folder.edit(SERIES, "Our call", "Weekly call");
    until("it is the first again", || revision(&server) == first);
}

#[test]
fn broken_content_leaves_the_revision_that_is_served() {
    let folder = Folder::sample();
    let server = serve(&folder);
    let first = revision(&server);
    folder.edit(SERIES, "title =", "titel =");
    until("it is told", || of_content(&server, "state") == "degraded");
    assert_eq!(revision(&server), first);
}

/// What git has beside the content once it has checked out that commit.
fn checked_out(folder: &Folder, commit: &str) {
    let index = "DIRC\0\0\0\x02\0\0\0\x01\0\0\0\x11content/site.toml\0\0";
    folder.put(".git/index", index);
    folder.put(".git/HEAD", "ref: refs/heads/main\n");
    folder.put(".git/refs/heads/main", &format!("{commit}\n"));
}

#[test]
fn the_commit_is_told_and_followed_even_where_the_files_stay() {
    let folder = Folder::sample();
    checked_out(&folder, A);
    let server = serve(&folder);
    assert_eq!(of_content(&server, "checked_out_commit"), A);
    checked_out(&folder, B);
    until("the commit follows", || of_content(&server, "checked_out_commit") == B);
    assert!(get(server.address, "/readyz").text().contains(&format!("commit: {B}\n")));
    assert!(get(server.address, "/status").text().contains(B));
    let metrics = get(server.address, "/metrics").text();
    assert!(metrics.contains(&format!("commit=\"{B}\"}} 1\n")), "{metrics}");
}

#[test]
fn nothing_is_read_while_git_changes_files() {
    let folder = Folder::sample();
    checked_out(&folder, A);
    let server = serve(&folder);
    until("it is watched", || get(server.address, "/readyz").text().starts_with("ready\n"));
    folder.put(".git/index.lock", "");
    // Half of the change, which would be a mistake if it were read.
    folder.edit(SERIES, "from = 2026-01-01", "from = 2026-12-03");
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(of_content(&server, "state"), "ready");
    fs::remove_file(folder.path("content/meetings/weekly/2026-11-26.md")).unwrap();
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    fs::remove_file(folder.path(".git/index.lock")).unwrap();
    until("all of it is there", || {
        get(server.address, CALENDAR).text().contains("SUMMARY:Weekly meeting\r\n")
    });
    server.signal("TERM");
    let (_, log) = server.wait();
    assert!(!log.contains("mistake"), "{log}");
    assert_eq!(log.matches(" has changed: that of ").count(), 1, "{log}");
}
