//! Which pages there are, for search engines.

use super::months::Months;
use crate::model::Community;
use crate::render::Scope;
use crate::render::html::ARCHIVE_PATH;
use crate::render::sitemap::Entry;
use crate::schedule::{AsOf, Occurrence, last_change};

/// Every page: the community's own, the archive, each series with its meetings, and the months. When the
/// community's own texts last changed is not on record.
pub(super) fn pages(
    community: &Community,
    shown: &[Vec<Occurrence<'_>>],
    months: &Option<Months<'_>>,
    as_of: &AsOf,
) -> Vec<Entry> {
    let (mut newest, mut of_series) = (None, Vec::new());
    for (series, shown) in community.series.iter().zip(shown) {
        let meetings: Vec<Entry> = shown
            .iter()
            .map(|o| Entry { path: o.path(), last_modified: last_change(o, as_of) })
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
    let months = months.iter().flat_map(Months::paths);
    let months = months.map(|path| Entry { path, last_modified: None });
    own.chain([archive]).chain(of_series).chain(months).collect()
}
