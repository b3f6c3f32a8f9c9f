//! Text that several values share.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A part of a text that others may have their part of: a series' thousand links are one piece of
/// memory, and one link that a hundred records name is there once.
#[derive(Clone)]
pub(crate) struct Shared {
    /// A pointer to a pointer, so that a part is no larger than what it shares.
    all: Arc<Box<str>>,
    start: u32,
    end: u32,
}

impl Shared {
    /// The whole of a text; none of one that is too long for the places in it, of 4 GiB.
    pub(crate) fn new(text: impl Into<Box<str>>) -> Option<Shared> {
        let all: Box<str> = text.into();
        let end = u32::try_from(all.len()).ok()?;
        Some(Shared { all: Arc::new(all), start: 0, end })
    }

    /// A part of it, in bytes; none where that is not within it or cuts a character.
    pub(crate) fn part(&self, range: Range<usize>) -> Option<Shared> {
        self.as_str().get(range.clone())?;
        let place = |offset: usize| u32::try_from(offset).ok()?.checked_add(self.start);
        Some(Shared { all: self.all.clone(), start: place(range.start)?, end: place(range.end)? })
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        self.all.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Shared) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Shared {}

impl PartialOrd for Shared {
    fn partial_cmp(&self, other: &Shared) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Shared {
    fn cmp(&self, other: &Shared) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Shared;

    #[test]
    fn a_part_is_what_the_text_has_there() {
        let all = Shared::new("one é two").unwrap();
        let check = |range, want: Option<&str>| {
            assert_eq!(all.part(range).as_ref().map(Shared::as_str), want);
        };
        check(0..3, Some("one"));
        check(7..10, Some("two"));
        check(4..4, Some(""));
        check(5..6, None);
        check(7..11, None);
        let part = all.part(4..10).unwrap();
        assert_eq!(part.part(3..6).unwrap(), Shared::new("two").unwrap());
        assert!(part.part(0..7).is_none(), "a part ends where it ends");
    }
}
