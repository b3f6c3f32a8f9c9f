//! Text from outside, made fit for the content.

use crate::model::{Line, is_unprintable};

/// Whether the answer is a web page: the form in which errors come.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head")
}

/// The text as one line of at most so many characters, cut after a word; none where nothing is left.
pub(super) fn line(text: &str, most: usize) -> Option<Line> {
    // Four times as many bytes as characters, and spaces besides: no text is walked in vain.
    let text = text.get(..text.floor_char_boundary(most.saturating_mul(8))).unwrap_or(text);
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let words = spaced.split(' ').filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    let plain: String = joined.chars().filter(|c| !is_unprintable(*c)).collect();
    Line::new(&cut(plain.trim(), most))
}

fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    // One character is for the ellipsis.
    let last = text.get(..end).and_then(|kept| kept.char_indices().next_back());
    let kept = text.get(..last.map_or(0, |(at, _)| at)).unwrap_or_default();
    let whole_words = kept.rfind(' ').filter(|at| *at > kept.len() / 2).unwrap_or(kept.len());
    let kept = kept.get(..whole_words).unwrap_or(kept);
    [kept.trim_end_matches([' ', ',', ';', ':', '-', '–']), "…"].concat()
}

/// The words of a text in lower case, without the punctuation around them.
pub(super) fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words = text.split_whitespace().map(bare);
    words.filter(|word| !word.is_empty()).map(|word| word.replace('’', "'")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_after_a_word() {
        let cut = |text, most| line(text, most).map(|line| line.to_string());
        assert_eq!(cut(" one\ttwo \n three\u{0} ", 50).as_deref(), Some("one two three"));
        assert_eq!(cut("one two three", 13).as_deref(), Some("one two three"));
        assert_eq!(cut("one two three", 12).as_deref(), Some("one two…"));
        assert_eq!(cut("éééééééééé", 5).as_deref(), Some("éééé…"));
        assert_eq!(cut(" \u{200e}\u{202e} ", 5).as_deref(), Some("\u{200e}"));
        assert_eq!(cut(" \n ", 5), None);
    }

    #[test]
    fn pages_are_told_from_text() {
        assert!(is_page("\n<!DOCTYPE HTML>\n<html>"));
        assert!(is_page("<html lang=en>"));
        assert!(!is_page("<feed xmlns=''>"));
        assert!(!is_page("# <html>"));
    }
}
