//! Lines 61 and 63: how feeds are found.

use super::{Format, cases};
use convene::model::Community;
use convene::publish::Resource;
use convene::render::Scope;
use convene::render::feed::Kind;
use std::collections::BTreeSet;

/// Reminders are not among them: a reader would offer them to people.
#[test]
fn line_61_the_head_of_a_page_names_its_feeds() {
    for case in cases() {
        for scope in Scope::all(&case.community).filter(|scope| !matches!(scope, Scope::Tag(..))) {
            let page = crate::support::text(&case.snapshot, &scope.home());
            let head = page.split("</head>").next().unwrap();
            let ics = format!("{}.ics", scope.calendar_stems()[0]);
            let feeds =
                Format::ALL.map(|f| (f.media_type(), Kind::News.path(&scope, f.extension())));
            for (media_type, href) in feeds.into_iter().chain([("text/calendar", ics)]) {
                let link = head.split("<link ").find(|link| link.contains(&format!("\"{href}\"")));
                let link = link.unwrap_or_else(|| panic!("{}: no link to {href}", case.name));
                let start = format!("rel=\"alternate\" type=\"{media_type}\" title=\"");
                assert!(link.starts_with(&start), "{}: {link}", case.name);
                assert!(!link.contains("title=\"\""), "{}: {link}", case.name);
            }
            assert!(!head.contains("reminders."), "{}", case.name);
        }
    }
}

/// The addresses of our own feeds that a list of all must have.
fn own(community: &Community) -> BTreeSet<String> {
    let scopes = Scope::all(community).filter(|scope| !matches!(scope, Scope::Tag(..)));
    let both = |scope| [Kind::News, Kind::Reminders].map(|kind| kind.path(&scope, "xml"));
    scopes.flat_map(both).map(|path| community.site.absolute(&path)).collect()
}

#[test]
fn line_63_the_list_of_feeds_is_opml_2() {
    for case in cases() {
        let Some(Resource::Document(document)) = case.snapshot.get("/follow.opml") else {
            panic!("{}: no list", case.name)
        };
        assert_eq!(document.media_type(), "text/x-opml; charset=utf-8");
        let text = std::str::from_utf8(document.body()).unwrap();
        let xml = roxmltree::Document::parse(text).unwrap();
        let opml = xml.root_element();
        assert!(opml.has_tag_name("opml"), "{}", case.name);
        assert_eq!(opml.attribute("version"), Some("2.0"), "{}", case.name);
        let parts: Vec<_> = opml.children().filter(|n| n.is_element()).collect();
        let names: Vec<_> = parts.iter().map(|n| n.tag_name().name()).collect();
        assert_eq!(names, ["head", "body"], "{}", case.name);
        let title = parts[0].children().find(|n| n.has_tag_name("title")).unwrap();
        let name = case.community.site.name.as_str();
        assert!(title.text().unwrap().starts_with(name), "{}", case.name);
        let mut seen = BTreeSet::new();
        for group in parts[1].children().filter(|n| n.is_element()) {
            assert!(group.has_tag_name("outline") && group.attribute("text").is_some());
            let feeds: Vec<_> = group.children().filter(|n| n.is_element()).collect();
            assert!(!feeds.is_empty(), "{}: a heading without feeds", case.name);
            for feed in feeds {
                assert!(feed.has_tag_name("outline"), "{}", case.name);
                assert_eq!(feed.attribute("type"), Some("rss"), "{}", case.name);
                assert!(!feed.attribute("text").unwrap().is_empty(), "{}", case.name);
                let url = feed.attribute("xmlUrl").unwrap();
                url::Url::parse(url).unwrap();
                assert!(seen.insert(url.to_owned()), "{}: {url} twice", case.name);
            }
        }
        let community = &case.community;
        assert!(own(community).is_subset(&seen), "{}", case.name);
        for other in &community.site.follow {
            assert!(seen.contains(other.feed.as_str()), "{}: no {}", case.name, other.feed);
        }
        for source in community.series.iter().filter_map(|s| s.recordings.as_ref()) {
            assert!(seen.contains(&source.videos.feed()), "{}", case.name);
        }
    }
}
