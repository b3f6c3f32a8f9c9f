//! YAML, read with the place of every key and value, and without its surprises.
//!
//! A plain scalar stays text until a reader decides what it should be: `no`, `10:00` and
//! `2021-10-07` mean what they say. Anchors, aliases, tags and further documents are mistakes.

use super::source::{Reported, Source, quote};
use super::tree::{Entry, MAX_DEPTH, Node, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// Reads the part of the file's text; after a mistake of syntax, what was read until there.
pub(super) fn read(source: &Source<'_>, part: Range<usize>) -> Node {
    let text = source.text.get(part.clone()).unwrap_or_default();
    let mut builder = Builder {
        source,
        offsets: text.char_indices().map(|(at, _)| at + part.start).collect(),
        end: part.end,
        open: Vec::new(),
        root: None,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let taken = match event {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => Err(builder.unreadable(&error)),
        };
        if taken.is_err() {
            break;
        }
    }
    let empty = Node { span: part.start..part.start, value: Value::Table(Vec::new()) };
    builder.root.unwrap_or(empty)
}

/// A list or table that is not closed yet.
struct Open {
    start: usize,
    table: bool,
    items: Vec<Node>,
}

struct Builder<'a> {
    source: &'a Source<'a>,
    /// The byte of each character, since the parser counts these.
    offsets: Vec<usize>,
    end: usize,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    fn offset(&self, index: usize) -> usize {
        self.offsets.get(index).copied().unwrap_or(self.end)
    }

    fn span(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start.index());
        start..self.offset(span.end.index()).max(start)
    }

    fn unreadable(&self, error: &ScanError) -> Reported {
        let at = self.offset(error.marker().index());
        if error.info().contains("unknown anchor") {
            return self.not_taken(at..at + 1, "an alias");
        }
        let help = "put text with `: `, `#` or a leading quote, bracket or `*` in quotes, and indent \
                    with spaces";
        self.source.note_syntax(at..at + 1, format!("this is not YAML: {}", error.info()), help)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Reported> {
        let span = self.span(span);
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                let help = "keep one document between the lines of `---`";
                Err(self.source.note_syntax(span, "a second YAML document begins here", help))
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.check_plain(&span, anchor, tag.is_some())?;
                let value = match style {
                    ScalarStyle::Plain => Value::Plain(text.into_owned()),
                    _ => Value::Text(text.into_owned()),
                };
                self.close(Node { span, value });
                Ok(())
            }
            Event::Alias(_) => Err(self.not_taken(span, "an alias")),
            Event::SequenceStart(anchor, tag) => {
                self.check_plain(&span, anchor, tag.is_some())?;
                self.begin(span, false)
            }
            Event::MappingStart(anchor, tag) => {
                self.check_plain(&span, anchor, tag.is_some())?;
                self.begin(span, true)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.end();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn check_plain(&self, span: &Range<usize>, anchor: usize, tag: bool) -> Result<(), Reported> {
        match (anchor, tag) {
            (0, false) => Ok(()),
            (0, true) => Err(self.not_taken(span.clone(), "a tag")),
            _ => Err(self.not_taken(span.clone(), "an anchor")),
        }
    }

    fn not_taken(&self, span: Range<usize>, what: &str) -> Reported {
        let help = "write the value out; text that begins with `&`, `*` or `!` goes in quotes";
        self.source.note_syntax(span, format!("{what} of YAML is not allowed"), help)
    }

    fn begin(&mut self, span: Range<usize>, table: bool) -> Result<(), Reported> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.source.note_syntax(span, "this is nested too deep", "write it flat"));
        }
        self.open.push(Open { start: span.start, table, items: Vec::new() });
        Ok(())
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let end = open.items.last().map_or(open.start, |item| item.span.end);
        let value = if open.table { self.table(open.items) } else { Value::Array(open.items) };
        self.close(Node { span: open.start..end, value });
    }

    fn close(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.root = Some(node),
        }
    }

    /// Keys and values alternate.
    fn table(&self, items: Vec<Node>) -> Value {
        let (mut entries, mut taken): (Vec<Entry>, _) = (Vec::new(), BTreeSet::new());
        let mut items = items.into_iter();
        while let (Some(key), Some(node)) = (items.next(), items.next()) {
            let (Value::Plain(text) | Value::Text(text)) = key.value else {
                self.source.note_syntax(key.span, "this cannot be a key", "use a plain word");
                continue;
            };
            if !taken.insert(text.clone()) {
                let message = format!("the key {} is given twice", quote(&text));
                self.source.note_syntax(key.span, message, "keep one of them");
                continue;
            }
            entries.push(Entry { key: text, key_span: key.span, node });
        }
        Value::Table(entries)
    }
}
