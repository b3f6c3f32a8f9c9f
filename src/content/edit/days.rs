//! Which meeting a date names, and by which date the content names a meeting.

use super::Refused;
use crate::model::{Local, Series, Slot};
use crate::schedule::{Occurrence, dates, exceptional, falls_on};
use chrono::{NaiveDate, TimeDelta};
use std::ops::RangeInclusive;

/// Within how much time before a day the last meeting is looked for: a yearly one is found.
const NEAR: TimeDelta = TimeDelta::days(400);

/// How many days the longest meeting has.
const LONGEST: TimeDelta = TimeDelta::days(31);

/// The recurrence-id of the meeting that a date, or date and time, names in `records.toml`: the planned
/// one before a whole day that was added to it.
pub(super) fn meeting(series: &Series, name: Local) -> Result<Local, Refused> {
    let on = on(series, name.date());
    match on.as_slice() {
        [planned, whole_day] if name.time().is_none() && *whole_day == name => Ok(*planned),
        _ if on.contains(&name) => Ok(name),
        [id] if name.time().is_none() => Ok(*id),
        _ => Err(no_meeting(series, name)),
    }
}

fn no_meeting(series: &Series, name: Local) -> Refused {
    Refused::NoMeeting {
        series: series.slug.clone(),
        id: name,
        moved: moved_to(series, name.date()),
        near: near(series, name),
    }
}

/// The recurrence-id of a meeting that was moved to that day.
fn moved_to(series: &Series, day: NaiveDate) -> Option<Local> {
    let moved = series.slots.iter().flat_map(|slot| exceptional(series, slot));
    moved.filter(|o| o.is_moved() && o.start.date() == day).map(|o| o.recurrence_id).next()
}

/// What could have been meant: the meetings of that day, or else the last before and the first after.
fn near(series: &Series, name: Local) -> Vec<Local> {
    let day = name.date();
    let on = on(series, day);
    if !on.is_empty() {
        return on;
    }
    let since = day.checked_sub_signed(NEAR).unwrap_or(NaiveDate::MIN);
    let added = || series.added.keys().copied();
    let last = |slot: &Slot| {
        let date = dates(slot, since).take_while(|date| *date < day).last()?;
        Some(slot.recurrence_id(date))
    };
    let next = |slot: &Slot| Some(slot.recurrence_id(dates(slot, day).next()?));
    let before = series.slots.iter().filter_map(last).chain(added().filter(|id| id.date() < day));
    let after = series.slots.iter().filter_map(next).chain(added().filter(|id| id.date() > day));
    before.max().into_iter().chain(after.min()).map(|id| self::name(series, id)).collect()
}

/// The recurrence-ids of the series' meetings that are planned for those days, or so shortly before that
/// they may last till then, or moved there, in order.
pub(super) fn between(series: &Series, days: &RangeInclusive<NaiveDate>) -> Vec<Local> {
    let since = days.start().checked_sub_signed(LONGEST).unwrap_or(NaiveDate::MIN);
    let near = since..=*days.end();
    let given = series.slots.iter().flat_map(|slot| {
        let planned = dates(slot, since).take_while(|date| date <= days.end());
        planned.map(|date| slot.recurrence_id(date))
    });
    let moved = series.slots.iter().flat_map(|slot| exceptional(series, slot));
    let moved = moved.filter(|o| o.is_moved() && near.contains(&o.start.date()));
    let added = series.added.keys().copied().filter(|id| near.contains(&id.date()));
    let mut all: Vec<Local> = given.chain(moved.map(|o| o.recurrence_id)).chain(added).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether the meeting begins on one of those days, or has one of them among its whole days.
pub(super) fn takes_place(o: &Occurrence<'_>, days: &RangeInclusive<NaiveDate>) -> bool {
    let (first, last) = o.own_days();
    first <= *days.end() && *days.start() <= last
}

/// How the content names a meeting: by its day, with the time where another is on that day.
pub(super) fn name(series: &Series, id: Local) -> Local {
    let is_only = on(series, id.date()).iter().all(|other| *other == id);
    if is_only { Local::Date(id.date()) } else { id }
}

/// The recurrence-ids that the series' slots give on that day.
pub(super) fn given_on(series: &Series, day: NaiveDate) -> Vec<Local> {
    let given = series.slots.iter().filter(|slot| falls_on(slot, day));
    given.map(|slot| slot.recurrence_id(day)).collect()
}

/// The recurrence-ids of all meetings that day, those that no slot gives included.
fn on(series: &Series, day: NaiveDate) -> Vec<Local> {
    let mut on = given_on(series, day);
    on.extend(series.added.keys().filter(|id| id.date() == day));
    on
}
