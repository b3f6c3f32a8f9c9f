//! The whole published output at one moment.

use super::Document;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The whole published output at one moment: every path and what is served there.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) resources: BTreeMap<String, Resource>,
    pub(super) stale_at: Option<DateTime<Utc>>,
}

/// What is served at one path.
#[derive(Clone, Debug)]
pub enum Resource {
    /// A body.
    Document(Document),
    /// Another path has it, for good.
    Redirect {
        /// That path.
        to: String,
        /// What a static host that cannot redirect serves instead.
        page: Document,
    },
    /// What was here is no longer published anywhere.
    Gone,
}

impl Snapshot {
    /// What is served at a path that begins with `/`.
    pub fn get(&self, path: &str) -> Option<&Resource> {
        self.resources.get(path)
    }

    /// Every path and what is served there, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.resources.iter().map(|(path, resource)| (path.as_str(), resource))
    }

    /// The next moment at which any byte differs; none where nothing will.
    pub fn stale_at(&self) -> Option<DateTime<Utc>> {
        self.stale_at
    }
}
