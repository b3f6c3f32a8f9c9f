//! The command line as people and programs use it.

use super::http::get;
use super::process::{AS_OF, Folder, Server, run};
use super::support::{files, package};
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::process::{Command, Output, Stdio};

const SERIES: &str = "content/meetings/weekly/series.md";

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs a command on the sample.
fn sample(arguments: &[&str]) -> Output {
    let folder = Folder::sample();
    run(&[arguments, &["--as-of", AS_OF]].concat(), &folder.path("content"))
}

/// The answer of a command that ends well.
fn answer(arguments: &[&str]) -> String {
    let output = sample(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", error(&output));
    assert_eq!(error(&output), "", "{arguments:?}");
    out(&output)
}

fn json_answer(arguments: &[&str]) -> Value {
    serde_json::from_str(&answer(arguments)).unwrap()
}

#[test]
fn version_says_which_tz_data_there_is() {
    let output = Command::new(env!("CARGO_BIN_EXE_convene")).arg("--version").output().unwrap();
    let expected = format!(
        "convene {} (tz data {})\n",
        env!("CARGO_PKG_VERSION"),
        convene::schedule::TZ_DATA_VERSION
    );
    assert_eq!(out(&output), expected);
}

#[test]
fn every_command_explains_itself() {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_convene")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        out(&output)
    };
    let whole = help(&["--help"]);
    for command in ["check", "build", "serve", "next", "dates", "diff", "collect", "publish"] {
        assert!(whole.contains(&format!("\n  {command} ")), "{command}: {whole}");
        let own = help(&[command, "--help"]);
        for option in ["--content <DIR>", "--as-of <TIME>", "--json", "[default: content]"] {
            assert!(own.contains(option), "{command} {option}: {own}");
        }
    }
}

#[test]
fn misuse_exits_with_2_and_says_what_to_write() {
    let cases: [(&[&str], &str); 9] = [
        (&[], "Usage: convene <COMMAND>"),
        (&["cehck"], "unrecognized subcommand 'cehck'"),
        (&["build"], "--out <DIR>"),
        (&["dates"], "<SERIES>"),
        (&["check", "--as-of", "yesterday"], "write 2026-11-23, 2026-11-23T10:00:00Z or"),
        (&["dates", "weekly", "--from", "1/2/26"], "write a date as 2026-11-23"),
        (&["next", "--count", "0"], "'--count <N>'"),
        (&["serve", "--listen", "8080"], "write 127.0.0.1:8080"),
        (&["dates", "weekly", "--from", "2026-12-01", "--to", "2026-11-01"], "swap them"),
    ];
    for (arguments, expected) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_convene")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error(&output).contains(expected), "{arguments:?}: {}", error(&output));
        assert_eq!(out(&output), "", "{arguments:?}");
    }
}

#[test]
fn check_counts_what_is_fine() {
    let text = answer(&["check"]);
    assert!(text.starts_with("fine: 4 files with 1 series, 1 single date and 1 page "), "{text}");
    assert_eq!(json_answer(&["check", "--json"]), json!([]));
}

#[test]
fn check_warns_of_what_a_week_later_is_missing() {
    let folder = Folder::with_sources("");
    let record = "[[record]]\ndate = 2026-11-12\nminutes = \"https://a.example/\"\n\
                  recording = \"https://youtu.be/12345678901\"\n";
    folder.put("content/meetings/weekly/records.toml", record);
    folder.edit("content/meetings/weekly/2026-11-26.md", "2026-11-20", "2025-11-20");
    let content = folder.path("content");
    let check = |as_of: &str| run(&["check", "--as-of", as_of], &content);
    let at_first = check("2026-01-08T18:59:59Z");
    assert_eq!((at_first.status.code(), error(&at_first).as_str()), (Some(0), ""));
    let late = check("2026-01-08T19:00:00Z");
    assert_eq!(late.status.code(), Some(0), "a warning is no mistake");
    assert!(out(&late).ends_with(" paths; 2 warnings\n"), "{}", out(&late));
    let text = error(&late);
    assert!(text.contains("warning: the meeting of 2026-01-01 has no recording"), "{text}");
    assert!(text.contains("look for them with `convene collect`"), "{text}");
    let found = run(&["check", "--json", "--as-of", AS_OF], &content);
    let found: Value = serde_json::from_str(&out(&found)).unwrap();
    assert_eq!(found[0]["severity"], "warning");
    let message = "7 meetings from 2026-09-24 to 2026-11-05 have no minutes";
    assert_eq!(found[0]["message"], message);
    assert!(!found.to_string().contains("2026-11-12"), "it has both: {found:#}");
}

#[test]
fn check_draws_every_mistake() {
    let folder = Folder::sample();
    folder.edit(SERIES, "title =", "titel =");
    let content = folder.path("content");
    let output = run(&["check"], &content);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    let text = error(&output);
    let place = content.join("meetings/weekly/series.md:2:1");
    for part in [&*place.to_string_lossy(), "2 | titel = \"Weekly call\"", "did you mean `title`?"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.ends_with(&format!("error: 1 mistake in `{}`\n", content.display())), "{text}");
    assert!(!text.contains('\u{1b}'), "colours where there is no terminal: {text}");
}

#[test]
fn check_annotates_a_pull_request() {
    let folder = Folder::sample();
    folder.edit(SERIES, "title =", "titel =");
    let content = folder.path("content");
    let check = |format: &str| run(&["check", "--format", format], &content);
    let output = check("github");
    assert_eq!(output.status.code(), Some(1));
    let (text, file) = (out(&output), content.join("meetings/weekly/series.md"));
    let place = format!("file={},line=2,endLine=2,col=1,endColumn=5::", file.display());
    let first = text.lines().next().unwrap();
    assert_eq!(
        first,
        format!("::error {place}unknown key `titel`%0Adid you mean `title`?"),
        "{text}"
    );
    assert!(error(&output).starts_with("error: 1 mistake in "), "{}", error(&output));
    assert_eq!(out(&check("json")), out(&run(&["check", "--json"], &content)));
    folder.edit(SERIES, "titel =", "title =");
    let output = check("github");
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    assert!(out(&output).starts_with("fine: "), "{}", out(&output));
}

#[test]
fn check_lists_every_mistake_for_programs() {
    let folder = Folder::sample();
    folder.edit(SERIES, "title =", "titel =");
    let output = run(&["check", "--json"], &folder.path("content"));
    assert_eq!((output.status.code(), error(&output).as_str()), (Some(1), ""));
    let mistakes: Value = serde_json::from_str(&out(&output)).unwrap();
    let expected = json!({
        "severity": "error",
        "path": "meetings/weekly/series.md",
        "line": 2,
        "column": 1,
        "message": "unknown key `titel`",
        "help": "did you mean `title`?",
    });
    assert!(mistakes.as_array().unwrap().contains(&expected), "{mistakes:#}");
}

#[test]
fn bad_content_stops_every_command() {
    let folder = Folder::sample();
    folder.edit(SERIES, "title =", "titel =");
    let (content, tree) = (folder.path("content"), folder.path("tree"));
    let tree = tree.to_str().unwrap();
    let commands: [&[&str]; 4] =
        [&["build", "--out", tree], &["serve"], &["next"], &["dates", "weekly"]];
    for command in commands {
        let output = run(command, &content);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""), "{command:?}");
        assert!(error(&output).contains("unknown key `titel`"), "{command:?}");
    }
    assert!(!folder.path("tree").exists());
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = Folder::empty();
    let output = run(&["check"], &folder.path("nowhere"));
    assert_eq!(output.status.code(), Some(1));
    assert!(error(&output).contains("nowhere`: name it with --content"), "{}", error(&output));
}

#[test]
fn dates_are_told_with_what_became_of_them() {
    let text = answer(&["dates", "weekly", "--from", "2026-11-19", "--to", "2026-12-03"]);
    assert_eq!(
        text,
        "2026-11-19 Thu 10:00–11:00 America/Los_Angeles  confirmed\n\
         2026-11-26 Thu 10:00–11:00 America/Los_Angeles  cancelled: Thanksgiving\n\
         2026-12-03 Thu 10:00–11:00 America/Los_Angeles  confirmed\n"
    );
    let all = json_answer(&["dates", "weekly", "--json"]);
    let all = all.as_array().unwrap();
    assert_eq!(all.first().unwrap()["start"], "2026-01-01T10:00:00");
    assert_eq!(all.last().unwrap()["start"], "2027-11-18T10:00:00");
    assert_eq!(answer(&["dates", "weekly", "--to", "2025-12-31"]), "");
    assert_eq!(answer(&["dates", "weekly", "--from", "2030-01-01"]).lines().count(), 52);
}

#[test]
fn dates_for_programs_have_every_key() {
    let day = ["--from", "2026-11-26", "--to", "2026-11-26"];
    let got = json_answer(&[&["dates", "weekly", "--json"], &day[..]].concat());
    let expected = json!([{
        "series": "weekly",
        "recurrence_id": "2026-11-26T10:00:00",
        "start": "2026-11-26T10:00:00",
        "end": "2026-11-26T11:00:00",
        "zone": "America/Los_Angeles",
        "utc_start": "2026-11-26T18:00:00Z",
        "utc_end": "2026-11-26T19:00:00Z",
        "status": "cancelled",
        "moved": false,
        "title": "Weekly call",
        "reason": "Thanksgiving",
        "join": "https://meet.example.org/weekly",
        "agenda": "https://notes.example.org/weekly",
        "location": null,
        "note": null,
        "topics": [],
        "minutes": null,
        "recordings": [],
        "page": "https://meetings.example.org/meetings/weekly/2026-11-26/",
    }]);
    assert_eq!(got, expected);
}

#[test]
fn an_unknown_series_is_told_with_those_there_are() {
    for command in ["dates", "next"] {
        let output = sample(&[command, "weakly"]);
        assert_eq!(output.status.code(), Some(1));
        let expected = "there is no series `weakly`: did you mean `weekly`? there is: weekly\n";
        assert!(error(&output).ends_with(expected), "{}", error(&output));
    }
}

#[test]
fn next_passes_over_what_is_cancelled() {
    assert_eq!(
        answer(&["next"]),
        "Weekly call\n  \
         Thursday, 3 December 2026, 10:00–11:00 PST (America/Los_Angeles)\n  \
         Thursday, 3 December 2026, 18:00–19:00 UTC\n  \
         join   https://meet.example.org/weekly\n  \
         agenda https://notes.example.org/weekly\n"
    );
    let next = json_answer(&["next", "weekly", "--count", "3", "--json"]);
    let starts: Vec<_> = next.as_array().unwrap().iter().map(|o| &o["utc_start"]).collect();
    assert_eq!(starts, ["2026-12-03T18:00:00Z", "2026-12-10T18:00:00Z", "2026-12-17T18:00:00Z"]);
}

#[test]
fn an_end_on_another_day_or_after_a_change_of_the_clock_is_told_with_it() {
    let folder = Folder::sample();
    folder.edit(SERIES, "every =", "lasts = \"80h\"\nevery =");
    let told = |command: &str, as_of: &str| {
        let from = ["--from", "2027-03-11", "--to", "2027-03-11"];
        let days = if command == "dates" { &from[..] } else { &[] };
        let arguments = [&[command, "weekly", "--as-of", as_of], days].concat();
        out(&run(&arguments, &folder.path("content")))
    };
    let line = "2027-03-11 Thu 10:00 PST to Sun 14 Mar 19:00 PDT America/Los_Angeles  confirmed\n";
    assert_eq!(told("dates", AS_OF), line);
    let next = told("next", "2027-03-11T00:00:00Z");
    let local = "Thursday, 11 March 2027, 10:00 PST to Sun 14 Mar 19:00 PDT (America/Los_Angeles)";
    assert!(next.contains(local), "{next}");
    assert!(next.contains("Thursday, 11 March 2027, 18:00 to Mon 15 Mar 02:00 UTC"), "{next}");
}

#[test]
fn next_tells_the_meeting_under_way_and_says_when_there_is_none() {
    let folder = Folder::sample();
    folder.edit(SERIES, "every =", "until = 2026-12-03\nevery =");
    let next = |as_of: &str| run(&["next", "--as-of", as_of, "--json"], &folder.path("content"));
    let under_way = next("2026-12-03T10:59:59-08:00");
    assert_eq!(under_way.status.code(), Some(0));
    assert!(out(&under_way).contains("2026-12-03T10:00:00"));
    let none = next("2026-12-03T11:00:00-08:00");
    assert_eq!((none.status.code(), out(&none).as_str()), (Some(1), "[]\n"));
    assert_eq!(error(&none), "error: no meeting is planned\n");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = Folder::sample();
    // More than a pipe holds.
    folder.edit(SERIES, "from = 2026-01-01", "from = 1970-01-01");
    let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["dates", "weekly", "--json", "--content"])
        .arg(folder.path("content"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), error(&output).as_str()), (Some(0), ""));
}

/// Every file of a folder, with its bytes.
fn tree(folder: &Folder, name: &str) -> Vec<(String, Vec<u8>)> {
    files(&folder.path(name)).into_iter().map(|file| (file.path, file.bytes)).collect()
}

fn build(folder: &Folder, name: &str) -> Output {
    let path = folder.path(name);
    let arguments = ["build", "--as-of", AS_OF, "--out", path.to_str().unwrap()];
    run(&arguments, &folder.path("content"))
}

#[test]
fn two_builds_give_the_same_bytes_and_they_are_what_the_server_serves() {
    let folder = Folder::sample();
    for name in ["one", "two"] {
        assert_eq!(build(&folder, name).status.code(), Some(0));
    }
    let files = tree(&folder, "one");
    assert_eq!(files, tree(&folder, "two"));
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    let redirects = ["community/index.html", "old.html"];
    let of_host = [".convene-manifest", "_headers", "_redirects"];
    for (name, bytes) in files.iter().filter(|(name, _)| !of_host.contains(&name.as_str())) {
        let path = format!("/{}", name.strip_suffix("index.html").unwrap_or(name));
        let response = get(server.address, &path);
        match redirects.contains(&name.as_str()) {
            true => assert_eq!((response.status, response.header("location")), (301, Some("/"))),
            false => assert!(response.body == *bytes, "{path} differs from {name}"),
        }
    }
    assert!(redirects.iter().all(|name| files.iter().any(|file| file.0 == *name)));
}

#[test]
fn oci_is_the_same_bytes_in_two_builds_and_two_runs_of_the_server() {
    let folder = Folder::empty();
    for name in ["one", "two"] {
        let path = folder.path(name);
        let arguments = ["build", "--as-of", AS_OF, "--out", path.to_str().unwrap()];
        assert_eq!(run(&arguments, &package("content")).status.code(), Some(0));
    }
    let files = tree(&folder, "one");
    assert!(files == tree(&folder, "two"));
    let is_calendar = |name: &str| name.ends_with(".ics") && name.matches('/').count() < 3;
    let calendars: Vec<_> = files.iter().filter(|(name, _)| is_calendar(name)).collect();
    assert!(calendars.iter().any(|(name, _)| name == "oci.ics"));
    for _ in 0..2 {
        let server = Server::start(&package("content"), &["--as-of", AS_OF]);
        for (name, bytes) in &calendars {
            let served = get(server.address, &format!("/{name}")).body;
            assert!(served == *bytes, "{name} is served otherwise");
        }
    }
}

#[test]
fn a_second_build_touches_only_what_differs() {
    let folder = Folder::sample();
    build(&folder, "tree");
    let modified = |name: &str| fs::metadata(folder.path(name)).unwrap().modified().unwrap();
    let before = modified("tree/style.css");
    let again = build(&folder, "tree");
    assert!(out(&again).contains(": 0 files written, "), "{}", out(&again));
    folder.edit(SERIES, "every =", "until = 2026-12-03\nevery =");
    let shorter = build(&folder, "tree");
    assert!(!out(&shorter).contains(", 0 removed"), "{}", out(&shorter));
    assert!(!folder.path("tree/meetings/weekly/2026-12-10").exists());
    assert_eq!(modified("tree/style.css"), before);
    build(&folder, "fresh");
    assert_eq!(tree(&folder, "tree"), tree(&folder, "fresh"));
}

#[test]
fn a_folder_with_other_files_is_not_built_into() {
    let folder = Folder::sample();
    folder.put("mine/thesis.tex", "years of work");
    let output = build(&folder, "mine");
    assert_eq!(output.status.code(), Some(1));
    assert!(error(&output).contains("did not write"), "{}", error(&output));
    assert_eq!(tree(&folder, "mine").len(), 1);
    // One that it made itself may have files put beside its own, which stay.
    build(&folder, "tree");
    folder.put("tree/CNAME", "meetings.example.org");
    folder.put("tree/meetings/weekly/2026-12-10/photo.txt", "a photo");
    folder.edit(SERIES, "every =", "until = 2026-12-03\nevery =");
    assert_eq!(build(&folder, "tree").status.code(), Some(0));
    assert_eq!(folder.read("tree/CNAME"), "meetings.example.org");
    assert_eq!(folder.read("tree/meetings/weekly/2026-12-10/photo.txt"), "a photo");
}
