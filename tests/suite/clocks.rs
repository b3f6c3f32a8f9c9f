//! Where a meeting is earlier or later than usual, while clocks are changed here and not there.

use crate::sample::*;
use crate::support::text;
use chrono::{NaiveDate, TimeDelta};
use convene::model::*;
use convene::publish::build;

const CALLS: &str = "/meetings/oci-weekly/";

/// The page of the meeting on that day, as it is the day before.
fn page(community: &Community, date: NaiveDate) -> String {
    let now = (date - TimeDelta::days(1)).and_hms_opt(0, 0, 0).unwrap().and_utc();
    text(&build(community, now), &format!("{CALLS}{date}/")).to_owned()
}

/// What a page says of unusual times.
fn hints(html: &str) -> Vec<String> {
    let hints = html.split("<span class=\"remark shifted\">").skip(1);
    hints.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// The Thursdays from one day to another on which something is said, and what.
fn said(community: &Community, from: &str, to: &str) -> Vec<(String, Vec<String>)> {
    let days = day(from).iter_days().step_by(7).take_while(|date| *date <= day(to));
    let said = days.map(|date| (date.to_string(), hints(&page(community, date))));
    said.filter(|(_, hints)| !hints.is_empty()).collect()
}

fn in_zone(zone: &str) -> Community {
    let mut c = community();
    calls(&mut c).slots[0].zone = Zone::new(zone).unwrap();
    c
}

fn on(date: &str, hint: &str) -> (String, Vec<String>) {
    (date.to_owned(), vec![hint.to_owned()])
}

#[test]
fn a_meeting_in_america_is_early_in_europe_until_both_have_changed_their_clocks() {
    let early = "One hour earlier than usual in Central Europe";
    let c = community();
    let spring = [on("2027-03-18", early), on("2027-03-25", early)];
    assert_eq!(said(&c, "2027-02-25", "2027-05-06"), spring);
    assert_eq!(said(&c, "2026-10-01", "2026-12-03"), [on("2026-10-29", early)]);
}

#[test]
fn a_meeting_in_europe_is_late_in_america() {
    let late = "One hour later than usual on the US West Coast and on the US East Coast";
    let c = in_zone("Europe/Berlin");
    let spring = [on("2027-03-18", late), on("2027-03-25", late)];
    assert_eq!(said(&c, "2027-02-25", "2027-05-06"), spring);
    assert_eq!(said(&c, "2026-10-01", "2026-12-03"), [on("2026-10-29", late)]);
}

#[test]
fn where_the_clock_is_never_changed_no_time_is_the_usual_one() {
    for zone in ["Asia/Kolkata", "Asia/Tokyo", "UTC"] {
        assert_eq!(said(&in_zone(zone), "2027-02-25", "2027-05-06"), [], "{zone}");
    }
}

#[test]
fn only_what_is_planned_and_to_come_has_a_usual_time() {
    let thursday = "2026-10-29T10:00:00";
    let check =
        |c: &Community| assert_eq!(hints(&page(c, day("2026-10-29"))), Vec::<String>::new());
    let mut c = community();
    exception(&mut c, thursday).change = cancelled("No topics", "2026-10-20T18:00:00Z");
    check(&c);
    exception(&mut c, thursday).change = moved("2026-10-29T09:00:00", "2026-10-20T18:00:00Z");
    check(&c);
    let mut c = community();
    calls(&mut c).slots[0].at = None;
    calls(&mut c).slots[0].lasts = TimeDelta::days(1);
    check(&c);
    let past = build(&community(), utc("2026-10-29T18:00:00Z"));
    assert!(hints(text(&past, "/meetings/oci-weekly/2026-10-29/")).is_empty());
    assert!(hints(text(&past, "/")).is_empty());
}

#[test]
fn it_is_said_wherever_people_look_and_marked_in_the_table() {
    let snapshot = build(&community(), utc("2026-10-26T12:00:00Z"));
    let early = ["One hour earlier than usual in Central Europe"];
    for path in ["/", CALLS, "/meetings/oci-weekly/2026-10-29/"] {
        assert_eq!(hints(text(&snapshot, path)), early, "{path}");
    }
    let marked = text(&snapshot, "/meetings/oci-weekly/2026-10-29/").split("<tr>");
    let marked: Vec<_> = marked.filter(|row| row.contains("\"shift\"")).collect();
    assert!(matches!(marked.as_slice(), [row] if row.contains("Central Europe")), "{marked:?}");
    assert!(marked[0].contains("−1 h"));
}

#[test]
fn feeds_say_it_before_the_meeting() {
    let snapshot = build(&community(), utc("2026-10-29T16:30:00Z"));
    let early = "One hour earlier than usual in Central Europe";
    for path in ["/feed.xml", "/reminders.xml"] {
        let told = text(&snapshot, path).matches(early).count();
        assert!(told > 0, "{path} has nothing of it");
    }
    let later = build(&community(), utc("2026-11-05T16:30:00Z"));
    let reminders =
        text(&later, "/reminders.xml").split("<item>").filter(|item| item.contains("5 November"));
    assert!(
        reminders.clone().count() > 0 && reminders.into_iter().all(|item| !item.contains(early))
    );
}

#[test]
fn every_language_says_it() {
    for (language, hint) in [
        ("de", "Eine Stunde früher als sonst in Mitteleuropa"),
        ("ja", "中央ヨーロッパではいつもより1時間早く始まります"),
    ] {
        let mut c = community();
        c.site.language = line(language);
        assert_eq!(hints(&page(&c, day("2026-10-29"))), [hint]);
    }
}

#[test]
fn an_end_after_the_change_has_the_zone_of_its_own() {
    for (language, written) in [
        ("en", "22:00 CEST–05:00 CET"),
        ("de", "22:00 Uhr MESZ–05:00 Uhr MEZ"),
        ("ja", "22:00 CEST～05:00 CET"),
    ] {
        let mut c = in_zone("Europe/Berlin");
        c.site.language = line(language);
        let calls = calls(&mut c);
        let mut night = weekly(&calls.slug, "2026-10-24", chrono::Weekday::Sat, "22:00");
        night.zone = Zone::new("Europe/Berlin").unwrap();
        night.lasts = TimeDelta::hours(8);
        calls.slots = vec![night];
        let page = page(&c, day("2026-10-24"));
        assert!(page.contains(written), "{language}: {page}");
    }
}
