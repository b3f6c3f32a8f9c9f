//! Dates and times as text, in the forms of RFC 3339.

use crate::model::Local;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

/// Years that a meeting can be in: a mistyped one is found.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// `2026-11-26`.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let shape = [4, 2, 2];
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() != 3 || parts.iter().zip(shape).any(|(p, n)| p.len() != n || !digits(p)) {
        return None;
    }
    let [year, month, day] = parts.as_slice() else { return None };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    YEARS.contains(&date.year()).then_some(date)
}

/// `10:00` or `10:00:00`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    time_with_seconds(text).filter(|time| time.second() == 0)
}

/// `2026-11-26`, or `2026-11-26T10:00` with or without seconds, which are zero.
pub(super) fn local(text: &str) -> Option<Local> {
    match split(text) {
        None => date(text).map(Local::Date),
        Some((day, clock)) => Some(Local::new(date(day)?, Some(time(clock)?))),
    }
}

/// `2026-11-26T18:00:00Z`, or with an offset such as `+01:00`.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let (day, rest) = split(text)?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, offset) = rest.split_at(zone);
    let local = date(day)?.and_time(time_with_seconds(clock)?);
    let offset = match offset {
        "Z" | "z" => TimeDelta::zero(),
        _ => {
            let hours = time(offset.get(1..)?)?.num_seconds_from_midnight();
            let sign = if offset.starts_with('-') { -1 } else { 1 };
            TimeDelta::seconds(i64::from(hours) * sign)
        }
    };
    Some((local - offset).and_utc()).filter(|moment| YEARS.contains(&moment.year()))
}

/// The name of a date's file without `.md`: `2026-11-26` or `2026-11-26T1000`.
pub(super) fn file_stem(stem: &str) -> Option<Local> {
    let Some((day, clock)) = stem.split_once('T') else { return date(stem).map(Local::Date) };
    if clock.len() != 4 || !clock.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hour, minute) = clock.split_at(2);
    let at = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
    Some(Local::new(date(day)?, Some(at)))
}

fn split(text: &str) -> Option<(&str, &str)> {
    text.split_once(['T', 't', ' '])
}

/// A fraction of a second is dropped: no calendar format carries one.
fn time_with_seconds(text: &str) -> Option<NaiveTime> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split(':').collect();
    let two_each = parts.iter().all(|part| part.len() == 2 && digits(part));
    if !two_each || !digits(&fraction) || !matches!(parts.len(), 2..=3) {
        return None;
    }
    let number = |i: usize| parts.get(i).map_or(Some(0), |part| part.parse().ok());
    NaiveTime::from_hms_opt(number(0)?, number(1)?, number(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_as_rfc_3339_has_them() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), want, "{text}");
        };
        check("2026-11-26", Some("2026-11-26"));
        check("2024-02-29", Some("2024-02-29"));
        check("2026-02-29", None);
        check("2026-11-6", None);
        check("0026-11-26", None);
        check("+026-11-26", None);
        check("2026/11/26", None);
        check("", None);
    }

    #[test]
    fn local_times_are_in_whole_minutes() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(local(text).map(|l| l.to_string()).as_deref(), want, "{text}");
        };
        check("2026-11-26", Some("2026-11-26"));
        check("2026-11-26T10:00", Some("2026-11-26T10:00:00"));
        check("2026-11-26 10:00:00", Some("2026-11-26T10:00:00"));
        check("2026-11-26T10:00:30", None);
        check("2026-11-26T24:00", None);
        check("2026-11-26T10:00Z", None);
        check("2026-11-26T1000", None);
    }

    #[test]
    fn moments_need_an_offset() {
        let check = |text: &str, want: Option<&str>| {
            let got = instant(text).map(|m| m.format("%FT%TZ").to_string());
            assert_eq!(got.as_deref(), want, "{text}");
        };
        check("2026-11-19T18:00:00Z", Some("2026-11-19T18:00:00Z"));
        check("2026-11-19T18:00Z", Some("2026-11-19T18:00:00Z"));
        check("2026-11-19T18:00:00.5Z", Some("2026-11-19T18:00:00Z"));
        check("2026-11-19T18:00:00+01:00", Some("2026-11-19T17:00:00Z"));
        check("2026-11-19 18:00:00-08:00", Some("2026-11-20T02:00:00Z"));
        check("2026-11-19T18:00:00", None);
        check("2026-11-19", None);
        check("2026-11-19T18:00:00+é", None);
    }

    #[test]
    fn file_names_are_dates() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(file_stem(text).map(Local::file_stem).as_deref(), want, "{text}");
        };
        check("2026-11-26", Some("2026-11-26"));
        check("2026-11-26T1000", Some("2026-11-26T1000"));
        check("2026-11-26T2500", None);
        check("2026-11-26T10", None);
        check("2026-11-26-notes", None);
    }
}
