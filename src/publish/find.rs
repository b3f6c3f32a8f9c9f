//! What is at one path, found without looking at what is at the others.

use super::recipe::Recipe;
use super::{formats, meetings, months, once, pages};
use crate::model::{Community, Site};
use crate::schedule::AsOf;

/// A path that moved more often leads nowhere: so it is in a circle.
pub(super) const MOST_MOVES: usize = 5;

/// What is served at one path.
pub enum Found<'c> {
    /// A document, which is yet to be rendered.
    Document(Recipe<'c>),
    /// Another path has it, for good.
    Redirect(String),
    /// What was here is no longer published anywhere.
    Gone,
}

/// What is at a path that begins with `/`, at that moment; none where nothing is.
///
/// It is what [`build`](super::build) has there, at the cost of that one document.
pub fn find<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Option<Found<'c>> {
    let document = document(community, path, as_of).map(Found::Document);
    let document = document.or_else(|| redirect(community, path, as_of).map(Found::Redirect));
    document.or_else(|| community.site.gone.iter().any(|gone| gone == path).then_some(Found::Gone))
}

fn document<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Option<Recipe<'c>> {
    meetings::find(community, path, as_of)
        .or_else(|| formats::find(community, path))
        .or_else(|| once::find(community, path))
        .or_else(|| months::find(community, path, as_of))
        .or_else(|| pages::find(community, path, as_of))
}

/// Where a page's alias leads, or an address that something had before.
fn redirect(community: &Community, path: &str, as_of: &AsOf) -> Option<String> {
    let has = |aliases: &[String]| aliases.iter().any(|alias| alias == path);
    let page = community.pages.iter().find(|page| has(&page.aliases));
    page.map(|page| page.path.clone())
        .or_else(|| led(&community.site, path, |to| document(community, to, as_of).is_some()))
}

/// Where a path leads by what was moved, from one move to the next until something is there.
///
/// Where nothing is, it leads as far as paths are named; none below a folder, nor in a circle.
pub(super) fn led(site: &Site, path: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let mut at = (path.to_owned(), false);
    for _ in 0..MOST_MOVES {
        let mut leads: Vec<_> = site.moved.iter().filter_map(|moved| moved.lead(&at.0)).collect();
        if let Some((to, _)) = leads.iter().find(|(to, _)| is_there(to)) {
            return Some(to.clone());
        }
        leads.sort_by_key(|(_, is_named)| !is_named);
        match leads.into_iter().next() {
            Some(next) => at = next,
            None => return Some(at).filter(|(_, is_named)| *is_named).map(|(to, _)| to),
        }
    }
    None
}
