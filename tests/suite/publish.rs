//! `convene publish` into a folder, as people and programs use it.

use super::process::{AS_OF, Folder, run, until};
use super::support::files;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SERIES: &str = "content/meetings/weekly/series.md";
const MANIFEST: &str = ".convene-published";

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn target(folder: &Folder) -> String {
    format!("file://{}", folder.path("www").display())
}

/// Publishes the folder's content into its folder `www`.
fn publish(folder: &Folder, options: &[&str]) -> Output {
    let target = target(folder);
    run(&[&["publish", &target, "--as-of", AS_OF], options].concat(), &folder.path("content"))
}

/// The numbers that a run gives to programs.
fn answer(folder: &Folder, options: &[&str]) -> Value {
    let output = publish(folder, &[&["--json"], options].concat());
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every file with its bytes, but the list that each command has of its own, and what only static hosts
/// read that serve a folder.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let own = [MANIFEST, ".convene-manifest", "_headers", "_redirects"];
    let all = files(folder).into_iter().filter(|file| !own.contains(&file.path.as_str()));
    all.map(|file| (file.path, file.bytes)).collect()
}

fn built(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let out = folder.path("built");
    let arguments = ["build", "--out", out.to_str().unwrap(), "--as-of", AS_OF];
    assert!(run(&arguments, &folder.path("content")).status.success());
    tree(&out)
}

#[test]
fn a_folder_gets_what_build_writes() {
    let folder = Folder::sample();
    let built = built(&folder);
    let bytes: usize = built.iter().map(|(_, bytes)| bytes.len()).sum();
    let all = json!({ "written": built.len(), "unchanged": 0, "removed": 0, "bytes": bytes });
    assert_eq!(answer(&folder, &["--dry-run"]), all);
    assert!(!folder.path("www").exists());
    assert_eq!(answer(&folder, &[]), all);
    assert_eq!(tree(&folder.path("www")), built);
    let none = json!({ "written": 0, "unchanged": built.len(), "removed": 0, "bytes": 0 });
    assert_eq!(answer(&folder, &[]), none);
}

#[test]
fn only_what_differs_is_written_and_only_what_was_written_removed() {
    let folder = Folder::sample();
    folder.put("www/mine.txt", "mine");
    answer(&folder, &[]);
    let before = tree(&folder.path("www"));
    fs::rename(folder.path("content/meetings/weekly"), folder.path("content/meetings/monthly"))
        .unwrap();
    let after = built(&folder);
    let differs = after.iter().filter(|file| !before.contains(file)).count();
    let is_after = |name: &String| after.iter().any(|(there, _)| there == name);
    let gone = before.iter().filter(|(name, _)| name != "mine.txt" && !is_after(name)).count();
    let numbers = answer(&folder, &[]);
    assert_eq!((&numbers["written"], &numbers["removed"]), (&json!(differs), &json!(gone)));
    let mine = ("mine.txt".to_owned(), b"mine".to_vec());
    assert!(tree(&folder.path("www")).into_iter().filter(|file| *file != mine).eq(after));
    assert_eq!(folder.read("www/mine.txt"), "mine");
    assert!(!folder.path("www/meetings/weekly").exists(), "empty folders go too");
}

#[test]
fn a_file_of_somebody_else_in_the_way_is_told_and_left() {
    let folder = Folder::sample();
    folder.put("www/index.html", "theirs");
    let refused = publish(&folder, &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(error(&refused).contains("has an object `index.html`"), "{}", error(&refused));
    assert_eq!(folder.read("www/index.html"), "theirs");
    answer(&folder, &["--adopt"]);
    assert_eq!(tree(&folder.path("www")), built(&folder));
}

#[test]
fn people_are_told_what_was_done() {
    let folder = Folder::sample();
    let output = publish(&folder, &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    let expected = format!("{}: {} objects written (", target(&folder), built(&folder).len());
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.ends_with(" KB), 0 unchanged, 0 removed\n"), "{text}");
}

#[test]
fn misuse_exits_with_2_and_says_what_to_write() {
    let folder = Folder::sample();
    let cases: [(&[&str], &str); 5] = [
        (&["publish"], "<TARGET>"),
        (&["publish", "public"], "write file:///folder, s3://bucket/prefix"),
        (&["publish", "file://public"], "three slashes"),
        (&["publish", "s3://b", "--watch", "--as-of", AS_OF], "leave out --as-of"),
        (&["publish", "s3://b", "--watch", "--dry-run"], "--dry-run"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments, &folder.path("content"));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", error(&output));
        assert!(error(&output).contains(expected), "{arguments:?}: {}", error(&output));
    }
}

#[test]
fn content_with_mistakes_is_not_published() {
    let folder = Folder::sample();
    folder.edit(SERIES, "title =", "titel =");
    let output = publish(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error(&output).contains("did you mean `title`?"), "{}", error(&output));
    assert!(!folder.path("www").exists());
}

#[test]
fn an_unreachable_store_is_named() {
    let folder = Folder::sample();
    let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
    command.args(["publish", "s3://bucket/www", "--content"]).arg(folder.path("content"));
    command.env("AWS_ENDPOINT", "http://127.0.0.1:9").env_remove("AWS_ALLOW_HTTP");
    command.env("AWS_ACCESS_KEY_ID", "a").env("AWS_SECRET_ACCESS_KEY", "b");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = error(&output);
    assert!(text.contains("cannot publish to s3://bucket/www: "), "{text}");
    assert!(text.contains("127.0.0.1") && text.contains("AWS_ALLOW_HTTP=true"), "{text}");
}

/// The file below `www`, as soon as it is there.
fn text(path: &PathBuf) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn watch_publishes_what_changes_but_no_mistakes() {
    let folder = Folder::sample();
    let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
    command.args(["publish", &target(&folder), "--watch", "--content"]);
    command.arg(folder.path("content")).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let calendar = folder.path("www/meetings/weekly.ics");
    until("it is published", || text(&calendar).contains("SUMMARY:Weekly call"));
    folder.edit(SERIES, "Weekly call", "Weekly meeting");
    until("the change is published", || text(&calendar).contains("SUMMARY:Weekly meeting"));
    folder.edit(SERIES, "title =", "titel =");
    folder.put("content/about.md", "+++\ntitle = \"About\"\n+++\n");
    folder.edit(SERIES, "titel =", "title =");
    let about = folder.path("www/about/index.html");
    until("what is right again is published", || text(&about).contains("About"));
    assert!(text(&calendar).contains("SUMMARY:Weekly meeting"));
    let stopped = Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status();
    assert!(stopped.unwrap().success());
    let mut status = None;
    until("it has ended", || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    assert_eq!(status.unwrap().code(), Some(0));
}
