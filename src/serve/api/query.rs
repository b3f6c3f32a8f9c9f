//! What is asked of `/api/occurrences`, checked.

use super::parameters::{LIMIT, MOST, Parameters};
use super::problem::Problem;
use super::window::Window;
use crate::model::{Community, Local, Series, Slot, Slug};
use crate::publish::{Chosen, Kind, Scope};
use crate::schedule::{Occurrence, added, falls_on, occurrence_on};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::collections::BTreeSet;
use std::fmt;

/// What decides on the order of meetings: the start, then the series, then the recurrence-id.
pub(super) type Place = (DateTime<Utc>, Slug, Local);

/// What is asked of `/api/occurrences`.
///
/// `Display` gives the canonical query: the same text for all queries that ask for the same.
#[derive(Clone, Debug)]
pub(super) struct Query {
    /// From when to when.
    pub(super) window: Window,
    /// Only these series, where there are any.
    series: BTreeSet<Slug>,
    /// Only series with one of these tags, where there are any.
    tags: BTreeSet<Slug>,
    /// How many meetings there are at most.
    pub(super) limit: usize,
    /// Only what comes later.
    pub(super) after: Option<Place>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// A value that makes no sense, or that names what the community does not have.
    pub(super) fn read(
        query: &str,
        community: &Community,
        now: DateTime<Utc>,
    ) -> Result<Query, Problem> {
        let parameters = Parameters::read(query);
        let one = |name, values: &[String]| match values {
            [] => Ok(None),
            [value] => Ok(Some(value.clone())),
            _ => Err(Problem::bad(name, format!("{name} is there twice: leave one out"))),
        };
        let (from, to) = (one("from", &parameters.from)?, one("to", &parameters.to)?);
        let window = Window::read(from.as_deref(), to.as_deref(), community.site.zone, now)?;
        let limit = one("limit", &parameters.limit)?.map(|text| limit(&text)).transpose()?;
        let after = one("after", &parameters.after)?;
        Ok(Query {
            window,
            series: names("series", Kind::Series, &parameters.series, community)?,
            tags: names("tag", Kind::Tags, &parameters.tag, community)?,
            limit: limit.unwrap_or(LIMIT),
            after: after.map(|text| place(&text, community)).transpose()?,
        })
    }

    /// The query for what comes later.
    pub(super) fn going_on_after(self, last: Place) -> Query {
        Query { after: Some(last), ..self }
    }

    /// Whether meetings of the series are asked for.
    pub(super) fn takes(&self, series: &Series) -> bool {
        (self.series.is_empty() || self.series.contains(&series.slug))
            && (self.tags.is_empty() || series.tags.iter().any(|tag| self.tags.contains(tag)))
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined =
            |slugs: &BTreeSet<Slug>| slugs.iter().map(Slug::as_str).collect::<Vec<_>>().join(",");
        let (from, to) = self.window.written();
        let after = self.after.as_ref();
        let after = after.map_or(String::new(), |(_, series, id)| format!("{series}/{id}"));
        write!(f, "/api/occurrences?")?;
        for (name, value) in [
            ("from", from),
            ("to", to),
            ("series", joined(&self.series)),
            ("tag", joined(&self.tags)),
            ("after", after),
        ] {
            if !value.is_empty() {
                write!(f, "{name}={value}&")?;
            }
        }
        write!(f, "limit={}", self.limit)
    }
}

/// What decides on an occurrence's place in the order.
pub(super) fn place_of(occurrence: &Occurrence<'_>) -> Place {
    (occurrence.utc_start, occurrence.series.slug.clone(), occurrence.recurrence_id)
}

fn limit(text: &str) -> Result<usize, Problem> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = plain.then(|| text.parse().ok()).flatten();
    let help = format!("write a number from 1 to {MOST}");
    let number = number.filter(|number| (1..=MOST).contains(number));
    number.ok_or_else(|| Problem::not_understood("limit", text, &help))
}

/// The slugs that lists of names stand for, none where nothing is left out; each name is known, or was
/// once.
fn names(
    parameter: &'static str,
    kind: Kind,
    values: &[String],
    community: &Community,
) -> Result<BTreeSet<Slug>, Problem> {
    let read = |name: &str| {
        let help = "write names of lower-case letters, digits and hyphens, with commas between";
        Slug::new(name.trim()).ok_or_else(|| Problem::not_understood(parameter, name, help))
    };
    let names = values.iter().flat_map(|value| value.split(',')).map(read);
    let chosen = Chosen::of(&Scope::Community(community), kind, &names.collect::<Result<_, _>>()?);
    let help = "/api/series tells what there is";
    match (chosen.unknown.as_slice(), chosen.gone.as_slice(), chosen.limit()) {
        ([], _, Some(limit)) => Ok(limit),
        ([slug, ..], _, _) => {
            Err(Problem::unknown(parameter, format!("{parameter}={slug} is not here: {help}")))
        }
        (_, gone, None) => {
            let gone = gone.first().map(Slug::as_str).unwrap_or_default();
            let detail = format!("{parameter}={gone} is no longer published: {help}");
            Err(Problem::unknown(parameter, detail))
        }
    }
}

/// The place of the meeting that is named `<series>/<recurrence-id>`.
fn place(text: &str, community: &Community) -> Result<Place, Problem> {
    let bad = || Problem::not_understood("after", text, "leave it to `next` of an answer");
    let unknown = || {
        let detail = "after is no meeting that the community has: begin anew without it";
        Problem::unknown("after", detail.to_owned())
    };
    let (slug, id) = text.split_once('/').ok_or_else(bad)?;
    let slug = Slug::new(slug).ok_or_else(unknown)?;
    let id = local(id).ok_or_else(unknown)?;
    let series = community.series.iter().find(|series| series.slug == slug);
    let meeting = series.and_then(|series| meeting(series, id)).ok_or_else(unknown)?;
    Ok(place_of(&meeting))
}

fn meeting(series: &Series, id: Local) -> Option<Occurrence<'_>> {
    let date = id.date();
    let gives = |slot: &&Slot| slot.recurrence_id(date) == id && falls_on(slot, date);
    let of_slot = series.slots.iter().find(gives).map(|slot| occurrence_on(series, slot, date));
    of_slot.or_else(|| added(series).find(|occurrence| occurrence.recurrence_id == id))
}

/// A recurrence-id as `Local` writes it.
fn local(text: &str) -> Option<Local> {
    let moment = || text.parse::<NaiveDateTime>().ok().map(Local::DateTime);
    let local = text.parse::<NaiveDate>().ok().map(Local::Date).or_else(moment)?;
    (local.to_string() == text).then_some(local)
}
