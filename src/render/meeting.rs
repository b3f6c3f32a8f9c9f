//! Meetings for programs: the same keys wherever there is JSON.

use super::words::machine;
use crate::model::{Community, Line, Link, Markdown};
use crate::schedule::Occurrence;
use serde::Serialize;
use utoipa::ToSchema;

/// One dated meeting; every key is always there, `null` where there is nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct Meeting<'a> {
    /// The slug of its series.
    #[schema(example = "oci-weekly")]
    series: &'a str,
    /// Its identity within the series, which a move leaves as it is: the local start that was
    /// planned, or the day.
    #[schema(
        example = "2026-12-03T10:00:00",
        pattern = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$"
    )]
    recurrence_id: String,
    /// Its start by the clock of its zone, or its first day.
    #[schema(
        example = "2026-12-03T10:00:00",
        pattern = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$"
    )]
    start: String,
    /// Its end by the clock of its zone, or the day after its last.
    #[schema(
        example = "2026-12-03T11:00:00",
        pattern = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$"
    )]
    end: String,
    /// The IANA name of the zone of `start` and `end`.
    #[schema(example = "America/Los_Angeles")]
    zone: &'static str,
    /// The instant of its start.
    #[schema(example = "2026-12-03T18:00:00Z", format = DateTime)]
    utc_start: String,
    /// The instant of its end.
    #[schema(example = "2026-12-03T19:00:00Z", format = DateTime)]
    utc_end: String,
    /// Whether it takes place: `confirmed` or `cancelled`.
    #[schema(example = "confirmed", pattern = "^(confirmed|cancelled)$")]
    status: &'static str,
    /// Whether it is at another time than planned.
    moved: bool,
    /// What it is called.
    #[schema(example = "OCI weekly discussion")]
    title: &'a str,
    /// Why it is cancelled.
    #[schema(required, example = json!(null))]
    reason: Option<&'a str>,
    /// Where to join.
    #[schema(required, format = "uri", example = "https://zoom.us/my/opencontainers")]
    join: Option<&'a str>,
    /// The agenda's page.
    #[schema(required, format = "uri", example = "https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg")]
    agenda: Option<&'a str>,
    /// The room, where people meet in person.
    #[schema(required, example = json!(null))]
    location: Option<&'a str>,
    /// A note to readers, in Markdown.
    #[schema(required, example = json!(null))]
    note: Option<&'a str>,
    /// What is on its agenda.
    #[schema(example = json!(["Image signing"]))]
    topics: Vec<&'a str>,
    /// The minutes' page.
    #[schema(required, format = "uri", example = json!(null))]
    minutes: Option<&'a str>,
    /// Where it was recorded.
    #[schema(example = json!([]))]
    recordings: Vec<&'a str>,
    /// The address of its page, which is there from a year before the meeting on.
    #[schema(
        format = "uri",
        example = "https://calendar.opencontainers.org/meetings/oci-weekly/2026-12-03/"
    )]
    page: String,
}

impl<'a> Meeting<'a> {
    /// The meeting as JSON has it.
    pub fn of(community: &Community, o: &Occurrence<'a>) -> Meeting<'a> {
        Meeting {
            series: o.series.slug.as_str(),
            recurrence_id: o.recurrence_id.to_string(),
            start: o.start.to_string(),
            end: o.end.to_string(),
            zone: o.zone.name(),
            utc_start: machine(o.utc_start),
            utc_end: machine(o.utc_end),
            status: o.status.as_str(),
            moved: o.is_moved(),
            title: o.title().as_str(),
            reason: o.reason().map(Line::as_str),
            join: o.join().map(Link::as_str),
            agenda: o.agenda().map(Link::as_str),
            location: o.location().map(Line::as_str),
            note: o.note().map(Markdown::as_str),
            topics: o.topics().iter().map(Line::as_str).collect(),
            minutes: o.minutes().map(Link::as_str),
            recordings: o.recordings().iter().map(Link::as_str).collect(),
            page: community.site.absolute(&o.path()),
        }
    }
}
