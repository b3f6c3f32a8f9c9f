//! Which meeting a date names, and by which date the content names a meeting.

use super::Refused;
use crate::model::{Local, Series};
use crate::schedule::falls_on;
use chrono::NaiveDate;

/// The recurrence-id of the meeting that a date, or date and time, names in `records.toml`.
pub(super) fn meeting(series: &Series, name: Local) -> Result<Local, Refused> {
    let on = on(series, name.date());
    match on.as_slice() {
        _ if on.contains(&name) => Ok(name),
        [id] if name.time().is_none() => Ok(*id),
        _ => Err(Refused::NoMeeting { series: series.slug.clone(), id: name }),
    }
}

/// How the content names a meeting: by its day, with the time where another is on that day.
pub(super) fn name(series: &Series, id: Local) -> Local {
    match on(series, id.date()).as_slice() {
        [_] => Local::Date(id.date()),
        _ => id,
    }
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
