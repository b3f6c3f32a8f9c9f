//! What the documents show of the command line is what it does.
//!
//! Each ```` ```console ```` block of README.md and CONTRIBUTING.md is run, a document's blocks one after
//! the other, in a folder of their own with a copy of `tests/recipes/`; the present is [`PRESENT`]. A line `$ convene …` is a command, what follows is what it prints; a line of `…` stands
//! for any lines. `UPDATE=1 cargo test --test suite recipes` writes the answers again, but for
//! blocks with a `…`.

use crate::process::Folder;
use crate::support::{files, package};
use std::process::{Command, Stdio};

const PRESENT: &str = "2026-11-25T12:00:00Z";

#[test]
fn what_the_documents_show_is_what_it_does() {
    let failures: Vec<String> = ["README.md", "CONTRIBUTING.md"].iter().flat_map(check).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// What differs in the document; with `UPDATE` it is written anew instead.
#[expect(clippy::disallowed_methods, reason = "reads the documents it judges")]
fn check(document: &&str) -> Vec<String> {
    let text = std::fs::read_to_string(package(document)).unwrap();
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
    process.args(arguments).current_dir(folder.path("")).stdin(Stdio::null());
    // Some commands know no present.
    let knows = !["schema", "completions", "man"].contains(&arguments[0].as_str());
    if knows {
        process.args(["--as-of", PRESENT]);
    }
    let output = process.output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("$ {command}\n{}{}", said(&output.stdout), said(&output.stderr))
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
