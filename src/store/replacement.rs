//! One file of the content, replaced in one step.

use crate::content::SourceFile;
use crate::error::Error;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Between the file's name and the program's number, in the name of a file that is to take its place.
const MARK: &str = ".convene-";

/// New bytes on the disk, beside the file whose place they are to take.
pub(super) struct Replacement {
    /// The file itself, where its path is a link.
    target: PathBuf,
    /// What the file had in it; none where there was no file.
    old: Option<Vec<u8>>,
    temporary: Temporary,
}

/// A file that goes with the value.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // What is left by chance goes with the next edits.
        let _ = fs::remove_file(&self.0);
    }
}

impl Replacement {
    /// Writes the new bytes beside the file, with its mode and owner.
    ///
    /// # Errors
    /// A file that may not be written, a folder that takes no new one, a disk that is full.
    pub(super) fn prepare(
        path: &Path,
        old: Option<&[u8]>,
        new: &[u8],
    ) -> Result<Replacement, Error> {
        let fail = |source| Error::Write { path: path.to_owned(), source };
        let target = match old {
            Some(_) => fs::canonicalize(path).map_err(fail)?,
            None => path.to_owned(),
        };
        if let (None, Some(folder)) = (old, target.parent()) {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        let like = old.map(|_| fs::metadata(&target)).transpose().map_err(fail)?;
        if like.as_ref().is_some_and(|like| like.permissions().readonly()) {
            return Err(fail(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only")));
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let name = format!(".{name}{MARK}{}", std::process::id());
        let path = target.with_file_name(name);
        let file = File::create_new(&path).map_err(fail)?;
        let temporary = Temporary(path);
        write(file, new, like.as_ref()).map_err(fail)?;
        Ok(Replacement { target, old: old.map(<[u8]>::to_vec), temporary })
    }

    /// Puts it in the file's place, on the disk too.
    ///
    /// # Errors
    /// A file that has other bytes by now than were read, and whatever the disk says.
    pub(super) fn finish(self) -> Result<(), Error> {
        let fail = |source| Error::Write { path: self.target.clone(), source };
        let now = match fs::read(&self.target) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(fail(error)),
        };
        if now != self.old {
            return Err(Error::Changed { path: self.target });
        }
        fs::rename(&self.temporary.0, &self.target).map_err(fail)?;
        let folder = self.target.parent().unwrap_or(Path::new("."));
        sync_folder(folder).map_err(fail)
    }
}

fn write(mut file: File, bytes: &[u8], like: Option<&Metadata>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(like) = like {
        keep_owner(&file, like);
        file.set_permissions(like.permissions())?;
    }
    file.sync_all()
}

/// Only the system's administrator can give a file away: others keep it as theirs.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(like.uid()), Some(like.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Makes the new name last; not every system can, and those that cannot need no asking.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if cfg!(unix) && error.kind() != io::ErrorKind::InvalidInput => Err(error),
        _ => Ok(()),
    }
}

/// Removes what programs that were killed have left beside the files; the folder is locked.
///
/// # Errors
/// A folder that cannot be read, or a file in it that cannot be removed.
pub(super) fn remove_leftovers(folder: &Path, files: &[SourceFile]) -> Result<(), Error> {
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for file in files {
        let path = folder.join(&file.path);
        // Gone since it was read: nothing of ours is beside it that was not there before.
        let real = fs::canonicalize(&path).unwrap_or(path.clone());
        folders.extend([path, real].iter().filter_map(|path| Some(path.parent()?.to_owned())));
    }
    for folder in folders {
        let at = |source| Error::Read { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(at)? {
            let entry = entry.map_err(at)?;
            if is_leftover(&entry.file_name().to_string_lossy()) {
                let path = entry.path();
                fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
            }
        }
    }
    Ok(())
}

fn is_leftover(name: &str) -> bool {
    let Some((file, number)) = name.rsplit_once(MARK) else { return false };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    file.len() > 1 && file.starts_with('.') && is_number
}
