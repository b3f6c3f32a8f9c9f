//! From the content folder to the text of its files.

use super::listing::{Listed, list, unless_gone};
use crate::content::SourceFile;
use crate::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Larger than any file that people write by hand.
pub(super) const FILE_LIMIT: u64 = 4 << 20;

/// Every `.md` and `.toml` file of the content folder, in order of path.
///
/// Symbolic links are followed, as Kubernetes mounts its volumes through them. Hidden files and
/// folders are passed over, and so are the files that editors put beside the one they edit.
///
/// # Errors
/// A folder or file that cannot be read, is too large, too deep or a link back into itself, or is no
/// file and has the name of one.
pub fn read(folder: &Path) -> Result<Vec<SourceFile>, Error> {
    let mut listing = list(folder)?;
    for series in &listing.series {
        listing.files.extend(series.list()?);
    }
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    listing.files.iter().filter_map(|file| file.read().transpose()).collect()
}

impl Listed {
    /// Reads the file; none where it is gone by now.
    ///
    /// # Errors
    /// A file that cannot be read or is too large, or that is none any more.
    pub fn read(&self) -> Result<Option<SourceFile>, Error> {
        let length = self.stamp.length().min(FILE_LIMIT);
        let Some(file) = unless_gone(&self.at, open(&self.at))? else { return Ok(None) };
        if !unless_gone(&self.at, file.metadata())?.is_some_and(|found| found.is_file()) {
            return Err(Error::NoFile { path: self.at.clone() });
        }
        let Some(bytes) = unless_gone(&self.at, read_file(file, length))? else { return Ok(None) };
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(Error::TooLarge { path: self.at.clone(), limit: FILE_LIMIT });
        }
        Ok(Some(SourceFile { path: self.path.clone(), bytes }))
    }
}

/// Opens it, and waits for nobody: a pipe that came to be there has no other end.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let at_once = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(at_once).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// At most one byte more than the limit, so that a file that grows meanwhile cannot fill memory.
fn read_file(file: File, length: u64) -> io::Result<Vec<u8>> {
    // With room for one byte more, the end is found without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn paths(folder: &Path) -> Vec<String> {
        read(folder).unwrap().into_iter().map(|file| file.path).collect()
    }

    fn put(folder: &Path, path: &str) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }

    #[test]
    fn reads_markdown_and_toml_in_order_of_path() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["site.toml", "meetings/b/series.md", "meetings/a/series.md", "logo.png"] {
            put(dir.path(), path);
        }
        assert_eq!(
            paths(dir.path()),
            ["meetings/a/series.md", "meetings/b/series.md", "site.toml"]
        );
    }

    #[test]
    fn passes_over_hidden_and_editors_files() {
        let dir = tempfile::tempdir().unwrap();
        for path in [".git/x.md", ".#a.md", "#a.md#", "a.md~", ".a.md.swp", "4913", "a.md"] {
            put(dir.path(), path);
        }
        assert_eq!(paths(dir.path()), ["a.md"]);
    }

    #[test]
    fn refuses_a_file_that_is_too_large() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.md"), vec![b'a'; FILE_LIMIT as usize + 1]).unwrap();
        assert!(matches!(read(dir.path()), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn names_a_folder_that_is_not_there() {
        let error = read(Path::new("no/such/folder")).unwrap_err();
        assert!(matches!(error, Error::NoFolder { .. }), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_as_kubernetes_makes_them_but_not_round_in_circles() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "..2026_11_23/meetings/a/series.md");
        symlink("..2026_11_23", dir.path().join("..data")).unwrap();
        symlink("..data/meetings", dir.path().join("meetings")).unwrap();
        assert_eq!(paths(dir.path()), ["meetings/a/series.md"]);
        symlink(".", dir.path().join("loop")).unwrap();
        assert!(matches!(read(dir.path()), Err(Error::TooDeep { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_and_has_the_name_of_one_is_an_error_at_once() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "meetings/a/series.md");
        let listed = list(dir.path()).unwrap().series.remove(0).list().unwrap().remove(0);
        let series = dir.path().join("meetings/a/series.md");
        let is_told = || matches!(read(dir.path()), Err(Error::NoFile { path }) if path == series);
        fs::remove_file(&series).unwrap();
        fs::create_dir(&series).unwrap();
        assert!(is_told(), "a folder");
        fs::remove_dir(&series).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&series).status();
        assert!(made.unwrap().success());
        assert!(is_told(), "a pipe");
        // It may come to be there after the folder was listed.
        assert!(matches!(listed.read(), Err(Error::NoFile { .. })));
        fs::rename(&series, dir.path().join("pipe")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("pipe"), &series).unwrap();
        assert!(is_told(), "a link to a pipe");
        fs::remove_file(&series).unwrap();
        assert_eq!(paths(dir.path()), [""; 0], "a pipe of another name is nothing to us");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join("site.toml")).unwrap();
        assert!(matches!(read(dir.path()), Err(Error::Read { .. })));
    }
}
