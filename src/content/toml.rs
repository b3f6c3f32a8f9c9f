//! TOML, read with the place of every key and value.

use super::source::Source;
use super::tree::{Entry, MAX_DEPTH, Node, Value};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Reads the part of the file's text, noting each mistake of syntax and going on after it.
pub(super) fn read(source: &Source<'_>, part: Range<usize>) -> Node {
    let text = source.text.get(part.clone()).unwrap_or_default();
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut readable = source.text.len();
    for error in errors {
        let span = error.span().unwrap_or_default();
        let span = span.start + part.start..span.end + part.start;
        let message = error.message();
        let other = |help: &str| {
            source.note_syntax(span.clone(), format!("this is not TOML: {message}"), help);
        };
        if message == "duplicate key" {
            let key = source.text.get(span.clone()).unwrap_or_default();
            let message = format!("the key {} is given twice", super::source::quote(key));
            source.note_syntax(span, message, "keep one of them");
        } else if message.starts_with(IN_LIST) {
            other("put a comma between the elements, or close the list that begins above by `]`");
            // A list without its end takes all the lines after it for its elements: of those, nothing.
            readable = span.start;
            break;
        } else {
            other("text goes in quotes, lists in `[ ]`, and each key has a line of its own");
        }
    }
    let reader = Reader { source, base: part.start };
    let mut value = reader.table(table.into_inner(), 0);
    if let Value::Table(entries) = &mut value {
        entries.retain(|entry| entry.key_span.start < readable && entry.node.span.end <= readable);
    }
    Node { span: part.start..part.start, value }
}

/// How the crate's message of a list that goes wrong begins.
const IN_LIST: &str = "missing comma between array elements";

struct Reader<'a> {
    source: &'a Source<'a>,
    base: usize,
}

impl Reader<'_> {
    fn span(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.base..span.end + self.base
    }

    /// The crate keeps keys in alphabetical order; their places give that of the file.
    fn table(&self, table: DeTable<'_>, depth: usize) -> Value {
        let mut entries: Vec<Entry> = table
            .into_iter()
            .map(|(key, value)| {
                // A value that cannot be read has no place: whatever it lacks is its key's line's.
                let place = if value.span().is_empty() { key.span() } else { value.span() };
                Entry {
                    key_span: self.span(key.span()),
                    key: key.into_inner().into_owned(),
                    node: self.node(self.span(place), value.into_inner(), depth + 1),
                }
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Value::Table(entries)
    }

    fn node(&self, span: Range<usize>, value: DeValue<'_>, depth: usize) -> Node {
        if depth > MAX_DEPTH {
            self.source.note_syntax(span.clone(), "this is nested too deep", "write it flat");
            return Node { span, value: Value::Other("a value nested too deep") };
        }
        let value = match value {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Other("a number that is too big"), Value::Integer),
            DeValue::Float(_) => Value::Other("a number with a fraction"),
            DeValue::Datetime(_) => {
                Value::Moment(self.source.text.get(span.clone()).unwrap_or_default().to_owned())
            }
            DeValue::Array(items) => Value::Array(
                items
                    .into_iter()
                    .map(|item| self.node(self.span(item.span()), item.into_inner(), depth + 1))
                    .collect(),
            ),
            DeValue::Table(table) => self.table(table, depth),
        };
        Node { span, value }
    }
}
