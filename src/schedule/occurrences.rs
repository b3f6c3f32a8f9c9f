//! All dated meetings of a series, in the order they take place.

use super::{AsOf, Occurrence, Status, dates, falls_on};
use crate::model::{Change, Exception, Local, Series, Slot};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::iter::Peekable;

type Source<'a> = Peekable<Box<dyn Iterator<Item = Occurrence<'a>> + 'a>>;

/// Every occurrence of the series in order of its start, cancelled ones included at the time they
/// were planned, moved ones where they moved to.
///
/// Endless for a series with an open slot: the caller stops.
pub fn occurrences(series: &Series) -> impl Iterator<Item = Occurrence<'_>> {
    in_order(series, |_| NaiveDate::MIN)
}

/// The occurrences that end at `since` or later, in the same order.
///
/// However late `since` is, nothing long before it is expanded.
pub fn occurrences_since(
    series: &Series,
    since: DateTime<Utc>,
) -> impl Iterator<Item = Occurrence<'_>> {
    let all = in_order(series, move |slot| first_day(slot, since));
    all.filter(move |occurrence| occurrence.utc_end >= since)
}

/// The occurrences whose slot gives them from a day of its own on, and all that no rule gives.
fn in_order(
    series: &Series,
    first_day: impl Fn(&Slot) -> NaiveDate,
) -> impl Iterator<Item = Occurrence<'_>> {
    let mut sources: Vec<Source<'_>> =
        series.slots.iter().map(|slot| unmoved(series, slot, first_day(slot)).peekable()).collect();
    sources.push(singles(series).peekable());
    std::iter::from_fn(move || {
        let next = |source: &mut Source<'_>| source.peek().map(|o| (o.utc_start, o.recurrence_id));
        let earliest = sources
            .iter_mut()
            .enumerate()
            .filter_map(|(i, source)| next(source).map(|key| (key, i)))
            .min()?;
        sources.get_mut(earliest.1)?.next()
    })
}

/// The occurrences that are not over, the next first.
pub fn upcoming<'a>(
    series: &'a Series,
    as_of: &'a AsOf,
) -> impl Iterator<Item = Occurrence<'a>> + 'a {
    occurrences_since(series, as_of.earlier(TimeDelta::zero()))
        .filter(|o| !as_of.reached(o.utc_end))
}

/// The first `most` occurrences of several series that are not over, the next first.
pub fn coming<'a>(
    series: impl Iterator<Item = &'a Series>,
    as_of: &'a AsOf,
    most: usize,
) -> Vec<Occurrence<'a>> {
    let mut all: Vec<_> = series.flat_map(|series| upcoming(series, as_of).take(most)).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all.truncate(most);
    all
}

/// The occurrences that are over, the latest first.
pub fn past<'a>(series: &'a Series, as_of: &AsOf) -> Vec<Occurrence<'a>> {
    let mut over: Vec<_> = over_since(series, DateTime::<Utc>::MIN_UTC, as_of).collect();
    over.reverse();
    over
}

/// The occurrences that are over and ended at `since` or later, in order.
pub(super) fn over_since<'a>(
    series: &'a Series,
    since: DateTime<Utc>,
    as_of: &AsOf,
) -> impl Iterator<Item = Occurrence<'a>> {
    let begun = |o: &Occurrence<'_>| !as_of.lies_ahead(o.utc_start) || as_of.reached(o.utc_end);
    occurrences_since(series, since).take_while(begun).filter(|o| as_of.reached(o.utc_end))
}

/// The next occurrence of the series that takes place, be it one that goes on.
pub fn next<'a>(series: &'a Series, as_of: &'a AsOf) -> Option<Occurrence<'a>> {
    upcoming(series, as_of).find(|o| o.status == Status::Confirmed)
}

/// The latest `most` occurrences of several series that are over and `wanted`, the latest first.
///
/// It looks at the last week, then at ever longer times, until there are enough.
pub fn latest<'a>(
    series: impl Iterator<Item = &'a Series> + Clone,
    as_of: &AsOf,
    most: usize,
    wanted: impl Fn(&Occurrence<'_>) -> bool,
) -> Vec<Occurrence<'a>> {
    let first = series.clone().filter_map(|series| occurrences(series).next());
    let Some(first) = first.map(|first| first.utc_start).min() else { return Vec::new() };
    let mut span = TimeDelta::days(7);
    loop {
        let since = as_of.earlier(span);
        let over = series.clone().flat_map(|series| over_since(series, since, as_of));
        let mut all: Vec<_> = over.filter(&wanted).collect();
        all.sort_by(|a, b| b.order().cmp(&a.order()));
        // One that began before may be older than others that ended before.
        let certain = all.iter().take_while(|o| o.utc_start >= since).count();
        if certain >= most || since < first {
            all.truncate(most);
            return all;
        }
        span = span * 4;
    }
}

/// The slot's occurrences about which there is something special, by recurrence-id.
pub fn exceptional<'a>(series: &'a Series, slot: &'a Slot) -> impl Iterator<Item = Occurrence<'a>> {
    slot.exceptions.keys().map(move |id| Occurrence::of_slot(series, slot, *id))
}

/// The slot's occurrence on that date, which is one of its dates.
pub fn occurrence_on<'a>(series: &'a Series, slot: &'a Slot, date: NaiveDate) -> Occurrence<'a> {
    Occurrence::of_slot(series, slot, slot.recurrence_id(date))
}

/// The series' meeting of that recurrence-id, whatever happened to it.
pub fn occurrence_of(series: &Series, id: Local) -> Option<Occurrence<'_>> {
    let gives = |slot: &&Slot| slot.recurrence_id(id.date()) == id && falls_on(slot, id.date());
    match series.slots.iter().find(gives) {
        Some(slot) => Some(Occurrence::of_slot(series, slot, id)),
        None => series.added.get(&id).map(|added| Occurrence::of_added(series, added)),
    }
}

/// The meetings that no slot gives, in order, those taken back included.
pub fn added(series: &Series) -> impl Iterator<Item = Occurrence<'_>> {
    series.added.values().map(|added| Occurrence::of_added(series, added))
}

fn unmoved<'a>(
    series: &'a Series,
    slot: &'a Slot,
    since: NaiveDate,
) -> Box<dyn Iterator<Item = Occurrence<'a>> + 'a> {
    let all = dates(slot, since);
    Box::new(
        all.map(move |date| Occurrence::of_slot(series, slot, slot.recurrence_id(date)))
            .filter(|occurrence| !occurrence.is_moved()),
    )
}

/// A day before which no unmoved occurrence of the slot lasts until `since`.
fn first_day(slot: &Slot, since: DateTime<Utc>) -> NaiveDate {
    let own = slot.exceptions.values().filter_map(|exception| exception.details.as_ref()?.lasts);
    // Zones are less than a day apart from UTC, and the clock is changed by less than one.
    let before = own.fold(slot.lasts, TimeDelta::max) + TimeDelta::days(2);
    since.date_naive().checked_sub_signed(before).unwrap_or(NaiveDate::MIN)
}

/// The slot's occurrences that take place at another time than planned.
fn moved<'a>(series: &'a Series, slot: &'a Slot) -> impl Iterator<Item = Occurrence<'a>> {
    let is_moved = |exception: &Exception| {
        matches!(exception.change.as_deref(), Some(Change::Moved { restored: None, .. }))
    };
    let moved = slot.exceptions.iter().filter(move |(_, exception)| is_moved(exception));
    moved.map(move |(id, _)| Occurrence::of_slot(series, slot, *id))
}

/// The last moment at which a meeting begins of which there is something special to say; none where
/// there is nothing.
pub fn last_special(series: &Series) -> Option<DateTime<Utc>> {
    let of_slot = |slot| {
        let last = exceptional(series, slot).last();
        moved(series, slot).chain(last)
    };
    let all = series.slots.iter().flat_map(of_slot).chain(added(series));
    all.map(|occurrence| occurrence.utc_start).max()
}

/// Moved and added occurrences, sorted.
fn singles<'a>(series: &'a Series) -> Box<dyn Iterator<Item = Occurrence<'a>> + 'a> {
    let moved = series.slots.iter().flat_map(|slot| moved(series, slot));
    let mut all: Vec<_> = moved.chain(added(series)).collect();
    all.sort_by_key(|o| (o.utc_start, o.recurrence_id));
    Box::new(all.into_iter())
}
