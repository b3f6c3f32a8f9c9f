//! Everything that is published as files.

use super::manifest;
use crate::error::Error;
use crate::publish::{Leaf, Tree};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What an export did, in numbers of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// New, or with other bytes than before.
    pub written: usize,
    /// Left as they were.
    pub unchanged: usize,
    /// Of an earlier export, and no longer published.
    pub removed: usize,
}

/// Writes every path of the tree as a file of the folder, which is made where there is none.
///
/// A path that ends in `/` is that folder's `index.html`; so is one that leads on and has no file
/// extension, and its file is a page, as static hosts cannot redirect. `of_host` are name and text of
/// files that tell a static host how to serve the others.
///
/// Each file is replaced in one step, and one that is as it should be is left alone. Files that an
/// earlier export wrote and this one does not are removed; any other file is never touched, and a
/// symbolic link never followed. The list of what was written is kept in `.convene-manifest`.
///
/// # Errors
/// A folder that has other files in it and no such list, a path that no file can have, and
/// whatever the disk says.
pub fn export(
    tree: &Tree<'_>,
    of_host: &[(&'static str, String)],
    folder: &Path,
) -> Result<Export, Error> {
    let of_paths = tree.paths().map(|(path, leads_on)| file_name(path, leads_on));
    let mut names = of_paths.collect::<Result<BTreeSet<String>, _>>()?;
    names.extend(of_host.iter().map(|(name, _)| (*name).to_owned()));
    let earlier = manifest::read(folder)?;
    make_folder(folder)?;
    // Both lists first: an export that is cut short leaves no file that the next does not know.
    manifest::write(folder, earlier.union(&names))?;
    let mut done = Export::default();
    let mut left = names.clone();
    for Leaf { path, leads_to, document } in tree.leaves() {
        let name = file_name(&path, leads_to.is_some())?;
        // What leads on comes last, and takes no document's place.
        if left.remove(&name) {
            done.add(replace(folder, &name, document.body())?);
        }
    }
    for (name, text) in of_host {
        done.add(replace(folder, name, text.as_bytes())?);
    }
    for name in earlier.difference(&names) {
        done.removed += usize::from(remove(folder, name)?);
    }
    manifest::write(folder, names.iter())?;
    Ok(done)
}

impl Export {
    fn add(&mut self, is_written: bool) {
        match is_written {
            true => self.written += 1,
            false => self.unchanged += 1,
        }
    }
}

/// Writes files, by name, into a folder, which is made where it is not there; others in it stay.
///
/// # Errors
/// Whatever the disk says.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    make_folder(folder)?;
    files.iter().try_for_each(|(name, bytes)| replace(folder, name, bytes).map(drop))
}

/// Writes one file, in one step; the folder it is in is made where it is not there.
///
/// # Errors
/// Whatever the disk says, and a path without a name.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Error::UnsafePath { path: path.display().to_string() })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    write_files(folder.unwrap_or(Path::new(".")), &[(name.to_owned(), bytes.to_vec())])
}

/// The name within the folder of what is at a path; `is_alias` where that leads on to another.
///
/// # Errors
/// A path that no file can have.
pub fn file_name(path: &str, is_alias: bool) -> Result<String, Error> {
    let relative = path.strip_prefix('/').unwrap_or(path);
    let name = match relative.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if relative.is_empty() => "index.html".to_owned(),
        None if is_alias && !has_extension(relative) => format!("{relative}/index.html"),
        None => relative.to_owned(),
    };
    match is_safe(&name) {
        true => Ok(name),
        false => Err(Error::UnsafePath { path: path.to_owned() }),
    }
}

fn has_extension(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && extension.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// Whether the name stays within the folder on every system.
fn is_safe(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !r#"\:*?"<>|"#.contains(c);
    name.split('/').all(|part| !matches!(part, "" | "." | "..") && part.chars().all(plain))
}

/// Gives the file those bytes in one step; `false` where it had them already.
pub(super) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<bool, Error> {
    let path = folder.join(name);
    let is_file = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
    if is_file && fs::read(&path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    make_folders_of(folder, name)?;
    let temporary = path.with_file_name(".convene-temporary");
    let written = write_new(&temporary, bytes).and_then(|()| fs::rename(&temporary, &path));
    written.map_err(|source| Error::Write { path, source })?;
    Ok(true)
}

/// Writes a file that is not there; one left by an export that was cut short, or a link of that
/// name, goes first.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    File::create_new(path)?.write_all(bytes)
}

/// Removes the file, and the folders that are empty without it; `false` where it was gone.
fn remove(folder: &Path, name: &str) -> Result<bool, Error> {
    if !is_safe(name) || !folders_of(folder, name).all(|parent| is_own_folder(&parent)) {
        return Ok(false);
    }
    let path = folder.join(name);
    match fs::remove_file(&path) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(false),
        removed => removed.map_err(|source| Error::Write { path, source })?,
    }
    let mut parents: Vec<_> = folders_of(folder, name).collect();
    parents.reverse();
    // A folder that has anything else in it stays.
    parents.iter().take_while(|parent| fs::remove_dir(parent).is_ok()).for_each(drop);
    Ok(true)
}

/// Makes the folder where there is none, and keeps it for oneself as long as the file is kept.
///
/// # Errors
/// A folder that can neither be made nor locked.
pub fn own_folder(path: &Path) -> Result<File, Error> {
    make_folder(path)?;
    super::lock::lock(path)
}

fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn make_folders_of(folder: &Path, name: &str) -> Result<(), Error> {
    for parent in folders_of(folder, name) {
        if !is_own_folder(&parent) {
            fs::create_dir(&parent).map_err(|source| Error::Write { path: parent, source })?;
        }
    }
    Ok(())
}

/// The folders between the folder and the file of that name, from the outside in.
fn folders_of(folder: &Path, name: &str) -> impl Iterator<Item = PathBuf> {
    name.match_indices('/').map(|(i, _)| folder.join(name.split_at(i).0))
}

/// Whether it is a folder itself, and not a link to one elsewhere.
fn is_own_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_file_name() {
        let cases = [
            ("/", false, "index.html"),
            ("/meetings/a/", false, "meetings/a/index.html"),
            ("/meetings/a.ics", false, "meetings/a.ics"),
            ("/old", true, "old/index.html"),
            ("/old/", true, "old/index.html"),
            ("/old.html", true, "old.html"),
            ("/v1.0", true, "v1.0/index.html"),
        ];
        for (path, is_alias, name) in cases {
            assert_eq!(file_name(path, is_alias).unwrap(), name, "{path}");
        }
    }

    #[test]
    fn a_path_that_leads_out_has_no_file_name() {
        for path in ["/../a", "/a/../../b", "//a", "/a//b", "/./a", "/a\\b", "/c:/x", "/a\0"] {
            assert!(matches!(file_name(path, true), Err(Error::UnsafePath { .. })), "{path}");
        }
    }

    #[test]
    fn a_file_is_replaced_only_where_it_differs_and_removed_with_its_folder() {
        let dir = tempfile::tempdir().unwrap();
        assert!(replace(dir.path(), "a/b/c.txt", b"1").unwrap());
        assert!(!replace(dir.path(), "a/b/c.txt", b"1").unwrap());
        assert!(replace(dir.path(), "a/b/c.txt", b"2").unwrap());
        assert_eq!(fs::read(dir.path().join("a/b/c.txt")).unwrap(), b"2");
        assert!(remove(dir.path(), "a/b/c.txt").unwrap());
        assert!(!remove(dir.path(), "a/b/c.txt").unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_folder_leads_nowhere() {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), dir.path().join("a")).unwrap();
        fs::write(outside.path().join("x"), "kept").unwrap();
        assert!(replace(dir.path(), "a/x", b"1").is_err());
        assert!(!remove(dir.path(), "a/x").unwrap());
        assert_eq!(fs::read(outside.path().join("x")).unwrap(), b"kept");
        assert!(!remove(dir.path(), "../x").unwrap());
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.tex"), "years of work").unwrap();
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let community = crate::content::parse(&crate::store::read(&content).unwrap()).unwrap();
        let tree = Tree::of(&community, chrono::DateTime::UNIX_EPOCH);
        let refused = export(&tree, &[], dir.path());
        assert!(matches!(refused, Err(Error::ForeignFolder { .. })), "{refused:?}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
