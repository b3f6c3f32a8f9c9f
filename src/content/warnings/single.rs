//! Slots that have run out, and dates whose files are out of date.

use super::links::file_of;
use super::place::Said;
use super::{Found, Looked, or_quiet, path_of};
use crate::content::Diagnostic;
use crate::model::{Change, Concern, Details, Series, Slot};
use crate::schedule::{AsOf, Occurrence, dates};
use chrono::{DateTime, NaiveDate, Utc};

pub(super) fn of(all: &Looked<'_>, series: &Series) -> Vec<Diagnostic> {
    let slots = series.slots.iter().filter_map(|slot| run_out(all, series, slot));
    let special = all.coming(series).filter(|o| o.details().is_some() || o.is_moved());
    slots.chain(special.filter_map(|o| out_of_date(all, &o))).collect()
}

/// A slot without an end whose rule gives no date any more.
fn run_out(all: &Looked<'_>, series: &Series, slot: &Slot) -> Found {
    let concern = Concern::NoFutureDate;
    let today = today(all.as_of, slot);
    if slot.until.is_some() || !all.is_told(concern, Some(series)) || has_date(slot, today) {
        return None;
    }
    let last = dates(slot, slot.from).take(MOST_DATES).last().unwrap_or(slot.from);
    let said = Said {
        message: format!("the slot gives no date after {last}"),
        help: or_quiet(
            &format!("end it with `until = {last}`, or mend its rule"),
            concern,
        ),
    };
    let values = [("from", slot.from.to_string())];
    Some(all.places.at_table(&path_of(series), "slot", &values, said))
}

/// A rule that ends by itself is expanded so far at most, to find where.
const MOST_DATES: usize = 10_000;

/// A date that is not reached yet, in whatever zone.
fn has_date(slot: &Slot, today: NaiveDate) -> bool {
    dates(slot, today).next().is_some()
}

/// The day before the present's, so that it is nowhere later.
fn today(as_of: &AsOf, slot: &Slot) -> NaiveDate {
    let day = as_of.earlier(chrono::TimeDelta::days(1)).date_naive();
    day.max(slot.from)
}

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
            if said_at < series.updated && (details.is_some() || o.is_moved()) =>
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
