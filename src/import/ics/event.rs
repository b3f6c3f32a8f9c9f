//! One VEVENT, with its times and texts as values.

use super::component::Component;
use super::length;
use super::lines::Property;
use super::zones::{Zones, by_name};
use crate::import::details::{self, Details, Said};
use crate::import::draft::slug;
use crate::import::{Note, Options};
use crate::model::{Line, Local, Slug, Zone};
use crate::schedule::ZoneRules;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use std::collections::BTreeSet;

/// A time as the file has it: local, and in which zone; none for whole days and floating times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stamp {
    pub(super) local: Local,
    pub(super) zone: Option<Zone>,
}

impl Stamp {
    /// The same by the clock of that zone; floating times and days stay as they are.
    pub(super) fn within(self, zone: Zone) -> Local {
        match (self.local, self.zone) {
            (Local::DateTime(moment), Some(own)) if own != zone => {
                Local::DateTime(ZoneRules::of(zone).to_local(ZoneRules::of(own).to_utc(moment)))
            }
            (local, _) => local,
        }
    }
}

/// One time of an RDATE.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extra {
    pub(super) start: Stamp,
    /// How long it is, where it says so itself.
    pub(super) lasts: Option<TimeDelta>,
    pub(super) line: usize,
}

/// One VEVENT.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) line: usize,
    pub(super) uid: Option<String>,
    pub(super) title: Option<Line>,
    pub(super) start: Stamp,
    pub(super) zone: Zone,
    pub(super) lasts: TimeDelta,
    pub(super) rules: Vec<(String, usize)>,
    pub(super) excluded: Vec<(Stamp, usize)>,
    pub(super) extra: Vec<Extra>,
    pub(super) recurrence_id: Option<Stamp>,
    pub(super) and_future: bool,
    pub(super) is_cancelled: bool,
    /// How often it was changed, as its maker counts.
    pub(super) sequence: u32,
    pub(super) tags: Vec<Slug>,
    pub(super) details: Details,
    pub(super) changed: Option<DateTime<Utc>>,
}

/// What reading times needs to know.
pub(super) struct Context<'a> {
    pub(super) zones: &'a Zones,
    pub(super) options: &'a Options,
    pub(super) zone: Zone,
    /// The address of the site that the calendar is of.
    pub(super) site: Option<String>,
}

const LEFT_OUT: [(&str, &str); 6] = [
    ("ATTENDEE", "who was invited is personal and was left out"),
    ("ORGANIZER", "who organises is personal and was left out"),
    ("CONTACT", "whom to ask is personal and was left out"),
    ("ATTACH", "attachments were left out: the content has links in its text"),
    ("COMMENT", "the comment was left out"),
    ("EXRULE", "EXRULE is no longer part of iCalendar and was left out: cancel those dates"),
];

impl Event {
    /// Reads it; none, and a note, where it has no start that can be understood, or is not for everybody.
    pub(super) fn read(part: &Component, of: &Context<'_>, notes: &mut Vec<Note>) -> Option<Event> {
        if let Some(class) = part.get("CLASS").filter(|class| is_closed(&class.value)) {
            let text =
                format!("this event is not for everybody ({}): left out", short(&class.value));
            notes.push(Note::at(class.line, text));
            return None;
        }
        let begins = part.get("DTSTART").or_else(|| {
            notes.push(Note::at(part.line, "this event has no DTSTART and was left out"));
            None
        })?;
        let start = one(begins, of, None, notes)?;
        let zone = start.zone.unwrap_or(of.zone);
        if start.zone.is_none() && start.local.time().is_some() {
            let text = format!("this time has no zone: {zone} was taken, --zone names another");
            notes.push(Note::at(begins.line, text));
        }
        for (name, text) in LEFT_OUT {
            if let Some(found) = part.get(name) {
                notes.push(Note::at(found.line, text));
            }
        }
        if let Some(alarm) = part.children.iter().find(|child| child.name == "VALARM") {
            notes.push(Note::at(alarm.line, "alarms were left out: subscribers choose their own"));
        }
        let tentative = part.get("STATUS").filter(|status| status.value.trim() == "TENTATIVE");
        if let Some(status) = tentative {
            let text = "`TENTATIVE` was left out: it counts as planned";
            notes.push(Note::at(status.line, text));
        }
        let id = part.get("RECURRENCE-ID");
        let text = |name: &str| part.get(name).map(Property::text).unwrap_or_default();
        let rules = part.all("RRULE").map(|rule| (rule.value.clone(), rule.line)).collect();
        Some(Event {
            line: part.line,
            uid: part.get("UID").map(|uid| uid.value.trim().to_owned()),
            title: details::title(&text("SUMMARY")),
            lasts: length_of(part, start, zone, of, notes),
            rules,
            excluded: excluded(part, zone, of, notes),
            extra: extra(part, zone, of, notes),
            recurrence_id: id.and_then(|id| one(id, of, Some(zone), notes)),
            and_future: id.is_some_and(|id| id.param("RANGE") == Some("THISANDFUTURE")),
            is_cancelled: text("STATUS").trim().eq_ignore_ascii_case("CANCELLED"),
            sequence: text("SEQUENCE").trim().parse().unwrap_or_default(),
            tags: tags(part),
            details: details_of(part, of, notes),
            changed: ["LAST-MODIFIED", "DTSTAMP", "CREATED"]
                .into_iter()
                .find_map(|name| moment(&part.get(name)?.value)),
            start,
            zone,
        })
    }
}

/// Whether it is for its owner alone (RFC 5545 §3.8.1.3: a value that nobody knows counts as PRIVATE).
fn is_closed(class: &str) -> bool {
    !matches!(class.trim().to_ascii_uppercase().as_str(), "PUBLIC" | "")
}

/// CATEGORIES, as far as they make short names.
fn tags(part: &Component) -> Vec<Slug> {
    let none = BTreeSet::new();
    let mut tags = Vec::new();
    let all: Vec<String> = part.all("CATEGORIES").map(Property::text).collect();
    for text in all.iter().flat_map(|text| text.split(',')) {
        let has_letters = text.chars().any(|c| c.is_ascii_alphanumeric());
        let tag = slug(text, &none).filter(|tag| has_letters && !tags.contains(tag));
        tags.extend(tag);
    }
    tags
}

fn details_of(part: &Component, of: &Context<'_>, notes: &mut Vec<Note>) -> Details {
    let names = ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "URL"];
    let links: Vec<String> =
        names.into_iter().flat_map(|n| part.all(n)).map(|p| p.text()).collect();
    let text = |name: &str| part.get(name).map(Property::text).unwrap_or_default();
    let said = Said {
        location: &text("LOCATION"),
        links: &links,
        description: &text("DESCRIPTION"),
        site: of.site.as_deref(),
    };
    let (details, removed) = details::read(&said);
    if removed {
        let text =
            "a passcode was left out: put a link that lets people in without one into `join`";
        notes.push(Note::at(part.line, text));
    }
    details
}

/// The times of every EXDATE, each with its line.
fn excluded(
    part: &Component,
    zone: Zone,
    of: &Context<'_>,
    notes: &mut Vec<Note>,
) -> Vec<(Stamp, usize)> {
    let mut all = Vec::new();
    for property in listed(part, "EXDATE") {
        all.extend(one(&property, of, Some(zone), notes).map(|at| (at, property.line)));
    }
    all
}

/// The times of every RDATE; a PERIOD is as long as it says (RFC 5545 §3.8.5.2).
fn extra(part: &Component, zone: Zone, of: &Context<'_>, notes: &mut Vec<Note>) -> Vec<Extra> {
    let mut all = Vec::new();
    for property in listed(part, "RDATE") {
        let line = property.line;
        let (first, end) = match property.value.split_once('/') {
            Some((first, end)) => (first, Some(end.trim())),
            None => (property.value.as_str(), None),
        };
        let value = |text: &str| Property { value: text.to_owned(), ..property.clone() };
        let Some(start) = one(&value(first), of, Some(zone), notes) else { continue };
        let said = end.and_then(|end| match end.trim_start_matches('+').starts_with('P') {
            true => length::lasting(start, end, zone),
            false => one(&value(end), of, Some(zone), notes)
                .and_then(|end| length::between(start, end, zone)),
        });
        if end.is_some() && said.is_none() {
            notes.push(Note::at(line, "this PERIOD has no length: the event's was taken"));
        }
        let lasts = said.map(|said| length::allowed(said, start, line, notes));
        all.push(Extra { start, lasts, line });
    }
    all
}

/// Each value of a property that lists them, in one line or several, as a property of its own.
fn listed<'a>(part: &'a Component, name: &'a str) -> impl Iterator<Item = Property> + 'a {
    part.all(name).flat_map(|property| {
        let values = property.value.split(',').filter(|value| !value.trim().is_empty());
        values.map(|value| Property { value: value.to_owned(), ..property.clone() })
    })
}

/// The time of a property; `usual` is the zone of one that names none.
fn one(
    property: &Property,
    of: &Context<'_>,
    usual: Option<Zone>,
    notes: &mut Vec<Note>,
) -> Option<Stamp> {
    let text = property.value.trim();
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Some(Stamp { local: Local::Date(date), zone: None }).filter(in_reach);
    }
    let utc = text.strip_suffix(['Z', 'z']);
    let digits = utc.unwrap_or(text);
    let parsed = ["%Y%m%dT%H%M%S", "%Y%m%dT%H%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(digits, form).ok());
    let Some(moment) = parsed else {
        let text = format!("`{}` is no date or time and was left out", short(text));
        notes.push(Note::at(property.line, text));
        return None;
    };
    let moment = moment.with_second(0).unwrap_or(moment);
    if let Some((name, _)) = property.params.iter().find(|(name, _)| name == "TZIP") {
        let text =
            format!("`{name}` is no parameter, so clients skip it: TZID was taken to be meant");
        notes.push(Note::at(property.line, text));
    }
    let named = property.param("TZID").or_else(|| property.param("TZIP"));
    let zone = match (utc, named) {
        (Some(_), _) => Some(Zone::UTC),
        (None, None) => usual,
        (None, Some(name)) => of.zones.named(name).or_else(|| {
            let zone = usual.unwrap_or(of.zone);
            let text = format!("nobody knows the zone `{}`: {zone} was taken", short(name));
            notes.push(Note::at(property.line, text));
            Some(zone)
        }),
    };
    Some(Stamp { local: Local::DateTime(moment), zone }).filter(in_reach)
}

fn in_reach(stamp: &Stamp) -> bool {
    use chrono::Datelike;
    (1971..=2198).contains(&stamp.local.date().year())
}

/// A piece of foreign text that fits into a message.
pub(super) fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// A moment in UTC, in the years that content can have.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    use chrono::Datelike;
    let text = text.trim().trim_end_matches('Z');
    let moment = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?;
    (1971..=2198).contains(&moment.year()).then(|| moment.and_utc())
}

fn length_of(
    part: &Component,
    start: Stamp,
    zone: Zone,
    of: &Context<'_>,
    notes: &mut Vec<Note>,
) -> TimeDelta {
    let end = part.get("DTEND").and_then(|end| one(end, of, Some(zone), notes));
    let said = match (end, part.get("DURATION")) {
        (None, Some(text)) => length::lasting(start, &text.value, zone),
        (end, _) => end.and_then(|end| length::between(start, end, zone)),
    };
    match said {
        Some(said) => length::allowed(said, start, part.line, notes),
        None => length::unsaid(of.options.lasts, start, part.line, notes),
    }
}

/// The zone that the whole calendar says it is in.
pub(super) fn usual_zone(file: &Component) -> Option<Zone> {
    let mut calendars = Vec::new();
    file.find("VCALENDAR", &mut calendars);
    calendars.into_iter().find_map(|calendar| by_name(&calendar.get("X-WR-TIMEZONE")?.value))
}

/// The address of the site that the calendar says it is of, up to the last slash of URL, or else of
/// SOURCE (RFC 7986 §5.5, §5.8).
pub(super) fn site(file: &Component) -> Option<String> {
    let mut calendars = Vec::new();
    file.find("VCALENDAR", &mut calendars);
    let link = calendars.into_iter().find_map(|c| c.get("URL").or(c.get("SOURCE")))?;
    let text = link.value.trim();
    let end = text.rfind('/').filter(|at| *at > "https://".len())?;
    text.get(..=end).map(str::to_owned)
}
