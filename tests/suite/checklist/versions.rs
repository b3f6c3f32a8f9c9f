//! Lines 39–41: what clients go by to see that an event has changed.
//!
//! A community's content grows fact by fact here, as authors write it; facts are added and never
//! deleted.

use super::{all, calendar_of, weekly};
use crate::ics::{Component, When};
use std::collections::{BTreeMap, BTreeSet};

const CANCELLED: &str = "cancelled = \"No topics\"\nannounced = 2026-10-02T00:00:00Z\n";
const MOVED: &str = "moved-to = 2026-11-12T12:00:00\nannounced = 2026-10-04T00:00:00Z\n";
const PASSED: &str = "moved-to = 2026-12-11T12:00:00\nannounced = 2026-10-06T00:00:00Z\n";

/// Each fact with what the file about it says from then on.
fn history() -> Vec<(&'static str, &'static str, String)> {
    let file = |lines: &str| format!("+++\n{lines}+++\n");
    let restored = |lines: &str, at: &str| file(&format!("{lines}restored = {at}\n"));
    let record = "[[record]]\ndate = 2026-10-01\nrecording = \"https://video.example.org/1\"\n\
        published = 2026-10-08T00:00:00Z\n";
    vec![
        ("cancelled", "2026-11-05.md", file(CANCELLED)),
        ("restored", "2026-11-05.md", restored(CANCELLED, "2026-10-03T00:00:00Z")),
        ("moved", "2026-11-12.md", file(MOVED)),
        ("moved back", "2026-11-12.md", restored(MOVED, "2026-10-05T00:00:00Z")),
        ("moved past a neighbour", "2026-12-03.md", file(PASSED)),
        ("moved back from there", "2026-12-03.md", restored(PASSED, "2026-10-07T00:00:00Z")),
        ("recorded", "records.toml", record.to_owned()),
    ]
}

/// The calendar before the first fact, and after each.
fn steps() -> Vec<(&'static str, Component)> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let calendar = |files: &BTreeMap<String, String>| {
        let files: Vec<_> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        calendar_of(&weekly(&files), "2026-10-20T00:00:00Z")
    };
    let mut steps = vec![("nothing yet", calendar(&files))];
    for (what, name, text) in history() {
        files.insert(format!("meetings/weekly/{name}"), text);
        steps.push((what, calendar(&files)));
    }
    steps
}

fn master(calendar: &Component) -> &Component {
    calendar.children("VEVENT").find(|event| event.get("RRULE").is_some()).unwrap()
}

fn sequence(event: &Component) -> u32 {
    event.value("SEQUENCE").unwrap().parse().unwrap()
}

fn modified(event: &Component) -> When {
    event.when("LAST-MODIFIED").unwrap()
}

/// Every SEQUENCE and LAST-MODIFIED of the components of each UID.
fn versions(calendar: &Component) -> BTreeMap<&str, BTreeSet<(u32, When)>> {
    let mut versions: BTreeMap<&str, BTreeSet<(u32, When)>> = BTreeMap::new();
    for event in calendar.children("VEVENT") {
        let own = versions.entry(event.value("UID").unwrap()).or_default();
        own.insert((sequence(event), modified(event)));
    }
    versions
}

/// ICSx5 takes an event anew only if the newest LAST-MODIFIED of its components is newer.
#[test]
fn line_39_every_fact_raises_the_masters_last_modified() {
    for pair in steps().windows(2) {
        let [(_, before), (what, after)] = pair else { continue };
        assert!(modified(master(after)) > modified(master(before)), "{what}");
    }
}

/// Google takes an event anew only if its SEQUENCE is higher; calcard and Stalwart show a date twice
/// whose SEQUENCE differs from the master's.
#[test]
fn line_40_every_fact_raises_the_sequence_of_all_components() {
    for pair in steps().windows(2) {
        let [(_, before), (what, after)] = pair else { continue };
        assert!(sequence(master(after)) > sequence(master(before)), "{what}");
    }
    for (what, calendar) in steps() {
        for (uid, versions) in versions(&calendar) {
            assert_eq!(versions.len(), 1, "{what}: {uid}: {versions:?}");
        }
    }
    for calendar in all() {
        for (uid, versions) in versions(&calendar.root) {
            assert_eq!(versions.len(), 1, "{calendar}: {uid}: {versions:?}");
        }
    }
}

#[test]
fn line_41_no_sequence_ever_falls() {
    let mut highest: BTreeMap<String, u32> = BTreeMap::new();
    for (what, calendar) in steps() {
        for event in calendar.children("VEVENT") {
            let own = highest.entry(event.text("UID").unwrap()).or_default();
            assert!(sequence(event) >= *own, "{what}: {event:?}");
            *own = sequence(event);
        }
    }
    // Over time alone nothing changes, though old records are no longer shown.
    for calendar in all() {
        let Some(later) = calendar.case.later().get(&calendar.path) else { continue };
        let later = crate::ics::read(later).unwrap();
        let later = versions(&later);
        for (uid, now) in versions(&calendar.root) {
            assert!(later.get(uid).is_none_or(|later| *later == now), "{calendar}: {uid}");
        }
    }
}

/// Fields of a date's own have no fact that dates them: `updated` does, each time they change.
#[test]
fn lines_39_and_40_each_update_of_a_date_raises_the_version_too() {
    let version = |files: &[(&str, &str)]| {
        let calendar = calendar_of(&weekly(files), "2026-10-20T00:00:00Z");
        let (events, master) = (calendar.children("VEVENT").count(), master(&calendar));
        (events, sequence(master), modified(master))
    };
    const DATE: &str = "meetings/weekly/2026-11-12.md";
    const RECORDS: &str = "meetings/weekly/records.toml";
    let room = "+++\nlocation = \"Room 5\"\nupdated = 2026-10-10T00:00:00Z\n+++\n";
    let other = "+++\nlocation = \"Room 6\"\n\
        updated = [2026-10-10T00:00:00Z, 2026-10-11T00:00:00Z]\n+++\nIt is larger.\n";
    let minutes = "[[record]]\ndate = 2026-10-01\nminutes = \"https://notes.example.org/1\"\n\
        published = 2026-10-12T00:00:00Z\n";
    let steps = [
        version(&[]),
        version(&[(DATE, room)]),
        version(&[(DATE, other)]),
        version(&[(DATE, other), (RECORDS, minutes)]),
    ];
    assert_eq!(steps.each_ref().map(|(events, ..)| *events), [1, 2, 2, 3]);
    for pair in steps.windows(2) {
        assert!(pair[1].1 > pair[0].1, "SEQUENCE: {pair:?}");
        assert!(pair[1].2 > pair[0].2, "LAST-MODIFIED: {pair:?}");
    }
}

/// A new title, room or link of the whole series.
#[test]
fn lines_39_and_40_each_update_of_the_definition_raises_the_version_too() {
    const RENAMED: &str = "+++\ntitle = \"Weekly community call\"\n\
        updated = [2026-01-01T00:00:00Z, 2026-10-10T00:00:00Z]\n\
        [[slot]]\nfrom = 2026-10-01\nevery = \"week\"\non = \"Thursday\"\nat = \"10:00\"\n+++\n";
    let as_of = "2026-10-20T00:00:00Z";
    let before = calendar_of(&weekly(&[]), as_of);
    let after = calendar_of(&weekly(&[("meetings/weekly/series.md", RENAMED)]), as_of);
    assert!(modified(master(&after)) > modified(master(&before)));
    assert!(sequence(master(&after)) > sequence(master(&before)), "SEQUENCE stays");
}
