//! What is at a path, and where to look where nothing is: a pure function of the content.

use crate::model::Community;
use crate::publish::{Found, Recipe, find};
use crate::schedule::AsOf;
use axum::http::StatusCode;

/// What a request for a path is answered with.
pub(super) enum Place<'c> {
    /// A document.
    Document(Recipe<'c>),
    /// Another path, by that status: a published one, and never one that the client names.
    Redirect(StatusCode, String),
    /// That it is no longer published.
    Gone,
    /// That nothing is there.
    Nothing,
}

/// What is at that path, with or without a slash at its end.
pub(super) fn place<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Place<'c> {
    let with_slash = [path, "/"].concat();
    let gone = match find(community, path, as_of) {
        Some(Found::Document(recipe)) => return Place::Document(recipe),
        Some(Found::Redirect(to)) => return Place::Redirect(StatusCode::MOVED_PERMANENTLY, to),
        Some(Found::Gone) => true,
        None => false,
    };
    let other = path.strip_suffix('/').unwrap_or(&with_slash);
    match find(community, other, as_of) {
        Some(Found::Redirect(to)) => Place::Redirect(StatusCode::MOVED_PERMANENTLY, to),
        _ if gone => Place::Gone,
        // A page's address ends in a slash; that of a calendar or a feed never does.
        Some(Found::Document(_) | Found::Gone) if other.ends_with('/') && other.len() > 1 => {
            Place::Redirect(StatusCode::PERMANENT_REDIRECT, with_slash)
        }
        _ => Place::Nothing,
    }
}
