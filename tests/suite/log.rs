//! The server's log, as people and programs read it.

use crate::http::get;
use crate::process::{AS_OF, Folder, Server, run, until};
use serde_json::Value;

const SERIES: &str = "content/meetings/weekly/series.md";

/// Serves a folder that changes, breaks and is mended, and gives what was logged meanwhile.
fn logged(format: &str) -> (Folder, String) {
    let folder = Folder::sample();
    let options = ["--as-of", AS_OF, "--log-format", format];
    let server = Server::start(&folder.path("content"), &options);
    let says = |part: &str| get(server.address, "/readyz").text().contains(part);
    folder.edit(SERIES, "title =", "titel =");
    until("the mistake is told", || says("degraded: 1 mistake"));
    folder.edit(SERIES, "titel = \"Weekly call\"", "title = \"Call of the week\"");
    until("it is mended", || get(server.address, "/").text().contains("Call of the week"));
    server.signal("TERM");
    let (status, log) = server.wait();
    assert!(status.success(), "{status}\n{log}");
    (folder, log)
}

fn events(log: &str) -> Vec<Value> {
    let event = |line: &str| {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in `{line}` of\n{log}"))
    };
    log.lines().map(event).collect()
}

fn find<'e>(events: &'e [Value], part: &str) -> &'e Value {
    let message = |event: &&Value| event["message"].as_str().unwrap().contains(part);
    events.iter().find(message).unwrap_or_else(|| panic!("no {part} in {events:#?}"))
}

#[test]
fn each_line_is_an_object_that_reads_alone() {
    let (folder, log) = logged("json");
    let events = events(&log);
    let content = folder.path("content").display().to_string();
    for event in &events {
        for key in ["timestamp", "level", "message"] {
            assert!(event[key].is_string(), "no {key} in {event}");
        }
    }
    let serving = find(&events, "serving 1 series of");
    assert_eq!((serving["series"].as_u64(), serving["files"].as_u64()), (Some(1), Some(4)));
    assert_eq!(serving["folder"], content.as_str());
    assert!(serving["took_ms"].is_u64() && serving["address"].is_string(), "{serving}");
    let refused = find(&events, "is not served (1 mistake)");
    assert_eq!((&refused["level"], &refused["cause"]), (&"WARN".into(), &"mistakes".into()));
    assert_eq!((&refused["mistakes"], &refused["folder"]), (&1.into(), &content.as_str().into()));
    let mistake = find(&events, "unknown key `titel`");
    assert_eq!(mistake["path"], "meetings/weekly/series.md");
    assert_eq!((mistake["line"].as_u64(), mistake["column"].as_u64()), (Some(2), Some(1)));
    assert!(mistake["wrong"].is_string() && mistake["mend"].is_string(), "{mistake}");
    let changed = find(&events, "has changed: that of 1 of 1 series");
    assert_eq!((changed["series"].as_u64(), changed["changed"].as_u64()), (Some(1), Some(1)));
    assert!(changed["took_ms"].is_u64(), "{changed}");
    assert!(find(&events, "requests were answered")["answered"].as_u64() > Some(2));
}

#[test]
fn people_read_sentences_without_keys() {
    let (_folder, log) = logged("text");
    let lines: Vec<_> = log.lines().collect();
    let has = |part: &str| lines.iter().any(|line| line.ends_with(part));
    assert!(has("is not served (1 mistake); the last good one still is"), "{log}");
    assert!(!log.contains("took_ms") && !log.contains("folder="), "{log}");
}

#[test]
fn a_start_that_fails_says_so_where_programs_read() {
    let folder = Folder::sample();
    folder.edit(SERIES, "title =", "titel =");
    let content = folder.path("content");
    let output = run(&["serve", "--listen", "127.0.0.1:0", "--log-format", "json"], &content);
    assert_eq!(output.status.code(), Some(1));
    let events = events(&String::from_utf8(output.stderr).unwrap());
    assert_eq!(find(&events, "unknown key `titel`")["line"], 2);
    let last = events.last().unwrap();
    assert_eq!((&last["level"], &last["cause"]), (&"ERROR".into(), &"content".into()), "{last}");
}
