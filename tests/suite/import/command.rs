//! The command: a community from a calendar, series into one that is there, holidays.

use crate::process::{Folder, run};
use crate::support::package;
use std::path::Path;
use std::process::Output;

const AS_OF: [&str; 2] = ["--as-of", "2026-11-25T12:00:00Z"];

fn import(file: &str, into: &Path, more: &[&str]) -> Output {
    let file = package(&format!("tests/import/{file}"));
    let arguments = [&["import", file.to_str().unwrap()][..], more, &AS_OF].concat();
    run(&arguments, into)
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_community_begins_with_a_calendar() {
    let folder = Folder::empty();
    let content = folder.path("content");
    let without = import("google-moved.ics", &content, &[]);
    assert_eq!(without.status.code(), Some(2));
    assert!(
        said(&without).contains("add --url https://calendar.example.org"),
        "{}",
        said(&without)
    );
    assert!(!content.exists());
    let done = import("google-moved.ics", &content, &["--url", "https://calendar.example.org"]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(folder.read("content/site.toml").contains("uid-domain = \"example.org\""));
    assert!(run(&[&["check"][..], &AS_OF].concat(), &content).status.success());
    let series = folder.read("content/meetings/weekly-call/series.md");
    assert!(series.contains("uid = \"a1@example.org\""), "{series}");
}

#[test]
fn series_go_into_content_that_is_there_and_nothing_is_overwritten() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let before = folder.read("content/site.toml");
    let shown = import("google-weekly.ics", &content, &["--series", "council", "--dry-run"]);
    assert!(said(&shown).contains("+++ b/meetings/council/series.md"), "{}", said(&shown));
    assert!(!folder.path("content/meetings/council").exists());
    let done = import("google-weekly.ics", &content, &["--series", "council", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(answer["series"][0], "council");
    assert!(folder.path("content/meetings/council/series.md").exists());
    assert_eq!(folder.read("content/site.toml"), before);
    let again = import("google-weekly.ics", &content, &["--series", "council"]);
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));
    let many = import("hand-two-series.ics", &content, &["--series", "both"]);
    assert_eq!(many.status.code(), Some(2), "{}", said(&many));
    assert!(said(&many).contains("leave --series out"), "{}", said(&many));
}

#[test]
fn what_is_told_names_file_and_line() {
    let folder = Folder::sample();
    let done = import("hand-tzip.ics", &folder.path("content"), &[]);
    let told = "hand-tzip.ics:12: `TZIP` is no parameter, so clients skip it";
    assert!(said(&done).contains(told), "{}", said(&done));
    let none = import("../../Cargo.toml", &folder.path("content"), &[]);
    assert_eq!(none.status.code(), Some(1));
    assert!(said(&none).contains("it is no iCalendar file"), "{}", said(&none));
}

#[test]
fn holidays_are_made_of_a_calendar_of_whole_days() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let done = import("google-holidays.ics", &content, &["--as-holidays", "public"]);
    assert!(done.status.success(), "{}", said(&done));
    let list = folder.read("content/holidays/public.toml");
    let both = "date = 2026-12-25\nname = \"Christmas Day and Office closed\"\n";
    assert!(list.contains(both), "{list}");
    assert!(list.contains("date = 2030-12-25"), "the coming years too: {list}");
    assert!(run(&[&["check"][..], &AS_OF].concat(), &content).status.success());
    let mixed = import("google-full.ics", &content, &["--as-holidays", "mixed"]);
    assert!(said(&mixed).contains("is not of whole days and was left out"), "{}", said(&mixed));
    let timed = "BEGIN:VEVENT\nDTSTART:20260105T100000Z\nSUMMARY:Reception\nEND:VEVENT\n\
                 BEGIN:VEVENT\nDTSTART:20260105T100000Z\nDURATION:P9D\nSUMMARY:Camp\nEND:VEVENT\n";
    let days = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260901\n\
                SUMMARY:Summer\nEND:VEVENT\n";
    folder.put("mine.ics", &format!("BEGIN:VCALENDAR\n{timed}{days}END:VCALENDAR\n"));
    let mine = folder.path("mine.ics");
    let arguments = ["import", mine.to_str().unwrap(), "--as-holidays", "mine"];
    let told = said(&run(&[&arguments[..], &AS_OF].concat(), &content));
    assert!(told.contains("the first 31 were kept") && !told.contains("length"), "{told}");
    assert!(!told.contains("longer than"), "lengths of times are nothing to days: {told}");
    let nowhere = import("google-holidays.ics", &folder.path("none"), &["--as-holidays", "public"]);
    assert_eq!(nowhere.status.code(), Some(2), "{}", said(&nowhere));
}
