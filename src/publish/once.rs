//! What the community has once: its own pages, lists of everything, and what pages need beside them.

use super::recipe::Recipe;
use crate::model::Community;
use crate::render::{html, opml, robots};

/// Path and recipe of each.
pub(super) fn all(community: &Community) -> Vec<(String, Recipe<'_>)> {
    let site = &community.site;
    let mut all = vec![
        (opml::PATH.to_owned(), Recipe::new(opml::MEDIA_TYPE, |_| opml::render(community))),
        (robots::PATH.to_owned(), Recipe::new(robots::MEDIA_TYPE, |_| robots::render(site))),
        (html::EMBED_PATH.to_owned(), Recipe::page(|as_of| html::embed(community, as_of))),
        (html::ARCHIVE_PATH.to_owned(), Recipe::page(|as_of| html::archive(community, as_of))),
    ];
    for (path, media_type, text) in html::ASSETS {
        all.push((path.to_owned(), Recipe::new(media_type, move |_| text.to_owned())));
    }
    for (path, media_type, text) in html::EMBED_FILES {
        all.push((path.to_owned(), Recipe::new(media_type, move |_| text(site))));
    }
    for page in &community.pages {
        all.push((page.path.clone(), Recipe::page(|as_of| html::page(community, page, as_of))));
    }
    all
}

/// What is at that path; none where it is nothing of this kind.
pub(super) fn find<'c>(community: &'c Community, path: &str) -> Option<Recipe<'c>> {
    all(community).into_iter().find(|(known, _)| known == path).map(|(_, recipe)| recipe)
}
