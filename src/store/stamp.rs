//! What tells that a file was changed, without reading it.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

/// What the system says of a file: another file, or the same with other bytes, has another stamp
/// once the file system's clock has moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    length: u64,
    /// The last change of the bytes, in nanoseconds since 1970.
    modified: i128,
    /// The last change of anything, which programs cannot set.
    changed: i128,
    device: u64,
    inode: u64,
}

impl Stamp {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        Stamp {
            length: metadata.len(),
            modified: modified(metadata),
            changed: i128::from(metadata.ctime()) * 1_000_000_000
                + i128::from(metadata.ctime_nsec()),
            device: metadata.dev(),
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        let modified = modified(metadata);
        Stamp { length: metadata.len(), modified, changed: modified, device: 0, inode: 0 }
    }

    /// How long the file is, in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// When the file was last changed, in nanoseconds since 1970 by the file system's clock. A file
    /// that changes again within one tick of that clock, which is a few milliseconds, keeps its stamp.
    pub fn changed(&self) -> i128 {
        self.changed
    }
}

fn modified(metadata: &Metadata) -> i128 {
    metadata.modified().map_or(0, nanoseconds)
}

/// A file's date may be any that a program has set, so far more than a date can be.
fn nanoseconds(time: SystemTime) -> i128 {
    let signed = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).unwrap_or(0);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after),
        Err(before) => -signed(before.duration()),
    }
}
