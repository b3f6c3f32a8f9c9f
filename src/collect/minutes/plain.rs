//! One line of Markdown as plain text.

use crate::model::is_unprintable;

/// The line without its markup: links as their text, emphasis and code without their marks.
///
/// Linear in the line's length, whatever is in it.
pub(super) fn plain(line: &str) -> String {
    let chars: Vec<char> = line.chars().filter(|c| !is_unprintable(*c) && *c != '\t').collect();
    let mut stripped = Stripped { closing: closing(&chars), chars, text: String::new() };
    stripped.range(0, stripped.chars.len());
    decoded(stripped.text.trim())
}

struct Stripped {
    chars: Vec<char>,
    /// Where what opens at each place is closed; nowhere where it is `usize::MAX`.
    closing: Vec<usize>,
    text: String,
}

impl Stripped {
    /// Writes what is to be read of the characters from `at` to `end`.
    fn range(&mut self, mut at: usize, end: usize) {
        // Where the text of a link ends, and where reading goes on after its address.
        let mut links: Vec<(usize, usize)> = Vec::new();
        while at < end {
            if let Some((_, after)) = links.pop_if(|(close, _)| *close == at) {
                at = after;
                continue;
            }
            at = match self.at(at) {
                '\\' if self.at(at + 1).is_ascii_punctuation() => self.copy(at + 1),
                '!' if self.link(at + 1).is_some() => at + 1,
                '[' if self.link(at).is_some() => {
                    links.extend(self.link(at));
                    at + 1
                }
                '<' => self.tag(at, end),
                'h' if self.begins(at, "http://") || self.begins(at, "https://") => {
                    self.address(at, end)
                }
                '`' => at + 1,
                '~' if self.at(at + 1) == '~' => at + 2,
                '*' if !(self.is_space(at, true) && self.is_space(at, false)) => at + 1,
                '_' if !(self.is_letter_before(at) && self.at(at + 1).is_alphanumeric()) => at + 1,
                _ => self.copy(at),
            };
        }
    }

    fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(' ')
    }

    fn begins(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(i, c)| self.at(at + i) == c)
    }

    fn copy(&mut self, at: usize) -> usize {
        self.text.extend(self.chars.get(at));
        at + 1
    }

    fn is_space(&self, at: usize, before: bool) -> bool {
        let neighbour = if before { at.checked_sub(1) } else { Some(at + 1) };
        neighbour.is_none_or(|at| self.at(at).is_whitespace())
    }

    fn is_letter_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|at| self.at(at).is_alphanumeric())
    }

    fn closed(&self, at: usize) -> Option<usize> {
        self.closing.get(at).copied().filter(|close| *close != usize::MAX)
    }

    /// Of `[text](address)` or `[text][name]` at that place, where the text and where all ends.
    fn link(&self, at: usize) -> Option<(usize, usize)> {
        if self.at(at) != '[' {
            return None;
        }
        let close = self.closed(at)?;
        let is_link = matches!(self.at(close + 1), '(' | '[');
        is_link.then(|| self.closed(close + 1)).flatten().map(|end| (close, end + 1))
    }

    /// `<https://…>` as the address, a tag of HTML as nothing, any other `<` as it is.
    fn tag(&mut self, at: usize, end: usize) -> usize {
        let Some(close) = self.closed(at).filter(|close| *close < end) else {
            return self.copy(at);
        };
        let inner: String = self.chars.get(at + 1..close).unwrap_or_default().iter().collect();
        let is_address = inner.contains("://") || inner.contains('@');
        if is_address && !inner.contains(char::is_whitespace) {
            self.text.push_str(&inner);
        } else if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c)) {
            return self.copy(at);
        }
        close + 1
    }

    /// An address, to the next space or bracket: what looks like emphasis in it is none.
    fn address(&mut self, mut at: usize, end: usize) -> usize {
        while at < end && !self.at(at).is_whitespace() && !"<>()[]*`".contains(self.at(at)) {
            at = self.copy(at);
        }
        at
    }
}

/// For each opening bracket its closing one, in one pass.
fn closing(chars: &[char]) -> Vec<usize> {
    let mut closing = vec![usize::MAX; chars.len()];
    let (mut square, mut round, mut angle) = (Vec::new(), Vec::new(), Vec::new());
    for (at, c) in chars.iter().enumerate() {
        let opened = match c {
            '[' => {
                square.push(at);
                None
            }
            '(' => {
                round.push(at);
                None
            }
            '<' => {
                angle.push(at);
                None
            }
            ']' => square.pop(),
            ')' => round.pop(),
            '>' => angle.pop(),
            _ => None,
        };
        if let Some(place) = opened.and_then(|opened: usize| closing.get_mut(opened)) {
            *place = at;
        }
    }
    closing
}

/// The text with the few entities that people write.
fn decoded(text: &str) -> String {
    const ENTITIES: [(&str, &str); 6] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_is_taken_away_and_text_stays() {
        let cases = [
            (
                "**Recording**: <https://youtu.be/cu5qD5I0T7Q>",
                "Recording: https://youtu.be/cu5qD5I0T7Q",
            ),
            ("_no video recording_", "no video recording"),
            ("~~November 22, 2018~~ (_… **cancelled**_)", "November 22, 2018 (… cancelled)"),
            ("[PR 12](https://a.example/b_c) and `image_spec`", "PR 12 and image_spec"),
            ("[a [b](https://c.example) d](https://e.example) f", "a b d f"),
            ("![logo](https://a.example/x.png) text", "logo text"),
            ("2 * 3 \\* 4 <br> a < b &amp; c", "2 * 3 * 4  a < b & c"),
            ("[x] done", "[x] done"),
            ("https://a.example/_x_/y*", "https://a.example/_x_/y"),
            ("[open (never closed <", "[open (never closed <"),
            ("[text][1] after", "text after"),
        ];
        for (markdown, text) in cases {
            assert_eq!(plain(markdown), text, "{markdown}");
        }
    }
}
