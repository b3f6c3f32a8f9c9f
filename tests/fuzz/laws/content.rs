//! Any bytes in any file are content or mistakes, and content can be published.

use super::sample::{FILES, folder, now};
use convene::content::{parse, warnings};
use convene::publish::build;
use convene::schedule::AsOf;

/// The first byte says which file the others are.
pub fn holds(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let number = usize::from(*first) % FILES.len();
    let files = folder(number, rest);
    match parse(&files) {
        Ok(community) => {
            let _ = warnings(&files, &community, &AsOf::new(now()));
            assert!(build(&community, now()).iter().count() > 10, "a site has pages");
        }
        Err(mistakes) => assert!(!mistakes.to_string().is_empty(), "a mistake is told"),
    }
}
