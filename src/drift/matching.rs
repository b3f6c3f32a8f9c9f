//! Which meeting of the calendar is which of the content.
//!
//! Meetings are found in rounds, from the surest sign to the least, and each only once. So a date that
//! moved is one pair and never two meetings of which each is on one side alone.

use super::entry::{At, Entry};
use crate::model::Zone;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeMap;

/// Two meetings closer than this may be one that moved.
const NEAR: TimeDelta = TimeDelta::days(4);

/// A meeting of the content and one of the calendar, by their places; none where there is none.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// What both have to have alike, within one series.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    text: &'a str,
    planned: Option<At>,
    start: Option<At>,
    day: Option<NaiveDate>,
}

const ANY: Key<'static> = Key { text: "", planned: None, start: None, day: None };

/// A sign by which the two are found: `of` makes it of one of the content, `to` of one of the calendar.
type Sign = for<'a> fn(&'a Entry<'a>, Zone) -> Key<'a>;

/// One round: whether the meeting takes place in the content, and in the calendar, and the signs.
struct Round {
    is_on: (bool, bool),
    content: Sign,
    calendar: Sign,
}

const fn round(is_on: (bool, bool), sign: Sign) -> Round {
    Round { is_on, content: sign, calendar: sign }
}

const fn own(is_on: (bool, bool)) -> Round {
    Round {
        is_on,
        content: |entry, _| Key { text: &entry.own_uid, ..ANY },
        calendar: |entry, _| Key { text: entry.uid(), ..ANY },
    }
}

const BOTH: (bool, bool) = (true, true);
const CONTENT_OFF: (bool, bool) = (false, true);
const CALENDAR_OFF: (bool, bool) = (true, false);

/// The surest first. A date of one UID is that date on both sides, whether or not it takes place; of
/// others, what the calendar has cancelled is looked at last: it may be on again close by.
const SURE: [Round; 13] = [
    own(BOTH),
    round(BOTH, |e, _| Key { start: Some(e.start), ..same_date(e) }),
    round(BOTH, |e, _| Key { text: &e.title.words, start: Some(e.start), ..ANY }),
    round(BOTH, |e, _| Key { start: Some(e.start), ..ANY }),
    round(BOTH, |e, _| same_date(e)),
    round(BOTH, |e, zone| Key { text: e.uid(), day: Some(e.planned.day(zone)), ..ANY }),
    own(CONTENT_OFF),
    round(CONTENT_OFF, |e, _| same_date(e)),
    round(CONTENT_OFF, |e, _| Key { start: Some(e.start), ..ANY }),
    own(CALENDAR_OFF),
    round(CALENDAR_OFF, |e, _| same_date(e)),
    round(BOTH, |e, zone| Key { text: &e.title.words, day: Some(e.start.day(zone)), ..ANY }),
    round(BOTH, |e, zone| Key { day: Some(e.start.day(zone)), ..ANY }),
];

/// What is left when those that are near each other have been found.
const LAST: [Round; 3] = [
    round(CONTENT_OFF, |e, zone| Key { day: Some(e.start.day(zone)), ..ANY }),
    round(CALENDAR_OFF, |e, _| Key { start: Some(e.start), ..ANY }),
    round(CALENDAR_OFF, |e, zone| Key { day: Some(e.start.day(zone)), ..ANY }),
];

fn same_date<'a>(entry: &'a Entry<'a>) -> Key<'a> {
    Key { text: entry.uid(), planned: Some(entry.planned), ..ANY }
}

/// The pairs; `belonging` has for each of the calendar the series of the content it may be of, and
/// `zones` the zone of each series.
pub(super) fn pairs(
    content: &[Entry<'_>],
    calendar: &[Entry<'_>],
    belonging: &[Vec<usize>],
    zones: &[Zone],
) -> Vec<Pair> {
    let found = vec![None; content.len()];
    let mut matcher = Matcher { content, calendar, belonging, zones, found, taken: vec![] };
    matcher.taken = vec![false; calendar.len()];
    SURE.iter().for_each(|round| matcher.play(round));
    matcher.near();
    LAST.iter().for_each(|round| matcher.play(round));
    let of_content = matcher.found.iter().enumerate().map(|(at, found)| (Some(at), *found));
    let left = matcher.taken.iter().enumerate().filter(|(_, taken)| !**taken);
    of_content.chain(left.map(|(at, _)| (None, Some(at)))).collect()
}

struct Matcher<'a> {
    content: &'a [Entry<'a>],
    calendar: &'a [Entry<'a>],
    belonging: &'a [Vec<usize>],
    zones: &'a [Zone],
    /// For each of the content the one of the calendar.
    found: Vec<Option<usize>>,
    /// Which of the calendar were found.
    taken: Vec<bool>,
}

impl<'a> Matcher<'a> {
    fn zone(&self, series: usize) -> Zone {
        self.zones.get(series).copied().unwrap_or(Zone::UTC)
    }

    /// Those of the content for which nothing was found yet.
    fn open(&self, is_on: bool) -> impl Iterator<Item = (usize, &'a Entry<'a>)> + '_ {
        let all = self.content.iter().enumerate().zip(&self.found);
        all.filter(move |((_, entry), found)| found.is_none() && entry.is_on == is_on)
            .map(|(one, _)| one)
    }

    /// Those of the calendar that were not found yet, with the series they may be of.
    fn left(&self, is_on: bool) -> impl Iterator<Item = (usize, &'a Entry<'a>, &'a [usize])> + '_ {
        let all = self.calendar.iter().enumerate().zip(self.belonging).zip(&self.taken);
        all.filter(move |(((_, entry), _), taken)| !**taken && entry.is_on == is_on)
            .map(|(((at, entry), places), _)| (at, entry, places.as_slice()))
    }

    fn join(&mut self, content: usize, calendar: usize) {
        if let (Some(found), Some(taken)) =
            (self.found.get_mut(content), self.taken.get_mut(calendar))
            && found.is_none()
            && !*taken
        {
            *found = Some(calendar);
            *taken = true;
        }
    }

    fn play(&mut self, round: &Round) {
        let mut open: BTreeMap<(usize, Key<'a>), Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.open(round.is_on.0) {
            let key = (round.content)(entry, self.zone(entry.series));
            open.entry((entry.series, key)).or_default().push(at);
        }
        // The earliest is taken first.
        open.values_mut().for_each(|all| all.reverse());
        let mut joined = Vec::new();
        for (at, entry, places) in self.left(round.is_on.1) {
            let one = places.iter().find_map(|series| {
                let key = (round.calendar)(entry, self.zone(*series));
                open.get_mut(&(*series, key))?.pop()
            });
            joined.extend(one.map(|one| (one, at)));
        }
        joined.into_iter().for_each(|(one, at)| self.join(one, at));
    }

    /// Finds what moved by a few days, the nearest first.
    fn near(&mut self) {
        let mut by_start: BTreeMap<(usize, At), Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.open(true) {
            by_start.entry((entry.series, instant(entry))).or_default().push(at);
        }
        let mut close = Vec::new();
        for (at, entry, places) in self.left(true) {
            let start = entry.occurrence.utc_start;
            for series in places {
                let reach =
                    (*series, At::Instant(start - NEAR))..(*series, At::Instant(start + NEAR));
                for one in by_start.range(reach).flat_map(|(_, all)| all) {
                    let Some(other) = self.content.get(*one) else { continue };
                    if entry.title.words == other.title.words || entry.uid() == other.uid() {
                        let apart = (other.occurrence.utc_start - start).abs();
                        close.push((apart, *one, at));
                    }
                }
            }
        }
        close.sort();
        close.into_iter().for_each(|(_, one, at)| self.join(one, at));
    }
}

fn instant(entry: &Entry<'_>) -> At {
    At::Instant(entry.occurrence.utc_start)
}
