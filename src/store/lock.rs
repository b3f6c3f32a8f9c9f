//! One program at a time changes a content folder.

use crate::error::Error;
use std::fs::{File, OpenOptions};
use std::path::Path;

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
    let path = folder.join(NAME);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    match file.and_then(|file| file.lock().map(|()| file)) {
        Ok(file) => Ok(file),
        Err(source) => Err(Error::Lock { path, source }),
    }
}
