//! The heart: content and a moment in, every published byte out.

use super::find::{MOST_MOVES, led};
use super::recipe::{HTML, Recipe};
use super::{Document, Resource, Snapshot, formats, meetings, months, once, pages};
use crate::model::{Community, Moved, Site};
use crate::render::html;
use crate::schedule::AsOf;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is published of the community at that moment.
///
/// A function of its arguments and the bundled tz data alone: `build(c, t)` equals `build(c, u)`
/// for every `u` from `t` until the snapshot's `stale_at`.
pub fn build(community: &Community, as_of: DateTime<Utc>) -> Snapshot {
    let as_of = AsOf::new(as_of);
    let mut resources: BTreeMap<_, _> = documents(community, &as_of)
        .map(|(path, recipe)| (path, Resource::Document(recipe.render(&as_of))))
        .collect();
    let redirects = redirects(community, resources.keys());
    for (alias, to) in redirects {
        let document = match resources.get(&to) {
            Some(Resource::Document(document)) => Some(document.clone()),
            _ => None,
        };
        let page = leading_on(community, &to, document);
        resources.entry(alias).or_insert(Resource::Redirect { to, page });
    }
    for path in &community.site.gone {
        resources.entry(path.clone()).or_insert(Resource::Gone);
    }
    Snapshot { resources, stale_at: as_of.stale_at() }
}

/// Every path that has a document, and how that is rendered; one after the other, so that whoever
/// needs few of them has no more to wait for.
pub fn documents<'c>(
    community: &'c Community,
    as_of: &'c AsOf,
) -> impl Iterator<Item = (String, Recipe<'c>)> {
    let meetings =
        community.all_series().flat_map(move |series| meetings::all(community, series, as_of));
    once::all(community)
        .into_iter()
        .chain(formats::all(community))
        .chain(lazy(move || months::all(community, as_of)))
        .chain(meetings)
        .chain(lazy(move || pages::all(community, as_of)))
}

/// The items of an iterator that is made when the first of them is wanted.
fn lazy<I: Iterator>(make: impl FnOnce() -> I) -> impl Iterator<Item = I::Item> {
    std::iter::once_with(make).flatten()
}

/// Paths that lead on, and where to: pages' aliases and what was moved. `paths` are those of all
/// documents, which go before paths that lead on.
pub fn redirects<'p>(
    community: &Community,
    paths: impl Iterator<Item = &'p String>,
) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (alias, to) in aliases(community).chain(moved(&community.site, paths)) {
        all.entry(alias).or_insert(to);
    }
    all
}

/// What a static host, which cannot redirect, has at a path that leads on to the document at `to`.
pub fn leading_on(community: &Community, to: &str, document: Option<Document>) -> Document {
    // A client that follows a calendar or a feed cannot read a page.
    let same = document.filter(|document| document.media_type() != HTML);
    same.unwrap_or_else(|| Document::new(HTML, html::redirect(community, to)))
}

/// Old paths and where they lead: each `[[moved]]` and, below one that ends in `/`, everything that
/// is published below the new one, or leads on there.
fn moved<'p>(site: &Site, paths: impl Iterator<Item = &'p String>) -> Vec<(String, String)> {
    if site.moved.is_empty() {
        return Vec::new();
    }
    let there: BTreeSet<&str> = paths.map(String::as_str).collect();
    let mut old: BTreeSet<String> = site.moved.iter().map(|moved| moved.from.clone()).collect();
    for _ in 0..MOST_MOVES {
        let known = || there.iter().copied().chain(old.iter().map(String::as_str));
        let below = |Moved { from, to }: &Moved| -> Vec<String> {
            let is_folder = from.ends_with('/') && to.ends_with('/');
            let below = known().filter_map(|path| path.strip_prefix(to.as_str()));
            below.filter(|_| is_folder).map(|rest| [from.as_str(), rest].concat()).collect()
        };
        let more: Vec<String> = site.moved.iter().flat_map(below).collect();
        let count = old.len();
        old.extend(more);
        if old.len() == count {
            break;
        }
    }
    let lead = |path: String| led(site, &path, |to| there.contains(to)).map(|to| (path, to));
    old.into_iter().filter_map(lead).collect()
}

fn aliases(community: &Community) -> impl Iterator<Item = (String, String)> {
    let of_page = |page: &crate::model::Page| {
        let to = page.path.clone();
        page.aliases.iter().map(move |alias| (alias.clone(), to.clone())).collect::<Vec<_>>()
    };
    community.pages.iter().flat_map(of_page)
}
