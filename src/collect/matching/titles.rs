//! Which meetings the date in a video's title means.

use super::WhyNotVideo;
use super::meetings::Meetings;
use crate::collect::written_date::{WrittenDate, written_dates};
use crate::collect::youtube::Video;
use crate::schedule::{Occurrence, Status};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;

/// The only meeting on the title's date, or else the only one a day before or after; none for a title
/// without a date.
///
/// `is_meant` tells the meetings of the series whose recording the video may be.
pub(super) fn on_date_in_title(
    video: &Video,
    meetings: &Meetings<'_>,
    is_meant: &dyn Fn(&Occurrence<'_>) -> bool,
) -> Option<Result<usize, WhyNotVideo>> {
    let dates = written_dates(video.title.as_str());
    if dates.is_empty() {
        return None;
    }
    let hit = |days: &[NaiveDate]| hits(days, meetings, is_meant);
    let found: Result<Vec<BTreeSet<usize>>, WhyNotVideo> = dates
        .iter()
        .map(|date| match date.is_ambiguous {
            true => one_reading(date, video, &hit),
            false => Ok(hit(&days(date, video))),
        })
        .collect();
    let all: BTreeSet<usize> = match found {
        Ok(found) => found.into_iter().flatten().collect(),
        Err(why) => return Some(Err(why)),
    };
    Some(match all.iter().collect::<Vec<_>>().as_slice() {
        [] => Err(WhyNotVideo::NoMeetingOnDate),
        [one] => Ok(**one),
        _ => Err(WhyNotVideo::SeveralMeetings),
    })
}

/// Of the ways to read a date the only one that hits a meeting.
fn one_reading(
    date: &WrittenDate,
    video: &Video,
    hit: &dyn Fn(&[NaiveDate]) -> BTreeSet<usize>,
) -> Result<BTreeSet<usize>, WhyNotVideo> {
    let readings = days(date, video).into_iter().map(|day| hit(&[day]));
    let mut hits = readings.filter(|found| !found.is_empty());
    match (hits.next(), hits.next()) {
        (Some(_), Some(_)) => Err(WhyNotVideo::AmbiguousDate),
        (found, _) => Ok(found.unwrap_or_default()),
    }
}

/// The days that are meant: without a year the last such before the video was published.
fn days(date: &WrittenDate, video: &Video) -> Vec<NaiveDate> {
    let published = video.published.date_naive();
    // Where the day is a day ahead of UTC's.
    let latest = published.checked_add_days(Days::new(1)).unwrap_or(published);
    let years = [latest.year(), latest.year() - 1];
    let mut candidates = years.into_iter().map(|year| date.dates(year));
    let is_past = |days: &Vec<NaiveDate>| days.first().is_some_and(|day| *day <= latest);
    match date.year {
        // What is after the video cannot be meant.
        Some(year) if date.is_ambiguous => {
            date.dates(year).into_iter().filter(|day| *day <= latest).collect()
        }
        Some(year) => date.dates(year),
        None => candidates.find(is_past).unwrap_or_default(),
    }
}

fn hits(
    days: &[NaiveDate],
    meetings: &Meetings<'_>,
    is_meant: &dyn Fn(&Occurrence<'_>) -> bool,
) -> BTreeSet<usize> {
    let held = |at: &usize| {
        let meeting = meetings.all.get(*at);
        meeting.is_some_and(|meeting| meeting.status == Status::Confirmed && is_meant(meeting))
    };
    let on: BTreeSet<usize> =
        days.iter().flat_map(|day| meetings.on(*day).to_vec()).filter(held).collect();
    if !on.is_empty() {
        return on;
    }
    days.iter().flat_map(|day| meetings.beside(*day, 1)).filter(held).collect()
}
