//! Front matter: the keys at the head of a Markdown file, and the body after it.

use super::source::{Language, Read, Source};
use super::tree::{Node, Value};
use super::{toml, yaml};
use crate::model::{Markdown, Unfit};
use std::ops::Range;

/// What a Markdown file holds.
pub(super) struct Document {
    /// Its keys; the table's span is the line that opens the front matter.
    pub(super) keys: Node,
    /// The text after them.
    pub(super) body: Read<Markdown>,
}

/// Reads `+++` TOML or `---` YAML and the body; no or unclosed front matter is a mistake.
pub(super) fn read(source: &Source<'_>) -> Read<Document> {
    let (keys, body) = split(source)?;
    let fence = 0..3;
    let mut keys = match source.language {
        Language::Toml => toml::read(source, keys),
        Language::Yaml => yaml::read(source, keys),
    };
    if !matches!(keys.value, Value::Table(_)) {
        let help = "write one `key: value` on each line";
        return Err(source.note_syntax(keys.span, "front matter has to be keys and values", help));
    }
    keys.span = fence;
    Ok(Document { keys, body: markdown(source, body) })
}

/// Reads a file that is TOML from its first to its last line.
pub(super) fn read_toml(source: &Source<'_>) -> Node {
    toml::read(source, 0..source.text.len())
}

/// The bytes of the keys and those of the body.
fn split(source: &Source<'_>) -> Read<(Range<usize>, Range<usize>)> {
    let text: &str = &source.text;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if !matches!(fence, "+++" | "---") {
        let help = "begin the file with a line `+++`, then the keys in TOML, then another `+++`";
        let end = first.trim_end().len();
        return Err(source.note_syntax(0..end, "this file has no front matter", help));
    }
    let start = first.len();
    let mut end = start;
    for line in lines {
        let next = end + line.len();
        if line.trim_end() == fence {
            return Ok((start..end, next..text.len()));
        }
        end = next;
    }
    let help = format!("close it with another line `{fence}`");
    Err(source.note_syntax(0..3, "the front matter that begins here is never closed", help))
}

fn markdown(source: &Source<'_>, body: Range<usize>) -> Read<Markdown> {
    let text = source.text.get(body.clone()).unwrap_or_default();
    Markdown::new(text).map_err(|unfit| match unfit {
        Unfit::Length => {
            let start = text.len() - text.trim_start().len() + body.start;
            let message = format!("this text has more than {} bytes", Markdown::MOST_BYTES);
            source.note(start..start, message, "shorten it, or link to a page that has the rest")
        }
        Unfit::Character(offset) => {
            let at = body.start + offset;
            let found = text.get(offset..).and_then(|rest| rest.chars().next()).unwrap_or_default();
            let message = format!("the character U+{:04X} is not allowed in text", found as u32);
            source.note(at..at + found.len_utf8(), message, "delete it: it is invisible")
        }
    })
}
