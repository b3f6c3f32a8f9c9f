//! Series that have run out of dates, and dates whose files are out of date.

use super::links::file_of;
use super::moments;
use super::place::Said;
use super::{Found, Looked, or_quiet, path_of};
use crate::content::Diagnostic;
use crate::model::{Change, Concern, Details, Series};
use crate::schedule::{Occurrence, Status, past};
use chrono::{DateTime, TimeDelta, Utc};

pub(super) fn of(all: &Looked<'_>, series: &Series) -> Vec<Diagnostic> {
    let special = all.coming(series).filter(|o| o.details().is_some() || o.is_moved());
    special.filter_map(|o| out_of_date(all, &o)).chain(run_out(all, series)).collect()
}

/// A series that has met until lately and has no date ahead.
fn run_out(all: &Looked<'_>, series: &Series) -> Found {
    let concern = Concern::NoFutureDate;
    let slot = series.slots.last()?;
    if all.coming(series).next().is_some() || !all.is_told(concern, Some(series)) {
        return None;
    }
    let last = past(series, all.as_of).into_iter().find(|o| o.status == Status::Confirmed)?;
    if last.utc_end < all.as_of.earlier(LATELY) {
        return None;
    }
    let said = Said {
        message: format!("this series has no date ahead: its last was {}", last.start.date()),
        help: or_quiet("let a slot end later, or add one that goes on", concern),
    };
    let values = [("from", slot.from.to_string())];
    Some(all.places.at_table(&path_of(series), "slot", &values, said))
}

/// A series that has not met for longer has ended.
const LATELY: TimeDelta = TimeDelta::days(60);

/// What a coming date's own file says, that nobody notices or that may no longer hold.
fn out_of_date(all: &Looked<'_>, o: &Occurrence<'_>) -> Found {
    let series = o.series;
    let details = o.details().filter(|details| replaces(details));
    let said_at = newest(o);
    let (concern, message, help) = match (said_at, details) {
        (None, Some(_)) => (
            Concern::Undated,
            "calendars may not notice what this file says".to_owned(),
            "add `updated` with the present, so that the event's SEQUENCE rises".to_owned(),
        ),
        (Some(said_at), details)
            if said_at < series.updated
                && !moments::is_to_come(all, series.updated)
                && (details.is_some() || o.is_moved()) =>
        {
            let at = series.updated.format("%Y-%m-%d");
            (
                Concern::StaleDate,
                format!("this is older than its series, which changed on {at}"),
                "see whether it still holds, and add the present to `updated`".to_owned(),
            )
        }
        _ => return None,
    };
    let said = Said { message, help: or_quiet(&help, concern) };
    let path = file_of(all, series, o.recurrence_id);
    let keys = ["moved-to", "added", "title", "join", "agenda", "location", "lasts"];
    all.is_told(concern, Some(series)).then(|| all.places.at_key(&path, &keys, said))
}

/// Whether it has anything in place of the series' own.
fn replaces(details: &Details) -> bool {
    let Details { title, join, agenda, lasts, location, .. } = details;
    let links = join.is_some() || agenda.is_some();
    title.is_some() || links || lasts.is_some() || location.is_some()
}

/// The newest moment that the date's own file has.
fn newest(o: &Occurrence<'_>) -> Option<DateTime<Utc>> {
    let change = match (o.change, o.added()) {
        (Some(Change::Moved { announced, restored, .. }), _)
        | (Some(Change::Cancelled { announced, restored, .. }), _) => restored.or(Some(*announced)),
        (_, Some(added)) => added.restored.or(Some(added.announced)),
        _ => None,
    };
    let updated = o.details().into_iter().flat_map(|details| &details.updated).copied();
    updated.chain(change).max()
}
