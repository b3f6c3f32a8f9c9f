//! Calendars, read back by foreign parsers.

use crate::sample::exception;
use crate::support::{moment, oci, text};
use calcard::icalendar::{ICalendar, ICalendarProperty, ICalendarValue};
use chrono::{DateTime, Utc};
use convene::model::Record;
use convene::publish::build;
use convene::render::Scope;
use convene::schedule::{Status, occurrences};
use icalendar::{CalendarComponent, Component, DatePerhapsTime, EventLike};
use std::collections::{BTreeMap, BTreeSet};

/// Start and title of each meeting.
type Meetings = BTreeSet<(DateTime<Utc>, String)>;

/// The same by the instant at which each was planned.
type ByRecurrenceId = BTreeMap<DateTime<Utc>, (DateTime<Utc>, String)>;

const NOW: &str = "2026-11-23T12:00:00Z";

fn horizon() -> DateTime<Utc> {
    moment("2031-01-01T00:00:00Z")
}

/// What the schedule says; whole days have no instant that readers agree on.
fn planned(scope: &Scope<'_>) -> Meetings {
    let all = scope.series().flat_map(|s| occurrences(s).take_while(|o| o.utc_start < horizon()));
    all.filter(|o| o.status == Status::Confirmed && o.start.time().is_some())
        .map(|o| (o.utc_start, o.title().to_string()))
        .collect()
}

fn read_by_calcard(ics: &str) -> Meetings {
    let calendar = ICalendar::parse(ics).unwrap();
    let expanded = calendar.expand_dates(calcard::common::timezone::Tz::UTC, 5000);
    assert!(expanded.errors.is_empty(), "{:?}", expanded.errors);
    let title = |id: u32| {
        let component = &calendar.components[id as usize];
        match component.property(&ICalendarProperty::Summary).map(|p| &p.values[0]) {
            Some(ICalendarValue::Text(title)) => title.clone(),
            other => panic!("no SUMMARY: {other:?}"),
        }
    };
    let is_day = |id: u32| {
        let start = calendar.components[id as usize].property(&ICalendarProperty::Dtstart).unwrap();
        start.params.iter().any(|p| format!("{p:?}").contains("Date"))
    };
    let events = expanded.events.iter().filter(|e| !is_day(e.comp_id));
    events
        .map(|e| (e.start.with_timezone(&Utc), title(e.comp_id)))
        .filter(|(start, _)| *start < horizon())
        .collect()
}

fn instant(value: DatePerhapsTime) -> Option<DateTime<Utc>> {
    match value {
        DatePerhapsTime::DateTime(moment) => moment.try_into_utc(),
        DatePerhapsTime::Date(_) => None,
    }
}

/// The `icalendar` crate expands a rule; the dates that differ are put in their place here.
fn read_by_icalendar(ics: &str) -> Meetings {
    let calendar: icalendar::Calendar = ics.parse().unwrap();
    let events = || calendar.components.iter().filter_map(CalendarComponent::as_event);
    let mut by_uid: BTreeMap<String, ByRecurrenceId> = BTreeMap::new();
    for event in events().filter(|e| e.property_value("RECURRENCE-ID").is_none()) {
        let title = event.get_summary().unwrap().to_owned();
        if event.get_start().and_then(instant).is_none() {
            continue;
        }
        let set = event.get_recurrence().unwrap();
        let starts =
            set.into_iter().map(|start| start.with_timezone(&Utc)).take_while(|s| *s < horizon());
        let own = by_uid.entry(event.get_uid().unwrap().to_owned()).or_default();
        own.extend(starts.map(|start| (start, (start, title.clone()))));
    }
    for event in events() {
        let Some(id) = event.get_recurrence_id().and_then(instant) else { continue };
        let start = event.get_start().and_then(instant).unwrap();
        let own = by_uid.get_mut(event.get_uid().unwrap()).unwrap();
        let replaced = own.insert(id, (start, event.get_summary().unwrap().to_owned()));
        assert!(replaced.is_some(), "{id} is no date of its slot");
    }
    by_uid.into_values().flat_map(BTreeMap::into_values).collect()
}

#[test]
fn foreign_readers_see_every_meeting_of_every_series() {
    let community = oci();
    let snapshot = build(&community, moment(NOW));
    for series in &community.series {
        let ics = text(&snapshot, &format!("/meetings/{}.ics", series.slug));
        let want = planned(&Scope::Series(&community, series));
        assert_eq!(read_by_calcard(ics), want, "calcard reads {} otherwise", series.slug);
        assert_eq!(read_by_icalendar(ics), want, "icalendar reads {} otherwise", series.slug);
    }
    let all = text(&snapshot, "/oci.ics");
    assert_eq!(read_by_icalendar(all), planned(&Scope::Community(&community)));
    assert_eq!(all, text(&snapshot, "/calendar.ics"));
}

#[test]
fn every_line_is_short_and_ends_with_crlf() {
    let snapshot = build(&oci(), moment(NOW));
    let ics = text(&snapshot, "/oci.ics");
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
    assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    assert!(ics.len() < 1_000_000);
}

#[test]
fn a_date_is_never_both_excluded_and_overridden() {
    let snapshot = build(&oci(), moment("2021-01-01T00:00:00Z"));
    let unfolded = text(&snapshot, "/oci.ics").replace("\r\n ", "");
    let mut uid = "";
    let mut excluded = BTreeSet::new();
    let mut overridden = BTreeSet::new();
    for line in unfolded.lines() {
        if let Some(value) = line.strip_prefix("UID:") {
            uid = value;
        } else if let Some(value) = line.strip_prefix("RECURRENCE-ID;") {
            overridden.insert((uid, value.split_once(':').unwrap().1));
        } else if let Some(value) = line.strip_prefix("EXDATE;") {
            excluded.extend(value.split_once(':').unwrap().1.split(',').map(|date| (uid, date)));
        }
    }
    assert!(excluded.len() > 40 && overridden.len() > 20);
    assert_eq!(excluded.intersection(&overridden).count(), 0);
}

#[test]
fn all_components_of_a_uid_have_one_sequence() {
    let snapshot = build(&oci(), moment(NOW));
    let calendar: icalendar::Calendar = text(&snapshot, "/oci.ics").parse().unwrap();
    let mut sequences: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for event in calendar.components.iter().filter_map(CalendarComponent::as_event) {
        let versions = sequences.entry(event.get_uid().unwrap()).or_default();
        versions.insert(event.property_value("SEQUENCE").unwrap());
    }
    assert!(sequences.values().all(|versions| versions.len() == 1), "{sequences:?}");
}

/// vdirsyncer copies the calendar's properties to each event: with a UID among them all events are
/// one, and khal shows none of the others.
#[test]
fn only_events_have_a_uid() {
    let snapshot = build(&oci(), moment(NOW));
    let before_events = text(&snapshot, "/oci.ics").split("BEGIN:VEVENT").next().unwrap();
    assert!(!before_events.contains("\r\nUID"));
}

/// What is on the agenda of a date makes it no override of its slot.
#[test]
fn topics_alone_change_no_octet_of_a_calendar() {
    let calm = crate::sample::community();
    let mut topical = calm.clone();
    let topics = vec![crate::sample::line("Elections")];
    let record = Record { topics: topics.clone().into(), ..Record::default() };
    exception(&mut topical, "2026-12-03T10:00:00").record = Some(record);
    exception(&mut topical, "2026-12-10T10:00:00").details.get_or_insert_default().topics = topics;
    let (one, two) = (build(&calm, moment(NOW)), build(&topical, moment(NOW)));
    let mut calendars = 0;
    for (path, _) in one.iter().filter(|(path, _)| {
        [".ics", ".jcal.json", ".xcal.xml", ".jscal.json"].iter().any(|end| path.ends_with(end))
    }) {
        assert_eq!(text(&one, path), text(&two, path), "{path}");
        calendars += 1;
    }
    assert!(calendars > 20);
    let page = text(&two, "/meetings/oci-weekly/2026-12-03/");
    assert!(page.contains("Elections"), "the page shows them");
}
