//! RSS 2.0 (the RSS Advisory Board's specification, and its profile).

use super::entry::escaped;
use super::{Category, Entry, Feed, Kind};
use chrono::{DateTime, Utc};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Channel, Guid, Item};
use std::collections::BTreeMap;

/// The end of its paths.
pub const EXTENSION: &str = "xml";

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The feed as a document.
pub fn render(feed: &Feed<'_>) -> String {
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.home.clone(),
        description: escaped(&feed.description),
        language: Some(feed.scope.site().language.to_string()),
        last_build_date: feed.updated.map(rfc822),
        ttl: Some(ttl(feed.kind).to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some("Convene".to_owned()),
        namespaces: BTreeMap::from([("atom".to_owned(), ATOM.to_owned())]),
        extensions: self_link(&feed.address(EXTENSION)),
        dublin_core_ext: Some(creator(feed)),
        items: feed.entries.iter().map(|entry| item(feed, entry)).collect(),
        ..Channel::default()
    };
    let written = channel.pretty_write_to(Vec::new(), b' ', 2).unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

/// Minutes for which a reader may rest; Miniflux never asks more often.
fn ttl(kind: Kind) -> &'static str {
    match kind {
        Kind::News => "30",
        Kind::Reminders => "15",
    }
}

/// There is no enclosure: readers would queue the file for a calendar as an episode of a podcast.
fn item(feed: &Feed<'_>, entry: &Entry) -> Item {
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.link.clone()),
        description: Some(escaped(&entry.summary)),
        categories: entry.categories.iter().map(category).collect(),
        guid: Some(Guid { value: entry.id.clone(), permalink: false }),
        pub_date: Some(rfc822(entry.published)),
        content: Some(entry.html.clone()),
        dublin_core_ext: Some(creator(feed)),
        ..Item::default()
    }
}

/// The domain says what kind of word it is, so that readers can filter by either.
fn category(category: &Category) -> rss::Category {
    rss::Category { name: category.term.clone(), domain: Some(category.domain.to_owned()) }
}

/// Whose feed it is; `author` would have to be a mail address.
fn creator(feed: &Feed<'_>) -> DublinCoreExtension {
    DublinCoreExtension {
        creators: vec![feed.scope.site().name.to_string()],
        ..DublinCoreExtension::default()
    }
}

fn self_link(href: &str) -> ExtensionMap {
    let attrs = [("href", href), ("rel", "self"), ("type", "application/rss+xml")];
    let link = Extension {
        name: "atom:link".to_owned(),
        attrs: attrs.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        ..Extension::default()
    };
    let links = BTreeMap::from([("link".to_owned(), vec![link])]);
    ExtensionMap::from([("atom".to_owned(), links)])
}

/// `Tue, 24 Nov 2026 18:00:00 GMT` (RFC 822 with a year of four digits).
fn rfc822(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
