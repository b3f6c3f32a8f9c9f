//! Meetings of one day: whose page is at the date alone, whatever comes to be added to the day.

use crate::sample::*;
use chrono::Weekday;
use convene::model::{Change, Community, Series};
use convene::publish::{Resource, Snapshot, build, find};
use convene::schedule::AsOf;

const NOW: &str = "2026-11-23T21:00:00Z";
const EARLY: &str = "2026-11-01T00:00:00Z";
const LATE: &str = "2026-11-20T00:00:00Z";

fn add(series: &mut Series, start: &str, announced: &str) {
    let meeting = added(&series.slug, start, announced);
    series.added.insert(meeting.start, meeting);
}

/// The name of each page of that day, and when the meeting in its `event.ics` starts.
fn pages(snapshot: &Snapshot, day: &str) -> Vec<(String, String)> {
    let of_day = format!("/meetings/oci-weekly/{day}");
    let events = snapshot.iter().filter(|(path, _)| path.starts_with(&of_day));
    let events = events.filter_map(|(path, resource)| {
        let Resource::Document(document) = resource else { return None };
        let name = path.strip_prefix("/meetings/oci-weekly/")?.strip_suffix("/event.ics")?;
        let text = std::str::from_utf8(document.body()).unwrap();
        let start = text.lines().rfind(|line| line.starts_with("DTSTART;"))?;
        Some((name.to_owned(), start.rsplit(':').next()?.to_owned()))
    });
    events.collect()
}

#[track_caller]
fn check(community: &Community, day: &str, want: &[(&str, &str)]) {
    let now = utc(NOW);
    let snapshot = build(community, now);
    let want: Vec<_> = want.iter().map(|(n, s)| ((*n).to_owned(), (*s).to_owned())).collect();
    assert_eq!(pages(&snapshot, day), want);
    // What is found at an address is what is built there.
    let as_of = AsOf::new(now);
    for (path, _) in snapshot.iter().filter(|(path, _)| path.contains(day)) {
        assert!(find(community, path, &as_of).is_some(), "{path} is not found");
    }
}

#[test]
fn a_planned_meeting_keeps_its_address_whatever_is_added_to_its_day() {
    let day = "2026-12-03";
    let planned = ("2026-12-03", "20261203T100000");
    let mut community = community();
    check(&community, day, &[planned]);
    add(calls(&mut community), "2026-12-03T08:00:00", EARLY);
    let early = ("2026-12-03T0800", "20261203T080000");
    check(&community, day, &[planned, early]);
    add(calls(&mut community), "2026-12-03T18:00:00", EARLY);
    let late = ("2026-12-03T1800", "20261203T180000");
    check(&community, day, &[planned, early, late]);
    add(calls(&mut community), "2026-12-03", EARLY);
    let whole = ("2026-12-03-whole-day", "20261203");
    check(&community, day, &[whole, planned, early, late]);
    // Its address is that of the day for which it was planned.
    exception(&mut community, "2026-12-03T10:00:00").change = moved("2026-12-04T09:00:00", LATE);
    check(&community, day, &[whole, ("2026-12-03", "20261204T090000"), early, late]);
    exception(&mut community, "2026-12-03T10:00:00").change = cancelled("Holidays", LATE);
    check(&community, day, &[whole, planned, early, late]);
}

#[test]
fn a_meeting_that_moves_onto_a_planned_day_takes_no_address_there() {
    let mut community = community();
    exception(&mut community, "2026-12-03T10:00:00").change = moved("2026-12-10T08:00:00", LATE);
    check(&community, "2026-12-03", &[("2026-12-03", "20261210T080000")]);
    check(&community, "2026-12-10", &[("2026-12-10", "20261210T100000")]);
}

#[test]
fn of_added_meetings_the_one_that_became_known_first_has_the_date() {
    let mut community = community();
    let day = "2026-12-05";
    add(calls(&mut community), "2026-12-05T18:00:00", EARLY);
    check(&community, day, &[("2026-12-05", "20261205T180000")]);
    add(calls(&mut community), "2026-12-05T08:00:00", LATE);
    let both = [("2026-12-05", "20261205T180000"), ("2026-12-05T0800", "20261205T080000")];
    check(&community, day, &both);
    // Taken back and added again, it has another `announced` and the first among its `updated`.
    let first = calls(&mut community).added.get_mut(&local("2026-12-05T18:00:00")).unwrap();
    first.details.updated = vec![first.announced, utc("2026-11-21T00:00:00Z")];
    first.announced = utc("2026-11-22T00:00:00Z");
    check(&community, day, &both);
    let first = calls(&mut community).added.get_mut(&local("2026-12-05T18:00:00")).unwrap();
    let (reason, announced) = (None, utc("2026-11-23T00:00:00Z"));
    first.change = Some(Box::new(Change::Cancelled { reason, announced, restored: None }));
    check(&community, day, &both);
}

#[test]
fn a_slot_that_begins_later_takes_no_address_of_one_that_began_earlier() {
    let mut community = community();
    let calls = calls(&mut community);
    calls.slots.push(weekly(&calls.slug, "2026-12-03", Weekday::Thu, "07:00:00"));
    check(&community, "2026-11-26", &[("2026-11-26", "20261126T100000")]);
    let both = [("2026-12-03", "20261203T100000"), ("2026-12-03T0700", "20261203T070000")];
    check(&community, "2026-12-03", &both);
}
