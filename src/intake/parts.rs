//! The parts of the content, as they were last read.

use super::look::Files;
use super::revision::{Digest, digest};
use super::scope::is_stray;
use crate::content::{Ground, SeriesPart, SourceFile};
use crate::error::Error;

/// A part, and what tells whether it has changed.
pub(super) struct Known<T> {
    /// Its files' paths and stamps; none where these tell nothing.
    pub(super) stamps: Option<u64>,
    /// Its files' paths and bytes, in one number.
    pub(super) bytes: Digest,
    /// How many files it has.
    pub(super) files: usize,
    pub(super) value: T,
}

/// The folder of one series.
pub(super) struct Series {
    /// None where nothing in it is a series' file.
    pub(super) part: Option<SeriesPart>,
    /// Files that are too deep in it, each of which is a mistake of the ground's.
    pub(super) strays: Vec<SourceFile>,
}

/// A part that was read again.
pub(super) struct Fresh<T> {
    stamps: u64,
    bytes: Digest,
    files: usize,
    /// Whether it may be changed again without another stamp.
    pub(super) is_young: bool,
    /// None where its bytes are those that were known.
    value: Option<T>,
}

impl<T> Fresh<T> {
    /// Reads the part's files, and what is in them unless their bytes are the known ones. What was
    /// changed after `young`, in nanoseconds since 1970, may change again and leave no trace in the
    /// stamps.
    ///
    /// # Errors
    /// As [`Listed::read`](crate::store::Listed::read).
    pub(super) fn read(
        files: &Files,
        strays: &[SourceFile],
        known: Option<&Known<T>>,
        young: i128,
        value: impl FnOnce(Vec<SourceFile>) -> T,
    ) -> Result<Fresh<T>, Error> {
        let (text, bytes) = text(files, strays)?;
        Ok(Fresh {
            stamps: files.stamps,
            bytes,
            files: files.listed.len(),
            is_young: !files.are_older_than(young),
            value: known.is_none_or(|known| known.bytes != bytes).then(|| value(text)),
        })
    }

    /// Whether the files, read again, have the same bytes.
    ///
    /// # Errors
    /// As [`Listed::read`](crate::store::Listed::read).
    pub(super) fn is_there(&self, files: &Files, strays: &[SourceFile]) -> Result<bool, Error> {
        Ok(text(files, strays)?.1 == self.bytes)
    }

    /// What is in it; none where that is what was known.
    pub(super) fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// What is known from now on of a part that was not known; none of one that was.
    pub(super) fn known(self) -> Option<Known<T>> {
        let stamps = (!self.is_young).then_some(self.stamps);
        Some(Known { stamps, bytes: self.bytes, files: self.files, value: self.value? })
    }
}

impl<T> Known<T> {
    /// A part that has no files, before anybody has looked for them.
    pub(super) fn without_files(value: T) -> Known<T> {
        Known { stamps: None, bytes: Digest::default(), files: 0, value }
    }

    /// Puts what was read again in the place of what was known.
    pub(super) fn renew(&mut self, fresh: Fresh<T>) {
        self.stamps = (!fresh.is_young).then_some(fresh.stamps);
        self.bytes = fresh.bytes;
        self.files = fresh.files;
        if let Some(value) = fresh.value {
            self.value = value;
        }
    }
}

impl Series {
    /// Reads the folder of the series of that name.
    pub(super) fn read(name: &str, files: Vec<SourceFile>, ground: &Ground) -> Series {
        let (strays, files): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| is_stray(&file.path));
        let part = (!files.is_empty()).then(|| SeriesPart::read(name, &files, ground));
        Series { part, strays }
    }
}

/// The text of the files, and a number that tells it.
pub(super) fn text(
    files: &Files,
    strays: &[SourceFile],
) -> Result<(Vec<SourceFile>, Digest), Error> {
    let read = files.listed.iter().filter_map(|file| file.read().transpose());
    let mut text = read.collect::<Result<Vec<_>, Error>>()?;
    text.extend_from_slice(strays);
    let bytes = digest(&text);
    Ok((text, bytes))
}
