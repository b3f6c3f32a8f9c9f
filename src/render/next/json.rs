//! The next meetings of a scope as JSON: what `<convene-next>` shows, and whoever else wants to know.

use super::super::feed::Feeds;
use super::super::{Locale, Scope, html, words};
use crate::model::{Line, Link};
use crate::schedule::{AsOf, Occurrence, ZoneRules, coming};
use serde::Serialize;

/// Its media type.
pub const MEDIA_TYPE: &str = "application/json";

/// The most meetings that are in it.
const MOST: usize = 10;

/// The document; every key is always there, `null` where there is nothing.
#[derive(Serialize)]
struct Document<'a> {
    title: String,
    home: String,
    updated: Option<String>,
    meetings: Vec<Meeting<'a>>,
}

/// A meeting, with the keys that `convene dates --json` has.
#[derive(Serialize)]
struct Meeting<'a> {
    title: &'a str,
    series: &'a str,
    recurrence_id: String,
    start: String,
    end: String,
    zone: &'static str,
    abbreviation: String,
    utc_start: String,
    utc_end: String,
    status: &'static str,
    moved: bool,
    reason: Option<&'a str>,
    holiday: Option<&'a str>,
    join: Option<&'a str>,
    agenda: Option<&'a str>,
    location: Option<&'a str>,
    page: String,
}

/// Where it is served for a scope.
pub fn path(scope: &Scope<'_>) -> String {
    super::path(scope, "json")
}

/// The meetings of a scope that are not over, the next first, cancelled ones included: 10 at the
/// most.
///
/// `start`, `end` and `recurrence_id` are local (`2026-11-26T10:00:00`, or a date for whole days,
/// whose end is exclusive), `utc_start` and `utc_end` instants (RFC 3339); `holiday` is one that
/// nobody has decided about; `updated` is when anything last became known.
pub fn render(scope: &Scope<'_>, feeds: &Feeds<'_>, as_of: &AsOf) -> String {
    let next = coming(scope.series(), as_of, MOST);
    let document = Document {
        title: scope.title(),
        home: scope.site().absolute(&scope.home()),
        updated: feeds.news(as_of).updated.map(words::machine),
        meetings: next.iter().map(|occurrence| meeting(scope, occurrence)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn meeting<'a>(scope: &Scope<'a>, o: &Occurrence<'a>) -> Meeting<'a> {
    Meeting {
        title: o.title().as_str(),
        series: o.series.slug.as_str(),
        recurrence_id: o.recurrence_id.to_string(),
        start: o.start.to_string(),
        end: o.end.to_string(),
        zone: o.zone.name(),
        abbreviation: words::zone_name(&Locale::ENGLISH, ZoneRules::of(o.zone), o.utc_start),
        utc_start: words::machine(o.utc_start),
        utc_end: words::machine(o.utc_end),
        status: o.status.as_str(),
        moved: o.is_moved(),
        reason: o.reason().map(Line::as_str),
        holiday: html::holiday(scope.community(), o).map(|holiday| holiday.name.as_str()),
        join: o.join().map(Link::as_str),
        agenda: o.agenda().map(Link::as_str),
        location: o.location().map(Line::as_str),
        page: scope.site().absolute(&o.path()),
    }
}
