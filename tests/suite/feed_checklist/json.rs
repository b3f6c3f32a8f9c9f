//! Lines 41–48: JSON Feed, and that all formats say the same.

use super::{Document, Format, all, in_format};
use serde_json::Value;
use std::collections::BTreeSet;

fn feeds() -> impl Iterator<Item = (&'static Document, Value)> {
    in_format(Format::Json).map(|d| (d, serde_json::from_str(&d.text).unwrap()))
}

fn items(feed: &Value) -> &[Value] {
    feed["items"].as_array().unwrap()
}

#[test]
fn line_41_the_version_is_the_first_of_the_keys() {
    let start = "{\n  \"version\": \"https://jsonfeed.org/version/1.1\",\n  \"title\": ";
    for (feed, json) in feeds() {
        assert!(feed.text.starts_with(start), "{feed}");
        for key in ["title", "feed_url", "home_page_url", "description", "language"] {
            assert!(!json[key].as_str().unwrap().is_empty(), "{feed}: {key}");
        }
        assert_eq!(feed.read.address, feed.case.community.site.absolute(&feed.path), "{feed}");
    }
}

#[test]
fn line_42_ids_are_texts_and_there_once() {
    for (feed, json) in feeds() {
        let ids: BTreeSet<_> =
            items(&json).iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), items(&json).len(), "{feed}");
    }
}

#[test]
fn line_43_each_item_has_content() {
    for (feed, json) in feeds() {
        for item in items(&json) {
            assert!(item["content_html"].as_str().unwrap().starts_with("<p>"), "{feed}");
        }
    }
}

#[test]
fn line_44_authors_are_a_list() {
    for (feed, json) in feeds() {
        let site = &feed.case.community.site;
        assert_eq!(json["authors"][0]["name"], site.name.as_str(), "{feed}");
        assert_eq!(json["authors"][0]["url"], site.url.as_str(), "{feed}");
        assert!(json.get("author").is_none(), "{feed}");
        assert!(items(&json).iter().all(|item| item.get("author").is_none()), "{feed}");
    }
}

#[test]
fn line_45_dates_are_of_rfc_3339_in_utc() {
    for (feed, json) in feeds() {
        for item in items(&json) {
            for key in ["date_published", "date_modified"] {
                let text = item[key].as_str().unwrap();
                let moment = chrono::DateTime::parse_from_rfc3339(text).unwrap();
                assert!(text.ends_with('Z') && moment <= feed.case.as_of, "{feed}: {text}");
            }
        }
    }
}

#[test]
fn line_46_attachments_have_address_and_media_type() {
    for (feed, json) in feeds() {
        for item in items(&json) {
            let [event] = &item["attachments"].as_array().unwrap()[..] else { panic!("{feed}") };
            assert_eq!(event["mime_type"], "text/calendar", "{feed}");
            let event = event["url"].as_str().unwrap();
            assert_eq!(event, format!("{}event.ics", item["url"].as_str().unwrap()), "{feed}");
        }
    }
}

/// There are no extensions: each key is one of the standard.
#[test]
fn line_47_every_key_is_known() {
    let feed_keys = [
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "language",
        "authors",
        "items",
    ];
    let item_keys = [
        "id",
        "url",
        "title",
        "summary",
        "content_html",
        "date_published",
        "date_modified",
        "tags",
        "attachments",
    ];
    for (feed, json) in feeds() {
        assert!(json.as_object().unwrap().keys().all(|k| feed_keys.contains(&&**k)), "{feed}");
        for item in items(&json) {
            assert!(item.as_object().unwrap().keys().all(|k| item_keys.contains(&&**k)), "{feed}");
        }
    }
}

/// Also titles, words, links, dates and HTML, as far as a format has them.
#[test]
fn line_48_all_formats_list_the_same_entries_in_the_same_order() {
    for trio in all().chunks(3) {
        let [rss, atom, json] = trio else { panic!("a feed has three formats") };
        for other in [rss, json] {
            assert_eq!(other.read.title, atom.read.title, "{other}");
            assert_eq!(other.read.description, atom.read.description, "{other}");
            assert_eq!(other.read.language, atom.read.language, "{other}");
            assert_eq!(other.read.home, atom.read.home, "{other}");
            assert_eq!(other.read.authors, atom.read.authors, "{other}");
            assert_eq!(other.read.entries.len(), atom.read.entries.len(), "{other}");
            for (one, two) in other.read.entries.iter().zip(&atom.read.entries) {
                let said = |e: &super::read::Entry| {
                    (e.id.clone(), e.title.clone(), e.url.clone(), e.summary.clone(), e.published)
                };
                assert_eq!(said(one), said(two), "{other}");
                assert_eq!((&one.html, &one.words), (&two.html, &two.words), "{other}");
                assert!(one.updated.is_none() || one.updated == two.updated, "{other}");
            }
        }
    }
}

#[test]
fn line_48_feed_rs_reads_all_formats_alike() {
    for feed in all() {
        let read = feed_rs::parser::parse(feed.text.as_bytes());
        let read = read.unwrap_or_else(|e| panic!("{feed}: {e}"));
        let ids: Vec<_> = read.entries.iter().map(|entry| &entry.id).collect();
        let expected: Vec<_> = feed.read.entries.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids, expected, "{feed}");
        for (theirs, ours) in read.entries.iter().zip(&feed.read.entries) {
            assert_eq!(theirs.published, Some(ours.published), "{feed}");
            assert_eq!(theirs.links[0].href, ours.url, "{feed}");
        }
    }
}
