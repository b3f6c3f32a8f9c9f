//! Calendars by the `icalendar` crate.
//!
//! Identity, versions, times and rules come from the model, as ours do; VTIMEZONE and the texts of
//! events, which the crate has no part in, are given to it.

use chrono::{DateTime, NaiveDateTime, Utc};
use convene::model::{Community, Local, Rule, Series, Slot};
use convene::schedule::{Occurrence, Span, Status, Version, exceptional};
use icalendar::{
    Calendar, CalendarComponent, CalendarDateTime, Component, Event, EventLike, Property,
};

/// What the crate works out by itself.
const FROM_MODEL: [&str; 9] = [
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "RRULE",
    "EXDATE",
    "RECURRENCE-ID",
];

/// What is given to it: properties and zones of the calendar, and the rest of each event in order.
struct Given {
    properties: Vec<Property>,
    zones: Vec<CalendarComponent>,
    events: Vec<Vec<Property>>,
}

/// Writes a community's calendar, given all but the above from a calendar that was written.
pub(crate) fn writer(written: &str) -> impl Fn(&Community) -> String + 'static {
    let model: Calendar = written.parse().unwrap();
    let rest = |event: &Event| -> Vec<Property> {
        let many = event.multi_properties().values().flatten();
        let all = event.properties().values().chain(many);
        all.filter(|property| !FROM_MODEL.contains(&property.key())).cloned().collect()
    };
    let given = Given {
        properties: model.properties.clone(),
        zones: model.components.iter().filter(|c| c.as_event().is_none()).cloned().collect(),
        events: model.components.iter().filter_map(|c| c.as_event().map(rest)).collect(),
    };
    move |community| calendar(community, &given).to_string()
}

fn calendar(community: &Community, given: &Given) -> Calendar {
    let mut calendar = Calendar::empty();
    given.properties.iter().for_each(|property| {
        calendar.append_property(built(property));
    });
    given.zones.iter().for_each(|zone| {
        calendar.push(zone.clone());
    });
    let mut rest = given.events.iter();
    for series in &community.series {
        for slot in &series.slots {
            push_slot(&mut calendar, series, slot, &mut rest);
        }
    }
    calendar
}

fn push_slot<'a>(
    calendar: &mut Calendar,
    series: &Series,
    slot: &Slot,
    rest: &mut impl Iterator<Item = &'a Vec<Property>>,
) {
    let version = Version::of_slot(series, slot);
    let differing: Vec<Occurrence<'_>> = exceptional(series, slot).collect();
    let start = slot.recurrence_id(slot.from);
    let mut event = versioned(slot, version);
    event.starts(local(start, slot));
    event.ends(local(Span::of_slot(slot, slot.from).end, slot));
    event.add_property("RRULE", recur(&slot.rule));
    for cancelled in differing.iter().filter(|o| o.status == Status::Cancelled) {
        event.exdate(local(cancelled.recurrence_id, slot));
    }
    calendar.push(with(event, rest.next().unwrap()));
    for occurrence in differing.iter().filter(|o| o.status == Status::Confirmed) {
        let mut event = versioned(slot, version);
        event.recurrence_id(local(occurrence.recurrence_id, slot));
        event.starts(local(occurrence.start, slot));
        event.ends(local(occurrence.end, slot));
        calendar.push(with(event, rest.next().unwrap()));
    }
}

fn versioned(slot: &Slot, version: Version) -> Event {
    let modified: DateTime<Utc> = version.modified;
    let mut event = Event::with_uid(slot.uid.as_str());
    event.timestamp(modified).last_modified(modified).sequence(version.sequence);
    event
}

fn local(local: Local, slot: &Slot) -> CalendarDateTime {
    let date_time: NaiveDateTime = local.moment();
    CalendarDateTime::WithTimezone { date_time, tzid: slot.zone.name().to_owned() }
}

fn recur(rule: &Rule) -> String {
    let Rule::Weekly { interval: 1, weekdays } = rule else { unreachable!("the calls are weekly") };
    let days = weekdays.iter().map(|day| day.to_string()[..2].to_uppercase());
    format!("FREQ=WEEKLY;BYDAY={}", days.collect::<Vec<_>>().join(","))
}

fn with(mut event: Event, rest: &[Property]) -> Event {
    for property in rest {
        event.append_property(built(property));
    }
    event.done()
}

fn built(model: &Property) -> Property {
    let mut property = Property::new(model.key(), model.value());
    for parameter in model.params().values() {
        property.add_parameter(parameter.key(), parameter.value());
    }
    property
}
