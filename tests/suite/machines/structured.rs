//! JSON-LD.

use super::{canonical, pages, vocabulary};
use crate::golden::communities;
use crate::sample::*;
use crate::support::text;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};
use convene::model::*;
use convene::publish::{Snapshot, build};
use convene::schedule::{Occurrence, Status, occurrences};
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T21:00:00Z";
const CALLS: &str = "/meetings/oci-weekly/";
const OPEN: &str = "<script type=\"application/ld+json\">";

/// What a page has for programs, as it is written; beside it is the page's one script.
fn written(html: &str) -> &str {
    assert_eq!(html.to_ascii_lowercase().matches("<script").count(), 2, "{html}");
    let (_, after) = html.split_once(OPEN).unwrap();
    after.split_once("</script>").unwrap().0
}

fn parsed(html: &str) -> Value {
    serde_json::from_str(written(html)).unwrap()
}

fn at(community: &Community, path: &str) -> Value {
    parsed(text(&build(community, utc(NOW)), path))
}

/// Whether the page at the occurrence's path says of it what the schedule says.
fn check_meeting(snapshot: &Snapshot, site: &Site, occurrence: &Occurrence<'_>) {
    let path = occurrence.path();
    if snapshot.get(&path).is_none() {
        return;
    }
    let event = parsed(text(snapshot, &path));
    let status = match occurrence.status {
        Status::Cancelled => "EventCancelled",
        Status::Confirmed if occurrence.is_moved() => "EventRescheduled",
        Status::Confirmed => "EventScheduled",
    };
    assert_eq!(event["@type"], "Event", "{path}");
    assert_eq!(event["eventStatus"], format!("https://schema.org/{status}"), "{path}");
    assert_eq!(event["name"], occurrence.title().as_str(), "{path}");
    assert_eq!(event["url"], site.absolute(&path), "{path}");
    assert_eq!(event["organizer"]["name"], site.name.as_str(), "{path}");
    assert_eq!(event["superEvent"]["name"], occurrence.series.title.as_str(), "{path}");
    assert_eq!(event.get("previousStartDate").is_some(), occurrence.is_moved(), "{path}");
    let ends = [&event["startDate"], &event["endDate"]].map(|end| end.as_str().unwrap());
    match occurrence.start {
        Local::Date(date) => {
            let last = occurrence.end.date() - TimeDelta::days(1);
            assert_eq!(ends, [date.to_string(), last.max(date).to_string()], "{path}");
        }
        Local::DateTime(_) => {
            let instants = ends.map(|end| DateTime::parse_from_rfc3339(end).unwrap().to_utc());
            assert_eq!(instants, [occurrence.utc_start, occurrence.utc_end], "{path}");
        }
    }
    let recordings = event["recordedIn"].as_array().map_or(0, Vec::len);
    assert_eq!(recordings, occurrence.recordings().len(), "{path}");
    let modes = ["join", "location"].map(|what| match what {
        "join" => occurrence.join().is_some(),
        _ => occurrence.location().is_some(),
    });
    let mode = match modes {
        [true, true] => json!("https://schema.org/MixedEventAttendanceMode"),
        [true, false] => json!("https://schema.org/OnlineEventAttendanceMode"),
        [false, true] => json!("https://schema.org/OfflineEventAttendanceMode"),
        [false, false] => Value::Null,
    };
    assert_eq!(event["eventAttendanceMode"], mode, "{path}");
}

#[test]
fn every_page_says_in_schema_orgs_words_what_it_is_about() {
    let mut kinds = std::collections::BTreeMap::new();
    for (name, community, as_of) in communities() {
        let snapshot = build(&community, as_of);
        for (path, html) in pages(&snapshot) {
            let document = parsed(html);
            let things = document["@graph"].as_array().cloned().unwrap_or(vec![document.clone()]);
            for thing in &things {
                vocabulary::check(thing, &format!("{name} {path}"));
                *kinds.entry(thing["@type"].as_str().unwrap().to_owned()).or_insert(0) += 1;
            }
            assert_eq!(document["@context"], "https://schema.org", "{name} {path}");
            let main = things.last().unwrap();
            assert_eq!(main["url"], canonical(html), "{name} {path}");
        }
        for series in &community.series {
            let ahead = as_of + TimeDelta::days(800);
            for occurrence in occurrences(series).take_while(|o| o.utc_start < ahead) {
                check_meeting(&snapshot, &community.site, &occurrence);
            }
        }
    }
    assert!(kinds["Event"] > 1000, "{kinds:?}");
    assert!(kinds["EventSeries"] > 20 && kinds["WebSite"] > 10, "{kinds:?}");
}

#[test]
fn the_home_page_is_the_site_of_the_organisation() {
    let home = at(&community(), "/");
    let [organization, site] = home["@graph"].as_array().unwrap().as_slice() else {
        panic!("{home}")
    };
    assert_eq!(organization["@type"], "Organization");
    assert_eq!(organization["name"], "Open Container Initiative");
    assert_eq!(site["@type"], "WebSite");
    assert_eq!(site["publisher"]["@id"], organization["@id"]);
    let meeting = at(&community(), "/meetings/oci-weekly/2026-12-03/");
    assert_eq!(meeting["organizer"]["@id"], organization["@id"], "one organisation everywhere");
    assert_eq!(meeting["superEvent"]["@id"], at(&community(), CALLS)["@id"]);
}

#[test]
fn offsets_follow_the_clock_of_the_zone() {
    let winter = at(&community(), "/meetings/oci-weekly/2027-03-11/");
    assert_eq!(winter["startDate"], "2027-03-11T10:00:00-08:00");
    assert_eq!(winter["endDate"], "2027-03-11T11:00:00-08:00");
    let summer = at(&community(), "/meetings/oci-weekly/2027-03-18/");
    assert_eq!(summer["startDate"], "2027-03-18T10:00:00-07:00");

    let mut c = community();
    let slot = &mut calls(&mut c).slots[0];
    slot.zone = Zone::new("Asia/Kathmandu").unwrap();
    assert_eq!(
        at(&c, "/meetings/oci-weekly/2026-12-03/")["startDate"],
        "2026-12-03T10:00:00+05:45"
    );
}

/// The clock goes back at 2:00 while the meeting goes on, and forward over the start of another.
#[test]
fn a_meeting_across_a_change_of_the_clock_has_two_offsets() {
    let mut c = community();
    let night = weekly(&slug("oci-weekly"), "2026-10-04", Weekday::Sun, "00:30:00");
    calls(&mut c).slots = vec![Slot { lasts: TimeDelta::hours(3), ..night }];
    let event = at(&c, "/meetings/oci-weekly/2026-11-01/");
    assert_eq!(event["startDate"], "2026-11-01T00:30:00-07:00");
    assert_eq!(event["endDate"], "2026-11-01T02:30:00-08:00");

    calls(&mut c).slots[0].at = Some("02:30:00".parse().unwrap());
    let event = at(&c, "/meetings/oci-weekly/2027-03-14/");
    assert_eq!(event["startDate"], "2027-03-14T03:30:00-07:00", "as the clock shows it");
}

#[test]
fn a_cancelled_meeting_is_cancelled_and_a_moved_one_says_from_when() {
    let mut c = community();
    exception(&mut c, "2026-11-26T10:00:00").change =
        cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    let to_berlin = Change::Moved {
        to: local("2026-12-11T18:00:00"),
        zone: Zone::new("Europe/Berlin").unwrap(),
        announced: utc("2026-11-21T18:00:00Z"),
        restored: None,
    };
    exception(&mut c, "2026-12-10T10:00:00").change = Some(Box::new(to_berlin));
    let event = at(&c, "/meetings/oci-weekly/2026-11-26/");
    assert_eq!(event["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(event["startDate"], "2026-11-26T10:00:00-08:00");
    let event = at(&c, "/meetings/oci-weekly/2026-12-10/");
    assert_eq!(event["eventStatus"], "https://schema.org/EventRescheduled");
    assert_eq!(event["startDate"], "2026-12-11T18:00:00+01:00");
    assert_eq!(event["previousStartDate"], "2026-12-10T10:00:00-08:00");
    let off = &at(&c, CALLS)["eventSchedule"][0]["exceptDate"];
    assert_eq!(*off, json!(["2026-11-26", "2026-12-10"]), "the rule gives them no more");
}

#[test]
fn whole_days_are_dates_and_the_last_is_included() {
    let mut c = community();
    let mut summit = added(&slug("oci-events"), "2026-12-02", "2026-11-10T00:00:00Z");
    summit.lasts = TimeDelta::days(3);
    summit.details.location = Some(line("Salt Palace, Salt Lake City"));
    events(&mut c).added.insert(summit.start, summit);
    events(&mut c).join = None;
    let event = at(&c, "/meetings/oci-events/2026-12-02/");
    assert_eq!([&event["startDate"], &event["endDate"]], ["2026-12-02", "2026-12-04"]);
    assert_eq!(event["eventAttendanceMode"], "https://schema.org/OfflineEventAttendanceMode");
    assert_eq!(event["location"][0]["name"], "Salt Palace, Salt Lake City");
}

fn schedule_of(rule: Rule, at_time: Option<&str>) -> Value {
    let mut c = community();
    let slot = &mut calls(&mut c).slots[0];
    slot.rule = rule;
    slot.at = at_time.map(|at| at.parse::<NaiveTime>().unwrap());
    if slot.at.is_none() {
        slot.lasts = TimeDelta::days(2);
    }
    at(&c, CALLS)["eventSchedule"].clone()
}

#[test]
fn a_schedule_says_a_rule_exactly_or_not_at_all() {
    let thursday = || vec![Weekday::Thu];
    let weekly = schedule_of(Rule::Weekly { interval: 1, weekdays: thursday() }, Some("10:00:00"));
    assert_eq!(
        weekly,
        json!([{
            "@type": "Schedule",
            "startDate": "2026-10-01",
            "startTime": "10:00:00",
            "scheduleTimezone": "America/Los_Angeles",
            "duration": "PT60M",
            "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Thursday"],
        }])
    );
    let first = MonthDay::Weekdays(vec![NthWeekday::new(1, Weekday::Thu).unwrap()]);
    let quarterly = schedule_of(Rule::Monthly { interval: 3, day: first.clone() }, None);
    assert_eq!(
        quarterly,
        json!([{
            "@type": "Schedule",
            "startDate": "2026-10-01",
            "duration": "P2D",
            "repeatFrequency": "P3M",
            "byDay": ["1TH"],
        }])
    );
    let yearly = schedule_of(Rule::Yearly { interval: 1, month: 10, day: first }, None);
    assert_eq!(yearly[0]["repeatFrequency"], "P1Y");
    assert_eq!(yearly[0]["byMonth"], 10);
    let both = vec![Weekday::Mon, Weekday::Thu];
    let unclear = schedule_of(Rule::Weekly { interval: 2, weekdays: both }, Some("10:00:00"));
    assert_eq!(unclear, Value::Null, "where weeks begin cannot be said");
}

/// Text that ends a script, or makes a browser look for its end elsewhere.
const HOSTILE: &str = "</script><!-- <script> <SCRIPT>alert(1)//]]> & \"'\\";

#[test]
fn no_text_gets_out_of_the_script() {
    let mut c = community();
    c.site.name = line(HOSTILE);
    c.site.description = line(HOSTILE);
    let calls = calls(&mut c);
    calls.title = line(HOSTILE);
    calls.location = Some(line(HOSTILE));
    calls.description = markdown("`</script><script>alert(2)</script>`");
    exception(&mut c, "2026-11-26T10:00:00").details.get_or_insert_default().note =
        markdown("`</script><!--`");
    let snapshot = build(&c, utc(NOW));
    let mut seen = 0;
    for (path, html) in pages(&snapshot) {
        assert!(!written(html).contains('<'), "{path}");
        let document = parsed(html);
        seen += usize::from(document["name"] == HOSTILE);
    }
    assert!(seen > 50, "{seen} pages bear the name as it is");
    let event = parsed(text(&snapshot, "/meetings/oci-weekly/2026-11-26/"));
    assert_eq!(event["description"], "</script><!--");
    assert_eq!(event["location"][1]["address"], HOSTILE);
}

/// Search engines compare: what is said must not depend on when it was made.
#[test]
fn nothing_of_it_depends_on_the_present() {
    let path = "/meetings/oci-weekly/2026-12-03/";
    let at_time = |now: DateTime<Utc>| written(text(&build(&community(), now), path)).to_owned();
    assert_eq!(at_time(utc("2026-11-01T00:00:00Z")), at_time(utc("2027-01-01T00:00:00Z")));
}
