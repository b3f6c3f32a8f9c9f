//! Feeds, read back by foreign parsers.

use crate::sample::*;
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::{Change, Community};
use convene::publish::{Resource, build};
use convene::render::Scope;
use feed_rs::model::{Entry, Feed};
use std::collections::BTreeSet;

const NOW: &str = "2026-11-23T21:00:00Z";
const THANKSGIVING: &str = "2026-11-26T10:00:00";

pub(crate) fn text_at(community: &Community, path: &str, now: &str) -> String {
    match build(community, utc(now)).get(path) {
        Some(Resource::Document(document)) => String::from_utf8(document.body().to_vec()).unwrap(),
        other => panic!("nothing at {path}: {other:?}"),
    }
}

/// The feed of all meetings at a moment, as feed-rs reads it.
fn feed_at(community: &Community, now: &str) -> Feed {
    feed_rs::parser::parse(text_at(community, "/feed.xml", now).as_bytes()).unwrap()
}

fn feed(community: &Community) -> Feed {
    feed_at(community, NOW)
}

pub(crate) fn title(entry: &Entry) -> &str {
    &entry.title.as_ref().unwrap().content
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(title).collect()
}

pub(crate) fn ids(feed: &Feed) -> Vec<String> {
    feed.entries.iter().map(|entry| entry.id.clone()).collect()
}

pub(crate) fn entry<'a>(feed: &'a Feed, id_part: &str) -> &'a Entry {
    feed.entries.iter().find(|entry| entry.id.contains(id_part)).unwrap()
}

pub(crate) fn html(entry: &Entry) -> &str {
    entry.content.as_ref().unwrap().body.as_ref().unwrap()
}

/// Cancelled, moved, added, restored and recorded dates around [`NOW`].
fn busy() -> Community {
    let mut c = community();
    exception(&mut c, THANKSGIVING).change = cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    exception(&mut c, "2026-12-10T10:00:00").change =
        moved("2026-12-11T09:00:00", "2026-11-21T18:00:00Z");
    exception(&mut c, "2026-12-17T10:00:00").change = Some(Box::new(Change::Cancelled {
        reason: None,
        announced: utc("2026-11-18T08:00:00Z"),
        restored: Some(utc("2026-11-22T08:00:00Z")),
    }));
    exception(&mut c, "2026-11-19T10:00:00").record =
        recorded(&["https://youtu.be/a", "https://youtu.be/b"], "2026-11-19T23:30:00Z");
    let summit = added(&slug("oci-events"), "2026-12-01T13:00:00", "2026-11-10T00:00:00Z");
    events(&mut c).added.insert(summit.start, summit);
    c
}

#[test]
fn titles_say_what_and_which_date_newest_first() {
    let busy = busy();
    let feed = feed(&busy);
    let expected = [
        "On again: OCI weekly discussion, Thursday 17 December 2026",
        "Moved: OCI weekly discussion, Thursday 10 December 2026, \
         now Friday 11 December 2026, 09:00 PST",
        "Cancelled: OCI weekly discussion, Thursday 26 November 2026 (US Thanksgiving)",
        "Recording: OCI weekly discussion, Thursday 19 November 2026",
        "Agenda open: OCI weekly discussion, Thursday 26 November 2026",
        "Cancelled: OCI weekly discussion, Thursday 17 December 2026",
        "Agenda open: OCI weekly discussion, Thursday 19 November 2026",
        "Added: OCI event, Tuesday 1 December 2026, 13:00 PST",
    ];
    assert_eq!(titles(&feed).get(..8).unwrap(), expected);
    assert!(feed.entries.is_sorted_by_key(|entry| std::cmp::Reverse(entry.published)));
}

#[test]
fn a_date_is_when_it_became_known_and_never_to_come() {
    let feed = feed(&busy());
    let published = |id| entry(&feed, id).published.unwrap();
    assert_eq!(published("2026-11-26T1000/cancelled"), utc("2026-11-20T18:00:00Z"));
    assert_eq!(published("2026-11-26T1000/agenda"), utc("2026-11-19T18:00:00Z"));
    assert_eq!(published("2026-11-19T1000/recording"), utc("2026-11-19T23:30:00Z"));
    assert!(feed.entries.iter().all(|entry| entry.published.unwrap() <= utc(NOW)));
    assert_eq!(feed.updated, Some(utc("2026-11-22T08:00:00Z")), "the newest entry's");
}

#[test]
fn an_agenda_is_announced_a_week_ahead_to_the_second() {
    let calm = community();
    let open = |now: &str| titles(&feed_at(&calm, now)).join("\n").contains("3 December 2026");
    assert!(!open("2026-11-26T17:59:59Z"));
    assert!(open("2026-11-26T18:00:00Z"));
}

#[test]
fn editing_words_changes_no_guid() {
    let before = busy();
    let mut after = before.clone();
    calls(&mut after).title = line("The OCI call");
    calls(&mut after).join = Some(link("https://meet.example/oci"));
    let thanksgiving = exception(&mut after, THANKSGIVING);
    thanksgiving.change = cancelled("a holiday", "2026-11-20T18:00:00Z");
    thanksgiving.details.get_or_insert_default().note = markdown("Happy *holidays*.");
    after.site.url = link("https://meetings.example");
    assert_eq!(ids(&feed(&before)), ids(&feed(&after)));
}

#[test]
fn a_new_fact_is_a_new_entry_beside_the_old_ones() {
    let mut c = busy();
    let before: BTreeSet<_> = ids(&feed(&c)).into_iter().collect();
    let change = exception(&mut c, THANKSGIVING).change.as_deref_mut();
    let Some(Change::Cancelled { restored, .. }) = change else { panic!("it is cancelled") };
    *restored = Some(utc("2026-11-23T20:00:00Z"));
    let feed = feed(&c);
    let after: BTreeSet<_> = ids(&feed).into_iter().collect();
    let new: Vec<_> = after.difference(&before).collect();
    assert_eq!(
        new,
        ["tag:opencontainers.org,2026:oci-weekly/2026-11-26T1000/restored/20261123T200000Z"]
    );
    assert!(before.is_subset(&after), "nothing that readers have seen goes away");
    let old = html(entry(&feed, "2026-11-26T1000/cancelled"));
    assert!(old.contains("This was taken back"), "{old}");
}

#[test]
fn guids_are_tags_and_each_is_there_once() {
    let xml = text_at(&busy(), "/feed.xml", NOW);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let guids: Vec<_> = document.descendants().filter(|n| n.has_tag_name("guid")).collect();
    let texts: BTreeSet<_> = guids.iter().map(|n| n.text().unwrap()).collect();
    assert_eq!(texts.len(), guids.len());
    assert!(guids.iter().all(|n| n.attribute("isPermaLink") == Some("false")));
    assert!(texts.contains("tag:opencontainers.org,2026:oci-weekly/2026-11-19T1000/recording"));
    assert!(
        texts.contains(
            "tag:opencontainers.org,2026:oci-weekly/2026-12-10T1000/moved/20261121T180000Z"
        )
    );
}

#[test]
fn the_channel_has_what_validators_ask_for() {
    let xml = text_at(&busy(), "/meetings/oci-weekly/feed.xml", NOW);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let rss = document.root_element();
    assert_eq!(rss.attribute("version"), Some("2.0"));
    let channel = rss.first_element_child().unwrap();
    let text = |name: &str| {
        let found = channel.children().find(|n| n.tag_name().name() == name);
        found.and_then(|n| n.text()).unwrap_or_else(|| panic!("no {name}"))
    };
    assert_eq!(text("title"), "OCI weekly discussion");
    assert_eq!(text("language"), "en");
    assert_eq!(text("creator"), "Open Container Initiative");
    assert_eq!(text("lastBuildDate"), "Sun, 22 Nov 2026 08:00:00 GMT");
    assert!(text("ttl").parse::<u32>().unwrap() <= 60);
    let myself = channel.children().find(|n| n.attribute("rel") == Some("self")).unwrap();
    let atom = ("http://www.w3.org/2005/Atom", "link");
    assert!(myself.has_tag_name(atom), "the first link is {myself:?}");
    assert_eq!(
        myself.attribute("href"),
        Some("https://calendar.opencontainers.org/meetings/oci-weekly/feed.xml")
    );
}

#[test]
fn every_item_is_whole_and_in_the_order_that_readers_need() {
    let xml = text_at(&busy(), "/feed.xml", NOW);
    let document = roxmltree::Document::parse(&xml).unwrap();
    for item in document.descendants().filter(|n| n.has_tag_name("item")) {
        let names: Vec<_> =
            item.children().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
        let place = |name: &str| names.iter().position(|n| *n == name).unwrap();
        assert!(place("description") < place("encoded"), "{names:?}");
        for needed in ["title", "link", "guid", "pubDate", "creator", "category"] {
            place(needed);
        }
        let date = item.children().find(|n| n.has_tag_name("pubDate")).unwrap().text().unwrap();
        assert!(date.ends_with(" GMT"), "{date}");
        DateTime::parse_from_rfc2822(date).unwrap();
        let categories = item.children().filter(|n| n.has_tag_name("category"));
        let domains: Vec<_> = categories.filter_map(|n| n.attribute("domain")).collect();
        assert!([&["kind", "series"][..], &["kind", "change", "series"]].contains(&&domains[..]));
    }
}

#[test]
fn an_entry_has_the_time_twice_and_every_link() {
    let feed = feed(&busy());
    let recording = html(entry(&feed, "2026-11-19T1000/recording"));
    for part in [
        "Thursday 19 November 2026, 10:00 PST (18:00 UTC)",
        "https://youtu.be/a",
        "https://youtu.be/b",
        "https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg#minutes",
        "https://calendar.opencontainers.org/meetings/oci-weekly/2026-11-19/",
    ] {
        assert!(recording.contains(part), "no {part} in {recording}");
    }
    let cancelled = html(entry(&feed, "2026-11-26T1000/cancelled"));
    assert!(cancelled.contains("US Thanksgiving"));
    assert!(!cancelled.contains("zoom.us"), "nobody is sent into a cancelled call: {cancelled}");
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "]]><script>alert(1)</script> & \"AT&T\" <b>";
    let mut c = busy();
    calls(&mut c).title = line(hostile);
    let thanksgiving = exception(&mut c, THANKSGIVING);
    thanksgiving.change = cancelled(hostile, "2026-11-20T18:00:00Z");
    thanksgiving.details.get_or_insert_default().note = markdown(
        "]]> <script>alert(2)</script> <img src=x onerror=alert(3)> [x](javascript:alert(4))\n\n\
         Control &#1; and &#xfffe; and <b onclick=alert(5)>bold</b>.",
    );
    let xml = text_at(&c, "/feed.xml", NOW);
    roxmltree::Document::parse(&xml).unwrap();
    let feed = feed(&c);
    let cancelled = entry(&feed, "2026-11-26T1000/cancelled");
    assert!(title(cancelled).contains(hostile), "{}", title(cancelled));
    let body = html(cancelled);
    assert!(body.contains("]]&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; "), "{body}");
    for bad in ["<script", "javascript:", "onerror", "onclick", "<img", "\u{1}", "\u{fffe}"] {
        assert!(!body.contains(bad), "{bad:?} in {body}");
    }
    let description = &cancelled.summary.as_ref().unwrap().content;
    assert!(!description.contains("<script"), "readers take it for HTML: {description}");
}

#[test]
fn no_link_in_a_note_is_relative() {
    let mut c = busy();
    exception(&mut c, THANKSGIVING).details.get_or_insert_default().note =
        markdown("[a](/meetings/oci-events/) [b](#here) [c](other) ![d](/e.png)");
    let feed = feed(&c);
    let body = html(entry(&feed, "2026-11-26T1000/cancelled"));
    let page = "https://calendar.opencontainers.org/meetings/oci-weekly/2026-11-26/";
    assert!(body.contains("\"https://calendar.opencontainers.org/meetings/oci-events/\""));
    assert!(body.contains(&format!("\"{page}#here\"")), "{body}");
    assert!(body.contains(&format!("\"{page}other\"")), "{body}");
    for part in body.split("href=\"").skip(1) {
        assert!(part.starts_with("https://"), "{part}");
    }
}

#[test]
fn a_feed_ends_after_fifty_entries() {
    let mut c = community();
    let slot = weekly(&slug("oci-weekly"), "2021-10-07", chrono::Weekday::Thu, "10:00:00");
    calls(&mut c).slots = vec![slot];
    let feed = feed(&c);
    assert_eq!(feed.entries.len(), 50);
    assert!(title(&feed.entries[0]).ends_with("26 November 2026"), "{}", title(&feed.entries[0]));
}

#[test]
fn a_feed_stays_the_same_until_the_snapshot_is_stale() {
    let c = busy();
    let now = utc(NOW);
    let stale_at = build(&c, now).stale_at().unwrap();
    let at = |moment: DateTime<Utc>| text_at(&c, "/feed.xml", &moment.to_rfc3339());
    assert_eq!(at(now), at(stale_at - TimeDelta::seconds(1)));
}

#[test]
fn an_empty_feed_is_dated_by_the_definition() {
    let c = community();
    let xml = text_at(&c, "/meetings/oci-events/feed.xml", NOW);
    let feed = feed_rs::parser::parse(xml.as_bytes()).unwrap();
    assert!(feed.entries.is_empty());
    assert_eq!(feed.updated, Some(utc("2026-01-01T00:00:00Z")));
}

#[test]
fn an_added_meeting_taken_back_is_told_as_cancelled() {
    let mut c = busy();
    let start = local("2026-12-01T13:00:00");
    events(&mut c).added.get_mut(&start).unwrap().restored = Some(utc("2026-11-23T09:00:00Z"));
    let feed = feed(&c);
    assert_eq!(titles(&feed)[0], "Cancelled: OCI event, Tuesday 1 December 2026");
    let words: Vec<_> = feed.entries[0].categories.iter().map(|c| c.term.as_str()).collect();
    assert_eq!(words, ["changed", "cancelled", "oci-events"]);
    let added = entry(&feed, "/added/");
    assert!(html(added).contains("cancelled since"), "{}", html(added));
}

#[test]
fn every_feed_of_oci_is_read_whole() {
    let community = crate::support::oci();
    let snapshot = build(&community, utc(NOW));
    let feeds: Vec<_> = snapshot.iter().filter(|(path, _)| path.ends_with("/feed.xml")).collect();
    assert_eq!(feeds.len(), Scope::all(&community).count());
    for (path, _) in feeds {
        let xml = crate::support::text(&snapshot, path);
        let items = roxmltree::Document::parse(xml).unwrap();
        let items = items.descendants().filter(|node| node.has_tag_name("item")).count();
        let feed = feed_rs::parser::parse(xml.as_bytes()).unwrap();
        assert_eq!(feed.entries.len(), items, "{path}");
        assert!((1..=50).contains(&items), "{path} has {items} entries");
        assert!(feed.entries.iter().all(|entry| entry.published.unwrap() <= utc(NOW)), "{path}");
    }
}

#[test]
fn recordings_that_come_later_are_entries_of_their_own() {
    let mut c = busy();
    let date = exception(&mut c, "2026-11-19T10:00:00");
    let record = date.record.as_mut().unwrap();
    record.published = vec![utc("2026-11-19T23:30:00Z"), utc("2026-11-21T08:00:00Z")].into();
    record.minutes_published = Some(utc("2026-11-20T08:00:00Z"));
    let feed = feed(&c);
    let of_it = "tag:opencontainers.org,2026:oci-weekly/2026-11-19T1000/recording";
    let [later, first] = ["/20261121T080000Z", ""]
        .map(|end| feed.entries.iter().find(|entry| entry.id == format!("{of_it}{end}")).unwrap());
    let on = "OCI weekly discussion, Thursday 19 November 2026";
    assert_eq!(title(first), format!("Recording: {on}"));
    assert_eq!(title(later), format!("Another recording: {on}"));
    for (entry, own, other) in [(first, "a\">Recording 1", "/b"), (later, "b\">Recording 2", "/a")]
    {
        assert!(html(entry).contains(&format!("https://youtu.be/{own}<")), "{}", html(entry));
        assert!(!html(entry).contains(&format!("youtu.be{other}")), "{}", html(entry));
    }
    let minutes = entry(&feed, "2026-11-19T1000/minutes");
    assert_eq!(title(minutes), format!("Minutes: {on}"));
    assert_eq!(minutes.published, Some(utc("2026-11-20T08:00:00Z")));
}

#[test]
fn an_entry_has_the_time_around_the_world_and_the_agenda() {
    let mut c = busy();
    let topics = (1..=25).map(|i| line(&format!("Topic {i} {}", "x".repeat(250)))).collect();
    exception(&mut c, "2026-11-19T10:00:00").record.as_mut().unwrap().topics = topics;
    let feed = feed(&c);
    let recording = html(entry(&feed, "2026-11-19T1000/recording"));
    let times = "10:00 US Pacific · 13:00 US Eastern · 18:00 UTC · 19:00 Central Europe · \
                 23:30 India · Fri 02:00 China · Fri 03:00 Japan";
    assert!(recording.contains(times), "{recording}");
    assert_eq!(recording.matches("<li>Topic ").count(), 20);
    assert!(recording.contains(">and 5 more</a>"), "{recording}");
    assert!(!recording.contains(&"x".repeat(200)), "{recording}");
    let cancelled = html(entry(&feed, "2026-11-26T1000/cancelled"));
    assert!(!cancelled.contains("US Eastern"), "it is at no time: {cancelled}");
}

#[test]
fn a_feed_of_a_series_or_tag_has_nothing_of_others() {
    let mut c = busy();
    calls(&mut c).tags = vec![slug("developer")];
    for folder in ["/meetings/oci-weekly/", "/tags/developer/"] {
        for name in ["feed", "reminders"] {
            let json = text_at(&c, &format!("{folder}{name}.json"), "2026-12-02T19:00:00Z");
            let feed = feed_rs::parser::parse(json.as_bytes()).unwrap();
            assert!(!feed.entries.is_empty(), "{folder}{name}");
            assert!(feed.entries.iter().all(|entry| entry.id.contains(":oci-weekly/")), "{folder}");
        }
    }
}
