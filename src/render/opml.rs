//! Everything there is to follow, as one list for feed readers (OPML 2.0).

use super::feed::{Kind, rss};
use super::{Locale, Scope};
use crate::model::{Community, Series, Videos};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Where it is served.
pub const PATH: &str = "/follow.opml";

/// Its media type; none is registered.
pub const MEDIA_TYPE: &str = "text/x-opml; charset=utf-8";

/// Feeds under one heading.
struct Group {
    title: String,
    feeds: Vec<Outline>,
}

/// One feed.
struct Outline {
    title: String,
    feed: String,
    page: Option<String>,
}

/// The community's own feeds, its reminders, its recordings and whatever `site.toml` names.
///
/// Every address is there once, under the first heading that has it.
pub fn render(community: &Community) -> String {
    let site = &community.site;
    let (locale, name) = (Locale::of(site), site.name.as_str());
    let words = &locale.lists;
    let mut groups = vec![
        Group { title: (words.meetings)(name), feeds: own(community, Kind::News) },
        Group { title: (words.reminders)(name), feeds: own(community, Kind::Reminders) },
        Group { title: (words.recordings)(name), feeds: recordings(community) },
        Group { title: locale.home.follow.to_owned(), feeds: follow(community) },
    ];
    let mut seen = BTreeSet::new();
    for group in &mut groups {
        group.feeds.retain(|outline| seen.insert(outline.feed.clone()));
    }
    groups.retain(|group| !group.feeds.is_empty());
    write(&(words.title)(name), &groups).unwrap_or_default()
}

/// The feed of all meetings, then that of each series.
fn own(community: &Community, kind: Kind) -> Vec<Outline> {
    let site = &community.site;
    let words = &Locale::of(site).lists;
    let whole = std::iter::once(Scope::Community(community));
    let each = community.series.iter().map(|series| Scope::Series(community, series));
    let outline = |scope: Scope<'_>| {
        let title = match (kind, scope) {
            (Kind::News, Scope::Community(_)) => (words.all_meetings)(site.name.as_str()),
            (Kind::News, _) => scope.title(),
            (Kind::Reminders, Scope::Community(_)) => (words.reminders_of_all)(site.name.as_str()),
            (Kind::Reminders, _) => (words.reminders_of)(&scope.title()),
        };
        let feed = site.absolute(&kind.path(&scope, rss::EXTENSION));
        Outline { title, feed, page: Some(site.absolute(&scope.home())) }
    };
    whole.chain(each).map(outline).collect()
}

/// Each list of videos, under the name that `site.toml` gives its feed, or of the series it is of.
fn recordings(community: &Community) -> Vec<Outline> {
    let words = &Locale::of(&community.site).lists;
    let mut lists: BTreeMap<&Videos, &Series> = BTreeMap::new();
    for series in &community.series {
        if let Some(source) = &series.recordings {
            lists.entry(&source.videos).or_insert(series);
        }
    }
    let outline = |(videos, series): (&Videos, &Series)| {
        let feed = videos.feed();
        let named = community.site.follow.iter().find(|other| other.feed.as_str() == feed);
        let own = || (words.recordings_of)(series.title.as_str());
        let title = named.map_or_else(own, |n| n.title.to_string());
        Outline { title, feed, page: Some(page_of(videos)) }
    };
    lists.into_iter().map(outline).collect()
}

fn page_of(videos: &Videos) -> String {
    match videos {
        Videos::YouTubeChannel(id) => format!("https://www.youtube.com/channel/{id}"),
        Videos::YouTubePlaylist(id) => format!("https://www.youtube.com/playlist?list={id}"),
    }
}

fn follow(community: &Community) -> Vec<Outline> {
    let outline = |other: &crate::model::Follow| Outline {
        title: other.title.to_string(),
        feed: other.feed.to_string(),
        page: other.page.as_ref().map(ToString::to_string),
    };
    community.site.follow.iter().map(outline).collect()
}

/// Writing to memory cannot fail; the library says so only in its types.
fn write(title: &str, groups: &[Group]) -> Option<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).ok()?;
    let opml = writer.create_element("opml").with_attribute(("version", "2.0"));
    opml.write_inner_content(|writer| {
        writer.create_element("head").write_inner_content(|writer| {
            writer.create_element("title").write_text_content(BytesText::new(title))?;
            Ok(())
        })?;
        writer.create_element("body").write_inner_content(|writer| {
            groups.iter().try_for_each(|group| write_group(writer, group))
        })?;
        Ok(())
    })
    .ok()?;
    let mut text = String::from_utf8(writer.into_inner()).ok()?;
    text.push('\n');
    Some(text)
}

fn write_group(writer: &mut Writer<Vec<u8>>, group: &Group) -> io::Result<()> {
    let heading = writer.create_element("outline").with_attribute(("text", group.title.as_str()));
    heading.write_inner_content(|writer| {
        group.feeds.iter().try_for_each(|feed| write_outline(writer, feed))
    })?;
    Ok(())
}

fn write_outline(writer: &mut Writer<Vec<u8>>, outline: &Outline) -> io::Result<()> {
    let (title, feed) = (outline.title.as_str(), outline.feed.as_str());
    let always = [("type", "rss"), ("text", title), ("title", title), ("xmlUrl", feed)];
    let page = outline.page.as_deref().map(|page| ("htmlUrl", page));
    let element = writer.create_element("outline");
    element.with_attributes(always.into_iter().chain(page)).write_empty()?;
    Ok(())
}
