//! Calendars: one model, written by us and by two peers, and read back before they are timed.

use crate::pair::Pair;
use crate::sample::{self, calls, exception, line, moved, utc};
use crate::{by_calcard, by_icalendar};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty,
};
use chrono::{Datelike, TimeDelta, Weekday};
use convene::model::{Community, Exception, Rule, Slot};
use convene::render::Scope;
use convene::render::icalendar::{Options, Syntax, render};
use convene::schedule::AsOf;
use std::sync::Arc;

/// One series with ten overrides, and ten thousand series.
pub(crate) fn pairs() -> impl Iterator<Item = Pair> {
    let (few, many) = (with_ten_overrides(), of_series(10_000));
    let by_icalendar = by_icalendar::writer(&rendered(&few));
    let by_calcard = by_calcard::writer(&rendered(&many));
    [
        pair("ics/one series with ten overrides", 4, few, "icalendar", by_icalendar),
        pair("ics/10,000 series", 5, many, "calcard", by_calcard),
    ]
    .into_iter()
}

fn pair(
    name: &str,
    goal: u32,
    community: Community,
    peer_name: &'static str,
    by_peer: impl Fn(&Community) -> String + 'static,
) -> Pair {
    let copy = community.clone();
    assert_same_events(&rendered(&community), &by_peer(&copy));
    Pair {
        name: name.to_owned(),
        peer_name,
        goal,
        ours: Box::new(move || rendered(&community).len()),
        peer: Box::new(move || by_peer(&copy).len()),
    }
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
        let changed = exception(&mut community, &format!("{date}T10:00:00"));
        if week % 2 == 0 {
            let to = format!("{}T09:00:00", date.succ_opt().unwrap());
            changed.change = moved(&to, "2026-11-20T12:00:00Z");
        } else {
            changed.details.get_or_insert_default().title = Some(line("A guest speaks"));
        }
    }
    community
}

/// So many weekly calls, each on a day and at a time of its own, by day and with a cancelled date.
fn of_series(count: usize) -> Community {
    let mut community = sample::community();
    let call = calls(&mut community).clone();
    let one = |i: usize| {
        let mut series = call.clone();
        series.slug = sample::slug(&format!("call-{i:05}"));
        series.title = line(&format!("Call number {i}"));
        let from = sample::day("2026-10-01") + TimeDelta::days((i % 7) as i64);
        let at = format!("{:02}:{:02}:00", 8 + i % 12, i % 60);
        let slot = sample::weekly(&series.slug, &from.to_string(), Weekday::Thu, &at);
        let id = slot.recurrence_id(from + TimeDelta::weeks(8));
        let change = sample::cancelled("Holidays", "2026-11-20T12:00:00Z");
        let exceptions = [(id, Exception { change, ..Exception::default() })].into_iter().collect();
        let rule = Rule::Weekly { interval: 1, weekdays: vec![from.weekday()] };
        series.slots = vec![Slot { rule, exceptions, ..slot }];
        series
    };
    community.series = (0..count).map(one).map(Arc::new).collect();
    community
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
    let is_event = |c: &ICalendarComponent| c.component_type == ICalendarComponentType::VEvent;
    let mut events: Vec<_> = calendar.components.into_iter().filter(is_event).collect();
    for event in &mut events {
        // icalendar cannot write a parameter that is a list: `FEATURE=AUDIO,VIDEO`.
        let conference = event.property_mut(&ICalendarProperty::Conference);
        conference.into_iter().for_each(|entry| entry.params.clear());
        event.entries.sort();
    }
    events.sort();
    events
}
