//! The checklist of what calendar clients need, one test a line and named by its number.
//!
//! Every test looks at every calendar of OCI's content and of every golden case. Where we do not do
//! what a line says, its test says what we do instead, and why.

mod calendar;
mod content;
mod css3;
mod exceptions;
mod series;
mod timezone;
mod versions;

use crate::golden;
use crate::ics::{self, Component, When};
use crate::support::moment;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use convene::content::{SourceFile, parse};
use convene::model::{Community, Series, Site, Slot, Zone};
use convene::publish::{Resource, Snapshot, build};
use convene::schedule::{Occurrence, added, exceptional, occurrences};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

/// The UID of a VEVENT, and the wall clock of its RECURRENCE-ID where it has one.
type Identity = (String, Option<NaiveDateTime>);

/// A content folder at a moment.
pub(crate) struct Case {
    name: String,
    community: &'static Community,
    as_of: DateTime<Utc>,
    snapshot: Snapshot,
    /// Every meeting until three years from then, and from the last that is special, by each
    /// identity that an event of it alone can have.
    occurrences: BTreeMap<Identity, Occurrence<'static>>,
    later: OnceLock<BTreeMap<String, String>>,
}

/// One published calendar, as text and read by the strict reader.
pub(crate) struct Calendar {
    case: &'static Case,
    path: String,
    text: String,
    root: Component,
}

/// OCI's content today, and in 2021 when records are recent; then the golden cases.
fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        golden::communities()
            .map(|(name, community, as_of)| Case::new(name, community, as_of))
            .collect()
    });
    &CASES
}

impl Case {
    fn new(name: String, community: Community, as_of: DateTime<Utc>) -> Case {
        let community: &'static Community = Box::leak(Box::new(community));
        let snapshot = build(community, as_of);
        let special = |s: &'static Series| {
            s.slots
                .iter()
                .flat_map(|slot| exceptional(s, slot))
                .chain(added(s))
                .map(|o| o.utc_start)
        };
        let last = community.all_series().flat_map(special).max();
        let end = last.unwrap_or(as_of).max(as_of) + TimeDelta::days(3 * 365);
        let of_series = |s| occurrences(s).take_while(|o| o.utc_start < end).collect::<Vec<_>>();
        let occurrences = community.all_series().flat_map(of_series).flat_map(identified).collect();
        Case { name, community, as_of, snapshot, occurrences, later: OnceLock::new() }
    }

    fn site(&self) -> &'static Site {
        &self.community.site
    }

    /// The calendars of the same content 100 days later, by path.
    fn later(&self) -> &BTreeMap<String, String> {
        let later = || build(self.community, self.as_of + TimeDelta::days(100));
        self.later.get_or_init(|| texts(&later()).collect())
    }
}

/// A date of a slot is known by its RECURRENCE-ID; one that stands apart has a UID of its own.
fn identified(o: Occurrence<'static>) -> Vec<(Identity, Occurrence<'static>)> {
    let uid = o.uid.to_string();
    if o.slot.is_none() {
        return vec![((uid, None), o)];
    }
    let own = format!("{}.{uid}", o.recurrence_id.file_stem());
    vec![((uid, Some(o.recurrence_id.moment())), o.clone()), ((own, None), o)]
}

/// Every calendar of a snapshot.
fn texts(snapshot: &Snapshot) -> impl Iterator<Item = (String, String)> {
    snapshot.iter().filter(|(path, _)| path.ends_with(".ics")).map(|(path, resource)| {
        let Resource::Document(document) = resource else { panic!("{path} leads elsewhere") };
        (path.to_owned(), String::from_utf8(document.body().to_vec()).unwrap())
    })
}

/// Every published calendar.
fn all() -> &'static [Calendar] {
    static ALL: LazyLock<Result<Vec<Calendar>, String>> = LazyLock::new(|| {
        let all = cases().iter().flat_map(|case| {
            texts(&case.snapshot).map(move |(path, text)| {
                let root = ics::read(&text).map_err(|e| format!("{}: {path}: {e}", case.name))?;
                Ok(Calendar { case, path, text, root })
            })
        });
        all.collect()
    });
    match &*ALL {
        Ok(all) => all,
        Err(e) => panic!("the strict reader fails: {e}"),
    }
}

/// Those that people subscribe to: an occurrence's `event.ics` is a copy to keep.
fn subscribed() -> impl Iterator<Item = &'static Calendar> {
    all().iter().filter(|calendar| !calendar.is_copy())
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.case.name, self.path)
    }
}

impl Calendar {
    /// Whether it is one meeting's `event.ics`.
    fn is_copy(&self) -> bool {
        matches!(self.path.split('/').collect::<Vec<_>>()[..], ["", "meetings", _, _, "event.ics"])
    }

    fn events(&'static self) -> impl Iterator<Item = Event> {
        self.root.children("VEVENT").map(move |component| Event { component, calendar: self })
    }

    fn zones(&'static self) -> impl Iterator<Item = &'static Component> {
        self.root.children("VTIMEZONE")
    }

    /// The series that it is of, by its path.
    fn series(&self) -> Vec<&'static Series> {
        let parts: Vec<&str> = self.path.trim_end_matches(".ics").split('/').skip(1).collect();
        let all = self.case.community.all_series();
        match parts.as_slice() {
            [_] => all.collect(),
            ["meetings", name, ..] => all.filter(|s| s.slug.as_str() == *name).collect(),
            ["tags", tag] => all.filter(|s| s.tags.iter().any(|t| t.as_str() == *tag)).collect(),
            _ => panic!("{self}: whose calendar is this?"),
        }
    }
}

/// One VEVENT of a calendar.
#[derive(Clone, Copy)]
struct Event {
    component: &'static Component,
    calendar: &'static Calendar,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.calendar, self.uid())?;
        self.id().map_or(Ok(()), |id| write!(f, " at {}", id.wall()))
    }
}

impl Event {
    fn uid(&self) -> &'static str {
        self.component.value("UID").unwrap()
    }

    fn start(&self) -> When {
        self.component.when("DTSTART").unwrap()
    }

    fn end(&self) -> When {
        self.component.when("DTEND").unwrap()
    }

    /// Its RECURRENCE-ID.
    fn id(&self) -> Option<When> {
        self.component.when("RECURRENCE-ID")
    }

    fn is_master(&self) -> bool {
        self.component.get("RRULE").is_some()
    }

    /// The slot that has its UID.
    fn slot(&self) -> Option<(&'static Series, &'static Slot)> {
        let series = self.calendar.case.community.all_series();
        let mut slots = series.flat_map(|series| series.slots.iter().map(move |s| (series, s)));
        slots.find(|(_, slot)| slot.uid.as_str() == self.uid())
    }

    /// The meeting that it is, unless it is a whole slot.
    fn occurrence(&self) -> Option<Occurrence<'static>> {
        if self.is_master() {
            return None;
        }
        let identity = (self.uid().to_owned(), self.id().map(|id| id.wall()));
        self.calendar.case.occurrences.get(&identity).cloned()
    }

    /// The zone that its time is in by the content, of the slot or of the date.
    fn zone(&self) -> Zone {
        let own = self.occurrence().map(|o| o.zone);
        own.or(self.slot().map(|(_, slot)| slot.zone))
            .unwrap_or_else(|| panic!("{self} is of no slot"))
    }

    /// The dates of its calendar that replace one of its own.
    fn overrides(&self) -> Vec<Event> {
        let same = |e: &Event| e.uid() == self.uid() && e.id().is_some();
        self.calendar.events().filter(same).collect()
    }
}

/// Every VEVENT there is.
fn events() -> impl Iterator<Item = Event> {
    all().iter().flat_map(Calendar::events)
}

/// Every recurring one.
fn masters() -> impl Iterator<Item = Event> {
    events().filter(Event::is_master)
}

/// A community of one weekly call on Thursdays at 10:00 Pacific time, with files beside the series'.
fn weekly(files: &[(&str, &str)]) -> Community {
    const SITE: &str = "name = \"Example community\"\nslug = \"example\"\n\
        description = \"Meetings of an example community.\"\nurl = \"https://meet.example.org\"\n\
        uid-domain = \"example.org\"\nzone = \"America/Los_Angeles\"\nlanguage = \"en\"\n";
    const SERIES: &str = "+++\ntitle = \"Weekly call\"\njoin = \"https://meet.example.org/room\"\n\
        updated = 2026-01-01T00:00:00Z\n[[slot]]\nfrom = 2026-10-01\nevery = \"week\"\n\
        on = \"Thursday\"\nat = \"10:00\"\n+++\n";
    let mut all = BTreeMap::from([
        ("site.toml", SITE),
        ("community.md", "+++\ntitle = \"Example community\"\n+++\n"),
        ("meetings/weekly/series.md", SERIES),
    ]);
    all.extend(files.iter().copied());
    let file = |(path, text): (&str, &str)| SourceFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    parse(&all.into_iter().map(file).collect::<Vec<_>>()).unwrap_or_else(|d| panic!("{d:#?}"))
}

/// The calendar of [`weekly`]'s series at a moment.
fn calendar_of(community: &Community, as_of: &str) -> Component {
    let snapshot = build(community, moment(as_of));
    ics::read(crate::support::text(&snapshot, "/meetings/weekly.ics")).unwrap()
}
