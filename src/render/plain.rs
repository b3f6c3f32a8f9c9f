//! Markdown as plain text, for formats that have no other.

use crate::model::Markdown;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The text of a piece of Markdown: paragraphs apart, list items dashed, links followed by their
/// address.
///
/// ```
/// use convene::model::Markdown;
/// use convene::render::plain;
/// let note = Markdown::new("Bring *questions*, see [the list](https://example.org/l).").unwrap();
/// assert_eq!(plain::text(&note), "Bring questions, see the list (https://example.org/l).");
/// ```
pub fn text(markdown: &Markdown) -> String {
    let mut text = String::new();
    let mut links = Vec::new();
    for event in Parser::new(markdown.as_str()) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::Start(Tag::Item) => text.push_str("- "),
            Event::Start(Tag::Link { dest_url, .. }) => links.push((text.len(), dest_url)),
            Event::End(TagEnd::Link) => push_address(&mut text, links.pop()),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_)) => {
                text.push_str("\n\n")
            }
            Event::End(TagEnd::Item) => text.push('\n'),
            _ => {}
        }
    }
    text.trim().replace("\n\n\n", "\n\n")
}

/// Adds a link's address in brackets, unless the link's text is the address.
fn push_address<S: AsRef<str>>(text: &mut String, link: Option<(usize, S)>) {
    let Some((start, address)) = link else { return };
    let address = address.as_ref();
    if text.get(start..).is_none_or(|shown| shown != address) && address.contains("://") {
        text.push_str(&format!(" ({address})"));
    }
}
