//! JSCalendar (RFC 8984), by calcard's conversion of the iCalendar text.
//!
//! calcard writes the words of JSCalendar's second draft, and loses what differs on whole days, in hours
//! that the clock leaves out or repeats, and the zone of a date that moved to another; all that is
//! mended here.

use super::events::{Event, Identity, Wanted};
use super::ics::ContentLines;
use super::{Calendar, Syntax};
use crate::model::{Local, Uid};
use crate::render::Scope;
use crate::schedule::Occurrence;
use calcard::icalendar::ICalendar;
use calcard::jscalendar::{JSCalendar, import::ConversionOptions};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The group of a calendar's meetings, its keys sorted: calcard has them in another order each time.
pub(super) fn written(calendar: &Calendar<'_>, wanted: Wanted<'_>) -> String {
    let text = calendar.written::<ContentLines>(Syntax::JSCalendar, wanted);
    let mut group = converted(&text);
    if let Some(group) = group.as_object_mut() {
        group.insert("uid".to_owned(), json!(uid(calendar.scope)));
        group.entry("entries").or_insert_with(|| json!([]));
    }
    if let Some(entries) = group.get_mut("entries").and_then(Value::as_array_mut) {
        entries.iter_mut().for_each(name_types);
        let masters = masters(entries);
        calendar.events.iter().for_each(|event| keep_dates(event, entries, &masters));
    }
    group.sort_all_objects();
    format!("{group}\n")
}

/// What we write can be read; an empty group is what is left if a bug says otherwise.
fn converted(text: &str) -> Value {
    let calendar = ICalendar::parse(text).unwrap_or_default();
    let options = ConversionOptions::default().include_ical_components(false);
    let group: JSCalendar<'static, String, String> = calendar.into_jscalendar_with_opt(options);
    serde_json::to_value(&group.0).unwrap_or_default()
}

/// A group has to have a UID (RFC 8984 §4.1.2), unlike the calendar.
fn uid(scope: &Scope<'_>) -> String {
    let stem = scope.calendar_stems().swap_remove(0);
    let name = stem.trim_start_matches('/').replace('/', ".");
    format!("{name}.calendar@{}", scope.site().uid_domain)
}

/// RFC 8984 has a list of rules, and wants each object's type said (§4.3.3).
fn name_types(entry: &mut Value) {
    let Some(entry) = entry.as_object_mut() else { return };
    let Some(mut rule) = entry.remove("recurrenceRule") else { return };
    set(&mut rule, "@type", "RecurrenceRule");
    let days = rule.get_mut("byDay").and_then(Value::as_array_mut);
    days.into_iter().flatten().for_each(|day| set(day, "@type", "NDay"));
    entry.insert("recurrenceRules".to_owned(), json!([rule]));
}

/// Sets a key of an object, which everything here is.
fn set(object: &mut Value, key: &str, value: &str) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), json!(value));
    }
}

/// Where the entry of each slot is, by its UID.
type Masters = BTreeMap<String, usize>;

fn masters(entries: &[Value]) -> Masters {
    let uid = |entry: &Value| Some(entry.get("uid")?.as_str()?.to_owned());
    let masters = entries.iter().enumerate().filter(|(_, entry)| is_master(entry));
    masters.filter_map(|(index, entry)| Some((uid(entry)?, index))).collect()
}

fn is_master(entry: &Value) -> bool {
    entry.get("recurrenceRules").is_some()
}

/// Puts back what calcard has dropped of a slot or of one of its dates.
fn keep_dates(event: &Event<'_>, entries: &mut [Value], masters: &Masters) {
    match event {
        Event::Recurring { slot, excluded, .. } => {
            let Some(overrides) = overrides_of(&slot.uid, entries, masters) else { return };
            for id in excluded {
                overrides.entry(key(*id)).or_insert_with(|| json!({ "excluded": true }));
            }
        }
        Event::Single { occurrence, identity: Identity::InSlot, .. } => {
            keep_override(occurrence, entries, masters);
        }
        Event::Single { .. } => {}
    }
}

fn overrides_of<'a>(
    uid: &Uid,
    entries: &'a mut [Value],
    masters: &Masters,
) -> Option<&'a mut Map<String, Value>> {
    let master = entries.get_mut(*masters.get(uid.as_str())?)?;
    let overrides = master.as_object_mut()?.entry("recurrenceOverrides");
    overrides.or_insert_with(|| json!({})).as_object_mut()
}

/// One date: its zone, which calcard drops, or the date itself, which it puts beside its slot.
fn keep_override(occurrence: &Occurrence<'_>, entries: &mut [Value], masters: &Masters) {
    let id = key(occurrence.recurrence_id);
    let Some(overrides) = overrides_of(occurrence.uid, entries, masters) else { return };
    if let Some(own) = overrides.get_mut(&id) {
        if occurrence.start.time().is_some() && occurrence.zone != occurrence.planned_zone() {
            set(own, "timeZone", occurrence.zone.tzid());
        }
        return;
    }
    overrides.insert(id, json!({ "excluded": true }));
    let (uid, start) = (occurrence.uid.as_str(), key(occurrence.span().shown_start()));
    let is = |entry: &Value, key: &str, value: &str| entry.get(key).is_some_and(|own| own == value);
    let stray = entries
        .iter_mut()
        .find(|entry| is(entry, "uid", uid) && is(entry, "start", &start) && !is_master(entry));
    if let Some(stray) = stray {
        set(stray, "uid", occurrence.own_uid().as_str());
    }
}

/// The form of local times in JSCalendar, which knows no dates (RFC 8984 §1.4.4).
fn key(local: Local) -> String {
    Local::DateTime(local.moment()).to_string()
}
