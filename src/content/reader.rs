//! Typed values out of a table, by key.

use super::source::{Read, Reported, Source, quote};
use super::suggest::nearest;
use super::tree::{Entry, Node, Value};
use super::value::At;
use std::ops::Range;

/// Reads a table's keys one after the other; [`Keys::finish`] then reports those never asked for.
pub(super) struct Keys<'a> {
    pub(super) source: &'a Source<'a>,
    /// Where the table begins: what is missing in it is reported there.
    pub(super) span: Range<usize>,
    entries: &'a [Entry],
    known: Vec<&'static str>,
    missing: Vec<(&'static str, String)>,
    /// The unknown keys, and what each was probably meant to be.
    unknown: Vec<(&'a Entry, Option<&'static str>)>,
}

impl<'a> Keys<'a> {
    /// The keys of a file's outermost table.
    pub(super) fn of(source: &'a Source<'a>, node: &'a Node) -> Keys<'a> {
        let entries: &[Entry] = match &node.value {
            Value::Table(entries) => entries,
            _ => &[],
        };
        Keys {
            source,
            span: node.span.clone(),
            entries,
            known: Vec::new(),
            missing: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// The keys of a table within another.
    pub(super) fn nested(at: At<'a>) -> Read<Keys<'a>> {
        match at.node.value {
            Value::Table(_) => Ok(Keys::of(at.source, at.node)),
            _ => Err(at.wrong_kind("a table", "write it as keys and values of its own")),
        }
    }

    /// A value that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(At<'a>) -> Read<T>,
    ) -> Read<Option<T>> {
        self.find(key).map(read).transpose()
    }

    /// A value that has to be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        example: &str,
        read: impl FnOnce(At<'a>) -> Read<T>,
    ) -> Read<T> {
        match self.find(key) {
            Some(at) => read(at),
            None => Err(self.missing(key, example)),
        }
    }

    /// Keeps in mind that a key has to be there, with an example of its value.
    pub(super) fn missing(&mut self, key: &'static str, example: &str) -> Reported {
        self.missing.push((key, example.to_owned()));
        Reported
    }

    /// The values of a list that may be left out, or one value in its place.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(At<'a>) -> Read<T>,
    ) -> Read<Vec<T>> {
        match self.find(key) {
            Some(at) => at.items().into_iter().map(read).fold(Ok(Vec::new()), push),
            None => Ok(Vec::new()),
        }
    }

    /// A list of tables, `[[key]]` in TOML; what each gives, be it right or wrong.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(Keys<'a>) -> Read<T>,
    ) -> Vec<Read<T>> {
        let Some(at) = self.find(key) else { return Vec::new() };
        at.items().into_iter().map(|item| Keys::nested(item).and_then(&mut read)).collect()
    }

    /// Where the value of a key stands; where the table begins, if it is not there.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.map_or(self.span.clone(), |entry| entry.node.span.clone())
    }

    /// Where a key stands, if it does.
    pub(super) fn key_span(&self, key: &str) -> Option<Range<usize>> {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.map(|entry| entry.key_span.clone())
    }

    /// Where the first key stands, or else where the table begins.
    pub(super) fn first_span(&self) -> Range<usize> {
        self.entries.first().map_or(self.span.clone(), |entry| entry.key_span.clone())
    }

    /// Notes every key that nothing asked for, and every one that is missing: not one that an
    /// unknown key was probably meant to be.
    ///
    /// To be called once all keys are read; what depends on the table is left out after a mistake.
    pub(super) fn finish(&mut self) -> Read<()> {
        let mut known = Ok(());
        for entry in self.entries.iter().filter(|e| !self.known.contains(&e.key.as_str())) {
            let meant = nearest(&entry.key, self.known.iter().copied());
            let help = match meant {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the keys here are `{}`", self.known.join("`, `")),
            };
            let message = format!("unknown key {}", quote(&entry.key));
            known = Err(self.source.note_key(entry.key_span.clone(), message, help));
            self.unknown.push((entry, meant));
        }
        for (key, example) in self.missing.iter().filter(|(key, _)| !self.is_meant(key)) {
            let help = format!("add it, such as `{}`", self.source.pair(key, example));
            self.source.note_key(self.span.clone(), format!("the key `{key}` is missing"), help);
        }
        known
    }

    /// Whether an unknown key was probably meant to be that one.
    pub(super) fn is_meant(&self, key: &str) -> bool {
        self.unknown.iter().any(|(_, meant)| *meant == Some(key))
    }

    /// The unknown keys, each with what it was probably meant to be; none before [`Keys::finish`].
    pub(super) fn unknown(&self) -> impl Iterator<Item = (&'a Entry, Option<&'static str>)> {
        self.unknown.iter().copied()
    }

    fn find(&mut self, key: &'static str) -> Option<At<'a>> {
        self.known.push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(At { source: self.source, node: &entry.node })
    }
}

/// Collects all values, or none once one is wrong; each is looked at.
pub(super) fn push<T>(all: Read<Vec<T>>, next: Read<T>) -> Read<Vec<T>> {
    match (all, next) {
        (Ok(mut all), Ok(next)) => {
            all.push(next);
            Ok(all)
        }
        _ => Err(Reported),
    }
}
