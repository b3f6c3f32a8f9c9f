//! What a meeting's record says once what was found is in it.

use super::moments::Moments;
use crate::collect::matching::{Finding, FoundRecording};
use crate::collect::youtube::video_link;
use crate::model::{Found, Line, Link, Record};
use crate::schedule::Occurrence;
use chrono::{DateTime, TimeDelta, Utc};

/// From when to when around a meeting its topics follow the minutes.
const TOPICS_FOLLOW: (TimeDelta, TimeDelta) = (TimeDelta::days(14), TimeDelta::days(7));

/// The record as it is to be.
///
/// What a person wrote is never changed, and what is known never taken away: a key that lacks is
/// added; in a record of the collector's own a surer source replaces the recordings of a less sure
/// one, and the minutes add to theirs.
pub(super) fn wanted(
    old: Option<&Record>,
    finding: &Finding,
    occurrence: &Occurrence<'_>,
    moments: &mut Moments,
) -> Record {
    let is_persons = old.is_some_and(|old| old.found.is_none());
    let mut record = match old {
        Some(old) => old.clone(),
        None => Record { found: Some(Found::Minutes), ..Record::default() },
    };
    recordings(&mut record, finding, occurrence, moments);
    if record.minutes.is_none() {
        record.minutes = finding.minutes.clone();
    }
    if record.minutes_published.is_none() && finding.minutes.is_some() {
        record.minutes_published = moments.first_seen(occurrence.utc_end);
    }
    if let Some(topics) = topics(&record, finding, occurrence, moments.now, is_persons) {
        record.topics = topics.into();
    }
    record
}

fn recordings(
    record: &mut Record,
    finding: &Finding,
    occurrence: &Occurrence<'_>,
    moments: &mut Moments,
) {
    let Some(surest) = finding.recordings.iter().map(|recording| recording.found).min() else {
        return;
    };
    let found: Vec<&FoundRecording> =
        finding.recordings.iter().filter(|recording| recording.found == surest).collect();
    if record.recordings.is_empty() {
        record.recordings = found.iter().map(|recording| recording.link.clone()).collect();
        if record.published.is_empty() {
            record.published = moments.of_recordings(&found, occurrence.utc_end).into();
        }
        record.found = record.found.map(|_| surest);
        return;
    }
    match record.found {
        Some(old) if surest < old => {
            replace(record, &found, occurrence, moments);
            record.found = Some(surest);
        }
        Some(old) if surest == old && surest != Found::Window => {
            append(record, &found, occurrence, moments);
        }
        _ => {}
    }
    if record.published.is_empty() && record.recordings.iter().all(|link| has(&found, link)) {
        let own = found.iter().filter(|recording| knows(record, &recording.link));
        let own: Vec<&FoundRecording> = own.copied().collect();
        record.published = moments.of_recordings(&own, occurrence.utc_end).into();
    }
}

/// Puts the recordings of a surer source in the place of others; those that are in both keep their
/// moments.
fn replace(
    record: &mut Record,
    found: &[&FoundRecording],
    occurrence: &Occurrence<'_>,
    moments: &mut Moments,
) {
    let mut links = Vec::new();
    let mut published = Vec::new();
    for recording in found {
        let known = record.recordings.iter().position(|link| is_same(link, &recording.link));
        let moment = match known {
            Some(at) => moment_at(record, at),
            None => moments.of_recordings(&[recording], occurrence.utc_end).first().copied(),
        };
        let kept = known.and_then(|at| record.recordings.get(at));
        links.push(kept.unwrap_or(&recording.link).clone());
        published.push(moment);
    }
    record.recordings = links.into();
    record.published = one_or_each(published).into();
}

/// Adds further recordings, each with its moment where those before have one.
fn append(
    record: &mut Record,
    found: &[&FoundRecording],
    occurrence: &Occurrence<'_>,
    moments: &mut Moments,
) {
    let further: Vec<&FoundRecording> =
        found.iter().copied().filter(|recording| !knows(record, &recording.link)).collect();
    if further.is_empty() {
        return;
    }
    let before = (0..record.recordings.len()).map(|at| moment_at(record, at));
    let mut published: Vec<Option<DateTime<Utc>>> = before.collect();
    let are_known = !record.published.is_empty();
    for recording in further {
        record.recordings.push(recording.link.clone());
        if are_known {
            let own = moments.of_recordings(&[recording], occurrence.utc_end).first().copied();
            published.push(own);
        }
    }
    if are_known {
        record.published = one_or_each(published).into();
    }
}

/// The moments of recordings in a record's form: one for all, or one for each. A moment that is not
/// known is that of the recording before it.
fn one_or_each(moments: Vec<Option<DateTime<Utc>>>) -> Vec<DateTime<Utc>> {
    let mut last = moments.iter().flatten().next().copied();
    let mut all = Vec::new();
    for moment in moments {
        last = moment.or(last);
        all.extend(last);
    }
    if all.iter().all(|moment| Some(moment) == all.first()) {
        all.truncate(1);
    }
    all
}

fn moment_at(record: &Record, at: usize) -> Option<DateTime<Utc>> {
    match record.published.as_slice() {
        [all] => Some(*all),
        each => each.get(at).copied(),
    }
}

/// The topics to write; none where those that are there stay.
fn topics(
    record: &Record,
    finding: &Finding,
    occurrence: &Occurrence<'_>,
    now: DateTime<Utc>,
    is_persons: bool,
) -> Option<Vec<Line>> {
    let has_own = occurrence.details().is_some_and(|details| !details.topics.is_empty());
    if finding.topics.is_empty() || has_own {
        return None;
    }
    let (before, after) = TOPICS_FOLLOW;
    let until_start = occurrence.utc_start.signed_duration_since(now);
    let since_end = now.signed_duration_since(occurrence.utc_end);
    let follow = until_start <= before && since_end <= after;
    let may = match record.topics.is_empty() {
        true if is_persons => follow,
        true => until_start <= before,
        false => !is_persons && follow,
    };
    may.then(|| finding.topics.clone())
}

fn is_same(a: &Link, b: &Link) -> bool {
    a == b || video_link(a.as_str()).is_some_and(|a| video_link(b.as_str()) == Some(a))
}

fn knows(record: &Record, link: &Link) -> bool {
    record.recordings.iter().any(|known| is_same(known, link))
}

fn has(found: &[&FoundRecording], link: &Link) -> bool {
    found.iter().any(|recording| is_same(&recording.link, link))
}
