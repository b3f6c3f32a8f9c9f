//! Authors' Markdown as harmless HTML (CommonMark, with GitHub's tables and strike-through).

use crate::model::{Line, Markdown, Site, is_unprintable};
use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A text as HTML, and the headings in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// Sanitised HTML.
    pub(super) html: String,
    /// Headings in order, for a table of contents.
    pub(super) headings: Vec<Heading>,
}

/// A heading that can be linked to.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// 2 for the highest there is.
    pub(super) level: usize,
    /// Its `id`.
    pub(super) id: String,
    /// Its words.
    pub(super) text: String,
}

/// What an author may link to; anything else, `javascript:` above all, loses its address.
const SCHEMES: [&str; 9] =
    ["http", "https", "mailto", "irc", "ircs", "matrix", "tel", "webcal", "xmpp"];

const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// `id`s that pages use themselves.
const TAKEN: [&str; 11] = [
    "main",
    "agenda",
    "next",
    "upcoming",
    "subscribe",
    "recordings",
    "meetings",
    "past",
    "contents",
    "elsewhere",
    "about",
];

/// The text for a page: links that begin with `/` stay, and headings begin `deeper` levels below
/// the page's own.
pub(super) fn for_page(source: &Markdown, deeper: usize) -> Text {
    static CLEAN: LazyLock<Builder<'static>> =
        LazyLock::new(|| sanitiser(UrlRelative::PassThrough));
    let (html, headings) = to_html(source, deeper);
    Text { html: clean(&CLEAN, &html), headings }
}

/// The text for a feed: every link absolute, those that are not by the page at `path`.
pub(super) fn for_feed(source: &Markdown, site: &Site, path: &str) -> String {
    let Ok(root) = format!("{}/", site.url).parse() else { return String::new() };
    let path = path.trim_start_matches('/').to_owned();
    let sanitiser = sanitiser(UrlRelative::RewriteWithRoot { root, path });
    clean(&sanitiser, &to_html(source, 0).0)
}

/// The first paragraph as plain text, cut at a word near 200 characters; for search engines.
pub(super) fn summary(source: &Markdown) -> Option<Line> {
    let mut text = String::new();
    for event in parser(source) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Paragraph) => break,
            Event::End(TagEnd::Heading(_)) => text.clear(),
            _ => {}
        }
    }
    if let Some((cut, _)) = text.char_indices().nth(200) {
        text.truncate(text.get(..cut).and_then(|s| s.rfind(' ')).unwrap_or(cut));
        text.push('…');
    }
    Line::new(&text)
}

fn parser(source: &Markdown) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(source.as_str(), options)
}

fn sanitiser(relative: UrlRelative<'static>) -> Builder<'static> {
    let mut builder = Builder::default();
    builder.url_schemes(HashSet::from(SCHEMES)).url_relative(relative);
    // An image of somebody else's would tell them who reads the page.
    builder.rm_tags(["img", "map", "area", "h1", "header", "footer", "nav"]);
    builder.rm_generic_attributes(["title"]);
    for heading in HEADINGS {
        builder.add_tag_attributes(heading, ["id"]);
    }
    builder
}

/// Characters that Markdown cannot have as such may come from its entities, such as `&#1;`.
fn clean(sanitiser: &Builder<'_>, html: &str) -> String {
    sanitiser.clean(html).to_string().chars().filter(|c| !is_unprintable(*c)).collect()
}

fn to_html(source: &Markdown, deeper: usize) -> (String, Vec<Heading>) {
    let mut events: Vec<Event<'_>> = parser(source).map(image_as_link).collect();
    let headings = name_headings(&mut events, deeper);
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    (out, headings)
}

/// Pages load nothing from elsewhere, so a picture becomes a link to it, under its description.
fn image_as_link(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    }
}

/// Gives every heading a level below the page's title and an `id` of its own.
fn name_headings(events: &mut [Event<'_>], deeper: usize) -> Vec<Heading> {
    let mut taken: HashSet<String> = TAKEN.into_iter().map(str::to_owned).collect();
    let mut headings = Vec::new();
    for i in 0..events.len() {
        let text = match events.get(i..) {
            Some([Event::Start(Tag::Heading { .. }), inside @ ..]) => words_until_end(inside),
            _ => String::new(),
        };
        match events.get_mut(i) {
            Some(Event::Start(Tag::Heading { level, id, classes, attrs })) => {
                *level = lower(*level, deeper);
                let wanted = id.take().map_or_else(|| slug_of(&text), |id| slug_of(&id));
                let unique = unique(wanted, &mut taken);
                *id = Some(CowStr::from(unique.clone()));
                classes.clear();
                attrs.clear();
                headings.push(Heading { level: *level as usize, id: unique, text });
            }
            Some(Event::End(TagEnd::Heading(level))) => *level = lower(*level, deeper),
            _ => {}
        }
    }
    headings
}

/// The page's title is the only `h1`.
fn lower(level: HeadingLevel, deeper: usize) -> HeadingLevel {
    let level = (level as usize).max(2) + deeper;
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

fn words_until_end(events: &[Event<'_>]) -> String {
    let inside = events.iter().take_while(|e| !matches!(e, Event::End(TagEnd::Heading(_))));
    let words = inside.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        Event::SoftBreak => Some(" "),
        _ => None,
    });
    words.collect()
}

/// The `id` that Hugo and GitHub give a heading of those words.
fn slug_of(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter_map(|c| match c {
        ' ' | '-' => Some('-'),
        c if c.is_alphanumeric() || c == '_' => Some(c),
        _ => None,
    });
    let slug: String = kept.collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn unique(wanted: String, taken: &mut HashSet<String>) -> String {
    let numbered = (1..).map(|n| format!("{wanted}-{n}"));
    let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
    let free = candidates.find(|id| !taken.contains(id)).unwrap_or(wanted);
    taken.insert(free.clone());
    free
}
