//! Lines 8–15, 17–19 and 29: what is in a feed, in every format.

use super::read::Entry;
use super::{Document, Format, SECOND, all, cases, entries, html, ids};
use crate::sample::*;
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::Change;
use convene::render::feed::{Kind, atom, json, rss};
use std::collections::BTreeSet;

fn every_entry() -> impl Iterator<Item = (&'static Document, &'static Entry)> {
    all().iter().flat_map(|document| document.read.entries.iter().map(move |e| (document, e)))
}

/// See also the laws.
#[test]
fn line_08_an_id_is_of_the_meeting_not_of_its_words() {
    for (feed, entry) in every_entry() {
        let domain = &feed.case.community.site.uid_domain;
        let rest = entry.id.strip_prefix(&format!("tag:{domain},")).unwrap();
        let (year, path) = rest.split_once(':').unwrap();
        let parts: Vec<_> = path.split('/').collect();
        let [series, stem, name @ ..] = &parts[..] else { panic!("{feed}: {}", entry.id) };
        assert!(feed.scope.series().any(|s| s.slug.as_str() == *series), "{feed}: {}", entry.id);
        assert!(stem.starts_with(year), "{feed}: {}", entry.id);
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-TZ".contains(c);
        assert!(name.join("").chars().all(is_plain), "{feed}: {}", entry.id);
    }
}

#[test]
fn line_09_cancelled_moved_and_recorded_are_entries_of_their_own() {
    let at = |text: &str| utc(text);
    let mut c = community();
    let date = "2026-11-26T10:00:00";
    let seen = |c: &_, now: &str| -> BTreeSet<String> {
        entries(c, Kind::News, at(now)).into_iter().map(|entry| entry.id).collect()
    };
    let calm = seen(&c, "2026-11-24T00:00:00Z");
    exception(&mut c, date).change = cancelled("A holiday", "2026-11-24T00:00:00Z");
    let gone = seen(&c, "2026-11-24T00:00:00Z");
    let change = exception(&mut c, date).change.as_deref_mut();
    let Some(Change::Cancelled { restored, .. }) = change else { panic!() };
    *restored = Some(at("2026-11-25T00:00:00Z"));
    let back = seen(&c, "2026-11-25T00:00:00Z");
    exception(&mut c, date).record = recorded(&["https://youtu.be/a"], "2026-11-26T22:00:00Z");
    let recorded = seen(&c, "2026-11-26T22:00:00Z");
    let new = |before: &BTreeSet<String>, after: &BTreeSet<String>| -> Vec<String> {
        assert!(before.is_subset(after));
        after.difference(before).map(|id| id.rsplit("26T1000/").next().unwrap().into()).collect()
    };
    assert_eq!(new(&calm, &gone), ["cancelled/20261124T000000Z"]);
    assert_eq!(new(&gone, &back), ["restored/20261125T000000Z"]);
    let new = new(&back, &recorded);
    assert!(new.contains(&"recording".to_owned()), "{new:?}");
}

#[test]
fn line_10_dates_are_of_rfc_822_in_gmt() {
    for feed in all().iter().filter(|document| document.format == Format::Rss) {
        for date in ["pubDate", "lastBuildDate"] {
            let open = format!("<{date}>");
            for text in feed.text.split(&open).skip(1).map(|t| t.split('<').next().unwrap()) {
                // The parser refuses a weekday that is not the date's.
                let moment = DateTime::parse_from_rfc2822(text).unwrap().to_utc();
                let written = moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
                assert_eq!(text, written, "{feed}");
            }
        }
    }
}

#[test]
fn line_11_no_date_is_to_come() {
    for (feed, entry) in every_entry() {
        let now = feed.case.as_of;
        assert!(entry.published <= now, "{feed}: {} is of {}", entry.id, entry.published);
        assert!(entry.updated.is_none_or(|updated| updated <= now), "{feed}: {}", entry.id);
    }
    for feed in all() {
        assert!(feed.read.updated.is_none_or(|updated| updated <= feed.case.as_of), "{feed}");
    }
}

/// The feed a second before has all of an entry's neighbours, and not the entry.
#[test]
fn line_12_the_date_is_when_it_was_first_there() {
    let case = cases().last().unwrap();
    for kind in [Kind::News, Kind::Reminders] {
        let now = entries(&case.community, kind, case.as_of);
        assert!(now.len() > 2, "{kind:?}");
        for entry in now.iter().take(12) {
            let at = |moment| entries(&case.community, kind, moment);
            assert!(ids(&at(entry.published)).contains(&entry.id.as_str()), "{}", entry.id);
            assert!(!ids(&at(entry.published - SECOND)).contains(&entry.id.as_str()));
        }
    }
}

/// The time of the meeting is in the title or at least in the words.
#[test]
fn line_12_the_meetings_time_is_in_the_words() {
    for (feed, entry) in every_entry() {
        let year = entry.id.split([',', ':']).nth(2).unwrap();
        let words = format!("{} {}", entry.title, entry.summary);
        let weekday = ["day ", "tag, ", "woch, ", "日（"];
        assert!(weekday.iter().any(|end| words.contains(end)), "{feed}: {words}");
        let next = (year.parse::<i32>().unwrap() + 1).to_string();
        assert!(words.contains(year) || words.contains(&next), "{feed}: no {year} in {words}");
    }
}

#[test]
fn line_13_the_newest_is_first() {
    for feed in all() {
        let order = |entry: &Entry| std::cmp::Reverse(entry.published);
        assert!(feed.read.entries.is_sorted_by_key(order), "{feed}");
    }
}

#[test]
fn line_14_a_feed_has_at_most_50_entries_and_256_kib() {
    let (mut most, mut largest) = (0, 0);
    for feed in all() {
        most = most.max(feed.read.entries.len());
        largest = largest.max(feed.text.len());
        assert!(feed.text.len() <= 256 * 1024, "{feed}: {} octets", feed.text.len());
    }
    assert_eq!(most, 50);
    assert!(largest > 64 * 1024, "none is large: {largest}");
}

/// The same where every field is as long and as costly to escape as it can be.
#[test]
fn line_14_however_long_the_words_are() {
    for costly in ["\"", "&", "<", "é", "\\", "👩"] {
        let mut c = super::community_of_a_long_time();
        let long = || line(&costly.repeat(500));
        c.site.name = long();
        c.site.description = long();
        calls(&mut c).title = long();
        calls(&mut c).location = Some(long());
        let url = format!("https://a.example/{}", "&'".repeat(900));
        calls(&mut c).join = Some(link(&url));
        calls(&mut c).agenda = Some(link(&url));
        for week in 0..30 {
            let id = (utc("2026-05-07T10:00:00Z") + TimeDelta::days(7 * week)).naive_utc();
            let date = exception(&mut c, &id.format("%Y-%m-%dT%H:%M:%S").to_string());
            date.details.get_or_insert_default().topics = vec![long(); 60];
            date.details.get_or_insert_default().note =
                markdown(&costly.repeat(4000 / costly.len()));
            date.record = recorded(&vec![url.as_str(); 40], "2026-11-20T00:00:00Z");
        }
        for kind in [Kind::News, Kind::Reminders] {
            let feed = super::feed(&c, kind, utc("2026-11-25T19:00:00Z"));
            let texts = [rss::render(&feed), atom::render(&feed), json::render(&feed)];
            let sizes = texts.map(|text| text.len());
            let largest = sizes.into_iter().max().unwrap();
            assert!((10_000..=256 * 1024).contains(&largest), "{costly} {kind:?}: {sizes:?}");
        }
    }
}

/// A note that Markdown makes long, as it names a link once and uses it often.
#[test]
fn line_14_what_is_too_long_for_an_entry_stays_on_the_page() {
    let mut c = community();
    let url = format!("https://a.example/{}", "a".repeat(1900));
    let note = format!("[a]: {url}\n\n{}", "[a] ".repeat(100));
    exception(&mut c, "2026-11-26T10:00:00").details.get_or_insert_default().note = markdown(&note);
    let entries = entries(&c, Kind::News, utc("2026-11-25T19:00:00Z"));
    assert!(entries[0].html.contains("All about this meeting"), "{}", entries[0].html);
    assert!(entries[0].html.len() < 500, "{}", entries[0].html);
    assert!(entries.len() > 5);
}

#[test]
fn line_15_it_is_dated_by_its_newest_entry() {
    for feed in all().iter().filter(|feed| !feed.read.entries.is_empty()) {
        let twin = all().iter().find(|other| {
            let same = other.path == feed.path.replace(".xml", ".atom");
            same && std::ptr::eq(other.case, feed.case)
        });
        let newest = |d: &Document| d.read.entries.iter().filter_map(|e| e.updated).max();
        match feed.format {
            Format::Rss => assert_eq!(feed.read.updated, newest(twin.unwrap()), "{feed}"),
            Format::Atom => assert_eq!(feed.read.updated, newest(feed), "{feed}"),
            Format::Json => assert_eq!(feed.read.updated, None::<DateTime<Utc>>, "{feed}"),
        }
    }
}

/// XML and JSON escape what has to be; the words are as the author wrote them.
#[test]
fn line_17_titles_are_plain_text() {
    let mut nasty = 0;
    for (feed, entry) in every_entry() {
        assert!(!entry.title.contains('\n'), "{feed}: {}", entry.title);
        nasty += usize::from(entry.title.contains("<script>alert(1)</script> & \"A'&amp;\""));
    }
    assert!(nasty > 50);
}

#[test]
fn line_18_html_is_harmless() {
    let known = [
        "p",
        "ul",
        "ol",
        "li",
        "a",
        "strong",
        "em",
        "b",
        "code",
        "br",
        "blockquote",
        "pre",
        "del",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "h2",
        "h3",
        "h4",
        "hr",
    ];
    for (feed, entry) in every_entry() {
        for tag in html::tags(&entry.html) {
            assert!(known.contains(&tag.name), "{feed}: {tag:?}");
            for (name, _) in tag.attributes {
                let fine = ["href", "rel", "id", "align", "start"].contains(&name);
                assert!(fine, "{feed}: {name} in {}", entry.html);
            }
        }
    }
}

#[test]
fn line_19_links_in_html_are_absolute() {
    for (feed, entry) in every_entry() {
        for tag in html::tags(&entry.html) {
            for (name, value) in tag.attributes.iter().filter(|(name, _)| *name == "href") {
                let value = value.replace("&amp;", "&");
                let url =
                    url::Url::parse(&value).unwrap_or_else(|e| panic!("{feed}: {value}: {e}"));
                let schemes = ["https", "http", "mailto"];
                assert!(schemes.contains(&url.scheme()), "{feed}: {name} {value}");
            }
        }
    }
}

/// Every link into the site leads to something that is served.
#[test]
fn line_19_links_to_the_site_are_alive() {
    for (feed, entry) in every_entry() {
        let inside = format!("href=\"{}/", feed.case.community.site.url);
        for rest in entry.html.split(&inside).skip(1) {
            let path = format!("/{}", rest.split(['"', '#']).next().unwrap());
            let exists = feed.case.snapshot.get(&path).is_some();
            // The community's own words and join links may lead elsewhere on the same host.
            assert!(exists || !path.starts_with("/meetings/"), "{feed}: {path}");
        }
    }
}

#[test]
fn line_29_no_control_characters() {
    for feed in all() {
        let bad = feed.text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(bad, None, "{feed}");
        for entry in &feed.read.entries {
            let texts = [&entry.title, &entry.summary, &entry.html];
            let bad = texts.iter().flat_map(|t| t.chars()).find(|c| c.is_control() && *c != '\n');
            assert_eq!(bad, None, "{feed}: {}", entry.id);
        }
    }
}
