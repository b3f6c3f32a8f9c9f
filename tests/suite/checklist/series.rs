//! Lines 35–38, 42–48 and 56–60: what each VEVENT has, and how a slot recurs.

use super::{Calendar, Event, all, calendar_of, cases, events, masters, subscribed, weekly};
use crate::ics::{self, Component, When, recur};
use chrono::{NaiveDate, TimeZone};
use convene::model::{Local, Zone};
use convene::schedule::{Status, ZoneRules, dates};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use std::collections::{BTreeMap, BTreeSet};

/// What of an event must not depend on when the calendar was built.
fn by_identity(calendar: &Component) -> BTreeMap<(String, Option<When>), &Component> {
    let key = |event: &Component| (event.text("UID").unwrap(), event.when("RECURRENCE-ID"));
    calendar.children("VEVENT").map(|event| (key(event), event)).collect()
}

/// Each event that is in a calendar both now and 100 days later.
fn with_later(mut compare: impl FnMut(&Calendar, &Component, &Component)) {
    let mut compared = 0;
    for calendar in all() {
        let Some(later) = calendar.case.later().get(&calendar.path) else { continue };
        let later = ics::read(later).unwrap();
        let later = by_identity(&later);
        for (key, event) in by_identity(&calendar.root) {
            let Some(later) = later.get(&key) else { continue };
            compare(calendar, event, later);
            compared += 1;
        }
    }
    assert!(compared > 50);
}

#[test]
fn line_35_a_uid_is_for_life_and_of_one_meeting_alone() {
    for case in cases() {
        let mut meetings: BTreeMap<&str, BTreeSet<When>> = BTreeMap::new();
        for calendar in subscribed().filter(|calendar| calendar.case.name == case.name) {
            for event in calendar.events().filter(|event| event.id().is_none()) {
                meetings.entry(event.uid()).or_default().insert(event.start());
            }
            let later = ics::read(&case.later()[&calendar.path]).unwrap();
            let later: BTreeSet<_> = later.children("VEVENT").map(|e| e.value("UID")).collect();
            for event in calendar.events() {
                assert!(later.contains(&Some(event.uid())), "{event} is another later");
            }
        }
        let shared: Vec<_> = meetings.iter().filter(|(_, starts)| starts.len() > 1).collect();
        assert!(shared.is_empty(), "{}: one UID for several: {shared:?}", case.name);
        let domain = format!("@{}", case.site().uid_domain);
        assert!(meetings.keys().all(|uid| uid.contains(&domain)), "{}: {meetings:?}", case.name);
    }
}

/// An occurrence's `event.ics` has one VEVENT, whatever it is.
#[test]
fn line_36_one_master_for_each_uid_and_its_overrides_after_it() {
    let mut overrides = 0;
    for calendar in all() {
        if calendar.is_copy() {
            assert_eq!(calendar.events().count(), 1, "{calendar}");
            continue;
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut identities = BTreeSet::new();
        for event in calendar.events() {
            assert!(identities.insert((event.uid(), event.id())), "{event} is there twice");
            match event.id() {
                None => assert!(seen.insert(event.uid()), "{event}: a second master"),
                Some(_) => {
                    assert!(seen.contains(event.uid()), "{event} comes before its master");
                    overrides += 1;
                }
            }
        }
    }
    assert!(overrides > 10);
}

/// Else every poll would be a new calendar: new ETag, everything read again.
#[test]
fn line_37_dtstamp_is_the_last_revision_and_not_the_time_of_the_build() {
    with_later(|calendar, event, later| {
        assert_eq!(event.value("DTSTAMP"), later.value("DTSTAMP"), "{calendar}: {event:?}");
        assert_eq!(event.value("DTSTAMP"), event.value("LAST-MODIFIED"), "{calendar}: {event:?}");
    });
}

/// No CREATED: content does not say when a series was first written down.
#[test]
fn line_38_every_event_was_last_modified_at_some_time() {
    for event in events() {
        assert_eq!(event.component.all("LAST-MODIFIED").count(), 1, "{event}");
        assert_eq!(event.component.all("CREATED").count(), 0, "{event}");
    }
    with_later(|calendar, event, later| {
        let (before, after) = (event.value("LAST-MODIFIED"), later.value("LAST-MODIFIED"));
        assert_eq!(before, after, "{calendar}: {event:?}");
    });
}

#[test]
fn line_42_a_start_is_local_with_its_zone() {
    let mut kinds = BTreeMap::new();
    for event in events() {
        let property = event.component.get("DTSTART").unwrap();
        let names: Vec<&str> = property.parameters.iter().map(|(name, _)| name.as_str()).collect();
        let kind = match event.start() {
            When::Zoned(..) => (names == ["TZID"], "zoned"),
            When::Date(_) => (names == ["VALUE"], "day"),
            When::Utc(_) => (names.is_empty() && event.zone().is_utc(), "utc"),
            When::Floating(_) => (false, "floating"),
        };
        assert!(kind.0, "{event}: {property:?}");
        *kinds.entry(kind.1).or_insert(0) += 1;
    }
    assert!(kinds.len() == 3, "{kinds:?}");
}

/// But in UTC where the clock is changed meanwhile: half of all readers take a local end there for
/// another.
#[test]
fn line_43_an_end_is_given_as_the_start_is() {
    for event in events() {
        assert_eq!(event.component.all("DURATION").count(), 0, "{event}");
        let (start, end) = (event.start(), event.end());
        let length = end.instant() - start.instant();
        let is_across = match &start {
            When::Zoned(wall, zone) => {
                let rules = ZoneRules::of(Zone::new(zone).unwrap());
                rules.to_local(end.instant()) != *wall + length
            }
            _ => false,
        };
        let is_right = if is_across { matches!(end, When::Utc(_)) } else { end.is_like(&start) };
        assert!(is_right, "{event}: {start:?} to {end:?}");
        assert!(end.instant() > start.instant(), "{event}: {start:?} to {end:?}");
    }
}

/// The dates that a rule gives, on the wall clock and without its UNTIL, by another crate.
fn foreign_dates(event: Event, count: u16) -> Vec<NaiveDate> {
    let parts = recur(event.component.value("RRULE").unwrap()).unwrap();
    let parts = parts.iter().filter(|(name, _)| **name != "UNTIL");
    let rule = parts.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(";");
    let start = Tz::UTC.from_utc_datetime(&event.start().wall());
    let rule: RRule<Unvalidated> = rule.parse().unwrap();
    let set = RRuleSet::new(start).rrule(rule.validate(start).unwrap());
    let mut dates: Vec<_> = set.all(count).dates.iter().map(|date| date.date_naive()).collect();
    // The crate repeats a date that two parts give.
    dates.dedup();
    dates
}

#[test]
fn line_44_the_start_is_the_first_date_of_the_rule() {
    for event in masters() {
        let (_, slot) = event.slot().unwrap_or_else(|| panic!("{event} is of no slot"));
        assert_eq!(foreign_dates(event, 1), [event.start().date()], "{event}");
        assert_eq!(dates(slot, slot.from).next(), Some(event.start().date()), "{event}");
        let expected = slot.recurrence_id(slot.from);
        assert_eq!(event.start().wall(), expected.moment(), "{event}");
    }
}

#[test]
fn line_45_one_rule_with_no_more_in_it_than_it_needs() {
    let mut weekly = 0;
    for event in masters() {
        assert_eq!(event.component.all("RRULE").count(), 1, "{event}");
        let text = event.component.value("RRULE").unwrap();
        assert!(text.starts_with("FREQ=") && text == text.to_ascii_uppercase(), "{event}: {text}");
        let rule = recur(text).unwrap();
        assert!(rule.get("INTERVAL") != Some(&"1"), "{event}: {text}");
        let days = ["BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "BYYEARDAY", "BYWEEKNO"];
        let known =
            |name: &&str| ["FREQ", "INTERVAL", "UNTIL"].contains(name) || days.contains(name);
        assert!(rule.keys().all(known), "{event}: {text}");
        if rule["FREQ"] == "WEEKLY" {
            assert!(rule.contains_key("BYDAY"), "{event}: {text}");
            weekly += 1;
        }
        // What the rule says is what the slot says, for whoever reads it.
        let (_, slot) = event.slot().unwrap();
        let own: Vec<_> = dates(slot, slot.from).take(40).collect();
        let foreign = foreign_dates(event, 60);
        assert_eq!(foreign[..own.len()], own, "{event}: {text}");
    }
    assert!(weekly > 10);
}

#[test]
fn line_46_no_exrule_no_second_rule_and_no_rdate() {
    for event in events() {
        for name in ["EXRULE", "RDATE"] {
            assert_eq!(event.component.all(name).count(), 0, "{event}: {name}");
        }
        assert!(event.component.all("RRULE").count() <= 1, "{event}");
    }
}

#[test]
fn line_47_the_end_of_a_rule_is_never_counted() {
    for event in masters() {
        let rule = recur(event.component.value("RRULE").unwrap()).unwrap();
        assert!(!rule.contains_key("COUNT"), "{event}: {rule:?}");
    }
}

/// Home Assistant rejects the whole calendar otherwise. Of whole days it is a date, as DTSTART is
/// (RFC 5545 §3.3.10, erratum 4414).
#[test]
fn line_48_until_is_the_last_occurrence_in_utc() {
    let (mut timed, mut days) = (0, 0);
    for event in masters() {
        let (_, slot) = event.slot().unwrap();
        let rule = recur(event.component.value("RRULE").unwrap()).unwrap();
        let until = rule.get("UNTIL").copied();
        assert_eq!(until.is_some(), slot.until.is_some(), "{event}: {until:?}");
        let Some(until) = until else { continue };
        let last = dates(slot, slot.from).last().unwrap();
        let expected = match (slot.recurrence_id(last), event.start()) {
            (Local::Date(date), _) => {
                days += 1;
                date.format("%Y%m%d").to_string()
            }
            (Local::DateTime(local), start) => {
                timed += 1;
                let last = match start {
                    When::Zoned(_, zone) => When::Zoned(local, zone),
                    _ => When::Utc(local),
                };
                last.instant().format("%Y%m%dT%H%M%SZ").to_string()
            }
        };
        assert_eq!(until, expected, "{event}");
    }
    assert!(timed > 10 && days > 0);
}

#[test]
fn line_56_a_new_weekly_time_is_a_new_uid_and_the_past_stays_true() {
    const CHANGED: &str = "+++\ntitle = \"Weekly call\"\n\
        updated = 2026-11-20T00:00:00Z\n\
        [[slot]]\nfrom = 2026-10-01\nuntil = 2026-11-30\nevery = \"week\"\non = \"Thursday\"\n\
        at = \"10:00\"\n\
        [[slot]]\nfrom = 2026-12-01\nevery = \"week\"\non = \"Tuesday\"\nat = \"14:00\"\n+++\n";
    let as_of = "2026-11-24T12:00:00Z";
    let before = calendar_of(&weekly(&[]), as_of);
    let after = calendar_of(&weekly(&[("meetings/weekly/series.md", CHANGED)]), as_of);
    let old = before.children("VEVENT").next().unwrap();
    let [kept, new] =
        after.components.iter().filter(|c| c.name == "VEVENT").collect::<Vec<_>>()[..]
    else {
        panic!("{after:?}")
    };
    for name in ["UID", "DTSTART", "DTEND", "SUMMARY"] {
        assert_eq!(old.value(name), kept.value(name), "{name}");
    }
    let rule = old.value("RRULE").unwrap();
    assert_eq!(kept.value("RRULE").unwrap(), format!("{rule};UNTIL=20261126T180000Z"));
    assert_ne!(new.value("UID"), kept.value("UID"));
    assert_eq!(new.when("DTSTART").unwrap().date().to_string(), "2026-12-01");
    assert!(kept.when("LAST-MODIFIED") > old.when("LAST-MODIFIED"));
}

/// What is cancelled is not in a calendar at all (line 54); only a copy of one meeting, which people
/// may have kept, says so.
#[test]
fn line_57_what_is_in_a_calendar_takes_place() {
    for event in events() {
        let cancelled = event.occurrence().is_some_and(|o| o.status == Status::Cancelled);
        let status = event.component.value("STATUS");
        match event.calendar.is_copy() && cancelled {
            true => assert_eq!(status, Some("CANCELLED"), "{event}"),
            false => assert_eq!(status, Some("CONFIRMED"), "{event}"),
        }
        assert!(!cancelled || event.calendar.is_copy(), "{event}");
    }
}

/// A whole day is free time, or it would block everything else that day; so is a copy of what is
/// cancelled.
#[test]
fn line_58_meetings_are_busy_time_and_public() {
    let mut days = 0;
    for event in events() {
        let is_day = matches!(event.start(), When::Date(_));
        let is_free = is_day || event.component.value("STATUS") == Some("CANCELLED");
        let expected = if is_free { "TRANSPARENT" } else { "OPAQUE" };
        assert_eq!(event.component.value("TRANSP"), Some(expected), "{event}");
        assert_eq!(event.component.value("CLASS"), Some("PUBLIC"), "{event}");
        days += usize::from(is_day);
    }
    assert!(days > 0);
}

#[test]
fn line_59_nobody_is_invited_and_nothing_rings() {
    for event in events() {
        assert_eq!(event.component.all("ATTENDEE").count(), 0, "{event}");
        assert_eq!(event.component.children("VALARM").count(), 0, "{event}");
    }
}

#[test]
fn line_60_the_summary_is_the_title_in_plain_text() {
    for event in events() {
        let summary = event.component.text("SUMMARY").unwrap();
        let title = match (event.occurrence(), event.slot()) {
            (Some(occurrence), _) => occurrence.title().to_string(),
            (None, Some((series, _))) => series.title.to_string(),
            (None, None) => panic!("{event} is of no slot"),
        };
        assert_eq!(summary, title, "{event}");
        assert!(!summary.chars().any(char::is_control), "{event}");
        assert!(event.component.get("SUMMARY").unwrap().parameters.is_empty(), "{event}");
    }
}
