//! What is at one path, found without looking at what is at the others.

use super::recipe::Recipe;
use super::{formats, meetings, months, once, pages};
use crate::model::{Community, Moved};
use crate::schedule::AsOf;

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
    let moved = |Moved { from, to }: &Moved| {
        if from == path {
            return Some(to.clone());
        }
        let rest = path.strip_prefix(from.as_str()).filter(|_| from.ends_with('/'))?;
        let to = to.ends_with('/').then(|| [to.as_str(), rest].concat())?;
        document(community, &to, as_of).map(|_| to)
    };
    page.map(|page| page.path.clone()).or_else(|| community.site.moved.iter().find_map(moved))
}
