//! Local times that a change of the clock leaves out or repeats.

use super::slot::Draft;
use super::source::{Read, Source, quote};
use crate::model::{Change, Local, Slot, Zone};
use crate::schedule::{Onset, ZoneRules};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::ops::Range;

/// Notes a single date's time that its day does not have, or has twice.
pub(super) fn exists_once(
    source: &Source<'_>,
    span: Range<usize>,
    start: Local,
    zone: Zone,
) -> Read<()> {
    let Local::DateTime(moment) = start else { return Ok(()) };
    let (rules, about) = (ZoneRules::of(zone), moment.and_utc());
    let onsets = rules.onsets(about - TimeDelta::days(2), about + TimeDelta::days(2));
    match onsets.iter().find(|onset| concerned(onset).contains(&moment)) {
        None => Ok(()),
        Some(onset) => {
            let message = format!("{}: {}", how_often(zone, moment, onset), clock(onset));
            Err(source.note(span, message, "choose a time before or after that"))
        }
    }
}

/// Notes the first date of a slot whose time a change of the clock leaves out or repeats.
///
/// A date that is cancelled or moved does not count, nor does one that `uncertain` names.
pub(super) fn check_slot(
    source: &Source<'_>,
    draft: &Draft,
    is_date: impl Fn(Local) -> bool,
    uncertain: impl Fn(NaiveDate) -> bool,
    last: NaiveDate,
) {
    let slot = &draft.slot;
    let Some(at) = slot.at else { return };
    let rules = ZoneRules::of(slot.zone);
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
    let onsets =
        rules.onsets(midnight(slot.from) - TimeDelta::days(2), midnight(last) + TimeDelta::days(2));
    for onset in onsets {
        let span = concerned(&onset);
        let times = [span.start, span.end].map(|end| end.date().and_time(at));
        let Some(moment) = times.into_iter().find(|time| span.contains(time)) else { continue };
        let id = Local::DateTime(moment);
        if is_date(id) && !uncertain(id.date()) && !is_off(slot, id) {
            let often = how_often(slot.zone, moment, &onset);
            let message = format!("{often}, a date of this slot: {}", clock(&onset));
            let help = "choose another time, or cancel or move that date";
            source.note(draft.at.clone(), message, help);
            return;
        }
    }
}

/// The local times that the change of the clock leaves out or repeats; none if only a name changes.
fn concerned(onset: &Onset) -> Range<NaiveDateTime> {
    let (old, new) = (onset.local, new_local(onset));
    old.min(new)..old.max(new)
}

fn is_off(slot: &Slot, id: Local) -> bool {
    let change = slot.exceptions.get(&id).and_then(|exception| exception.change.as_deref());
    matches!(
        change,
        Some(Change::Cancelled { restored: None, .. } | Change::Moved { restored: None, .. })
    )
}

fn new_local(onset: &Onset) -> NaiveDateTime {
    onset.local + TimeDelta::seconds(i64::from(onset.to.seconds) - i64::from(onset.from_seconds))
}

/// "Europe/Paris has no `02:30` on 2026-03-29", or has it twice.
fn how_often(zone: Zone, moment: NaiveDateTime, onset: &Onset) -> String {
    let time = quote(&moment.format("%H:%M").to_string());
    match onset.to.seconds > onset.from_seconds {
        true => format!("{zone} has no {time} on {}", moment.date()),
        false => format!("{zone} has {time} twice on {}", moment.date()),
    }
}

/// "the clock goes forward from 02:00 to 03:00", with the day where it skips or repeats a whole one.
fn clock(onset: &Onset) -> String {
    let (old, new) = (onset.local, new_local(onset));
    let direction = if new > old { "forward" } else { "back" };
    let form = if old.date() == new.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    format!("the clock goes {direction} from {} to {}", old.format(form), new.format(form))
}
