//! What the content's files are like, without reading them.

use super::parallel::on_all;
use super::scope::Scope;
use crate::error::Error;
use crate::store::{self, Listed, SeriesFolder};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

/// What was found where one looked.
#[derive(Debug)]
pub(super) struct Seen {
    /// What all series share; none where nobody looked.
    pub(super) ground: Option<Files>,
    /// Each series that was looked at; none where its folder is not there.
    pub(super) series: BTreeMap<String, Option<Files>>,
}

/// The files of one part of the content.
#[derive(Debug)]
pub(super) struct Files {
    /// All of them, in order of path.
    pub(super) listed: Vec<Listed>,
    /// Their paths and stamps in one number, of which no two are equal but by chance.
    pub(super) stamps: u64,
}

impl Files {
    fn new(mut listed: Vec<Listed>, hasher: &RandomState) -> Files {
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        let all: Vec<_> = listed.iter().map(|file| (&file.path, &file.stamp)).collect();
        Files { stamps: hasher.hash_one(all), listed }
    }

    /// Whether all were last changed before the moment, in nanoseconds since 1970.
    pub(super) fn are_older_than(&self, moment: i128) -> bool {
        self.listed.iter().all(|file| file.stamp.changed() < moment)
    }
}

impl Seen {
    /// Looks at the parts, on all processors.
    ///
    /// # Errors
    /// As [`store::list`].
    pub(super) fn of(folder: &Path, scope: &Scope, hasher: &RandomState) -> Result<Seen, Error> {
        let mut folders = Vec::new();
        let mut series: BTreeMap<String, Option<Files>> = BTreeMap::new();
        let mut ground = None;
        if matches!(scope, Scope::All | Scope::Some { ground: true, .. }) {
            let listing = store::list(folder)?;
            ground = Some(Files::new(listing.files, hasher));
            folders = listing.series;
        }
        if let Scope::Some { series: names, .. } = scope {
            let find = |name: &String| store::series_folder(folder, name);
            let found: Vec<_> = names.iter().map(find).collect::<Result<_, _>>()?;
            folders = found.into_iter().flatten().collect();
            series = names.iter().map(|name| (name.clone(), None)).collect();
        }
        let list = |folder: &SeriesFolder| folder.list().map(|files| Files::new(files, hasher));
        let found = on_all(&folders, list);
        for (folder, files) in folders.into_iter().zip(found) {
            // A folder without content is as good as none.
            series.insert(folder.name, Some(files?).filter(|files| !files.listed.is_empty()));
        }
        Ok(Seen { ground, series })
    }

    /// Whether nothing was changed between the two looks.
    pub(super) fn agrees_with(&self, other: &Seen) -> bool {
        fn stamps(seen: &Seen) -> impl Iterator<Item = (&str, Option<u64>)> {
            let of = |files: &Option<Files>| files.as_ref().map(|files| files.stamps);
            let ground = [("", of(&seen.ground))];
            ground
                .into_iter()
                .chain(seen.series.iter().map(move |(n, files)| (n.as_str(), of(files))))
        }
        stamps(self).eq(stamps(other))
    }
}
