//! Which meeting a section of the minutes is about.

use super::WhyNotSection;
use super::meetings::Meetings;
use crate::collect::minutes::Section;
use crate::collect::text::words;
use crate::schedule::Occurrence;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The most days by which a heading's date may be wrong.
const MOST_DAYS: u64 = 2;

/// For each section its meeting, by its place among the meetings, or why it has none.
pub(super) fn assigned(
    sections: &[Section],
    meetings: &Meetings<'_>,
) -> Vec<Result<usize, WhyNotSection>> {
    let mut found: Vec<Option<Result<usize, WhyNotSection>>> =
        sections.iter().map(|section| exact(section, meetings)).collect();
    let taken: BTreeSet<usize> =
        found.iter().flatten().filter_map(|result| result.as_ref().ok().copied()).collect();
    let rest = sections.iter().enumerate().filter(|(at, _)| matches!(found.get(*at), Some(None)));
    let near: Vec<(usize, Result<Near, WhyNotSection>)> =
        rest.map(|(at, section)| (at, nearest(section, meetings, &taken))).collect();
    for (at, result) in settled(near) {
        if let Some(place) = found.get_mut(at) {
            *place = Some(result);
        }
    }
    found.into_iter().map(|result| result.unwrap_or(Err(WhyNotSection::NoMeeting))).collect()
}

/// The meeting on the section's day; none where that day has none.
fn exact(section: &Section, meetings: &Meetings<'_>) -> Option<Result<usize, WhyNotSection>> {
    if section.year_is_doubtful {
        return Some(Err(WhyNotSection::DoubtfulYear));
    }
    let all: Vec<usize> = days(section).flat_map(|day| meetings.on(day).to_vec()).collect();
    match all.as_slice() {
        [] => None,
        [one] => Some(Ok(*one)),
        several => Some(titled(section, several, meetings).ok_or(WhyNotSection::Several)),
    }
}

fn days(section: &Section) -> impl Iterator<Item = NaiveDate> {
    section.date.iter_days().take_while(|day| *day <= section.last_date)
}

/// Of several meetings on a day the only one whose title has a word of the heading's.
fn titled(section: &Section, several: &[usize], meetings: &Meetings<'_>) -> Option<usize> {
    let label = words(section.label.as_ref()?.as_str());
    let shares = |meeting: &Occurrence<'_>| {
        let title = words(meeting.title().as_str());
        label.iter().any(|word| word.len() > 3 && title.contains(word))
    };
    let fits = |at: &&usize| meetings.all.get(**at).is_some_and(shares);
    let mut fitting = several.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none()).copied()
}

struct Near {
    meeting: usize,
    days: u64,
}

/// The only nearest meeting that is no other section's own.
fn nearest(
    section: &Section,
    meetings: &Meetings<'_>,
    taken: &BTreeSet<usize>,
) -> Result<Near, WhyNotSection> {
    if section.names_event {
        return Err(WhyNotSection::NoEvent);
    }
    for days in 1..=MOST_DAYS {
        let all = self::days(section).flat_map(|day| meetings.beside(day, days));
        let free: BTreeSet<usize> = all.filter(|at| !taken.contains(at)).collect();
        match free.iter().collect::<Vec<_>>().as_slice() {
            [] => {}
            [one] => return Ok(Near { meeting: **one, days }),
            _ => return Err(WhyNotSection::Several),
        }
    }
    Err(WhyNotSection::NoMeeting)
}

/// Of the sections that are near one meeting the nearest has it; none where two are as near.
fn settled(
    near: Vec<(usize, Result<Near, WhyNotSection>)>,
) -> Vec<(usize, Result<usize, WhyNotSection>)> {
    let mut distances: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for found in near.iter().filter_map(|(_, result)| result.as_ref().ok()) {
        distances.entry(found.meeting).or_default().push(found.days);
    }
    let settle = |found: Near| {
        let others = distances.get(&found.meeting).map_or(&[][..], Vec::as_slice);
        let nearer = others.iter().filter(|days| **days < found.days).count();
        let as_near = others.iter().filter(|days| **days == found.days).count();
        match (nearer, as_near) {
            (0, 1) => Ok(found.meeting),
            (0, _) => Err(WhyNotSection::Several),
            _ => Err(WhyNotSection::NoMeeting),
        }
    };
    near.into_iter().map(|(at, result)| (at, result.and_then(settle))).collect()
}
