//! The heart: content and a moment in, every published byte out.

use super::months::Months;
use super::pages::pages;
use super::{Document, Resource, Snapshot};
use crate::model::{Community, Moved, Series, Site};
use crate::render::feed::Feeds;
use crate::render::format::{CALENDAR, FORMATS};
use crate::render::{Scope, html, icalendar, opml, robots, sitemap};
use crate::schedule::{AsOf, Occurrence, added, exceptional, occurrences};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

const HTML: &str = "text/html; charset=utf-8";

/// How far ahead a meeting has a page of its own.
const PAGES_AHEAD: TimeDelta = TimeDelta::days(366);

/// Everything that is published of the community at that moment.
///
/// A function of its arguments and the bundled tz data alone: `build(c, t)` equals `build(c, u)`
/// for every `u` from `t` until the snapshot's `stale_at`.
pub fn build(community: &Community, as_of: DateTime<Utc>) -> Snapshot {
    let as_of = AsOf::new(as_of);
    let mut resources = BTreeMap::new();
    let mut add = |path: String, media_type: &'static str, text: String| {
        resources.insert(path, Resource::Document(Document::new(media_type, text)));
    };
    add(opml::PATH.to_owned(), opml::MEDIA_TYPE, opml::render(community));
    add(robots::PATH.to_owned(), robots::MEDIA_TYPE, robots::render(&community.site));
    let shown: Vec<_> = community.series.iter().map(|series| shown(series, &as_of)).collect();
    let months = Months::of(community, &shown, &as_of);
    for (path, text) in sitemap::render(&community.site, &pages(community, &shown, &months, &as_of))
    {
        add(path, sitemap::MEDIA_TYPE, text);
    }
    for (path, text) in months.iter().flat_map(|months| months.pages(community)) {
        add(path, HTML, text);
    }
    for (path, media_type, text) in html::ASSETS {
        add(path.to_owned(), media_type, text.to_owned());
    }
    for (path, media_type, text) in html::embed_files(&community.site) {
        add(path.to_owned(), media_type, text);
    }
    add(html::EMBED_PATH.to_owned(), HTML, html::embed(community, &as_of));
    add(html::ARCHIVE_PATH.to_owned(), HTML, html::archive(community, &as_of));
    for page in &community.pages {
        add(page.path.clone(), HTML, html::page(community, page, &as_of));
    }
    for (series, shown) in community.series.iter().zip(&shown) {
        add(
            Scope::Series(community, series).folder(),
            HTML,
            html::series(community, series, &as_of),
        );
        for (path, media_type, text) in of_occurrences(community, shown, &as_of) {
            add(path, media_type, text);
        }
    }
    for scope in Scope::all(community) {
        let feeds = Feeds::of(&scope, &as_of);
        for format in FORMATS {
            let text = (format.render)(&scope, &feeds, &as_of);
            let document = Document::new(format.media_type, text);
            for path in (format.paths)(&scope) {
                resources.insert(path, Resource::Document(document.clone()));
            }
        }
    }
    for (alias, to) in aliases(community).chain(moved(&community.site, &resources)) {
        let page = match resources.get(&to) {
            // A client that follows a calendar or a feed cannot read a page.
            Some(Resource::Document(document)) if document.media_type() != HTML => document.clone(),
            _ => Document::new(HTML, html::redirect(community, &to)),
        };
        resources.entry(alias).or_insert(Resource::Redirect { to, page });
    }
    for path in &community.site.gone {
        resources.entry(path.clone()).or_insert(Resource::Gone);
    }
    Snapshot { resources, stale_at: as_of.stale_at() }
}

/// Path, media type and text of each meeting's page and of the file to put it into a calendar.
fn of_occurrences(
    community: &Community,
    shown: &[Occurrence<'_>],
    as_of: &AsOf,
) -> Vec<(String, &'static str, String)> {
    let neighbour = |i: Option<usize>| i.and_then(|i| shown.get(i));
    let both = |(i, occurrence): (usize, &Occurrence<'_>)| {
        let (before, after) = (neighbour(usize::checked_sub(i, 1)), neighbour(i.checked_add(1)));
        let page = html::occurrence(community, occurrence, before, after, as_of);
        let event = icalendar::event(community, occurrence, as_of);
        let path = occurrence.path();
        [(format!("{path}event.ics"), CALENDAR.media_type, event), (path, HTML, page)]
    };
    shown.iter().enumerate().flat_map(both).collect()
}

/// The meetings that have pages of their own, in order.
fn shown<'a>(series: &'a Series, as_of: &AsOf) -> Vec<Occurrence<'a>> {
    let last_special = special(series).map(|o| o.utc_start).max();
    let is_shown = |o: &Occurrence<'_>| {
        last_special.is_some_and(|last| o.utc_start <= last)
            || as_of.reached(o.utc_start - PAGES_AHEAD)
    };
    occurrences(series).take_while(is_shown).collect()
}

/// The dates that feeds may link to, however far ahead they are.
fn special(series: &Series) -> impl Iterator<Item = Occurrence<'_>> {
    series.slots.iter().flat_map(|slot| exceptional(series, slot)).chain(added(series))
}

/// Old paths and where they lead: each `[[moved]]` and, below one that ends in `/`, everything that
/// is published below the new one.
fn moved(site: &Site, resources: &BTreeMap<String, Resource>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for Moved { from, to } in &site.moved {
        all.push((from.clone(), to.clone()));
        if let (Some(old), true) = (from.strip_suffix('/'), to.ends_with('/')) {
            let below = resources.keys().filter_map(|path| Some((path, path.strip_prefix(to)?)));
            all.extend(below.map(|(path, rest)| (format!("{old}/{rest}"), path.clone())));
        }
    }
    all
}

fn aliases(community: &Community) -> impl Iterator<Item = (String, String)> {
    let of_page = |page: &crate::model::Page| {
        let to = page.path.clone();
        page.aliases.iter().map(move |alias| (alias.clone(), to.clone())).collect::<Vec<_>>()
    };
    community.pages.iter().flat_map(of_page)
}
