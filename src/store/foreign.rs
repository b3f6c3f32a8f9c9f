//! Files that are not of the content: another program's calendar, and what is kept beside the content.

use crate::error::Error;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Larger than any calendar that is worth reading.
const FILE_LIMIT: u64 = 10 << 20;

/// Reads a file of another program's, or of ours beside the content; none where it is not there.
///
/// # Errors
/// A file that cannot be read, or has more than 10 MiB.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read_calendar(path) {
        Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        done => done.map(Some),
    }
}

/// Reads another program's calendar.
///
/// # Errors
/// A file that cannot be read, or has more than 10 MiB.
pub fn read_calendar(path: &Path) -> Result<Vec<u8>, Error> {
    let fail = |source| Error::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes).map_err(fail)?;
    match bytes.len() as u64 > FILE_LIMIT {
        true => Err(Error::TooLarge { path: path.to_owned(), limit: FILE_LIMIT }),
        false => Ok(bytes),
    }
}
