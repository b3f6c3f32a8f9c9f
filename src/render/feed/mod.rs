//! Feeds of what became known of meetings: what is in them, whatever the format; a file each for
//! the formats.

mod entry;
pub mod rss;

pub use entry::Entry;

use super::Scope;
use crate::schedule::{AsOf, Fact, Version, facts, newest_first};
use chrono::{DateTime, Utc};

/// The most entries that a feed has; the rest is on the pages.
const MOST: usize = 50;

/// A feed, before it is written in any format.
#[derive(Clone, Debug)]
pub struct Feed<'a> {
    /// What it is about.
    pub scope: Scope<'a>,
    /// What readers list it under.
    pub title: String,
    /// One sentence on it.
    pub description: String,
    /// The absolute address of the page it belongs to.
    pub home: String,
    /// The newest entry's moment; without entries, when the definition last changed.
    pub updated: Option<DateTime<Utc>>,
    /// The newest first, 50 at the most.
    pub entries: Vec<Entry<'a>>,
}

impl<'a> Feed<'a> {
    /// The feed of a scope.
    pub fn of(scope: &Scope<'a>, as_of: &AsOf) -> Feed<'a> {
        let mut known: Vec<Fact<'a>> =
            scope.series().flat_map(|series| facts(series, as_of)).collect();
        known.sort_by_cached_key(newest_first);
        known.truncate(MOST);
        let entries: Vec<_> = known.iter().map(|fact| Entry::of(scope.site(), fact)).collect();
        let updated = entries.first().map(|entry| entry.published);
        let (title, description) = words(scope);
        Feed {
            scope: *scope,
            title,
            description,
            home: scope.site().absolute(&scope.home()),
            updated: updated.or_else(|| last_change(scope, as_of)),
            entries,
        }
    }
}

/// When anything of the scope last changed, as far as that is past.
fn last_change(scope: &Scope<'_>, as_of: &AsOf) -> Option<DateTime<Utc>> {
    let changes = scope.series().map(Version::newest_of);
    changes.filter(|change| as_of.reached(*change)).max()
}

fn words(scope: &Scope<'_>) -> (String, String) {
    match scope {
        Scope::Community(_) => {
            (format!("{} meetings", scope.title()), scope.site().description.to_string())
        }
        Scope::Series(..) | Scope::Tag(..) => {
            let (title, name) = (scope.title(), &scope.site().name);
            (title.clone(), format!("Agendas, changes and recordings of {title}, by {name}."))
        }
    }
}
