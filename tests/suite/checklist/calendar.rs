//! Lines 1–22: the calendar itself, and line 93: its size.

use super::css3::hex_of;
use super::{all, cases, subscribed, weekly};
use crate::ics::{self, When};
use crate::support::text;
use convene::publish::Resource;
use convene::schedule::Version;
use std::collections::BTreeSet;

#[test]
fn line_01_one_vcalendar_only() {
    for calendar in all() {
        let lines = || calendar.text.split("\r\n");
        assert_eq!(lines().filter(|line| *line == "BEGIN:VCALENDAR").count(), 1, "{calendar}");
        assert!(calendar.text.ends_with("\r\nEND:VCALENDAR\r\n"), "{calendar}");
    }
}

#[test]
fn line_02_begin_is_the_first_byte() {
    for calendar in all() {
        assert!(calendar.text.as_bytes().starts_with(b"BEGIN:VCALENDAR\r\n"), "{calendar}");
    }
}

#[test]
fn line_03_every_line_ends_with_crlf() {
    for calendar in all() {
        assert!(!calendar.text.replace("\r\n", "").contains(['\r', '\n']), "{calendar}");
        assert!(calendar.text.ends_with("\r\n"), "{calendar}");
    }
}

#[test]
fn line_04_no_line_is_over_75_octets_and_no_fold_splits_a_character() {
    let mut folds_beside_long_characters = 0;
    for calendar in all() {
        for line in calendar.text.as_bytes().split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            assert!(line.len() <= 75, "{calendar}: {} octets", line.len());
            let line = std::str::from_utf8(line);
            assert!(line.is_ok(), "{calendar}: {line:?}");
            folds_beside_long_characters +=
                usize::from(line.unwrap().strip_prefix(' ').is_some_and(|l| !l.is_ascii()));
        }
    }
    assert!(folds_beside_long_characters > 0);
}

#[test]
fn line_05_the_version_is_2_0() {
    for calendar in all() {
        assert_eq!(calendar.root.value("VERSION"), Some("2.0"), "{calendar}");
    }
}

#[test]
fn line_06_the_product_is_the_same_everywhere() {
    let products: BTreeSet<_> = all().iter().map(|c| c.root.value("PRODID")).collect();
    assert_eq!(products, BTreeSet::from([Some("-//Convene//Convene//EN")]));
}

#[test]
fn line_07_the_scale_is_gregorian() {
    for calendar in all() {
        assert_eq!(calendar.root.value("CALSCALE"), Some("GREGORIAN"), "{calendar}");
    }
}

/// PUBLISH would oblige every event to have an ORGANIZER (RFC 5546 §3.2.1), which nobody is.
#[test]
fn line_08_no_method_and_nobody_to_answer_to() {
    for calendar in all() {
        for component in calendar.root.walk() {
            for name in ["METHOD", "ORGANIZER", "ATTENDEE"] {
                assert_eq!(component.all(name).count(), 0, "{calendar}: {name}");
            }
        }
    }
}

#[test]
fn line_09_calendar_properties_come_before_components() {
    for calendar in all() {
        let mut depth = 0;
        let mut component_seen = false;
        for line in calendar.text.split("\r\n").filter(|line| !line.starts_with(' ')) {
            match line.split(':').next() {
                Some("BEGIN") => {
                    depth += 1;
                    component_seen |= depth > 1;
                }
                Some("END") => depth -= 1,
                _ => assert!(depth != 1 || !component_seen, "{calendar}: {line}"),
            }
        }
        assert!(component_seen, "{calendar}");
    }
}

/// Outlook makes it the name of a folder, for which it takes 255 characters.
#[test]
fn line_10_the_name_is_one_line_of_at_most_255_characters() {
    for calendar in subscribed() {
        let name = calendar.root.text("X-WR-CALNAME").unwrap();
        assert!(!name.is_empty() && !name.contains(['\r', '\n']), "{calendar}");
        assert!(name.chars().count() <= 255, "{calendar}");
    }
    let long = format!(
        "+++\ntitle = \"{}\"\nupdated = 2026-01-01T00:00:00Z\n[[slot]]\nfrom = 2026-10-01\n\
         every = \"week\"\non = \"Thursday\"\nat = \"10:00\"\n+++\n",
        "long ".repeat(100)
    );
    let community = weekly(&[("meetings/weekly/series.md", &long)]);
    let name = super::calendar_of(&community, "2026-11-01T00:00:00Z").text("X-WR-CALNAME").unwrap();
    assert!(name.starts_with("long long") && name.chars().count() <= 255, "{}", name.len());
}

#[test]
fn line_11_the_name_is_also_given_as_rfc_7986_has_it() {
    for calendar in all() {
        assert_eq!(calendar.root.text("NAME"), calendar.root.text("X-WR-CALNAME"), "{calendar}");
    }
    for case in cases() {
        let root = ics::read(text(&case.snapshot, &format!("/{}.ics", case.site().slug))).unwrap();
        assert_eq!(root.text("NAME").unwrap(), case.site().name.as_str());
        for series in &case.community.series {
            let path = format!("/meetings/{}.ics", series.slug);
            let root = ics::read(text(&case.snapshot, &path)).unwrap();
            assert_eq!(root.text("NAME").unwrap(), series.title.as_str());
        }
    }
}

#[test]
fn line_12_what_it_is_about_is_said_in_both_properties() {
    for calendar in subscribed() {
        let description = calendar.root.text("DESCRIPTION").unwrap();
        assert!(!description.trim().is_empty(), "{calendar}");
        assert_eq!(calendar.root.text("X-WR-CALDESC"), Some(description), "{calendar}");
    }
}

/// Only as an extra beside TZID: and not where an event is fixed in UTC, since
/// recurring-ical-events moves its times by that zone's summer time.
#[test]
fn line_13_x_wr_timezone_is_the_sites_zone_unless_an_event_is_fixed_in_utc() {
    let mut counts = [0, 0];
    for calendar in subscribed() {
        let is_fixed = calendar.events().any(|event| event.zone().is_utc());
        let expected = (!is_fixed).then(|| calendar.case.site().zone.name());
        assert_eq!(calendar.root.value("X-WR-TIMEZONE"), expected, "{calendar}");
        counts[usize::from(is_fixed)] += 1;
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

#[test]
fn line_14_the_colour_is_a_name_of_css3() {
    for calendar in subscribed() {
        let name = calendar.root.text("COLOR").unwrap_or_else(|| panic!("{calendar}: no COLOR"));
        assert!(hex_of(&name).is_some(), "{calendar}: {name}");
        for event in calendar.events() {
            let own = event.component.text("COLOR");
            assert!(own.is_none_or(|own| hex_of(&own).is_some()), "{event}");
        }
    }
}

#[test]
fn line_15_apple_gets_the_same_colour_in_digits() {
    for calendar in subscribed() {
        let name = calendar.root.text("COLOR").unwrap_or_else(|| panic!("{calendar}: no COLOR"));
        let digits = calendar.root.text("X-APPLE-CALENDAR-COLOR").unwrap();
        let expected = hex_of(&name).unwrap();
        assert_eq!(digits.to_ascii_lowercase(), format!("#{expected}"), "{calendar}: {name}");
    }
}

#[test]
fn line_16_clients_are_asked_to_look_again_every_hour() {
    for calendar in subscribed() {
        let property = calendar.root.get("REFRESH-INTERVAL").unwrap();
        assert_eq!(property.parameter("VALUE"), Some("DURATION"), "{calendar}");
        assert_eq!(property.value, "PT1H", "{calendar}");
    }
}

#[test]
fn line_17_outlook_is_told_the_same_interval() {
    for calendar in subscribed() {
        let interval = calendar.root.value("REFRESH-INTERVAL");
        assert_eq!(calendar.root.value("X-PUBLISHED-TTL"), interval, "{calendar}");
    }
}

/// `/calendar.ics` is the body of the whole calendar's own path.
#[test]
fn line_18_the_source_is_the_calendars_own_address() {
    for calendar in subscribed() {
        let whole = format!("/{}.ics", calendar.case.site().slug);
        let path = if calendar.path == "/calendar.ics" { &whole } else { &calendar.path };
        let source = calendar.root.get("SOURCE").unwrap();
        assert_eq!(source.parameter("VALUE"), Some("URI"), "{calendar}");
        assert_eq!(source.value, calendar.case.site().absolute(path), "{calendar}");
    }
}

#[test]
fn line_19_the_url_is_a_page_about_what_is_in_the_calendar() {
    for calendar in subscribed() {
        let site = calendar.case.site();
        let url = calendar.root.value("URL").unwrap_or_else(|| panic!("{calendar}: no URL"));
        let path = url.strip_prefix(site.url.as_str()).unwrap();
        let Some(Resource::Document(page)) = calendar.case.snapshot.get(path) else {
            panic!("{calendar}: nothing is at {url}")
        };
        assert_eq!(page.media_type(), "text/html; charset=utf-8", "{calendar}");
        let folder = calendar.path.trim_end_matches(".ics");
        if folder.starts_with("/meetings/") {
            assert_eq!(path, format!("{folder}/"), "{calendar}");
        }
    }
}

/// The calendar has none, though RFC 7986 §5.3 knows one: vdirsyncer takes it for the UID of every
/// event and keeps one of them.
#[test]
fn line_20_no_uid_of_the_calendar_itself() {
    for calendar in all() {
        assert_eq!(calendar.root.all("UID").count(), 0, "{calendar}");
    }
}

#[test]
fn line_21_the_calendar_was_modified_with_its_newest_fact_and_not_now() {
    for calendar in subscribed() {
        let modified = calendar.root.when("LAST-MODIFIED").unwrap();
        let newest = calendar.series().into_iter().map(Version::newest_of).max().unwrap();
        assert_eq!(modified, When::Utc(newest.naive_utc()), "{calendar}");
        for event in calendar.events() {
            assert!(event.component.when("LAST-MODIFIED").unwrap() <= modified, "{event}");
        }
    }
}

/// Optional, and the content has no picture to give.
#[test]
fn line_22_no_image() {
    for calendar in all() {
        assert_eq!(calendar.root.all("IMAGE").count(), 0, "{calendar}");
    }
}

#[test]
fn line_93_no_calendar_is_over_a_megabyte() {
    for calendar in all() {
        assert!(calendar.text.len() < 1_000_000, "{calendar}: {}", calendar.text.len());
    }
}
