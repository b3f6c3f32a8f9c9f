//! Where a warning stands: the place of a key or of a text in a file.

use crate::content::source::Source;
use crate::content::tree::{Entry, Node, Value};
use crate::content::{Diagnostic, Severity, SourceFile, front_matter};
use std::collections::HashMap;
use std::ops::Range;

/// The files of the content by their paths.
pub(super) struct Places<'a>(HashMap<&'a str, &'a SourceFile>);

/// A warning's text.
pub(super) struct Said {
    pub(super) message: String,
    pub(super) help: String,
}

impl<'a> Places<'a> {
    pub(super) fn of(files: &'a [SourceFile]) -> Places<'a> {
        Places(files.iter().map(|file| (file.path.as_str(), file)).collect())
    }

    /// Whether there is a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// At the first of those keys that the file has, or at its first line.
    pub(super) fn at_key(&self, path: &str, keys: &[&str], said: Said) -> Diagnostic {
        self.at(path, said, |source, root| {
            keys.iter()
                .find_map(|key| entry(root, key))
                .map(|entry| entry.key_span.start..entry.key_span.end.min(source.text.len()))
        })
    }

    /// At a table of that list, the first one that has all of those values; or else at the first line.
    pub(super) fn at_table(
        &self,
        path: &str,
        list: &str,
        values: &[(&str, String)],
        said: Said,
    ) -> Diagnostic {
        self.at(path, said, |_, root| {
            let Value::Array(tables) = &entry(root, list)?.node.value else { return None };
            let has = |table: &&Node| {
                values.iter().all(|(key, value)| entry(table, key).is_some_and(|e| says(e, value)))
            };
            let (key, _) = values.first()?;
            entry(tables.iter().find(has)?, key).map(|entry| entry.node.span.clone())
        })
    }

    /// Where the text first stands, or else at the first line.
    pub(super) fn at_text(&self, path: &str, text: &str, said: Said) -> Diagnostic {
        self.at(path, said, |source, _| {
            source.text.find(text).map(|start| start..start + text.len())
        })
    }

    fn at(
        &self,
        path: &str,
        said: Said,
        find: impl FnOnce(&Source<'_>, &Node) -> Option<Range<usize>>,
    ) -> Diagnostic {
        let drawn = self.0.get(path).and_then(|file| {
            let source = Source::new(file);
            let root = root(&source)?;
            let span = find(&source, &root).unwrap_or(root.span.start..root.span.start);
            source.spot(span).mistake(said.message.clone(), said.help.clone())
        });
        let Said { message, help } = said;
        let blank = || Diagnostic { message, help, ..Diagnostic::absent(path, "") };
        Diagnostic { severity: Severity::Warning, ..drawn.unwrap_or_else(blank) }
    }
}

fn root(source: &Source<'_>) -> Option<Node> {
    if source.path.ends_with(".toml") {
        return Some(front_matter::read_toml(source));
    }
    front_matter::read(source).ok().map(|document| document.keys)
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Entry> {
    let Value::Table(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == key)
}

/// Whether a key has that value, as a date, time or word is written.
fn says(entry: &Entry, value: &str) -> bool {
    matches!(&entry.node.value, Value::Text(text) | Value::Plain(text) | Value::Moment(text) if text == value)
}
