//! Meetings on holidays about which nobody has said whether they take place.

use super::{Occurrence, Status, occurrences_since};
use crate::model::{Change, Community, Holiday, Holidays, Series};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use std::ops::RangeInclusive;

/// A meeting on a holiday.
#[derive(Clone, Debug)]
pub struct Undecided<'a> {
    /// The meeting.
    pub occurrence: Occurrence<'a>,
    /// The holiday.
    pub holiday: &'a Holiday,
    /// The list that has it.
    pub list: &'a Holidays,
}

/// The series' meetings of those local days that are on a day of one of its lists of holidays, and of
/// which nothing was said: they were not cancelled, moved, restored, kept or added.
pub fn undecided<'a>(
    community: &'a Community,
    series: &'a Series,
    days: RangeInclusive<NaiveDate>,
) -> Vec<Undecided<'a>> {
    if series.holidays.is_empty() {
        return Vec::new();
    }
    // Zones are less than a day apart from UTC.
    let since = days.start().and_time(NaiveTime::MIN).and_utc() - TimeDelta::days(1);
    let until = days.end().and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(2);
    occurrences_since(series, since)
        .take_while(|o| o.utc_start < until)
        .filter(|o| days.contains(&o.start.date()) && is_open(o))
        .filter_map(|occurrence| {
            let (list, holiday) = holiday(community, &occurrence)?;
            Some(Undecided { occurrence, holiday, list })
        })
        .collect()
}

fn is_open(o: &Occurrence<'_>) -> bool {
    let is_said =
        matches!(o.change, Some(Change::Kept | Change::Cancelled { .. } | Change::Moved { .. }));
    o.status == Status::Confirmed && o.slot.is_some() && !is_said
}

/// The first holiday among a meeting's days in the lists that its series goes by, whatever was decided
/// about it, and the list that has it.
pub fn holiday<'a>(
    community: &'a Community,
    occurrence: &Occurrence<'_>,
) -> Option<(&'a Holidays, &'a Holiday)> {
    let (first, last) = occurrence.own_days();
    let slugs = &occurrence.series.holidays;
    let lists = community.holidays.iter().filter(|list| slugs.contains(&list.slug));
    let found = lists.filter_map(|list| {
        let at = list.days.partition_point(|day| day.date < first);
        list.days.get(at).filter(|day| day.date <= last).map(|day| (list, day))
    });
    found.min_by_key(|(_, day)| day.date)
}
