//! The organisation, its pages and its holidays.

use super::{Color, Concern, Domain, Line, Link, Markdown, Series, Slug, Zone};
use chrono::NaiveDate;
use std::sync::Arc;

/// Everything there is to publish: the whole content folder, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// The organisation.
    pub site: Site,
    /// The pages; the one at `/` is the community page and always there.
    pub pages: Vec<Page>,
    /// The series, by slug; each is shared with every community that has the very same.
    pub series: Vec<Arc<Series>>,
    /// The lists of holidays, by slug.
    pub holidays: Vec<Holidays>,
}

impl Community {
    /// The series with that slug.
    pub fn series_named(&self, slug: &str) -> Option<&Series> {
        let found = self.series.binary_search_by(|series| series.slug.as_str().cmp(slug));
        found.ok().and_then(|i| self.series.get(i)).map(Arc::as_ref)
    }

    /// The series, by slug.
    pub fn all_series(&self) -> impl Iterator<Item = &Series> + Clone {
        self.series.iter().map(Arc::as_ref)
    }
}

/// The organisation, from `site.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What it is called.
    pub name: Line,
    /// Its short name; the whole calendar is `/<slug>.ics`.
    pub slug: Slug,
    /// One sentence on it.
    pub description: Line,
    /// Public address of the service, without a slash at its end.
    pub url: Link,
    /// The domain of every UID and guid; it never changes.
    pub uid_domain: Domain,
    /// The zone of slots that name none.
    pub zone: Zone,
    /// A BCP 47 language tag, such as `en`.
    pub language: Line,
    /// What calendars show its meetings in.
    pub color: Option<Color>,
    /// What its authors do not want to be warned of, in all series, sorted.
    pub quiet: Vec<Concern>,
    /// Feeds of others worth following.
    pub follow: Vec<Follow>,
    /// Addresses that something published had before.
    pub moved: Vec<Moved>,
    /// Addresses of what is no longer published, each beginning with `/`.
    pub gone: Vec<String>,
}

impl Site {
    /// The absolute address of a path that begins with `/`.
    pub fn absolute(&self, path: &str) -> String {
        [self.url.as_str(), path].concat()
    }
}

/// Somebody else's feed, listed for readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Follow {
    /// What it is called.
    pub title: Line,
    /// The feed's address.
    pub feed: Link,
    /// The page it belongs to.
    pub page: Option<Link>,
}

/// An address that something published had before; both begin with `/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The old path; where it ends in `/`, everything below it has moved too.
    pub from: String,
    /// The path it has now.
    pub to: String,
}

impl Moved {
    /// Where this leads a path, if it does, and whether that very path is named: below one that ends in
    /// `/` everything leads to the same below the other.
    pub fn lead(&self, path: &str) -> Option<(String, bool)> {
        if self.from == path {
            return Some((self.to.clone(), true));
        }
        let rest = path.strip_prefix(self.from.as_str()).filter(|_| self.from.ends_with('/'))?;
        self.to.ends_with('/').then(|| ([self.to.as_str(), rest].concat(), false))
    }
}

/// A page of the community's own text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Where it is served: `/` for `community.md`, else `/<file name>/`.
    pub path: String,
    /// Its heading.
    pub title: Line,
    /// Other paths that lead to it, each beginning with `/`.
    pub aliases: Vec<String>,
    /// Whether it shows a table of contents.
    pub toc: bool,
    /// Its text.
    pub body: Markdown,
}

/// A list of holidays, from `holidays/<slug>.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Holidays {
    /// The file's name.
    pub slug: Slug,
    /// The days, in order.
    pub days: Vec<Holiday>,
}

/// One holiday.
#[derive(Clone, Debug, PartialEq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: Line,
}
