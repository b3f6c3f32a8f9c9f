//! A list of holidays from a calendar of whole days.

use super::ics::is_of_times;
use super::{Imported, Note, Options, Unreadable, alone, import};
use crate::content::edit::written::text;
use crate::content::{SourceFile, parse};
use crate::model::Slug;
use crate::schedule::{Status, occurrences};
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeMap;

/// How far ahead yearly holidays are written out.
const AHEAD: TimeDelta = TimeDelta::days(5 * 366);

/// Makes `holidays/<slug>.toml` of a calendar's whole days: each date once, from a year before the
/// present to five after it. The notes of reading it come along, but for
/// those on how long something at a time of day is.
///
/// # Errors
/// As [`import`]; and a calendar without whole days in those years.
pub fn holidays(
    bytes: &[u8],
    slug: &Slug,
    options: &Options,
) -> Result<(SourceFile, Imported), Unreadable> {
    let mut imported = import(bytes, options)?;
    imported.notes.retain(|note| !is_of_times(note));
    let community = parse(&alone(&imported, options.lasts))
        .map_err(|_| Unreadable::at(0, "its days are no days that content can have"))?;
    let first = (options.now - TimeDelta::days(366)).date_naive();
    let last = (options.now + AHEAD).date_naive();
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for series in community.all_series() {
        if series.slots.iter().any(|slot| slot.at.is_some()) {
            let text = format!("`{}` is not of whole days and was left out", series.title);
            imported.notes.push(Note::of_file(text));
        }
        let near = occurrences(series).take_while(|o| o.utc_start.date_naive() <= last);
        for o in near.filter(|o| o.start.time().is_none() && o.status == Status::Confirmed) {
            let until = o.end.date();
            for day in o.start.date().iter_days().take_while(|day| *day < until) {
                let names = days.entry(day).or_default();
                let name = o.title().to_string();
                if (first..=last).contains(&day) && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    let all = days.iter().filter(|(_, names)| !names.is_empty());
    let list: Vec<String> = all
        .map(|(day, names)| {
            let name: String = names.join(" and ").chars().take(500).collect();
            format!("[[holiday]]\ndate = {day}\nname = {}\n", text(&name))
        })
        .collect();
    match list.is_empty() {
        true => Err(Unreadable::at(0, "it has no whole days from last year on")),
        false => {
            let path = format!("holidays/{slug}.toml");
            Ok((SourceFile { path, bytes: list.join("\n").into_bytes() }, imported))
        }
    }
}
