//! What the documents show of the command line is what it does.
//!
//! Each ```` ```console ```` block of README.md and CONTRIBUTING.md is run, a document's blocks one after
//! the other, in a folder of their own with a copy of `tests/recipes/`; the present is [`PRESENT`]. A line
//! `$ convene …` is a command, what follows is what it prints; a line of `…` stands for any lines.
//! `UPDATE=1 cargo test --test suite recipes` writes the answers again, but for blocks with a `…`.
//!
//! Two commands need more than a folder: `serve` is stopped once it says what to open, on a port of its own
//! that is told as the usual one; `collect` asks `tests/recipes/upstream/` in the place of HackMD and YouTube.

use crate::process::Folder;
use crate::support::{files, package};
use crate::upstream::{Play, Upstream};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

const PRESENT: &str = "2026-11-25T12:00:00Z";

const DOCUMENTS: [&str; 2] = ["README.md", "CONTRIBUTING.md"];

const NOTE: &str = "/hackmd.io/El8Dd2xrTlCaCG59ns5cwg/download";
const VIDEOS: &str = "/www.youtube.com/feeds/videos.xml?channel_id=UCpGceic1q4-3Tai0kgeBcwg";

#[test]
fn what_the_documents_show_is_what_it_does() {
    let failures: Vec<String> = DOCUMENTS.into_iter().flat_map(check).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_command_is_shown() {
    let help = Command::new(env!("CARGO_BIN_EXE_convene")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names: Vec<&str> = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() > 20, "{names:?}");
    let shown: Vec<String> = DOCUMENTS.iter().flat_map(|document| shown_in(document)).collect();
    let is_shown = |name: &&str| shown.iter().any(|command| words(command)[1] == **name);
    let lacking: Vec<&&str> = names.iter().filter(|name| !is_shown(name)).collect();
    assert!(lacking.is_empty(), "not in a block of `$ convene …`: {lacking:?}");
}

/// The commands in a document's blocks.
fn shown_in(document: &str) -> Vec<String> {
    let text = read(document);
    let blocks = text.split("\n```console\n").skip(1);
    blocks.flat_map(|block| commands(block.split("\n```\n").next().unwrap())).collect()
}

#[expect(clippy::disallowed_methods, reason = "reads the documents it judges")]
fn read(document: &str) -> String {
    std::fs::read_to_string(package(document)).unwrap()
}

/// What differs in the document; with `UPDATE` it is written anew instead.
#[expect(clippy::disallowed_methods, reason = "writes the documents anew")]
fn check(document: &str) -> Vec<String> {
    let text = read(document);
    let folder = Folder::empty();
    for file in files(&package("tests/recipes")) {
        folder.put(&file.path, std::str::from_utf8(&file.bytes).unwrap());
    }
    let (mut failures, mut new) = (Vec::new(), String::new());
    let mut rest = text.as_str();
    while let Some(start) = rest.find("\n```console\n").map(|at| at + "\n```console\n".len()) {
        let (before, block) = rest.split_at(start);
        let end = block.find("\n```\n").map_or(block.len(), |at| at + 1);
        let (block, after) = block.split_at(end);
        let got: String = commands(block).map(|command| run(&command, &folder)).collect();
        if !matches(block, &got) {
            failures.push(format!("{document}: shown\n{block}\nprinted\n{got}"));
        }
        new.push_str(before);
        new.push_str(if has_gap(block) { block } else { &got });
        rest = after;
    }
    new.push_str(rest);
    if std::env::var_os("UPDATE").is_some() && new != text {
        std::fs::write(package(document), new).unwrap();
        return Vec::new();
    }
    failures
}

fn commands(block: &str) -> impl Iterator<Item = String> {
    block.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned)
}

fn has_gap(block: &str) -> bool {
    block.lines().any(|line| line == "…")
}

/// The command with its sign before it, and what it prints after it.
fn run(command: &str, folder: &Folder) -> String {
    let words = words(command);
    let (program, arguments) = words.split_first().unwrap();
    assert_eq!(program, "convene", "{command}");
    let mut process = Command::new(env!("CARGO_BIN_EXE_convene"));
    // What a machine's own folder has is none of the documents' business.
    let own = folder.path("srv").display().to_string();
    process.args(arguments.iter().map(|argument| argument.replace("/srv", &own)));
    process.current_dir(folder.path("")).stdin(Stdio::null());
    let name = arguments[0].as_str();
    // Some commands know no present.
    if !["schema", "completions", "man"].contains(&name) {
        process.args(["--as-of", PRESENT]);
    }
    let printed = match name {
        "serve" => to_open(process),
        "collect" => collected(process),
        _ => said(process),
    };
    format!("$ {command}\n{}", printed.replace(&own, "/srv"))
}

fn said(mut process: Command) -> String {
    let output = process.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    text(output.stdout) + &text(output.stderr)
}

/// What a server says before it serves, which is all that it prints but for its log.
fn to_open(mut process: Command) -> String {
    process.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = process.spawn().unwrap();
    let mut printed = BufReader::new(server.stdout.take().unwrap());
    let mut text = String::new();
    printed.read_line(&mut text).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let (_, address) = text.split_once("http://").unwrap();
    let address = address.trim_end().trim_end_matches('/').to_owned();
    printed.read_to_string(&mut text).unwrap();
    text.replace(&address, "127.0.0.1:8080")
}

/// What is said of answers that are in `tests/recipes/upstream/`.
fn collected(mut process: Command) -> String {
    let answer = |name, kind| Play::ok(kind, read(&format!("tests/recipes/upstream/{name}")));
    let note = (NOTE, answer("minutes.md", "text/markdown"));
    let upstream = Upstream::start([note, (VIDEOS, answer("videos.xml", "text/xml"))]);
    process.args(["--fetch-from", &upstream.address.to_string()]);
    said(process)
}

/// A command's words as a shell has them: those in quotes are one.
pub(crate) fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether what is shown is what was printed; `…` stands for any lines.
fn matches(shown: &str, got: &str) -> bool {
    let mut rest = got;
    for (i, part) in shown.split("…\n").enumerate() {
        let found = if i == 0 { rest.starts_with(part).then_some(0) } else { rest.find(part) };
        let Some(at) = found else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || shown.ends_with("…\n")
}
