//! What other formats say, in iCalendar's words and with the lines of their files: so there is one
//! judge of times, rules and dates that differ.

use super::component::Component;
use super::lines::Property;
use super::{Calendar, MOST_EVENTS, understood};
use crate::import::draft::More;
use crate::import::{Note, Options, Unreadable};
use std::collections::BTreeMap;

/// An event as another format says it.
#[derive(Clone, Debug)]
pub(in crate::import) struct Plan {
    /// Where it is said.
    line: usize,
    /// Events with the same number are one series.
    series: usize,
    component: Component,
    /// What it says of its series that iCalendar has no words for.
    pub(in crate::import) more: More,
}

impl Plan {
    /// An event that says nothing yet, of the series with that number.
    pub(in crate::import) fn new(line: usize, series: usize) -> Plan {
        let component = of_name("VEVENT", line);
        Plan { line, series, component, more: More::default() }
    }

    /// Says something that is no text, such as a rule; commas and semicolons mean what they mean there.
    pub(in crate::import) fn say(&mut self, name: &str, value: impl Into<String>, line: usize) {
        self.component.properties.push(property(name, value.into(), line));
    }

    /// Says a text.
    pub(in crate::import) fn tell(&mut self, name: &str, text: &str, line: usize) {
        let text = text.replace('\\', "\\\\").replace("\r\n", "\n").replace('\n', "\\n");
        self.component.properties.push(property(name, text, line));
    }

    /// Says times, `20261203T170000` or `20261203`, in the zone of that name, or in none.
    pub(in crate::import) fn at(
        &mut self,
        name: &str,
        times: &str,
        zone: Option<&str>,
        line: usize,
    ) {
        let params = zone.map(|zone| ("TZID".to_owned(), zone.to_owned())).into_iter().collect();
        let told = Property { params, ..property(name, times.to_owned(), line) };
        self.component.properties.push(told);
    }
}

/// A zone that a file defines by its rules.
#[derive(Clone, Debug)]
pub(in crate::import) struct ZonePlan(Component);

impl ZonePlan {
    pub(in crate::import) fn new(name: &str, line: usize) -> ZonePlan {
        let mut zone = of_name("VTIMEZONE", line);
        zone.properties.push(property("TZID", name.to_owned(), line));
        ZonePlan(zone)
    }

    /// A rule of STANDARD or DAYLIGHT, as names and values.
    pub(in crate::import) fn observe(&mut self, name: &str, said: &[(&str, String)], line: usize) {
        let mut part = of_name(name, line);
        part.properties =
            said.iter().map(|(name, value)| property(name, value.clone(), line)).collect();
        self.0.children.push(part);
    }
}

/// Understands what was said, as if a calendar said it.
///
/// # Errors
/// More events than are read.
pub(in crate::import) fn planned(
    name: Option<&str>,
    zones: Vec<ZonePlan>,
    plans: Vec<Plan>,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    if plans.len() > MOST_EVENTS {
        return Err(Unreadable::at(0, format!("it has more than {MOST_EVENTS} meetings")));
    }
    let mut calendar = of_name("VCALENDAR", 0);
    calendar.properties.extend(name.map(|name| property("NAME", name.to_owned(), 0)));
    calendar.children.extend(zones.into_iter().map(|zone| zone.0));
    let (mut of_series, mut mores) = (BTreeMap::new(), BTreeMap::new());
    for plan in plans {
        if *of_series.entry(plan.line).or_insert(plan.series) != plan.series {
            let text = "two meetings are on one line: the second was left out, give each its own";
            notes.push(Note::at(plan.line, text));
            continue;
        }
        let more: &mut More = mores.entry(plan.series).or_default();
        more.reasons.extend(plan.more.reasons);
        if more.tags.is_empty() {
            more.tags = plan.more.tags;
        }
        more.playlist = more.playlist.take().or(plan.more.playlist);
        calendar.children.push(plan.component);
    }
    let file = Component { children: vec![calendar], ..Component::default() };
    let mut read = understood(&file, &of_series, options, notes)?;
    for draft in &mut read.drafts {
        let more = of_series.get(&draft.line).and_then(|series| mores.get(series));
        draft.more = more.cloned().unwrap_or_default();
    }
    Ok(read)
}

fn of_name(name: &str, line: usize) -> Component {
    Component { name: name.to_owned(), line, ..Component::default() }
}

fn property(name: &str, value: String, line: usize) -> Property {
    Property { name: name.to_owned(), params: Vec::new(), value, line }
}
