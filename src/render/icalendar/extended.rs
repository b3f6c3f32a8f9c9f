//! Values as jCal and xCal both write them: by the name of their type, and in ISO 8601's extended
//! format (RFC 7265 §3.6, RFC 6321 §3.6).

use super::component::{Parameter, RecurText, Until, Value};
use super::time;
use crate::model::Local;
use std::borrow::Cow;

/// The parts of a rule in the order that xCal's schema wants.
const PARTS: [&str; 8] =
    ["INTERVAL", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST"];

/// The name of the value's type.
pub(super) fn type_name(value: Value<'_>) -> &'static str {
    match value {
        Value::Text(_) | Value::Texts(_) => "text",
        Value::Uri(_) => "uri",
        Value::Integer(_) => "integer",
        Value::Instant(_) | Value::Floating(_) => "date-time",
        Value::Locals(_, values) => match values.first() {
            Some(Local::Date(_)) => "date",
            _ => "date-time",
        },
        Value::Duration(_) => "duration",
        Value::UtcOffset(_) => "utc-offset",
        Value::Recur(_) => "recur",
    }
}

/// Each value as text; none of a rule, which has parts.
pub(super) fn texts<'a>(value: Value<'a>) -> Vec<Cow<'a, str>> {
    match value {
        Value::Text(text) | Value::Uri(text) => vec![Cow::Borrowed(text)],
        Value::Texts(texts) => texts.iter().map(|text| Cow::Borrowed(*text)).collect(),
        Value::Integer(number) => vec![Cow::Owned(number.to_string())],
        Value::Instant(instant) => vec![written(|out| {
            time::push_extended(instant.naive_utc(), out);
            out.push('Z');
        })],
        Value::Locals(_, values) => values.iter().map(|value| local(*value)).collect(),
        Value::Floating(moment) => vec![written(|out| time::push_extended(moment, out))],
        Value::Duration(duration) => vec![written(|out| time::push_duration(duration, out))],
        Value::UtcOffset(seconds) => vec![written(|out| time::push_offset(seconds, ":", out))],
        Value::Recur(_) => Vec::new(),
    }
}

fn written<'a>(push: impl FnOnce(&mut String)) -> Cow<'a, str> {
    let mut text = String::new();
    push(&mut text);
    Cow::Owned(text)
}

fn local<'a>(value: Local) -> Cow<'a, str> {
    written(|out| match value {
        Local::Date(date) => time::push_extended_date(date, out),
        Local::DateTime(moment) => time::push_extended(moment, out),
    })
}

/// The names of a rule's parts in lower case, each with its values: `freq` first, then `until`.
pub(super) fn recur(recur: &RecurText) -> Vec<(String, Vec<Cow<'_, str>>)> {
    let part = |wanted: &str| {
        let (name, values) = recur.parts().find(|(name, _)| *name == wanted)?;
        Some((name.to_ascii_lowercase(), values.split(',').map(Cow::Borrowed).collect()))
    };
    let until = recur.until.map(|until| ("until".to_owned(), vec![end(until)]));
    part("FREQ").into_iter().chain(until).chain(PARTS.into_iter().filter_map(part)).collect()
}

fn end<'a>(until: Until) -> Cow<'a, str> {
    written(|out| match until {
        Until::Date(date) => time::push_extended_date(date, out),
        Until::Instant(instant) => {
            time::push_extended(instant.naive_utc(), out);
            out.push('Z');
        }
    })
}

/// Every parameter with its values, TZID first where the value is in a zone.
pub(super) fn parameters<'a>(
    parameters: &[Parameter<'a>],
    value: Value<'a>,
) -> Vec<(String, Vec<&'a str>)> {
    let zone = match value {
        Value::Locals(zone, [Local::DateTime(_), ..]) => Some(zone.tzid()),
        _ => None,
    };
    let zone = zone.map(|name| ("tzid".to_owned(), vec![name]));
    let own = parameters.iter().map(|p| (p.name.to_ascii_lowercase(), p.values.to_vec()));
    zone.into_iter().chain(own).collect()
}
