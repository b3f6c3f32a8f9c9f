//! Titles as people mean them: without what is only form, and whether one says that a meeting is
//! cancelled.

use std::collections::BTreeSet;

/// What people and programs put before or behind the title of a meeting that is cancelled.
const CANCELLED: [&str; 4] = ["cancelled", "canceled", "abgesagt", "中止"];

/// A title, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Its words in lower case with spaces between: without signs, and without `Cancelled:`.
    pub(super) words: String,
    /// Whether it says that the meeting is cancelled.
    pub(super) is_cancelled: bool,
}

impl Title {
    pub(super) fn of(text: &str) -> Title {
        match without_mark(text) {
            Some(rest) => Title { words: words(rest), is_cancelled: true },
            None => Title { words: words(text), is_cancelled: false },
        }
    }
}

fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // A title of signs alone is what it is.
    if words.is_empty() { lower.trim().to_owned() } else { words.join(" ") }
}

/// What is left of `Cancelled: a title`, `[CANCELED] a title` or `a title (cancelled)`; none where it
/// says no such thing, as `Cancelled flights` does not.
fn without_mark(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !")]".contains(c));
    let before = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if is_mark(before) {
        let rest = text.get(before.len()..).unwrap_or_default().trim_start();
        let rest = rest.strip_prefix([':', ']', ')', '-', '–', '—', '!', '：']);
        return rest.filter(|rest| rest.chars().any(char::is_alphanumeric));
    }
    let text = text.trim_end_matches([')', ']']);
    let behind = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let rest = text.strip_suffix(behind).filter(|_| is_mark(behind))?.trim_end();
    rest.strip_suffix([':', '[', '(', '-', '–', '—', '：'])
}

fn is_mark(word: &str) -> bool {
    CANCELLED.contains(&word.to_lowercase().as_str())
}

/// How alike two titles' words are, in hundredths: 100 for the same; none where they are not.
///
/// More than half of all their words are in both, or all of one that has several are in the other.
pub(super) fn likeness(a: &str, b: &str) -> Option<usize> {
    let (a, b): (BTreeSet<&str>, BTreeSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (both, all) = (a.intersection(&b).count(), a.union(&b).count());
    let is_part = both >= 2 && both == a.len().min(b.len());
    (both * 2 > all || is_part).then_some(both * 100 / all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_is_no_difference() {
        let check = |a: &str, b: &str| assert_eq!(words(a), words(b), "{a}");
        check("OCI Weekly  Discussion", "oci weekly discussion");
        check("🎉 OCI-weekly discussion!", "OCI weekly discussion");
        assert_ne!(words("🎉"), words("🚀"));
    }

    #[test]
    fn a_title_can_say_that_a_meeting_is_cancelled() {
        for text in [
            "Cancelled: Weekly call",
            "❌ CANCELED - weekly call",
            "[Cancelled] Weekly call",
            "Weekly call (cancelled)",
            "Weekly call - CANCELLED",
            "Abgesagt: Weekly call",
            "中止：Weekly call",
        ] {
            let title = Title::of(text);
            assert!(title.is_cancelled, "{text}");
            assert_eq!(title.words, "weekly call", "{text}");
        }
        for text in ["Cancelled flights", "Weekly call", "Cancelled", "What was cancelled", ""] {
            assert!(!Title::of(text).is_cancelled, "{text}");
        }
    }

    #[test]
    fn titles_are_alike_by_their_words() {
        assert_eq!(likeness("oci weekly discussion", "oci weekly discussion"), Some(100));
        assert_eq!(likeness("oci weekly discussion", "oci weekly discussion call"), Some(75));
        assert_eq!(likeness("oci weekly", "oci weekly discussion of images"), Some(40));
        assert_eq!(likeness("oci tob call", "oci weekly call"), None);
        assert_eq!(likeness("call", "weekly call of all"), None);
    }
}
