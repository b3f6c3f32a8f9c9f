//! What is found at a path is what is published there, and nothing is where nothing is published.

use super::sample::{community, now};
use convene::publish::{Found, Resource, Snapshot, build, find};
use convene::schedule::AsOf;
use std::sync::OnceLock;

/// The bytes are a path, without the `/` that it begins with.
pub fn holds(bytes: &[u8]) {
    static PUBLISHED: OnceLock<Snapshot> = OnceLock::new();
    let published = PUBLISHED.get_or_init(|| build(community(), now()));
    let path = format!("/{}", String::from_utf8_lossy(bytes));
    let as_of = AsOf::new(now());
    match find(community(), &path, &as_of) {
        Some(Found::Document(recipe)) => {
            let found = recipe.render(&as_of);
            if let Some(Resource::Document(document)) = published.get(&path) {
                assert_eq!(found.body(), document.body(), "{path}");
            }
        }
        Some(Found::Redirect(to)) => {
            assert!(to.starts_with('/') && !to.starts_with("//"), "{path} leads to {to}");
        }
        Some(Found::Gone) | None => {
            assert!(!matches!(published.get(&path), Some(Resource::Document(_))), "{path}");
        }
    }
}
