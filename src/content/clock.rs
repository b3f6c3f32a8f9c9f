//! Local times that a change of the clock leaves out or repeats.

use super::slot::Draft;
use super::source::{Read, Source, quote};
use crate::model::{Change, Local, Zone};
use crate::schedule::{Ambiguity, Onset, ZoneRules};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::ops::Range;

/// Notes a single date's time that its day does not have, or has twice.
pub(super) fn exists_once(
    source: &Source<'_>,
    span: Range<usize>,
    start: Local,
    zone: Zone,
) -> Read<()> {
    let Local::DateTime(moment) = start else { return Ok(()) };
    let rules = ZoneRules::of(zone);
    let time = quote(&moment.format("%H:%M").to_string());
    let change = change_near(&rules, moment);
    match rules.ambiguity(moment) {
        Ambiguity::Once => Ok(()),
        Ambiguity::Skipped => {
            let message = format!("{zone} has no {time} on {}{}", moment.date(), clock(&change));
            Err(source.note(span, message, "choose a time before or after that"))
        }
        Ambiguity::Repeated => {
            let message = format!("{zone} has {time} twice on {}{}", moment.date(), clock(&change));
            Err(source.note(span, message, "choose a time before or after that"))
        }
    }
}

/// Notes the first date of a slot whose time a change of the clock leaves out.
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
    let midnight = |date: NaiveDate| date.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
    let onsets = rules.onsets(midnight(slot.from) - TimeDelta::days(2), midnight(last));
    for onset in onsets.iter().filter(|onset| onset.to.seconds > onset.from_seconds) {
        let id = [onset.local.date(), new_local(onset).date()]
            .into_iter()
            .map(|date| Local::DateTime(date.and_time(at)))
            .find(|id| onset.local <= id.moment() && id.moment() < new_local(onset));
        let Some(id) = id.filter(|id| is_date(*id) && !uncertain(id.date())) else { continue };
        let change = slot.exceptions.get(&id).map(|exception| &exception.change);
        let off = matches!(
            change,
            Some(Change::Cancelled { restored: None, .. } | Change::Moved { restored: None, .. })
        );
        if !off {
            let time = quote(&at.format("%H:%M").to_string());
            let (zone, day, clock) = (slot.zone, id.date(), clock(&Some(onset.clone())));
            let message = format!("{zone} has no {time} on {day}, a date of this slot{clock}");
            let help = "choose another time, or cancel or move that date";
            source.note(draft.at.clone(), message, help);
            return;
        }
    }
}

fn new_local(onset: &Onset) -> NaiveDateTime {
    onset.local + TimeDelta::seconds(i64::from(onset.to.seconds) - i64::from(onset.from_seconds))
}

/// The change of the clock that concerns the local time.
fn change_near(rules: &ZoneRules, local: NaiveDateTime) -> Option<Onset> {
    let about = local.and_utc();
    let onsets = rules.onsets(about - TimeDelta::days(2), about + TimeDelta::days(2));
    onsets.into_iter().find(|onset| {
        let (old, new) = (onset.local, new_local(onset));
        old.min(new) <= local && local < old.max(new)
    })
}

fn clock(change: &Option<Onset>) -> String {
    let Some(onset) = change else { return String::new() };
    let time = |local: NaiveDateTime| local.format("%H:%M").to_string();
    let direction = if onset.to.seconds > onset.from_seconds { "forward" } else { "back" };
    let (old, new) = (time(onset.local), time(new_local(onset)));
    format!(": the clock goes {direction} from {old} to {new}")
}
