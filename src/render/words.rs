//! Dates and times in words, the same on pages and in feeds.

use crate::model::{Local, Zone};
use crate::schedule::{Occurrence, ZoneRules};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// `Thursday 26 November 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// `Thu 26 Nov 2026`, for lists.
pub(super) fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// `26 November 2026`, for the ends of a period.
pub(super) fn plain_day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `10:00`.
pub(super) fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// What people call the zone's time at that moment: `PST`, or `UTC+3` where it has no such name.
pub(super) fn zone_name(rules: &ZoneRules, instant: DateTime<Utc>) -> String {
    let name = &rules.offset(instant).abbreviation;
    match name.strip_prefix('+').or(name.strip_prefix('-')) {
        Some(digits) => {
            let (hours, minutes) = digits.split_at_checked(2).unwrap_or((digits, ""));
            let hours = hours.trim_start_matches('0');
            let colon = if minutes.is_empty() { "" } else { ":" };
            let sign = if name.starts_with('+') { '+' } else { '\u{2212}' };
            format!("UTC{sign}{}{colon}{minutes}", if hours.is_empty() { "0" } else { hours })
        }
        None => name.clone(),
    }
}

/// `Thursday 26 November 2026, 10:00 PST (18:00 UTC)`; for whole days the day, or both ends.
pub(super) fn when(occurrence: &Occurrence<'_>) -> String {
    match occurrence.start {
        Local::Date(date) => {
            let last = last_day(occurrence);
            if last > date { format!("{} to {}", day(date), day(last)) } else { day(date) }
        }
        start => local_and_utc(start, occurrence.zone),
    }
}

/// `Thursday 26 November 2026, 10:00 PST (18:00 UTC)`, or the whole day.
pub(super) fn local_and_utc(start: Local, zone: Zone) -> String {
    let Local::DateTime(_) = start else { return day(start.date()) };
    let instant = instant(start, zone);
    let words = local(start, zone);
    if zone.is_utc() {
        return words;
    }
    format!("{words} ({})", utc_clock(instant, start.date()))
}

/// `Thursday 26 November 2026, 10:00 PST`, or the whole day.
pub(super) fn local(start: Local, zone: Zone) -> String {
    match start.time() {
        Some(time) => {
            let zone = zone_name(ZoneRules::of(zone), instant(start, zone));
            format!("{}, {} {zone}", day(start.date()), clock(time))
        }
        None => day(start.date()),
    }
}

/// `Tuesday 24 November 2026, 18:00 UTC`.
pub(super) fn utc(instant: DateTime<Utc>) -> String {
    format!("{}, {} UTC", day(instant.date_naive()), clock(instant.time()))
}

/// `18:00 UTC`, with the weekday where it is not that of `local`: `Fri 02:00 UTC`.
pub(super) fn utc_clock(instant: DateTime<Utc>, local: NaiveDate) -> String {
    let weekday = if instant.date_naive() == local { "" } else { "%a " };
    instant.format(&format!("{weekday}%H:%M UTC")).to_string()
}

/// `10:00–11:00 PST`; nothing for whole days.
pub(super) fn local_span(occurrence: &Occurrence<'_>) -> Option<String> {
    let start = occurrence.start.time()?;
    let zone = zone_name(ZoneRules::of(occurrence.zone), occurrence.utc_start);
    let end = until(occurrence.start.moment(), occurrence.end.moment());
    Some(format!("{}{end} {zone}", clock(start)))
}

/// `18:00–19:00 UTC`; nothing for whole days and meetings that are in UTC anyway.
pub(super) fn utc_span(occurrence: &Occurrence<'_>) -> Option<String> {
    occurrence.start.time()?;
    if occurrence.zone.is_utc() {
        return None;
    }
    let start = utc_clock(occurrence.utc_start, occurrence.start.date());
    let start = start.trim_end_matches(" UTC");
    let end = until(occurrence.utc_start.naive_utc(), occurrence.utc_end.naive_utc());
    Some(format!("{start}{end} UTC"))
}

/// `–11:00`, or ` to Fri 27 Nov, 11:00` where the clock alone would not tell the day.
fn until(start: NaiveDateTime, end: NaiveDateTime) -> String {
    let long = end - start >= TimeDelta::days(1);
    end.format(if long { " to %a %-d %b, %H:%M" } else { "–%H:%M" }).to_string()
}

/// The last day of a meeting of whole days, whose end is exclusive.
pub(super) fn last_day(occurrence: &Occurrence<'_>) -> NaiveDate {
    let last = occurrence.end.date() - TimeDelta::days(1);
    last.max(occurrence.start.date())
}

/// `2026-11-26T18:00:00Z`.
pub(super) fn machine(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `20261126T180000Z`, for what must have neither a colon nor a hyphen.
pub(super) fn stamp(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The instant of a local time in a zone.
pub(super) fn instant(local: Local, zone: Zone) -> DateTime<Utc> {
    ZoneRules::of(zone).to_utc(local.moment())
}

/// `Recording`, or `Recording 2` where there are several.
pub(super) fn numbered(name: &str, index: usize, of: usize) -> String {
    if of > 1 { format!("{name} {}", index + 1) } else { name.to_owned() }
}
