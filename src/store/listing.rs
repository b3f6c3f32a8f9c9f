//! What is in the content folder, without reading it.

use super::stamp::Stamp;
use crate::error::Error;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Content is three folders deep; the rest is room for whoever mounts it.
const DEPTH_LIMIT: usize = 8;

/// The folder in which each series has one of its own.
const SERIES: &str = "meetings";

/// One file of the content, as the folder lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its path within the content, with `/` between the parts.
    pub path: String,
    /// What tells a change of it.
    pub stamp: Stamp,
    /// Where it is; differs from `path` where its name is not UTF-8.
    pub(super) at: PathBuf,
}

/// The content folder but for what is in the series' folders, of which there may be thousands.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files, in no order.
    pub files: Vec<Listed>,
    /// The folders of series, in no order.
    pub series: Vec<SeriesFolder>,
}

/// One folder in `meetings`.
#[derive(Debug)]
pub struct SeriesFolder {
    /// Its name.
    pub name: String,
    at: PathBuf,
    /// The canonical paths of the folders it is in.
    above: Arc<[PathBuf]>,
    /// Its own.
    real: PathBuf,
}

/// Lists the content folder; the series' folders are only named.
///
/// # Errors
/// A folder that is not there or cannot be read, is too deep or a link back into itself; and what has a
/// content file's name and is none, which would else count as a file that was removed.
pub fn list(folder: &Path) -> Result<Listing, Error> {
    if !folder.is_dir() {
        return Err(Error::NoFolder { path: folder.to_owned() });
    }
    let mut walk = Walk { above: vec![canonical(folder)?], listing: Listing::default() };
    walk.folder(folder, "", &format!("{SERIES}/"))?;
    Ok(walk.listing)
}

/// Finds the folder of one series; none where there is no such folder.
///
/// # Errors
/// A link that leads nowhere or back into itself, and a folder that cannot be asked for.
pub fn series_folder(folder: &Path, name: &str) -> Result<Option<SeriesFolder>, Error> {
    if !folder.is_dir() {
        return Err(Error::NoFolder { path: folder.to_owned() });
    }
    let all = folder.join(SERIES);
    let at = all.join(name);
    let is_folder = unless_gone(&at, fs::metadata(&at))?.is_some_and(|found| found.is_dir());
    if is_ignored(name) || !is_folder {
        return Ok(None);
    }
    let above = [canonical(folder)?, canonical(&all)?];
    let real = canonical(&at)?;
    if above.contains(&real) {
        return Err(Error::TooDeep { path: at });
    }
    Ok(Some(SeriesFolder { name: name.to_owned(), at, above: above.into(), real }))
}

impl SeriesFolder {
    /// Lists its files, in no order; none where it is gone by now.
    ///
    /// # Errors
    /// As [`list`].
    pub fn list(&self) -> Result<Vec<Listed>, Error> {
        let above = self.above.iter().chain([&self.real]).cloned().collect();
        let mut walk = Walk { above, listing: Listing::default() };
        walk.folder(&self.at, &format!("{SERIES}/{}/", self.name), "")?;
        Ok(walk.listing.files)
    }
}

struct Walk {
    /// The canonical paths of the folder that is listed and of those it is in.
    above: Vec<PathBuf>,
    listing: Listing,
}

impl Walk {
    /// Lists a folder and all in it, but names only those that are directly in the folder `apart`.
    fn folder(&mut self, folder: &Path, prefix: &str, apart: &str) -> Result<(), Error> {
        let Some(entries) = unless_gone(folder, fs::read_dir(folder))? else { return Ok(()) };
        for entry in entries {
            let entry = entry.map_err(|source| at(folder, source))?;
            let name = entry.file_name();
            let (path, name) = (folder.join(&name), name.to_string_lossy());
            if is_ignored(&name) {
                continue;
            }
            match kind_of(&entry, &path)? {
                Kind::Other => {}
                Kind::File(metadata) => self.listing.files.push(Listed {
                    path: format!("{prefix}{name}"),
                    stamp: Stamp::of(&metadata),
                    at: path,
                }),
                Kind::Folder { .. } if prefix != apart && is_content_name(&path) => {
                    return Err(Error::NoFile { path });
                }
                Kind::Folder { is_link } => {
                    let real = self.real(&path, &name, is_link)?;
                    if self.above.len() > DEPTH_LIMIT || self.above.contains(&real) {
                        return Err(Error::TooDeep { path });
                    }
                    if prefix == apart {
                        let (name, above) = (name.into_owned(), self.above.as_slice().into());
                        let series = SeriesFolder { name, at: path, above, real };
                        self.listing.series.push(series);
                    } else {
                        self.above.push(real);
                        self.folder(&path, &format!("{prefix}{name}/"), apart)?;
                        self.above.pop();
                    }
                }
            }
        }
        Ok(())
    }

    /// The canonical path; only a link has one that its name does not tell.
    fn real(&self, path: &Path, name: &str, is_link: bool) -> Result<PathBuf, Error> {
        match self.above.last() {
            Some(parent) if !is_link => Ok(parent.join(name)),
            _ => canonical(path),
        }
    }
}

/// What a folder's entry is, links followed.
enum Kind {
    /// A content file.
    File(Metadata),
    Folder {
        is_link: bool,
    },
    /// Nothing that has a content file's name, or gone since the folder was listed.
    Other,
}

/// Asks the system only for what the entry itself does not tell: folders and pictures cost nothing.
fn kind_of(entry: &DirEntry, path: &Path) -> Result<Kind, Error> {
    let Some(kind) = unless_gone(path, entry.file_type())? else { return Ok(Kind::Other) };
    let metadata = if kind.is_dir() {
        return Ok(Kind::Folder { is_link: false });
    } else if kind.is_symlink() {
        unless_gone(path, fs::metadata(path))?
    } else if is_content_name(path) {
        unless_gone(path, entry.metadata())?
    } else {
        None
    };
    match metadata {
        Some(metadata) if metadata.is_dir() => Ok(Kind::Folder { is_link: true }),
        Some(_) if !is_content_name(path) => Ok(Kind::Other),
        Some(metadata) if metadata.is_file() => Ok(Kind::File(metadata)),
        Some(_) => Err(Error::NoFile { path: path.to_owned() }),
        None => Ok(Kind::Other),
    }
}

/// Whether no file of that name is content: hidden files and folders, and what editors leave beside
/// the file they edit: `series.md~`, `#series.md#`, `.series.md.swp`, and the `4913` with which Vim
/// tries whether it may write.
pub fn is_ignored(name: &str) -> bool {
    let starts_and_ends = |c| name.len() > 1 && name.starts_with(c) && name.ends_with(c);
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name == "4913"
        || starts_and_ends('#')
}

/// Whether a file of that name is content, unless it is ignored.
pub fn is_content_name(path: impl AsRef<Path>) -> bool {
    let extension = path.as_ref().extension();
    extension.and_then(OsStr::to_str).is_some_and(|e| matches!(e, "md" | "toml"))
}

/// `None` for what was removed since its folder was listed; a link that leads nowhere is an error.
pub(super) fn unless_gone<T>(path: &Path, result: io::Result<T>) -> Result<Option<T>, Error> {
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
