//! What an author does at the command line, and what those see who are served meanwhile.

use crate::http::get;
use crate::process::{AS_OF, Folder, Server, run, until};
use std::io::Write;
use std::process::{Command, Output, Stdio};

pub(super) fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn next_weeks_meeting_is_cancelled_by_one_command() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let server = Server::start(&content, &["--as-of", AS_OF]);
    let calendar = || get(server.address, "/example.ics").text();
    let exdate = "EXDATE;TZID=America/Los_Angeles:20261126T100000,20261203T100000";
    assert!(!calendar().contains(exdate));
    let cancel = ["cancel", "weekly", "2026-12-03", "--reason", "Travel", "--as-of", AS_OF];
    let done = run(&cancel, &content);
    assert!(done.status.success(), "{}", said(&done));
    until("the calendar has it", || calendar().contains(exdate));
    let page = get(server.address, "/meetings/weekly/2026-12-03/").text();
    assert!(page.contains("Travel"), "{page}");
    let feed = get(server.address, "/feed.xml").text();
    assert!(feed.contains("Cancelled: Weekly call, Thursday 3 December 2026 (Travel)"), "{feed}");
}

#[test]
fn a_dry_run_writes_nothing_and_json_tells_all() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let to = ["--to", "2026-12-04T09:00", "--dry-run", "--json", "--as-of", AS_OF];
    let done = run(&[&["move", "weekly", "2026-12-03"][..], &to].concat(), &content);
    let answer: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(answer["changed"][0], "meetings/weekly/2026-12-03.md");
    assert_eq!(answer["changes"][0]["kind"], "moved");
    assert!(answer["diff"].as_str().unwrap().contains("+moved-to = 2026-12-04T09:00:00"));
    assert!(!folder.path("content/meetings/weekly/2026-12-03.md").exists());
}

#[test]
fn misuse_and_refusal_have_their_codes() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let code = |arguments: &[&str]| {
        let done = run(arguments, &content);
        (done.status.code(), said(&done))
    };
    let (refused, why) = code(&["restore", "weekly", "2026-12-03"]);
    assert_eq!(refused, Some(1), "{why}");
    assert!(why.starts_with("error: `2026-12-03` of `weekly` takes place as planned"), "{why}");
    assert_eq!(code(&["cancel", "weekly"]).0, Some(2), "no date");
    assert_eq!(code(&["cancel", "weekly", "2026-12-03", "--from", "2026-12-01"]).0, Some(2));
    for command in ["cancel", "restore", "keep"] {
        let swapped = [command, "weekly", "--from", "2026-12-20", "--to", "2026-12-14"];
        let (status, said) = code(&swapped);
        assert_eq!(status, Some(2), "{command}");
        let want = "--to 2026-12-14 is before --from 2026-12-20: swap them";
        assert!(said.contains(want), "{said}");
    }
    assert_eq!(code(&["record", "weekly", "2026-11-19"]).0, Some(2), "nothing to record");
    let (zone, why) = code(&["add", "weekly", "2026-12-08T10:00", "--zone", "Europe/Berlim"]);
    assert_eq!(zone, Some(2));
    assert!(why.contains("did you mean Europe/Berlin?"), "{why}");
    let (gap, why) = code(&["add", "weekly", "2027-03-14T02:30"]);
    assert_eq!(gap, Some(1), "the clock skips that time");
    assert!(why.contains("2027-03-14"), "{why}");
}

#[test]
fn minutes_and_a_recording_put_on_record_together_are_entries_of_two_moments() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let record = [
        &["record", "weekly", "2026-11-19", "--as-of", AS_OF][..],
        &["--minutes", "https://notes.example.org/1", "--recording", "https://youtu.be/a"],
    ];
    let done = run(&record.concat(), &content);
    assert!(done.status.success(), "{}", said(&done));
    let built = folder.path("site");
    let build = ["build", "--out", built.to_str().unwrap(), "--as-of", AS_OF];
    assert!(run(&build, &content).status.success());
    let feed = std::fs::read_to_string(built.join("meetings/weekly/feed.atom")).unwrap();
    let updated = |kind: &str| {
        let (_, entry) = feed.split_once(&format!("weekly/2026-11-19T1000/{kind}</id>")).unwrap();
        entry.split_once("<updated>").unwrap().1.split('<').next().unwrap().to_owned()
    };
    assert_ne!(updated("minutes"), updated("recording"), "{feed}");
    let another = [&record[..1], &[&["--recording", "https://youtu.be/b"]]].concat().concat();
    assert!(run(&another, &content).status.success());
    let records = folder.read("content/meetings/weekly/records.toml");
    let later = "published = [2026-11-23T11:59:59Z, 2026-11-23T12:00:00Z]";
    assert!(records.contains(later), "an entry of its own: {records}");
}

#[test]
fn a_whole_day_that_is_added_takes_neither_name_nor_record_of_the_planned_meeting() {
    let folder = Folder::sample();
    let content = folder.path("content");
    let done = |arguments: &[&str]| {
        let output = run(&[arguments, &["--as-of", AS_OF]].concat(), &content);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        said(&output)
    };
    done(&["record", "weekly", "2026-11-19", "--minutes", "https://notes.example.org/1"]);
    let told = done(&["add", "weekly", "2026-11-19", "--title", "Summit"]);
    assert!(!told.contains("minutes") && !told.contains("warning"), "{told}");
    done(&["add", "weekly", "2026-12-03", "--title", "Summit"]);
    let told = done(&["cancel", "weekly", "2026-12-03"]);
    assert!(told.contains("cancelled: Thursday, 3 December 2026, 10:00"), "{told}");
    assert!(folder.path("content/meetings/weekly/2026-12-03T1000.md").exists(), "{told}");
}

/// Answers as they are typed.
pub(super) fn typed(arguments: &[&str], folder: &Folder, answers: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(arguments)
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_new_community_is_asked_for_checked_and_served() {
    let folder = Folder::empty();
    let answers = "Ada's Club\n\n\nclub.example.org\nhttps://club.example.org\n\nEurope/Berlim\n\
                   Europe/Berlin\n\nReading circle\n\n2026-12-03T19:00\n\nmonth\n\n90m\n\n\
                   https://club.example.org/agenda\n";
    let done = typed(&["new", "--as-of", AS_OF], &folder, answers);
    let told = said(&done);
    assert!(done.status.success(), "{told}");
    assert!(told.contains("write an address with its https://"), "asked again: {told}");
    assert!(told.contains("did you mean Europe/Berlin?"), "asked again: {told}");
    let series = folder.read("content/meetings/reading-circle/series.md");
    for line in
        ["every = \"month\"", "on = \"first Thursday\"", "at = \"19:00\"", "lasts = \"1h30m\""]
    {
        assert!(series.contains(line), "{series}");
    }
    let content = folder.path("content");
    let checked = said(&run(&["check", "--as-of", AS_OF], &content));
    assert!(checked.starts_with("fine: ") && !checked.contains("warning"), "{checked}");
    let server = Server::start(&content, &["--as-of", AS_OF]);
    assert!(get(server.address, "/adas-club.ics").text().contains("SUMMARY:Reading circle"));
}

#[test]
fn what_is_not_said_is_asked_by_its_option_where_nobody_answers() {
    let folder = Folder::empty();
    let done = typed(&["new", "--yes", "--name", "Club"], &folder, "");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("Say it with --url"), "{}", said(&done));
    assert!(!folder.path("content").exists(), "nothing is begun");
    let folder = Folder::sample();
    let slug = ["--slug", "weekly", "--start", "2026-12-03T19:00", "--yes"];
    let done = typed(&[&["new", "--title", "Another"][..], &slug].concat(), &folder, "");
    assert_eq!(done.status.code(), Some(1));
    assert!(
        said(&done).contains("`meetings/weekly/series.md` is there already"),
        "{}",
        said(&done)
    );
}
