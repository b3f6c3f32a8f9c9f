//! Property values (RFC 5545 §3.3).

use super::Property;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use convene::model::Zone;
use convene::schedule::ZoneRules;
use std::collections::BTreeMap;

/// A date or a time in one of the forms there are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    /// A whole day.
    Date(NaiveDate),
    /// Local, in the zone of its TZID.
    Zoned(NaiveDateTime, String),
    /// Local, in no zone.
    Floating(NaiveDateTime),
    /// Form 2, with a `Z`.
    Utc(NaiveDateTime),
}

impl When {
    pub(crate) fn date(&self) -> NaiveDate {
        self.wall().date()
    }

    /// What it says, whatever the zone; midnight for a whole day.
    pub(crate) fn wall(&self) -> NaiveDateTime {
        match self {
            When::Date(date) => date.and_time(chrono::NaiveTime::MIN),
            When::Zoned(local, _) | When::Floating(local) | When::Utc(local) => *local,
        }
    }

    /// The TZID.
    pub(crate) fn zone(&self) -> Option<&str> {
        match self {
            When::Zoned(_, zone) => Some(zone),
            _ => None,
        }
    }

    /// The instant by the tz data; days and floating times as if in UTC.
    pub(crate) fn instant(&self) -> DateTime<Utc> {
        match self {
            When::Zoned(local, zone) => ZoneRules::of(Zone::new(zone).unwrap()).to_utc(*local),
            other => other.wall().and_utc(),
        }
    }

    /// Whether the other is of the same kind and in the same zone.
    pub(crate) fn is_like(&self, other: &When) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.zone() == other.zone()
    }
}

/// A property's dates and times, each in the form that its parameters announce.
pub(super) fn whens(property: &Property) -> Result<Vec<When>, String> {
    let wrong = |what: &str| format!("{what}: {property:?}");
    let (zone, kind) = (property.parameter("TZID"), property.parameter("VALUE"));
    let parse = |text: &str| match (kind.unwrap_or("DATE-TIME"), zone) {
        ("DATE", None) => date(text).map(When::Date),
        ("DATE-TIME", Some(zone)) => local(text).map(|local| When::Zoned(local, zone.to_owned())),
        ("DATE-TIME", None) => match text.strip_suffix('Z') {
            Some(text) => local(text).map(When::Utc),
            None => local(text).map(When::Floating),
        },
        _ => None,
    };
    let whens = property.value.split(',').map(parse);
    whens.collect::<Option<Vec<When>>>().ok_or_else(|| wrong("not a date or time"))
}

fn date(text: &str) -> Option<NaiveDate> {
    let plain = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten()
}

fn local(text: &str) -> Option<NaiveDateTime> {
    let digits = |(i, b): (usize, u8)| if i == 8 { b == b'T' } else { b.is_ascii_digit() };
    let plain = text.len() == 15 && text.bytes().enumerate().all(digits);
    plain.then(|| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()).flatten()
}

/// The texts of a list, of which most properties have one.
pub(crate) fn texts(value: &str) -> Result<Vec<String>, String> {
    let mut texts = vec![String::new()];
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let meant = match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => '\n',
                Some(c @ ('\\' | ';' | ',')) => c,
                other => return Err(format!("the escape {other:?} in `{value}`")),
            },
            ';' => return Err(format!("a bare semicolon in `{value}`")),
            ',' => {
                texts.push(String::new());
                continue;
            }
            c => c,
        };
        texts.last_mut().unwrap().push(meant);
    }
    Ok(texts)
}

/// The parts of a RECUR value, each once and with a FREQ among them.
pub(crate) fn recur(value: &str) -> Result<BTreeMap<&str, &str>, String> {
    const PARTS: [&str; 14] = [
        "FREQ",
        "UNTIL",
        "COUNT",
        "INTERVAL",
        "BYSECOND",
        "BYMINUTE",
        "BYHOUR",
        "BYDAY",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
        "WKST",
    ];
    let mut parts = BTreeMap::new();
    for part in value.split(';') {
        let (name, text) = part.split_once('=').ok_or(format!("`{part}` in `{value}`"))?;
        let known = PARTS.contains(&name) && !text.is_empty();
        if !known || parts.insert(name, text).is_some() {
            return Err(format!("`{part}` in `{value}`"));
        }
    }
    let freq = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
    let until = parts.get("UNTIL").is_none_or(|until| {
        date(until).is_some() || local(until.strip_suffix('Z').unwrap_or(until)).is_some()
    });
    let both = parts.contains_key("UNTIL") && parts.contains_key("COUNT");
    match parts.get("FREQ") {
        Some(given) if freq.contains(given) && until && !both => Ok(parts),
        _ => Err(format!("`{value}` is no recurrence rule")),
    }
}

/// Whether it is an absolute URI (RFC 3986 §3, §4.3).
pub(super) fn is_uri(value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    value.bytes().all(plain) && url::Url::parse(value).is_ok()
}

/// Whether it is a DURATION (RFC 5545 §3.3.6).
pub(super) fn is_duration(value: &str) -> bool {
    let value = value.strip_prefix(['+', '-']).unwrap_or(value);
    let Some(value) = value.strip_prefix('P') else { return false };
    let (days, time) = value.split_once('T').map_or((value, None), |(d, t)| (d, Some(t)));
    let of = |text: &str, units: &str| {
        let mut units = units.chars();
        let mut parts = text.split_inclusive(|c: char| !c.is_ascii_digit());
        parts.all(|part| {
            let (number, unit) = part.split_at(part.len() - 1);
            let known = units.any(|u| unit.starts_with(u));
            known && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    of(days, "WD")
        && time.is_none_or(|time| !time.is_empty() && of(time, "HMS"))
        && !value.is_empty()
}

/// The seconds of a UTC-OFFSET (RFC 5545 §3.3.14).
pub(super) fn is_utc_offset(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or_default();
    matches!(digits.len(), 4 | 6)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !matches!(value, "-0000" | "-000000")
}
