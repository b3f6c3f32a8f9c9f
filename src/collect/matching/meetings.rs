//! The meetings that minutes and videos may belong to.

use super::MeetingId;
use crate::collect::youtube::video_link;
use crate::model::{Link, Series};
use crate::schedule::{Occurrence, Status, occurrences};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeMap;

/// How far around the dates that are asked for a moved meeting may be.
const MARGIN: Days = Days::new(62);

/// Meetings of some series, in the order they take place.
pub(super) struct Meetings<'a> {
    pub(super) all: Vec<Occurrence<'a>>,
    by_start: BTreeMap<NaiveDate, Vec<usize>>,
    by_plan: BTreeMap<NaiveDate, Vec<usize>>,
}

impl<'a> Meetings<'a> {
    /// The series' meetings from one day to another, and somewhat around them.
    pub(super) fn between(
        series: &[&'a Series],
        first: NaiveDate,
        last: NaiveDate,
    ) -> Meetings<'a> {
        let first = first.checked_sub_days(MARGIN).unwrap_or(first);
        let last = last.checked_add_days(MARGIN).unwrap_or(last);
        let of = |series: &&'a Series| {
            let all = occurrences(series).take_while(move |o| o.utc_start.date_naive() <= last);
            all.filter(move |o| o.utc_end.date_naive() >= first)
        };
        let mut all: Vec<Occurrence<'a>> = series.iter().flat_map(of).collect();
        all.sort_by_key(|o| (o.utc_start, o.series.slug.clone(), o.recurrence_id));
        let (mut by_start, mut by_plan) = (BTreeMap::new(), BTreeMap::new());
        for (at, meeting) in all.iter().enumerate() {
            let start: &mut Vec<usize> = by_start.entry(meeting.start.date()).or_default();
            start.push(at);
            if meeting.recurrence_id.date() != meeting.start.date() {
                let plan: &mut Vec<usize> =
                    by_plan.entry(meeting.recurrence_id.date()).or_default();
                plan.push(at);
            }
        }
        Meetings { all, by_start, by_plan }
    }

    /// Those that are on that day, or else those that were planned for it.
    pub(super) fn on(&self, day: NaiveDate) -> &[usize] {
        let all = self.by_start.get(&day).or_else(|| self.by_plan.get(&day));
        all.map_or(&[], Vec::as_slice)
    }

    /// Those that are so many days before or after one.
    pub(super) fn beside(&self, day: NaiveDate, distance: u64) -> Vec<usize> {
        let by = Days::new(distance);
        let days = [day.checked_sub_days(by), day.checked_add_days(by)];
        let mut found: Vec<usize> =
            days.into_iter().flatten().flat_map(|day| self.on(day).to_vec()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The meetings that begin in the time before a moment, and take place.
    pub(super) fn before(&self, moment: DateTime<Utc>, at_most: TimeDelta) -> Vec<usize> {
        let earliest = moment.checked_sub_signed(at_most).unwrap_or(moment);
        let begins = self.all.partition_point(|o| o.utc_start < earliest);
        let rest = self.all.iter().enumerate().skip(begins);
        let in_time = rest.take_while(|(_, o)| o.utc_start < moment);
        in_time.filter(|(_, o)| o.status == Status::Confirmed).map(|(at, _)| at).collect()
    }
}

/// What identifies the meeting.
pub(super) fn id(occurrence: &Occurrence<'_>) -> MeetingId {
    MeetingId { series: occurrence.series.slug.clone(), id: occurrence.recurrence_id }
}

/// Its recordings in the content, under the one address that each video has.
pub(super) fn recorded(occurrence: &Occurrence<'_>) -> Vec<Link> {
    let one = |link: &Link| video_link(link.as_str()).unwrap_or_else(|| link.clone());
    occurrence.recordings().iter().map(one).collect()
}
