//! From a TZID as programs write it to the IANA zone that is meant.

use super::component::Component;
use super::windows::{SHOWN, WINDOWS};
use crate::model::Zone;
use crate::schedule::{ZoneRules, is_known};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use std::collections::BTreeMap;

/// The zones of a file, by the names that it gives them.
pub(super) struct Zones(BTreeMap<String, Option<Zone>>);

/// CLDR keeps old names; these are the ones in use today.
const RENAMED: [(&str, &str); 7] = [
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("Europe/Kiev", "Europe/Kyiv"),
];

/// Zones that are tried first where only the rules are known: the best known of those alike.
const LIKELY: [&str; 16] = [
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Europe/Moscow",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Pacific/Auckland",
    "America/Phoenix",
    "Etc/UTC",
];

impl Zones {
    /// Those that the file's VTIMEZONEs define.
    pub(super) fn of(file: &Component) -> Zones {
        let mut blocks = Vec::new();
        file.find("VTIMEZONE", &mut blocks);
        let named = blocks.into_iter().filter_map(|block| {
            let name = block.get("TZID")?.value.trim().to_owned();
            let location = block.get("X-LIC-LOCATION").and_then(|found| by_name(&found.value));
            let zone = by_name(&name).or(location).or_else(|| by_rules(block));
            Some((name, zone))
        });
        Zones(named.take(500).collect())
    }

    /// The zone of that TZID, and none where nobody can know which is meant.
    pub(super) fn named(&self, tzid: &str) -> Option<Zone> {
        let tzid = tzid.trim();
        self.0.get(tzid).copied().flatten().or_else(|| by_name(tzid))
    }
}

/// The zone of that name: IANA's, at the end of a path or not, or Windows'.
pub(super) fn by_name(name: &str) -> Option<Zone> {
    let name = name.trim().trim_matches('"');
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    let ends = (1..=3).rev().filter_map(|n| parts.get(parts.len().checked_sub(n)?..));
    let mut ends = ends.map(|end| end.join("/"));
    let is_path = parts.len() > 1 && name.starts_with('/');
    let whole = iana(name);
    let found = whole.or_else(|| if is_path { ends.find_map(|end| iana(&end)) } else { None });
    found.or_else(|| windows(name))
}

fn iana(name: &str) -> Option<Zone> {
    let known = |name: &str| Zone::new(name).filter(|zone| is_known(*zone));
    let same = || Zone::names().find(|known| known.eq_ignore_ascii_case(name));
    let current = RENAMED.iter().find(|(old, _)| *old == name).and_then(|(_, new)| known(new));
    current.or_else(|| known(name)).or_else(|| same().and_then(known)).map(Zone::canonical)
}

fn windows(name: &str) -> Option<Zone> {
    let shown = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, shown)) => shown.trim(),
        None => name,
    };
    let mut all = WINDOWS.iter().chain(&SHOWN);
    all.find(|(known, _)| known.eq_ignore_ascii_case(shown)).and_then(|(_, name)| iana(name))
}

/// A change of the clock as a block defines it: its instant, as if the clock before were UTC's, and
/// seconds east of UTC before and after.
struct Shift {
    local: NaiveDateTime,
    from: i32,
    to: i32,
}

/// The year in which rules are compared.
const YEAR: i32 = 2025;

/// The zone whose clock is changed at the same instants of a year to the same offsets.
fn by_rules(block: &Component) -> Option<Zone> {
    let shifts: Vec<Shift> = block.children.iter().filter_map(shift).collect();
    let all = || LIKELY.into_iter().chain(Zone::names());
    let zones = all().filter_map(iana);
    match shifts.as_slice() {
        [] => {
            let last = block.children.iter().max_by_key(|part| onset(part))?;
            let offset = offset(&last.get("TZOFFSETTO")?.value)?;
            zones.into_iter().find(|zone| changes(*zone).is_empty() && starts_at(*zone) == offset)
        }
        shifts => {
            let mut wanted: Vec<(i64, i32)> = shifts
                .iter()
                .map(|s| {
                    ((s.local - TimeDelta::seconds(s.from.into())).and_utc().timestamp(), s.to)
                })
                .collect();
            wanted.sort_unstable();
            zones.into_iter().find(|zone| changes(*zone) == wanted)
        }
    }
}

fn year(year: i32) -> DateTime<chrono::Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(Default::default()).and_utc()
}

fn changes(zone: Zone) -> Vec<(i64, i32)> {
    let onsets = ZoneRules::of(zone).onsets(year(YEAR), year(YEAR + 1));
    onsets.into_iter().map(|onset| (onset.at.timestamp(), onset.to.seconds)).collect()
}

fn starts_at(zone: Zone) -> i32 {
    ZoneRules::of(zone).offset(year(YEAR)).seconds
}

fn onset(part: &Component) -> Option<NaiveDateTime> {
    let text = part.get("DTSTART")?.value.trim();
    NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S").ok()
}

/// The change of a yearly rule that goes on, such as `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU`.
fn shift(part: &Component) -> Option<Shift> {
    let rule = part.get("RRULE")?.value.to_ascii_uppercase();
    let of = |name: &str| rule.split(';').find_map(|pair| pair.strip_prefix(name));
    let until = of("UNTIL=").and_then(|text| text.get(..4)?.parse().ok());
    if until.is_some_and(|until: i32| until < YEAR) {
        return None;
    }
    let start = onset(part)?;
    let month = of("BYMONTH=").map_or(Some(start.month()), |text| text.parse().ok())?;
    let day = of("BYDAY=")?;
    let (nth, weekday) = day.split_at_checked(day.len().checked_sub(2)?)?;
    let date = nth_weekday(month, nth.parse().ok()?, weekday)?;
    Some(Shift {
        local: date.and_time(start.time()),
        from: offset(&part.get("TZOFFSETFROM")?.value)?,
        to: offset(&part.get("TZOFFSETTO")?.value)?,
    })
}

fn nth_weekday(month: u32, nth: i64, weekday: &str) -> Option<NaiveDate> {
    let weekday = (0..7u8)
        .filter_map(|day| Weekday::try_from(day).ok())
        .find(|day| crate::model::two_letters(*day) == weekday)?;
    let first = NaiveDate::from_ymd_opt(YEAR, month, 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    let days: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|day| *day < next)
        .filter(|day| day.weekday() == weekday)
        .collect();
    match nth {
        1..=5 => days.get(usize::try_from(nth - 1).ok()?).copied(),
        -5..=-1 => days.iter().rev().nth(usize::try_from(-nth - 1).ok()?).copied(),
        _ => None,
    }
}

/// `-0800` or `+053000`, in seconds.
fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let number = |at: std::ops::Range<usize>| digits.get(at)?.parse::<i32>().ok();
    Some(sign * (number(0..2)? * 3600 + number(2..4)? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_producer_are_known() {
        let check = |name: &str, want: &str| {
            assert_eq!(by_name(name).map(Zone::name), Some(want), "{name}");
        };
        check("Pacific Standard Time", "America/Los_Angeles");
        check("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles");
        check("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin");
        check("/mozilla.org/20070129_1/America/Indiana/Knox", "America/Indiana/Knox");
        check("india standard time", "Asia/Kolkata");
        check("Etc/UTC", "UTC");
        assert_eq!(by_name("Customized Time Zone"), None);
    }

    #[test]
    fn every_windows_name_is_a_known_zone() {
        for (name, _) in WINDOWS.iter().chain(&SHOWN) {
            assert!(windows(name).is_some(), "{name}");
        }
    }
}
