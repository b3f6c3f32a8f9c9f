//! Who may import whom, and what the core may not touch.
#![expect(clippy::disallowed_methods, reason = "reads the sources it judges")]

use crate::support::package;
use std::path::{Path, PathBuf};

/// What each module of the core may import, and nothing else of the package.
const CORE: [(&str, &[&str]); 8] = [
    ("model", &[]),
    ("content", &["model", "schedule"]),
    ("schedule", &["model"]),
    ("render", &["model", "schedule"]),
    ("publish", &["model", "schedule", "render"]),
    ("compare", &["model", "schedule", "render"]),
    ("import", &["model", "content", "schedule"]),
    ("drift", &["model", "content", "schedule", "compare", "import"]),
];

/// The same for the shell.
const SHELL: [(&str, &[&str]); 9] = [
    ("clock", &[]),
    ("error", &[]),
    ("store", &["content", "error", "publish"]),
    ("watch", &["store"]),
    ("intake", &["clock", "content", "error", "model", "store", "watch"]),
    ("collect", &["content", "error", "model", "schedule", "store"]),
    ("upload", &["error", "model", "publish", "schedule", "store"]),
    (
        "serve",
        &[
            "clock", "collect", "content", "error", "intake", "model", "publish", "schedule",
            "store", "watch",
        ],
    ),
    (
        "cli",
        &[
            "clock", "collect", "compare", "content", "drift", "error", "import", "intake",
            "model", "publish", "render", "schedule", "serve", "store", "upload", "watch",
        ],
    ),
];

/// Ways to the outside that no file of the core may name.
const OUTSIDE: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "tokio",
    "axum",
    "hyper",
    "tracing",
    "println!",
];

/// Crates, and ways to the outside, that one file alone may know.
const ONE_FILE: [(&str, &str); 9] = [
    ("jiff", "src/schedule/zone.rs"),
    ("SystemTime::now", "src/clock.rs"),
    (" notify::", "src/watch/told.rs"),
    ("hyper::client", "src/collect/fetch/exchange.rs"),
    ("hyper_rustls", "src/upload/transport.rs"),
    ("webpki_roots::", "src/collect/fetch/connect.rs"),
    ("Command::new(\"", "src/store/git.rs"),
    ("listenfd", "src/serve/sockets.rs"),
    ("sd_notify", "src/serve/supervisor.rs"),
];

fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(path) else { return vec![] };
    let mut all: Vec<_> = entries.flat_map(|entry| sources(&entry.unwrap().path())).collect();
    all.retain(|path| path.extension().is_some_and(|e| e == "rs"));
    all
}

/// A file's code: without comments, and without its own tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn files_of(module: &str) -> Vec<PathBuf> {
    let mut files = sources(&package(&format!("src/{module}.rs")));
    files.extend(sources(&package(&format!("src/{module}"))));
    files
}

/// The modules named after `crate::`, also in a list: `use crate::{model, schedule::AsOf}`.
fn imports(code: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(list) => found.extend(list.split('}').next().unwrap().split(',').map(name)),
            None => found.push(name(after)),
        }
    }
    found
}

#[test]
fn modules_import_in_one_direction() {
    let mut wrong = Vec::new();
    for (module, allowed) in CORE.iter().chain(&SHELL) {
        for file in files_of(module) {
            for import in imports(&code(&file)) {
                if import != *module && !allowed.contains(&import.as_str()) {
                    wrong.push(format!("{} imports {import}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_tables() {
    let entries = std::fs::read_dir(package("src")).unwrap();
    let names =
        entries.map(|e| e.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    for name in names.filter(|name| name != "lib" && name != "main") {
        assert!(
            CORE.iter().chain(&SHELL).any(|(module, _)| *module == name),
            "{name} is in no table"
        );
    }
}

#[test]
fn the_core_touches_nothing_outside() {
    for (module, _) in CORE {
        for file in files_of(module) {
            let code = code(&file);
            for word in OUTSIDE {
                assert!(!code.contains(word), "{} names {word}", file.display());
            }
        }
    }
}

#[test]
fn some_crates_are_known_to_one_file_alone() {
    for (name, home) in ONE_FILE {
        for file in sources(&package("src")).into_iter().filter(|file| *file != package(home)) {
            assert!(
                !code(&file).contains(name),
                "{} names {name}, which only {home} may",
                file.display()
            );
        }
    }
}
