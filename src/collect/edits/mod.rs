//! From what was found to edits of the content.
//!
//! `record` has the rules of precedence, `moments` those of time.

mod moments;
mod record;

use super::matching::{Finding, Findings, is_cancelled_by_minutes};
use crate::content::edit::Edit;
use crate::model::{Community, Local, Record, Series};
use crate::schedule::{Occurrence, added, falls_on, occurrence_on};
use chrono::{DateTime, TimeDelta, Utc};
use moments::Moments;

/// How long before a meeting its cancellation is said to have become known, where nobody knows.
const USUALLY_ANNOUNCED: TimeDelta = TimeDelta::days(1);

/// How long after a meeting its cancellation is news.
const NEWS: TimeDelta = TimeDelta::days(7);

/// The edits that put what was found into the content, the newest meeting first.
///
/// A person's record is only added to, a collector's put right by surer sources, and nothing known is
/// taken away. Each fact has a second of its own, from `now` backwards. Applied and read again, the
/// content and the same findings give no edit.
pub fn edits(community: &Community, findings: &Findings, now: DateTime<Utc>) -> Vec<Edit> {
    let mut moments = Moments::new(now);
    let mut edits = Vec::new();
    for finding in &findings.meetings {
        let series = community.series.iter().find(|series| series.slug == finding.meeting.series);
        if let Some(series) = series
            && let Some(occurrence) = occurrence(series, finding.meeting.id)
        {
            edits.extend(cancellation(finding, &occurrence, &mut moments));
            edits.extend(record(finding, &occurrence, &mut moments));
        }
    }
    edits
}

fn record(finding: &Finding, occurrence: &Occurrence<'_>, moments: &mut Moments) -> Option<Edit> {
    let old = record_of(occurrence);
    let record = record::wanted(old, finding, occurrence, moments);
    let says_something =
        record.minutes.is_some() || !record.recordings.is_empty() || !record.topics.is_empty();
    let series = finding.meeting.series.clone();
    let is_new = old != Some(&record) && says_something;
    is_new.then_some(Edit::Record { series, id: finding.meeting.id, record })
}

fn cancellation(
    finding: &Finding,
    occurrence: &Occurrence<'_>,
    moments: &mut Moments,
) -> Option<Edit> {
    let cancelled = finding.cancelled.as_ref().filter(|_| is_cancelled_by_minutes(occurrence))?;
    let is_news = moments.now.signed_duration_since(occurrence.utc_end) <= NEWS;
    let announced =
        if is_news { moments.take() } else { occurrence.utc_planned - USUALLY_ANNOUNCED };
    Some(Edit::Cancelled {
        series: finding.meeting.series.clone(),
        id: finding.meeting.id,
        reason: cancelled.reason.clone(),
        announced,
    })
}

/// The series' meeting of that recurrence-id.
fn occurrence(series: &Series, id: Local) -> Option<Occurrence<'_>> {
    let gives = |slot: &&crate::model::Slot| {
        slot.recurrence_id(id.date()) == id && falls_on(slot, id.date())
    };
    match series.slots.iter().find(gives) {
        Some(slot) => Some(occurrence_on(series, slot, id.date())),
        None => added(series).find(|occurrence| occurrence.recurrence_id == id),
    }
}

fn record_of<'a>(occurrence: &Occurrence<'a>) -> Option<&'a Record> {
    match occurrence.slot {
        Some(slot) => slot.exceptions.get(&occurrence.recurrence_id)?.record.as_ref(),
        None => occurrence.added()?.record.as_ref(),
    }
}
