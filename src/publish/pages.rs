//! Which pages there are, for search engines.

use super::months::Months;
use super::recipe::Recipe;
use super::shown::Shown;
use crate::model::Community;
use crate::render::Scope;
use crate::render::html::ARCHIVE_PATH;
use crate::render::sitemap::{self, Entry};
use crate::schedule::{AsOf, last_change};

/// Path and recipe of each file that lists pages.
pub(super) fn all<'c>(
    community: &'c Community,
    as_of: &AsOf,
) -> impl Iterator<Item = (String, Recipe<'c>)> {
    let files = sitemap::render(&community.site, &pages(community, as_of));
    files.into_iter().map(|(path, text)| (path, Recipe::new(sitemap::MEDIA_TYPE, |_| text)))
}

/// What is at that path; none where it is nothing of this kind.
pub(super) fn find<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Option<Recipe<'c>> {
    sitemap::is_path(path)
        .then(|| all(community, as_of))
        .into_iter()
        .flatten()
        .find_map(|(known, recipe)| (known == path).then_some(recipe))
}

/// Every page: the community's own, the archive, each series with its meetings, and the months. When
/// the community's own texts last changed is not on record.
fn pages(community: &Community, as_of: &AsOf) -> Vec<Entry> {
    let (mut newest, mut of_series) = (None, Vec::new());
    for series in &community.series {
        let meetings: Vec<Entry> = Shown::of(series)
            .all(as_of)
            .map(|o| Entry { path: o.path(), last_modified: last_change(&o, as_of) })
            .collect();
        let updated = Some(series.updated).filter(|moment| as_of.reached(*moment));
        let last_modified =
            meetings.iter().filter_map(|entry| entry.last_modified).max().max(updated);
        newest = newest.max(last_modified);
        of_series.push(Entry { path: Scope::folder_of(series), last_modified });
        of_series.extend(meetings);
    }
    let own = community.pages.iter().map(|page| Entry {
        path: page.path.clone(),
        last_modified: newest.filter(|_| page.path == "/"),
    });
    let archive = Entry { path: ARCHIVE_PATH.to_owned(), last_modified: newest };
    let months = Months::of(community, as_of);
    let months = months.iter().flat_map(Months::paths);
    let months = months.map(|path| Entry { path, last_modified: None });
    own.chain([archive]).chain(of_series).chain(months).collect()
}
