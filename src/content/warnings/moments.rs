//! Moments at which something became known, and which are still to come: a year that was mistyped.

use super::place::Said;
use super::{Looked, or_quiet};
use crate::content::{Diagnostic, moment};
use crate::model::{Added, Change, Concern, Details, Exception, Record, Series};
use chrono::{DateTime, TimeDelta, Utc};

/// The keys that have such moments, in whichever file of a series.
const KEYS: [&str; 6] =
    ["updated", "announced", "restored", "added", "published", "minutes-published"];

/// A clock that is ahead, or local time that was written as UTC, harms nobody and is over in a day.
const GRACE: TimeDelta = TimeDelta::days(1);

/// One warning for each file of the series that has such moments.
pub(super) fn of(all: &Looked<'_>, series: &Series) -> Vec<Diagnostic> {
    let concern = Concern::FutureMoment;
    let has_any = || moments(series).any(|moment| is_to_come(all, moment));
    if !all.is_told(concern, Some(series)) || !has_any() {
        return Vec::new();
    }
    let is_meant = |text: &str| moment::instant(text).is_some_and(|m| is_to_come(all, m));
    let say = |key: &str, text: &str, count: usize| {
        let more = match count {
            1 => String::new(),
            n => format!(", and {} more in this file", n - 1),
        };
        let help = "it is the moment at which that became known: look at its year and its day";
        Said {
            message: format!("`{key}` is in the future, `{text}`{more}"),
            help: or_quiet(help, concern),
        }
    };
    let paths = all.places.in_folder(&format!("meetings/{}/", series.slug));
    paths.iter().filter_map(|path| all.places.at_value(path, &KEYS, is_meant, say)).collect()
}

/// Whether the moment is later than the present, by more than any clock is wrong.
pub(super) fn is_to_come(all: &Looked<'_>, moment: DateTime<Utc>) -> bool {
    all.as_of.lies_ahead(moment - GRACE)
}

/// Every moment that the series' files have.
fn moments(series: &Series) -> impl Iterator<Item = DateTime<Utc>> {
    let given = series.slots.iter().flat_map(|slot| slot.exceptions.values());
    let given = given.flat_map(|exception| {
        let Exception { change, details, record } = exception;
        let said = of_change(change.as_deref()).chain(of_details(details.as_deref()));
        said.chain(of_record(record.as_ref()))
    });
    let added = series.added.values().flat_map(|added| {
        let Added { announced, restored, change, details, record, .. } = added;
        let said = of_change(change.as_deref()).chain(of_details(Some(details)));
        let own = [Some(*announced), *restored].into_iter().flatten();
        said.chain(own).chain(of_record(record.as_ref()))
    });
    given.chain(added).chain([series.updated])
}

fn of_change(change: Option<&Change>) -> impl Iterator<Item = DateTime<Utc>> {
    let [announced, restored] = match change {
        Some(
            Change::Cancelled { announced, restored, .. }
            | Change::Moved { announced, restored, .. },
        ) => [Some(*announced), *restored],
        Some(Change::Kept) | None => [None, None],
    };
    announced.into_iter().chain(restored)
}

fn of_details(details: Option<&Details>) -> impl Iterator<Item = DateTime<Utc>> {
    details.into_iter().flat_map(|details| details.updated.iter().copied())
}

fn of_record(record: Option<&Record>) -> impl Iterator<Item = DateTime<Utc>> {
    record
        .into_iter()
        .flat_map(|record| record.published.iter().copied().chain(record.minutes_published))
}
