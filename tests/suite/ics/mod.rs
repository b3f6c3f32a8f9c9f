//! A small, strict reader of iCalendar for the tests: it fails on whatever RFC 5545 does not allow.
//!
//! `line` splits text into content lines, `value` reads what they hold, `allowed` knows which
//! component may have which property how often, and of which kind.

mod allowed;
mod line;
mod value;

pub(crate) use value::{When, recur, texts};

use std::collections::BTreeMap;

/// A component with everything in it, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) properties: Vec<Property>,
    pub(crate) components: Vec<Component>,
}

/// A content line, its name in upper case.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: String,
    /// Names in upper case, and values without quotes and circumflexes (RFC 6868).
    pub(crate) parameters: Vec<(String, Vec<String>)>,
    /// As it stands in the unfolded line.
    pub(crate) value: String,
}

/// Reads the one calendar that the text is.
pub(crate) fn read(text: &str) -> Result<Component, String> {
    let mut open: Vec<Component> = Vec::new();
    let mut whole = None;
    for line in line::unfold(text)? {
        let property = line::content_line(&line)?;
        let out_of_place = format!("`{line}` is out of place");
        if whole.is_some() {
            return Err(out_of_place);
        }
        match property.name.as_str() {
            "BEGIN" => {
                open.push(Component { name: bare(property)?, ..Component::default() });
            }
            "END" => {
                let closed = open.pop().ok_or(&out_of_place)?;
                if closed.name != bare(property)? {
                    return Err(format!("`{line}` closes {}", closed.name));
                }
                match open.last_mut() {
                    Some(parent) => parent.components.push(closed),
                    None => whole = Some(closed),
                }
            }
            _ => {
                let parent = open.last_mut().ok_or(&out_of_place)?;
                if !parent.components.is_empty() {
                    return Err(format!("`{line}` comes after a component of {}", parent.name));
                }
                parent.properties.push(property);
            }
        }
    }
    let calendar = whole.ok_or("the calendar is never closed")?;
    allowed::check(&calendar)?;
    Ok(calendar)
}

/// The value of BEGIN or END, which have no parameters.
fn bare(property: Property) -> Result<String, String> {
    match property.parameters.as_slice() {
        [] => Ok(property.value.to_ascii_uppercase()),
        _ => Err(format!("{} has parameters", property.name)),
    }
}

impl Component {
    /// Its properties of that name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// Its property of that name; none where it has several.
    pub(crate) fn get(&self, name: &str) -> Option<&Property> {
        let mut all = self.properties.iter().filter(|property| property.name == name);
        all.next().filter(|_| all.next().is_none())
    }

    /// The raw value of the one property of that name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.get(name).map(|property| property.value.as_str())
    }

    /// The text of the one property of that name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(Property::text)
    }

    /// The moment of the one property of that name.
    pub(crate) fn when(&self, name: &str) -> Option<When> {
        self.get(name).map(|property| property.whens().remove(0))
    }

    /// Every moment of all properties of that name.
    pub(crate) fn whens(&self, name: &str) -> Vec<When> {
        self.properties.iter().filter(|p| p.name == name).flat_map(Property::whens).collect()
    }

    /// Its components of that name.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Component> {
        self.components.iter().filter(move |component| component.name == name)
    }

    /// It and every component within it.
    pub(crate) fn walk(&self) -> Vec<&Component> {
        let within = self.components.iter().flat_map(Component::walk);
        std::iter::once(self).chain(within).collect()
    }

    /// How often each component and each property of one is there: `VEVENT`, `VEVENT.SUMMARY`.
    pub(crate) fn shape(&self) -> BTreeMap<String, usize> {
        let mut shape = BTreeMap::new();
        for component in self.walk() {
            *shape.entry(component.name.clone()).or_default() += 1;
            for property in &component.properties {
                *shape.entry(format!("{}.{}", component.name, property.name)).or_default() += 1;
            }
        }
        shape
    }
}

impl Property {
    /// The first value of that parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, values) = self.parameters.iter().find(|(own, _)| own == name)?;
        values.first().map(String::as_str)
    }

    /// Its value as TEXT, or a list of it with commas between.
    pub(crate) fn text(&self) -> String {
        texts(&self.value).unwrap().join(",")
    }

    /// Its values as dates or times.
    pub(crate) fn whens(&self) -> Vec<When> {
        value::whens(self).unwrap()
    }
}

#[test]
fn the_strict_reader_takes_what_is_right() {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=\"Europe/Paris\":20260101T1000\r\n 00\r\n\
        SUMMARY;X-A=\"a^'b:c\",d:a\\, b\\nc\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let calendar = read(text).unwrap();
    let event = calendar.children("VEVENT").next().unwrap();
    assert_eq!(event.text("SUMMARY").unwrap(), "a, b\nc");
    let summary = event.get("SUMMARY").unwrap();
    assert_eq!(summary.parameters, [("X-A".into(), vec!["a\"b:c".into(), "d".into()])]);
    assert_eq!(event.when("DTSTART").unwrap().zone(), Some("Europe/Paris"));
    assert_eq!(calendar.shape()["VEVENT.SUMMARY"], 1);
}

#[test]
fn the_strict_reader_refuses_what_is_not() {
    let calendar = |properties: &str| {
        let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n\
            DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\n"
            .to_owned();
        text.push_str(properties);
        text + "END:VEVENT\r\nEND:VCALENDAR\r\n"
    };
    assert!(read(&calendar("SUMMARY:fine\r\n")).is_ok());
    let long = format!("SUMMARY:{}\r\n", "a".repeat(68));
    let wrong = [
        "SUMMARY:a\n",
        "SUMMARY:a\rb\r\n",
        "\r\n",
        "SUMMARY\r\n",
        "SUMM ARY:a\r\n",
        "SUMMARY:a\u{7}\r\n",
        "SUMMARY:a,b\r\n",
        "SUMMARY:a;b\r\n",
        "SUMMARY:a\\b\r\n",
        "SUMMARY:a\\\r\n",
        "SUMMARY;X-A=a\"b:c\r\n",
        "SUMMARY;X-A=\"a:c\r\n",
        "SUMMARY;X-A:c\r\n",
        "SUMMARY;X-A=a;X-A=b:c\r\n",
        "SUMMARY:a\r\nSUMMARY:b\r\n",
        "UNKNOWN:a\r\n",
        "DTEND:2026010\r\n",
        "DTEND;TZID=Europe/Paris:20260101T100000Z\r\n",
        "DTEND:20260230T100000Z\r\n",
        "DTEND;VALUE=DATE:20260102\r\nDURATION:PT1H\r\n",
        "LAST-MODIFIED:20260101T000000\r\n",
        "SEQUENCE:-\r\n",
        "URL:/meetings/\r\n",
        "URL:https://example.org/ä\r\n",
        "CONFERENCE:https://example.org/\r\n",
        "RRULE:BYDAY=TH\r\n",
        "RRULE:FREQ=WEEKLY;FREQ=DAILY\r\n",
        "RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20260101T000000Z\r\n",
        "BEGIN:VEVENT\r\n",
        "END:VALARM\r\n",
        "BEGIN:PARTICIPANT\r\nEND:PARTICIPANT\r\n",
        &long,
    ];
    for properties in wrong {
        assert!(read(&calendar(properties)).is_err(), "{properties:?} was taken");
    }
    let fine = calendar("");
    for text in [format!("\u{feff}{fine}"), format!("{fine}{fine}"), fine.replace("UID:1\r\n", "")]
    {
        assert!(read(&text).is_err(), "{text:?} was taken");
    }
}
