//! The pages of months: every meeting on each of its days, by the community's clock.

use crate::naive::any_day;
use crate::sample::*;
use crate::support::text;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use convene::model::*;
use convene::publish::{Snapshot, build};
use convene::schedule::{Occurrence, ZoneRules, occurrences};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const NOW: &str = "2026-11-23T21:00:00Z";

/// The months that have a page of their own, in order.
fn months(snapshot: &Snapshot) -> Vec<&str> {
    let names = snapshot.iter().filter_map(|(path, _)| path.strip_prefix("/calendar/"));
    names.filter_map(|name| name.strip_suffix('/')).collect()
}

fn month(community: &Community, name: &str) -> String {
    text(&build(community, utc(NOW)), &format!("/calendar/{name}/")).to_owned()
}

/// Each day's cell as it is written.
fn cells(html: &str) -> BTreeMap<NaiveDate, &str> {
    let cell = |written: &'_ str| written.split("</td>").next().map(str::len);
    let cells = html.split("<td").skip(1).filter_map(|rest| rest.get(..cell(rest)?));
    let dated = |cell: &str| Some(day(cell.split("datetime=\"").nth(1)?.get(..10)?));
    cells.filter_map(|cell| Some((dated(cell)?, cell))).collect()
}

/// What a day shows, with one space between pieces of text.
fn shown(html: &str, date: &str) -> String {
    let cells = cells(html);
    let pieces = cells[&day(date)].split('<').filter_map(|piece| piece.split_once('>'));
    let text: Vec<_> = pieces.map(|(_, text)| text).collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paths of the meetings on each day of a page that has any.
fn on_days(html: &str) -> BTreeMap<NaiveDate, BTreeSet<String>> {
    let paths = |cell: &str| {
        let links = cell.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let days = cells(html).into_iter().map(|(date, cell)| (date, paths(cell)));
    days.filter(|(_, paths)| !paths.is_empty()).collect()
}

/// Whether any of a day's moments by that clock, or the day itself, is one of the meeting's.
fn covers(occurrence: &Occurrence<'_>, date: NaiveDate, rules: &ZoneRules) -> bool {
    let midnight = |date: NaiveDate| rules.to_utc(Local::Date(date).moment());
    match (occurrence.start, occurrence.end) {
        (Local::Date(first), Local::Date(end)) => first <= date && date < end,
        _ => {
            let (begins, ends) = (midnight(date), midnight(date + TimeDelta::days(1)));
            occurrence.utc_start < ends && begins < occurrence.utc_end
        }
    }
}

fn check_against_naive(community: &Community, as_of: DateTime<Utc>) {
    let snapshot = build(community, as_of);
    let rules = ZoneRules::of(community.site.zone);
    let has_page = |o: &Occurrence<'_>| snapshot.get(&o.path()).is_some();
    let all: Vec<_> = community
        .series
        .iter()
        .flat_map(|series| occurrences(series).take_while(has_page))
        .collect();
    let mut seen = BTreeSet::new();
    for name in months(&snapshot) {
        let page = text(&snapshot, &format!("/calendar/{name}/"));
        let days = cells(page);
        assert!(days.len() >= 28 && days.keys().all(|date| date.to_string().starts_with(name)));
        let found = on_days(page);
        for date in days.into_keys() {
            let wanted = all.iter().filter(|o| covers(o, date, rules));
            let wanted: BTreeSet<_> = wanted.map(Occurrence::path).collect();
            assert_eq!(found.get(&date).cloned().unwrap_or_default(), wanted, "{date}");
            seen.extend(wanted);
        }
    }
    let ahead = as_of + TimeDelta::days(330);
    for occurrence in all.iter().filter(|o| o.utc_start < ahead) {
        assert!(seen.contains(&occurrence.path()), "{} is in no month", occurrence.path());
    }
}

fn any_zone() -> impl Strategy<Value = Zone> {
    let zones = [
        "America/Los_Angeles",
        "America/Havana",
        "America/Sao_Paulo",
        "UTC",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
    ];
    select(zones.to_vec()).prop_map(|name| Zone::new(name).unwrap())
}

/// A slot of three months: with a time of day, or of whole days.
fn any_slot() -> impl Strategy<Value = Slot> {
    let minutes = prop_oneof![1..180i64, 1_000..10_000i64];
    (any_day(), any_zone(), any::<bool>(), 0..96u32, minutes).prop_map(
        |(from, zone, timed, quarter, minutes)| {
            let time = NaiveTime::from_hms_opt(quarter / 4, quarter % 4 * 15, 0);
            Slot {
                uid: Uid::of_slot(&slug("a"), from, None, &domain()),
                from,
                until: Some(from + TimeDelta::days(90)),
                rule: Rule::Weekly { interval: 3, weekdays: vec![from.weekday()] },
                at: time.filter(|_| timed),
                zone,
                lasts: if timed {
                    TimeDelta::minutes(minutes)
                } else {
                    TimeDelta::days(1 + minutes % 9)
                },
                revision: 0,
                exceptions: Exceptions::default(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_meeting_is_on_exactly_its_days(slots in proptest::collection::vec(any_slot(), 1..3), zone in any_zone()) {
        let mut c = community();
        c.site.zone = zone;
        c.series = slots.into_iter().zip(["a", "b"]).map(|(slot, name)| {
            Arc::new(Series { slots: vec![slot], ..series(name, "Calls") })
        }).collect();
        let as_of = c.series.iter().map(|series| series.slots[0].from).max().unwrap();
        check_against_naive(&c, as_of.and_hms_opt(12, 0, 0).unwrap().and_utc());
    }
}

#[test]
fn meetings_on_record_are_on_their_days_and_on_no_other() {
    for (_, community, as_of) in crate::golden::communities().skip(1) {
        let (mut least, mut c) = (0, community);
        // What a day does not show is not looked for.
        c.series.retain(|_| {
            least += 1;
            least <= 8
        });
        check_against_naive(&c, as_of);
    }
}

#[test]
fn there_is_a_page_from_the_first_month_to_a_year_ahead_and_none_beyond() {
    let c = community();
    let snapshot = build(&c, utc(NOW));
    let all = months(&snapshot);
    assert_eq!((all.first(), all.last(), all.len()), (Some(&"2026-10"), Some(&"2027-11"), 14));
    let html = |name: &str| text(&snapshot, &format!("/calendar/{name}/")).to_owned();
    assert!(!html("2026-10").contains("rel=\"prev\""));
    assert!(html("2026-10").contains("rel=\"next\" href=\"/calendar/2026-11/\">November 2026<"));
    assert!(html("2027-11").contains("rel=\"prev\" href=\"/calendar/2027-10/\">October 2027<"));
    assert!(!html("2027-11").contains("rel=\"next\""));
    assert!(html("2027-11").contains("href=\"/calendar/2026-11/\">2026<"), "the same, a year ago");
    assert!(html("2027-09").contains("href=\"/calendar/2026-10/\">2026<"), "or the nearest to it");

    let mut c = c;
    calls(&mut c).slots[0].until = Some(day("2026-12-20"));
    assert_eq!(months(&build(&c, utc(NOW))), ["2026-10", "2026-11", "2026-12"]);
}

#[test]
fn the_calendar_turns_at_midnight_of_the_community() {
    let c = community();
    let at = |now: &str| build(&c, utc(now));
    let of = |snapshot: &Snapshot| text(snapshot, "/calendar/").to_owned();
    let (before, after) = (at("2026-12-01T07:59:59Z"), at("2026-12-01T08:00:00Z"));
    assert_eq!(before.stale_at(), Some(utc("2026-12-01T08:00:00Z")));
    assert_eq!(of(&before), text(&before, "/calendar/2026-11/"));
    assert_eq!(of(&after), text(&after, "/calendar/2026-12/"));
    assert!(of(&after).contains(
        "rel=\"canonical\" href=\"https://calendar.opencontainers.org/calendar/2026-12/\""
    ));
    let long_ago = at("2020-01-01T00:00:00Z");
    assert_eq!(of(&long_ago), text(&long_ago, "/calendar/2026-10/"), "the nearest there is");
}

#[test]
fn weeks_begin_as_the_language_has_them() {
    let mut c = community();
    calls(&mut c).slots[0].from = day("2026-01-01");
    let rows = |html: &str| html.matches("<tr>").count() - 1;
    let first = |html: &str| {
        html.split("<abbr title=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(rows(&month(&c, "2027-02")), 4, "28 days since a Monday");
    assert_eq!(rows(&month(&c, "2026-11")), 6, "30 days since a Sunday");
    assert_eq!(first(&month(&c, "2026-11")), "Monday");
    c.site.language = line("ja");
    assert_eq!(rows(&month(&c, "2026-11")), 5);
    assert_eq!(first(&month(&c, "2026-11")), "日曜日");
}

#[test]
fn times_are_by_the_clock_of_the_community_whatever_that_of_the_meeting() {
    let mut c = community();
    assert_eq!(
        shown(&month(&c, "2026-10"), "2026-10-29"),
        "29 Thu 29 Oct 10:00 PDT OCI weekly discussion"
    );
    assert_eq!(
        shown(&month(&c, "2026-11"), "2026-11-05"),
        "5 Thu 5 Nov 10:00 PST OCI weekly discussion"
    );
    calls(&mut c).slots[0].zone = Zone::new("Asia/Tokyo").unwrap();
    let november = month(&c, "2026-11");
    assert_eq!(shown(&november, "2026-11-11"), "11 Wed 11 Nov 17:00 PST OCI weekly discussion");
    assert_eq!(shown(&november, "2026-11-12"), "12");
    calls(&mut c).slots[0].zone = Zone::UTC;
    assert!(shown(&month(&c, "2026-10"), "2026-10-29").contains("03:00 PDT"));
    assert!(shown(&month(&c, "2026-11"), "2026-11-05").contains("02:00 PST"));
}

#[test]
fn what_takes_several_days_is_on_each() {
    let mut c = community();
    calls(&mut c).slots[0].at = Some("22:00:00".parse().unwrap());
    calls(&mut c).slots[0].lasts = TimeDelta::hours(28);
    let mut summit = added(&slug("oci-events"), "2026-11-30", "2026-11-10T00:00:00Z");
    summit.lasts = TimeDelta::days(2);
    events(&mut c).added.insert(summit.start, summit);
    let (november, december) = (month(&c, "2026-11"), month(&c, "2026-12"));
    assert_eq!(shown(&november, "2026-11-05"), "5 Thu 5 Nov 22:00 PST OCI weekly discussion");
    assert_eq!(shown(&november, "2026-11-06"), "6 Fri 6 Nov All day OCI weekly discussion");
    assert_eq!(shown(&november, "2026-11-07"), "7 Sat 7 Nov until 02:00 PST OCI weekly discussion");
    assert_eq!(shown(&november, "2026-11-30"), "30 Mon 30 Nov All day OCI event");
    assert_eq!(shown(&december, "2026-12-01"), "1 Tue 1 Dec All day OCI event");
    assert_eq!(shown(&december, "2026-12-02"), "2");
}

#[test]
fn what_became_of_a_meeting_is_said_in_words() {
    let mut c = community();
    exception(&mut c, "2026-11-26T10:00:00").change =
        cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    exception(&mut c, "2026-11-19T10:00:00").change =
        moved("2026-11-20T09:00:00", "2026-11-10T18:00:00Z");
    let november = month(&c, "2026-11");
    assert_eq!(
        shown(&november, "2026-11-26"),
        "26 Thu 26 Nov Thanksgiving Day 10:00 PST OCI weekly discussion Cancelled: US Thanksgiving"
    );
    assert_eq!(shown(&november, "2026-11-19"), "19", "it is not there any more");
    assert_eq!(
        shown(&november, "2026-11-20"),
        "20 Fri 20 Nov 09:00 PST OCI weekly discussion Moved"
    );
}

#[test]
fn a_day_shows_no_more_than_can_be_read() {
    let mut c = community();
    for n in 0..11 {
        let mut other = series(&format!("other-{n:02}"), "Other call");
        other.slots.push(weekly(&other.slug, "2026-10-01", Weekday::Thu, "08:00:00"));
        c.series.push(Arc::new(other));
    }
    let november = month(&c, "2026-11");
    let day = shown(&november, "2026-11-12");
    assert_eq!(day.matches("08:00 PST Other call").count(), 8);
    assert!(day.ends_with("and 4 more"), "{day}");
    assert!(!day.contains("weekly"), "the earliest are shown");
}

#[test]
fn a_month_may_be_empty_and_a_community_without_meetings_has_none() {
    let mut c = community();
    calls(&mut c).slots[0].until = Some(day("2026-10-01"));
    let mut late = added(&slug("oci-events"), "2026-12-02", "2026-11-10T00:00:00Z");
    late.lasts = TimeDelta::days(1);
    events(&mut c).added.insert(late.start, late);
    assert!(month(&c, "2026-11").contains("There is no meeting in this month."));
    c.series.clear();
    let snapshot = build(&c, utc(NOW));
    assert!(months(&snapshot).is_empty() && snapshot.get("/calendar/").is_none());
    assert!(!text(&snapshot, "/").contains("href=\"/calendar/\""));
}
