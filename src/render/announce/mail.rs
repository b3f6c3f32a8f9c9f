//! Plain text, as mailing lists have it.

use super::super::plain;
use super::story::{Block, Story};

/// So many characters are in a line, where words allow it (RFC 3676 §4.2 wants at most 78).
const WIDTH: usize = 76;

/// Everything but the subject.
pub(super) fn text(story: &Story<'_>) -> String {
    let blocks: Vec<String> = story.blocks.iter().map(|one| block(story, one)).collect();
    format!("{}\n", blocks.join("\n\n"))
}

fn block(story: &Story<'_>, block: &Block<'_>) -> String {
    match block {
        Block::Text(text) => wrapped(text, ""),
        Block::Note(note) => {
            plain::text(note).lines().map(|line| wrapped(line, "")).collect::<Vec<_>>().join("\n")
        }
        Block::List(heading, items) => {
            let items = items.iter().map(|item| wrapped(&format!("- {item}"), "  "));
            let heading = announcing(heading, story.colon);
            std::iter::once(heading).chain(items).collect::<Vec<_>>().join("\n")
        }
        Block::Links(links) => {
            let line = |(name, to): &(String, String)| format!("{name}{}{to}", story.colon);
            links.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

/// The heading with a colon.
pub(super) fn announcing(heading: &str, colon: &str) -> String {
    match heading.ends_with([':', '：']) {
        true => heading.to_owned(),
        false => format!("{heading}{}", colon.trim_end()),
    }
}

/// In lines of at most [`WIDTH`], the later ones behind that indent; no word is broken. Where words are
/// not told apart by spaces, whoever reads it breaks lines better.
fn wrapped(text: &str, indent: &str) -> String {
    if text.chars().any(|c| c >= '\u{3000}') {
        return text.to_owned();
    }
    let mut lines = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split(' ') {
        let width = word.chars().count();
        if length > 0 && length + 1 + width > WIDTH {
            lines.extend(["\n", indent]);
            length = indent.len();
        } else if length > 0 {
            lines.push(' ');
            length += 1;
        }
        lines.push_str(word);
        length += width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, wrapped};

    #[test]
    fn lines_are_short_where_words_are() {
        let text = "word ".repeat(60);
        let lines = wrapped(text.trim(), "  ");
        assert!(lines.lines().count() > 3);
        assert!(lines.lines().all(|line| line.chars().count() <= WIDTH), "{lines}");
        assert_eq!(lines.split_whitespace().count(), 60);
        let address = format!("https://example.org/{}", "a".repeat(100));
        assert_eq!(wrapped(&address, ""), address);
        let japanese = "議題を募集しています：10:00 JST（01:00 UTC）".repeat(3);
        assert_eq!(wrapped(&japanese, ""), japanese);
    }
}
