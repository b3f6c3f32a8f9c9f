//! The page of all past meetings, the past of a series, and that nothing else can be at their paths.

use crate::golden::communities;
use crate::sample::*;
use crate::support::{files, moment, package, text};
use chrono::{TimeDelta, Weekday};
use convene::content::{SourceFile, parse};
use convene::model::{Added, Community, Rule, Zone};
use convene::publish::build;
use convene::render::html;
use convene::schedule::{AsOf, past};
use std::collections::BTreeSet;

const NOW: &str = "2026-11-23T21:00:00Z";
const CALLS: &str = "/meetings/oci-weekly/";

fn archive(community: &Community, now: &str) -> String {
    html::archive(community, &AsOf::new(utc(now)))
}

/// Each year as its heading has it, whether it is open, and its rows.
fn years(html: &str) -> Vec<(String, bool, Vec<&str>)> {
    let parts = html.split("<details class=\"year\"").skip(1);
    parts
        .map(|part| {
            let part = part.split("</details>").next().unwrap();
            let (head, rows) = part.split_once("</summary>").unwrap();
            let (tag, heading) = head.split_once("<summary>").unwrap();
            (plain(heading), tag.contains("open"), rows.split("<li").skip(1).collect())
        })
        .collect()
}

fn rows(html: &str) -> Vec<&str> {
    years(html).into_iter().flat_map(|(_, _, rows)| rows).collect()
}

/// Where the row's date leads.
fn path_of(row: &str) -> &str {
    let (_, after) = row.split_once("<a class=\"date\" href=\"").unwrap();
    after.split('"').next().unwrap()
}

/// The text of a piece of HTML, with one space between words.
fn plain(html: &str) -> String {
    let text: String = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row<'a>(html: &'a str, day: &str) -> &'a str {
    let day = format!("data-day=\"{day}\"");
    rows(html).into_iter().find(|row| row.contains(&day)).unwrap_or_else(|| panic!("no {day}"))
}

/// The sample with a past: two cancelled, moved and recorded calls among plain ones.
fn eventful() -> Community {
    let mut c = community();
    calls(&mut c).slots[0] = weekly(&slug("oci-weekly"), "2025-10-02", Weekday::Thu, "10:00:00");
    exception(&mut c, "2026-11-12T10:00:00").change = cancelled("KubeCon", "2026-11-01T00:00:00Z");
    exception(&mut c, "2026-11-05T10:00:00").change =
        moved("2026-11-06T11:00:00", "2026-11-01T00:00:00Z");
    exception(&mut c, "2026-10-29T10:00:00").record =
        recorded(&["https://youtu.be/a", "https://youtu.be/b"], "2026-10-30T08:00:00Z");
    let topics = (1..=8).map(|n| line(&format!("Topic {n}"))).collect();
    exception(&mut c, "2026-10-29T10:00:00").details.get_or_insert_default().topics = topics;
    let mut summit: Added = added(&slug("oci-events"), "2026-03-24", "2026-01-10T00:00:00Z");
    summit.details.title = Some(line("Summit"));
    events(&mut c).added.insert(summit.start, summit);
    c
}

#[test]
fn every_past_meeting_is_there_once_and_no_other() {
    let mut seen = 0;
    for (name, community, now) in communities() {
        let as_of = AsOf::new(now);
        let snapshot = build(&community, now);
        let html = text(&snapshot, "/archive/");
        let listed: Vec<_> = rows(html).into_iter().map(path_of).collect();
        let over = |series| past(series, &as_of).into_iter().map(|o| o.path()).collect::<Vec<_>>();
        let mut all = BTreeSet::new();
        for series in &community.series {
            let of_series = over(series);
            let page = text(&snapshot, &format!("/meetings/{}/", series.slug));
            let mut on_page: Vec<_> = rows(page).into_iter().map(path_of).collect();
            on_page.sort_unstable();
            let mut sorted: Vec<_> = of_series.iter().map(String::as_str).collect();
            sorted.sort_unstable();
            assert_eq!(on_page, sorted, "{name}: {}", series.slug);
            all.extend(of_series);
        }
        assert_eq!(listed.len(), all.len(), "{name}");
        assert_eq!(listed.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(), all);
        assert!(listed.iter().all(|path| snapshot.get(path).is_some()), "{name}: each has a page");
        seen += listed.len();
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn years_go_back_from_the_newest_which_is_open() {
    let html = archive(&eventful(), NOW);
    let years = years(&html);
    let headings: Vec<_> = years.iter().map(|(heading, ..)| heading.as_str()).collect();
    assert_eq!(headings, ["2026 48 meetings, 1 cancelled", "2025 13 meetings"]);
    assert_eq!(years.iter().map(|(_, open, _)| *open).collect::<Vec<_>>(), [true, false]);
    for (heading, _, rows) in years {
        let days: Vec<_> = rows.iter().map(|r| r.split("data-day=\"").nth(1).unwrap()).collect();
        assert!(days.windows(2).all(|two| two[0] >= two[1]), "{heading}");
        assert!(days.iter().all(|day| day.starts_with(&heading[..4])), "{heading}");
    }
}

/// A call late on New Year's Eve in California is after one on New Year's morning in Tokyo.
#[test]
fn a_year_begins_once() {
    let mut c = community();
    for (start, zone) in [
        ("2025-12-31T16:30:00", "America/Los_Angeles"),
        ("2026-01-01T09:00:00", "Asia/Tokyo"),
        ("2025-12-30T09:00:00", "Asia/Tokyo"),
    ] {
        let mut meeting = added(&slug("oci-events"), start, "2025-01-10T00:00:00Z");
        meeting.zone = Zone::new(zone).unwrap();
        events(&mut c).added.insert(meeting.start, meeting);
    }
    c.series.truncate(1);
    let html = archive(&c, NOW);
    let headings: Vec<_> = years(&html).into_iter().map(|(heading, ..)| heading).collect();
    assert_eq!(headings, ["2026 1 meeting", "2025 2 meetings"]);
}

#[test]
fn a_row_says_what_became_of_the_meeting() {
    let html = archive(&eventful(), NOW);
    let cancelled = row(&html, "2026-11-12");
    assert!(
        cancelled.starts_with(" class=\"cancelled\"")
            && cancelled.contains("data-has=\"cancelled\"")
    );
    let said = plain(cancelled);
    assert!(said.ends_with("Thu 12 Nov 2026 OCI weekly discussion Cancelled: KubeCon"), "{said}");
    let moved = row(&html, "2026-11-06");
    assert!(moved.contains("data-has=\"moved\""), "{moved}");
    assert!(plain(moved).contains("Moved from Thursday 5 November 2026, 10:00 PST"), "{moved}");
    assert_eq!(path_of(moved), "/meetings/oci-weekly/2026-11-05/");
    let recorded = row(&html, "2026-10-29");
    assert!(recorded.contains("data-has=\"recording minutes\""), "{recorded}");
    let said = plain(recorded);
    assert!(said.ends_with("Topic 6 · and 2 more Minutes Recording 1 Recording 2"), "{said}");
    let summit = plain(row(&html, "2026-03-24"));
    assert!(summit.ends_with("Tue 24 Mar 2026 Summit OCI event"), "{summit}");
    let bare = row(&html, "2026-10-22");
    assert!(!bare.contains("data-has") && !bare.contains("links"), "{bare}");
}

#[test]
fn of_very_many_meetings_the_latest_are_there_and_where_the_others_are() {
    let mut c = community();
    let slot = &mut calls(&mut c).slots[0];
    slot.from = day("2015-01-01");
    let all = (0..7).map(|day| Weekday::try_from(day).unwrap()).collect();
    slot.rule = Rule::Weekly { interval: 1, weekdays: all };
    let html = archive(&c, NOW);
    let rows = rows(&html);
    assert_eq!(rows.len(), 2000);
    assert_eq!(path_of(rows[0]), "/meetings/oci-weekly/2026-11-23/");
    let last = day("2026-11-23") - TimeDelta::days(1999);
    assert_eq!(path_of(rows[1999]), format!("/meetings/oci-weekly/{last}/"));
    assert!(plain(&html).contains("the latest 2000 meetings"), "it says that there are more");
    assert!(html.contains("<a href=\"/#meetings\">each series</a>"));
    assert!(!plain(&archive(&eventful(), NOW)).contains("the latest"), "and only then");
}

#[test]
fn a_community_without_a_past_says_so() {
    let html = archive(&community(), "2026-09-01T00:00:00Z");
    assert!(plain(&html).contains("No meeting has taken place yet."));
    assert!(rows(&html).is_empty() && !html.contains("<form"));
}

#[test]
fn what_can_be_looked_for_is_what_is_there() {
    let options = |html: &str| -> Vec<String> {
        let finder = html.split("id=\"find\"").nth(1).unwrap_or_default();
        finder.split("value=\"").skip(1).map(|v| v.split('"').next().unwrap().to_owned()).collect()
    };
    let c = eventful();
    assert_eq!(
        options(&archive(&c, NOW)),
        ["", "oci-events", "oci-weekly", "", "recording", "minutes", "cancelled", "moved"]
    );
    let snapshot = build(&c, utc(NOW));
    let of_series = options(text(&snapshot, CALLS));
    assert_eq!(
        of_series,
        ["", "recording", "minutes", "cancelled", "moved"],
        "no series to choose"
    );
    let early = archive(&c, "2026-03-01T00:00:00Z");
    assert!(options(&early).is_empty(), "one series, and nothing special");
    assert!(early.contains("<input id=\"find\""));
    assert!(!archive(&c, "2025-11-01T00:00:00Z").contains("<form"), "few are seen at a glance");
}

#[test]
fn a_meeting_is_past_when_it_is_over() {
    let at = |now: &str| {
        let snapshot = build(&eventful(), utc(now));
        (rows(text(&snapshot, "/archive/")).len(), snapshot.stale_at())
    };
    let (during, stale_at) = at("2026-11-19T18:59:59Z");
    assert_eq!(stale_at, Some(utc("2026-11-19T19:00:00Z")));
    assert_eq!(at("2026-11-19T19:00:00Z").0, during + 1);
}

#[test]
fn the_site_leads_to_it() {
    let snapshot = build(&eventful(), utc(NOW));
    let archive = text(&snapshot, "/archive/");
    assert!(archive.contains("<a href=\"/archive/\" aria-current=\"page\">Archive</a>"));
    assert!(text(&snapshot, CALLS).contains("<a href=\"/archive/\">Archive</a>"));
    assert!(text(&snapshot, "/").contains("<a href=\"/archive/\">All past meetings</a>"));
    assert!(text(&snapshot, "/sitemap.xml").contains("/archive/</loc>"));
}

/// The content of a case, with `aliases` of its community page.
fn with_aliases(aliases: &[&str]) -> Vec<SourceFile> {
    let mut files = files(&package("tests/cases/everything-at-once/content"));
    let page = format!("+++\ntitle = \"Home\"\naliases = {aliases:?}\n+++\n");
    let home = files.iter_mut().find(|file| file.path == "community.md").unwrap();
    home.bytes = page.into_bytes();
    files
}

/// So that a new format or page is not forgotten where paths are refused.
#[test]
fn nothing_that_is_published_can_be_somebody_elses() {
    let community = parse(&with_aliases(&[])).unwrap();
    let snapshot = build(&community, moment(NOW));
    let pages: BTreeSet<_> = community.pages.iter().map(|page| page.path.as_str()).collect();
    let own = |(path, _)| Some(path).filter(|path| !pages.contains(path));
    let served = ["/status", "/status.json", "/healthz", "/readyz", "/metrics", "/api/series"];
    let paths: Vec<&str> = snapshot.iter().filter_map(own).chain(served).collect();
    assert!(paths.len() > 60, "{}", paths.len());
    let diagnostics = parse(&with_aliases(&paths)).unwrap_err().to_string();
    let free: Vec<_> = paths
        .into_iter()
        .filter(|path| !diagnostics.contains(&format!("error: `{path}` is Convene's own path\n")))
        .collect();
    assert!(free.is_empty(), "{free:?}");
    let free = ["/meetings/none/", "/old.ics", "/archives/", "/feed.rss", "/tags/none.ics"];
    assert!(parse(&with_aliases(&free)).is_ok());
}
