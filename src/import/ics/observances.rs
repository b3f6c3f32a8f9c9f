//! From a VTIMEZONE whose name says nothing to the IANA zone whose clock changes as it says.

use super::component::Component;
use super::zones::iana;
use crate::model::{Zone, two_letters};
use crate::schedule::ZoneRules;
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use std::collections::BTreeSet;

/// Zones that are tried first: the best known of those alike.
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

/// The year in which rules that go on are compared.
const YEAR: i32 = 2025;

/// One STANDARD or DAYLIGHT (RFC 5545 §3.6.5).
struct Observance {
    /// The first onset, by the clock before it.
    start: NaiveDateTime,
    /// Seconds east of UTC before and after.
    from: i32,
    to: i32,
    rule: Option<Yearly>,
    /// Onsets that are listed.
    listed: Vec<NaiveDateTime>,
}

/// `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU`, and the last year that has it.
struct Yearly {
    month: u32,
    nth: i64,
    weekday: Weekday,
    last: Option<i32>,
}

/// The zone whose clock is changed at the same instants of a year to the same offsets.
pub(super) fn zone_of(block: &Component) -> Option<Zone> {
    let all: Vec<Observance> = block.children.iter().filter_map(observance).take(100).collect();
    let of = |year: i32| onsets(&all, year);
    let shown: BTreeSet<i32> = all.iter().flat_map(Observance::years).collect();
    let years = [YEAR].into_iter().chain(shown.into_iter().rev());
    let found = years.map(|year| (year, of(year))).find(|(_, onsets)| !onsets.is_empty());
    match found {
        Some((year, wanted)) => zones().find(|zone| changes(*zone, year) == wanted),
        None => {
            let offset = all.iter().max_by_key(|one| one.start)?.to;
            zones().find(|zone| changes(*zone, YEAR).is_empty() && starts_at(*zone) == offset)
        }
    }
}

fn zones() -> impl Iterator<Item = Zone> {
    LIKELY.into_iter().chain(Zone::names()).filter_map(iana)
}

impl Observance {
    /// Years that it names, by which rules that have ended can be known.
    fn years(&self) -> impl Iterator<Item = i32> {
        let ended = self.rule.as_ref().and_then(|rule| rule.last);
        let listed = self.listed.iter().map(Datelike::year);
        listed.chain([self.start.year()]).chain(ended).filter(|year| (1971..=2198).contains(year))
    }

    /// Its onsets of that year, by the clock before them.
    fn onsets(&self, year: i32) -> Vec<NaiveDateTime> {
        let (Some(rule), true) = (&self.rule, self.start.year() <= year) else {
            let all = self.listed.iter().chain([&self.start]);
            let distinct: BTreeSet<NaiveDateTime> = all.copied().collect();
            return distinct.into_iter().filter(|onset| onset.year() == year).collect();
        };
        let is_over = rule.last.is_some_and(|last| last < year);
        let date = if is_over { None } else { nth_weekday(year, rule) };
        date.map(|date| date.and_time(self.start.time())).into_iter().collect()
    }
}

/// All changes of that year: instant, and seconds east of UTC from it on.
fn onsets(all: &[Observance], year: i32) -> Vec<(i64, i32)> {
    let changing = all.iter().filter(|one| one.from != one.to);
    let mut onsets: Vec<(i64, i32)> = changing
        .flat_map(|one| {
            let instant = |local: NaiveDateTime| local - TimeDelta::seconds(one.from.into());
            let all = one.onsets(year).into_iter();
            all.map(move |local| (instant(local).and_utc().timestamp(), one.to))
        })
        .collect();
    onsets.sort_unstable();
    onsets
}

fn year(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(Default::default()).and_utc()
}

fn changes(zone: Zone, of: i32) -> Vec<(i64, i32)> {
    let onsets = ZoneRules::of(zone).onsets(year(of), year(of + 1));
    onsets.into_iter().map(|onset| (onset.at.timestamp(), onset.to.seconds)).collect()
}

fn starts_at(zone: Zone) -> i32 {
    ZoneRules::of(zone).offset(year(YEAR)).seconds
}

fn observance(part: &Component) -> Option<Observance> {
    let start = moment(&part.get("DTSTART")?.value)?;
    let listed = part.all("RDATE").flat_map(|list| list.value.split(',').filter_map(moment));
    Some(Observance {
        start,
        from: offset(&part.get("TZOFFSETFROM")?.value)?,
        to: offset(&part.get("TZOFFSETTO")?.value)?,
        rule: part.get("RRULE").and_then(|rule| yearly(&rule.value, start)),
        listed: listed.take(1000).collect(),
    })
}

fn moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text.trim().trim_end_matches(['Z', 'z']), "%Y%m%dT%H%M%S").ok()
}

fn yearly(rule: &str, start: NaiveDateTime) -> Option<Yearly> {
    let rule = rule.to_ascii_uppercase();
    let of = |name: &str| rule.split(';').find_map(|pair| pair.trim().strip_prefix(name));
    let month = of("BYMONTH=").map_or(Some(start.month()), |text| text.parse().ok())?;
    let day = of("BYDAY=")?;
    let (nth, weekday) = day.split_at_checked(day.len().checked_sub(2)?)?;
    let mut days = (0..7u8).filter_map(|day| Weekday::try_from(day).ok());
    Some(Yearly {
        month,
        nth: nth.parse().ok()?,
        weekday: days.find(|day| two_letters(*day) == weekday)?,
        last: of("UNTIL=").and_then(|text| text.get(..4)?.parse().ok()),
    })
}

fn nth_weekday(year: i32, rule: &Yearly) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, rule.month, 1)?;
    let next = first.checked_add_months(Months::new(1))?;
    let days = first.iter_days().take_while(|day| *day < next);
    let days: Vec<NaiveDate> = days.filter(|day| day.weekday() == rule.weekday).collect();
    match rule.nth {
        1..=5 => days.get(usize::try_from(rule.nth - 1).ok()?).copied(),
        -5..=-1 => days.iter().rev().nth(usize::try_from(-rule.nth - 1).ok()?).copied(),
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
    Some(sign * (number(0..2)? * 3600 + number(2..4)? * 60 + number(4..6).unwrap_or(0)))
}
