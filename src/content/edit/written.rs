//! Keys and values as TOML writes them.

use super::splice::Lines;
use crate::model::{Found, Line, Link, Local, Record};
use chrono::{DateTime, TimeDelta, Utc};

/// Lists that would make a longer line have a line for each item.
const MOST_COLUMNS: usize = 100;

/// A key of a record with its values, each as it is written; none where the record has none.
pub(super) struct Pair {
    pub(super) key: &'static str,
    pub(super) values: Vec<String>,
    shape: Shape,
}

/// How the values of a key are written where there is nothing yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One by itself, several as a list.
    OneOrList,
    /// A list with a line for each, however many there are.
    Lines,
}

/// All keys of a record but its date, in the order in which they are written.
pub(super) fn pairs(record: &Record) -> [Pair; 6] {
    let pair = |key, values, shape| Pair { key, values, shape };
    let link = |link: &Link| text(link.as_str());
    let line = |line: &Line| text(line.as_str());
    let found = |found: Found| text(found.as_str());
    let moments = |all: &[DateTime<Utc>]| all.iter().map(|moment| instant(*moment)).collect();
    let one = Shape::OneOrList;
    [
        pair("minutes", record.minutes.iter().map(link).collect(), one),
        pair("minutes-published", moments(record.minutes_published.as_slice()), one),
        pair("recording", record.recordings.iter().map(link).collect(), one),
        pair("published", moments(&record.published), one),
        pair("topics", record.topics.iter().map(line).collect(), Shape::Lines),
        pair("found", record.found.map(found).into_iter().collect(), one),
    ]
}

impl Pair {
    /// A key of several values.
    pub(super) fn list(key: &'static str, values: Vec<String>) -> Pair {
        Pair { key, values, shape: Shape::OneOrList }
    }

    /// `key = value`, with the end of its line.
    pub(super) fn line(&self, lines: Lines<'_>, indent: &str) -> String {
        let value = self.value(lines, indent);
        format!("{indent}{} = {value}{}", self.key, lines.end)
    }

    /// The value: one, or a list.
    pub(super) fn value(&self, lines: Lines<'_>, indent: &str) -> String {
        match self.values.as_slice() {
            [one] if self.shape == Shape::OneOrList => one.clone(),
            all if self.shape == Shape::OneOrList && fits(indent, self.key, &in_line(all)) => {
                in_line(all)
            }
            all => in_lines(all.iter(), lines, indent),
        }
    }
}

/// Whether the key and its value are no longer than a line should be.
pub(super) fn fits(indent: &str, key: &str, value: &str) -> bool {
    [indent, key, " = ", value].iter().map(|part| part.chars().count()).sum::<usize>()
        <= MOST_COLUMNS
}

/// A list in one line.
pub(super) fn in_line(values: &[String]) -> String {
    format!("[{}]", values.join(", "))
}

/// A list with a line for each.
pub(super) fn in_lines(
    values: impl Iterator<Item = impl AsRef<str>>,
    lines: Lines<'_>,
    indent: &str,
) -> String {
    let items: String =
        values.map(|value| format!("{indent}  {},{}", value.as_ref(), lines.end)).collect();
    format!("[{}{items}{indent}]", lines.end)
}

/// A basic string of a line of text, which has no control characters.
pub(crate) fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A moment in UTC, in whole seconds (RFC 3339).
pub(crate) fn instant(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A length of time, of whole days or of hours and minutes.
pub(crate) fn lasts(lasts: TimeDelta, is_whole_days: bool) -> String {
    let (hours, minutes) = (lasts.num_hours(), lasts.num_minutes() % 60);
    text(&match (is_whole_days, hours, minutes) {
        (true, ..) if lasts.num_days() == 1 => "1 day".to_owned(),
        (true, ..) => format!("{} days", lasts.num_days()),
        (false, 0, minutes) => format!("{minutes}m"),
        (false, hours, 0) => format!("{hours}h"),
        (false, hours, minutes) => format!("{hours}h{minutes}m"),
    })
}

/// A whole new record with its header.
pub(super) fn record(name: Local, record: &Record, lines: Lines<'_>) -> String {
    let end = lines.end;
    let pairs = pairs(record);
    let said = pairs.iter().filter(|pair| !pair.values.is_empty());
    let said: String = said.map(|pair| pair.line(lines, "")).collect();
    format!("[[record]]{end}date = {name}{end}{said}")
}
