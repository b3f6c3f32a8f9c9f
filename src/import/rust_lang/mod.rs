//! rust-lang/calendar's TOML: what calendar-generation makes iCalendar of (its `example.toml`).
//!
//! `includes` name other files: this reads one. Zones are those of the file, or IANA's of that name.

mod moment;
mod rule;

use super::ics::{Calendar, Plan, ZonePlan, planned};
use super::{Note, Options, Unreadable};
use crate::content::{Outline, of_toml};
use moment::{Moment, Time};
use rule::{rule_of, shift};

const KNOWN: [&str; 15] = [
    "uid",
    "created_on",
    "last_modified_on",
    "title",
    "description",
    "start",
    "end",
    "location",
    "status",
    "transparency",
    "recurrences",
    "exceptions",
    "recurrence_id",
    "organizer",
    "recurrence_rules",
];

/// Reads a calendar.
///
/// # Errors
/// A text that is no TOML, or has no events of its own.
pub(super) fn read(
    text: &str,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    let file = of_toml(text).map_err(|why| Unreadable::at(why.line, why.reason))?;
    let events = file.get("events").map(Outline::items).unwrap_or_default();
    included(&file, notes);
    if events.is_empty() {
        let why = notes.first().map(|note| format!(": {}", note.text)).unwrap_or_default();
        return Err(Unreadable::at(0, format!("it has no [[events]] of its own{why}")));
    }
    let zones = file.get("timezones").map(Outline::items).unwrap_or_default();
    let zones = zones.iter().filter_map(zone).collect();
    let plans = events.iter().enumerate().flat_map(|(at, event)| plans(event, at, notes)).collect();
    planned(file.text_of("name"), zones, plans, options, notes)
}

/// Notes which other files it is made of.
fn included(file: &Outline, notes: &mut Vec<Note>) {
    let Some(includes) = file.get("meta").and_then(|meta| meta.get("includes")) else { return };
    let names: Vec<String> = includes.items().iter().filter_map(Outline::text).map(short).collect();
    let is_zones = |name: &String| name.rsplit('/').next() == Some("_timezones.toml");
    let mut others: Vec<String> = names.into_iter().filter(|name| !is_zones(name)).collect();
    let more = others.len().saturating_sub(30);
    others.truncate(30);
    if !others.is_empty() {
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let text = format!(
            "what it includes was not read: {}{more}; import each with --into and the same folder",
            others.join(", ")
        );
        notes.push(Note::at(includes.line, text));
    }
}

/// A zone that the file defines.
fn zone(table: &Outline) -> Option<ZonePlan> {
    let mut zone = ZonePlan::new(table.text_of("name")?, table.line);
    for (key, name) in [("standard", "STANDARD"), ("daylight", "DAYLIGHT")] {
        let Some(part) = table.get(key) else { continue };
        let offset = |key: &str| part.text_of(key).unwrap_or_default().to_owned();
        let start = part.text_of("start").and_then(Time::of).map(|time| time.written());
        let rule = part.get("rule").map(|rule| rule_of(rule, &mut Vec::new()));
        let said = [
            ("DTSTART", start.unwrap_or_default()),
            ("RRULE", rule.unwrap_or_default()),
            ("TZOFFSETFROM", offset("from")),
            ("TZOFFSETTO", offset("to")),
        ];
        let said: Vec<_> = said.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        zone.observe(name, &said, part.line);
    }
    Some(zone)
}

/// The event, and one more for each rule after its first.
fn plans(event: &Outline, series: usize, notes: &mut Vec<Note>) -> Vec<Plan> {
    left_out(event, notes);
    let rules = event.get("recurrence_rules").map(Outline::items).unwrap_or_default();
    let start = event.get("start").and_then(Moment::of);
    let end = event.get("end").and_then(Moment::of);
    let mut plans = vec![plan(event, series)];
    let mut starts = vec![start.clone()];
    if let (Some(rule), Some(first)) = (rules.first(), plans.first_mut()) {
        first.say("RRULE", rule_of(rule, notes), rule.line);
    }
    for rule in rules.iter().skip(1).take(20) {
        let text = "it has several rules: each is a slot, of which the first keeps the UID";
        notes.push(Note::at(rule.line, text));
        let Some(start) = &start else { continue };
        let shift = shift(start.time, rule);
        let mut plan = Plan::new(event.line, series);
        about(event, &mut plan);
        let own = start.later(shift);
        own.say("DTSTART", &mut plan, rule.line);
        if let Some(end) = &end {
            end.later(shift).say("DTEND", &mut plan, rule.line);
        }
        plan.say("RRULE", rule_of(rule, notes), rule.line);
        plans.push(plan);
        starts.push(Some(own));
    }
    if let (Some(start), Some(first)) = (&start, plans.first_mut()) {
        start.say("DTSTART", first, event.get("start").map_or(event.line, |at| at.line));
        if let Some(end) = &end {
            end.say("DTEND", first, event.get("end").map_or(event.line, |at| at.line));
        }
    }
    dates(event, "recurrences", "RDATE", &starts, &mut plans, notes);
    dates(event, "exceptions", "EXDATE", &starts, &mut plans, notes);
    plans
}

fn plan(event: &Outline, series: usize) -> Plan {
    let mut plan = Plan::new(event.line, series);
    about(event, &mut plan);
    let line = |key: &str| event.get(key).map_or(event.line, |value| value.line);
    if let Some(uid) = event.text_of("uid") {
        plan.say("UID", uid, line("uid"));
    }
    if let Some(id) = event.get("recurrence_id").and_then(Moment::of) {
        id.say("RECURRENCE-ID", &mut plan, line("recurrence_id"));
    }
    plan
}

/// What the event says beside its times.
fn about(event: &Outline, plan: &mut Plan) {
    let line = |key: &str| event.get(key).map_or(event.line, |value| value.line);
    for (key, name) in [("title", "SUMMARY"), ("description", "DESCRIPTION"), ("status", "STATUS")]
    {
        if let Some(text) = event.text_of(key) {
            plan.tell(name, text, line(key));
        }
    }
    for (key, name) in [("last_modified_on", "LAST-MODIFIED"), ("created_on", "CREATED")] {
        if let Some(Time::Utc(moment)) = event.text_of(key).and_then(Time::of) {
            plan.say(name, Time::Utc(moment).written(), line(key));
        }
    }
    if let Some(location) = event.text_of("location") {
        let (place, link) = place(location);
        plan.tell("LOCATION", place, line("location"));
        if let Some(link) = link {
            plan.tell("URL", link, line("location"));
        }
    }
}

/// A place, and the link in brackets after it: `#tea on Zulip (https://…)`.
fn place(location: &str) -> (&str, Option<&str>) {
    let inner = location.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match inner {
        Some((place, link)) if link.starts_with("http") && !link.contains(char::is_whitespace) => {
            (place.trim(), Some(link))
        }
        _ => (location, None),
    }
}

/// Says dates; where there are several slots, to the one that is at their time of day.
fn dates(
    event: &Outline,
    key: &str,
    name: &str,
    starts: &[Option<Moment>],
    plans: &mut [Plan],
    notes: &mut Vec<Note>,
) {
    let Some(list) = event.get(key) else { return };
    let zone = list.text_of("timezone");
    let items = list.get("dates").unwrap_or(list).items();
    for item in items.iter().take(20_000) {
        let Some(at) = Moment::of(item) else {
            notes.push(Note::at(item.line, format!("this of `{key}` is no date and was left out")));
            continue;
        };
        let at = Moment { zone: at.zone.or(zone.map(str::to_owned)), ..at };
        let same = |start: &Option<Moment>| {
            start.as_ref().is_some_and(|start| start.time.clock() == at.time.clock())
        };
        let index = starts.iter().position(same).unwrap_or_default();
        if let Some(plan) = plans.get_mut(index) {
            at.say(name, plan, item.line);
        }
    }
}

fn left_out(event: &Outline, notes: &mut Vec<Note>) {
    for (key, value) in event.entries() {
        let text = match (key.as_str(), value.text().unwrap_or_default()) {
            ("organizer", _) => "who organises is personal and was left out".to_owned(),
            ("status", "tentative") => "`tentative` was left out: it counts as planned".to_owned(),
            ("transparency", free) if free != "opaque" => {
                "that subscribers stay free was left out".to_owned()
            }
            (known, _) if KNOWN.contains(&known) => continue,
            (unknown, _) => format!("`{}` was left out", short(unknown)),
        };
        notes.push(Note::at(value.line, text));
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_brackets_leaves_the_place() {
        let (there, link) = place("#tea on Zulip (https://chat.example.org/tea)");
        assert_eq!((there, link), ("#tea on Zulip", Some("https://chat.example.org/tea")));
        assert_eq!(place("Room 5 (first floor)"), ("Room 5 (first floor)", None));
    }
}
