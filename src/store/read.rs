//! From the content folder to the text of its files.

use crate::content::SourceFile;
use crate::error::Error;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Larger than any file that people write by hand.
const FILE_LIMIT: u64 = 4 << 20;

/// Content is three folders deep; the rest is room for whoever mounts it.
const DEPTH_LIMIT: usize = 8;

/// Every `.md` and `.toml` file of the content folder, in order of path.
///
/// Symbolic links are followed, as Kubernetes mounts its volumes through them. Hidden files and
/// folders are passed over, and so are the files that editors put beside the one they edit.
///
/// # Errors
/// A folder or file that cannot be read, is too large, too deep or a link back into itself.
pub fn read(folder: &Path) -> Result<Vec<SourceFile>, Error> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Err(Error::NoFolder { path: folder.to_owned() });
    }
    let root = canonical(folder)?;
    read_folder(folder, "", &mut vec![root], &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// What a folder's files hold, in 32 bytes: equal for equal files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of those files.
    pub fn of(files: &[SourceFile]) -> Fingerprint {
        let mut hash = Sha256::new();
        for part in files.iter().flat_map(|file| [file.path.as_bytes(), &file.bytes]) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Fingerprint(hash.finalize().into())
    }
}

/// `above` has the canonical paths of the folder and of those it is in.
fn read_folder(
    folder: &Path,
    prefix: &str,
    above: &mut Vec<PathBuf>,
    files: &mut Vec<SourceFile>,
) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|source| at(folder, source))? {
        let name = entry.map_err(|source| at(folder, source))?.file_name();
        let (path, name) = (folder.join(&name), name.to_string_lossy());
        if is_ignored(&name) {
            continue;
        }
        let Some(metadata) = unless_gone(&path, fs::metadata(&path))? else { continue };
        if metadata.is_dir() {
            let real = canonical(&path)?;
            if above.len() > DEPTH_LIMIT || above.contains(&real) {
                return Err(Error::TooDeep { path });
            }
            above.push(real);
            read_folder(&path, &format!("{prefix}{name}/"), above, files)?;
            above.pop();
        } else if metadata.is_file() && is_content(&path) {
            let Some(bytes) = unless_gone(&path, read_file(&path))? else { continue };
            if bytes.len() as u64 > FILE_LIMIT {
                return Err(Error::TooLarge { path, limit: FILE_LIMIT });
            }
            files.push(SourceFile { path: format!("{prefix}{name}"), bytes });
        }
    }
    Ok(())
}

/// Hidden files and folders, and what editors leave beside the file they edit: `series.md~`,
/// `#series.md#`, `.series.md.swp`, and the `4913` with which Vim tries whether it may write.
fn is_ignored(name: &str) -> bool {
    let starts_and_ends = |c| name.len() > 1 && name.starts_with(c) && name.ends_with(c);
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name == "4913"
        || starts_and_ends('#')
}

fn is_content(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|e| matches!(e, "md" | "toml"))
}

/// At most one byte more than the limit, so that a file that grows meanwhile cannot fill memory.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// `None` for a file that was removed since its folder was listed; a link that leads nowhere is an
/// error.
fn unless_gone<T>(path: &Path, result: io::Result<T>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(source) if source.kind() == io::ErrorKind::NotFound && !path.is_symlink() => Ok(None),
        Err(source) => Err(at(path, source)),
    }
}

fn canonical(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|source| at(path, source))
}

fn at(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_link_that_leads_nowhere_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join("site.toml")).unwrap();
        assert!(matches!(read(dir.path()), Err(Error::Read { .. })));
    }

    #[test]
    fn equal_files_have_equal_fingerprints() {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), bytes: text.into() };
        let of = |files: &[SourceFile]| Fingerprint::of(files);
        assert_eq!(of(&[file("a", "bc")]), of(&[file("a", "bc")]));
        assert_ne!(of(&[file("a", "bc")]), of(&[file("ab", "c")]));
        assert_ne!(of(&[file("a", "b")]), of(&[]));
    }
}
