//! The git checkout that the content folder is in, read without git (gitrepository-layout(5)).

use super::stamp::Stamp;
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// So many folders above the content are looked at.
const LEVELS: usize = 32;

/// A link to a commit may lead to another link; git itself follows five.
const LINKS: usize = 5;

/// Larger than `HEAD`, a reference or what leads to another folder ever is, in bytes.
const SMALL: u64 = 4 << 10;

/// The largest list of references, and the largest index, that is read, in bytes.
const LARGE: u64 = 64 << 20;

/// The name of a commit, in full: 40 or 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit(String);

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Asks what git has checked out in the content folder; nothing it meets is an error, it only knows
/// less then.
#[derive(Debug)]
pub struct Checkout {
    folder: PathBuf,
    /// What `HEAD` named when it was last asked, and whether the content belonged to it.
    last: Option<(Commit, bool)>,
}

impl Checkout {
    /// Of the folder, which need not be in any checkout.
    pub fn of(folder: &Path) -> Checkout {
        Checkout { folder: folder.to_owned(), last: None }
    }

    /// The commit that is checked out; the files may have been changed since. None where the
    /// content is in no checkout, or git does not know its `site.toml`.
    pub fn commit(&mut self) -> Option<Commit> {
        let found = Repository::around(&self.folder)?;
        let commit = found.head()?;
        if self.last.as_ref().is_none_or(|(last, _)| *last != commit) {
            self.last = Some((commit.clone(), found.has_content()));
        }
        self.last.as_ref().is_some_and(|(_, is_ours)| *is_ours).then_some(commit)
    }

    /// The lock that git has while it changes files: another lock has another stamp. One may be left
    /// by a git that was killed.
    pub fn lock(&self) -> Option<Stamp> {
        let lock = Repository::around(&self.folder)?.git.join("index.lock");
        fs::symlink_metadata(lock).ok().map(|metadata| Stamp::of(&metadata))
    }
}

/// One checkout of a repository.
struct Repository {
    /// What is of this checkout alone: `HEAD`, the index.
    git: PathBuf,
    /// Where the content is within the checkout.
    content: PathBuf,
}

impl Repository {
    /// The innermost one that the folder is in.
    fn around(folder: &Path) -> Option<Repository> {
        let real = fs::canonicalize(folder).ok()?;
        let (top, git) = real
            .ancestors()
            .take(LEVELS)
            .find_map(|top| Some((top, git_of(&top.join(".git"))?)))?;
        Some(Repository { git, content: real.strip_prefix(top).ok()?.to_owned() })
    }

    fn head(&self) -> Option<Commit> {
        let common = small(&self.git.join("commondir"));
        let common = common.map_or(self.git.clone(), |path| self.git.join(path));
        let mut text = small(&self.git.join("HEAD"))?;
        for _ in 0..=LINKS {
            let Some(name) = text.strip_prefix("ref: ").map(str::trim) else {
                return commit(&text);
            };
            if !is_reference(name) {
                return None;
            }
            let loose = small(&self.git.join(name)).or_else(|| small(&common.join(name)));
            match loose {
                Some(next) => text = next,
                None => return packed(&common.join("packed-refs"), name),
            }
        }
        None
    }

    /// Whether git knows the content's `site.toml`: the folder may be one that it passes over.
    fn has_content(&self) -> bool {
        let Some(path) = self.content.join("site.toml").to_str().map(str::to_owned) else {
            return false;
        };
        // Before the path is its length, in two bytes with flags; after it a zero.
        let mut entry = vec![path.len().to_be_bytes().last().copied().unwrap_or(0)];
        entry.extend(path.as_bytes());
        let index = bounded(&self.git.join("index"), LARGE).unwrap_or_default();
        index.split(|byte| *byte == 0).any(|piece| piece.ends_with(&entry))
    }
}

/// The folder that `.git` is, or that it leads to where it is a file.
fn git_of(path: &Path) -> Option<PathBuf> {
    let metadata = fs::metadata(path).ok()?;
    let git = match metadata.is_dir() {
        true => path.to_owned(),
        false => path.parent()?.join(small(path)?.strip_prefix("gitdir: ")?),
    };
    git.join("HEAD").is_file().then_some(git)
}

/// Whether it is a reference's name, which leads nowhere else.
fn is_reference(name: &str) -> bool {
    name.starts_with("refs/") && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn packed(path: &Path, name: &str) -> Option<Commit> {
    let text = String::from_utf8(bounded(path, LARGE)?).ok()?;
    let mut lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.find(|(_, other)| other.trim_end() == name).and_then(|(text, _)| commit(text))
}

fn commit(text: &str) -> Option<Commit> {
    let is_name = matches!(text.len(), 40 | 64) && text.bytes().all(|b| b.is_ascii_hexdigit());
    is_name.then(|| Commit(text.to_owned()))
}

fn small(path: &Path) -> Option<String> {
    let text = String::from_utf8(bounded(path, SMALL)?).ok()?;
    Some(text.trim_end().to_owned())
}

/// The bytes of a file that has no more than the limit; never waits as for a pipe.
fn bounded(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let metadata = fs::metadata(path).ok().filter(|found| found.is_file())?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limit)).ok()?);
    File::open(path).ok()?.take(limit + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "0123456789abcdef0123456789abcdef01234567";
    const B: &str = "89abcdef0123456789abcdef0123456789abcdef";

    /// A checkout whose git knows `docs/content/site.toml`, and that folder.
    fn checkout(head: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let content = dir.path().join("docs/content");
        fs::create_dir_all(&content).unwrap();
        fs::create_dir_all(dir.path().join(".git/refs/heads")).unwrap();
        fs::write(dir.path().join(".git/HEAD"), head).unwrap();
        let index = b"DIRC\0\0\0\x02\0\0\0\x01\x12\x34\0\x16docs/content/site.toml\0\0TREE";
        fs::write(dir.path().join(".git/index"), index).unwrap();
        (dir, content)
    }

    fn name(folder: &Path) -> Option<String> {
        Checkout::of(folder).commit().map(|commit| commit.to_string())
    }

    #[test]
    fn head_names_a_commit_or_a_branch_that_is_loose_or_packed() {
        let (_dir, content) = checkout(&format!("{A}\n"));
        assert_eq!(name(&content).as_deref(), Some(A));
        let (dir, content) = checkout("ref: refs/heads/main\n");
        assert_eq!(name(&content), None, "no commit yet");
        let packed = format!("# pack-refs with: peeled\n{A} refs/heads/main\n^{B}\n");
        fs::write(dir.path().join(".git/packed-refs"), packed).unwrap();
        let mut asked = Checkout::of(&content);
        assert_eq!(asked.commit().map(|c| c.to_string()).as_deref(), Some(A));
        fs::write(dir.path().join(".git/refs/heads/main"), format!("{B}\n")).unwrap();
        assert_eq!(asked.commit().map(|c| c.to_string()).as_deref(), Some(B));
    }

    #[test]
    fn a_worktree_has_its_own_head_and_lock_and_the_branches_of_all() {
        let (dir, content) = checkout(&format!("{A}\n"));
        let own = dir.path().join("main/.git/worktrees/w");
        fs::create_dir_all(&own).unwrap();
        fs::create_dir_all(dir.path().join("main/.git/refs/heads")).unwrap();
        fs::write(dir.path().join("main/.git/refs/heads/w"), B).unwrap();
        fs::write(own.join("HEAD"), "ref: refs/heads/w\n").unwrap();
        fs::write(own.join("commondir"), "../..\n").unwrap();
        fs::rename(dir.path().join(".git/index"), own.join("index")).unwrap();
        fs::remove_dir_all(dir.path().join(".git")).unwrap();
        fs::write(dir.path().join(".git"), "gitdir: main/.git/worktrees/w\n").unwrap();
        assert_eq!(name(&content).as_deref(), Some(B));
        assert_eq!(Checkout::of(&content).lock(), None);
        fs::write(own.join("index.lock"), "").unwrap();
        assert!(Checkout::of(&content).lock().is_some());
    }

    #[test]
    fn nothing_is_said_rather_than_something_wrong() {
        let (dir, content) = checkout(&format!("{A}\n"));
        let beside = dir.path().join("docs/passed-over");
        fs::create_dir_all(&beside).unwrap();
        assert_eq!(name(&beside), None, "git does not know it");
        assert_eq!(name(&dir.path().join("nowhere")), None);
        for head in ["", "ref: refs/heads/../../x", "ref: HEAD", "ref: refs/heads/none", "0123"] {
            fs::write(dir.path().join(".git/HEAD"), head).unwrap();
            assert_eq!(name(&content), None, "{head}");
        }
        let circle = "ref: refs/heads/a\n";
        fs::write(dir.path().join(".git/HEAD"), circle).unwrap();
        fs::write(dir.path().join(".git/refs/heads/a"), circle).unwrap();
        assert_eq!(name(&content), None);
    }
}
