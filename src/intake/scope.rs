//! Which parts of the content to look at.

use crate::content::{Part, part_of};
use crate::store::is_content_name;
use crate::watch::Changed;
use std::collections::BTreeSet;

/// The parts of the content that a change may be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Some of them.
    Some {
        /// What all series share.
        ground: bool,
        /// The names of series' folders, be they there or not.
        series: BTreeSet<String>,
    },
    /// All of them.
    All,
}

impl Default for Scope {
    /// None.
    fn default() -> Scope {
        Scope::Some { ground: false, series: BTreeSet::new() }
    }
}

impl Scope {
    /// Adds the parts in which something may have changed.
    pub(super) fn add(&mut self, changed: &Changed) {
        match changed {
            Changed::Everything => *self = Scope::All,
            Changed::Paths(paths) => paths.iter().for_each(|path| self.add_path(path)),
        }
    }

    fn add_path(&mut self, path: &str) {
        match path.split('/').collect::<Vec<_>>().as_slice() {
            [] | [""] | ["meetings"] => *self = Scope::All,
            // A folder, or a file that has no place here.
            ["meetings", name] => {
                self.add_series(name);
                if is_content_name(name) {
                    self.add_ground();
                }
            }
            // What is deeper than it should be is listed with its series.
            ["meetings", name, ..] => self.add_series(name),
            _ => self.add_ground(),
        }
    }

    pub(super) fn add_ground(&mut self) {
        if let Scope::Some { ground, .. } = self {
            *ground = true;
        }
    }

    pub(super) fn add_series(&mut self, name: &str) {
        if let Scope::Some { series, .. } = self {
            series.insert(name.to_owned());
        }
    }
}

/// Whether a file that is listed with a series' folder is deeper in it than a series' file can be.
pub(super) fn is_stray(path: &str) -> bool {
    part_of(path) == Part::Ground
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(paths: &[&str]) -> Scope {
        let mut scope = Scope::default();
        scope.add(&Changed::Paths(paths.iter().map(|&path| path.to_owned()).collect()));
        scope
    }

    fn some(ground: bool, series: &[&str]) -> Scope {
        Scope::Some { ground, series: series.iter().map(|&name| name.to_owned()).collect() }
    }

    #[test]
    fn a_path_is_in_one_part() {
        assert_eq!(scope(&["meetings/a/series.md", "meetings/a/x/y.md"]), some(false, &["a"]));
        assert_eq!(scope(&["meetings/b"]), some(false, &["b"]));
        assert_eq!(scope(&["site.toml", "holidays"]), some(true, &[]));
        assert_eq!(scope(&["meetings/b.md"]), some(true, &["b.md"]), "a file, or a folder");
        assert_eq!(scope(&["meetings"]), Scope::All);
        assert_eq!(scope(&["meetings/a/series.md", ""]), Scope::All);
    }
}
