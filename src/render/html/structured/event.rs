//! Series and their meetings as events.

use super::node::{self, Attendance, Organization};
use super::schedule::{Schedule, schedule};
use crate::model::{Community, Link, Local, Series, Site};
use crate::render::{Scope, markdown, words};
use crate::schedule::{Occurrence, Status, occurrences};
use maud::Markup;
use serde::Serialize;

/// schema.org/EventSeries.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct EventSeries<'a> {
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    event_schedule: Vec<Schedule>,
    #[serde(flatten)]
    attendance: Attendance<'a>,
    organizer: Organization<'a>,
    in_language: &'a str,
}

/// schema.org/Event.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Event<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    url: String,
    start_date: String,
    end_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_start_date: Option<String>,
    event_status: &'static str,
    #[serde(flatten)]
    attendance: Attendance<'a>,
    organizer: Organization<'a>,
    super_event: Whole<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recorded_in: Vec<Recording<'a>>,
    in_language: &'a str,
}

/// The series that a meeting is one of; its page says more.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "EventSeries")]
struct Whole<'a> {
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "VideoObject")]
struct Recording<'a> {
    name: String,
    url: &'a str,
}

/// The series and the dates that its rules give.
pub(in super::super) fn series(community: &Community, series: &Series) -> Markup {
    let site = &community.site;
    super::script(EventSeries {
        id: id(site, series),
        name: series.title.as_str(),
        description: markdown::summary(&series.description).map(|line| line.to_string()),
        url: site.absolute(&Scope::folder_of(series)),
        start_date: occurrences(series).next().map(|first| node::ends(&first).0),
        event_schedule: series.slots.iter().filter_map(schedule).collect(),
        attendance: Attendance::of(series.join.as_ref(), series.location.as_ref()),
        organizer: Organization::of(site),
        in_language: site.language.as_str(),
    })
}

/// One meeting; its recordings are named after `title`, which is that of its page.
pub(in super::super) fn occurrence(
    community: &Community,
    occurrence: &Occurrence<'_>,
    title: &str,
) -> Markup {
    let site = &community.site;
    let (start_date, end_date) = node::ends(occurrence);
    let description = occurrence.note().and_then(markdown::summary);
    super::script(Event {
        name: occurrence.title().as_str(),
        description: description.map(|line| line.to_string()),
        url: site.absolute(&occurrence.path()),
        start_date,
        end_date,
        previous_start_date: occurrence.is_moved().then(|| planned(occurrence)),
        event_status: status(occurrence),
        attendance: Attendance::of(occurrence.join(), occurrence.location()),
        organizer: Organization::of(site),
        super_event: Whole {
            id: id(site, occurrence.series),
            name: occurrence.series.title.as_str(),
        },
        recorded_in: recordings(occurrence, title),
        in_language: site.language.as_str(),
    })
}

/// What tells the series from its page.
fn id(site: &Site, series: &Series) -> String {
    site.absolute(&format!("{}#series", Scope::folder_of(series)))
}

fn status(occurrence: &Occurrence<'_>) -> &'static str {
    match occurrence.status {
        Status::Cancelled => "https://schema.org/EventCancelled",
        Status::Confirmed if occurrence.is_moved() => "https://schema.org/EventRescheduled",
        Status::Confirmed => "https://schema.org/EventScheduled",
    }
}

/// When the slot would have it start.
fn planned(occurrence: &Occurrence<'_>) -> String {
    match occurrence.recurrence_id {
        Local::Date(date) => date.to_string(),
        Local::DateTime(_) => node::with_offset(occurrence.utc_planned, occurrence.planned_zone()),
    }
}

fn recordings<'a>(occurrence: &Occurrence<'a>, title: &str) -> Vec<Recording<'a>> {
    let all = occurrence.recordings();
    let named = |(i, link): (usize, &'a Link)| Recording {
        name: words::numbered(title, i, all.len()),
        url: link.as_str(),
    };
    all.iter().enumerate().map(named).collect()
}
