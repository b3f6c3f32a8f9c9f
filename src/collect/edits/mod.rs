//! From what was found to edits of the content.
//!
//! `record` has the rules of precedence, `moments` those of time.

mod moments;
mod record;

use super::matching::{Finding, Findings, is_cancelled_by_minutes};
use crate::content::edit::Edit;
use crate::model::Community;
use crate::schedule::{Occurrence, occurrence_of};
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
            && let Some(occurrence) = occurrence_of(series, finding.meeting.id)
        {
            edits.extend(cancellation(finding, &occurrence, &mut moments));
            edits.extend(record(finding, &occurrence, &mut moments));
        }
    }
    edits
}

fn record(finding: &Finding, occurrence: &Occurrence<'_>, moments: &mut Moments) -> Option<Edit> {
    let old = occurrence.record();
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
