//! One program at a time changes a content folder.

use crate::error::Error;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// Its name within the folder, where the folder itself cannot be locked.
const NAME: &str = ".convene-lock";

/// Waits until nobody else has the folder locked, and keeps it locked as long as the file is kept.
///
/// The system unlocks it when the program ends, however it ends. Programs that do not ask for the
/// lock are not kept out.
///
/// # Errors
/// A folder that is not there, or in which nothing can be locked.
pub(super) fn lock(folder: &Path) -> Result<File, Error> {
    if !folder.is_dir() {
        return Err(Error::NoFolder { path: folder.to_owned() });
    }
    // No file is left in people's folders but on NFS, which locks no folder, and on Windows.
    if let Ok(file) = File::open(folder)
        && file.lock().is_ok()
    {
        return Ok(file);
    }
    lock_file(folder.join(NAME))
}

fn lock_file(path: PathBuf) -> Result<File, Error> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    match file.and_then(|file| file.lock().map(|()| file)) {
        Ok(file) => Ok(file),
        Err(source) => Err(Error::Lock { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_locked_folder_is_free_again_once_the_lock_is_gone_and_nothing_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let kept = lock(dir.path()).unwrap();
        let other = File::open(dir.path()).unwrap();
        assert!(other.try_lock().is_err());
        drop(kept);
        other.try_lock().unwrap();
        assert_eq!(dir.path().read_dir().unwrap().count(), 0);
    }

    #[test]
    fn where_no_folder_can_be_locked_a_hidden_file_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(NAME);
        let kept = lock_file(path.clone()).unwrap();
        assert!(File::open(&path).unwrap().try_lock().is_err());
        drop(kept);
        drop(lock_file(path).unwrap());
        assert!(super::super::read(dir.path()).unwrap().is_empty(), "it is no content");
        let nowhere = lock_file(dir.path().join("nowhere").join(NAME)).unwrap_err();
        assert!(nowhere.to_string().contains("nowhere/.convene-lock`, so that"), "{nowhere}");
    }
}
