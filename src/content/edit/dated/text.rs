//! The text of a dated file with keys set and taken out; all else stays as it was written.

use crate::content::edit::list;
use crate::content::edit::splice::{Lines, Splice, removed, value_end};
use crate::content::edit::written::{self, Pair};
use crate::content::moment;
use crate::content::source::{Language, Source};
use crate::content::tree::{Entry, Value};

/// A key and what it is to say; none where it is to go.
pub(super) type Wanted = (&'static str, Option<String>);

/// The keys that tell what happened; a file has one of them, but for a meeting that was added and then
/// cancelled.
pub(super) const FACTS: [&str; 4] = ["cancelled", "moved-to", "added", "kept"];

/// The order in which keys are written where they are not there yet.
const ORDER: [&str; 14] = [
    "cancelled",
    "moved-to",
    "added",
    "kept",
    "title",
    "at",
    "zone",
    "lasts",
    "location",
    "join",
    "agenda",
    "announced",
    "restored",
    "updated",
];

/// What makes the front matter say what is wanted; another fact takes the place of the one that goes.
pub(super) fn changed(source: &Source<'_>, keys: &[Entry], wanted: &[Wanted]) -> Vec<Splice> {
    let text = Text { source, lines: Lines::of(&source.text), keys };
    let mut wanted: Vec<&Wanted> = wanted.iter().collect();
    wanted.sort_by_key(|(key, _)| ORDER.iter().position(|other| other == key));
    let stays = |fact: &&str| wanted.iter().any(|(key, value)| key == fact && value.is_some());
    let old_fact = FACTS.iter().filter(|fact| !stays(fact)).find_map(|fact| text.entry(fact));
    wanted.into_iter().flat_map(|(key, value)| text.splices(key, value, old_fact)).collect()
}

/// The line, 1 for the first, on which YAML's keys begin within braces (a flow mapping, YAML 1.2.2
/// §7.4.2): there no key has a line of its own. None where they are not written so.
pub(super) fn braces(source: &Source<'_>) -> Option<usize> {
    let is_said = |line: &str| !line.is_empty() && !line.starts_with('#');
    let mut lines = source.text.lines().map(str::trim).enumerate().skip(1);
    let (before, line) = lines.find(|(_, line)| is_said(line))?;
    (source.language == Language::Yaml && line.starts_with('{')).then_some(before + 1)
}

struct Text<'a> {
    source: &'a Source<'a>,
    lines: Lines<'a>,
    keys: &'a [Entry],
}

impl Text<'_> {
    fn entry(&self, key: &str) -> Option<&Entry> {
        self.keys.iter().find(|entry| entry.key == key)
    }

    fn splices(
        &self,
        key: &'static str,
        value: &Option<String>,
        old_fact: Option<&Entry>,
    ) -> Vec<Splice> {
        let is_fact = FACTS.contains(&key);
        match (self.entry(key), value) {
            // The new fact takes its place.
            (Some(_), None) if is_fact => Vec::new(),
            (None, None) => Vec::new(),
            (Some(entry), None) => vec![removed(self.lines, entry)],
            (Some(entry), Some(value)) => self.longer(key, entry, value).unwrap_or_else(|| {
                let span = entry.node.span.start..value_end(self.lines, entry);
                vec![Splice::new(span, value)]
            }),
            (None, Some(value)) => {
                let pair = self.source.pair(key, value);
                vec![match old_fact.filter(|_| is_fact) {
                    Some(old) => Splice::new(old.key_span.start..value_end(self.lines, old), pair),
                    None => Splice::insert(self.place(key), format!("{pair}{}", self.lines.end)),
                }]
            }
        }
    }

    /// A list of moments in brackets with more of them, and the comments in it; none for anything else.
    fn longer(&self, key: &'static str, entry: &Entry, value: &str) -> Option<Vec<Splice>> {
        let Value::Array(items) = &entry.node.value else { return None };
        let lines = self.lines;
        let in_brackets = lines.get(entry.node.span.clone()).starts_with('[');
        let values = value.strip_prefix('[')?.strip_suffix(']').filter(|_| in_brackets)?;
        let old = items.iter().map(|item| {
            let text = lines.get(item.span.clone()).trim_matches(['"', '\'']);
            moment::instant(text).map(written::instant)
        });
        let old = old.collect::<Option<Vec<String>>>()?;
        let new = Pair::list(key, values.split(", ").map(str::to_owned).collect());
        let indent = lines.indent(entry.key_span.start);
        Some(list::changed(lines, indent, &entry.node, items, &old, &new))
    }

    /// After the last key that goes before it, or else at the head.
    fn place(&self, key: &str) -> usize {
        let before = ORDER.iter().take_while(|other| **other != key);
        let before: Vec<_> = before.filter_map(|other| self.entry(other)).collect();
        let last = before.last().map_or(0, |entry| value_end(self.lines, entry));
        self.lines.next(last)
    }
}
