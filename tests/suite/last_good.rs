//! A start on content that has mistakes, with `--last-good`.

use super::http::get;
use super::process::{AS_OF, Folder, Server, run, until};
use serde_json::Value;
use std::fs;

const CALENDAR: &str = "/meetings/weekly.ics";
const SERIES: &str = "content/meetings/weekly/series.md";

fn serve(folder: &Folder) -> Server {
    let kept = folder.path("kept");
    let arguments = ["--as-of", AS_OF, "--last-good", kept.to_str().unwrap()];
    Server::start(&folder.path("content"), &arguments)
}

fn content(server: &Server) -> Value {
    let status = get(server.address, "/status.json").text();
    serde_json::from_str::<Value>(&status).unwrap()["content"].take()
}

/// Waits until what is served is kept.
fn until_kept(server: &Server) {
    until("it is kept", || {
        let content = content(server);
        content["state"] == "ready" && content["last_good"]["revision"] == content["revision"]
    });
}

fn until_has(server: &Server, text: &str) {
    until(&format!("the calendar has {text}"), || {
        get(server.address, CALENDAR).text().contains(text)
    });
}

#[test]
fn a_start_on_broken_content_serves_what_was_last_good_until_it_is_mended() {
    let folder = Folder::sample();
    let server = serve(&folder);
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    until_has(&server, "SUMMARY:Weekly meeting\r\n");
    until_kept(&server);
    let (before, known) = (get(server.address, CALENDAR).body, content(&server));
    drop(server);
    folder.edit(SERIES, "title =", "titel =");
    let server = serve(&folder);
    assert_eq!(get(server.address, CALENDAR).body, before);
    let ready = get(server.address, "/readyz");
    assert_eq!(ready.status, 200);
    assert!(ready.text().starts_with("degraded: 1 mistake"), "{}", ready.text());
    assert!(ready.text().contains("meetings/weekly/series.md:2:1: unknown key `titel`"));
    assert!(ready.text().contains(", kept of an earlier run\n"), "{}", ready.text());
    assert_eq!(content(&server)["revision"], known["revision"]);
    assert_eq!(content(&server)["is_kept"], true);
    folder.edit(SERIES, "titel = \"Weekly meeting\"", "title = \"Call of the week\"");
    until_has(&server, "SUMMARY:Call of the week\r\n");
    assert_eq!(content(&server)["is_kept"], false);
    until_kept(&server);
    server.signal("TERM");
    let (_, log) = server.wait();
    assert_eq!(log.matches("unknown key `titel`").count(), 1, "said once:\n{log}");
}

#[test]
fn a_start_without_content_serves_what_was_last_good() {
    let folder = Folder::sample();
    let server = serve(&folder);
    until_kept(&server);
    let before = get(server.address, CALENDAR).body;
    drop(server);
    fs::rename(folder.path("content"), folder.path("elsewhere")).unwrap();
    let server = serve(&folder);
    assert_eq!(get(server.address, CALENDAR).body, before);
    assert!(get(server.address, "/readyz").text().contains("there is no content folder"));
    folder.edit("elsewhere/meetings/weekly/series.md", "Weekly call", "Weekly meeting");
    fs::rename(folder.path("elsewhere"), folder.path("content")).unwrap();
    until_has(&server, "SUMMARY:Weekly meeting\r\n");
}

#[test]
fn what_is_kept_follows_files_that_come_and_go() {
    let folder = Folder::sample();
    let server = serve(&folder);
    until_kept(&server);
    folder.put("content/meetings/new/series.md", &folder.read(SERIES));
    folder.put("content/holidays/us.toml", "[[holiday]]\ndate = 2026-12-25\nname = \"Day\"\n");
    until("the series is there", || get(server.address, "/meetings/new.ics").status == 200);
    until_kept(&server);
    fs::remove_dir_all(folder.path("content/meetings/new")).unwrap();
    fs::remove_file(folder.path("content/meetings/weekly/2026-11-26.md")).unwrap();
    until("the series is gone", || get(server.address, "/meetings/new.ics").status == 404);
    until_kept(&server);
    let kept = super::support::files(&folder.path("kept/content"));
    assert_eq!(kept, super::support::files(&folder.path("content")));
}

#[test]
fn a_kept_copy_that_somebody_has_changed_is_not_served() {
    let folder = Folder::sample();
    let server = serve(&folder);
    until_kept(&server);
    drop(server);
    folder.edit("kept/content/meetings/weekly/series.md", "Weekly call", "Weekly scam");
    folder.edit(SERIES, "title =", "titel =");
    let kept = folder.path("kept");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--last-good", kept.to_str().unwrap()];
    let output = run(&arguments, &folder.path("content"));
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("somebody has changed it"), "{told}");
    assert!(told.contains("unknown key `titel`"), "{told}");
    // It is mended by the next good content.
    folder.edit(SERIES, "titel =", "title =");
    until_kept(&serve(&folder));
    assert_eq!(folder.read("kept/content/meetings/weekly/series.md"), folder.read(SERIES));
}

#[test]
fn a_folder_that_cannot_keep_it_delays_nobody_and_is_told() {
    let folder = Folder::sample();
    folder.put("kept/thesis.tex", "years of work");
    let server = serve(&folder);
    until("it is told", || content(&server)["last_good"]["error"].is_string());
    let error = content(&server)["last_good"]["error"].to_string();
    assert!(error.contains("has files in it that Convene did not write"), "{error}");
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    until_has(&server, "SUMMARY:Weekly meeting\r\n");
    assert_eq!(content(&server)["state"], "ready");
    assert_eq!(folder.read("kept/thesis.tex"), "years of work");
}

#[test]
fn a_folder_within_the_content_is_refused() {
    let folder = Folder::sample();
    for kept in ["content", "content/kept", "."] {
        let kept = folder.path(kept);
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--last-good", kept.to_str().unwrap()];
        let output = run(&arguments, &folder.path("content"));
        assert_eq!(output.status.code(), Some(2), "{}", kept.display());
    }
}
