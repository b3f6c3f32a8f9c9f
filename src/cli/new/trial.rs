//! Whether answers make content without mistakes: each is tried as it is given.

use crate::content::edit::{NewCommunity, NewSeries};
use crate::content::{Diagnostics, Ground, Part, SeriesPart, SourceFile, join, part_of};
use crate::model::Slug;
use std::collections::BTreeSet;

/// What a new series would be part of.
pub(super) struct Trial {
    ground: Ground,
    /// The short names of the series there are.
    taken: BTreeSet<Slug>,
}

impl Trial {
    /// The content of those files, in which are no mistakes.
    pub(super) fn of(files: &[SourceFile]) -> Trial {
        let mut ground = Vec::new();
        let mut taken = BTreeSet::new();
        for file in files {
            match part_of(&file.path) {
                Part::Series(name) => taken.extend(Slug::new(name)),
                Part::Ground => ground.push(file.clone()),
            }
        }
        Trial { ground: Ground::read(&ground), taken }
    }

    /// A short name made of the title that no series has.
    pub(super) fn short_name(&self, title: &str) -> Option<Slug> {
        Slug::of_title(title)?.free(&self.taken)
    }

    /// Whether the series would have no mistake in the lines of those keys, or none at all where no key
    /// is named.
    ///
    /// # Errors
    /// The first one, and how to mend it.
    pub(super) fn series(&self, series: &NewSeries, keys: &[&str]) -> Result<(), String> {
        let file = series.file();
        if self.taken.contains(&series.slug) {
            return Err(format!("`{}` is there already: give another short name", file.path));
        }
        let part = SeriesPart::read(series.slug.as_str(), &[file], &self.ground);
        join(&self.ground, [&part]).map(drop).or_else(|mistakes| first_at(&mistakes, keys))
    }
}

/// The same of a community.
///
/// # Errors
/// As [`Trial::series`].
pub(super) fn community(new: &NewCommunity, keys: &[&str]) -> Result<(), String> {
    let ground = Ground::read(&new.files());
    join(&ground, []).map(drop).or_else(|mistakes| first_at(&mistakes, keys))
}

fn first_at(mistakes: &Diagnostics, keys: &[&str]) -> Result<(), String> {
    let has_key = |line: &str| keys.iter().any(|key| line.starts_with(&format!("{key} = ")));
    let is_there = |line: &Option<String>| keys.is_empty() || line.as_deref().is_some_and(has_key);
    match mistakes.iter().find(|mistake| is_there(&mistake.source_line)) {
        Some(mistake) => Err(format!("{}: {}", mistake.message, mistake.help)),
        None => Ok(()),
    }
}
