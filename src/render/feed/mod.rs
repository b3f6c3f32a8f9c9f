//! Feeds of what became known of meetings, and of reminders: what is in them, whatever the format;
//! a file each for the formats.

pub mod atom;
mod body;
mod entry;
pub mod json;
mod news;
mod reminder;
pub mod rss;

pub use entry::{Category, Entry};

use super::{Locale, Scope};
use crate::model::Site;
use crate::schedule::{AsOf, Fact, Version, newest_facts, reminders};
use chrono::{DateTime, Utc};
use std::cell::OnceCell;

/// The most entries that a feed has; the rest is on the pages.
pub const MOST_ENTRIES: usize = 50;

/// The most octets that a feed has in any format, and how many of them are left for its head.
const MOST_BYTES: usize = 256 * 1024;
const HEAD: usize = 32 * 1024;

/// Both feeds of a scope, each found when it is first wanted.
#[derive(Clone, Debug)]
pub struct Feeds<'a> {
    scope: Scope<'a>,
    news: OnceCell<Feed<'a>>,
    reminders: OnceCell<Feed<'a>>,
}

impl<'a> Feeds<'a> {
    /// The feeds of a scope.
    pub fn of(scope: Scope<'a>) -> Feeds<'a> {
        Feeds { scope, news: OnceCell::new(), reminders: OnceCell::new() }
    }

    /// What became known; all who ask for it have to ask at one moment.
    pub fn news(&self, as_of: &AsOf) -> &Feed<'a> {
        self.news.get_or_init(|| Feed::of(Kind::News, &self.scope, as_of))
    }

    /// What is about to begin, likewise.
    pub fn reminders(&self, as_of: &AsOf) -> &Feed<'a> {
        self.reminders.get_or_init(|| Feed::of(Kind::Reminders, &self.scope, as_of))
    }
}

/// A feed, before it is written in any format.
#[derive(Clone, Debug)]
pub struct Feed<'a> {
    /// What it tells.
    pub kind: Kind,
    /// What it is about.
    pub scope: Scope<'a>,
    /// Its identity for all time (RFC 4151), the same in every format.
    pub id: String,
    /// What readers list it under.
    pub title: String,
    /// One sentence on it.
    pub description: String,
    /// The absolute address of the page it belongs to.
    pub home: String,
    /// When the last of its entries was updated; without entries, when the definition last changed.
    pub updated: Option<DateTime<Utc>>,
    /// The newest first: 50 at the most, and no more than fit into 256 KiB in every format.
    pub entries: Vec<Entry>,
}

/// What a feed tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Agendas, changes, minutes and recordings, for people.
    News,
    /// Reminders of the next meetings, for bots that post them where people talk.
    Reminders,
}

impl Kind {
    /// Where it is served for a scope: `/meetings/oci-weekly/feed.xml`.
    pub fn path(self, scope: &Scope<'_>, extension: &str) -> String {
        format!("{}{}.{extension}", scope.folder(), self.stem())
    }

    fn stem(self) -> &'static str {
        match self {
            Kind::News => "feed",
            Kind::Reminders => "reminders",
        }
    }

    fn entries(self, scope: &Scope<'_>, as_of: &AsOf) -> Vec<Entry> {
        let site = scope.site();
        match self {
            Kind::News => {
                let newest = newest_facts(scope.series(), MOST_ENTRIES, as_of);
                that_fit(site, newest.iter().map(|fact| news::entry(site, fact, as_of)))
            }
            Kind::Reminders => {
                let come = reminders(scope.series(), MOST_ENTRIES, as_of);
                that_fit(site, come.iter().map(|reminder| reminder::entry(site, reminder, as_of)))
            }
        }
    }

    /// Title and description.
    fn words(self, scope: &Scope<'_>) -> (String, String) {
        let (title, name) = (scope.title(), scope.site().name.as_str());
        let words = &scope.locale().feeds;
        match (self, scope) {
            (Kind::News, Scope::Community(_)) => {
                ((words.title)(&title), scope.site().description.to_string())
            }
            (Kind::News, _) => {
                let description = (words.description)(&title, name);
                (title, description)
            }
            (Kind::Reminders, _) => {
                ((words.reminders_title)(&title), (words.reminders_description)(&title, name))
            }
        }
    }
}

impl<'a> Feed<'a> {
    /// The feed of a scope.
    pub fn of(kind: Kind, scope: &Scope<'a>, as_of: &AsOf) -> Feed<'a> {
        let entries = kind.entries(scope, as_of);
        let updated = entries.iter().map(|entry| entry.updated).max();
        let (title, description) = kind.words(scope);
        Feed {
            kind,
            scope: *scope,
            id: id(kind, scope),
            title,
            description,
            home: scope.site().absolute(&scope.home()),
            updated: updated.or_else(|| last_change(scope, as_of)),
            entries,
        }
    }

    /// The absolute address of the document with that extension.
    pub fn address(&self, extension: &str) -> String {
        self.scope.site().absolute(&self.kind.path(&self.scope, extension))
    }
}

/// What tells the entry of that fact from all others of its meeting: the end of its id.
pub fn name_of(fact: &Fact<'_>) -> String {
    news::name(fact)
}

/// The title of the entry that tells that fact.
pub fn title_of(site: &Site, fact: &Fact<'_>) -> String {
    news::title(Locale::of(site), fact)
}

/// The sentence of the entry that tells that fact.
pub fn sentence_of(site: &Site, fact: &Fact<'_>) -> String {
    news::sentence(Locale::of(site), fact)
}

/// A `tag:` URI without anything in it that could change. RFC 4151 wants a date on which the domain
/// had its owner: this one is fixed, and no entry's id is as short.
fn id(kind: Kind, scope: &Scope<'_>) -> String {
    let folder = scope.folder();
    format!(
        "tag:{},2026:{}{}",
        scope.site().uid_domain,
        folder.trim_start_matches('/'),
        kind.stem()
    )
}

/// As many entries from the first as fit into a feed in every format.
fn that_fit(site: &Site, entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut left = MOST_BYTES - HEAD;
    let fits = |entry: &Entry| match left.checked_sub(entry.weight(site)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    entries.take_while(fits).collect()
}

/// When anything of the scope last changed, as far as that is past.
fn last_change(scope: &Scope<'_>, as_of: &AsOf) -> Option<DateTime<Utc>> {
    let changes = scope.series().map(Version::newest_of);
    changes.filter(|change| as_of.reached(*change)).max()
}
