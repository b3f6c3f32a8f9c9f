//! Short names that are safe in paths, file names and identifiers.

use std::fmt;

/// A short name of lower-case letters, digits and single hyphens, such as `oci-weekly`.
///
/// At most 64 characters; it is a path segment, a file name and part of UIDs, so it never needs
/// escaping.
///
/// ```
/// use convene::model::Slug;
/// assert!(Slug::new("oci-weekly").is_some());
/// assert!(Slug::new("OCI Weekly").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Takes `text` as a slug, or gives `None` where it has any other character.
    pub fn new(text: &str) -> Option<Slug> {
        let words_ok = text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        (words_ok && text.len() <= 64).then(|| Slug(text.to_owned()))
    }

    /// The slug's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
