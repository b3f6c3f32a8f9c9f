//! Which component may have which property, how often and of which kind (RFC 5545 §3.6, §3.8,
//! RFC 7986 §4, §5).

use super::value::{is_duration, is_uri, is_utc_offset, recur, texts, whens};
use super::{Component, Property, When};

/// What a component may hold.
struct Kind {
    name: &'static str,
    required: &'static [&'static str],
    once: &'static [&'static str],
    many: &'static [&'static str],
    components: &'static [&'static str],
}

const OBSERVANCE: Kind = Kind {
    name: "STANDARD",
    required: &["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"],
    once: &["RRULE"],
    many: &["COMMENT", "RDATE", "TZNAME"],
    components: &[],
};

const KINDS: [Kind; 6] = [
    Kind {
        name: "VCALENDAR",
        required: &["PRODID", "VERSION"],
        once: &[
            "CALSCALE",
            "METHOD",
            "UID",
            "LAST-MODIFIED",
            "URL",
            "REFRESH-INTERVAL",
            "SOURCE",
            "COLOR",
        ],
        many: &["NAME", "DESCRIPTION", "CATEGORIES", "IMAGE"],
        components: &["VTIMEZONE", "VEVENT"],
    },
    Kind {
        name: "VTIMEZONE",
        required: &["TZID"],
        once: &["LAST-MODIFIED", "TZURL"],
        many: &[],
        components: &["STANDARD", "DAYLIGHT"],
    },
    OBSERVANCE,
    Kind { name: "DAYLIGHT", ..OBSERVANCE },
    Kind {
        name: "VEVENT",
        required: &["UID", "DTSTAMP", "DTSTART"],
        once: &[
            "CLASS",
            "CREATED",
            "DESCRIPTION",
            "GEO",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "PRIORITY",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "URL",
            "RECURRENCE-ID",
            "RRULE",
            "DTEND",
            "DURATION",
            "COLOR",
        ],
        many: &[
            "ATTACH",
            "ATTENDEE",
            "CATEGORIES",
            "COMMENT",
            "CONTACT",
            "EXDATE",
            "RELATED-TO",
            "RESOURCES",
            "RDATE",
            "CONFERENCE",
            "IMAGE",
        ],
        components: &["VALARM"],
    },
    Kind {
        name: "VALARM",
        required: &["ACTION", "TRIGGER"],
        once: &["UID", "DESCRIPTION", "SUMMARY", "DURATION", "REPEAT"],
        many: &["ATTACH", "ATTENDEE"],
        components: &[],
    },
];

/// Checks the calendar and all that is in it.
pub(super) fn check(calendar: &Component) -> Result<(), String> {
    if calendar.name != "VCALENDAR" {
        return Err(format!("it is a {}", calendar.name));
    }
    calendar.walk().into_iter().try_for_each(check_component)
}

fn check_component(component: &Component) -> Result<(), String> {
    let kind = KINDS.iter().find(|kind| kind.name == component.name);
    let kind = kind.ok_or(format!("the component {}", component.name))?;
    let count = |name: &str| component.all(name).count();
    if let Some(name) = kind.required.iter().find(|name| count(name) != 1) {
        return Err(format!("{} times {name} in a {}", count(name), kind.name));
    }
    if let Some(name) = kind.once.iter().find(|name| count(name) > 1) {
        return Err(format!("{} times {name} in a {}", count(name), kind.name));
    }
    if component.get("DTEND").is_some() && component.get("DURATION").is_some() {
        return Err("DTEND and DURATION in one component".to_owned());
    }
    // RFC 5545 §3.6: a calendar has a component, and a zone an observance.
    if !kind.components.is_empty() && kind.name != "VEVENT" && component.components.is_empty() {
        return Err(format!("a {} without any component", kind.name));
    }
    if let Some(child) = component.components.iter().find(|c| !kind.components.contains(&&*c.name))
    {
        return Err(format!("a {} in a {}", child.name, kind.name));
    }
    let known = |name: &str| {
        let lists = [kind.required, kind.once, kind.many];
        name.starts_with("X-") || lists.iter().any(|list| list.contains(&name))
    };
    if let Some(property) = component.properties.iter().find(|p| !known(&p.name)) {
        return Err(format!("{} in a {}", property.name, kind.name));
    }
    component.properties.iter().try_for_each(check_value)
}

fn check_value(property: &Property) -> Result<(), String> {
    let value = property.value.as_str();
    let fine = match property.name.as_str() {
        "DTSTART" | "DTEND" | "RECURRENCE-ID" => whens(property)?.len() == 1,
        "EXDATE" | "RDATE" => whens(property)?.iter().all(|w| !matches!(w, When::Floating(_))),
        "DTSTAMP" | "CREATED" | "LAST-MODIFIED" => {
            matches!(whens(property)?.as_slice(), [When::Utc(_)])
        }
        "CATEGORIES" | "RESOURCES" => texts(value).is_ok(),
        "SEQUENCE" | "PRIORITY" | "REPEAT" => {
            !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
        }
        "RRULE" => recur(value).is_ok(),
        "TZOFFSETFROM" | "TZOFFSETTO" => is_utc_offset(value),
        "URL" | "TZURL" => is_uri(value),
        // RFC 7986 §5.7, §5.8, §5.11: these have no kind of their own, so they have to name it.
        "SOURCE" | "CONFERENCE" => property.parameter("VALUE") == Some("URI") && is_uri(value),
        "REFRESH-INTERVAL" => property.parameter("VALUE") == Some("DURATION") && is_duration(value),
        "DURATION" | "X-PUBLISHED-TTL" => is_duration(value),
        "TRIGGER" => is_duration(value) || matches!(whens(property)?.as_slice(), [When::Utc(_)]),
        "ATTACH" | "IMAGE" => property.parameter("ENCODING").is_some() || is_uri(value),
        "ATTENDEE" | "ORGANIZER" => is_uri(value),
        "GEO" => true,
        _ => texts(value).is_ok_and(|texts| texts.len() == 1),
    };
    if fine { Ok(()) } else { Err(format!("a value of another kind: {property:?}")) }
}
