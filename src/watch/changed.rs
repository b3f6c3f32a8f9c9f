//! What may have changed.

use std::collections::BTreeSet;

/// With more paths than these the whole folder is looked at instead.
const LIMIT: usize = 1000;

/// What of the content folder may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// What is at these paths within the folder, with `/` between the parts; each is a file's, or a
    /// folder's with all that is in it.
    Paths(BTreeSet<String>),
    /// Any of it.
    Everything,
}

impl Changed {
    /// Adds a path.
    pub(super) fn add(&mut self, path: String) {
        if let Changed::Paths(paths) = self {
            paths.insert(path);
            if paths.len() > LIMIT {
                *self = Changed::Everything;
            }
        }
    }
}

impl Default for Changed {
    /// Nothing.
    fn default() -> Changed {
        Changed::Paths(BTreeSet::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_paths_are_everything() {
        let mut changed = Changed::default();
        for i in 0..LIMIT {
            changed.add(i.to_string());
        }
        assert!(matches!(&changed, Changed::Paths(paths) if paths.len() == LIMIT));
        changed.add("0".to_owned());
        assert!(matches!(changed, Changed::Paths(_)), "it is known already");
        changed.add("one more".to_owned());
        changed.add("and another".to_owned());
        assert_eq!(changed, Changed::Everything);
    }
}
