//! Lines 49–55: dates that are cancelled, moved or otherwise different.

use super::{Event, calendar_of, events, masters, weekly};
use crate::ics::{Component, When};
use chrono::{NaiveDate, NaiveDateTime};
use convene::model::Zone;
use convene::schedule::{Status, ZoneRules, dates, exceptional, falls_on};
use std::collections::{BTreeMap, BTreeSet};

/// The recurring events of calendars that people subscribe to.
fn series() -> impl Iterator<Item = Event> {
    masters().filter(|event| !event.calendar.is_copy())
}

#[test]
fn line_49_an_excluded_date_has_the_zone_and_time_of_the_start() {
    let mut seen = 0;
    for event in masters() {
        let start = event.start();
        for date in event.component.whens("EXDATE") {
            assert!(date.is_like(&start), "{event}: {date:?} beside {start:?}");
            assert_eq!(date.wall().time(), start.wall().time(), "{event}: {date:?}");
            seen += 1;
        }
    }
    assert!(seen > 100);
}

#[test]
fn line_50_every_excluded_date_is_one_of_the_rule() {
    for event in masters() {
        let (_, slot) = event.slot().unwrap();
        let mut seen = BTreeSet::new();
        for date in event.component.whens("EXDATE") {
            assert!(falls_on(slot, date.date()), "{event}: {date:?} is no date of the rule");
            assert!(seen.insert(date.clone()), "{event}: {date:?} is excluded twice");
        }
    }
}

#[test]
fn line_51_a_recurrence_id_is_the_original_local_time() {
    for event in events().filter(|event| event.id().is_some()) {
        let (_, slot) = event.slot().unwrap();
        let id = event.id().unwrap();
        assert!(falls_on(slot, id.date()), "{event}: {id:?} is no date of the rule");
        assert_eq!(id.wall(), slot.recurrence_id(id.date()).moment(), "{event}");
        match &id {
            When::Zoned(_, zone) => assert_eq!(zone, slot.zone.tzid(), "{event}"),
            When::Date(_) => assert!(slot.at.is_none(), "{event}"),
            When::Utc(_) | When::Floating(_) => panic!("{event}: {id:?}"),
        }
    }
    for master in series() {
        let start = master.start();
        let alike = |event: &Event| event.id().is_some_and(|id| id.is_like(&start));
        assert!(master.overrides().iter().all(alike), "{master}");
    }
}

#[test]
fn line_52_an_override_does_not_recur() {
    for event in events().filter(|event| event.id().is_some()) {
        for name in ["RRULE", "EXDATE", "RDATE"] {
            assert_eq!(event.component.all(name).count(), 0, "{event}: {name}");
        }
    }
}

/// Half of all readers lose a date that is both.
#[test]
fn line_53_a_date_is_never_both_excluded_and_overridden() {
    let mut overridden = 0;
    for master in series() {
        let excluded = master.component.whens("EXDATE");
        for event in master.overrides() {
            assert!(!excluded.contains(&event.id().unwrap()), "{event} is excluded too");
            overridden += 1;
        }
    }
    assert!(overridden > 10);
}

/// Of a moved date that Outlook could not show as an override (line 55), the planned time is
/// excluded too.
#[test]
fn line_54_a_cancelled_date_is_an_excluded_one() {
    for master in series() {
        let (series, slot) = master.slot().unwrap();
        let excluded: BTreeSet<NaiveDateTime> =
            master.component.whens("EXDATE").iter().map(When::wall).collect();
        for occurrence in exceptional(series, slot) {
            let is_excluded = excluded.contains(&occurrence.recurrence_id.moment());
            match occurrence.status {
                Status::Cancelled => assert!(is_excluded, "{master}: {}", occurrence.recurrence_id),
                Status::Confirmed => assert!(
                    !is_excluded || occurrence.is_moved(),
                    "{master}: {} takes place",
                    occurrence.recurrence_id
                ),
            }
        }
        let special: BTreeSet<NaiveDateTime> =
            slot.exceptions.keys().map(|id| id.moment()).collect();
        assert!(excluded.is_subset(&special), "{master}: {excluded:?}");
    }
}

/// Start and end of each date of a master that takes place, in its own zone, by its original start.
fn instances(master: Event, last: NaiveDate) -> Vec<(NaiveDateTime, NaiveDateTime, bool)> {
    let (_, slot) = master.slot().unwrap();
    let rules = ZoneRules::of(slot.zone);
    let local = |when: &When| match when {
        When::Zoned(wall, zone) => {
            let instant = ZoneRules::of(Zone::new(zone).unwrap()).to_utc(*wall);
            rules.to_local(instant)
        }
        When::Utc(wall) => rules.to_local(wall.and_utc()),
        other => other.wall(),
    };
    let excluded: BTreeSet<NaiveDateTime> =
        master.component.whens("EXDATE").iter().map(When::wall).collect();
    let mut all: BTreeMap<NaiveDateTime, (NaiveDateTime, NaiveDateTime, bool)> =
        dates(slot, slot.from)
            .take_while(|date| *date <= last)
            .map(|date| slot.recurrence_id(date).moment())
            .filter(|id| !excluded.contains(id))
            .map(|id| (id, (id, id + slot.lasts, false)))
            .collect();
    for event in master.overrides() {
        let (start, end) = (local(&event.start()), local(&event.end()));
        all.insert(event.id().unwrap().wall(), (start, end, true));
    }
    all.into_values().collect()
}

/// Outlook knows an exception by the day it is on, and none that has passed a neighbour.
#[test]
fn line_55_an_override_stays_between_its_neighbours_and_on_a_day_of_its_own() {
    let mut seen = 0;
    for master in series() {
        let overrides = master.overrides();
        let ends = overrides.iter().flat_map(|e| [e.end().date(), e.id().unwrap().date()]);
        let Some(last) = ends.max() else { continue };
        let all = instances(master, last + chrono::TimeDelta::days(400));
        for pair in all.windows(2) {
            let [(start, end, one), (next, _, other)] = pair else { continue };
            if *one || *other {
                assert!(start.date() < next.date(), "{master}: {start} and {next} share a day");
                assert!(end <= next, "{master}: {start} to {end} runs into {next}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10);
}

fn moved(to: &str) -> String {
    format!("+++\nmoved-to = {to}\nannounced = 2026-11-01T00:00:00Z\n+++\n")
}

/// The events of the weekly call: its master, the overrides, and those with a UID of their own.
fn sorted(calendar: &Component) -> (&Component, Vec<&Component>, Vec<&Component>) {
    let (masters, single): (Vec<_>, Vec<_>) =
        calendar.children("VEVENT").partition(|e| e.get("RRULE").is_some());
    let (overrides, own) = single.into_iter().partition(|e| e.get("RECURRENCE-ID").is_some());
    (masters[0], overrides, own)
}

#[test]
fn line_55_a_move_past_a_neighbour_or_onto_its_day_is_an_event_of_its_own() {
    // The call of the 12th: past the one of the 19th, onto its day, and back past the 5th.
    for to in
        ["2026-11-20T09:00:00", "2026-11-19T08:00:00", "2026-11-19T16:00:00", "2026-11-04T10:00:00"]
    {
        let text = moved(to);
        let community = weekly(&[("meetings/weekly/2026-11-12.md", &text)]);
        let calendar = calendar_of(&community, "2026-11-02T00:00:00Z");
        let (master, overrides, own) = sorted(&calendar);
        let excluded = master.whens("EXDATE");
        let excluded: Vec<String> = excluded.iter().map(|when| when.wall().to_string()).collect();
        assert_eq!(excluded, ["2026-11-12 10:00:00"], "moved to {to}");
        assert!(overrides.is_empty(), "moved to {to}: {overrides:?}");
        let [event] = own[..] else { panic!("moved to {to}: {own:?}") };
        assert_eq!(event.when("DTSTART").unwrap().wall(), to.parse().unwrap());
        assert_ne!(event.value("UID"), master.value("UID"));
        // The UID stays when something else becomes known, and when time goes on.
        let cancelled = "+++\ncancelled = true\nannounced = 2026-11-03T00:00:00Z\n+++\n";
        let files = [
            ("meetings/weekly/2026-11-12.md", text.as_str()),
            ("meetings/weekly/2026-12-03.md", cancelled),
        ];
        let later = calendar_of(&weekly(&files), "2026-11-20T00:00:00Z");
        assert_eq!(sorted(&later).2[0].value("UID"), event.value("UID"), "moved to {to}");
    }
}

#[test]
fn line_55_a_move_that_stays_between_its_neighbours_is_an_override() {
    for to in
        ["2026-11-12T16:00:00", "2026-11-11T10:00:00", "2026-11-18T10:00:00", "2026-11-06T10:00:00"]
    {
        let text = moved(to);
        let community = weekly(&[("meetings/weekly/2026-11-12.md", &text)]);
        let calendar = calendar_of(&community, "2026-11-02T00:00:00Z");
        let (master, overrides, own) = sorted(&calendar);
        assert!(own.is_empty() && master.get("EXDATE").is_none(), "moved to {to}");
        let [event] = overrides[..] else { panic!("moved to {to}: {overrides:?}") };
        assert_eq!(event.when("DTSTART").unwrap().wall(), to.parse().unwrap());
    }
}
