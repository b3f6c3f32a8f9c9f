//! Lines 1–7, 16, 20–28: RSS as such.

use super::read::{ATOM, CONTENT, DC, children, items, only, only_child};
use super::{Document, Format, in_format};
use convene::render::feed::Kind;
use roxmltree::Node;
use std::collections::BTreeSet;

fn feeds() -> impl Iterator<Item = (&'static Document, roxmltree::Document<'static>)> {
    in_format(Format::Rss).map(|d| (d, roxmltree::Document::parse(&d.text).unwrap()))
}

#[test]
fn line_01_it_is_rss_2_in_utf_8() {
    for (feed, xml) in feeds() {
        assert!(
            feed.text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss "),
            "{feed}"
        );
        let root = xml.root_element();
        assert!(root.has_tag_name("rss"), "{feed}");
        assert_eq!(root.attribute("version"), Some("2.0"), "{feed}");
    }
}

#[test]
fn line_02_a_channel_has_title_link_and_description() {
    for (feed, _) in feeds() {
        let read = &feed.read;
        assert!(!read.title.is_empty() && !read.description.is_empty(), "{feed}");
        assert!(!read.home.is_empty(), "{feed}");
    }
}

#[test]
fn line_03_links_are_absolute_and_lead_to_pages() {
    for (feed, _) in feeds() {
        let urls = feed.read.entries.iter().map(|entry| &entry.url);
        for url in urls.chain([&feed.read.home]) {
            let site = &feed.case.community.site.url;
            let path = url.strip_prefix(site.as_str()).unwrap_or_else(|| panic!("{feed}: {url}"));
            assert!(feed.case.snapshot.get(path).is_some(), "{feed}: nothing at {url}");
            url::Url::parse(url).unwrap();
        }
    }
}

#[test]
fn line_04_the_link_to_itself_is_where_it_is_served() {
    for (feed, xml) in feeds() {
        let channel = only_child(xml.root_element());
        let link = children(channel, (ATOM, "link")).next().unwrap();
        assert_eq!(link.attribute("type"), Some("application/rss+xml"), "{feed}");
        assert_eq!(feed.read.address, feed.case.community.site.absolute(&feed.path), "{feed}");
    }
}

#[test]
fn line_05_each_item_has_a_guid() {
    for (feed, xml) in feeds() {
        for item in items(&xml, Format::Rss) {
            assert!(!only(item, ("", "guid")).is_empty(), "{feed}");
        }
    }
}

#[test]
fn line_06_a_guid_is_there_once() {
    for (feed, _) in feeds() {
        let distinct: BTreeSet<_> = feed.read.entries.iter().map(|entry| &entry.id).collect();
        assert_eq!(distinct.len(), feed.read.entries.len(), "{feed}");
    }
}

#[test]
fn line_07_a_guid_is_no_address() {
    for (feed, xml) in feeds() {
        for item in items(&xml, Format::Rss) {
            let guid = children(item, ("", "guid")).next().unwrap();
            assert_eq!(guid.attribute("isPermaLink"), Some("false"), "{feed}");
            assert!(guid.text().unwrap().starts_with("tag:"), "{feed}: {:?}", guid.text());
        }
    }
}

/// The place of a child among the others.
fn place(item: Node<'_, '_>, name: (&'static str, &'static str)) -> usize {
    let wanted = children(item, name).next().unwrap();
    item.children().position(|child| child == wanted).unwrap()
}

#[test]
fn line_16_the_description_comes_before_the_content() {
    for (feed, xml) in feeds() {
        for item in items(&xml, Format::Rss) {
            let (description, content) =
                (place(item, ("", "description")), place(item, (CONTENT, "encoded")));
            assert!(description < content, "{feed}");
        }
    }
}

/// None at all: a reader would queue the file for a calendar as an episode of a podcast, and it
/// has no length before it is made.
#[test]
fn line_20_no_item_has_an_enclosure() {
    for (feed, xml) in feeds() {
        assert!(!xml.descendants().any(|node| node.has_tag_name("enclosure")), "{feed}");
    }
}

/// The file for a calendar is a link of the content instead, as are recordings.
#[test]
fn line_21_what_could_be_enclosed_is_linked() {
    let mut found = 0;
    for (feed, _) in feeds() {
        for entry in feed.read.entries.iter().filter(|e| e.words[0] == "recording") {
            let named = [">Recording", ">Aufzeichnung", ">録画"];
            let named = named.iter().any(|name| entry.html.contains(name));
            assert!(named, "{feed}: {}", entry.html);
            assert!(entry.html.contains("event.ics\">"), "{feed}: {}", entry.html);
            found += 1;
        }
    }
    assert!(found > 20);
}

#[test]
fn line_22_authors_are_named_in_dublin_core() {
    for (feed, xml) in feeds() {
        let name = feed.case.community.site.name.to_string();
        assert!(!xml.descendants().any(|node| node.has_tag_name("author")), "{feed}");
        for node in items(&xml, Format::Rss).into_iter().chain([only_child(xml.root_element())]) {
            assert_eq!(only(node, (DC, "creator")), name, "{feed}");
        }
    }
}

#[test]
fn line_23_categories_say_which_sort_of_word_they_are() {
    let mut seen = BTreeSet::new();
    for (feed, xml) in feeds() {
        for item in items(&xml, Format::Rss) {
            let all: Vec<_> = children(item, ("", "category"))
                .map(|c| (c.attribute("domain").unwrap(), c.text().unwrap()))
                .collect();
            let (domain, kind) = all[0];
            assert_eq!(domain, "kind", "{feed}");
            assert_eq!(all.iter().any(|(domain, _)| *domain == "change"), kind == "changed");
            assert_eq!(kind == "reminder", feed.kind == Kind::Reminders, "{feed}");
            assert!(all.iter().any(|(domain, _)| *domain == "series"), "{feed}");
            seen.extend(
                all.into_iter()
                    .filter(|(d, _)| matches!(*d, "kind" | "change"))
                    .map(|(domain, word)| format!("{domain} {word}")),
            );
        }
    }
    let expected = [
        "change added",
        "change cancelled",
        "change moved",
        "change restored",
        "kind agenda",
        "kind changed",
        "kind minutes",
        "kind recording",
        "kind reminder",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn line_24_the_language_is_a_tag() {
    for (feed, _) in feeds() {
        let language = &feed.read.language;
        let is_part =
            |part: &str| part.len() <= 8 && part.chars().all(|c| c.is_ascii_alphanumeric());
        assert!(language.len() >= 2 && language.split('-').all(is_part), "{feed}: {language}");
    }
}

#[test]
fn line_25_a_reader_rests_no_longer_than_half_an_hour() {
    for (feed, xml) in feeds() {
        let ttl: u32 = only(only_child(xml.root_element()), ("", "ttl")).parse().unwrap();
        assert_eq!(ttl, if feed.kind == Kind::Reminders { 15 } else { 30 }, "{feed}");
    }
}

#[test]
fn line_26_no_hours_or_days_are_skipped() {
    for (feed, xml) in feeds() {
        for name in ["skipHours", "skipDays"] {
            assert!(!xml.descendants().any(|node| node.has_tag_name(name)), "{feed}");
        }
    }
}

/// There is no image to show, so none that could differ from the channel.
#[test]
fn line_27_a_channel_has_no_image() {
    for (feed, xml) in feeds() {
        assert!(!xml.descendants().any(|node| node.has_tag_name("image")), "{feed}");
    }
}

#[test]
fn line_28_every_element_is_one_that_readers_know() {
    let plain = [
        "rss",
        "channel",
        "title",
        "link",
        "description",
        "language",
        "lastBuildDate",
        "generator",
        "docs",
        "ttl",
        "item",
        "category",
        "guid",
        "pubDate",
    ];
    let others = [(ATOM, "link"), (DC, "creator"), (CONTENT, "encoded")];
    for (feed, xml) in feeds() {
        for element in xml.descendants().filter(Node::is_element) {
            let name = element.tag_name();
            let known = match name.namespace() {
                None => plain.contains(&name.name()),
                Some(namespace) => others.contains(&(namespace, name.name())),
            };
            assert!(known, "{feed}: {name:?}");
        }
    }
}

/// `ev:` is legal where its dates have an offset, but no reader shows it: the time is in the words.
#[test]
fn line_30_no_times_of_meetings_in_ev() {
    for (feed, _) in feeds() {
        assert!(!feed.text.contains("purl.org/rss/1.0/modules/event"), "{feed}");
    }
}

/// Recordings are links: nothing is known of their pictures.
#[test]
fn line_31_no_media_elements() {
    for (feed, _) in feeds() {
        assert!(!feed.text.contains("search.yahoo.com/mrss"), "{feed}");
    }
}
