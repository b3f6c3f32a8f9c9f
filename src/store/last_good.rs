//! The last good content, kept for a start on content that has mistakes.
//!
//! The folder has a plain copy of it, `content`, and `revision`, which says what it is a copy of. What
//! is to change is written beside it first; that gets the name `next` in one step, and is then moved
//! into the copy, file by file. Whoever finds a `next` goes on with that. So a program that is killed
//! leaves the old content or the new one, at the cost of what differs.

use super::lock::lock;
use crate::content::SourceFile;
use crate::error::Error;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const CONTENT: &str = "content";
const REVISION: &str = "revision";
/// What is whole, and being moved into the copy.
const NEXT: &str = "next";
/// What is not whole yet, or is not needed any more.
const STAGING: &str = "staging";
/// Within the two: the files that are to be removed from the copy, one a line.
const REMOVED: &str = "removed";
/// Every name that there may be in the folder.
const NAMES: [&str; 5] = [CONTENT, REVISION, NEXT, STAGING, ".convene-lock"];

/// With more files than these the whole file system is asked once to write all it has.
#[cfg(target_os = "linux")]
const FEW: usize = 100;

/// A folder in which the last good content is kept.
#[derive(Debug)]
pub struct LastGood {
    folder: PathBuf,
    /// Nobody else changes the folder meanwhile.
    _lock: File,
}

impl LastGood {
    /// Opens the folder, which is made where there is none, waits until nobody else has it open, and
    /// goes on with what a program that was killed had begun.
    ///
    /// # Errors
    /// A folder with other files in it, one that cannot be read or locked, and whatever the disk says.
    pub fn open(folder: &Path) -> Result<LastGood, Error> {
        fs::create_dir_all(folder).map_err(|source| write_error(folder, source))?;
        let kept = LastGood { folder: folder.to_owned(), _lock: lock(folder)? };
        for entry in fs::read_dir(folder).map_err(|source| read_error(folder, source))? {
            let name = entry.map_err(|source| read_error(folder, source))?.file_name();
            if !NAMES.iter().any(|known| *known == name) {
                return Err(Error::ForeignFolder { path: folder.to_owned() });
            }
        }
        kept.finish()?;
        Ok(kept)
    }

    /// Where the copy is; nowhere before anything was kept.
    pub fn content(&self) -> PathBuf {
        self.folder.join(CONTENT)
    }

    /// Which content it is a copy of, as [`keep`](LastGood::keep) was told.
    pub fn revision(&self) -> Option<String> {
        let text = fs::read_to_string(self.folder.join(REVISION)).ok()?;
        Some(text.trim_end().to_owned())
    }

    /// Puts these files into the copy and removes those at these paths, in one step as whoever opens
    /// the folder sees it.
    ///
    /// # Errors
    /// A path that leads out of the folder, and whatever the disk says; the copy is then what it was,
    /// or will be what it should once the folder is opened again.
    pub fn keep(
        &self,
        revision: &str,
        files: &[SourceFile],
        removed: &BTreeSet<String>,
    ) -> Result<(), Error> {
        self.clear()?;
        let staging = self.folder.join(STAGING);
        make_folder(&staging.join(CONTENT))?;
        let mut written = Vec::new();
        let mut add = |path: PathBuf, bytes: &[u8]| {
            let parent = path.parent().unwrap_or(&staging);
            make_folder(parent)?;
            let file = File::create_new(&path).and_then(|mut file| {
                file.write_all(bytes)?;
                Ok(file)
            });
            written.push(file.map_err(|source| write_error(&path, source))?);
            // Descriptors are not kept for thousands of files.
            if written.len() > FEW_OPEN {
                written.pop();
            }
            Ok::<(), Error>(())
        };
        for file in files {
            add(staging.join(CONTENT).join(safe(&file.path)?), &file.bytes)?;
        }
        for path in removed {
            safe(path)?;
        }
        let lines: String = removed.iter().map(|path| format!("{path}\n")).collect();
        add(staging.join(REMOVED), lines.as_bytes())?;
        add(staging.join(REVISION), format!("{revision}\n").as_bytes())?;
        sync(&self.folder, &written, files.len())?;
        drop(written);
        self.rename(&staging, &self.folder.join(NEXT))?;
        self.finish()
    }

    /// Moves into the copy what is whole, and removes what is not.
    fn finish(&self) -> Result<(), Error> {
        let next = self.folder.join(NEXT);
        if fs::symlink_metadata(&next).is_ok() {
            let list = next.join(REMOVED);
            let removed = fs::read_to_string(&list).map_err(|source| read_error(&list, source))?;
            for path in removed.lines() {
                self.remove(safe(path)?)?;
            }
            move_all(&next.join(CONTENT), &self.content())?;
            let revision = next.join(REVISION);
            // It is there already where a program was killed after this.
            if fs::symlink_metadata(&revision).is_ok() {
                self.rename(&revision, &self.folder.join(REVISION))?;
            }
            sync_folder(&self.folder)?;
            self.clear()?;
            self.rename(&next, &self.folder.join(STAGING))?;
        }
        self.clear()
    }

    /// Removes a file of the copy, and the folders that are empty without it.
    fn remove(&self, path: &str) -> Result<(), Error> {
        let at = self.content().join(path);
        match fs::remove_file(&at) {
            Err(error) if !is_gone(&error) => return Err(write_error(&at, error)),
            _ => {}
        }
        let folders = path.rmatch_indices('/').map(|(i, _)| path.split_at(i).0);
        // A folder that has anything else in it stays.
        folders
            .take_while(|folder| fs::remove_dir(self.content().join(folder)).is_ok())
            .for_each(drop);
        Ok(())
    }

    fn clear(&self) -> Result<(), Error> {
        let staging = self.folder.join(STAGING);
        match fs::remove_dir_all(&staging) {
            Err(error) if !is_gone(&error) => Err(write_error(&staging, error)),
            _ => Ok(()),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        fs::rename(from, to).map_err(|source| write_error(to, source))?;
        sync_folder(&self.folder)
    }
}

/// Whether one of the folders is the other, or in it; either may not be there yet.
pub fn are_nested(one: &Path, other: &Path) -> bool {
    let (one, other) = (real(one), real(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// The path, as far as it is there without links.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = absolute.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    let found = there.and_then(|(above, real)| Some(real.join(absolute.strip_prefix(above).ok()?)));
    found.unwrap_or(absolute)
}

/// Moves every file of a folder to the same place in another.
fn move_all(from: &Path, to: &Path) -> Result<(), Error> {
    make_folder(to)?;
    for entry in fs::read_dir(from).map_err(|source| read_error(from, source))? {
        let entry = entry.map_err(|source| read_error(from, source))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            move_all(&source, &target)?;
        } else {
            fs::rename(&source, &target).map_err(|source| write_error(&target, source))?;
        }
    }
    Ok(())
}

/// So many files are kept open until they are on the disk.
#[cfg(target_os = "linux")]
const FEW_OPEN: usize = FEW + 2;
#[cfg(not(target_os = "linux"))]
const FEW_OPEN: usize = usize::MAX;

/// Has the disk take what was written.
#[cfg(target_os = "linux")]
fn sync(folder: &Path, written: &[File], number: usize) -> Result<(), Error> {
    let synced = match number > FEW {
        true => File::open(folder).and_then(|folder| Ok(rustix::fs::syncfs(folder)?)),
        false => written.iter().try_for_each(File::sync_all),
    };
    synced.map_err(|source| write_error(folder, source))
}

#[cfg(not(target_os = "linux"))]
fn sync(folder: &Path, written: &[File], _: usize) -> Result<(), Error> {
    written.iter().try_for_each(File::sync_all).map_err(|source| write_error(folder, source))
}

fn sync_folder(folder: &Path) -> Result<(), Error> {
    super::replacement::sync_folder(folder).map_err(|source| write_error(folder, source))
}

fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| write_error(path, source))
}

/// The path, where it stays within the folder.
fn safe(path: &str) -> Result<&str, Error> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\n', '\0']);
    match path.split('/').all(is_plain) {
        true => Ok(path),
        false => Err(Error::UnsafePath { path: path.to_owned() }),
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn write_error(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.to_owned(), source }
}

fn read_error(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), bytes: text.into() }
    }

    fn removed(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|&path| path.to_owned()).collect()
    }

    fn texts(kept: &LastGood) -> Vec<String> {
        let files = super::super::read(&kept.content()).unwrap();
        let text =
            |file: SourceFile| format!("{}={}", file.path, String::from_utf8(file.bytes).unwrap());
        files.into_iter().map(text).collect()
    }

    #[test]
    fn what_is_kept_is_there_for_whoever_opens_the_folder_next() {
        let dir = tempfile::tempdir().unwrap();
        let kept = LastGood::open(dir.path()).unwrap();
        assert_eq!(kept.revision(), None);
        kept.keep("1", &[file("site.toml", "a"), file("m/a/x.md", "a")], &removed(&[])).unwrap();
        kept.keep("2", &[file("m/b.md", "b")], &removed(&["m/a/x.md", "gone.md"])).unwrap();
        drop(kept);
        let kept = LastGood::open(dir.path()).unwrap();
        assert_eq!(kept.revision().as_deref(), Some("2"));
        assert_eq!(texts(&kept), ["m/b.md=b", "site.toml=a"]);
        assert!(!kept.content().join("m/a").exists(), "an empty folder goes too");
    }

    #[test]
    fn a_file_may_take_the_place_of_a_folder_and_the_other_way_round() {
        let dir = tempfile::tempdir().unwrap();
        let kept = LastGood::open(dir.path()).unwrap();
        kept.keep("1", &[file("meetings/a.md/x.md", "1")], &removed(&[])).unwrap();
        kept.keep("2", &[file("meetings/a.md", "2")], &removed(&["meetings/a.md/x.md"])).unwrap();
        assert_eq!(texts(&kept), ["meetings/a.md=2"]);
        kept.keep("3", &[file("meetings/a.md/x.md", "3")], &removed(&["meetings/a.md"])).unwrap();
        assert_eq!(texts(&kept), ["meetings/a.md/x.md=3"]);
    }

    #[test]
    fn what_was_whole_is_gone_on_with_and_what_was_not_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let kept = LastGood::open(dir.path()).unwrap();
        kept.keep("1", &[file("a.md", "1"), file("b.md", "1")], &removed(&[])).unwrap();
        drop(kept);
        let put = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("staging/content/a.md", "half");
        // One file was moved already, and one was removed.
        put("content/a.md", "2");
        put("next/content/c.md", "2");
        put("next/removed", "b.md\n");
        put("next/revision", "2\n");
        let kept = LastGood::open(dir.path()).unwrap();
        assert_eq!(texts(&kept), ["a.md=2", "c.md=2"]);
        assert_eq!(kept.revision().as_deref(), Some("2"));
        assert!(!dir.path().join("next").exists() && !dir.path().join("staging").exists());
    }

    #[cfg(unix)]
    #[test]
    fn two_folders_of_which_one_is_in_the_other_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        fs::create_dir(at("content")).unwrap();
        std::os::unix::fs::symlink("content", at("link")).unwrap();
        assert!(are_nested(&at("content"), &at("link/kept")));
        assert!(are_nested(&at("content"), dir.path()));
        assert!(!are_nested(&at("content"), &at("content-kept")));
    }

    #[test]
    fn a_folder_of_somebody_else_and_a_path_that_leads_out_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let kept = LastGood::open(dir.path()).unwrap();
        for path in ["../x.md", "/x.md", "a//b.md", "a\nb.md"] {
            assert!(kept.keep("1", &[file(path, "")], &removed(&[])).is_err(), "{path}");
            assert!(kept.keep("1", &[], &removed(&[path])).is_err(), "{path}");
        }
        drop(kept);
        fs::write(dir.path().join("thesis.tex"), "years of work").unwrap();
        let refused = LastGood::open(dir.path()).unwrap_err();
        assert!(matches!(refused, Error::ForeignFolder { .. }), "{refused}");
    }
}
