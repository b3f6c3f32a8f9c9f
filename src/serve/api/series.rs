//! `/api/series`: what meets, when and where to follow it.

use super::problem::Problem;
use crate::model::{Community, Line, Link, Slot, Slug};
use crate::publish::format::{ATOM, CALENDAR, JSON_FEED, REMINDERS, RSS};
use crate::publish::{Locale, Scope, plain, slot_in_words};
use crate::schedule::{AsOf, Status, occurrences_since};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// Every series of the community.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AllSeries<'a> {
    /// The series, by slug.
    series: Vec<Series<'a>>,
}

/// A meeting that recurs; every key is always there, `null` where there is nothing.
#[derive(Debug, Serialize, ToSchema)]
struct Series<'a> {
    /// Its name in addresses and parameters.
    #[schema(example = "oci-weekly")]
    slug: &'a str,
    /// What people call it.
    #[schema(example = "OCI weekly discussion")]
    title: &'a str,
    /// What it is, in plain text: the first paragraph that it says of itself.
    #[schema(example = "The weekly call of everybody who works on the specifications.")]
    description: String,
    /// Groups it belongs to.
    #[schema(example = json!(["developer"]))]
    tags: Vec<&'a str>,
    /// Where to join.
    #[schema(required, format = "uri", example = "https://zoom.us/my/opencontainers")]
    join: Option<&'a str>,
    /// The agenda's page.
    #[schema(required, format = "uri", example = "https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg")]
    agenda: Option<&'a str>,
    /// The room, where people meet in person.
    #[schema(required, example = json!(null))]
    location: Option<&'a str>,
    /// The address of its page.
    #[schema(format = "uri", example = "https://calendar.opencontainers.org/meetings/oci-weekly/")]
    page: String,
    /// The address of its calendar (RFC 5545), to subscribe to.
    #[schema(
        format = "uri",
        example = "https://calendar.opencontainers.org/meetings/oci-weekly.ics"
    )]
    calendar: String,
    feeds: Feeds,
    /// Its recurrences, in order of their first date; none where there are only single dates.
    slots: Vec<Recurrence>,
    /// The instant at which its next meeting that takes place starts, or at which the one under way
    /// has started.
    #[schema(required, format = DateTime, example = "2026-12-03T18:00:00Z")]
    next_utc_start: Option<String>,
}

/// The addresses of feeds: agendas, changes, minutes and recordings.
#[derive(Debug, Serialize, ToSchema)]
struct Feeds {
    /// RSS 2.0.
    #[schema(
        format = "uri",
        example = "https://calendar.opencontainers.org/meetings/oci-weekly/feed.xml"
    )]
    rss: String,
    /// Atom (RFC 4287).
    #[schema(
        format = "uri",
        example = "https://calendar.opencontainers.org/meetings/oci-weekly/feed.atom"
    )]
    atom: String,
    /// JSON Feed 1.1.
    #[schema(
        format = "uri",
        example = "https://calendar.opencontainers.org/meetings/oci-weekly/feed.json"
    )]
    json: String,
    /// Reminders as RSS, for bots.
    #[schema(
        format = "uri",
        example = "https://calendar.opencontainers.org/meetings/oci-weekly/reminders.xml"
    )]
    reminders: String,
}

/// One recurrence of a series.
#[derive(Debug, Serialize, ToSchema)]
struct Recurrence {
    /// Its rule in words.
    #[schema(example = "Every Thursday at 10:00 America/Los_Angeles")]
    rule: String,
    /// Its first date.
    #[schema(format = Date, example = "2021-10-07")]
    from: String,
    /// The last day that may have a date; null where it goes on.
    #[schema(required, format = Date, example = json!(null))]
    until: Option<String>,
    /// The IANA name of its zone.
    #[schema(example = "America/Los_Angeles")]
    zone: &'static str,
}

/// Every series of the community at that moment.
#[utoipa::path(
    get,
    path = "/api/series",
    operation_id = "listSeries",
    summary = "Every series, with where to follow it",
    responses(
        (status = 200, description = "The series, by slug", body = AllSeries, headers(
            ("ETag" = String, description = "Of these very bytes (RFC 9110 §8.8.3)"),
            ("Cache-Control" = String, description = "Until the next change, or five minutes"),
        )),
        (status = 304, description = "Nothing has changed since the entity tag that was sent"),
        (status = 405, description = "Another method than GET and HEAD", body = Problem,
            content_type = "application/problem+json"),
        (status = 414, description = "An address of more than 8,192 bytes", body = String,
            content_type = "text/plain; charset=utf-8"),
        (status = 500, description = "A bug", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
pub(super) fn all<'a>(community: &'a Community, now: DateTime<Utc>, as_of: &AsOf) -> AllSeries<'a> {
    let one = |series| Series::of(community, series, now, as_of);
    AllSeries { series: community.all_series().map(one).collect() }
}

impl<'a> Series<'a> {
    fn of(
        community: &'a Community,
        series: &'a crate::model::Series,
        now: DateTime<Utc>,
        as_of: &AsOf,
    ) -> Series<'a> {
        let (scope, site) = (Scope::Series(community, series), &community.site);
        let next = occurrences_since(series, now)
            .filter(|o| o.status == Status::Confirmed)
            .find(|o| !as_of.reached(o.utc_end));
        Series {
            slug: series.slug.as_str(),
            title: series.title.as_str(),
            description: description(&scope, series),
            tags: series.tags.iter().map(Slug::as_str).collect(),
            join: series.join.as_ref().map(Link::as_str),
            agenda: series.agenda.as_ref().map(Link::as_str),
            location: series.location.as_ref().map(Line::as_str),
            page: site.absolute(&scope.folder()),
            calendar: site.absolute(&CALENDAR.path(&scope)),
            feeds: Feeds {
                rss: site.absolute(&RSS.path(&scope)),
                atom: site.absolute(&ATOM.path(&scope)),
                json: site.absolute(&JSON_FEED.path(&scope)),
                reminders: site.absolute(&REMINDERS.path(&scope)),
            },
            slots: series.slots.iter().map(|slot| Recurrence::of(scope.locale(), slot)).collect(),
            next_utc_start: next.map(|o| o.utc_start.to_rfc3339_opts(SecondsFormat::Secs, true)),
        }
    }
}

impl Recurrence {
    fn of(locale: &Locale, slot: &Slot) -> Recurrence {
        Recurrence {
            rule: slot_in_words(locale, slot),
            from: slot.from.to_string(),
            until: slot.until.map(|until| until.to_string()),
            zone: slot.zone.name(),
        }
    }
}

/// The first paragraph of its own description; whose meeting it is where it has none.
fn description(scope: &Scope<'_>, series: &crate::model::Series) -> String {
    let text = plain::text(&series.description);
    match text.split("\n\n").next().filter(|first| !first.is_empty()) {
        Some(first) => first.to_owned(),
        None => scope.description(),
    }
}
