//! Importing the calendar that is built of what was imported.
//!
//! The first time, every meeting is where it was, by the same UID or as a date of its own; from then on
//! the content is the same to the byte. Only the text of a series is in no calendar: it is on its page.

use super::{USUAL, corpus, imported, options};
use crate::support::text;
use convene::content::{SourceFile, parse};
use convene::import::{Imported, alone, import};
use convene::model::Community;
use convene::publish::build;
use convene::schedule::occurrences;
use std::collections::BTreeSet;

fn community(imported: &Imported) -> Community {
    parse(&alone(imported, USUAL)).unwrap_or_else(|why| panic!("{why}"))
}

/// The calendar that is published of it.
fn built(imported: &Imported) -> String {
    let snapshot = build(&community(imported), options().now);
    text(&snapshot, "/calendar.ics").to_owned()
}

fn again(calendar: &str) -> Imported {
    import(calendar.as_bytes(), &options()).unwrap_or_else(|why| panic!("{why}\n{calendar}"))
}

/// Every meeting of the near years, in words: when, called what, where, and whether it takes place.
fn meetings(imported: &Imported) -> BTreeSet<String> {
    let community = community(imported);
    let last = options().now + chrono::TimeDelta::days(500);
    let all = community.all_series().flat_map(|series| {
        occurrences(series).take_while(|meeting| meeting.utc_start < last).map(|m| {
            let (start, end) = (m.start, m.end);
            let zone = if start.time().is_some() { m.zone.name() } else { "" };
            let links = [m.join(), m.agenda()].map(|link| link.map(|link| link.as_str()));
            let place = m.location().map(ToString::to_string);
            let note = m.note().map(|note| note.as_str().to_owned());
            format!(
                "{start} {end} {zone} {} {:?} {links:?} {place:?} {note:?}",
                m.title(),
                m.status
            )
        })
    });
    all.collect()
}

/// Those that calendars know their meetings by.
fn uids(calendar: &str) -> BTreeSet<&str> {
    calendar.lines().filter(|line| line.starts_with("UID:")).collect()
}

/// The files as text, without what series say of themselves.
fn without_texts(files: &[SourceFile]) -> String {
    let one = |file: &SourceFile| {
        let text = String::from_utf8_lossy(&file.bytes);
        let head = text.rsplit_once("+++\n").map_or(&*text, |(head, _)| head);
        let kept = if file.path.ends_with("series.md") { head } else { &*text };
        format!("== {}\n{kept}\n", file.path)
    };
    files.iter().map(one).collect()
}

/// How two texts differ, or nothing.
fn difference(old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(2).to_string()
}

/// What is wrong with the second, imported from what was built of the first.
fn moved(first: &Imported, old: &str, second: &Imported, new: &str) -> String {
    let lines = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join("\n") + "\n";
    let differs = difference(&lines(meetings(first)), &lines(meetings(second)));
    let told: BTreeSet<&str> = first.notes.iter().map(|note| &*note.text).collect();
    let news = second.notes.iter().filter(|note| !told.contains(&*note.text));
    let news: String = news.map(|note| format!("{note}\n")).collect();
    let gone: String = uids(old).symmetric_difference(&uids(new)).copied().collect();
    differs + &news + &gone
}

#[test]
fn importing_what_was_built_moves_no_meeting_and_is_a_fixed_point() {
    let mut wrong = String::new();
    for path in corpus() {
        let first = imported(&path);
        let old = built(&first);
        let second = again(&old);
        let new = built(&second);
        let third = again(&new);
        let found = moved(&first, &old, &second, &new)
            + &difference(&without_texts(&second.files), &without_texts(&third.files));
        if !found.is_empty() {
            wrong += &format!("{}\n{found}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
