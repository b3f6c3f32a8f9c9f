//! Any query is a calendar with options, whose address asks for the same, or is refused.

use super::sample::{community, now};
use convene::publish::Wish;

/// The bytes are the query of a calendar's address.
pub fn holds(bytes: &[u8]) {
    let query = String::from_utf8_lossy(bytes);
    let Some(Ok(wish)) = Wish::of(community(), "/example.ics", &query) else { return };
    let address = wish.address();
    let (path, again) = address.split_once('?').unwrap_or((&address, ""));
    match Wish::of(community(), path, again) {
        Some(Ok(same)) => assert_eq!(same.address(), address, "{query}"),
        _ => panic!("{query} became {address}, which is refused"),
    }
    if let Ok(variant) = wish.render(now()) {
        assert!(variant.document.length() > 0, "{query}");
    }
}
