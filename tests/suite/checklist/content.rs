//! Lines 61–70: what an event says, and how its lines say it.

use super::{Event, all, events};
use convene::model::{Line, Link};
use convene::publish::Resource;
use convene::render::plain;

/// The links that an event has to name.
struct Said {
    join: Option<&'static Link>,
    location: Option<&'static Line>,
    links: Vec<&'static Link>,
    note: Option<String>,
}

fn said(event: &Event) -> Said {
    if let Some(o) = event.occurrence() {
        let links = o.join().into_iter().chain(o.agenda()).chain(o.minutes()).chain(o.recordings());
        let links = links.collect();
        return Said {
            join: o.join(),
            location: o.location(),
            links,
            note: o.note().map(plain::text),
        };
    }
    let (series, _) = event.slot().unwrap_or_else(|| panic!("{event} is of no slot"));
    let join = series.join.as_ref();
    let links = join.into_iter().chain(&series.agenda).collect();
    Said { join, location: series.location.as_ref(), links, note: None }
}

/// Few clients show URL or CONFERENCE. Where people meet in person it is the room.
#[test]
fn line_61_the_location_is_the_room_or_else_the_join_link() {
    let (mut rooms, mut links) = (0, 0);
    for event in events() {
        let Said { join, location, .. } = said(&event);
        let got = event.component.text("LOCATION");
        rooms += usize::from(location.is_some());
        links += usize::from(location.is_none() && join.is_some());
        let expected = location.map(Line::to_string).or(join.map(Link::to_string));
        assert_eq!(got, expected, "{event}");
    }
    assert!(rooms > 0 && links > 10);
}

#[test]
fn line_62_the_description_repeats_every_link_in_plain_text() {
    let mut notes = 0;
    for event in events() {
        let text = event.component.text("DESCRIPTION").unwrap();
        let Said { links, note, .. } = said(&event);
        for link in links {
            let lines: Vec<&str> = text.lines().collect();
            let named = lines.iter().any(|l| l.ends_with(&format!(": {link}")));
            assert!(named, "{event}: no {link} in {text}");
        }
        let page = event.component.value("URL").unwrap();
        assert!(text.contains(page), "{event}: {text}");
        if let Some(note) = note {
            // In a copy of a cancelled meeting the reason comes first.
            let cancelled = event.component.value("STATUS") == Some("CANCELLED");
            let found = if cancelled { text.contains(&note) } else { text.starts_with(&note) };
            assert!(found, "{event}: {text}");
            notes += 1;
        }
        assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{event}");
    }
    assert!(notes > 3);
}

/// Optional, and the text says the same; some clients would show both.
#[test]
fn line_63_no_second_description_in_html() {
    for event in events() {
        assert_eq!(event.component.all("X-ALT-DESC").count(), 0, "{event}");
    }
}

/// Optional, and libical 3 takes it for an error.
#[test]
fn line_64_no_styled_description() {
    for event in events() {
        assert_eq!(event.component.all("STYLED-DESCRIPTION").count(), 0, "{event}");
    }
}

/// Or the series', for a date that only its end makes an event: it may be far ahead.
#[test]
fn line_65_the_url_is_the_meetings_page() {
    for event in events() {
        let url = event.component.value("URL").unwrap();
        let path = url.strip_prefix(event.calendar.case.site().url.as_str());
        let path = path.unwrap_or_else(|| panic!("{event}: {url} is elsewhere"));
        let expected = match event.occurrence() {
            Some(o) if !o.is_plain() || event.id().is_none() => o.path(),
            _ => format!("/meetings/{}/", event.slot().unwrap().0.slug),
        };
        assert_eq!(path, expected, "{event}");
        let page = event.calendar.case.snapshot.get(path);
        assert!(matches!(page, Some(Resource::Document(_))), "{event}: nothing is at {url}");
    }
}

#[test]
fn line_66_the_conference_is_the_join_link() {
    let mut seen = 0;
    for event in events() {
        let Said { join, .. } = said(&event);
        let conference = event.component.get("CONFERENCE");
        assert_eq!(conference.map(|c| c.value.as_str()), join.map(Link::as_str), "{event}");
        let Some(conference) = conference else { continue };
        let label = match event.calendar.case.community.site.language.as_str() {
            "de-DE" => "Teilnehmen",
            "ja" => "参加する",
            _ => "Join",
        };
        let expected: [(&str, &[&str]); 3] =
            [("VALUE", &["URI"]), ("FEATURE", &["AUDIO", "VIDEO"]), ("LABEL", &[label])];
        for (name, values) in expected {
            let own = conference.parameters.iter().find(|(own, _)| own == name);
            assert_eq!(own.unwrap().1, values, "{event}");
        }
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn line_67_nothing_is_attached_by_a_relative_address() {
    for calendar in all() {
        for component in calendar.root.walk() {
            assert_eq!(component.all("ATTACH").count(), 0, "{calendar}");
        }
    }
}

/// Every parameter as it stands in the text.
fn raw_parameters() -> Vec<String> {
    let mut found = Vec::new();
    for calendar in all() {
        let unfolded = calendar.text.replace("\r\n ", "");
        for line in unfolded.split("\r\n") {
            let mut quoted = false;
            let end = line.find(|c| {
                quoted ^= c == '"';
                c == ':' && !quoted
            });
            let head = &line[..end.unwrap_or(0)];
            let mut quoted = false;
            let parts = head.split(|c| {
                quoted ^= c == '"';
                c == ';' && !quoted
            });
            found.extend(parts.skip(1).map(str::to_owned));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn line_68_parameter_values_with_separators_are_quoted() {
    let parameters = raw_parameters();
    assert!(parameters.len() > 5, "{parameters:?}");
    for parameter in parameters {
        let (_, value) = parameter.split_once('=').unwrap_or_else(|| panic!("{parameter}"));
        // A list has its commas outside of quotes, and FEATURE alone is one here.
        let bare = value.split('"').step_by(2).collect::<String>();
        assert!(!bare.contains([':', ';']), "{parameter}");
        assert!(!bare.contains(',') || parameter.starts_with("FEATURE="), "{parameter}");
    }
}

/// RFC 6868 has `^'` for a quote and `^n` for a line break.
#[test]
fn line_69_parameter_values_have_no_bare_quote_or_control() {
    for parameter in raw_parameters() {
        assert!(!parameter.chars().any(char::is_control), "{parameter}");
        let quotes = parameter.matches('"').count();
        assert!(quotes % 2 == 0, "{parameter}");
        let (_, value) = parameter.split_once('=').unwrap();
        let whole = |part: &str| {
            !part.contains('"') || part.len() > 1 && part.starts_with('"') && part.ends_with('"')
        };
        assert!(value.split(',').all(whole) || quotes == 2, "{parameter}");
    }
}

/// RFC 9073's would rename the event in calcurse, or make it refuse it.
#[test]
fn line_70_an_event_has_nothing_within_it() {
    for calendar in all() {
        for component in &calendar.root.components {
            assert!(["VTIMEZONE", "VEVENT"].contains(&&*component.name), "{calendar}");
        }
        for event in calendar.events() {
            assert!(event.component.components.is_empty(), "{event}");
        }
    }
}
