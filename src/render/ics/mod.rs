//! iCalendar (RFC 5545, RFC 7986), in the one form that every client reads alike.

mod description;
mod event;
mod observances;
mod recurrence;
mod timezone;
mod writer;
mod zone_changes;

use super::Scope;
use crate::model::{Local, Series, Zone};
use crate::schedule::{AsOf, Version, ZoneRules, added, exceptional};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use writer::Writer;

/// How often clients that ask look again; most have a rhythm of their own.
const REFRESH: &str = "PT1H";

/// The calendar of a scope's meetings: every slot since the first, with what its dates change.
///
/// No METHOD, since PUBLISH would oblige every event to have an ORGANIZER (RFC 5546 §3.2.1). Calendar
/// properties come before the components, and of these the zones first, then each series' events,
/// the recurring one before those of single dates.
pub fn render(scope: &Scope<'_>, as_of: &AsOf) -> String {
    let mut writer = Writer::default();
    writer.raw("BEGIN", "VCALENDAR");
    write_properties(&mut writer, scope);
    for (zone, first_event) in zones(scope) {
        timezone::write(&mut writer, zone, first_event);
    }
    for series in scope.series() {
        event::write_series(&mut writer, scope.site(), series, as_of);
    }
    writer.raw("END", "VCALENDAR");
    writer.finish()
}

/// Where a scope's calendar is served: `/calendar.ics` has the body of `/<site slug>.ics`, since
/// Thunderbird names a calendar after its file.
pub fn paths(scope: &Scope<'_>) -> Vec<String> {
    match scope {
        Scope::Community(_) => vec![calendar_path(scope), "/calendar.ics".to_owned()],
        Scope::Series(..) => vec![calendar_path(scope)],
    }
}

fn calendar_path(scope: &Scope<'_>) -> String {
    match scope {
        Scope::Community(community) => format!("/{}.ics", community.site.slug),
        Scope::Series(_, series) => format!("/meetings/{}.ics", series.slug),
    }
}

/// No UID of the calendar's own (RFC 7986 §5.3): vdirsyncer takes it for that of every event, and keeps
/// only one of them.
fn write_properties(writer: &mut Writer, scope: &Scope<'_>) {
    let site = scope.site();
    let path = calendar_path(scope);
    writer.raw("VERSION", "2.0");
    writer.raw("PRODID", "-//Convene//Convene//EN");
    writer.raw("CALSCALE", "GREGORIAN");
    let modified = scope.series().iter().map(Version::newest_of).max();
    if let Some(modified) = modified {
        writer.instant("LAST-MODIFIED", modified);
    }
    for name in ["NAME", "X-WR-CALNAME"] {
        writer.text(name, scope.title());
    }
    for name in ["DESCRIPTION", "X-WR-CALDESC"] {
        writer.text(name, &scope.description());
    }
    if !has_utc_slot(scope) {
        writer.raw("X-WR-TIMEZONE", site.zone.name());
    }
    writer.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    writer.raw("X-PUBLISHED-TTL", REFRESH);
    writer.raw("SOURCE;VALUE=URI", &site.absolute(&path));
    writer.raw("URL", &site.absolute(&scope.folder()));
}

/// Whether a slot is fixed in UTC: recurring-ical-events, and whoever else honours X-WR-TIMEZONE,
/// moves its times by that zone's summer time.
fn has_utc_slot(scope: &Scope<'_>) -> bool {
    scope.series().iter().flat_map(|series| &series.slots).any(|slot| slot.zone.is_utc())
}

/// Every zone that an event names, with the start of the first event in it.
fn zones(scope: &Scope<'_>) -> BTreeMap<Zone, DateTime<Utc>> {
    let mut zones = BTreeMap::new();
    let events = scope.series().iter().flat_map(zoned_starts);
    for (zone, start) in events.filter(|(zone, _)| !zone.is_utc()) {
        let first = zones.entry(zone).or_insert(start);
        *first = start.min(*first);
    }
    zones
}

fn zoned_starts(series: &Series) -> impl Iterator<Item = (Zone, DateTime<Utc>)> {
    let timed = |start: Local, zone| {
        start.time().map(|_| (zone, ZoneRules::of(zone).to_utc(start.moment())))
    };
    let slots =
        series.slots.iter().filter_map(move |slot| timed(slot.recurrence_id(slot.from), slot.zone));
    let moved =
        series.slots.iter().flat_map(|slot| exceptional(series, slot)).filter(|o| o.is_moved());
    let singles = moved.chain(added(series)).filter_map(move |o| timed(o.start, o.zone));
    slots.chain(singles)
}
