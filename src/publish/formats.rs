//! Calendars, feeds and whatever else the table of formats has, of each scope.

use super::recipe::Recipe;
use crate::model::Community;
use crate::render::Scope;
use crate::render::feed::Feeds;
use crate::render::format::{FORMATS, Format};
use std::rc::Rc;

/// Path and recipe of each.
pub(super) fn all(community: &Community) -> impl Iterator<Item = (String, Recipe<'_>)> {
    Scope::all(community).flat_map(of_scope)
}

fn of_scope(scope: Scope<'_>) -> impl Iterator<Item = (String, Recipe<'_>)> {
    let feeds = Rc::new(Feeds::of(scope));
    FORMATS.iter().flat_map(move |format| {
        let feeds = Rc::clone(&feeds);
        let paths = (format.paths)(&scope).into_iter();
        paths.map(move |path| (path, recipe(scope, format, Rc::clone(&feeds))))
    })
}

/// What is at that path; none where no format has it.
pub(super) fn find<'c>(community: &'c Community, path: &str) -> Option<Recipe<'c>> {
    let scope = scope(community, path)?;
    let format = FORMATS.iter().find(|format| (format.paths)(&scope).iter().any(|p| p == path))?;
    Some(recipe(scope, format, Rc::new(Feeds::of(scope))))
}

/// The scope of which a format at that path would be.
fn scope<'c>(community: &'c Community, path: &str) -> Option<Scope<'c>> {
    let mut parts = path.strip_prefix('/')?.split('/');
    match (parts.next()?, parts.next()) {
        (_, None) => Some(Scope::Community(community)),
        ("meetings", Some(name)) => Scope::of_series(community, stem(name)),
        ("tags", Some(name)) => Scope::of_tag(community, stem(name)),
        _ => None,
    }
}

/// A folder's name as it is, or a calendar's without its extension: no slug has a dot.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn recipe<'c>(scope: Scope<'c>, format: &'static Format, feeds: Rc<Feeds<'c>>) -> Recipe<'c> {
    Recipe::new(format.media_type, move |as_of| (format.render)(&scope, &feeds, as_of))
}
