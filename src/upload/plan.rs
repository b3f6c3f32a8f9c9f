//! What is to be done so that a store has what is published: a pure function of both.

use super::manifest::{Known, Manifest};
use super::object::{Object, Rank};
use std::collections::{BTreeMap, BTreeSet};

/// What a store has by now.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// What its manifest says.
    pub(super) manifest: Manifest,
    /// The objects of the manifest that are not there.
    pub(super) missing: BTreeSet<String>,
    /// Objects that are there under names that are to be published, and not in the manifest.
    pub(super) foreign: BTreeSet<String>,
}

/// What is to be done, in this order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Groups of names to write: first what is not there yet, then what is; within both, what leads
    /// to others after them. All of a group may be written at once.
    pub(super) write: Vec<Vec<String>>,
    /// Names to remove, once everything is written.
    pub(super) remove: Vec<String>,
    /// How many objects stay as they are.
    pub(super) unchanged: usize,
}

impl Plan {
    /// How the store comes to have these objects.
    ///
    /// What is new is written before anything that links to it, and what is old is removed after
    /// everything that linked to it, wherever the work is cut off.
    pub(super) fn new(objects: &BTreeMap<String, Object>, present: &Present) -> Plan {
        let mut groups: BTreeMap<(bool, Rank), Vec<String>> = BTreeMap::new();
        let mut unchanged = 0;
        for (name, object) in objects {
            let known = present.manifest.get(name);
            let is_there = match known {
                Some(_) => !present.missing.contains(name),
                None => present.foreign.contains(name),
            };
            if is_there && known.is_some_and(|known| known.digest == Some(object.digest)) {
                unchanged += 1;
            } else {
                groups.entry((is_there, object.rank)).or_default().push(name.clone());
            }
        }
        let old = present.manifest.keys().filter(|name| !objects.contains_key(*name));
        Plan { write: groups.into_values().collect(), remove: old.cloned().collect(), unchanged }
    }

    /// Every name that is to be written or removed.
    pub(super) fn touched(&self) -> impl Iterator<Item = &String> {
        self.write.iter().flatten().chain(&self.remove)
    }

    /// Whether nothing is to be done.
    pub(super) fn is_nothing(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty()
    }
}

/// The manifest once everything is as it is to be.
pub(super) fn manifest_of(objects: &BTreeMap<String, Object>) -> Manifest {
    let known = |object: &Object| Known { digest: Some(object.digest), length: object.length };
    objects.iter().map(|(name, object)| (name.clone(), known(object))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::manifest::PENDING;
    use super::super::object::{Digest, Headers};
    use super::*;
    use crate::publish::{Coding, Document};

    fn object(name: &str, text: &str) -> (String, Object) {
        let document = Document::new("text/html", text.to_owned());
        let digest = Digest::of(&document, &Headers::of("/", "text/html", Coding::Identity));
        let object = Object {
            path: format!("/{name}"),
            leads_to: None,
            coding: Coding::Identity,
            digest,
            length: Some(text.len() as u64),
            rank: Rank::of(name),
        };
        (name.to_owned(), object)
    }

    const LEAF: &str = "meetings/a/2026-11-26/index.html";
    const NEXT: &str = "meetings/a/2026-12-03/index.html";
    const LIST: &str = "meetings/a/index.html";
    const ROOT: &str = "index.html";

    fn objects(names: &[(&str, &str)]) -> BTreeMap<String, Object> {
        names.iter().map(|(name, text)| object(name, text)).collect()
    }

    fn present(names: &[(&str, &str)]) -> Present {
        Present { manifest: manifest_of(&objects(names)), ..Present::default() }
    }

    fn check(objects: &BTreeMap<String, Object>, present: &Present, write: &[&[&str]]) -> Plan {
        let plan = Plan::new(objects, present);
        assert_eq!(plan.write, write);
        plan
    }

    #[test]
    fn an_empty_store_gets_leaves_then_lists_then_the_root() {
        let all = objects(&[(ROOT, "r"), (LIST, "l"), (LEAF, "a"), (NEXT, "b")]);
        check(&all, &Present::default(), &[&[LEAF, NEXT], &[LIST], &[ROOT]]);
    }

    #[test]
    fn what_is_new_goes_before_what_changed_and_what_is_old_last() {
        let before = present(&[(ROOT, "r"), (LIST, "l"), (LEAF, "a"), ("old.html", "o")]);
        let after = objects(&[(ROOT, "r"), (LIST, "l2"), (LEAF, "a2"), (NEXT, "b")]);
        let plan = check(&after, &before, &[&[NEXT], &[LEAF], &[LIST]]);
        assert_eq!((plan.remove, plan.unchanged), (vec!["old.html".to_owned()], 1));
    }

    #[test]
    fn what_a_run_left_undone_is_written_and_first_where_it_is_not_there() {
        let all = objects(&[(LIST, "l"), (LEAF, "a"), (NEXT, "b")]);
        let mut before = present(&[(LIST, "l")]);
        before.manifest.extend([(LEAF.to_owned(), PENDING), (NEXT.to_owned(), PENDING)]);
        before.missing.insert(NEXT.to_owned());
        check(&all, &before, &[&[NEXT], &[LEAF]]);
    }

    #[test]
    fn what_somebody_removed_is_written_again_and_what_others_put_there_stays() {
        let all = objects(&[(LIST, "l"), (LEAF, "a")]);
        let mut before = present(&[(LIST, "l"), (LEAF, "a")]);
        assert!(check(&all, &before, &[]).is_nothing());
        before.missing.insert(LEAF.to_owned());
        assert_eq!(check(&all, &before, &[&[LEAF]]).remove, Vec::<String>::new());
    }
}
