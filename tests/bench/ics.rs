//! Calendars, by us from the model and by two peers from what we wrote.
//!
//! A peer is handed every property with its value as text or as its own type, which we had to work
//! out: it only builds its components and writes them. So the ratios are the least that can be said.

use crate::pair::Pair;
use crate::sample::{self, calls, exception, line, moved, utc};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty,
};
use chrono::{Datelike, TimeDelta, Weekday};
use convene::model::{Community, Details, Exception, Slot};
use convene::render::Scope;
use convene::render::icalendar::{Options, Syntax, render};
use convene::schedule::AsOf;
use icalendar::{Calendar, CalendarComponent, Component, Event, Property};

/// One series with ten overrides, and ten thousand series.
pub(crate) fn pairs() -> impl Iterator<Item = Pair> {
    [by_icalendar(with_ten_overrides()), by_calcard(of_series(10_000))].into_iter()
}

/// The one place that knows how a calendar is asked for.
fn rendered(community: &Community) -> String {
    let as_of = AsOf::new(utc("2026-11-23T12:00:00Z"));
    render(Syntax::Text, &Scope::Community(community), &Options::default(), &as_of)
}

/// A weekly call of which five dates are moved and five have a title of their own.
fn with_ten_overrides() -> Community {
    let mut community = sample::community();
    community.series.retain(|series| !series.slots.is_empty());
    for week in 0..10 {
        let date = sample::day("2026-12-03") + TimeDelta::weeks(week);
        let id = format!("{date}T10:00:00");
        let changed = exception(&mut community, &id);
        if week % 2 == 0 {
            let to = format!("{}T09:00:00", date.succ_opt().unwrap());
            changed.change = moved(&to, "2026-11-20T12:00:00Z");
        } else {
            changed.details = Details { title: Some(line("A guest speaks")), ..Details::default() };
        }
    }
    community
}

/// So many weekly calls, each on a day and at a time of its own, with a cancelled date.
fn of_series(count: usize) -> Community {
    let mut community = sample::community();
    let call = calls(&mut community).clone();
    let one = |i: usize| {
        let mut series = call.clone();
        series.slug = sample::slug(&format!("call-{i}"));
        series.title = line(&format!("Call number {i}"));
        let from = sample::day("2026-10-01") + TimeDelta::days((i % 7) as i64);
        let at = format!("{:02}:{:02}:00", i % 24, i % 60);
        let slot = sample::weekly(&series.slug, &from.to_string(), Weekday::Thu, &at);
        let id = slot.recurrence_id(from + TimeDelta::weeks(8));
        let change = sample::cancelled("Holidays", "2026-11-20T12:00:00Z");
        let exceptions = [(id, Exception { change, ..Exception::default() })].into();
        let rule = convene::model::Rule::Weekly { interval: 1, weekdays: vec![from.weekday()] };
        series.slots = vec![Slot { rule, exceptions, ..slot }];
        series
    };
    community.series = (0..count).map(one).collect();
    community
}

fn by_icalendar(community: Community) -> Pair {
    let model: Calendar = rendered(&community).parse().unwrap();
    let ours = move || rendered(&community);
    let peer = move || built_by_icalendar(&model).to_string();
    assert_same_events(&ours(), &peer());
    Pair {
        name: "ics/one series with ten overrides".to_owned(),
        peer_name: "icalendar",
        goal: 4,
        ours: Box::new(move || ours().len()),
        peer: Box::new(move || peer().len()),
    }
}

fn built_by_icalendar(model: &Calendar) -> Calendar {
    let mut calendar = Calendar::empty();
    for property in &model.properties {
        calendar.append_property(built_property(property));
    }
    for component in &model.components {
        match component {
            CalendarComponent::Event(event) => {
                calendar.push(built_event(event));
            }
            // Its builder has no VTIMEZONE; one that was read can be copied.
            other => {
                calendar.push(other.clone());
            }
        }
    }
    calendar
}

fn built_event(model: &Event) -> Event {
    let mut event = Event::new();
    for property in model.properties().values() {
        event.append_property(built_property(property));
    }
    for property in model.multi_properties().values().flatten() {
        event.append_multi_property(built_property(property));
    }
    event.done()
}

fn built_property(model: &Property) -> Property {
    let mut property = Property::new(model.key(), model.value());
    for parameter in model.params().values() {
        property.add_parameter(parameter.key(), parameter.value());
    }
    property
}

fn by_calcard(community: Community) -> Pair {
    let model = ICalendar::parse(rendered(&community)).unwrap();
    let ours = move || rendered(&community);
    let peer = move || built_by_calcard(&model).to_string();
    assert_same_events(&ours(), &peer());
    Pair {
        name: "ics/10,000 series".to_owned(),
        peer_name: "calcard",
        goal: 5,
        ours: Box::new(move || ours().len()),
        peer: Box::new(move || peer().len()),
    }
}

fn built_by_calcard(model: &ICalendar) -> ICalendar {
    let built = |component: &ICalendarComponent| {
        let mut copy = ICalendarComponent::new(component.component_type.clone());
        copy.component_ids.clone_from(&component.component_ids);
        for entry in &component.entries {
            let new = ICalendarEntry::new(entry.name.clone());
            let new = new.with_params(entry.params.clone()).with_values(entry.values.clone());
            copy.entries.push(new);
        }
        copy
    };
    ICalendar { components: model.components.iter().map(built).collect() }
}

/// Whether one reader finds the same events with the same properties in both.
fn assert_same_events(ours: &str, peer: &str) {
    let (ours, peer) = (events(ours), events(peer));
    assert!(ours.len() >= 11, "{} events", ours.len());
    assert_eq!(ours.len(), peer.len(), "as many events");
    ours.iter().zip(&peer).for_each(|(ours, peer)| assert_eq!(ours, peer));
}

fn events(text: &str) -> Vec<ICalendarComponent> {
    let calendar = ICalendar::parse(text).unwrap();
    let of_kind = |c: &ICalendarComponent| c.component_type == ICalendarComponentType::VEvent;
    let mut events: Vec<_> = calendar.components.into_iter().filter(of_kind).collect();
    for event in &mut events {
        // icalendar cannot write a parameter that is a list: `FEATURE=AUDIO,VIDEO`.
        let conference = event.property_mut(&ICalendarProperty::Conference);
        conference.into_iter().for_each(|entry| entry.params.clear());
        event.entries.sort();
    }
    events.sort();
    events
}
