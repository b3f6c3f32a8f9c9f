//! What editors, links and broken folders do to the content while it is served.
#![cfg(unix)]

use super::http::get;
use super::process::{AS_OF, Folder, Server, until};
use super::support::files;
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

const CALENDAR: &str = "/meetings/weekly.ics";
const SERIES: &str = "content/meetings/weekly/series.md";

fn sample() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    (folder, server)
}

fn until_has(server: &Server, path: &str, text: &str) {
    until(&format!("{path} has `{text}`"), || get(server.address, path).text().contains(text));
}

/// Writes a file as an editor does, given the folder of the file, its name and the new text.
type Save = fn(&dyn Fn(&str) -> PathBuf, &str);

/// Puts something that is no folder in the place of one.
type Break = fn(&Path);

/// The system calls of each editor as strace shows them, with its settings as they come.
const EDITORS: [(&str, Save); 7] = [
    ("nano, VS Code: the file is cut off and written anew, in two pieces", |at, text| {
        let mut file = fs::File::create(at("series.md")).unwrap();
        let (first, second) = text.split_at(text.len() / 2);
        file.write_all(first.as_bytes()).unwrap();
        file.write_all(second.as_bytes()).unwrap();
    }),
    ("Vim with backupcopy=no: the old file is renamed and a new one written", |at, text| {
        fs::write(at(".series.md.swp"), "b0VIM").unwrap();
        fs::write(at("4913"), "").unwrap();
        fs::remove_file(at("4913")).unwrap();
        fs::rename(at("series.md"), at("series.md~")).unwrap();
        fs::write(at("series.md"), text).unwrap();
        fs::remove_file(at("series.md~")).unwrap();
        fs::remove_file(at(".series.md.swp")).unwrap();
    }),
    ("Emacs: a lock that is a link to nowhere, a backup, the file written", |at, text| {
        symlink("me@host.1234:1700000000", at(".#series.md")).unwrap();
        fs::write(at("#series.md#"), text).unwrap();
        fs::copy(at("series.md"), at("series.md~")).unwrap();
        fs::write(at("series.md"), text).unwrap();
        fs::remove_file(at("#series.md#")).unwrap();
        fs::remove_file(at(".#series.md")).unwrap();
    }),
    ("JetBrains with safe write: the old file goes aside, a new one comes", |at, text| {
        fs::write(at("series.md___jb_tmp___"), text).unwrap();
        fs::rename(at("series.md"), at("series.md___jb_old___")).unwrap();
        fs::rename(at("series.md___jb_tmp___"), at("series.md")).unwrap();
        fs::remove_file(at("series.md___jb_old___")).unwrap();
    }),
    ("GNOME's: a hidden file is renamed over the old", |at, text| {
        fs::write(at(".goutputstream-X1Y2Z3"), text).unwrap();
        fs::rename(at(".goutputstream-X1Y2Z3"), at("series.md")).unwrap();
    }),
    ("sed -i: a file with another name is renamed over the old", |at, text| {
        fs::write(at("sedAbC123"), text).unwrap();
        fs::rename(at("sedAbC123"), at("series.md")).unwrap();
    }),
    ("rsync: a hidden file with the name in it is renamed over the old", |at, text| {
        fs::write(at(".series.md.a1B2c3"), text).unwrap();
        fs::rename(at(".series.md.a1B2c3"), at("series.md")).unwrap();
    }),
];

#[test]
fn what_each_editor_saves_is_served_and_nothing_between() {
    let (folder, server) = sample();
    let text = folder.read(SERIES);
    for (i, (editor, save)) in EDITORS.iter().enumerate() {
        let title = format!("Call number {i}");
        let at = |name: &str| folder.path("content/meetings/weekly").join(name);
        save(&at, &text.replace("Weekly call", &title));
        until_has(&server, CALENDAR, &format!("SUMMARY:{title}\r\n"));
        assert!(get(server.address, "/readyz").text().starts_with("ready\n"), "{editor}");
    }
    server.signal("TERM");
    let (_, log) = server.wait();
    assert!(!log.contains("mistake"), "a state between two was read:\n{log}");
}

#[test]
fn a_change_that_nobody_tells_of_is_found() {
    let folder = Folder::sample();
    // What is behind a link is not watched, as nothing on a network file system is.
    fs::create_dir(folder.path("far")).unwrap();
    fs::rename(folder.path("content/meetings/weekly"), folder.path("far/weekly")).unwrap();
    symlink("../../far/weekly", folder.path("content/meetings/weekly")).unwrap();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    for title in ["Weekly meeting", "Call of the week"] {
        let text = folder.read(SERIES);
        let old = text.lines().find(|line| line.starts_with("title =")).unwrap();
        folder.edit("far/weekly/series.md", old, &format!("title = \"{title}\""));
        until_has(&server, CALENDAR, &format!("SUMMARY:{title}\r\n"));
    }
}

#[test]
fn git_sync_turns_a_link_from_one_commit_to_the_next() {
    let folder = Folder::sample();
    let commit = |digit: char| digit.to_string().repeat(40);
    let publish = |digit: char, title: &str| {
        let name = format!("git/.worktrees/{}", commit(digit));
        for file in files(&folder.path("origin")) {
            let text = String::from_utf8(file.bytes).unwrap().replace("Weekly call", title);
            folder.put(&format!("{name}/content/{}", file.path), &text);
        }
        symlink(format!(".worktrees/{}", commit(digit)), folder.path("git/tmp-link")).unwrap();
        fs::rename(folder.path("git/tmp-link"), folder.path("git/current")).unwrap();
    };
    fs::rename(folder.path("content"), folder.path("origin")).unwrap();
    publish('a', "Weekly call");
    let server = Server::start(&folder.path("git/current/content"), &["--as-of", AS_OF]);
    publish('b', "Weekly meeting");
    // The content's own parent is not what is turned, so it is found by looking.
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
    fs::remove_dir_all(folder.path("git/.worktrees").join(commit('a'))).unwrap();
    publish('c', "Call of the week");
    until_has(&server, CALENDAR, "SUMMARY:Call of the week\r\n");
    assert!(get(server.address, "/readyz").text().starts_with("ready\n"));
}

#[test]
fn a_folder_that_cannot_be_read_leaves_the_old_state_and_is_told() {
    let (folder, server) = sample();
    let before = get(server.address, CALENDAR).body;
    let weekly = folder.path("content/meetings/weekly");
    let content = folder.path("content");
    let broken: [(&Path, Break); 4] = [
        (&content, |at| fs::write(at, "a file in its place").unwrap()),
        (&content, |at| symlink(at, at).unwrap()),
        (&weekly, |at| symlink(at, at).unwrap()),
        (&weekly, |at| symlink("nowhere", at).unwrap()),
    ];
    for (at, break_it) in broken {
        fs::rename(at, folder.path("aside")).unwrap();
        break_it(at);
        until_has(&server, "/readyz", "degraded: unreadable");
        let name = at.file_name().unwrap().to_str().unwrap();
        assert!(get(server.address, "/readyz").text().contains(&format!("{name}`")), "{name}");
        assert_eq!(get(server.address, CALENDAR).body, before);
        fs::remove_file(at).unwrap();
        fs::rename(folder.path("aside"), at).unwrap();
        until_has(&server, "/readyz", "ready\nserving");
    }
    // Where the only series is gone, nobody can have meant it.
    fs::rename(&weekly, folder.path("aside")).unwrap();
    until_has(&server, "/readyz", "degraded: unreadable");
    assert_eq!(get(server.address, CALENDAR).body, before);
    fs::rename(folder.path("aside"), &weekly).unwrap();
    until_has(&server, "/readyz", "ready\nserving");
}

#[test]
fn conflicts_of_a_merge_are_not_served() {
    let (folder, server) = sample();
    let before = get(server.address, CALENDAR).body;
    let text = folder.read(SERIES);
    let line = "title = \"Weekly call\"\n";
    let conflict = format!(
        "<<<<<<< HEAD\n{line}=======\ntitle = \"Weekly meeting\"\n>>>>>>> 1234567 (rename it)\n"
    );
    folder.put(SERIES, &text.replace(line, &conflict));
    until_has(&server, "/readyz", "degraded: ");
    assert!(get(server.address, "/readyz").text().contains("meetings/weekly/series.md:2:"));
    assert_eq!(get(server.address, CALENDAR).body, before);
    folder.put(SERIES, &text.replace(line, "title = \"Weekly meeting\"\n"));
    until_has(&server, CALENDAR, "SUMMARY:Weekly meeting\r\n");
}
