//! Text that every output format can carry.

use super::Shared;
use std::fmt;

/// A character that XML 1.0 or iCalendar cannot carry, or that reorders the text around it.
///
/// Controls other than tab and line feed, the non-characters, and the bidirectional overrides
/// (U+202A–202E, U+2066–2069), which can make a link look like another.
pub(crate) fn is_unprintable(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control() || (c as u32) & 0xfffe == 0xfffe,
    }
}

/// One line of plain text without control characters: a title, a reason, a place.
///
/// Not empty, trimmed, at most 500 characters.
///
/// ```
/// use convene::model::Line;
/// assert_eq!(Line::new(" US Thanksgiving ").unwrap().as_str(), "US Thanksgiving");
/// assert!(Line::new("two\nlines").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line(Shared);

impl Line {
    /// Whether no line can have that character.
    pub(crate) fn refuses(c: char) -> bool {
        is_unprintable(c) || c == '\n' || c == '\t'
    }

    /// Takes `text`, trimmed, as one line; `None` where it is empty, too long or has a control.
    pub fn new(text: &str) -> Option<Line> {
        let text = text.trim();
        is_line(text).then(|| Shared::new(text)).flatten().map(Line)
    }

    /// As [`Line::new`], without a copy of a text that others share.
    pub(crate) fn of(text: Shared) -> Option<Line> {
        let line = text.as_str().trim();
        if line.len() == text.as_str().len() && is_line(line) {
            Some(Line(text))
        } else {
            Line::new(line)
        }
    }

    /// The line's text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn is_line(text: &str) -> bool {
    let fits = !text.is_empty() && text.chars().count() <= 500;
    fits && !text.chars().any(Line::refuses)
}

/// Markdown source without control characters other than tab and line feed; may be empty.
///
/// At most [`Markdown::MOST_BYTES`] long: some twenty documents carry the note of a single meeting.
///
/// ```
/// use convene::model::{Markdown, Unfit};
/// assert!(Markdown::new("*All* are welcome.\n").is_ok());
/// assert_eq!(Markdown::new("a\u{0}b").unwrap_err(), Unfit::Character(1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

/// Why a text cannot be Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// No output format can carry the character at that byte offset.
    Character(usize),
    /// It is longer than [`Markdown::MOST_BYTES`].
    Length,
}

impl Markdown {
    /// How many bytes there can be: some forty printed pages.
    pub const MOST_BYTES: usize = 100_000;

    /// Takes `text` with line ends as `\n` and blank lines around it dropped.
    ///
    /// # Errors
    /// What is wrong with it: too long, or else the first character that cannot be.
    pub fn new(text: &str) -> Result<Markdown, Unfit> {
        if text.len() > Markdown::MOST_BYTES {
            return Err(Unfit::Length);
        }
        let bytes = text.as_bytes();
        let line_end = |i: usize, c: char| c == '\r' && bytes.get(i + 1) == Some(&b'\n');
        match text.char_indices().find(|&(i, c)| is_unprintable(c) && !line_end(i, c)) {
            Some((offset, _)) => Err(Unfit::Character(offset)),
            None => Ok(Markdown(text.replace("\r\n", "\n").trim().to_owned())),
        }
    }

    /// The Markdown source.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
