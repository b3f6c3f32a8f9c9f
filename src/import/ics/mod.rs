//! iCalendar, as programs and people write it (RFC 5545).

mod component;
mod dates;
mod event;
mod length;
mod lines;
mod observances;
mod planned;
mod renamed;
mod rules;
mod series;
mod windows;
mod zones;

use super::draft::Draft;
use super::{Note, Options, Unreadable};
use crate::model::{Domain, Zone};
use component::Component;
use event::{Context, Event};
use std::collections::BTreeMap;
use zones::Zones;

pub(super) use length::is_of_times;
pub(super) use planned::{Plan, ZonePlan, planned};
pub(super) use zones::by_name;

/// The most events that are read.
const MOST_EVENTS: usize = 5000;
/// The most dates that they name.
const MOST_DATES: usize = 20_000;

/// The domains of programs that make UIDs for everybody.
const SERVICES: [&str; 10] = [
    "google.com",
    "groups.io",
    "icloud.com",
    "lu.ma",
    "luma.com",
    "meetup.com",
    "microsoft.com",
    "office365.com",
    "outlook.com",
    "zoom.us",
];

/// What was understood of a calendar.
pub(super) struct Calendar {
    pub(super) name: Option<String>,
    pub(super) zone: Zone,
    pub(super) domain: Option<String>,
    pub(super) drafts: Vec<Draft>,
}

/// Reads a calendar.
///
/// # Errors
/// A text that is no calendar, or one that is too large.
pub(super) fn read(
    bytes: &[u8],
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    let file = component::read(lines::read(bytes, notes), notes)?;
    understood(&file, &BTreeMap::new(), options, notes)
}

/// What the components say; `of_series` is told by [`series::drafts`].
fn understood(
    file: &Component,
    of_series: &BTreeMap<usize, usize>,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    let mut parts = Vec::new();
    file.find("VEVENT", &mut parts);
    let is_calendar = file.children.iter().any(|child| child.name == "VCALENDAR");
    if parts.is_empty() && !is_calendar {
        notes.clear();
        return Err(Unreadable::at(0, "it is no iCalendar file with a VEVENT in it"));
    }
    if parts.len() > MOST_EVENTS {
        return Err(Unreadable::at(0, format!("it has more than {MOST_EVENTS} events")));
    }
    let zones = Zones::of(file);
    let zone = options.zone.or_else(|| event::usual_zone(file)).or(options.site_zone);
    let context = Context {
        zones: &zones,
        options,
        zone: zone.unwrap_or(Zone::UTC),
        site: event::site(file),
    };
    let events: Vec<Event> =
        parts.iter().filter_map(|part| Event::read(part, &context, notes)).collect();
    let dates: usize = events.iter().map(|e| e.excluded.len() + e.extra.len()).sum();
    if dates > MOST_DATES {
        return Err(Unreadable::at(0, format!("its events name more than {MOST_DATES} dates")));
    }
    let most = most_common(events.iter().map(|event| event.zone));
    let site = options.site_zone.or(event::usual_zone(file)).or(most).unwrap_or(Zone::UTC);
    let sides = events.iter().filter_map(|e| Some(e.uid.as_ref()?.rsplit_once('@')?.1.to_owned()));
    let domain = most_common(sides.filter(|side| is_own(side)));
    let drafts = series::drafts(events, site, of_series, options, notes);
    Ok(Calendar { name: name_of(file), zone: site, domain, drafts })
}

/// A domain that belongs to a community, and not to the program that made the UID.
fn is_own(side: &str) -> bool {
    let is_of = |known: &str| side == known || side.ends_with(&format!(".{known}"));
    Domain::new(side).is_some() && !SERVICES.iter().any(|known| is_of(known))
}

fn most_common<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}

fn name_of(file: &Component) -> Option<String> {
    let mut calendars = Vec::new();
    file.find("VCALENDAR", &mut calendars);
    let names = ["NAME", "X-WR-CALNAME"];
    calendars.into_iter().find_map(|c| names.into_iter().find_map(|n| Some(c.get(n)?.text())))
}
