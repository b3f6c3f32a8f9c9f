//! Markdown (CommonMark), in which nothing that people wrote is taken for a mark.

use super::mail::announcing;
use super::pings;
use super::story::{Block, Story};
use crate::model::Link;

/// How the first line stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headline {
    /// As a heading.
    Heading,
    /// In bold: a heading is huge in a chat.
    Bold,
}

/// Characters that mean something within a line.
const MARKS: &str = "\\`*_[]<>~|&#$^=";

/// The whole text.
pub(super) fn text(story: &Story<'_>, headline: Headline) -> String {
    let subject = escaped(&story.subject);
    let headline = match headline {
        Headline::Heading => format!("## {subject}"),
        Headline::Bold => format!("**{subject}**"),
    };
    let blocks = story.blocks.iter().map(|one| block(story, one));
    let all: Vec<String> = std::iter::once(headline).chain(blocks).collect();
    format!("{}\n", all.join("\n\n"))
}

fn block(story: &Story<'_>, block: &Block<'_>) -> String {
    match block {
        Block::Text(text) => escaped(text),
        Block::Note(note) => pings::without(note.as_str()),
        Block::List(heading, items) => {
            let items: Vec<String> =
                items.iter().map(|item| format!("- {}", escaped(item))).collect();
            format!("{}\n\n{}", escaped(&announcing(heading, story.colon)), items.join("\n"))
        }
        Block::Links(links) => {
            let line = |(name, to): &(String, String)| match to.contains(['(', ')']) {
                true => format!("- [{}](<{to}>)", escaped(name)),
                false => format!("- [{}]({to})", escaped(name)),
            };
            links.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

/// Plain text as Markdown; addresses in it stay links.
fn escaped(text: &str) -> String {
    let quiet = pings::without(text);
    let words: Vec<String> = quiet.split(' ').map(word).collect();
    let line = words.join(" ");
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at_checked(digits).unwrap_or(("", &line));
    match rest.starts_with(['.', ')']) && digits > 0 {
        true => format!("{number}\\{rest}"),
        false if line.starts_with(['-', '+']) => format!("\\{line}"),
        false => line,
    }
}

fn word(word: &str) -> String {
    let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    if Link::new(bare).is_some() {
        let end = word.get(bare.len()..).unwrap_or_default();
        return format!("<{bare}>{end}");
    }
    let mut safe = String::with_capacity(word.len());
    for c in word.chars() {
        if MARKS.contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use pulldown_cmark::{Event, Options, Parser};

    #[test]
    fn marks_are_text() {
        let texts = [
            "1. not *a* list",
            "- nor this",
            "# no heading",
            "a_b_c `code` <b>",
            "[no](link)",
            "&amp; ~~struck~~ | $x$ ==y==",
            "2) two",
            "+ plus",
            "\\ back",
            "=====",
            "> quote",
        ];
        for text in texts {
            let markdown = escaped(text);
            let mut shown = String::new();
            for event in Parser::new_ext(&markdown, Options::all()) {
                match event {
                    Event::Text(piece) => shown.push_str(&piece),
                    Event::Start(pulldown_cmark::Tag::Paragraph) | Event::End(_) => {}
                    other => panic!("{text}: {other:?}"),
                }
            }
            assert_eq!(shown, text);
        }
    }

    #[test]
    fn addresses_stay_links() {
        assert_eq!(
            escaped("see https://example.org/a_b, please"),
            "see <https://example.org/a_b>, please"
        );
    }
}
