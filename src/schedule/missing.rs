//! What past meetings should have left behind and have not.

use super::occurrences::over_since;
use super::{AsOf, Occurrence, Status};
use crate::model::Series;
use chrono::TimeDelta;

/// Recordings are put online by hand and late: nothing is missed for a week.
const AFTER: TimeDelta = TimeDelta::days(7);

/// What has been missing for so long is not looked for any more.
const UNTIL: TimeDelta = TimeDelta::days(60);

/// Something that a meeting has not left behind.
#[derive(Clone, Debug)]
pub struct Missing<'a> {
    /// What.
    pub what: Trace,
    /// The meeting.
    pub occurrence: Occurrence<'a>,
}

/// What a meeting leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Its minutes.
    Minutes,
    /// Its recording.
    Recording,
}

impl Trace {
    /// `minutes` or `recording`.
    pub fn as_str(self) -> &'static str {
        match self {
            Trace::Minutes => "minutes",
            Trace::Recording => "recording",
        }
    }
}

/// What the series' meetings that ended 7 to 60 days ago have not left, the oldest first: minutes
/// and recordings, where the series says where to look for them.
pub fn missing<'a>(series: &'a Series, as_of: &AsOf) -> Vec<Missing<'a>> {
    let (minutes, recordings) = (series.minutes.is_some(), series.recordings.is_some());
    if !minutes && !recordings {
        return Vec::new();
    }
    let due = |o: &Occurrence<'a>| {
        let ended = o.utc_end;
        o.status == Status::Confirmed
            && as_of.reached(ended + AFTER)
            && !as_of.reached(ended + UNTIL)
    };
    let mut all: Vec<_> = over_since(series, as_of.earlier(UNTIL), as_of)
        .filter(due)
        .flat_map(|o| {
            let no_minutes = minutes && o.minutes().is_none();
            let no_recording = recordings && o.recordings().is_empty();
            let lacks = [(no_minutes, Trace::Minutes), (no_recording, Trace::Recording)];
            lacks
                .into_iter()
                .filter(|(lacks, _)| *lacks)
                .map(|(_, what)| Missing { what, occurrence: o.clone() })
                .collect::<Vec<_>>()
        })
        .collect();
    all.sort_by_key(|missing| missing.occurrence.utc_start);
    all
}
