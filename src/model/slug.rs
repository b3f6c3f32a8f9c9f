//! Short names that are safe in paths, file names and identifiers.

use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::BTreeSet;
use std::fmt;

/// Names made of titles are no longer, so that they can be read and have a number after them.
const LONGEST_OF_TITLE: usize = 50;

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

    /// The slug of a title: its words without accents, as many as go into 50 characters.
    ///
    /// None where it has no letter or digit of ASCII, nor any that is made of one.
    ///
    /// ```
    /// use convene::model::Slug;
    /// assert_eq!(Slug::of_title("Köln: users’ evening").unwrap().as_str(), "koln-users-evening");
    /// assert_eq!(Slug::of_title("定例会議"), None);
    /// ```
    pub fn of_title(title: &str) -> Option<Slug> {
        let lower = without_accents(title).to_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        let mut text = String::new();
        for word in words {
            if text.is_empty() {
                text.push_str(word.get(..LONGEST_OF_TITLE).unwrap_or(word));
            } else if text.len() + word.len() < LONGEST_OF_TITLE {
                text.push('-');
                text.push_str(word);
            } else {
                break;
            }
        }
        Slug::new(&text)
    }

    /// This one, or with the first number after it that makes it another than those taken.
    ///
    /// None where ten thousand are taken, or there is no room for a number.
    pub fn free(&self, taken: &BTreeSet<Slug>) -> Option<Slug> {
        let numbered = (2..10_000).map(|n: u32| format!("{self}-{n}"));
        let mut names =
            [self.0.clone()].into_iter().chain(numbered).filter_map(|name| Slug::new(&name));
        names.find(|name| !taken.contains(name))
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

/// The letters without what is above or below them, and those that English lacks in its own.
fn without_accents(title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(title.chars()) {
        match c {
            'ß' | 'ẞ' => text.push_str("ss"),
            'æ' | 'Æ' => text.push_str("ae"),
            'œ' | 'Œ' => text.push_str("oe"),
            'ø' | 'Ø' => text.push('o'),
            'ł' | 'Ł' => text.push('l'),
            'đ' | 'Đ' => text.push('d'),
            'ı' => text.push('i'),
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_plain_letters() {
        let check = |title: &str, want: Option<&str>| {
            assert_eq!(Slug::of_title(title).as_ref().map(Slug::as_str), want, "{title}");
        };
        check("Köln", Some("koln"));
        check("Orchard users’ evening: Straße №5", Some("orchard-users-evening-strasse-no5"));
        check("  ", None);
        check("定例会議 2", Some("2"));
        check(&"a".repeat(70), Some(&"a".repeat(50)));
        check(&"nine12345 ".repeat(9), Some("nine12345-nine12345-nine12345-nine12345-nine12345"));
    }

    #[test]
    fn a_name_that_is_taken_has_a_number() {
        let taken = ["weekly", "weekly-2"].map(|name| Slug::new(name).unwrap()).into();
        assert_eq!(Slug::new("weekly").unwrap().free(&taken).unwrap().as_str(), "weekly-3");
        assert_eq!(Slug::new("monthly").unwrap().free(&taken).unwrap().as_str(), "monthly");
    }
}
