//! Whose a path is: Convene's own come before all others, and no path is claimed twice.
//!
//! Nothing of the content may be at a path, or lead from one, where Convene serves something itself: one
//! of the two would never be seen.

use super::source::{Spot, quote};
use super::{Diagnostic, moment};
use crate::model::{Local, Series, Site, Slug};
use crate::schedule::falls_on;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// First parts of paths below which everything is Convene's own.
const FOLDERS: [&str; 4] = ["api", "archive", "calendar", "embed"];

/// What is there once, at the root.
const AT_ROOT: [&str; 14] = [
    "embed.js",
    "follow.opml",
    "healthz",
    "icon.svg",
    "meetings",
    "metrics",
    "page.js",
    "readyz",
    "robots.txt",
    "sitemap.xml",
    "status",
    "status.json",
    "style.css",
    "tags",
];

/// What the community, each series and each tag have in their folder.
const IN_EACH_FOLDER: [&str; 8] = [
    "feed.atom",
    "feed.json",
    "feed.xml",
    "next.json",
    "next.svg",
    "reminders.atom",
    "reminders.json",
    "reminders.xml",
];

/// How the names of calendars end.
const CALENDARS: [&str; 4] = ["ics", "jcal.json", "jscal.json", "xcal.xml"];

/// A path that something in the content wants.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// Where it says so.
    pub(super) spot: Spot,
    /// The path, which begins with `/`.
    pub(super) path: String,
    /// What wants it.
    pub(super) by: Claimant,
}

/// What wants a path; the order is that of their rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claimant {
    /// A page, by the name of its file.
    Page,
    /// Another path of a page.
    Alias,
    /// `from` of a `[[moved]]`, or a path of `gone`.
    OldAddress,
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = quote(self.spot.path());
        match self.by {
            Claimant::Page => write!(f, "the page {file}"),
            Claimant::Alias => write!(f, "an alias in {file}"),
            Claimant::OldAddress => write!(f, "an old address in {file}"),
        }
    }
}

/// What Convene's own paths follow from, as far as it could be read.
pub(super) struct Own<'a> {
    /// The community, whose slug names the calendar of all meetings.
    pub(super) site: Option<&'a Site>,
    /// The series.
    pub(super) series: &'a [Arc<Series>],
}

/// The mistake of every path that is not free; a slash at its end makes no difference.
pub(super) fn check(claims: &[Claim], own: &Own<'_>) -> Vec<Diagnostic> {
    let mut claims: Vec<&Claim> = claims.iter().collect();
    claims.sort_by_key(|claim| claim.by);
    let mut taken: BTreeMap<&str, &Claim> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for claim in claims {
        let path = claim.path.trim_end_matches('/');
        if own.has(path) {
            mistakes.extend(refused(claim));
        } else if let Some(before) = taken.get(path) {
            let message = format!("the path {} is taken", quote(&claim.path));
            let help = format!("it is {before}; leave one of them out");
            mistakes.extend(claim.spot.mistake(message, help));
        } else {
            taken.insert(path, claim);
        }
    }
    mistakes
}

fn refused(claim: &Claim) -> Option<Diagnostic> {
    let (message, help) = match (claim.by, claim.path.as_str()) {
        (Claimant::Page, path) => {
            (format!("the path {} is Convene's own", quote(path)), "give the file another name")
        }
        (_, "/") => ("`/` is the community page".to_owned(), "leave it out"),
        (_, path) => (format!("{} is Convene's own path", quote(path)), "leave it out"),
    };
    claim.spot.mistake(message, help.to_owned())
}

impl Own<'_> {
    /// Whether Convene serves something at that path, which has no slash at its end.
    fn has(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts.as_slice() {
            [] => true,
            [first, ..] if FOLDERS.contains(first) => true,
            [name] => {
                let calendar = |slug: &Site| is_calendar(name, slug.slug.as_str());
                AT_ROOT.contains(name)
                    || is_part_of_sitemap(name)
                    || IN_EACH_FOLDER.contains(name)
                    || is_calendar(name, "calendar")
                    || self.site.is_some_and(calendar)
            }
            ["meetings", name] => self
                .series
                .iter()
                .any(|s| s.slug.as_str() == *name || is_calendar(name, s.slug.as_str())),
            ["tags", name] => self.tags().any(|tag| is_calendar(name, tag.as_str())),
            ["tags", tag, file] => {
                IN_EACH_FOLDER.contains(file) && self.tags().any(|known| known.as_str() == *tag)
            }
            ["meetings", slug, name, rest @ ..] => {
                let series = self.series.iter().find(|series| series.slug.as_str() == *slug);
                series.is_some_and(|series| is_of_series(series, name, rest))
            }
            _ => false,
        }
    }

    fn tags(&self) -> impl Iterator<Item = &Slug> {
        self.series.iter().flat_map(|series| &series.tags)
    }
}

/// A long list of pages is in several files.
fn is_part_of_sitemap(name: &str) -> bool {
    let number = name.strip_prefix("sitemap-").and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

fn is_calendar(name: &str, stem: &str) -> bool {
    let ending = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
    ending.is_some_and(|ending| CALENDARS.contains(&ending))
}

/// Whether a name in the folder of a series is a feed, or the day of a meeting and what belongs to it.
fn is_of_series(series: &Series, name: &str, rest: &[&str]) -> bool {
    match rest {
        [] if IN_EACH_FOLDER.contains(&name) => true,
        [] | ["event.ics"] => moment::file_stem(name).is_some_and(|day| is_on(series, day)),
        _ => false,
    }
}

fn is_on(series: &Series, day: Local) -> bool {
    let date = day.date();
    series.slots.iter().any(|slot| falls_on(slot, date))
        || series.added.keys().any(|start| start.date() == date)
}
