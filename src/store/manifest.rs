//! The list of the files that an export wrote, kept beside them.

use crate::error::Error;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// Its name within the exported folder.
const NAME: &str = ".convene-manifest";
const HEAD: &str = "# Written by `convene build`, which removes the files listed here once it no \
                    longer makes them.\n";

/// The files that earlier exports wrote to the folder; none for a new or empty one.
///
/// # Errors
/// A folder that cannot be read, or that has files in it and no list of them.
pub(super) fn read(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let fail = |source| Error::Read { path: folder.join(NAME), source };
    match fs::read_to_string(folder.join(NAME)) {
        Ok(text) => {
            let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            Ok(lines.map(str::to_owned).collect())
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound && is_empty(folder)? => Ok(BTreeSet::new()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            Err(Error::ForeignFolder { path: folder.to_owned() })
        }
        Err(source) => Err(fail(source)),
    }
}

/// Writes the list, unless it is there already.
///
/// # Errors
/// A list that cannot be written.
pub(super) fn write<'a>(
    folder: &Path,
    files: impl Iterator<Item = &'a String>,
) -> Result<(), Error> {
    let lines: String = files.map(|file| format!("{file}\n")).collect();
    super::export::replace(folder, NAME, format!("{HEAD}{lines}").as_bytes()).map(|_| ())
}

fn is_empty(folder: &Path) -> Result<bool, Error> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(source) => Err(Error::Read { path: folder.to_owned(), source }),
    }
}
