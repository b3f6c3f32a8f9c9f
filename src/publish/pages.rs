//! Which pages there are, for search engines: one list or, where it would be too long, several and a
//! list of them.

use super::months::Months;
use super::recipe::Recipe;
use super::shown::Shown;
use crate::model::{Community, Series};
use crate::render::Scope;
use crate::render::html::ARCHIVE_PATH;
use crate::render::sitemap::{self, Entry, MOST_ADDRESSES, MOST_BYTES};
use crate::schedule::{AsOf, Occurrence, last_change, newest_change};
use chrono::{DateTime, Utc};
use std::ops::Range;

/// The octets of a date in a path, with its time and a slash.
const DATE: usize = 16;

/// Path and recipe of each file that lists pages.
pub(super) fn all<'c>(
    community: &'c Community,
    as_of: &AsOf,
) -> impl Iterator<Item = (String, Recipe<'c>)> {
    let site = &community.site;
    let parts = parts(community, as_of);
    let is_one = parts.len() == 1;
    let path = move |i: usize| {
        if is_one { sitemap::PATH.to_owned() } else { sitemap::path_of_part(i + 1) }
    };
    let listed = parts.clone();
    let index = move |as_of: &AsOf| {
        let newest = |part: &Range<usize>| newest(series(community, part), as_of);
        let entry = |(i, part)| Entry { path: path(i), last_modified: newest(part) };
        let entries: Vec<_> = listed.iter().enumerate().map(entry).collect();
        sitemap::index(site, &entries)
    };
    let index = (sitemap::PATH.to_owned(), Recipe::new(sitemap::MEDIA_TYPE, index));
    let list = move |(i, part): (usize, Range<usize>)| {
        let text = move |as_of: &AsOf| sitemap::list(site, &entries(community, &part, as_of));
        (path(i), Recipe::new(sitemap::MEDIA_TYPE, text))
    };
    Some(index).filter(|_| !is_one).into_iter().chain(parts.into_iter().enumerate().map(list))
}

/// What is at that path; none where it is nothing of this kind.
pub(super) fn find<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Option<Recipe<'c>> {
    if !sitemap::is_path(path) {
        return None;
    }
    all(community, as_of).find(|(known, _)| known == path).map(|(_, recipe)| recipe)
}

/// The series whose pages are in each list, by their place; there is always one list.
///
/// Counting them costs far less than listing them.
fn parts(community: &Community, as_of: &AsOf) -> Vec<Range<usize>> {
    // The community's own pages are before them, and months and the archive in no great number.
    let own = community.pages.len() + 1;
    let months = Months::of(community, as_of).map_or(0, |months| months.paths().count());
    let (mut parts, mut first, mut addresses, mut bytes) = (Vec::new(), 0, own + months, 0);
    for (i, series) in community.all_series().enumerate() {
        let count = 1 + Shown::of(series).count(as_of);
        let weight = sitemap::weight(&community.site, &Scope::folder_of(series)) + DATE;
        let is_full = addresses + count > MOST_ADDRESSES || bytes + count * weight > MOST_BYTES;
        if is_full && first < i {
            parts.push(first..i);
            (first, addresses, bytes) = (i, own + months, 0);
        }
        addresses += count;
        bytes += count * weight;
    }
    parts.push(first..community.series.len());
    parts
}

fn series<'c>(
    community: &'c Community,
    part: &Range<usize>,
) -> impl Iterator<Item = &'c Series> + use<'c> {
    community.all_series().skip(part.start).take(part.len())
}

/// Every page of a part: in the first the community's own and the archive, then each series with its
/// meetings, in the last the months. When the community's own texts last changed is not on record.
fn entries(community: &Community, part: &Range<usize>, as_of: &AsOf) -> Vec<Entry> {
    let mut entries = Vec::new();
    if part.start == 0 {
        let newest = newest(community.all_series(), as_of);
        entries.extend(community.pages.iter().map(|page| Entry {
            path: page.path.clone(),
            last_modified: newest.filter(|_| page.path == "/"),
        }));
        entries.push(Entry { path: ARCHIVE_PATH.to_owned(), last_modified: newest });
    }
    for series in series(community, part) {
        let last_modified = newest_change(series, as_of);
        entries.push(Entry { path: Scope::folder_of(series), last_modified });
        let shown = Shown::of(series);
        let meeting =
            |o: Occurrence<'_>| Entry { path: o.path(), last_modified: last_change(&o, as_of) };
        entries.extend(shown.all(as_of).map(meeting));
    }
    if part.end == community.series.len() {
        let months = Months::of(community, as_of);
        let month = |path| Entry { path, last_modified: None };
        entries.extend(months.iter().flat_map(Months::paths).map(month));
    }
    entries.truncate(MOST_ADDRESSES);
    entries
}

fn newest<'c>(series: impl Iterator<Item = &'c Series>, as_of: &AsOf) -> Option<DateTime<Utc>> {
    series.filter_map(|series| newest_change(series, as_of)).max()
}
