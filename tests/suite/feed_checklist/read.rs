//! Feeds of each format, read strictly into one form.

use super::Format;
use chrono::{DateTime, Utc};
use roxmltree::{Document, Node};

pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
pub(super) const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
pub(super) const DC: &str = "http://purl.org/dc/elements/1.1/";

/// A feed, whatever its format.
#[derive(Debug, PartialEq)]
pub(super) struct Read {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) language: String,
    pub(super) home: String,
    /// Where it says that it is.
    pub(super) address: String,
    pub(super) authors: Vec<String>,
    /// None where the format or the feed does not say it.
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) entries: Vec<Entry>,
}

/// An entry, whatever its format.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: String,
    /// Plain text.
    pub(super) summary: String,
    pub(super) html: String,
    pub(super) published: DateTime<Utc>,
    /// RSS does not say it.
    pub(super) updated: Option<DateTime<Utc>>,
    /// Each word once.
    pub(super) words: Vec<String>,
}

/// An element's children of that name.
pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    (namespace, name): (&'static str, &'static str),
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| {
        child.tag_name().name() == name && child.tag_name().namespace().unwrap_or("") == namespace
    })
}

/// The text of the only child of that name.
pub(super) fn only(node: Node<'_, '_>, name: (&'static str, &'static str)) -> String {
    let mut found = children(node, name);
    let first = found.next().unwrap_or_else(|| panic!("no {name:?} in {node:?}"));
    assert!(found.next().is_none(), "two of {name:?} in {node:?}");
    assert!(first.children().all(|child| child.is_text()), "{name:?} has elements in it");
    first.children().filter_map(|child| child.text()).collect()
}

fn maybe(node: Node<'_, '_>, name: (&'static str, &'static str)) -> Option<String> {
    children(node, name).next().map(|_| only(node, name))
}

/// The address of the only link of that relation.
fn href(node: Node<'_, '_>, rel: &str) -> String {
    let mut found = children(node, (ATOM, "link")).filter(|l| l.attribute("rel") == Some(rel));
    let link = found.next().unwrap_or_else(|| panic!("no link {rel} in {node:?}"));
    assert!(found.next().is_none(), "two links {rel}");
    link.attribute("href").unwrap().to_owned()
}

/// The items, or entries, of a document.
pub(super) fn items<'a, 'i>(document: &'a Document<'i>, format: Format) -> Vec<Node<'a, 'i>> {
    let root = document.root_element();
    match format {
        Format::Rss => children(only_child(root), ("", "item")).collect(),
        Format::Atom => children(root, (ATOM, "entry")).collect(),
        Format::Json => panic!("that is no XML"),
    }
}

/// The only element in another.
pub(super) fn only_child<'a, 'i>(node: Node<'a, 'i>) -> Node<'a, 'i> {
    let elements: Vec<_> = node.children().filter(Node::is_element).collect();
    assert_eq!(elements.len(), 1, "{node:?}");
    elements[0]
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct = Vec::new();
    words.for_each(|word| {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    });
    distinct
}

/// Plain text of HTML without elements.
fn unescaped(html: &str) -> String {
    assert!(!html.contains(['<', '>']), "it has elements in it: {html}");
    let plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&amp;", "&")
}

fn rfc822(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc2822(text).unwrap_or_else(|e| panic!("{text}: {e}")).to_utc()
}

fn rfc3339(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|e| panic!("{text}: {e}")).to_utc()
}

pub(super) fn rss(text: &str) -> Read {
    let document = Document::parse(text).unwrap();
    let channel = only_child(document.root_element());
    let entry = |item: Node<'_, '_>| Entry {
        id: only(item, ("", "guid")),
        title: only(item, ("", "title")),
        url: only(item, ("", "link")),
        summary: unescaped(&only(item, ("", "description"))),
        html: only(item, (CONTENT, "encoded")),
        published: rfc822(&only(item, ("", "pubDate"))),
        updated: None,
        words: distinct(
            children(item, ("", "category")).map(|word| word.text().unwrap().to_owned()),
        ),
    };
    Read {
        title: only(channel, ("", "title")),
        description: unescaped(&only(channel, ("", "description"))),
        language: only(channel, ("", "language")),
        home: only(channel, ("", "link")),
        address: href(channel, "self"),
        authors: vec![only(channel, (DC, "creator"))],
        updated: maybe(channel, ("", "lastBuildDate")).map(|date| rfc822(&date)),
        entries: items(&document, Format::Rss).into_iter().map(entry).collect(),
    }
}

pub(super) fn atom(text: &str) -> Read {
    let document = Document::parse(text).unwrap();
    let feed = document.root_element();
    let entry = |entry: Node<'_, '_>| Entry {
        id: only(entry, (ATOM, "id")),
        title: only(entry, (ATOM, "title")),
        url: href(entry, "alternate"),
        summary: only(entry, (ATOM, "summary")),
        html: only(entry, (ATOM, "content")),
        published: rfc3339(&only(entry, (ATOM, "published"))),
        updated: Some(rfc3339(&only(entry, (ATOM, "updated")))),
        words: distinct(
            children(entry, (ATOM, "category")).map(|word| word.attribute("term").unwrap().into()),
        ),
    };
    let xml = "http://www.w3.org/XML/1998/namespace";
    Read {
        title: only(feed, (ATOM, "title")),
        description: only(feed, (ATOM, "subtitle")),
        language: feed.attribute((xml, "lang")).unwrap().to_owned(),
        home: href(feed, "alternate"),
        address: href(feed, "self"),
        authors: children(feed, (ATOM, "author")).map(|a| only(a, (ATOM, "name"))).collect(),
        updated: Some(rfc3339(&only(feed, (ATOM, "updated")))),
        entries: items(&document, Format::Atom).into_iter().map(entry).collect(),
    }
}

pub(super) fn json(text: &str) -> Read {
    let feed: serde_json::Value = serde_json::from_str(text).unwrap();
    let string = |value: &serde_json::Value, key: &str| {
        value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}")).to_owned()
    };
    let strings = |value: &serde_json::Value, key: &str| -> Vec<String> {
        value[key].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
    };
    let entry = |item: &serde_json::Value| Entry {
        id: string(item, "id"),
        title: string(item, "title"),
        url: string(item, "url"),
        summary: string(item, "summary"),
        html: string(item, "content_html"),
        published: rfc3339(&string(item, "date_published")),
        updated: Some(rfc3339(&string(item, "date_modified"))),
        words: strings(item, "tags"),
    };
    Read {
        title: string(&feed, "title"),
        description: string(&feed, "description"),
        language: string(&feed, "language"),
        home: string(&feed, "home_page_url"),
        address: string(&feed, "feed_url"),
        authors: feed["authors"].as_array().unwrap().iter().map(|a| string(a, "name")).collect(),
        updated: None,
        entries: feed["items"].as_array().unwrap().iter().map(entry).collect(),
    }
}
