//! Moments in words, the same on pages and in feeds; how a language writes each is its [`Locale`]'s.

use super::Locale;
use crate::model::{Local, Zone};
use crate::schedule::{Occurrence, ZoneRules};
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};

/// What people who speak the language call the zone's time at that moment: `PST`, or `UTC+3`.
pub(super) fn zone_name(locale: &Locale, rules: &ZoneRules, instant: DateTime<Utc>) -> String {
    let name = rules.offset(instant).name();
    let own = locale.dates.zones.iter().find(|(tz, _)| *tz == name);
    own.map_or(name, |(_, own)| (*own).to_owned())
}

/// `Thursday 26 November 2026, 10:00 PST (18:00 UTC)`; for whole days the day, or both ends.
pub(super) fn when(locale: &Locale, occurrence: &Occurrence<'_>) -> String {
    let Locale { dates, .. } = locale;
    match occurrence.start {
        Local::Date(date) => {
            let (first, last) = occurrence.own_days();
            let day = (dates.day)(date);
            if last > first { (dates.days)(&day, &(dates.day)(last)) } else { day }
        }
        start => local_and_utc(locale, start, occurrence.zone),
    }
}

/// `Thursday 26 November 2026, 10:00–11:00 PST (18:00–19:00 UTC)`; for whole days the day, or both ends.
pub(super) fn when_to_when(locale: &Locale, occurrence: &Occurrence<'_>) -> String {
    let Some(local) = local_span(locale, occurrence) else { return when(locale, occurrence) };
    let words = (locale.dates.at)(&(locale.dates.day)(occurrence.start.date()), &local);
    match utc_span(locale, occurrence) {
        Some(utc) => (locale.dates.and_utc)(&words, &utc),
        None => words,
    }
}

/// `19:00–20:00 CET`, by the clock of those rules; `19:00 CEST–04:00 CET` where clocks change meanwhile.
pub(super) fn span_by(locale: &Locale, rules: &ZoneRules, occurrence: &Occurrence<'_>) -> String {
    let (from, to) = (rules.to_local(occurrence.utc_start), rules.to_local(occurrence.utc_end));
    zoned_span(locale, rules, occurrence, (from, to))
}

fn zoned_span(
    locale: &Locale,
    rules: &ZoneRules,
    occurrence: &Occurrence<'_>,
    (from, to): (NaiveDateTime, NaiveDateTime),
) -> String {
    let names = [occurrence.utc_start, occurrence.utc_end].map(|at| zone_name(locale, rules, at));
    let clock = (locale.dates.clock)(from.time());
    let start = if names[0] == names[1] { clock } else { (locale.dates.zoned)(&clock, &names[0]) };
    (locale.dates.zoned)(&span(locale, &start, from, to), &names[1])
}

/// `Thursday 26 November 2026, 10:00 PST (18:00 UTC)`, or the whole day.
pub(super) fn local_and_utc(locale: &Locale, start: Local, zone: Zone) -> String {
    let words = local(locale, start, zone);
    if zone.is_utc() || start.time().is_none() {
        return words;
    }
    let utc = clock_beside(locale, instant(start, zone).naive_utc(), start.date());
    (locale.dates.and_utc)(&words, &(locale.dates.zoned)(&utc, "UTC"))
}

/// `Thursday 26 November 2026, 10:00 PST`, or the whole day.
pub(super) fn local(locale: &Locale, start: Local, zone: Zone) -> String {
    let Locale { dates, .. } = locale;
    let day = (dates.day)(start.date());
    match start.time() {
        Some(time) => {
            let zone = zone_name(locale, ZoneRules::of(zone), instant(start, zone));
            (dates.at)(&day, &(dates.zoned)(&(dates.clock)(time), &zone))
        }
        None => day,
    }
}

/// `Tuesday 24 November 2026, 18:00 UTC`.
pub(super) fn utc(locale: &Locale, instant: DateTime<Utc>) -> String {
    let Locale { dates, .. } = locale;
    let clock = (dates.clock)(instant.time());
    (dates.at)(&(dates.day)(instant.date_naive()), &(dates.zoned)(&clock, "UTC"))
}

/// `10:00–11:00 PST`, by the meeting's own clock; nothing for whole days.
pub(super) fn local_span(locale: &Locale, occurrence: &Occurrence<'_>) -> Option<String> {
    occurrence.start.time()?;
    let ends = (occurrence.start.moment(), occurrence.end.moment());
    Some(zoned_span(locale, ZoneRules::of(occurrence.zone), occurrence, ends))
}

/// `18:00–19:00 UTC`; nothing for whole days and meetings that are in UTC anyway.
pub(super) fn utc_span(locale: &Locale, occurrence: &Occurrence<'_>) -> Option<String> {
    occurrence.start.time()?;
    if occurrence.zone.is_utc() {
        return None;
    }
    let start = clock_beside(locale, occurrence.utc_start.naive_utc(), occurrence.start.date());
    let (from, to) = (occurrence.utc_start.naive_utc(), occurrence.utc_end.naive_utc());
    Some((locale.dates.zoned)(&span(locale, &start, from, to), "UTC"))
}

/// `03:00`, with its day where that is not the `known` one: `Fri 03:00`.
pub(super) fn clock_beside(locale: &Locale, moment: NaiveDateTime, known: NaiveDate) -> String {
    if moment.date() == known {
        (locale.dates.clock)(moment.time())
    } else {
        (locale.dates.clock_of_day)(moment)
    }
}

/// `10:00–11:00`, or `10:00 to Fri 27 Nov, 11:00` where the clock alone would not tell the day.
fn span(locale: &Locale, start: &str, from: NaiveDateTime, to: NaiveDateTime) -> String {
    if to - from >= TimeDelta::days(1) {
        (locale.dates.long_span)(start, to)
    } else {
        (locale.dates.span)(start, &(locale.dates.clock)(to.time()))
    }
}

/// `2026-11-26T18:00:00Z`.
pub(super) fn machine(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `20261126T180000Z`, for what must have neither a colon nor a hyphen.
pub(super) fn stamp(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

/// The instant of a local time in a zone.
pub(super) fn instant(local: Local, zone: Zone) -> DateTime<Utc> {
    ZoneRules::of(zone).to_utc(local.moment())
}

/// `Recording`, or `Recording 2` where there are several.
pub(super) fn numbered(name: &str, index: usize, of: usize) -> String {
    if of > 1 { format!("{name} {}", index + 1) } else { name.to_owned() }
}
