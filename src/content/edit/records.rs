//! `records.toml` with records added and changed.

use super::splice::{Lines, Splice, removed, spliced};
use super::written::{self, Pair};
use super::{Refused, days, list};
use crate::content::source::{Reported, Source};
use crate::content::tree::{self, Node, Value};
use crate::content::{Diagnostics, SourceFile, front_matter, records};
use crate::model::{Local, Record, Series};
use std::collections::BTreeMap;

/// How the file begins where there is none yet.
const HEAD: &str = "\
# The minutes and recordings of past meetings, by date.
#
# `convene collect` writes this file; people may edit it too. A record with `found` is kept up to date:
# delete that line, and what you wrote stays.
";

/// A record as it stands in the file.
struct Written<'a> {
    id: Local,
    record: Record,
    entries: &'a [tree::Entry],
}

/// The file of the series with all wanted records as they should be.
///
/// # Errors
/// Records in a form that cannot be added to.
pub(super) fn edited(
    files: &[SourceFile],
    series: &Series,
    wanted: &BTreeMap<Local, &Record>,
) -> Result<SourceFile, Refused> {
    let path = format!("meetings/{}/records.toml", series.slug);
    let new = SourceFile { path: path.clone(), bytes: HEAD.as_bytes().to_vec() };
    let file = files.iter().find(|file| file.path == path).unwrap_or(&new);
    let source = Source::new(file);
    let node = front_matter::read_toml(&source);
    let (header, all) = written(&source, &node, series)?;
    let lines = Lines::of(&source.text);
    let (mut splices, mut added) = (Vec::new(), BTreeMap::new());
    for (id, record) in wanted {
        match all.iter().find(|written| written.id == *id) {
            Some(written) => splices.extend(changed(lines, written, record)),
            None => {
                let offset = place(lines, header, &all, *id);
                let record = written::record(days::name(series, *id), record, lines);
                added.entry(offset).or_insert_with(Vec::new).push(record);
            }
        }
    }
    splices.extend(added.into_iter().map(|(offset, added)| apart(lines, offset, &added)));
    Ok(SourceFile { path, bytes: spliced(file, &source, splices) })
}

/// The records in the order of the file, and where the header of the first stands.
fn written<'a>(
    source: &Source<'_>,
    node: &'a Node,
    series: &Series,
) -> Result<(Option<usize>, Vec<Written<'a>>), Refused> {
    let Value::Table(keys) = &node.value else { return Ok((None, Vec::new())) };
    let Some(entry) = keys.iter().find(|entry| entry.key == "record") else {
        return Ok((None, Vec::new()));
    };
    let other_form = || Refused::OtherForm { path: source.path.to_owned() };
    let header = entry.key_span.start;
    let lines = Lines::of(&source.text);
    let is_header = lines.get(lines.start(header)..header).trim().ends_with("[[");
    let Value::Array(items) = &entry.node.value else { return Err(other_form()) };
    if !is_header {
        return Err(other_form());
    }
    let read = records::read(source).into_iter().collect::<Result<Vec<_>, Reported>>();
    let read = read.map_err(|Reported| Refused::Broken(Diagnostics::new(source.diagnostics())))?;
    let mut all = Vec::new();
    for (item, read) in items.iter().zip(read) {
        let Value::Table(entries) = &item.value else { return Err(other_form()) };
        let id = days::meeting(series, read.date.value)?;
        all.push(Written { id, record: read.record, entries });
    }
    Ok((Some(header), all))
}

impl Written<'_> {
    /// Where the line after its last key begins.
    fn end(&self, lines: Lines<'_>) -> usize {
        lines.next(self.entries.last().map_or(0, |entry| entry.node.span.end))
    }
}

/// What makes the record say what it should, and leaves all else.
fn changed(lines: Lines<'_>, written: &Written<'_>, record: &Record) -> Vec<Splice> {
    let last = written.entries.last().map_or(0, |entry| entry.key_span.start);
    let mut splices = Vec::new();
    let mut added = String::new();
    for (old, new) in written::pairs(&written.record).iter().zip(&written::pairs(record)) {
        if old.values == new.values {
            continue;
        }
        match written.entries.iter().find(|entry| entry.key == new.key) {
            None => added.push_str(&new.line(lines, lines.indent(last))),
            Some(entry) if new.values.is_empty() => splices.push(removed(lines, entry)),
            Some(entry) => splices.extend(replaced(lines, entry, old, new)),
        }
    }
    if !added.is_empty() {
        splices.push(Splice::insert(written.end(lines), added));
    }
    splices
}

fn replaced(lines: Lines<'_>, entry: &tree::Entry, old: &Pair, new: &Pair) -> Vec<Splice> {
    let indent = lines.indent(entry.key_span.start);
    match &entry.node.value {
        Value::Array(items) => list::changed(lines, indent, &entry.node, items, &old.values, new),
        _ => vec![Splice::new(entry.node.span.clone(), new.value(lines, indent))],
    }
}

/// Where a new record goes: after the last one with an earlier date, or else before the first.
fn place(lines: Lines<'_>, header: Option<usize>, all: &[Written<'_>], id: Local) -> usize {
    let Some(header) = header else { return lines.text.len() };
    match all.iter().rfind(|written| written.id < id) {
        Some(earlier) => after(lines, earlier.end(lines)),
        None => before(lines, lines.start(header)),
    }
}

/// After the comments that follow a record at once, unless they are the next one's.
fn after(lines: Lines<'_>, end: usize) -> usize {
    let mut offset = end;
    while offset < lines.text.len() {
        let line = lines.get(offset..lines.next(offset)).trim();
        match line.starts_with('#') {
            true => offset = lines.next(offset),
            false if line.is_empty() => return offset,
            false => return end,
        }
    }
    offset
}

/// Before the comments that stand right above a record, unless they are the file's own.
fn before(lines: Lines<'_>, start: usize) -> usize {
    let mut offset = start;
    while offset > 0 {
        let above = lines.start(offset - 1);
        if !lines.get(above..offset).trim().starts_with('#') {
            return offset;
        }
        offset = above;
    }
    start
}

/// New records with a blank line between them, and between them and what is around.
fn apart(lines: Lines<'_>, offset: usize, records: &[String]) -> Splice {
    let is_apart = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
    let before = lines.get(0..offset).split_inclusive('\n').next_back();
    let after = lines.get(offset..lines.text.len()).split_inclusive('\n').next();
    let mut text = records.join(lines.end);
    if !is_apart(before) {
        text.insert_str(0, lines.end);
    }
    if !is_apart(after) {
        text.push_str(lines.end);
    }
    Splice::insert(offset, text)
}
