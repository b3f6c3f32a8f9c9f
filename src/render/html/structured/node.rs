//! Things that several kinds of page speak of, by their schema.org names.

use crate::model::{Line, Link, Site, Zone};
use crate::render::words;
use crate::schedule::{Occurrence, ZoneRules};
use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

/// The organisation; everywhere the same.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Organization<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    name: &'a str,
    url: String,
}

impl<'a> Organization<'a> {
    pub(super) fn of(site: &'a Site) -> Organization<'a> {
        let id = site.absolute("/#organization");
        Organization { id, name: site.name.as_str(), url: site.absolute("/") }
    }
}

/// A thing that is described elsewhere.
#[derive(Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// The site, or a page that is about nothing else.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all_fields = "camelCase")]
pub(super) enum Work<'a> {
    WebSite {
        #[serde(rename = "@id")]
        id: String,
        name: &'a str,
        description: &'a str,
        url: String,
        in_language: &'a str,
        publisher: Reference,
    },
    WebPage {
        name: &'a str,
        url: String,
        in_language: &'a str,
        is_part_of: Reference,
    },
    CollectionPage {
        name: &'a str,
        description: &'a str,
        url: String,
        in_language: &'a str,
        is_part_of: Reference,
    },
}

/// Where people meet, and how they take part there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attendance<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    location: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Location<'a> {
    VirtualLocation { url: &'a str },
    Place { name: &'a str, address: &'a str },
}

impl<'a> Attendance<'a> {
    /// By a link, in a room, or both; nothing where neither is known.
    pub(super) fn of(join: Option<&'a Link>, room: Option<&'a Line>) -> Attendance<'a> {
        let online = join.map(|link| Location::VirtualLocation { url: link.as_str() });
        let place =
            |line: &'a Line| Location::Place { name: line.as_str(), address: line.as_str() };
        let event_attendance_mode = match (join, room) {
            (Some(_), Some(_)) => Some("https://schema.org/MixedEventAttendanceMode"),
            (Some(_), None) => Some("https://schema.org/OnlineEventAttendanceMode"),
            (None, Some(_)) => Some("https://schema.org/OfflineEventAttendanceMode"),
            (None, None) => None,
        };
        let location = online.into_iter().chain(room.map(place)).collect();
        Attendance { event_attendance_mode, location }
    }
}

/// First and last moment of a meeting: `2026-11-26T10:00:00-08:00`, or first and last day.
pub(super) fn ends(occurrence: &Occurrence<'_>) -> (String, String) {
    let Occurrence { start, zone, utc_start, utc_end, .. } = *occurrence;
    match start.time() {
        Some(_) => (with_offset(utc_start, zone), with_offset(utc_end, zone)),
        None => (start.date().to_string(), occurrence.own_days().1.to_string()),
    }
}

/// An instant as the zone's clock shows it, with that clock's offset from UTC.
///
/// In UTC where the offset has seconds, which the format cannot say.
pub(super) fn with_offset(instant: DateTime<Utc>, zone: Zone) -> String {
    let seconds = ZoneRules::of(zone).offset(instant).seconds;
    match FixedOffset::east_opt(seconds).filter(|_| seconds % 60 == 0) {
        Some(offset) => instant.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        None => words::machine(instant),
    }
}
