//! iCalendar (RFC 5545, RFC 7986), in the one form that every client reads alike, as text, as jCal
//! (RFC 7265) and as xCal (RFC 6321); and JSCalendar (RFC 8984), made of the text.
//!
//! What is in a calendar is said once: `events` chooses, `event` and `timezone` say it property by
//! property, and a form of iCalendar writes that.

mod alarm;
mod component;
mod description;
mod event;
mod events;
mod extended;
mod ics;
mod jcal;
mod jscalendar;
mod memory;
mod observances;
mod options;
mod recur;
mod time;
mod timezone;
mod xcal;
mod zone_changes;

pub use options::{Cancelled, Options, Past, Refused};

use super::Scope;
use crate::model::{Community, Series, Site, Zone};
use crate::schedule::{AsOf, Occurrence, Version, ZoneRules};
use chrono::{DateTime, NaiveDateTime, TimeDelta};
use component::{Form, Value};
use events::{Event, Wanted};
use std::collections::BTreeMap;

/// How often clients that ask look again; most have a rhythm of their own.
const REFRESH: TimeDelta = TimeDelta::hours(1);

/// The longest name of a calendar that Outlook takes (MS-OXCICAL): in characters, here in octets.
const MOST_NAME: usize = 255;

/// The most meetings of a flat calendar, each of which is an event.
const MOST_FLAT: usize = 20_000;

/// A form in which a calendar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Content lines (RFC 5545).
    Text,
    /// JSON (RFC 7265).
    JCal,
    /// XML (RFC 6321).
    XCal,
    /// JSON in JMAP's words (RFC 8984).
    JSCalendar,
}

impl Syntax {
    /// How a path in this form ends.
    pub fn extension(self) -> &'static str {
        match self {
            Syntax::Text => ".ics",
            Syntax::JCal => ".jcal.json",
            Syntax::XCal => ".xcal.xml",
            Syntax::JSCalendar => ".jscal.json",
        }
    }

    /// The paths of a scope's calendar in this form, the canonical one first: `/calendar.ics` has
    /// the body of `/<site slug>.ics`, since Thunderbird names a calendar after its file.
    pub fn paths(self, scope: &Scope<'_>) -> Vec<String> {
        let path = |stem: String| format!("{stem}{}", self.extension());
        scope.calendar_stems().into_iter().map(path).collect()
    }
}

/// The calendar of a scope's meetings: every slot since the first, with what its dates change.
///
/// No METHOD, since PUBLISH would oblige every event to have an ORGANIZER (RFC 5546 §3.2.1). Calendar
/// properties come before the components, and of these the zones first, then each series' events,
/// the recurring one before those of single dates.
pub fn render(syntax: Syntax, scope: &Scope<'_>, options: &Options, as_of: &AsOf) -> String {
    let series: Vec<&Series> = scope.series().filter(|series| options.takes(series)).collect();
    let wanted = Wanted { options, memory: memory::memory(&series, as_of), as_of };
    let events: Vec<Event<'_>> =
        series.iter().flat_map(|series| events::of_series(series, wanted)).collect();
    let calendar = Calendar { scope, series, events };
    match syntax {
        Syntax::Text => calendar.written::<ics::ContentLines>(syntax, wanted),
        Syntax::JCal => calendar.written::<jcal::JCal>(syntax, wanted),
        Syntax::XCal => calendar.written::<xcal::XCal>(syntax, wanted),
        Syntax::JSCalendar => jscalendar::written(&calendar, wanted),
    }
}

/// Whether a calendar can be rendered with those options at a cost that is known.
///
/// # Errors
/// A flat calendar of more than 20,000 meetings.
pub fn check_size(scope: &Scope<'_>, options: &Options, as_of: &AsOf) -> Result<(), Refused> {
    if !options.flat {
        return Ok(());
    }
    let wanted = Wanted { options, memory: memory::YEAR, as_of };
    let series = scope.series().filter(|series| options.takes(series));
    let meetings = series.flat_map(|series| events::flat(series, wanted));
    match meetings.take(MOST_FLAT + 1).count() {
        0..=MOST_FLAT => Ok(()),
        _ => Err(Refused::Senseless(format!(
            "this calendar would have more than {MOST_FLAT} meetings: \
             ask for some of its series, or for less of the past"
        ))),
    }
}

/// One meeting as a file, to be put into a calendar once.
pub fn event(community: &Community, occurrence: &Occurrence<'_>, as_of: &AsOf) -> String {
    let options = Options::default();
    let event = Event::apart(occurrence.clone());
    let mut form = ics::ContentLines::default();
    form.begin("VCALENDAR");
    write_versions(&mut form);
    write_zones(&mut form, &community.site, std::slice::from_ref(&event));
    let wanted = Wanted { options: &options, memory: memory::YEAR, as_of };
    event::write(&mut form, &community.site, &event, wanted);
    form.end("VCALENDAR");
    form.finish()
}

/// What a calendar is about, and what is in it.
struct Calendar<'a> {
    scope: &'a Scope<'a>,
    series: Vec<&'a Series>,
    events: Vec<Event<'a>>,
}

impl Calendar<'_> {
    fn written<F: Form>(&self, syntax: Syntax, wanted: Wanted<'_>) -> String {
        let mut form = F::default();
        form.expect(self.events.len());
        form.begin("VCALENDAR");
        write_versions(&mut form);
        self.write_properties(&mut form, &self.address(syntax, wanted.options));
        write_zones(&mut form, self.scope.site(), &self.events);
        for event in &self.events {
            event::write(&mut form, self.scope.site(), event, wanted);
        }
        form.end("VCALENDAR");
        form.finish()
    }

    /// Where the same is to be had again.
    fn address(&self, syntax: Syntax, options: &Options) -> String {
        let path = syntax.paths(self.scope).swap_remove(0);
        let query = if options.is_default() { String::new() } else { format!("?{options}") };
        self.scope.site().absolute(&format!("{path}{query}"))
    }

    /// No UID of the calendar's own (RFC 7986 §5.3): vdirsyncer takes it for that of every event, and
    /// keeps only one of them.
    fn write_properties(&self, form: &mut impl Form, address: &str) {
        let (scope, site) = (self.scope, self.scope.site());
        if let Some(modified) = self.series.iter().map(|series| Version::newest_of(series)).max() {
            form.plain("LAST-MODIFIED", Value::Instant(modified));
        }
        let title = scope.title();
        let name = title.get(..title.floor_char_boundary(MOST_NAME)).unwrap_or_default().trim_end();
        for property in ["NAME", "X-WR-CALNAME"] {
            form.plain(property, Value::Text(name));
        }
        for name in ["DESCRIPTION", "X-WR-CALDESC"] {
            form.plain(name, Value::Text(&scope.description()));
        }
        if !self.has_utc_times() {
            form.plain("X-WR-TIMEZONE", Value::Text(site.zone.name()));
        }
        // ICSx5 knows colours by name, Apple by number.
        form.plain("COLOR", Value::Text(scope.color().name()));
        form.plain("X-APPLE-CALENDAR-COLOR", Value::Text(&scope.color().hex()));
        form.plain("REFRESH-INTERVAL", Value::Duration(REFRESH));
        form.plain("X-PUBLISHED-TTL", Value::Duration(REFRESH));
        form.plain("SOURCE", Value::Uri(address));
        form.plain("URL", Value::Uri(&site.absolute(&scope.home())));
    }

    /// Whether an event is fixed in UTC: recurring-ical-events, and whoever else honours
    /// X-WR-TIMEZONE, moves its times by that zone's summer time.
    fn has_utc_times(&self) -> bool {
        self.events.iter().any(|event| event.zone().is_utc())
    }
}

fn write_versions(form: &mut impl Form) {
    form.plain("VERSION", Value::Text("2.0"));
    form.plain("PRODID", Value::Text("-//Convene//Convene//EN"));
    form.plain("CALSCALE", Value::Text("GREGORIAN"));
}

/// Every zone that an event names, right from the first event in it on.
fn write_zones(form: &mut impl Form, site: &Site, events: &[Event<'_>]) {
    let mut zones: BTreeMap<Zone, NaiveDateTime> = BTreeMap::new();
    for (zone, start) in events.iter().filter_map(Event::zoned_start) {
        let first = zones.entry(zone).or_insert(start);
        *first = start.min(*first);
    }
    if events.is_empty() {
        // A calendar has at least one component (RFC 5545 §3.6).
        zones.insert(site.zone, DateTime::UNIX_EPOCH.naive_utc());
    }
    for (zone, first_event) in zones {
        timezone::write(form, zone, ZoneRules::of(zone).to_utc(first_event));
    }
}
