//! What was last read of all parts, and what reading them again changes of it.

use super::look::{Files, Seen};
use super::parallel::on_all;
use super::parts::{Fresh, Known, Series};
use super::revision::{Digest, Revision};
use super::scope::Scope;
use crate::content::{self, Diagnostics, Ground, SourceFile};
use crate::error::Error;
use crate::model::Community;
use std::collections::BTreeMap;

/// What was last read of all parts.
pub(super) struct Kept {
    ground: Known<Ground>,
    pub(super) series: BTreeMap<String, Known<Series>>,
}

/// The parts that were read because their stamps differ.
pub(super) struct Read {
    ground: Option<Fresh<Ground>>,
    series: Vec<(String, Fresh<Series>)>,
    /// Series whose folders are not there any more.
    gone: Vec<String>,
    /// Whether series are read otherwise than before, even where their files are the same.
    pub(super) is_anew: bool,
}

/// What keeping parts changed.
pub(super) struct Difference {
    /// How many parts were read that have other bytes than before.
    pub(super) parts_read: usize,
    /// How many series are not there any more.
    pub(super) gone: usize,
    /// Whether the ground has to be read again, since its files in the folders of series differ.
    pub(super) strays: bool,
}

impl Default for Kept {
    /// Nothing.
    fn default() -> Kept {
        let ground = Known::without_files(Ground::read(&[]));
        Kept { ground, series: BTreeMap::new() }
    }
}

impl Kept {
    /// Reads the parts whose stamps are not the known ones.
    ///
    /// # Errors
    /// As [`Listed::read`](crate::store::Listed::read).
    pub(super) fn read(&self, seen: &Seen, young: i128) -> Result<Read, Error> {
        let old = &self.ground;
        let ground = match &seen.ground {
            Some(files) if old.stamps != Some(files.stamps) => {
                let value = |text: Vec<SourceFile>| Ground::read(&text);
                Some(Fresh::read(files, &self.strays(), Some(old), young, value)?)
            }
            _ => None,
        };
        let new = ground.as_ref().and_then(Fresh::value);
        let is_anew = new.is_some_and(|new| !new.reads_alike(&old.value));
        let series = self.read_series(seen, new.unwrap_or(&old.value), is_anew, young)?;
        let is_gone = |name: &&String| self.series.contains_key(*name);
        let absent = seen.series.iter().filter(|(_, files)| files.is_none()).map(|(name, _)| name);
        let gone = absent.filter(is_gone).cloned().collect();
        Ok(Read { ground, series, gone, is_anew })
    }

    fn read_series(
        &self,
        seen: &Seen,
        ground: &Ground,
        is_anew: bool,
        young: i128,
    ) -> Result<Vec<(String, Fresh<Series>)>, Error> {
        let mut due = Vec::new();
        for (name, files) in &seen.series {
            let known = self.series.get(name).filter(|_| !is_anew);
            let stamps = known.and_then(|known| known.stamps);
            if let Some(files) = files.as_ref().filter(|files| stamps != Some(files.stamps)) {
                due.push((name, files, known));
            }
        }
        let read = |&(name, files, known): &(&String, &Files, Option<&Known<Series>>)| {
            let value = |text| Series::read(name, text, ground);
            Ok((name.clone(), Fresh::read(files, &[], known, young, value)?))
        };
        on_all(&due, read).into_iter().collect()
    }

    /// Whether what was read, and is too young to be told by its stamps, is there still.
    ///
    /// # Errors
    /// As [`Listed::read`](crate::store::Listed::read).
    pub(super) fn is_there(&self, read: &Read, seen: &Seen) -> Result<bool, Error> {
        if let (Some(fresh), Some(files)) = (&read.ground, &seen.ground)
            && fresh.is_young
            && !fresh.is_there(files, &self.strays())?
        {
            return Ok(false);
        }
        for (name, fresh) in read.series.iter().filter(|(_, fresh)| fresh.is_young) {
            if let Some(Some(files)) = seen.series.get(name)
                && !fresh.is_there(files, &[])?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps what was read.
    pub(super) fn keep(&mut self, read: Read) -> Difference {
        let strays = self.strays();
        let (mut parts_read, gone) = (0, read.gone.len());
        for name in read.gone {
            self.series.remove(&name);
        }
        for (name, fresh) in read.series {
            parts_read += usize::from(fresh.value().is_some());
            if let Some(known) = self.series.get_mut(&name) {
                known.renew(fresh);
            } else if let Some(known) = fresh.known() {
                self.series.insert(name, known);
            }
        }
        if let Some(fresh) = read.ground {
            parts_read += usize::from(fresh.value().is_some());
            self.ground.renew(fresh);
        }
        let strays = strays != self.strays();
        if strays {
            self.ground.stamps = None;
        }
        Difference { parts_read, gone, strays }
    }

    /// Files of the ground that are in series' folders; any is a mistake.
    fn strays(&self) -> Vec<SourceFile> {
        self.series.values().flat_map(|known| known.value.strays.iter().cloned()).collect()
    }

    /// How many files all parts have.
    pub(super) fn files(&self) -> usize {
        self.ground.files + self.series.values().map(|known| known.files).sum::<usize>()
    }

    /// The parts by their names, in order: first the ground, whose name is empty, then the series.
    pub(super) fn digests(&self) -> impl Iterator<Item = (&str, &Digest)> {
        let series = self.series.iter().map(|(name, known)| (name.as_str(), &known.bytes));
        [("", &self.ground.bytes)].into_iter().chain(series)
    }

    /// Which content it is.
    pub(super) fn revision(&self) -> Revision {
        Revision::of(self.digests())
    }

    /// The community of all parts, or all mistakes.
    pub(super) fn join(&self) -> Result<Community, Diagnostics> {
        let series = self.series.values().filter_map(|known| known.value.part.as_ref());
        content::join(&self.ground.value, series)
    }
}

impl Read {
    /// Whether there was nothing to read.
    pub(super) fn is_nothing(&self) -> bool {
        self.ground.is_none() && self.series.is_empty() && self.gone.is_empty()
    }

    /// The parts of which the stamps tell nothing yet.
    pub(super) fn young(&self) -> Scope {
        let mut scope = Scope::default();
        if self.ground.as_ref().is_some_and(|fresh| fresh.is_young) {
            scope.add_ground();
        }
        for (name, _) in self.series.iter().filter(|(_, fresh)| fresh.is_young) {
            scope.add_series(name);
        }
        scope
    }
}
