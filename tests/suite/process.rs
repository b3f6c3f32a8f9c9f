//! The real program: run to its end, or serving until it is dropped.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Far longer than anything should take, on a machine that is busy with other things.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A present in which the sample's cancelled date is ahead.
pub(crate) const AS_OF: &str = "2026-11-23T12:00:00Z";

pub(crate) const SITE: &str = r#"
name = "Example Community"
slug = "example"
description = "Meetings of an example."
url = "https://meetings.example.org"
uid-domain = "example.org"
zone = "America/Los_Angeles"
language = "en"
"#;

const PAGE: &str = r#"+++
title = "Example Community"
aliases = ["/community", "/old.html"]
+++
All are welcome.
"#;

const SERIES: &str = r#"+++
title = "Weekly call"
join = "https://meet.example.org/weekly"
agenda = "https://notes.example.org/weekly"
updated = 2026-01-01T00:00:00Z

[[slot]]
from = 2026-01-01
every = "week"
on = "Thursday"
at = "10:00"
+++
The call of the week.
"#;

const CANCELLED: &str = r#"+++
cancelled = "Thanksgiving"
announced = 2026-11-20T18:00:00Z
+++
"#;

/// A content folder of its own, removed with it.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub(crate) fn empty() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// One community page and one weekly series, of which one date is cancelled; in the folder
    /// `content`.
    pub(crate) fn sample() -> Folder {
        let folder = Folder::empty();
        folder.put("content/site.toml", SITE);
        folder.put("content/community.md", PAGE);
        folder.put("content/meetings/weekly/series.md", SERIES);
        folder.put("content/meetings/weekly/2026-11-26.md", CANCELLED);
        folder
    }

    /// The sample, which says where its minutes and recordings are: in the HackMD note `note` and
    /// on the channel `UCabc`; `more` is more of the series' keys.
    pub(crate) fn with_sources(more: &str) -> Folder {
        let folder = Folder::sample();
        let sources = "minutes = { hackmd = \"note\" }\nrecordings = { youtube = \"UCabc\" }\n";
        let keys = format!("{sources}{more}updated =");
        folder.edit("content/meetings/weekly/series.md", "updated =", &keys);
        folder
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces text in a file that has it.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        fs::write(self.path(path), text.replace(from, to)).unwrap();
    }
}

fn convene(arguments: &[&str], content: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
    command.args(arguments).arg("--content").arg(content);
    for variable in ["CONVENE_LOG", "RUST_LOG", "CONVENE_LOG_FORMAT"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs a command on a content folder, to its end.
pub(crate) fn run(arguments: &[&str], content: &Path) -> Output {
    convene(arguments, content).output().unwrap()
}

/// Runs a command on a content folder and kills it after that time, unless it has ended.
pub(crate) fn kill_after(arguments: &[&str], content: &Path, wait: Duration) {
    let mut command = convene(arguments, content);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    let _ = child.kill();
    child.wait().unwrap();
}

/// A server that is started with that descriptor as the third, and more in its environment.
#[cfg(unix)]
pub(crate) fn passing(
    descriptor: std::os::fd::OwnedFd,
    content: &Path,
    more: &[(&str, &str)],
) -> Command {
    let script = "LISTEN_PID=$$ WATCHDOG_PID=$$ exec \"$@\" 3<&0 </dev/null";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_convene"), "serve", "--content"]);
    command.arg(content).env("LISTEN_FDS", "1").envs(more.iter().copied());
    command.env_remove("CONVENE_LOG").env_remove("RUST_LOG").stdin(descriptor);
    command
}

/// A server on a port of its own, killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it listens.
    pub(crate) fn start(content: &Path, arguments: &[&str]) -> Server {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        Server::spawn(convene(&all, content))
    }

    /// Starts it with a socket that the test holds, as a supervisor does.
    #[cfg(unix)]
    pub(crate) fn with_socket(
        socket: &TcpListener,
        content: &Path,
        more: &[(&str, &str)],
    ) -> Server {
        Server::spawn(passing(socket.try_clone().unwrap().into(), content, more))
    }

    fn spawn(mut command: Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first
            .split_once("http://")
            .and_then(|(_, rest)| rest.split('/').next()?.parse().ok())
            .unwrap_or_else(|| panic!("no address in `{first}`"));
        Server { child, address }
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for it to end: its status, and what it has logged.
    pub(crate) fn wait(mut self) -> (ExitStatus, String) {
        let mut status = None;
        until("the server has ended", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (status.unwrap(), log)
    }

    /// Its memory in KiB, without the program's own file: a debug build's is large.
    #[cfg(target_os = "linux")]
    pub(crate) fn anonymous_kib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again and again until it is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
