//! xCal, iCalendar as XML (RFC 6321).

use super::component::{Form, Parameter, Value};
use super::extended;

/// Components, properties, parameters and values as nested elements.
#[derive(Debug, Default)]
pub(super) struct XCal {
    out: String,
    /// The components that were begun and not ended, the outermost first.
    open: Vec<Part>,
}

/// Which of a component's two lists is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Properties,
    Components,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <icalendar xmlns=\"urn:ietf:params:xml:ns:icalendar-2.0\">";

impl Form for XCal {
    fn begin(&mut self, component: &'static str) {
        match self.open.last_mut() {
            None => self.out.push_str(HEAD),
            Some(Part::Components) => {}
            Some(part) => {
                *part = Part::Components;
                self.out.push_str("</properties><components>");
            }
        }
        self.out.extend(["<", &component.to_ascii_lowercase(), "><properties>"]);
        self.open.push(Part::Properties);
    }

    fn property(&mut self, name: &'static str, parameters: &[Parameter<'_>], value: Value<'_>) {
        let name = name.to_ascii_lowercase();
        self.out.extend(["<", &name, ">"]);
        push_parameters(parameters, value, &mut self.out);
        push_value(value, &mut self.out);
        self.out.extend(["</", &name, ">"]);
    }

    fn end(&mut self, component: &'static str) {
        let list = match self.open.pop() {
            Some(Part::Components) => "</components></",
            _ => "</properties></",
        };
        self.out.extend([list, &component.to_ascii_lowercase(), ">"]);
        if self.open.is_empty() {
            self.out.push_str("</icalendar>\n");
        }
    }

    fn finish(self) -> String {
        self.out
    }
}

fn push_parameters(parameters: &[Parameter<'_>], value: Value<'_>, out: &mut String) {
    let parameters = extended::parameters(parameters, value);
    if parameters.is_empty() {
        return;
    }
    out.push_str("<parameters>");
    for (name, values) in parameters {
        out.extend(["<", &name, ">"]);
        values.iter().for_each(|value| push_element("text", value, out));
        out.extend(["</", &name, ">"]);
    }
    out.push_str("</parameters>");
}

fn push_value(value: Value<'_>, out: &mut String) {
    let name = extended::type_name(value);
    let Value::Recur(recur) = value else {
        return extended::texts(value).iter().for_each(|text| push_element(name, text, out));
    };
    out.push_str("<recur>");
    for (name, values) in extended::recur(recur) {
        values.iter().for_each(|value| push_element(&name, value, out));
    }
    out.push_str("</recur>");
}

/// An element of text. The model lets no character in that XML cannot carry.
fn push_element(name: &str, text: &str, out: &mut String) {
    out.extend(["<", name, ">"]);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out.extend(["</", name, ">"]);
}

#[cfg(test)]
mod tests {
    use super::super::component::{RecurText, Until};
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn components_properties_and_values_are_nested_elements() {
        let mut xcal = XCal::default();
        xcal.begin("VCALENDAR");
        xcal.plain("VERSION", Value::Text("2.0"));
        xcal.begin("VEVENT");
        xcal.plain("SUMMARY", Value::Text("a < b & c"));
        let label = [Parameter { name: "LABEL", values: &["Join"] }];
        xcal.property("CONFERENCE", &label, Value::Uri("https://a/?b&c"));
        let until = NaiveDate::from_ymd_opt(2027, 1, 1).map(Until::Date);
        let recur = RecurText { parts: "FREQ=YEARLY;BYMONTH=3;BYDAY=1MO,2MO".to_owned(), until };
        xcal.plain("RRULE", Value::Recur(&recur));
        xcal.end("VEVENT");
        xcal.end("VCALENDAR");
        let want = "<vcalendar><properties><version><text>2.0</text></version></properties>\
            <components><vevent><properties>\
            <summary><text>a &lt; b &amp; c</text></summary>\
            <conference><parameters><label><text>Join</text></label></parameters>\
            <uri>https://a/?b&amp;c</uri></conference>\
            <rrule><recur><freq>YEARLY</freq><until>2027-01-01</until><byday>1MO</byday>\
            <byday>2MO</byday><bymonth>3</bymonth></recur></rrule>\
            </properties></vevent></components></vcalendar></icalendar>\n";
        assert_eq!(xcal.finish(), format!("{HEAD}{want}"));
    }
}
