//! The changes as text, for people at a terminal.

use super::sentence::{Piece, Told, told};
use super::times::{elsewhere, short};
use super::{Change, Entry, Shift, What, Whose};
use crate::model::Zone;

/// More entries of one series than this are counted, not named.
const ENTRIES: usize = 5;

/// The changes for people: series by series, then what the feeds will have, then the warnings.
///
/// Times are told by the meeting's own clock and by those of `zones`; without any, by UTC and two
/// zones that are far from the meeting's. Ends with a line end.
pub fn text(changes: &[Change], zones: &[Zone]) -> String {
    if changes.is_empty() {
        return "nothing changes for subscribers\n".to_owned();
    }
    let mut blocks: Vec<String> = Vec::new();
    for (whose, group) in groups(changes) {
        let lines = group.into_iter().map(|change| of_change(&told(change), zones));
        blocks.push(heading(whose) + &lines.collect::<String>());
    }
    let entries: String = entries(changes).iter().map(|line| format!("  {line}\n")).collect();
    if !entries.is_empty() {
        blocks.push(format!("New in the feeds\n{entries}"));
    }
    let warnings = changes.iter().filter(|change| change.is_warning());
    blocks.extend(warnings.map(|change| of_warning(change.series.as_ref(), &told(change))));
    blocks.join("\n")
}

/// What happens to the site and to each series, without entries and warnings.
pub(super) fn groups(changes: &[Change]) -> impl Iterator<Item = (Option<&Whose>, Vec<&Change>)> {
    let groups = changes.chunk_by(|a, b| a.series == b.series);
    groups.filter_map(|group| {
        let is_told = |c: &&Change| !matches!(c.what, What::Entry(_) | What::Warning(_));
        let all: Vec<&Change> = group.iter().filter(is_told).collect();
        let whose = all.first()?.series.as_ref();
        Some((whose, all))
    })
}

/// The titles of the entries that the feeds will have, and of those that are too many the number.
pub(super) fn entries(changes: &[Change]) -> Vec<String> {
    let mut lines = Vec::new();
    for group in changes.chunk_by(|a, b| a.series == b.series) {
        let titles: Vec<&str> = group.iter().filter_map(title_of_entry).collect();
        lines.extend(titles.iter().take(ENTRIES).map(|title| (*title).to_owned()));
        let whose = group.first().and_then(|change| change.series.as_ref());
        if let (Some(whose), true) = (whose, titles.len() > ENTRIES) {
            lines.push(format!("and {} more of {}", titles.len() - ENTRIES, whose.title));
        }
    }
    lines
}

fn title_of_entry(change: &Change) -> Option<&str> {
    match &change.what {
        What::Entry(Entry { title, .. }) => Some(title),
        _ => None,
    }
}

fn heading(whose: Option<&Whose>) -> String {
    match whose {
        Some(Whose { slug, title }) => format!("{title} ({slug})\n"),
        None => "The site\n".to_owned(),
    }
}

fn of_change(told: &Told<'_>, zones: &[Zone]) -> String {
    let mut text = format!("  {}: {}\n", told.label, plain(&told.line));
    text.extend(told.more.iter().map(|line| format!("    {}\n", plain(line))));
    text + &told.times.as_ref().map(|times| clocks(times, zones)).unwrap_or_default()
}

/// A line for each clock elsewhere: `UTC  Thu 3 Dec 18:00–19:00`.
fn clocks(Shift { old, new }: &Shift, chosen: &[Zone]) -> String {
    let Some(last) = new.or(*old) else { return String::new() };
    let zones = elsewhere(&last, chosen);
    let width = zones.iter().map(|zone| zone.name().len()).max().unwrap_or(0);
    let line = |zone: Zone| {
        let before = old.map(|old| format!("{} → ", short(&old, zone))).unwrap_or_default();
        format!("    {:width$}  {before}{}\n", zone.name(), short(&last, zone))
    };
    zones.into_iter().map(line).collect()
}

fn of_warning(whose: Option<&Whose>, told: &Told<'_>) -> String {
    let whose = whose.map(|whose| format!("{}: ", whose.slug)).unwrap_or_default();
    let help = told.more.iter().map(|line| format!("  help: {}\n", plain(line)));
    format!("warning: {whose}{}\n{}", plain(&told.line), help.collect::<String>())
}

/// The pieces as they are, names between backquotes.
pub(super) fn plain(pieces: &[Piece<'_>]) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Words(text) => text.clone(),
        Piece::Text(text) | Piece::Link(text) => (*text).to_owned(),
        Piece::Code(text) => format!("`{text}`"),
    };
    pieces.iter().map(piece).collect()
}
