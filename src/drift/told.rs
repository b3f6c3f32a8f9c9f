//! What differs within each pair.

use super::difference::{Difference, Kind, Meeting};
use super::entry::{At, Entry};
use crate::compare::Whose;
use crate::compare::times::length;
use crate::import::without_passcode;
use crate::model::{Link, Series};
use chrono::TimeDelta;

/// What differs between a meeting of the content and the one of the calendar; `is_twice` says that the
/// calendar has it once more.
pub(super) fn differences(
    series: Option<&Series>,
    is_twice: bool,
    content: Option<(&Entry<'_>, Meeting)>,
    calendar: Option<(&Entry<'_>, Meeting)>,
) -> Vec<Difference> {
    let kinds: Vec<(Kind, Option<String>)> = match (&content, &calendar) {
        (Some((a, _)), Some((b, _))) => match (a.is_on, b.is_on) {
            (true, true) => between(a, b),
            (false, true) => vec![(Kind::CancelledInContent, None)],
            (true, false) => vec![(Kind::CancelledInCalendar, None)],
            (false, false) => Vec::new(),
        },
        (Some((a, _)), None) if a.is_on => vec![(Kind::OnlyInContent, None)],
        (None, Some((b, _))) if b.is_on => {
            vec![(Kind::OnlyInCalendar, is_twice.then(|| "twice".to_owned()))]
        }
        _ => Vec::new(),
    };
    let planned = content.as_ref().map(|(a, _)| a.occurrence.recurrence_id.date());
    let shown = calendar.as_ref().map(|(b, meeting)| b.start.day(meeting.span.zone));
    let Some(date) = planned.or(shown) else { return Vec::new() };
    let whose = series.map(|s| Whose { slug: s.slug.clone(), title: s.title.clone() });
    let (content, calendar) = (content.map(|(_, m)| m), calendar.map(|(_, m)| m));
    let all = kinds.into_iter().map(|(kind, by)| Difference {
        series: whose.clone(),
        date,
        kind,
        by,
        content: content.clone(),
        calendar: calendar.clone(),
    });
    all.collect()
}

/// What differs where both take place.
fn between(content: &Entry<'_>, calendar: &Entry<'_>) -> Vec<(Kind, Option<String>)> {
    let mut all = Vec::new();
    all.extend(shift(content.start, calendar.start).map(|by| (Kind::Start, Some(by))));
    let is_alike = matches!(content.start, At::Day(_)) == matches!(calendar.start, At::Day(_));
    let (before, after) = (lasts(content), lasts(calendar));
    if is_alike && before != after {
        let word = if after > before { "longer" } else { "shorter" };
        all.push((Kind::Length, Some(format!("{} {word}", amount(after - before)))));
    }
    if content.title.words != calendar.title.words {
        all.push((Kind::Title, None));
    }
    let joins = (content.occurrence.join(), calendar.occurrence.join());
    if let (Some(a), Some(b)) = joins
        && address(a) != address(b)
    {
        all.push((Kind::Join, None));
    }
    all
}

fn shift(content: At, calendar: At) -> Option<String> {
    let apart = match (content, calendar) {
        (At::Day(a), At::Day(b)) => b - a,
        (At::Instant(a), At::Instant(b)) => b - a,
        (At::Instant(_), At::Day(_)) => return Some("all day instead of at a time".to_owned()),
        (At::Day(_), At::Instant(_)) => return Some("at a time instead of all day".to_owned()),
    };
    let word = if apart > TimeDelta::zero() { "later" } else { "earlier" };
    (!apart.is_zero()).then(|| format!("{} {word}", amount(apart)))
}

/// `an hour`, `a day`, `90 minutes`.
fn amount(apart: TimeDelta) -> String {
    match length(apart.abs()).as_str() {
        "1 hour" => "an hour".to_owned(),
        "1 day" => "a day".to_owned(),
        "1 minute" => "a minute".to_owned(),
        other => other.to_owned(),
    }
}

fn lasts(entry: &Entry<'_>) -> TimeDelta {
    let o = &entry.occurrence;
    match entry.start {
        At::Day(first) => o.end.date() - first,
        At::Instant(_) => o.utc_end - o.utc_start,
    }
}

/// The link as far as it leads anywhere: without passcode and fragment, the host in any case.
fn address(link: &Link) -> String {
    let link = without_passcode(link.as_str());
    let link = link.split('#').next().unwrap_or_default().trim_end_matches('/');
    let (scheme, rest) = link.split_once("://").unwrap_or(("", link));
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    // http leads to https, wherever people meet.
    let scheme = if scheme == "http" { "https" } else { scheme };
    format!("{scheme}://{}{path}", host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_where_it_leads() {
        let check = |a: &str, b: &str| {
            let of = |text| address(&Link::new(text).unwrap());
            assert_eq!(of(a), of(b), "{a}");
        };
        check("https://zoom.us/j/1?pwd=abc", "https://zoom.us/j/1");
        check("https://Zoom.us/j/1/", "http://zoom.us/j/1#success");
    }

    #[test]
    fn amounts_are_words() {
        assert_eq!(amount(TimeDelta::minutes(-60)), "an hour");
        assert_eq!(amount(TimeDelta::minutes(90)), "90 minutes");
        assert_eq!(amount(TimeDelta::days(7)), "7 days");
    }
}
