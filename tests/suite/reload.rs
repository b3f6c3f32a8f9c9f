//! Changed content, and the passing of time, as subscribers see them.

use super::http::get;
use super::process::{AS_OF, Folder, Server, until};
use super::support::{files, package};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use std::fs;
use std::time::SystemTime;

const CALENDAR: &str = "/meetings/weekly.ics";
const SERIES: &str = "content/meetings/weekly/series.md";

fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

/// Polls until the path has that text.
fn until_has(server: &Server, path: &str, text: &str) {
    until(&format!("{path} has `{text}`"), || {
        let response = get(server.address, path);
        assert!(matches!(response.status, 200 | 404), "{path}: {}", response.status);
        String::from_utf8_lossy(&response.body).contains(text)
    });
}

#[test]
fn changed_content_is_served_without_a_restart() {
    let (folder, server) = sample();
    let etag = get(server.address, CALENDAR).header("etag").unwrap().to_owned();
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
    assert_ne!(get(server.address, CALENDAR).header("etag"), Some(etag.as_str()));
    folder.put("content/meetings/new/series.md", &folder.read(SERIES));
    until_has(&server, "/meetings/new.ics", "UID:new.2026-01-01@example.org");
    folder.edit(SERIES, "Weekly meeting", "Weekly call");
    until_has(&server, CALENDAR, "SUMMARY:Weekly call\r\n");
    assert_eq!(get(server.address, CALENDAR).header("etag"), Some(etag.as_str()));
}

#[test]
fn broken_content_is_never_served_and_readyz_says_what_is_wrong() {
    let (folder, server) = sample();
    let before = get(server.address, CALENDAR).body;
    folder.edit(SERIES, "title =", "titel =");
    until_has(&server, "/readyz", "degraded: 1 mistake");
    let ready = get(server.address, "/readyz");
    assert_eq!(ready.status, 200);
    assert!(ready.text().contains("meetings/weekly/series.md:2:1: unknown key `titel`"));
    assert_eq!(get(server.address, CALENDAR).body, before);
    // A good page beside the mistake waits for it to be mended.
    folder.edit("content/community.md", "All are welcome.", "Everybody is welcome.");
    folder.edit(SERIES, "titel =", "title =");
    until_has(&server, "/", "Everybody is welcome.");
    assert!(get(server.address, "/readyz").text().starts_with("ready\n"));
    server.signal("TERM");
    let (_, log) = server.wait();
    assert!(log.contains("meetings/weekly/series.md:2:1: unknown key `titel`"), "{log}");
}

/// It would else count as a series that is gone.
#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_series_leaves_the_old_snapshot() {
    let (folder, server) = sample();
    let pipe = folder.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let text = folder.read(SERIES);
    fs::rename(&pipe, folder.path(SERIES)).unwrap();
    until_has(&server, "/readyz", "series.md` is no file: put a file in its place");
    until_has(&server, CALENDAR, "SUMMARY:Weekly call\r\n");
    fs::remove_file(folder.path(SERIES)).unwrap();
    folder.put(SERIES, &text.replace("Weekly call", "Weekly meeting"));
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
    assert!(get(server.address, "/readyz").text().starts_with("ready\n"));
}

#[test]
fn every_broken_folder_leaves_the_old_snapshot() {
    let (folder, server) = sample();
    let before = get(server.address, CALENDAR).body;
    let cases = package("tests/broken");
    let all = files(&cases);
    let mut names: Vec<_> =
        all.iter().filter_map(|file| Some(file.path.split_once("/content/")?.0)).collect();
    names.dedup();
    assert!(names.len() >= 20, "{names:?}");
    for name in names {
        let prefix = format!("{name}/content/");
        for file in all.iter().filter(|file| file.path.starts_with(&prefix)) {
            let path = folder.path(&file.path.replacen(&prefix, "broken/", 1));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.bytes).unwrap();
        }
        swap(&folder, "content", "good");
        swap(&folder, "broken", "content");
        until_has(&server, "/readyz", " in the newest content");
        until_has(&server, "/readyz", "mistake");
        assert_eq!(get(server.address, CALENDAR).body, before, "{name}");
        swap(&folder, "content", name);
        swap(&folder, "good", "content");
        until_has(&server, "/readyz", "ready\nserving");
    }
}

fn swap(folder: &Folder, from: &str, to: &str) {
    fs::rename(folder.path(from), folder.path(to)).unwrap();
}

#[test]
fn a_folder_that_is_taken_away_and_put_back_leaves_no_gap() {
    let (folder, server) = sample();
    let before = get(server.address, CALENDAR).body;
    swap(&folder, "content", "elsewhere");
    until_has(&server, "/readyz", "degraded: unreadable");
    // Long enough to look for it several times.
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(get(server.address, CALENDAR).body, before);
    folder.edit("elsewhere/meetings/weekly/series.md", "Weekly call", "Weekly meeting");
    swap(&folder, "elsewhere", "content");
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
    // It is the new folder that is watched from now on.
    folder.edit(SERIES, "Weekly meeting", "Call of the week");
    until_has(&server, CALENDAR, "SUMMARY:Call of the week\r\n");
    server.signal("TERM");
    let (_, log) = server.wait();
    assert_eq!(log.matches("there is no content folder").count(), 1, "said once:\n{log}");
}

#[test]
fn series_that_are_away_for_a_moment_are_served_all_the_same() {
    let (folder, server) = sample();
    let before = get(server.address, CALENDAR).body;
    swap(&folder, "content/meetings", "meetings");
    until_has(&server, "/readyz", "degraded: unreadable");
    assert_eq!(get(server.address, CALENDAR).body, before);
    until_has(&server, "/status", "no series is left");
    swap(&folder, "meetings", "content/meetings");
    until_has(&server, "/readyz", "ready\nserving");
    // One of two goes, and comes back: whoever copies a folder in another's place does that.
    let second = folder.read(SERIES).replace("Weekly call", "Board");
    folder.put("content/meetings/board/series.md", &second);
    until_has(&server, "/meetings/board.ics", "SUMMARY:Board\r\n");
    swap(&folder, "content/meetings/board", "board");
    swap(&folder, "board", "content/meetings/board");
    folder.edit("content/meetings/board/series.md", "Board", "Council");
    until_has(&server, "/meetings/board.ics", "SUMMARY:Council\r\n");
    // What stays away is removed.
    swap(&folder, "content/meetings/board", "board");
    crate::process::until("it is removed", || {
        get(server.address, "/meetings/board.ics").status == 404
    });
    assert_eq!(get(server.address, "/meetings/weekly.ics").status, 200);
    assert!(get(server.address, "/readyz").text().starts_with("ready\n"));
}

/// Points the link at another folder in one step, as Kubernetes and git-sync do.
#[cfg(unix)]
fn relink(folder: &Folder, link: &str, to: &str) {
    std::os::unix::fs::symlink(to, folder.path("new-link")).unwrap();
    swap(folder, "new-link", link);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folder_may_be_turned_to_another() {
    let folder = Folder::sample();
    swap(&folder, "content", "first");
    relink(&folder, "content", "first");
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    for (name, title) in [("second", "Weekly meeting"), ("third", "Call of the week")] {
        for file in files(&folder.path("first")) {
            let text = String::from_utf8(file.bytes).unwrap().replace("Weekly call", title);
            folder.put(&format!("{name}/{}", file.path), &text);
        }
        relink(&folder, "content", name);
        until_has(&server, CALENDAR, &format!("SUMMARY:{title}\r\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_volume_of_kubernetes_is_followed() {
    let folder = Folder::sample();
    swap(&folder, "content", "volume-1");
    fs::create_dir(folder.path("content")).unwrap();
    swap(&folder, "volume-1", "content/..1");
    relink(&folder, "content/..data", "..1");
    for name in ["site.toml", "community.md", "meetings"] {
        relink(&folder, &format!("content/{name}"), &format!("..data/{name}"));
    }
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    for file in files(&folder.path("content/..1")) {
        let text = String::from_utf8(file.bytes).unwrap().replace("Weekly call", "Weekly meeting");
        folder.put(&format!("content/..2/{}", file.path), &text);
    }
    relink(&folder, "content/..data", "..2");
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
}

#[test]
fn what_editors_leave_beside_a_file_is_not_content() {
    let (folder, server) = sample();
    for name in [".series.md.swp", "series.md~", "#series.md#", "4913", ".#series.md"] {
        folder.put(&format!("content/meetings/weekly/{name}"), "titel = 1");
    }
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
    assert!(get(server.address, "/readyz").text().starts_with("ready\n"));
}

#[test]
fn what_falls_due_is_served_when_it_does() {
    let folder = Folder::sample();
    let due = DateTime::<Utc>::from(SystemTime::now()) + TimeDelta::seconds(5);
    let due = due.to_rfc3339_opts(SecondsFormat::Secs, true);
    let cancelled = "content/meetings/weekly/2026-11-26.md";
    folder.edit(cancelled, "2026-11-20T18:00:00Z", &due);
    folder.edit(cancelled, "Thanksgiving", "Announced a moment ago");
    let server = Server::start(&folder.path("content"), &[]);
    let feed = get(server.address, "/feed.xml");
    assert!(!feed.text().contains("Announced a moment ago"));
    let max_age = feed.header("cache-control").and_then(|value| value.rsplit_once('='));
    assert!(max_age.unwrap().1.parse::<u64>().unwrap() <= 5, "{max_age:?}");
    until_has(&server, "/feed.xml", "Announced a moment ago");
    let now = DateTime::<Utc>::from(SystemTime::now());
    assert!(now >= due.parse::<DateTime<Utc>>().unwrap());
}
