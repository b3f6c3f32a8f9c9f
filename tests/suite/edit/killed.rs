//! A program that edits the content, killed at any moment, or without room to write.
#![cfg(unix)]

use super::text::edit;
use crate::process::{Folder, SITE};
use crate::sample::{line, link, local, slug, utc};
use crate::support::files;
use chrono::TimeDelta;
use convene::content::edit::{Edit, edited};
use convene::content::{SourceFile, parse};
use convene::model::{Found, Record};
use convene::store::apply;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Names the folder to the program that edits it, and its rounds: the first, and how many.
const FOLDER: &str = "CONVENE_TEST_FOLDER";
const FIRST: &str = "CONVENE_TEST_FIRST";
const ROUNDS: &str = "CONVENE_TEST_ROUNDS";

const READY: &str = "the first round begins";

const KILLS: usize = 200;

/// Thursdays of one year: short, so that a round is, too.
const SERIES: &str = r#"+++
title = "Weekly call"
updated = 2026-01-01T00:00:00Z

[[slot]]
from = 2026-01-01
until = 2026-12-31
every = "week"
on = "Thursday"
at = "10:00"
+++
"#;

fn folder() -> Folder {
    let folder = Folder::empty();
    folder.put("content/site.toml", SITE);
    folder.put("content/community.md", "+++\ntitle = \"Example\"\n+++\n");
    for series in ["weekly", "other"] {
        folder.put(&format!("content/meetings/{series}/series.md"), SERIES);
    }
    folder.put("content/meetings/weekly/records.toml", "# By hand: keep this.\n");
    folder
}

/// Every round changes two large files and makes the file of a date, or finds it made.
fn edits(round: u64) -> Vec<Edit> {
    let topics = (0..40).map(|n| line(&format!("{round}.{n} {}", "x".repeat(200)))).collect();
    let record = Record {
        minutes: Some(link(&format!("https://a.example/{round}"))),
        topics,
        found: Some(Found::Minutes),
        ..Record::default()
    };
    let other = Edit::Record {
        series: slug("other"),
        id: local("2026-01-08T10:00:00"),
        record: record.clone(),
    };
    let week = i64::try_from(round % 52).unwrap();
    let date = crate::sample::day("2026-01-01") + TimeDelta::weeks(week);
    let cancelled = Edit::Cancelled {
        series: slug("other"),
        id: local(&date.to_string()),
        reason: Some(line(&"quiet week ".repeat(40))),
        announced: utc("2026-11-19T19:00:00Z"),
    };
    vec![edit("2026-01-08T10:00:00", record), other, cancelled]
}

/// What other tests run as a program of its own; by itself it edits a folder that nobody kills.
#[test]
fn rounds_of_edits() {
    let own = folder();
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let content = std::env::var_os(FOLDER).map_or(own.path("content"), PathBuf::from);
    let (first, rounds) = (number(FIRST).unwrap_or(0), number(ROUNDS).unwrap_or(3));
    if std::env::var_os(FOLDER).is_some() {
        writeln!(std::io::stdout(), "{READY}").unwrap();
    }
    for round in (first..).take(usize::try_from(rounds).unwrap()) {
        let applied = apply(&content, |_| Ok((edits(round), ())));
        let changed = applied.unwrap_or_else(|error| panic!("{error}")).changed;
        assert!(changed.contains(&"meetings/weekly/records.toml".to_owned()), "{changed:?}");
    }
}

/// The program, which edits `content` in so many rounds.
fn program(content: &Path, first: u64, rounds: u64) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "edit::killed::rounds_of_edits", "--nocapture"]);
    with(command, content, first, rounds)
}

fn with(mut command: Command, content: &Path, first: u64, rounds: u64) -> Command {
    command.env(FOLDER, content).env(FIRST, first.to_string()).env(ROUNDS, rounds.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts it and waits until it is about to edit.
fn started(content: &Path, first: u64) -> Child {
    let mut child = program(content, first, u64::from(u32::MAX)).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains(READY)));
    child
}

fn is_hidden(file: &SourceFile) -> bool {
    file.path.split('/').any(|part| part.starts_with('.'))
}

/// A folder as it was before the first round, and what each round makes of it.
struct Folders {
    base: Vec<SourceFile>,
    after: BTreeMap<u64, Vec<SourceFile>>,
}

impl Folders {
    /// The round whose text the file has, by the number in it: no other text is whole.
    fn round_of(&mut self, file: &SourceFile) -> u64 {
        let text = std::str::from_utf8(&file.bytes).unwrap();
        let url = text.split("https://a.example/").nth(1).and_then(|rest| rest.split('"').next());
        let round: u64 = url.unwrap().parse().unwrap();
        let after = || edited(&self.base, &edits(round)).unwrap();
        let after = self.after.entry(round).or_insert_with(after);
        assert!(after.contains(file), "neither the old nor the new text of {}:\n{text}", file.path);
        round
    }

    /// Checks every file; the newest round that any is of, and how many files the killed left.
    fn check(&mut self, content: &Path) -> (Option<u64>, usize) {
        let all = files(content);
        parse(&all).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let (left, all): (Vec<_>, Vec<_>) = all.into_iter().partition(is_hidden);
        for file in &self.base {
            assert!(all.iter().any(|now| now.path == file.path), "{} is gone", file.path);
        }
        let mut newest = None;
        for file in all {
            if self.base.contains(&file) {
                continue;
            }
            if file.path.ends_with("records.toml") {
                newest = newest.max(Some(self.round_of(&file)));
            } else {
                let text = std::str::from_utf8(&file.bytes).unwrap();
                let is_whole = text.starts_with("+++\ncancelled = \"quiet week ")
                    && text.ends_with("\nannounced = 2026-11-19T19:00:00Z\n+++\n");
                assert!(is_whole, "{}:\n{text}", file.path);
            }
        }
        (newest, left.len())
    }
}

#[test]
fn killed_200_times_every_file_is_whole_and_the_next_run_goes_on() {
    let folder = folder();
    let content = folder.path("content");
    let mut folders = Folders { base: files(&content), after: BTreeMap::new() };
    let (mut seed, mut next) = (4_u64, 0);
    for _ in 0..KILLS {
        let mut child = started(&content, next);
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((seed >> 33) % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let (newest, _) = folders.check(&content);
        next = next.max(newest.map_or(0, |newest| newest + 1));
    }
    let output = program(&content, next, 1).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(folders.check(&content), (Some(next), 0));
}

/// Runs one round so that it fails, and gives what it says; the folder is as it was.
fn failed(folder: &Folder, command: Command) -> String {
    let content = folder.path("content");
    let before = files(&content);
    let output = with(command, &content, 7, 1).output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(READY), "{said}");
    assert_eq!(files(&content), before, "{said}");
    said
}

/// A program that is started by another, with what that needs before its arguments.
fn by(starter: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(starter);
    command.args(arguments).arg(std::env::current_exe().unwrap());
    command.args(["--exact", "edit::killed::rounds_of_edits", "--nocapture"]);
    command
}

#[test]
fn a_disk_without_room_leaves_every_file_as_it_was() {
    let folder = folder();
    // A file may grow to 4 or 8 KiB, and the new ones are larger; the signal would kill.
    let little = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let said = failed(&folder, by("sh", &["-c", little]));
    assert!(said.contains("cannot write `"), "{said}");
    assert!(said.contains("records.toml`: File too large"), "{said}");
    let output = program(&folder.path("content"), 8, 1).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_named() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let weekly = folder.path("content/meetings/weekly");
    set_permissions(&weekly, Permissions::from_mode(0o555)).unwrap();
    // Modes do not bind root, unless it gives up that right.
    let is_root = std::fs::write(weekly.join(".probe"), "").is_ok();
    let said = if is_root {
        std::fs::remove_file(weekly.join(".probe")).unwrap();
        failed(&folder, by("setpriv", &["--bounding-set=-dac_override"]))
    } else {
        failed(&folder, by("env", &[]))
    };
    set_permissions(&weekly, Permissions::from_mode(0o755)).unwrap();
    assert!(said.contains("weekly/records.toml`: Permission denied"), "{said}");
}
