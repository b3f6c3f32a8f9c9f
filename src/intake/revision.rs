//! What tells one content from another, on every machine alike.

use crate::content::SourceFile;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A number of the paths and bytes of a part's files: SHA-256 of both, each with its length before it.
pub(super) type Digest = [u8; 32];

/// Which content it is: a number of the paths and bytes of all its files, and of nothing else, so
/// that the same content has the same number on every machine and at any time.
///
/// `Display` writes 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision(u64);

impl Revision {
    /// That of content with these parts, in order of their names.
    pub(super) fn of<'a>(parts: impl Iterator<Item = (&'a str, &'a Digest)>) -> Revision {
        let mut all = Sha256::new();
        for (name, digest) in parts {
            add(&mut all, name.as_bytes());
            all.update(digest);
        }
        let [a, b, c, d, e, f, g, h, ..] = Digest::from(all.finalize());
        Revision(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The number of a part's files, in the order in which they are given.
pub(super) fn digest(files: &[SourceFile]) -> Digest {
    let mut all = Sha256::new();
    for file in files {
        add(&mut all, file.path.as_bytes());
        add(&mut all, &file.bytes);
    }
    all.finalize().into()
}

fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}
