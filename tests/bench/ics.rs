//! Calendars: one model, written by us and by two peers, and read back before they are timed.

use crate::communities::{of_series, rendered, with_ten_overrides};
use crate::pair::Pair;
use crate::{by_calcard, by_icalendar};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty,
};
use convene::model::Community;

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
        per: 1,
        peer: Box::new(move || by_peer(&copy).len()),
    }
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
