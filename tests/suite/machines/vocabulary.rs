//! The part of schema.org that pages use: which property a type has, and of what kind.

use chrono::{DateTime, NaiveDate, NaiveTime};
use serde_json::Value;

/// What a property may hold.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Text that is not empty.
    Text,
    /// An absolute address.
    Url,
    /// A date, or a moment with its offset.
    Moment,
    /// A date.
    Date,
    /// `10:00:00`.
    Time,
    /// ISO 8601, `PT60M`.
    Duration,
    /// A whole number.
    Integer,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A thing of one of these types, or only its `@id`.
    Thing(&'static [&'static str]),
}

use Kind::*;

const STATUS: Kind = OneOf(&[
    "https://schema.org/EventScheduled",
    "https://schema.org/EventCancelled",
    "https://schema.org/EventRescheduled",
]);
const MODE: Kind = OneOf(&[
    "https://schema.org/OnlineEventAttendanceMode",
    "https://schema.org/OfflineEventAttendanceMode",
    "https://schema.org/MixedEventAttendanceMode",
]);
const LOCATION: Kind = Thing(&["Place", "VirtualLocation"]);
const ORGANIZER: Kind = Thing(&["Organization"]);

const TYPES: [(&str, &[(&str, Kind)]); 10] = [
    ("Organization", &[("name", Text), ("url", Url)]),
    (
        "WebSite",
        &[
            ("name", Text),
            ("description", Text),
            ("url", Url),
            ("inLanguage", Text),
            ("publisher", ORGANIZER),
        ],
    ),
    (
        "WebPage",
        &[("name", Text), ("url", Url), ("inLanguage", Text), ("isPartOf", Thing(&["WebSite"]))],
    ),
    (
        "CollectionPage",
        &[
            ("name", Text),
            ("description", Text),
            ("url", Url),
            ("inLanguage", Text),
            ("isPartOf", Thing(&["WebSite"])),
        ],
    ),
    (
        "EventSeries",
        &[
            ("name", Text),
            ("description", Text),
            ("url", Url),
            ("startDate", Moment),
            ("eventSchedule", Thing(&["Schedule"])),
            ("eventAttendanceMode", MODE),
            ("location", LOCATION),
            ("organizer", ORGANIZER),
            ("inLanguage", Text),
        ],
    ),
    (
        "Event",
        &[
            ("name", Text),
            ("description", Text),
            ("url", Url),
            ("startDate", Moment),
            ("endDate", Moment),
            ("previousStartDate", Moment),
            ("eventStatus", STATUS),
            ("eventAttendanceMode", MODE),
            ("location", LOCATION),
            ("organizer", ORGANIZER),
            ("superEvent", Thing(&["EventSeries"])),
            ("recordedIn", Thing(&["VideoObject"])),
            ("inLanguage", Text),
        ],
    ),
    (
        "Schedule",
        &[
            ("startDate", Date),
            ("endDate", Date),
            ("startTime", Time),
            ("scheduleTimezone", Text),
            ("duration", Duration),
            ("repeatFrequency", Duration),
            ("byDay", Text),
            ("byMonth", Integer),
            ("byMonthDay", Integer),
            ("exceptDate", Date),
        ],
    ),
    ("VideoObject", &[("name", Text), ("url", Url)]),
    ("VirtualLocation", &[("url", Url)]),
    ("Place", &[("name", Text), ("address", Text)]),
];

/// Checks a thing and everything in it; `at` is where it is, for messages.
pub(super) fn check(thing: &Value, at: &str) {
    let name = thing["@type"].as_str().unwrap_or_else(|| panic!("{at}: no type in {thing}"));
    let known = TYPES.iter().find(|(known, _)| *known == name);
    let (_, properties) = known.unwrap_or_else(|| panic!("{at}: {name} is unknown"));
    for (key, value) in thing.as_object().unwrap() {
        match key.as_str() {
            "@type" => {}
            "@context" => assert_eq!(value, "https://schema.org", "{at}"),
            "@id" => check_value(value, Url, at),
            key => {
                let property = properties.iter().find(|(known, _)| *known == key);
                let (_, kind) = property.unwrap_or_else(|| panic!("{at}: {name} has no {key}"));
                let at = format!("{at} {name}.{key}");
                match value {
                    Value::Array(values) => {
                        assert!(!values.is_empty(), "{at} is empty");
                        values.iter().for_each(|value| check_value(value, *kind, &at));
                    }
                    value => check_value(value, *kind, &at),
                }
            }
        }
    }
}

fn check_value(value: &Value, kind: Kind, at: &str) {
    let text = value.as_str().unwrap_or_default();
    let is_date = || text.parse::<NaiveDate>().is_ok();
    let fits = match kind {
        Text => !text.trim().is_empty(),
        Url => url::Url::parse(text).is_ok(),
        Date => is_date(),
        Moment => is_date() || DateTime::parse_from_rfc3339(text).is_ok(),
        Time => text.parse::<NaiveTime>().is_ok(),
        Duration => is_duration(text),
        Integer => value.as_u64().is_some(),
        OneOf(values) => values.contains(&text),
        Thing(_) if value.get("@type").is_none() => {
            return check_value(&value["@id"], Url, at);
        }
        Thing(types) => {
            check(value, at);
            types.contains(&value["@type"].as_str().unwrap())
        }
    };
    assert!(fits, "{at}: {value} is no {kind:?}");
}

/// `P1W`, `P3D`, `PT90M`: one number and its unit.
fn is_duration(text: &str) -> bool {
    let time = text.strip_prefix("PT").and_then(|rest| rest.strip_suffix('M'));
    let days = text.strip_prefix('P').and_then(|rest| rest.strip_suffix(['D', 'W', 'M', 'Y']));
    time.or(days).is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0))
}
