//! Everything that is published at one moment as files have it, one document after the other: whoever
//! writes the tree of ten thousand series has but one of its documents in memory.

use super::{Document, Found, documents, find, leading_on, redirects};
use crate::model::Community;
use crate::schedule::AsOf;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Everything that is published at one moment, of which nothing is rendered yet.
///
/// It is what [`build`](super::build) has, with a page at each path that leads on.
pub struct Tree<'c> {
    community: &'c Community,
    as_of: AsOf,
    paths: BTreeSet<String>,
    /// Paths that lead on, and where to.
    leads: Vec<(String, String)>,
}

/// A document of the tree.
pub struct Leaf {
    /// Its path, which begins with `/`.
    pub path: String,
    /// Where that leads on to; none where the document is its own.
    pub leads_to: Option<String>,
    /// What is there.
    pub document: Document,
}

impl<'c> Tree<'c> {
    /// What is published of the community at that moment.
    pub fn of(community: &'c Community, now: DateTime<Utc>) -> Tree<'c> {
        let as_of = AsOf::new(now);
        let paths: BTreeSet<String> = documents(community, &as_of).map(|(path, _)| path).collect();
        let leads = redirects(community, paths.iter()).into_iter();
        let leads = leads.filter(|(path, _)| !paths.contains(path)).collect();
        Tree { community, as_of, paths, leads }
    }

    /// The paths of all documents, in order, and then those that lead on, each with whether it does.
    pub fn paths(&self) -> impl Iterator<Item = (&str, bool)> {
        let paths = self.paths.iter().map(|path| (path.as_str(), false));
        paths.chain(self.leads.iter().map(|(path, _)| (path.as_str(), true)))
    }

    /// How many paths there are, those included at which something is gone.
    pub fn count(&self) -> usize {
        let is_elsewhere = |path: &&String| {
            self.paths.contains(*path) || self.leads.iter().any(|(from, _)| from == *path)
        };
        let gone = self.community.site.gone.iter().filter(|path| !is_elsewhere(path));
        self.paths.len() + self.leads.len() + gone.collect::<BTreeSet<_>>().len()
    }

    /// The documents in no order, each rendered when it is asked for; those that lead on are the last.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf> {
        let own = documents(self.community, &self.as_of).map(|(path, recipe)| {
            let document = recipe.render(&self.as_of);
            Leaf { path, leads_to: None, document }
        });
        own.chain(self.leads.iter().map(|(path, to)| Leaf {
            path: path.clone(),
            leads_to: Some(to.clone()),
            document: self.leading_on(to),
        }))
    }

    /// The document at that path; none where that leads on.
    pub fn document(&self, path: &str) -> Option<Document> {
        match find(self.community, path, &self.as_of)? {
            Found::Document(recipe) => Some(recipe.render(&self.as_of)),
            Found::Redirect(_) | Found::Gone => None,
        }
    }

    /// The page at a path that leads on to another, or what the other has where nobody reads pages.
    pub fn leading_on(&self, to: &str) -> Document {
        leading_on(self.community, to, self.document(to))
    }

    /// The next moment at which any byte of what was rendered differs.
    pub fn stale_at(&self) -> Option<DateTime<Utc>> {
        self.as_of.stale_at()
    }
}
