//! Pages, as a reader sees them.

use crate::sample::*;
use chrono::{DateTime, TimeDelta, Weekday};
use convene::model::{Change, Community, Line, MonthDay, NthWeekday, Page, Rule, Slot, Zone};
use convene::publish::{Resource, Snapshot, build};
use convene::render::html::redirect;

const NOW: &str = "2026-11-23T21:00:00Z";
const THANKSGIVING: &str = "2026-11-26T10:00:00";
const CALLS: &str = "/meetings/oci-weekly/";
const EVENTS: &str = "/meetings/oci-events/";

fn text_of<'a>(snapshot: &'a Snapshot, path: &str) -> &'a str {
    match snapshot.get(path) {
        Some(Resource::Document(document)) => std::str::from_utf8(document.body()).unwrap(),
        other => panic!("nothing at {path}: {other:?}"),
    }
}

fn page_at(community: &Community, path: &str, now: &str) -> String {
    text_of(&build(community, utc(now)), path).to_owned()
}

fn page(community: &Community, path: &str) -> String {
    page_at(community, path, NOW)
}

/// Every page but the one for frames, of which `embeds` says what it may do, and the present month,
/// which is there once more.
fn pages(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &str)> {
    let is_page = |(path, _): &(&str, &Resource)| {
        path.ends_with('/') && !["/embed/", "/calendar/"].contains(path)
    };
    snapshot.iter().filter(is_page).map(|(path, _)| (path, text_of(snapshot, path)))
}

/// The values of an attribute, wherever it is, with HTML's escapes undone.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let parts = html.split(&start).skip(1);
    let value = |part: &str| part.split('"').next().unwrap().replace("&amp;", "&");
    parts.map(value).collect()
}

/// What a reader sees, with one space between pieces of text.
fn visible(html: &str) -> String {
    let body = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let pieces = body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    let text: String = pieces.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&")
}

#[track_caller]
fn shows(html: &str, text: &str) {
    assert!(visible(html).contains(text), "{text:?} is not in {:?}", visible(html));
}

#[track_caller]
fn hides(html: &str, text: &str) {
    assert!(!visible(html).contains(text), "{text:?} is in {:?}", visible(html));
}

/// Whether every element is closed in the order it was opened.
fn check_nesting(path: &str, html: &str) {
    const VOID: [&str; 6] = ["meta", "link", "br", "hr", "input", "!DOCTYPE"];
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let name = tag.split(['>', ' ', '\n']).next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "in {path}"),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?} is open in {path}");
}

/// Every kind of meeting at once, with text that wants to be more.
fn busy() -> Community {
    let mut c = community();
    let hostile = "<script>alert(1)</script> & \"friends\"";
    exception(&mut c, "2026-12-10T10:00:00").change =
        moved("2026-12-11T09:00:00", "2026-11-21T18:00:00Z");
    let dropped = exception(&mut c, "2026-12-17T10:00:00");
    dropped.change = cancelled(hostile, "2026-11-21T18:00:00Z");
    dropped.details.get_or_insert_default().note =
        markdown("[x](javascript:alert(2)) <img src=//evil.example onerror=x>");
    exception(&mut c, "2026-11-19T10:00:00").record =
        recorded(&["https://youtu.be/a", "https://youtu.be/b"], "2026-11-19T23:30:00Z");
    let mut summit = added(&slug("oci-events"), "2026-12-02T13:00:00", "2026-11-10T00:00:00Z");
    summit.details.title = Some(line(hostile));
    events(&mut c).added.insert(summit.start, summit);
    c.pages.push(Page {
        path: "/about/".to_owned(),
        title: line("About <us>"),
        aliases: Vec::new(),
        toc: false,
        body: markdown("# Big\n\n## Big\n\n### Small {#own}\n\n<script>alert(3)</script>"),
    });
    c
}

#[test]
fn every_page_is_whole_and_asks_nothing_of_others() {
    let snapshot = build(&busy(), utc(NOW));
    let all: Vec<_> = pages(&snapshot).collect();
    assert!(all.len() > 50, "there are {} pages", all.len());
    for (path, html) in all {
        check_nesting(path, html);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        for needed in ["<title>", "name=\"description\"", "name=\"viewport\"", "<main id=\"main\">"]
        {
            assert!(html.contains(needed), "no {needed} in {path}");
        }
        // `machines` looks at what is for programs alone, which is never run.
        let html = html.replace("<script type=\"application/ld+json\">", "<data>");
        let own = "<script type=\"module\" src=\"/page.js\"></script>";
        assert_eq!(html.matches(own).count(), 1, "{path}");
        let html = html.replace(own, "");
        for bad in ["<script", "<style", " style=", " onerror", "javascript:", "<img", " src="] {
            assert!(!html.contains(bad), "{bad} in {path}");
        }
        let canonical =
            format!("rel=\"canonical\" href=\"https://calendar.opencontainers.org{path}\"");
        assert!(html.contains(&canonical), "{path}");
    }
}

#[test]
fn every_link_within_the_site_leads_somewhere() {
    let snapshot = build(&busy(), utc(NOW));
    for (path, html) in pages(&snapshot) {
        let ids = values(html, "id");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "an id is there twice in {path}");
        for href in values(html, "href") {
            if let Some(id) = href.strip_prefix('#') {
                assert!(ids.iter().any(|i| i == id), "{path} links to {href}");
            } else if href.starts_with('/') {
                let target = href.split('#').next().unwrap();
                assert!(snapshot.get(target).is_some(), "{path} links to {href}");
            }
        }
    }
}

#[test]
fn calendars_and_readers_find_the_feeds_of_the_page_first() {
    let html = page(&busy(), CALLS);
    let head = html.split("</head>").next().unwrap();
    let alternates: Vec<_> = head
        .split("<link ")
        .filter(|link| link.contains("rel=\"alternate\""))
        .map(|link| format!(" {link}"))
        .map(|link| (values(&link, "type").remove(0), values(&link, "href").remove(0)))
        .collect();
    let expected = [
        ("text/calendar", "/meetings/oci-weekly.ics"),
        ("application/calendar+json", "/meetings/oci-weekly.jcal.json"),
        ("application/calendar+xml", "/meetings/oci-weekly.xcal.xml"),
        ("application/jscalendar+json", "/meetings/oci-weekly.jscal.json"),
        ("application/rss+xml", "/meetings/oci-weekly/feed.xml"),
        ("application/atom+xml", "/meetings/oci-weekly/feed.atom"),
        ("application/feed+json", "/meetings/oci-weekly/feed.json"),
        ("text/calendar", "/oci.ics"),
        ("application/rss+xml", "/feed.xml"),
        ("application/atom+xml", "/feed.atom"),
        ("application/feed+json", "/feed.json"),
    ];
    let expected = expected.map(|(media_type, href)| (media_type.to_owned(), href.to_owned()));
    assert_eq!(alternates, expected);
}

#[test]
fn deep_links_open_the_dialogues_of_the_big_calendars() {
    let hrefs = values(&page(&community(), CALLS), "href");
    let ics = "calendar.opencontainers.org%2Fmeetings%2Foci-weekly.ics";
    let name = "OCI%20weekly%20discussion";
    for expected in [
        format!("https://calendar.google.com/calendar/u/0/r?cid=webcal%3A%2F%2F{ics}"),
        format!(
            "https://outlook.live.com/calendar/0/addfromweb/?url=https%3A%2F%2F{ics}&name={name}"
        ),
        format!(
            "https://outlook.office.com/calendar/0/addfromweb/?url=https%3A%2F%2F{ics}&name={name}"
        ),
        "webcal://calendar.opencontainers.org/meetings/oci-weekly.ics".to_owned(),
        "/meetings/oci-weekly.ics".to_owned(),
        "/meetings/oci-weekly/feed.xml".to_owned(),
    ] {
        assert!(hrefs.contains(&expected), "no {expected} among {hrefs:#?}");
    }
    shows(
        &page(&community(), CALLS),
        "https://calendar.opencontainers.org/meetings/oci-weekly.ics",
    );
}

#[test]
fn the_next_meeting_comes_first_with_a_hint_of_the_holiday() {
    let html = page(&community(), "/");
    shows(
        &html,
        "Next meeting OCI weekly discussion Thursday 26 November 2026 10:00–11:00 PST · 18:00–19:00 UTC",
    );
    shows(&html, "Thursday 26 November is a holiday (Thanksgiving Day).");
    let hrefs = values(&html, "href");
    assert!(hrefs.contains(&"https://zoom.us/my/opencontainers".to_owned()));
}

#[test]
fn somebody_has_thought_of_the_holiday() {
    let mut c = community();
    exception(&mut c, THANKSGIVING).change = Some(Box::new(Change::Kept));
    hides(&page(&c, "/"), "holiday");
    shows(&page(&c, "/meetings/oci-weekly/2026-11-26/"), "it was decided to meet all the same");
}

#[test]
fn a_cancelled_meeting_is_never_the_next_one() {
    let mut c = community();
    exception(&mut c, THANKSGIVING).change = cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    let html = page(&c, "/");
    shows(&html, "Next meeting OCI weekly discussion Thursday 3 December 2026");
    shows(&html, "OCI weekly discussion on Thu 26 Nov 2026 is cancelled: US Thanksgiving");
    hides(&html, "is a holiday");

    let html = page(&c, "/meetings/oci-weekly/2026-11-26/");
    shows(&html, "Cancelled : US Thanksgiving Announced Friday 20 November 2026, 18:00 UTC");
    let hrefs = values(&html, "href");
    assert!(!hrefs.iter().any(|href| href.contains("zoom.us")), "nobody is sent into it");
}

#[test]
fn a_moved_meeting_shows_both_times() {
    let html = page(&busy(), "/meetings/oci-weekly/2026-12-10/");
    shows(&html, "Friday 11 December 2026 09:00–10:00 PST · 17:00–18:00 UTC");
    shows(&html, "Moved from Thursday 10 December 2026, 10:00 PST");
    shows(&page(&busy(), CALLS), "Fri 11 Dec 2026 09:00–10:00 PST · 17:00–18:00 UTC Moved from");
}

#[test]
fn times_in_the_markup_are_the_true_instants() {
    let html = page(&busy(), "/meetings/oci-weekly/2026-12-10/");
    let times = values(&html, "datetime");
    assert_eq!(times[0], "2026-12-11T17:00:00Z", "when it is");
    assert_eq!(times[1], times[0], "in the place of which the reader's own time is shown");
    assert_eq!(times[2], "2026-12-10T18:00:00Z", "when it was planned");
    assert_eq!(times[3], "2026-11-21T18:00:00Z", "when that was announced");
    let summer = page_at(&community(), "/meetings/oci-weekly/2027-07-01/", NOW);
    assert_eq!(values(&summer, "datetime")[0], "2027-07-01T17:00:00Z");
    shows(&summer, "10:00–11:00 PDT · 17:00–18:00 UTC");
    for time in values(&page(&busy(), "/"), "datetime") {
        DateTime::parse_from_rfc3339(&time).unwrap();
    }
}

#[test]
fn clocks_around_the_world_follow_their_own_rules() {
    let path = "/meetings/oci-weekly/2026-10-29/";
    let html = page_at(&community(), path, "2026-10-23T00:00:00Z");
    shows(&html, "US Eastern Thu 29 Oct 13:00 EDT");
    shows(&html, "Central Europe −1 h Thu 29 Oct 18:00 CET");
    shows(&html, "India Thu 29 Oct 22:30 IST");
    shows(&html, "Japan Fri 30 Oct 02:00 JST");
    hides(&page(&community(), path), "Japan");
}

#[test]
fn join_is_offered_until_the_meeting_is_over() {
    let c = community();
    let at = |now| page_at(&c, "/meetings/oci-weekly/2026-11-26/", now);
    let offers = |html: &str| values(html, "href").iter().any(|href| href.contains("zoom.us"));
    assert!(offers(&at("2026-11-26T18:59:59Z")));
    shows(&at("2026-11-26T18:30:00Z"), "Happening now.");
    assert!(!offers(&at("2026-11-26T19:00:00Z")));
    shows(&at("2026-11-26T19:00:00Z"), "This meeting is over.");
    shows(&page_at(&c, "/", "2026-11-26T18:30:00Z"), "Happening now OCI weekly discussion");
}

#[test]
fn pages_stay_the_same_until_the_snapshot_is_stale() {
    let c = busy();
    let first = build(&c, utc(NOW));
    let last = build(&c, first.stale_at().unwrap() - TimeDelta::seconds(1));
    for ((path, one), (_, other)) in pages(&first).zip(pages(&last)) {
        assert_eq!(one, other, "{path}");
    }
}

#[test]
fn what_meetings_left_behind_is_found() {
    let recordings = "Minutes Recording 1 Recording 2";
    let tile = "OCI weekly discussion Thu 19 Nov 2026 Recording 2 Minutes";
    shows(&page(&busy(), "/"), tile);
    shows(&page(&busy(), CALLS), &format!("2026 8 meetings Thu 19 Nov 2026 {recordings}"));
    shows(&page(&busy(), "/meetings/oci-weekly/2026-11-19/"), "Recording 1 Recording 2 Minutes");
}

#[test]
fn neighbours_are_linked_in_time() {
    let html = page(&busy(), "/meetings/oci-weekly/2026-12-10/");
    shows(&html, "Earlier Thu 3 Dec 2026 Later Thu 17 Dec 2026");
}

#[test]
fn a_series_of_single_dates_has_a_page_too() {
    let html = page(&community(), EVENTS);
    shows(&html, "No date is planned.");
    let mut c = busy();
    let start = local("2026-12-02T13:00:00");
    events(&mut c).added.get_mut(&start).unwrap().restored = Some(utc("2026-11-22T00:00:00Z"));
    let html = page(&c, "/meetings/oci-events/2026-12-02/");
    shows(&html, "Cancelled Announced Sunday 22 November 2026, 00:00 UTC");
}

#[test]
fn headings_can_be_linked_to_and_never_clash() {
    let html = page(&busy(), "/about/");
    for heading in ["<h2 id=\"big\">", "<h2 id=\"big-1\">", "<h3 id=\"own\">"] {
        assert!(html.contains(heading), "no {heading} in {html}");
    }
    let mut c = community();
    c.pages[0].body = markdown("## Subscribe\n\n## Chat\n");
    let html = page(&c, "/");
    assert!(html.contains("<h3 id=\"subscribe-1\">"), "the page has a section of that name");
    shows(&html, "On this page Subscribe Chat");
}

#[test]
fn links_of_the_community_stay_as_they_are() {
    let html = page(&community(), CALLS);
    assert!(html.contains("href=\"/meetings/oci-events/\""));
    assert_eq!(values(&html, "content")[1], "The weekly call. See the events.", "for searches");
}

#[test]
fn an_alias_leads_to_its_page() {
    let c = community();
    let snapshot = build(&c, utc(NOW));
    let Some(Resource::Redirect { to, page }) = snapshot.get("/community") else {
        panic!("no redirect at /community")
    };
    assert_eq!(to, "/");
    let html = std::str::from_utf8(page.body()).unwrap();
    assert_eq!(html, redirect(&c, "/"));
    check_nesting("/community", html);
    assert!(html.contains("content=\"0; url=/\""));
    assert!(html.contains("rel=\"canonical\" href=\"https://calendar.opencontainers.org/\""));
}

#[test]
fn rules_are_said_in_words() {
    let thursday = |interval| Rule::Weekly { interval, weekdays: vec![Weekday::Thu] };
    let nth = |nth, day| MonthDay::Weekdays(vec![NthWeekday::new(nth, day).unwrap()]);
    let numbers = |numbers: &[u32]| MonthDay::Numbers(numbers.to_vec());
    let monthly = |interval, day| Rule::Monthly { interval, day };
    for (rule, words) in [
        (thursday(1), "Every Thursday at 10:00 Pacific, since 1 October 2026"),
        (thursday(2), "Every 2 weeks on Thursday at 10:00"),
        (
            Rule::Weekly { interval: 1, weekdays: vec![Weekday::Mon, Weekday::Wed, Weekday::Thu] },
            "Every Monday, Wednesday and Thursday at 10:00",
        ),
        (monthly(1, nth(1, Weekday::Thu)), "First Thursday of every month at 10:00"),
        (monthly(3, nth(-1, Weekday::Thu)), "Every 3 months on the last Thursday at 10:00"),
        (monthly(1, numbers(&[1, 22])), "1st and 22nd of every month at 10:00"),
        (
            Rule::Yearly { interval: 1, month: 10, day: numbers(&[13]) },
            "Every year on the 13th of October at 10:00",
        ),
    ] {
        let mut c = community();
        calls(&mut c).slots[0].rule = rule;
        shows(&page(&c, CALLS), words);
    }
}

#[test]
fn earlier_times_of_a_series_are_kept_apart() {
    let mut c = community();
    let mut old: Slot = weekly(&slug("oci-weekly"), "2026-01-07", Weekday::Wed, "14:00:00");
    old.until = Some(day("2026-09-30"));
    old.zone = Zone::UTC;
    calls(&mut c).slots.insert(0, old);
    let html = page(&c, CALLS);
    shows(&html, "Earlier times Every Wednesday at 14:00 UTC, 7 January 2026 to 30 September 2026");
    shows(&page(&c, "/meetings/oci-weekly/2026-01-07/"), "14:00–15:00 UTC This meeting is over.");
}

#[test]
fn whole_days_have_no_clock() {
    let mut c = community();
    let mut days = added(&slug("oci-events"), "2026-12-03", "2026-11-10T00:00:00Z");
    days.lasts = TimeDelta::days(2);
    events(&mut c).added.insert(days.start, days);
    let html = page(&c, "/meetings/oci-events/2026-12-03/");
    shows(&html, "Thursday 3 December 2026 until Friday 4 December 2026");
    assert_eq!(values(&html, "datetime")[0], "2026-12-03");
    hides(&html, "PST");
}

#[test]
fn a_long_meeting_says_on_which_day_it_ends() {
    let mut c = community();
    exception(&mut c, THANKSGIVING).details.get_or_insert_default().lasts =
        Some(TimeDelta::hours(26));
    let html = page(&c, "/meetings/oci-weekly/2026-11-26/");
    shows(&html, "10:00 to Fri 27 Nov, 12:00 PST · 18:00 to Fri 27 Nov, 20:00 UTC");
}

#[test]
fn a_community_may_have_nothing_planned() {
    let mut c = community();
    calls(&mut c).slots.clear();
    let html = page(&c, "/");
    shows(&html, "Coming up No meetings are planned. Subscribe");
    hides(&html, "Next meeting");
}

#[test]
fn both_colour_schemes_are_there_and_nothing_is_fetched() {
    let style = page(&community(), "/style.css");
    assert!(style.contains("prefers-color-scheme: dark"));
    assert!(!style.contains("url(") && !style.contains("@import"));
    let long = Line::new(&"W".repeat(500)).unwrap();
    let mut c = community();
    calls(&mut c).title = long;
    check_nesting("/", &page(&c, "/"));
}

#[test]
fn a_meetings_page_shows_its_agenda() {
    let mut c = community();
    let path = "/meetings/oci-weekly/2026-11-26/";
    hides(&page(&c, path), "Elections");
    let details = exception(&mut c, THANKSGIVING).details.get_or_insert_default();
    details.topics = vec![line("Elections"), line("<b>Signing</b>")];
    let html = page(&c, path);
    shows(&html, "Agenda Elections &lt;b&gt;Signing&lt;/b&gt; Around the world");
    let many = (1..=45).map(|i| line(&format!("Topic number {i}"))).collect();
    exception(&mut c, THANKSGIVING).details.get_or_insert_default().topics = many;
    let html = page(&c, path);
    shows(&html, "Topic number 40 and 5 more");
    check_nesting(path, &html);
}

#[test]
fn the_exact_lines_for_bots_are_there_to_copy() {
    for (path, folder) in [("/", "/"), (CALLS, CALLS)] {
        let html = page(&busy(), path);
        let address = format!("https://calendar.opencontainers.org{folder}reminders.xml");
        shows(&html, &format!("/feed subscribe {address}"));
        shows(&html, &format!("!hookshot feed {address}"));
    }
    let hrefs = values(&page(&busy(), "/"), "href");
    for format in ["/feed.xml", "/feed.atom", "/feed.json", "/follow.opml"] {
        assert!(hrefs.iter().any(|href| href == format), "no {format}");
    }
}
