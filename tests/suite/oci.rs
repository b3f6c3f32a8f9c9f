//! Every OCI meeting since 2015 against the public record.
#![expect(clippy::disallowed_methods, reason = "reads the recorded facts")]

use crate::support::{moment, oci, package};
use convene::schedule::{Occurrence, occurrences};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Row {
    date: String,
    status: String,
    utc_start: String,
    recordings: Vec<String>,
    minutes: String,
}

fn facts<T: serde::de::DeserializeOwned>(file: &str) -> T {
    serde_json::from_slice(&std::fs::read(package("tests/oci").join(file)).unwrap()).unwrap()
}

/// What is wrong with our account of a row, or nothing.
fn mistake(row: &Row, date: &str, ours: &[Occurrence<'_>]) -> Option<String> {
    let moved = date != row.date;
    let status = if row.status == "held" { "confirmed" } else { "cancelled" };
    let found = ours.iter().find(|o| {
        let same_start = if moved {
            o.recurrence_id.date().to_string() == date
        } else {
            o.utc_start == moment(&row.utc_start)
        };
        same_start && o.status.as_str() == status
    });
    let Some(found) = found else {
        return Some(format!("{date}: no {status} meeting at {}", row.utc_start));
    };
    let recordings: Vec<_> = found.recordings().iter().map(|link| link.as_str()).collect();
    let minutes = found.minutes().map_or("", |link| link.as_str());
    (recordings != row.recordings || minutes != row.minutes).then(|| {
        format!(
            "{date}: {recordings:?} and {minutes}, not {:?} and {}",
            row.recordings, row.minutes
        )
    })
}

#[test]
fn every_weekly_meeting_on_record_is_there() {
    let rows: Vec<Row> = facts("rows.json");
    // Three headings of the minutes carry a wrong date.
    let corrected: BTreeMap<String, String> = facts("corrected.json");
    assert_eq!(rows.len(), 424);
    let community = oci();
    let weekly = community.series.iter().find(|s| s.slug.as_str() == "oci-weekly").unwrap();
    let end = moment("2026-11-01T00:00:00Z");
    let ours: Vec<_> = occurrences(weekly).take_while(|o| o.utc_start < end).collect();
    let mistakes: Vec<_> = rows
        .iter()
        .filter_map(|row| mistake(row, corrected.get(&row.date).unwrap_or(&row.date), &ours))
        .collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn meetings_at_conferences_are_in_their_own_zones() {
    let community = oci();
    let events = community.series.iter().find(|s| s.slug.as_str() == "oci-events").unwrap();
    let starts: Vec<_> = occurrences(events)
        .map(|o| (o.start.to_string(), o.zone.name(), o.utc_start.to_rfc3339()))
        .collect();
    assert!(starts.contains(&(
        "2024-03-22T14:00:00".into(),
        "Europe/Paris",
        "2024-03-22T13:00:00+00:00".into()
    )));
    assert!(starts.contains(&(
        "2025-11-11T15:30:00".into(),
        "America/New_York",
        "2025-11-11T20:30:00+00:00".into()
    )));
    assert_eq!(starts.len(), 9);
}
