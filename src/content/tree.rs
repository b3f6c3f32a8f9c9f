//! Keys and values with their places, the same for both languages.

use std::ops::Range;

/// How deep values may be nested; ours are at most three deep.
pub(super) const MAX_DEPTH: usize = 32;

/// A value and the bytes of the file it was read from.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// A value as its language gives it.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Keys and values in the order they were written.
    Table(Vec<Entry>),
    /// Values in order.
    Array(Vec<Node>),
    /// Text that is nothing else.
    Text(String),
    /// YAML's plain scalar: whoever reads it decides whether it is text, a number or a date.
    Plain(String),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Bool(bool),
    /// TOML's date, time or both, as it was written.
    Moment(String),
    /// A kind of value that Convene has no use for.
    Other(&'static str),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

impl Value {
    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Table(_) => "a table",
            Value::Array(_) => "a list",
            Value::Text(_) => "text",
            Value::Plain(text) if text.is_empty() => "nothing",
            Value::Plain(_) => "text",
            Value::Integer(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Moment(_) => "a date or time",
            Value::Other(kind) => kind,
        }
    }
}
