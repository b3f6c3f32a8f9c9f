//! The content as a revision of git has it, by the program `git`: the only file that starts another
//! program.
//!
//! Nothing is checked out, no hook, filter or pager runs, and nothing is fetched. What is named on the
//! command line is never taken for an option.

use super::listing::{is_content_name, is_ignored};
use super::read::FILE_LIMIT;
use crate::content::SourceFile;
use crate::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

/// The longest list of files that is read, in bytes: half a million of them.
const LIST_LIMIT: u64 = 64 << 20;

/// What a hook of git's or a shell may have set, and that leads to another repository than the one that
/// the folder is in.
const ELSEWHERE: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"];

/// One file as git lists it.
struct Entry {
    path: String,
    /// The name of its bytes.
    object: String,
}

/// Every `.md` and `.toml` file that the folder has at that revision (`main`, `HEAD~1`, a tag, a hash),
/// in order of path: what [`read`](super::read()) would find if it were checked out.
///
/// # Errors
/// No program `git`, a folder that is in no checkout, a revision that git does not know or that has
/// nothing there, links, and whatever git says.
pub fn read_revision(folder: &Path, revision: &str) -> Result<Vec<SourceFile>, Error> {
    let git = Git { folder, revision };
    let commit = git.commit()?;
    let entries = git.entries(&commit)?;
    if entries.is_empty() {
        return Err(git.failed("it has no content in that folder"));
    }
    git.files(entries)
}

/// What is asked for.
struct Git<'a> {
    folder: &'a Path,
    revision: &'a str,
}

impl Git<'_> {
    /// The full name of the revision's commit.
    fn commit(&self) -> Result<String, Error> {
        if self.revision.starts_with('-') || self.revision.is_empty() {
            return Err(self.failed("no revision has such a name"));
        }
        let name = format!("{}^{{commit}}", self.revision);
        let found = self.answer(&["rev-parse", "--verify", "--end-of-options", &name])?;
        let commit = String::from_utf8_lossy(&found).trim().to_owned();
        match matches!(commit.len(), 40 | 64) && commit.bytes().all(|b| b.is_ascii_hexdigit()) {
            true => Ok(commit),
            false => Err(self.failed("git knows no such revision")),
        }
    }

    /// The files that are content, in order of path.
    fn entries(&self, commit: &str) -> Result<Vec<Entry>, Error> {
        let list = self.answer(&["ls-tree", "-r", "-z", commit])?;
        let mut entries = Vec::new();
        for line in list.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let (stat, path) = line.split_once('\t').unwrap_or_default();
            let mut stat = stat.split(' ');
            let (mode, kind, object) = (stat.next(), stat.next(), stat.next());
            if path.split('/').any(is_ignored) {
                continue;
            }
            let has_extension = Path::new(path).extension().is_some();
            if mode == Some("120000") && (is_content_name(path) || !has_extension) {
                let path = path.escape_debug();
                let why =
                    format!("`{path}` is a link, which is not followed; name a folder instead");
                return Err(self.failed(&why));
            }
            if let (Some("blob"), Some(object), true) = (kind, object, is_content_name(path)) {
                entries.push(Entry { path: path.to_owned(), object: object.to_owned() });
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    /// The files' bytes.
    fn files(&self, entries: Vec<Entry>) -> Result<Vec<SourceFile>, Error> {
        let mut child = self.start(&["cat-file", "--batch"], Stdio::piped())?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
            return Err(self.failed("it cannot be talked to"));
        };
        let names: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
        // Apart, since git does not go on reading while nobody takes what it writes. Where git ends
        // early, its answer is too short.
        let asking = thread::spawn(move || stdin.write_all(names.as_bytes()));
        let mut answer = BufReader::new(stdout);
        let files: Result<Vec<_>, Error> =
            entries.into_iter().map(|entry| self.file(entry, &mut answer)).collect();
        drop(answer);
        let _ = asking.join();
        let ended = self.end(child);
        // What is wrong with a file says more than that git could not go on.
        let files = files?;
        ended.map(|()| files)
    }

    /// `<object> blob <size>`, a line end, so many bytes, a line end.
    fn file(&self, entry: Entry, answer: &mut impl BufRead) -> Result<SourceFile, Error> {
        let mut head = String::new();
        let path = entry.path.escape_debug();
        let broken = |_| self.failed(&format!("git does not give `{path}`"));
        answer.by_ref().take(200).read_line(&mut head).map_err(broken)?;
        let size = head.trim_end().rsplit_once(" blob ").map(|(_, size)| size.parse::<u64>());
        let Some(Ok(size)) = size.filter(|_| head.starts_with(&entry.object)) else {
            let why =
                format!("git does not have `{path}` here; fetch that revision, or name a folder");
            return Err(self.failed(&why));
        };
        if size > FILE_LIMIT {
            return Err(Error::TooLarge { path: entry.path.into(), limit: FILE_LIMIT });
        }
        let mut bytes = Vec::new();
        answer.by_ref().take(size).read_to_end(&mut bytes).map_err(broken)?;
        let mut end = [0];
        answer.read_exact(&mut end).map_err(broken)?;
        Ok(SourceFile { path: entry.path, bytes })
    }

    /// What git prints.
    fn answer(&self, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        let mut child = self.start(arguments, Stdio::null())?;
        let mut answer = Vec::new();
        let read = match child.stdout.take() {
            Some(stdout) => stdout.take(LIST_LIMIT).read_to_end(&mut answer),
            None => Ok(0),
        };
        self.end(child)?;
        read.map_err(|source| self.failed(&source.to_string()))?;
        Ok(answer)
    }

    fn start(&self, arguments: &[&str], stdin: Stdio) -> Result<Child, Error> {
        let mut command = Command::new("git");
        command.args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"]);
        command.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
        command.arg("-C").arg(self.folder).args(arguments);
        for variable in ELSEWHERE {
            command.env_remove(variable);
        }
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        // A partial clone would fetch what it lacks; the second is for git before 2.45.
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none").env("LC_ALL", "C");
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => {
                self.failed("there is no program `git`; name a folder instead")
            }
            _ => self.failed(&source.to_string()),
        })
    }

    /// Waits for git, and tells what it complained of where it failed.
    fn end(&self, child: Child) -> Result<(), Error> {
        let output = child.wait_with_output().map_err(|source| self.failed(&source.to_string()))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(self.failed(&complaint(&output.stderr))),
        }
    }

    fn failed(&self, why: &str) -> Error {
        let (folder, revision) = (self.folder.to_owned(), self.revision.to_owned());
        Error::Revision { folder, revision, reason: why.to_owned() }
    }
}

/// What git wrote, in one line and without its `fatal:`.
fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let line = line.strip_prefix("fatal: ").unwrap_or(&line);
    match line {
        "" => "git failed and did not say why".to_owned(),
        "Needed a single revision" => {
            "git knows no such revision, and there is no such folder".to_owned()
        }
        line => format!("git says: {line}"),
    }
}
