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

    /// The paths of the files in that folder, which ends in a slash, in order.
    pub(super) fn in_folder(&self, folder: &str) -> Vec<&'a str> {
        let mut paths: Vec<&str> =
            self.0.keys().copied().filter(|path| path.starts_with(folder)).collect();
        paths.sort_unstable();
        paths
    }

    /// At the first value of those keys, in whatever table of the file, that is meant: `say` has its key,
    /// the value as it is written and how many there are. None where there is no such value.
    pub(super) fn at_value(
        &self,
        path: &str,
        keys: &[&str],
        is_meant: impl Fn(&str) -> bool,
        say: impl FnOnce(&str, &str, usize) -> Said,
    ) -> Option<Diagnostic> {
        let source = Source::new(self.0.get(path)?);
        let root = root(&source)?;
        let mut values = Vec::new();
        single_values(&root, "", &mut values);
        values.retain(|(key, _, text)| keys.contains(key) && is_meant(text));
        let (key, span, text) = values.first()?;
        Some(self.at(path, say(key, text, values.len()), |_, _| Some((*span).clone())))
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

/// Each date, time or word that is a value, or in a list, with its key and its place.
fn single_values<'n>(
    node: &'n Node,
    key: &'n str,
    found: &mut Vec<(&'n str, &'n Range<usize>, &'n str)>,
) {
    match &node.value {
        Value::Table(entries) => {
            entries.iter().for_each(|entry| single_values(&entry.node, &entry.key, found));
        }
        Value::Array(items) => items.iter().for_each(|item| single_values(item, key, found)),
        Value::Text(text) | Value::Plain(text) | Value::Moment(text) => {
            found.push((key, &node.span, text));
        }
        Value::Integer(_) | Value::Bool(_) | Value::Other(_) => {}
    }
}

/// Whether a key has that value, as a date, time or word is written.
fn says(entry: &Entry, value: &str) -> bool {
    matches!(&entry.node.value, Value::Text(text) | Value::Plain(text) | Value::Moment(text) if text == value)
}
