//! `/api/occurrences`: dated meetings of a period.

use super::problem::Problem;
use super::query::{Place, Query, place_of};
use crate::model::{Community, Series};
use crate::publish::Meeting;
use crate::schedule::{AsOf, Occurrence, occurrences_since};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Dated meetings, in order of their start.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Occurrences)]
pub(super) struct Page<'a> {
    /// The meetings, cancelled ones too.
    occurrences: Vec<Meeting<'a>>,
    /// Where the answer goes on; null where it is whole.
    #[schema(required, format = "uri", example = json!(null))]
    next: Option<String>,
}

/// What the query asks for.
#[utoipa::path(
    get,
    path = "/api/occurrences",
    operation_id = "listOccurrences",
    summary = "Dated meetings of a period",
    description = "In order of their start, cancelled ones too. Parameters that are not known are \
                   passed over; one that is known and comes twice is a mistake, but for `series` \
                   and `tag`, of which all count.",
    params(super::parameters::Parameters),
    responses(
        (status = 200, description = "The meetings", body = Page, headers(
            ("ETag" = String, description = "Of these very bytes (RFC 9110 §8.8.3)"),
            ("Cache-Control" = String, description = "Until the next change, or five minutes"),
        )),
        (status = 304, description = "Nothing has changed since the entity tag that was sent"),
        (status = 400, description = "A parameter that makes no sense", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "A series, a tag or a meeting that the community does not have",
            body = Problem, content_type = "application/problem+json"),
        (status = 405, description = "Another method than GET and HEAD", body = Problem,
            content_type = "application/problem+json"),
        (status = 414, description = "An address of more than 8,192 bytes", body = String,
            content_type = "text/plain; charset=utf-8"),
        (status = 500, description = "A bug", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
pub(super) fn page<'a>(
    community: &'a Community,
    query: &Query,
    now: DateTime<Utc>,
    as_of: &AsOf,
) -> Page<'a> {
    let asked = community.series.iter().filter(|series| query.takes(series));
    let sources = asked.map(|series| of_series(series, query, now, as_of));
    let mut found: Vec<_> = in_order(sources).take(query.limit + 1).collect();
    let is_cut = found.len() > query.limit;
    found.truncate(query.limit);
    let last = found.last().filter(|_| is_cut).map(place_of);
    let next = last.map(|last| query.clone().going_on_after(last));
    Page {
        occurrences: found.iter().map(|o| Meeting::of(community, o)).collect(),
        next: next.map(|query| community.site.absolute(&query.to_string())),
    }
}

/// What the query asks for of one series, in order; nothing is expanded beyond it.
fn of_series<'a>(
    series: &'a Series,
    query: &Query,
    now: DateTime<Utc>,
    as_of: &AsOf,
) -> impl Iterator<Item = Occurrence<'a>> {
    let (window, after) = (query.window, query.after.as_ref());
    let start = after.map_or(window.start(now), |(start, ..)| window.start(now).max(*start));
    occurrences_since(series, start)
        .take_while(move |o| window.goes_on(o, as_of))
        .filter(move |o| window.has(o, as_of))
        .filter(move |o| after.is_none_or(|after| place_of(o) > *after))
}

/// All of several sources that each are in order, in one order; none is asked for more than it takes.
fn in_order<'a>(
    sources: impl Iterator<Item = impl Iterator<Item = Occurrence<'a>>>,
) -> impl Iterator<Item = Occurrence<'a>> {
    let mut heads: BTreeMap<Place, _> = sources
        .filter_map(|mut rest| {
            let first = rest.next()?;
            Some((place_of(&first), (first, rest)))
        })
        .collect();
    std::iter::from_fn(move || {
        let (_, (first, mut rest)) = heads.pop_first()?;
        if let Some(next) = rest.next() {
            heads.insert(place_of(&next), (next, rest));
        }
        Some(first)
    })
}
