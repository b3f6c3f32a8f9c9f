//! What the calendar's writer writes, a foreign reader reads as it was meant.

use super::sample::{folder, now, quoted};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use convene::content::parse;
use convene::publish::build;

/// The number of the sample's series.
const SERIES: usize = 1;

/// The bytes are a title, a place and a description, a line each.
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut parts = text.splitn(3, '\n');
    let mut next = || parts.next().filter(|part| !part.is_empty()).unwrap_or("x");
    let (title, location, body) = (quoted(next()), quoted(next()), next());
    let series = format!(
        "+++\ntitle = {title}\nlocation = {location}\nupdated = 2026-01-01T00:00:00Z\n\n[[slot]]\n\
         from = 2026-10-01\nevery = \"week\"\non = \"Thursday\"\nat = \"10:00\"\n+++\n{body}\n"
    );
    let Ok(community) = parse(&folder(SERIES, series.as_bytes())) else { return };
    let snapshot = build(&community, now());
    let Some(calendar) = snapshot.get("/meetings/weekly.ics") else { panic!("no calendar") };
    let convene::publish::Resource::Document(document) = calendar else { panic!("no document") };
    let ics = String::from_utf8_lossy(document.body()).into_owned();
    for line in ics.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let read = match ICalendar::parse(&ics) {
        Ok(read) => read,
        Err(error) => panic!("{error:?} in\n{ics}"),
    };
    let events =
        read.components.iter().filter(|c| c.component_type == ICalendarComponentType::VEvent);
    let titles: Vec<_> = events
        .map(|event| match event.property(&ICalendarProperty::Summary).map(|p| &p.values[0]) {
            Some(ICalendarValue::Text(title)) => title.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(!titles.is_empty(), "there are events");
    for title in titles {
        assert_eq!(title, community.series[0].title.to_string());
    }
}
