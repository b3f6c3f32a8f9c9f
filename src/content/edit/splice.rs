//! Text with parts of it replaced, and where its lines begin and end.

use super::list;
use crate::content::SourceFile;
use crate::content::source::Source;
use crate::content::tree::{Entry, Value};
use std::ops::Range;

/// What is put in place of some bytes; of none, where something is added.
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Splice {
        Splice { range, text: text.into() }
    }

    pub(super) fn insert(offset: usize, text: impl Into<String>) -> Splice {
        Splice::new(offset..offset, text)
    }
}

/// A text whose parts are to be replaced.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    /// How its lines end: as the first one does.
    pub(super) end: &'static str,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Lines<'a> {
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        Lines { text, end: if first.ends_with("\r\n") { "\r\n" } else { "\n" } }
    }

    /// The text of those bytes.
    pub(super) fn get(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where the line of that byte begins.
    pub(super) fn start(&self, offset: usize) -> usize {
        self.get(0..offset).rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Where the line after that byte's begins.
    pub(super) fn next(&self, offset: usize) -> usize {
        let rest = self.get(offset..self.text.len());
        rest.find('\n').map_or(self.text.len(), |newline| offset + newline + 1)
    }

    /// The white space at the beginning of that byte's line.
    pub(super) fn indent(&self, offset: usize) -> &'a str {
        let before = self.get(self.start(offset)..offset);
        before.get(..before.len() - before.trim_start().len()).unwrap_or_default()
    }

    /// The text with all parts replaced that stand in no other; those at one place in their order.
    pub(super) fn spliced(&self, mut splices: Vec<Splice>) -> String {
        splices.sort_by_key(|splice| splice.range.start);
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for Splice { range, text } in splices {
            out.push_str(self.get(done..range.start));
            // Whole lines come after the last one, which may not be ended.
            if range.start == self.text.len() && !out.is_empty() && !out.ends_with('\n') {
                out.push_str(self.end);
            }
            out.push_str(&text);
            done = range.end;
        }
        out.push_str(self.get(done..self.text.len()));
        out
    }
}

/// The file's bytes with its text spliced; a byte order mark before it stays.
pub(super) fn spliced(file: &SourceFile, source: &Source<'_>, splices: Vec<Splice>) -> Vec<u8> {
    let mark = file.bytes.len().saturating_sub(source.text.len());
    let mut bytes = file.bytes.get(..mark).unwrap_or_default().to_vec();
    bytes.extend(Lines::of(&source.text).spliced(splices).into_bytes());
    bytes
}

/// Where a key's value ends: a block of YAML takes the ends of its lines along.
pub(super) fn value_end(lines: Lines<'_>, entry: &Entry) -> usize {
    let span = entry.node.span.clone();
    span.start + lines.get(span).trim_end().len()
}

/// Takes out the lines of a key and its value, but for the comments on them.
pub(super) fn removed(lines: Lines<'_>, entry: &Entry) -> Splice {
    let (start, end) = (entry.key_span.start, value_end(lines, entry));
    let mut comments = match &entry.node.value {
        Value::Array(items) => list::comments(lines, &entry.node, items),
        _ => Vec::new(),
    };
    let after = lines.get(end..lines.next(end));
    comments.extend(list::comment(after));
    if comments.is_empty() {
        return Splice::new(lines.start(start)..lines.next(end), "");
    }
    let between = format!("{}{}", lines.end, lines.indent(start));
    Splice::new(start..end + after.trim_end().len(), comments.join(&between))
}
