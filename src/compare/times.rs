//! Moments in words, and the clocks elsewhere.

use crate::model::Zone;
use crate::schedule::{Span, ZoneRules};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// Far apart from each other; where none are chosen, the two farthest from a meeting's own are shown.
const FAR_APART: [&str; 3] = ["America/Los_Angeles", "Europe/Berlin", "Asia/Shanghai"];

/// The zones beside the meeting's own in which its time is told: those chosen, or else UTC and two that
/// are far from it.
pub(super) fn elsewhere(span: &Span, chosen: &[Zone]) -> Vec<Zone> {
    if span.start.time().is_none() {
        return Vec::new();
    }
    let mut zones = if chosen.is_empty() { usual(span) } else { chosen.to_vec() };
    zones.retain(|zone| zone.canonical() != span.zone.canonical());
    zones
}

fn usual(span: &Span) -> Vec<Zone> {
    let ahead = |zone: Zone| ZoneRules::of(zone).offset(span.utc_start).seconds;
    let mut far: Vec<Zone> = FAR_APART.into_iter().filter_map(Zone::new).collect();
    let nearest = far.iter().copied().min_by_key(|zone| (ahead(*zone) - ahead(span.zone)).abs());
    far.retain(|zone| Some(*zone) != nearest);
    std::iter::once(Zone::UTC).chain(far).collect()
}

/// `Thursday, 3 December 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%A, %-d %B %Y").to_string()
}

/// `Thursday, 3 December 2026, 10:00–11:00 PST (America/Los_Angeles)`; for whole days the day, or both
/// ends.
pub(crate) fn long(span: &Span) -> String {
    let first = day(span.start.date());
    if span.start.time().is_none() {
        let last = span.end.date().pred_opt().filter(|last| *last > span.start.date());
        return last
            .map_or(format!("{first}, all day"), |last| format!("{first} to {}", day(last)));
    }
    let clock = clock(span, span.zone, (span.start.moment(), span.end.moment()), true);
    let zone = if span.zone.is_utc() { String::new() } else { format!(" ({})", span.zone) };
    format!("{first}, {clock}{zone}")
}

/// The same by UTC, `Thursday, 3 December 2026, 18:00–19:00 UTC`; none for whole days.
pub(crate) fn long_in_utc(span: &Span) -> Option<String> {
    span.start.time()?;
    let (from, to) = (span.utc_start.naive_utc(), span.utc_end.naive_utc());
    Some(format!("{}, {}", day(from.date()), clock(span, Zone::UTC, (from, to), true)))
}

/// `10:00–11:00`, without the zone where no clock changes meanwhile; none for whole days.
pub(crate) fn hours(span: &Span) -> Option<String> {
    span.start.time()?;
    Some(clock(span, span.zone, (span.start.moment(), span.end.moment()), false))
}

/// The first of two as [`long`], without what both have: `10:00–11:00 PST`, or the day with it.
pub(super) fn beside(span: &Span, known: &Span) -> String {
    let (zone, date) = (span.zone == known.zone, span.start.date() == known.start.date());
    let whole = long(span);
    let place = format!(" ({})", span.zone);
    let short = if zone { whole.strip_suffix(&place).unwrap_or(&whole) } else { &whole };
    let day = format!("{}, ", day(span.start.date()));
    if date { short.strip_prefix(&day).unwrap_or(short) } else { short }.to_owned()
}

/// `Thu 3 Dec 19:00–20:00` by the clock of that zone; for whole days the days.
pub(crate) fn short(span: &Span, zone: Zone) -> String {
    let rules = ZoneRules::of(zone);
    let (start, end) = (rules.to_local(span.utc_start), rules.to_local(span.utc_end));
    match span.start.time() {
        Some(_) => {
            format!("{} {}", start.format("%a %-d %b"), clock(span, zone, (start, end), false))
        }
        None => span.start.date().format("%a %-d %b").to_string(),
    }
}

/// `10:00–11:00`, or `10:00 to Fri 4 Dec 11:00` where the clock alone would not tell the day; with the
/// zone's letters where they are wanted, and at both ends where they differ.
fn clock(
    span: &Span,
    zone: Zone,
    (from, to): (NaiveDateTime, NaiveDateTime),
    is_named: bool,
) -> String {
    let rules = ZoneRules::of(zone);
    let [before, after] = [span.utc_start, span.utc_end].map(|at| rules.offset(at).name());
    let differ = before != after;
    let letters = |wanted: bool, name: &str| {
        if wanted { format!(" {name}") } else { String::new() }
    };
    let start = format!("{}{}", from.format("%H:%M"), letters(differ, &before));
    let last = letters(is_named || differ, &after);
    match to - from >= TimeDelta::days(1) {
        true => format!("{start} to {}{last}", to.format("%a %-d %b %H:%M")),
        false => format!("{start}–{}{last}", to.format("%H:%M")),
    }
}

/// `1 hour`, `90 minutes`, `2 days`.
pub(crate) fn length(lasts: TimeDelta) -> String {
    let counted =
        |number: i64, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    match lasts.num_minutes() {
        days if days >= 1440 && days % 1440 == 0 => counted(days / 1440, "day"),
        hours if hours >= 60 && hours % 60 == 0 => counted(hours / 60, "hour"),
        minutes => counted(minutes, "minute"),
    }
}
