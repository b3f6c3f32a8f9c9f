//! Kinds of values, each as a schema; the functions of the same names in `value` are what counts.

use super::keys::Key;
use crate::model::{Color, Concern, Found, Link, Zone};
use crate::schedule::is_known;
use serde_json::{Map, Value, json};

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Line,
    Link,
    Path,
    Slug,
    Domain,
    Zone,
    Color,
    Language,
    Concern,
    Date,
    DateOrMoment,
    Time,
    Instant,
    Lasts,
    Uid,
    Id,
    Every,
    Day,
    Rrule,
    Found,
    Bool,
    True,
    TrueOrInstant,
    Count,
    /// Why, or `true`.
    Reason,
    /// With these keys.
    Table(&'static [Key]),
}

/// What patterns have in common.
const DAY: &str = r"\d{4}-\d{2}-\d{2}";
const CLOCK: &str = r"\d{2}:\d{2}";

/// A moment with its UTC offset.
fn instant() -> Map<String, Value> {
    pattern(&format!(r"^{DAY}[Tt ]{CLOCK}(:\d{{2}}(\.\d+)?)?([Zz]|[+-]{CLOCK})$"))
}

impl Kind {
    /// What is said of it; nothing of a table, whose keys say it.
    pub(super) fn schema(self) -> Map<String, Value> {
        match self {
            Kind::Line => of_text(json!({ "minLength": 1, "maxLength": 500 })),
            Kind::Link => of_text(
                json!({ "format": "uri", "pattern": "^https?://", "maxLength": Link::MOST_BYTES }),
            ),
            Kind::Path => pattern("^/"),
            Kind::Slug => pattern("^[a-z0-9]+(-[a-z0-9]+)*$"),
            Kind::Domain => pattern(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
            Kind::Zone => {
                one_of(Zone::names().filter(|name| Zone::new(name).is_some_and(is_known)))
            }
            // Capitals are taken too.
            Kind::Color => map(json!({ "anyOf": [
                one_of(Color::names()),
                { "type": "string", "pattern": "^[A-Za-z]*[A-Z][A-Za-z]*$" },
            ] })),
            Kind::Language => pattern("^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"),
            Kind::Concern => one_of(Concern::ALL.into_iter().map(Concern::as_str)),
            Kind::Found => one_of(Found::ALL.into_iter().map(Found::as_str)),
            Kind::Date => pattern(&format!("^{DAY}$")),
            Kind::DateOrMoment => pattern(&format!("^{DAY}([Tt ]{CLOCK}(:00(\\.0+)?)?)?$")),
            Kind::Time => pattern(&format!("^{CLOCK}(:00(\\.0+)?)?$")),
            Kind::Instant => instant(),
            Kind::Lasts => pattern(r"^\d+ *(h|m|d|days?|h *\d+ *m)$"),
            Kind::Uid => pattern(r#"^[!-~]{1,235}$"#),
            Kind::Id => pattern("^[A-Za-z0-9_@-]{1,100}$"),
            Kind::Every => pattern("^(week|month|year|[0-9]{1,2} (week|month|year)s?)$"),
            Kind::Day => map(json!({ "anyOf": [
                { "type": "string", "examples": ["Thursday", "first Wednesday", "last Friday"] },
                { "type": "integer", "minimum": 1, "maximum": 31 },
            ] })),
            Kind::Rrule => of_text(json!({})),
            Kind::Bool => map(json!({ "type": "boolean" })),
            Kind::True => map(json!({ "type": "boolean", "enum": [true] })),
            Kind::TrueOrInstant => map(json!({ "anyOf": [
                instant(),
                { "type": "boolean", "enum": [true] },
            ] })),
            Kind::Count => map(json!({ "type": "integer", "minimum": 0, "maximum": 1_000_000 })),
            Kind::Reason => map(json!({ "anyOf": [
                { "type": "string", "minLength": 1, "maxLength": 500 },
                { "type": "boolean", "enum": [true] },
            ] })),
            Kind::Table(_) => Map::new(),
        }
    }
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn of_text(more: Value) -> Map<String, Value> {
    let mut schema = map(json!({ "type": "string" }));
    schema.extend(map(more));
    schema
}

fn pattern(pattern: &str) -> Map<String, Value> {
    of_text(json!({ "pattern": pattern }))
}

fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> Map<String, Value> {
    of_text(json!({ "enum": names.collect::<Vec<_>>() }))
}
