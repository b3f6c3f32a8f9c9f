//! What a record says once a person adds to it.

use super::{Refused, days};
use crate::model::{Few, Line, Link, Record};
use crate::schedule::Occurrence;
use chrono::{DateTime, TimeDelta, Utc};

/// What a person knows that a meeting left behind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Left {
    /// The minutes' page, in place of another.
    pub minutes: Option<Link>,
    /// Recordings, beside those that are there.
    pub recordings: Vec<Link>,
    /// What was on the agenda, in place of what is there; nothing where it is empty.
    pub topics: Vec<Line>,
}

/// The meeting's record with that in it, first seen at `at`, or of two things a second before; a person's
/// from then on.
///
/// A recording whose moment is not on record counts as seen when the meeting ended.
///
/// # Errors
/// All of that is there already.
pub fn recorded(
    occurrence: &Occurrence<'_>,
    left: &Left,
    at: DateTime<Utc>,
) -> Result<Record, Refused> {
    let old = occurrence.record().cloned().unwrap_or_default();
    let mut new = Record { found: None, ..old.clone() };
    let minutes = left.minutes.as_ref().filter(|minutes| Some(*minutes) != old.minutes.as_ref());
    if let Some(minutes) = minutes {
        new.minutes = Some(minutes.clone());
        new.minutes_published = Some(at);
    }
    // Two entries of a feed have two moments: readers sort by them, and validators warn.
    let seen = if minutes.is_some() { at - TimeDelta::seconds(1) } else { at };
    add(&mut new, &left.recordings, occurrence.utc_end, seen);
    if !left.topics.is_empty() {
        new.topics = left.topics.clone().into();
    }
    if (Record { found: old.found, ..new.clone() }) == old {
        return Err(Refused::Pointless {
            series: occurrence.series.slug.clone(),
            id: days::name(occurrence.series, occurrence.recurrence_id),
            why: "has all of that on record already".to_owned(),
        });
    }
    Ok(new)
}

fn add(record: &mut Record, links: &[Link], ended: DateTime<Utc>, at: DateTime<Utc>) {
    let mut all: Vec<Link> = record.recordings.to_vec();
    let mut published: Vec<DateTime<Utc>> = match record.published.as_slice() {
        [] => vec![ended; all.len()],
        [one] => vec![*one; all.len()],
        each => each.to_vec(),
    };
    // One that comes later has a later moment, and so an entry of its own, within a second too.
    let newest = published.iter().max().map(|newest| *newest + TimeDelta::seconds(1));
    let at = newest.map_or(at, |next| at.max(next));
    for link in links {
        if !all.contains(link) {
            all.push(link.clone());
            published.push(at);
        }
    }
    if all.len() == record.recordings.len() {
        return;
    }
    if published.iter().all(|moment| Some(moment) == published.first()) {
        published.truncate(1);
    }
    record.recordings = all.into();
    record.published = Few::from(published);
}
