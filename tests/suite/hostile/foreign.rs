//! Three readers that have nothing in common but the format: two crates and the strict one.

use crate::ics;
use calcard::icalendar::{ICalendar, ICalendarProperty, ICalendarValue};
use icalendar::parser;
use std::collections::BTreeMap;

/// A property as a reader sees it: its component, its name and its value.
pub(super) type Seen = Vec<(String, String, String)>;

/// How often each component and property is there.
pub(super) type Shape = BTreeMap<(String, String), usize>;

pub(super) fn shape(seen: &Seen) -> Shape {
    let mut shape = Shape::new();
    for (component, property, _) in seen {
        *shape.entry((component.clone(), property.clone())).or_default() += 1;
    }
    shape
}

/// What each of the readers sees in a calendar, with its name.
pub(super) fn read(text: &str) -> Result<[(&'static str, Seen); 3], String> {
    let strict = ics::read(text).map_err(|e| format!("the strict reader: {e}"))?;
    Ok([
        ("strict", by_strict(&strict)),
        ("icalendar", by_icalendar(text)?),
        ("calcard", by_calcard(text)?),
    ])
}

/// The component itself is seen as its BEGIN.
fn begin(name: &str) -> (String, String, String) {
    (name.to_owned(), "BEGIN".to_owned(), String::new())
}

fn by_strict(calendar: &ics::Component) -> Seen {
    let of_component = |component: &ics::Component| {
        let name = component.name.clone();
        let value = |p: &ics::Property| match p.name.as_str() {
            "URL" | "SOURCE" | "CONFERENCE" | "RRULE" | "EXDATE" => p.value.clone(),
            _ => p.text(),
        };
        let all = component.properties.iter();
        let all = all.map(|p| (name.clone(), p.name.clone(), value(p))).collect::<Vec<_>>();
        std::iter::once(begin(&component.name)).chain(all).collect::<Vec<_>>()
    };
    calendar.walk().into_iter().flat_map(of_component).collect()
}

fn by_icalendar(text: &str) -> Result<Seen, String> {
    fn collect(component: &parser::Component<'_>, seen: &mut Seen) {
        let name = component.name.as_str();
        seen.push(begin(name));
        for property in &component.properties {
            let key = property.name.as_str();
            // Other texts it has unescaped already; these it does not know, or takes for lists.
            let value = match ["NAME", "CATEGORIES"].contains(&key) {
                true => property.val.clone().unescape_text().as_str().to_owned(),
                false => property.val.as_str().to_owned(),
            };
            seen.push((name.to_owned(), key.to_owned(), value));
        }
        component.components.iter().for_each(|component| collect(component, seen));
    }
    let unfolded = parser::unfold(text);
    let components = parser::read_components(&unfolded).map_err(|e| format!("icalendar: {e}"))?;
    let mut seen = Seen::new();
    components.iter().for_each(|component| collect(component, &mut seen));
    Ok(seen)
}

fn by_calcard(text: &str) -> Result<Seen, String> {
    let calendar = ICalendar::parse(text).map_err(|e| format!("calcard: {e:?}"))?;
    let mut seen = Seen::new();
    for component in &calendar.components {
        let name = format!("{:?}", component.component_type).to_ascii_uppercase();
        seen.push(begin(&name));
        for entry in &component.entries {
            let values: Vec<String> = entry.values.iter().map(text_of).collect();
            let key = match &entry.name {
                ICalendarProperty::Other(name) => name.clone(),
                known => known.as_str().to_owned(),
            };
            seen.push((name.clone(), key, values.join(",")));
        }
    }
    Ok(seen)
}

fn text_of(value: &ICalendarValue) -> String {
    match value {
        ICalendarValue::Text(text) => text.clone(),
        ICalendarValue::Uri(calcard::icalendar::Uri::Location(uri)) => uri.clone(),
        other => format!("{other:?}"),
    }
}
