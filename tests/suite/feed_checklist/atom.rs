//! Lines 32–40: Atom.

use super::read::{ATOM, children, items, only};
use super::{Document, Format, entries, in_format};
use crate::sample::*;
use chrono::DateTime;
use convene::render::feed::Kind;
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

fn feeds() -> impl Iterator<Item = (&'static Document, roxmltree::Document<'static>)> {
    in_format(Format::Atom).map(|d| (d, roxmltree::Document::parse(&d.text).unwrap()))
}

#[test]
fn line_32_feed_and_entries_have_id_title_and_updated() {
    for (feed, xml) in feeds() {
        assert!(xml.root_element().has_tag_name((ATOM, "feed")), "{feed}");
        assert!(feed.text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), "{feed}");
        for node in items(&xml, Format::Atom).into_iter().chain([xml.root_element()]) {
            for name in ["id", "title", "updated"] {
                assert!(!only(node, (ATOM, name)).is_empty(), "{feed}: {name}");
            }
        }
    }
}

#[test]
fn line_33_the_author_is_the_feeds_and_each_entrys() {
    for (feed, xml) in feeds() {
        assert_eq!(feed.read.authors, [feed.case.community.site.name.to_string()], "{feed}");
        let author = children(xml.root_element(), (ATOM, "author")).next().unwrap();
        url::Url::parse(&only(author, (ATOM, "uri"))).unwrap();
        for entry in items(&xml, Format::Atom) {
            let author = children(entry, (ATOM, "author")).next().unwrap();
            assert_eq!(only(author, (ATOM, "name")), feed.read.authors[0], "{feed}");
        }
    }
}

/// Feed and entries have tags of different shape, so no two things share one.
#[test]
fn line_34_ids_are_tags_with_a_year() {
    let mut of_feeds = BTreeMap::new();
    for (feed, xml) in feeds() {
        let own = only(xml.root_element(), (ATOM, "id"));
        let entries = feed.read.entries.iter().map(|entry| &entry.id);
        for id in entries.chain([&own]) {
            let (authority, path) = id.strip_prefix("tag:").unwrap().split_once(':').unwrap();
            let (domain, year) = authority.split_once(',').unwrap();
            assert_eq!(domain, feed.case.community.site.uid_domain.to_string(), "{feed}: {id}");
            assert!(year.len() == 4 && year.parse::<u16>().is_ok(), "{feed}: {id}");
            let allowed = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
            assert!(path.chars().all(allowed), "{feed}: {id}");
        }
        assert!(feed.read.entries.iter().all(|entry| entry.id != own), "{feed}");
        let key = (&feed.case.name, own);
        assert_eq!(of_feeds.insert(key.clone(), &feed.path), None, "two feeds are {key:?}");
    }
}

#[test]
fn line_35_dates_are_of_rfc_3339() {
    for (feed, xml) in feeds() {
        let is_date = |n: &Node<'_, '_>| matches!(n.tag_name().name(), "updated" | "published");
        for date in xml.descendants().filter(is_date) {
            let text = date.text().unwrap();
            DateTime::parse_from_rfc3339(text).unwrap();
            assert!(text.contains('T') && text.ends_with("+00:00"), "{feed}: {text}");
        }
    }
}

/// They differ wherever what they tell became known, or was changed, at different moments. Agendas
/// of meetings that begin together open together; a made-up second would be a false date.
#[test]
fn line_36_two_entries_are_of_one_moment_only_where_it_was_one() {
    for (feed, _) in feeds() {
        let mut moments: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for entry in &feed.read.entries {
            moments.entry(entry.updated).or_default().insert(entry.id.as_str());
        }
        for (moment, ids) in moments.iter().filter(|(_, ids)| ids.len() > 1) {
            let told = |id: &&str| {
                let entry = feed.read.entries.iter().find(|entry| entry.id == **id).unwrap();
                // By a later edit of the meeting, or by what became of it since.
                Some(entry.published) == *moment || entry.published < moment.unwrap()
            };
            assert!(ids.iter().all(told), "{feed}: {ids:?}");
        }
    }
}

#[test]
fn line_37_html_is_escaped() {
    for (feed, xml) in feeds() {
        for entry in items(&xml, Format::Atom) {
            let content = children(entry, (ATOM, "content")).next().unwrap();
            assert_eq!(content.attribute("type"), Some("html"), "{feed}");
            assert!(content.children().all(|child| child.is_text()), "{feed}");
            for name in ["title", "summary"] {
                let text = children(entry, (ATOM, name)).next().unwrap();
                assert!(matches!(text.attribute("type"), None | Some("text")), "{feed}: {name}");
            }
        }
    }
}

#[test]
fn line_38_links_are_of_registered_relations() {
    for (feed, xml) in feeds() {
        let links = |node| -> Vec<_> {
            children(node, (ATOM, "link"))
                .map(|l| ["rel", "type", "href"].map(|name| l.attribute(name).unwrap()))
                .collect()
        };
        let address = feed.case.community.site.absolute(&feed.path);
        let expected = [
            ["self", "application/atom+xml", address.as_str()],
            ["alternate", "text/html", feed.read.home.as_str()],
        ];
        assert_eq!(links(xml.root_element()), expected, "{feed}");
        for (node, entry) in items(&xml, Format::Atom).into_iter().zip(&feed.read.entries) {
            let event = format!("{}event.ics", entry.url);
            let path = event.strip_prefix(feed.case.community.site.url.as_str()).unwrap();
            assert!(feed.case.snapshot.get(path).is_some(), "{feed}: nothing at {path}");
            let expected = [
                ["alternate", "text/html", entry.url.as_str()],
                ["related", "text/calendar", event.as_str()],
            ];
            assert_eq!(links(node), expected, "{feed}");
        }
    }
}

#[test]
fn line_39_the_feed_is_as_new_as_its_newest_entry() {
    for (feed, _) in feeds().filter(|(feed, _)| !feed.read.entries.is_empty()) {
        let newest = feed.read.entries.iter().map(|entry| entry.updated).max();
        assert_eq!(newest, Some(feed.read.updated), "{feed}");
    }
}

#[test]
fn line_40_updated_moves_with_an_edit_and_published_never() {
    let mut c = community();
    let now = utc("2026-11-23T21:00:00Z");
    let both = |c: &_| {
        let entries = entries(c, Kind::News, now);
        let entry = entries.into_iter().find(|e| e.id.contains("/2026-11-26T1000/agenda")).unwrap();
        (entry.published, entry.updated.unwrap())
    };
    let opened = utc("2026-11-19T18:00:00Z");
    assert_eq!(both(&c), (opened, opened));
    let details = exception(&mut c, "2026-11-26T10:00:00").details.get_or_insert_default();
    details.topics = vec![line("Elections")];
    assert_eq!(both(&c), (opened, opened), "no moment of the edit is known");
    let details = exception(&mut c, "2026-11-26T10:00:00").details.get_or_insert_default();
    details.updated = vec![utc("2026-11-18T08:00:00Z"), utc("2026-11-22T08:00:00Z")];
    assert_eq!(both(&c), (opened, utc("2026-11-22T08:00:00Z")));
    exception(&mut c, "2026-11-26T10:00:00").change =
        cancelled("No topics", "2026-11-23T08:00:00Z");
    assert_eq!(both(&c), (opened, utc("2026-11-23T08:00:00Z")));
    exception(&mut c, "2026-11-26T10:00:00").change =
        cancelled("No topics", "2026-11-24T08:00:00Z");
    assert_eq!(both(&c), (opened, utc("2026-11-22T08:00:00Z")), "that is to come");
}
