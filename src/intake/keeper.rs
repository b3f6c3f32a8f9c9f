//! Keeps the last good content, at a cost in proportion to what differs.

use super::look::{Files, Seen};
use super::parallel::on_all;
use super::parts::text;
use super::revision::{Digest, Revision};
use super::scope::Scope;
use crate::content::SourceFile;
use crate::error::Error;
use crate::store::LastGood;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::RandomState;
use std::path::{Path, PathBuf};

/// One state of the content, told part by part: the number of each by its name, which is empty for
/// what all series share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digests(pub(super) BTreeMap<String, Digest>);

impl Digests {
    /// Which content it is.
    pub fn revision(&self) -> Revision {
        Revision::of(self.0.iter().map(|(name, digest)| (name.as_str(), digest)))
    }
}

/// Keeps the last good state of one content folder in another.
#[derive(Debug)]
pub struct Keeper {
    content: PathBuf,
    folder: PathBuf,
    /// What is known to be kept; nothing is before anybody has looked.
    kept: Option<Digests>,
    hasher: RandomState,
}

/// What makes the copy what it should be.
struct Difference {
    files: Vec<SourceFile>,
    /// The paths of files that are to be removed.
    removed: BTreeSet<String>,
}

impl Keeper {
    /// Of the content in one folder, which is kept in the other.
    pub fn new(content: &Path, folder: &Path) -> Keeper {
        let (content, folder) = (content.to_owned(), folder.to_owned());
        Keeper { content, folder, kept: None, hasher: RandomState::new() }
    }

    /// Keeps that state, unless the content is another by now: `false` then.
    ///
    /// # Errors
    /// Content that cannot be read, and whatever the disk says of the other folder.
    pub fn keep(&mut self, state: &Digests) -> Result<bool, Error> {
        let disk = LastGood::open(&self.folder)?;
        let known = self.kept.take().filter(|kept| is_at(&disk, kept.revision()));
        let known = match known {
            Some(known) => known,
            None => self.digests(&disk.content())?,
        };
        let revision = state.revision();
        if known != *state || !is_at(&disk, revision) {
            let Some(Difference { files, removed }) =
                self.difference(&known, state, &disk.content())?
            else {
                self.kept = Some(known);
                return Ok(false);
            };
            disk.keep(&revision.to_string(), &files, &removed)?;
        }
        self.kept = Some(state.clone());
        Ok(true)
    }

    /// The files that are to be put into the copy and those that are to be removed; none where the
    /// content is not in that state any more.
    fn difference(
        &self,
        known: &Digests,
        state: &Digests,
        copy: &Path,
    ) -> Result<Option<Difference>, Error> {
        let names: BTreeSet<&String> = known.0.keys().chain(state.0.keys()).collect();
        let mut scope = Scope::default();
        for name in names.into_iter().filter(|name| known.0.get(*name) != state.0.get(*name)) {
            match name.is_empty() {
                true => scope.add_ground(),
                false => scope.add_series(name),
            }
        }
        let (mut files, mut removed) = (Vec::new(), BTreeSet::new());
        if copy.is_dir() {
            for (_, old) in parts(Seen::of(copy, &scope, &self.hasher)?) {
                removed.extend(old.listed.into_iter().map(|file| file.path));
            }
        }
        let new = parts(Seen::of(&self.content, &scope, &self.hasher)?);
        let mut found = BTreeMap::new();
        for (name, part) in &new {
            let (text, digest) = text(part, &[])?;
            found.insert(name.clone(), digest);
            files.extend(text);
        }
        let is_so = |name: &String| found.get(name) == state.0.get(name);
        if !scope_names(&scope).iter().all(is_so) {
            return Ok(None);
        }
        for file in &files {
            removed.remove(&file.path);
        }
        Ok(Some(Difference { files, removed }))
    }

    /// The numbers of all parts of a folder, which need not be there.
    fn digests(&self, folder: &Path) -> Result<Digests, Error> {
        if !folder.is_dir() {
            return Ok(Digests::default());
        }
        let parts = parts(Seen::of(folder, &Scope::All, &self.hasher)?);
        let digests = on_all(&parts, |(name, files)| Ok((name.clone(), text(files, &[])?.1)));
        Ok(Digests(digests.into_iter().collect::<Result<_, Error>>()?))
    }
}

fn is_at(disk: &LastGood, revision: Revision) -> bool {
    disk.revision() == Some(revision.to_string())
}

/// The parts that are there, by name.
fn parts(seen: Seen) -> Vec<(String, Files)> {
    let ground = seen.ground.map(|files| (String::new(), files));
    let series = seen.series.into_iter().filter_map(|(name, files)| Some((name, files?)));
    ground.into_iter().chain(series).collect()
}

fn scope_names(scope: &Scope) -> Vec<String> {
    match scope {
        Scope::All => Vec::new(),
        Scope::Some { ground, series } => {
            let ground = ground.then(String::new);
            ground.into_iter().chain(series.iter().cloned()).collect()
        }
    }
}
