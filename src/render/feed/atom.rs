//! Atom (RFC 4287).

use super::{Entry, Feed};
use crate::model::Site;
use atom_syndication as atom;
use atom_syndication::{Content, Generator, Link, Person, Text, WriteConfig};
use chrono::{DateTime, Utc};

/// The end of its paths.
pub const EXTENSION: &str = "atom";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The feed as a document.
pub fn render(feed: &Feed<'_>) -> String {
    let site = feed.scope.site();
    let author = Person {
        name: site.name.to_string(),
        uri: Some(site.url.to_string()),
        ..Person::default()
    };
    let document = atom::Feed {
        title: Text::plain(feed.title.clone()),
        id: feed.id.clone(),
        updated: feed.updated.unwrap_or_default().fixed_offset(),
        authors: vec![author],
        generator: Some(Generator { value: "Convene".to_owned(), ..Generator::default() }),
        links: vec![
            link("self", "application/atom+xml", &feed.address(EXTENSION)),
            link("alternate", "text/html", &feed.home),
        ],
        subtitle: Some(Text::plain(feed.description.clone())),
        entries: feed.entries.iter().map(|e| entry(site, e)).collect(),
        lang: Some(site.language.to_string()),
        ..atom::Feed::default()
    };
    let config = WriteConfig { write_document_declaration: false, indent_size: Some(2) };
    let written = document.write_with_config(DECLARATION.as_bytes().to_vec(), config);
    let mut text = String::from_utf8(written.unwrap_or_default()).unwrap_or_default();
    text.push('\n');
    text
}

fn entry(site: &Site, entry: &Entry) -> atom::Entry {
    atom::Entry {
        title: Text::plain(entry.title.clone()),
        id: entry.id.clone(),
        updated: fixed(entry.updated),
        // Readers built on feedparser do not look for the feed's.
        authors: vec![Person { name: site.name.to_string(), ..Person::default() }],
        categories: entry.categories.iter().map(|c| category(site, c)).collect(),
        links: vec![
            link("alternate", "text/html", &entry.link),
            link("related", "text/calendar", &entry.event),
        ],
        published: Some(fixed(entry.published)),
        summary: Some(Text::plain(entry.summary.clone())),
        content: Some(Content {
            value: Some(entry.html.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..atom::Entry::default()
    }
}

fn link(rel: &str, media_type: &str, href: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

/// The scheme, an IRI by RFC 4287 §4.2.2.2, says what kind of word it is.
fn category(site: &Site, category: &super::Category) -> atom::Category {
    atom::Category {
        term: category.term.clone(),
        scheme: Some(site.absolute(&format!("/#{}", category.domain))),
        label: category.label.clone(),
    }
}

fn fixed(moment: DateTime<Utc>) -> atom::FixedDateTime {
    moment.fixed_offset()
}
