//! Edits of the content folder: read, edited and written under one lock, each file in one step.

use super::lock::lock;
use super::replacement::{Replacement, remove_leftovers};
use crate::content::SourceFile;
use crate::content::edit::{Edit, Refused, edited};
use crate::error::Error;
use std::collections::BTreeSet;
use std::path::Path;

/// What came of edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied<T> {
    /// The files that were written, by their paths within the folder; none where all was so already.
    pub changed: Vec<String>,
    /// What was given beside the edits.
    pub made: T,
}

/// Reads the folder, asks `make` for the edits and whatever else its caller wants to keep, and writes
/// the files that change.
///
/// All of that is under a lock, so two programs never undo each other's work; `make` is called again
/// where a file was changed meanwhile by someone who knows no lock. Each file has its old text or the
/// new one at any moment, even where the program is killed or the machine stops; a link is followed
/// to its file, and a file keeps its mode and, where the system allows it, its owner. No file is touched
/// unless there is room for all.
///
/// ```no_run
/// # use convene::content::{self, edit::Edit};
/// # fn edits(_: &convene::model::Community) -> Vec<Edit> { Vec::new() }
/// # fn run() -> Result<(), convene::error::Error> {
/// let applied = convene::store::apply("content".as_ref(), |files| {
///     let community = content::parse(files)?;
///     Ok((edits(&community), community.series.len()))
/// })?;
/// println!("{} series, {} files changed", applied.made, applied.changed.len());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// A folder that cannot be read or locked, edits that are refused, a file that cannot be written, and
/// one that was changed meanwhile twice.
pub fn apply<T>(
    folder: &Path,
    mut make: impl FnMut(&[SourceFile]) -> Result<(Vec<Edit>, T), Refused>,
) -> Result<Applied<T>, Error> {
    let _lock = lock(folder)?;
    let mut written = BTreeSet::new();
    let made = match attempt(folder, &mut make, &mut written) {
        Err(Error::Changed { .. }) => attempt(folder, &mut make, &mut written),
        done => done,
    }?;
    Ok(Applied { changed: written.into_iter().collect(), made })
}

fn attempt<T>(
    folder: &Path,
    make: &mut impl FnMut(&[SourceFile]) -> Result<(Vec<Edit>, T), Refused>,
    written: &mut BTreeSet<String>,
) -> Result<T, Error> {
    let files = super::read(folder)?;
    remove_leftovers(folder, &files)?;
    let refused =
        |why: Refused| Error::Refused { path: folder.to_owned(), reason: why.to_string() };
    let (edits, made) = make(&files).map_err(refused)?;
    let changed = edited(&files, &edits).map_err(refused)?;
    let prepare = |new: SourceFile| {
        let old = files.iter().find(|old| old.path == new.path);
        let path = folder.join(&new.path);
        let replacement = Replacement::prepare(&path, old.map(|old| &*old.bytes), &new.bytes)?;
        Ok((new.path, replacement))
    };
    // All are on the disk before the first takes its place.
    let prepared = changed.into_iter().map(prepare).collect::<Result<Vec<_>, Error>>()?;
    for (path, replacement) in prepared {
        replacement.finish()?;
        written.insert(path);
    }
    Ok(made)
}

/// Whether a content folder is there, as far as its `site.toml` tells.
pub fn has_site(folder: &Path) -> bool {
    folder.join("site.toml").exists()
}

/// Makes a folder that is to have content, where it is not there yet.
///
/// # Errors
/// Whatever the disk says.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    let fail = |source| Error::Write { path: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(fail)
}
