//! TOML and YAML of other programs, as plain values with their lines.

use super::SourceFile;
use super::source::Source;
use super::tree::{Node, Value};
use super::{toml, yaml};

/// A value, and the line on which it or its key stands, from 1.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(crate) line: usize,
    pub(crate) value: Plain,
}

/// What a value is; numbers, dates, true and false are text as they were written.
#[derive(Clone, Debug)]
pub(crate) enum Plain {
    Text(String),
    List(Vec<Outline>),
    /// Keys and values, in the order of the file.
    Table(Vec<(String, Outline)>),
    /// A kind of value of which nothing can be made.
    Other,
}

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// From 1.
    pub(crate) line: usize,
    /// What is wrong, and how to mend it, without full stop.
    pub(crate) reason: String,
}

impl Outline {
    /// The value of that key, where this is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Outline> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text of that key; none where it is empty.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Outline::text)
    }

    /// The text; none where it is empty, or something else.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Plain::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Outline] {
        match &self.value {
            Plain::List(items) => items,
            _ => &[],
        }
    }

    /// Keys and values of a table; none of anything else.
    pub(crate) fn entries(&self) -> &[(String, Outline)] {
        match &self.value {
            Plain::Table(entries) => entries,
            _ => &[],
        }
    }
}

/// Reads TOML.
///
/// # Errors
/// The first mistake.
pub(crate) fn of_toml(text: &str) -> Result<Outline, Unread> {
    outline(text, |source| toml::read(source, 0..source.text.len()))
}

/// Reads YAML of one document; aliases, anchors and tags are mistakes, as in the content.
///
/// # Errors
/// The first mistake.
pub(crate) fn of_yaml(text: &str) -> Result<Outline, Unread> {
    outline(text, |source| yaml::read(source, 0..source.text.len()))
}

fn outline(text: &str, read: impl Fn(&Source<'_>) -> Node) -> Result<Outline, Unread> {
    let file = SourceFile { path: "import".to_owned(), bytes: text.as_bytes().to_vec() };
    let source = Source::new(&file);
    let root = read(&source);
    if let Some(first) = source.diagnostics().into_iter().next() {
        let reason = format!("{}; {}", first.message, first.help);
        return Err(Unread { line: first.line, reason });
    }
    let ends = source.text.match_indices('\n').map(|(at, _)| at).collect();
    Ok(Lines(ends).outline(root, None))
}

/// Where lines end, in bytes.
struct Lines(Vec<usize>);

impl Lines {
    fn of(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|end| *end < offset)
    }

    /// As deep as the readers let values be nested.
    fn outline(&self, node: Node, key: Option<usize>) -> Outline {
        let line = self.of(key.unwrap_or(node.span.start));
        let value = match node.value {
            Value::Text(text) | Value::Plain(text) | Value::Moment(text) => Plain::Text(text),
            Value::Integer(number) => Plain::Text(number.to_string()),
            Value::Bool(value) => Plain::Text(value.to_string()),
            Value::Array(items) => {
                Plain::List(items.into_iter().map(|item| self.outline(item, None)).collect())
            }
            Value::Table(entries) => {
                let one = |entry: super::tree::Entry| {
                    let value = self.outline(entry.node, Some(entry.key_span.start));
                    (entry.key, value)
                };
                Plain::Table(entries.into_iter().map(one).collect())
            }
            Value::Other(_) => Plain::Other,
        };
        Outline { line, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_give_values_and_lines() {
        for read in [
            of_toml("a = 'x'\n[[b]]\nc = 7\n\n[[b]]\nc = true\n"),
            of_yaml("a: x\nb:\n- c: 7\n\n- \n  c: 'true'\n"),
        ] {
            let read = read.unwrap();
            assert_eq!(read.text_of("a"), Some("x"));
            let all: Vec<_> = read.get("b").unwrap().items().iter().collect();
            assert_eq!(all[0].text_of("c"), Some("7"));
            assert_eq!(all[1].get("c").unwrap().line, 6);
        }
    }

    #[test]
    fn a_mistake_has_its_line() {
        assert_eq!(of_toml("a = 1\nb = \n").unwrap_err().line, 2);
        assert_eq!(of_yaml("a: 1\nb: *x\n").unwrap_err().line, 2);
        assert!(of_yaml("a: &x 1\n").unwrap_err().reason.contains("an anchor"));
        assert!(of_yaml("a: 1\na: 2\n").is_err());
    }
}
