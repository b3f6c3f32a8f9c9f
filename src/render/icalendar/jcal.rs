//! jCal, iCalendar as JSON (RFC 7265).

use super::component::{Form, Parameter, Value};
use super::extended;

/// Components as arrays of a name, properties and components.
#[derive(Debug, Default)]
pub(super) struct JCal {
    out: String,
    /// The components that were begun and not ended, the outermost first.
    open: Vec<Part>,
}

/// Which of a component's two lists is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Its properties, of which there are none yet.
    NoProperties,
    /// Its properties.
    Properties,
    /// Its components.
    Components,
}

impl Form for JCal {
    fn begin(&mut self, component: &'static str) {
        if let Some(part) = self.open.last_mut() {
            self.out.push_str(if *part == Part::Components { "," } else { "],[" });
            *part = Part::Components;
        }
        self.out.extend(["[\"", &component.to_ascii_lowercase(), "\",["]);
        self.open.push(Part::NoProperties);
    }

    fn property(&mut self, name: &'static str, parameters: &[Parameter<'_>], value: Value<'_>) {
        if let Some(part) = self.open.last_mut() {
            self.out.push_str(if *part == Part::Properties { "," } else { "" });
            *part = Part::Properties;
        }
        self.out.extend(["[\"", &name.to_ascii_lowercase(), "\",{"]);
        push_parameters(parameters, value, &mut self.out);
        self.out.extend(["},\"", extended::type_name(value), "\""]);
        push_values(value, &mut self.out);
        self.out.push(']');
    }

    fn end(&mut self, _component: &'static str) {
        let has_components = self.open.pop() == Some(Part::Components);
        self.out.push_str(if has_components { "]]" } else { "],[]]" });
    }

    fn finish(self) -> String {
        self.out
    }
}

fn push_parameters(parameters: &[Parameter<'_>], value: Value<'_>, out: &mut String) {
    for (i, (name, values)) in extended::parameters(parameters, value).iter().enumerate() {
        out.extend([if i > 0 { ",\"" } else { "\"" }, name, "\":"]);
        push_one_or_all(values, out, push_text);
    }
}

/// Each value after a comma.
fn push_values(value: Value<'_>, out: &mut String) {
    match value {
        Value::Integer(number) => out.extend([",", &number.to_string()]),
        Value::Recur(recur) => {
            out.push_str(",{");
            for (i, (name, values)) in extended::recur(recur).iter().enumerate() {
                out.extend([if i > 0 { ",\"" } else { "\"" }, name, "\":"]);
                push_one_or_all(values, out, push_part);
            }
            out.push('}');
        }
        value => {
            for text in extended::texts(value) {
                out.push(',');
                push_text(&text, out);
            }
        }
    }
}

/// A list, unless there is one alone (RFC 7265 §3.4.1.1, §3.6.10).
fn push_one_or_all<T: AsRef<str>>(values: &[T], out: &mut String, push: fn(&str, &mut String)) {
    if let [value] = values {
        return push(value.as_ref(), out);
    }
    out.push('[');
    for (i, value) in values.iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        push(value.as_ref(), out);
    }
    out.push(']');
}

/// A part of a rule: a number where it is one.
fn push_part(value: &str, out: &mut String) {
    match value.parse::<i32>() {
        Ok(number) => out.push_str(&number.to_string()),
        Err(_) => push_text(value, out),
    }
}

fn push_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::super::component::{RecurText, Until};
    use super::*;
    use crate::model::{Local, Zone};
    use chrono::{DateTime, NaiveDate};

    #[test]
    fn components_properties_and_values_are_nested_lists() {
        let mut jcal = JCal::default();
        jcal.begin("VCALENDAR");
        jcal.plain("VERSION", Value::Text("2.0"));
        jcal.begin("VEVENT");
        let at = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap().and_hms_opt(10, 0, 0).unwrap();
        let zone = Zone::new("America/Los_Angeles").unwrap();
        jcal.plain("DTSTART", Value::Locals(zone, &[Local::DateTime(at)]));
        jcal.plain("SEQUENCE", Value::Integer(2));
        jcal.plain("CATEGORIES", Value::Texts(&["a", "\"b\"\n"]));
        jcal.end("VEVENT");
        jcal.begin("VEVENT");
        let until = Some(Until::Instant(DateTime::UNIX_EPOCH));
        let recur = RecurText { parts: "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU".to_owned(), until };
        jcal.plain("RRULE", Value::Recur(&recur));
        let values = ["AUDIO", "VIDEO"];
        let feature = [Parameter { name: "FEATURE", values: &values }];
        jcal.property("CONFERENCE", &feature, Value::Uri("https://a"));
        jcal.end("VEVENT");
        jcal.end("VCALENDAR");
        let got: serde_json::Value = serde_json::from_str(&jcal.finish()).unwrap();
        let want = serde_json::json!(["vcalendar", [["version", {}, "text", "2.0"]], [
            ["vevent", [
                ["dtstart", {"tzid": "America/Los_Angeles"}, "date-time", "2026-11-26T10:00:00"],
                ["sequence", {}, "integer", 2],
                ["categories", {}, "text", "a", "\"b\"\n"],
            ], []],
            ["vevent", [
                ["rrule", {}, "recur", {"freq": "MONTHLY", "until": "1970-01-01T00:00:00Z",
                    "byday": ["MO", "TU"], "bysetpos": -1}],
                ["conference", {"feature": ["AUDIO", "VIDEO"]}, "uri", "https://a"],
            ], []],
        ]]);
        assert_eq!(got, want);
    }
}
