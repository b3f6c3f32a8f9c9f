//! JSON Feed 1.1 (jsonfeed.org).

use super::super::{Locale, words};
use super::{Entry, Feed};
use serde::Serialize;

/// The end of its paths.
pub const EXTENSION: &str = "json";

const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// A feed; the keys are written in this order.
#[derive(Serialize)]
struct Document<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: String,
    description: &'f str,
    language: &'f str,
    authors: [Author<'f>; 1],
    items: Vec<Item<'f>>,
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
    url: &'f str,
}

#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    summary: &'f str,
    content_html: &'f str,
    date_published: String,
    date_modified: String,
    tags: Vec<&'f str>,
    attachments: [Attachment<'f>; 1],
}

#[derive(Serialize)]
struct Attachment<'f> {
    url: &'f str,
    mime_type: &'static str,
    title: &'static str,
}

/// The feed as a document.
pub fn render(feed: &Feed<'_>) -> String {
    let site = feed.scope.site();
    let document = Document {
        version: VERSION,
        title: &feed.title,
        home_page_url: &feed.home,
        feed_url: feed.address(EXTENSION),
        description: &feed.description,
        language: site.language.as_str(),
        authors: [Author { name: site.name.as_str(), url: site.url.as_str() }],
        items: feed.entries.iter().map(|entry| item(feed.scope.locale(), entry)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn item<'f>(locale: &Locale, entry: &'f Entry) -> Item<'f> {
    let title = locale.feeds.for_calendar;
    let event = Attachment { url: &entry.event, mime_type: "text/calendar", title };
    Item {
        id: &entry.id,
        url: &entry.link,
        title: &entry.title,
        summary: &entry.summary,
        content_html: &entry.html,
        date_published: words::machine(entry.published),
        date_modified: words::machine(entry.updated),
        tags: tags(entry),
        attachments: [event],
    }
}

/// Each word once, though a series may have the name of a tag.
fn tags(entry: &Entry) -> Vec<&str> {
    let mut tags: Vec<&str> = Vec::new();
    for category in &entry.categories {
        if !tags.contains(&category.term.as_str()) {
            tags.push(&category.term);
        }
    }
    tags
}
