//! What is in the head of a page for those who share or follow it.

use super::{canonical, pages};
use crate::golden::communities;
use crate::sample::*;
use convene::publish::build;
use convene::render::Scope;
use convene::render::format::{Audience, FORMATS};

const NOW: &str = "2026-11-23T21:00:00Z";

/// The content of the only `meta` element with that property.
fn property<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let start = format!("<meta property=\"{name}\" content=\"");
    let mut found = html.split(&start).skip(1);
    let value = found.next()?.split('"').next();
    assert!(found.next().is_none(), "{name} twice");
    value
}

#[test]
fn every_page_can_be_shared() {
    for (name, community, as_of) in communities() {
        let snapshot = build(&community, as_of);
        for (path, html) in pages(&snapshot) {
            assert_eq!(canonical(html), community.site.absolute(path), "{name}");
            assert_eq!(property(html, "og:url"), Some(canonical(html)), "{name} {path}");
            assert_eq!(property(html, "og:type"), Some("website"), "{name} {path}");
            for needed in ["og:title", "og:description", "og:site_name", "og:locale"] {
                let value = property(html, needed).unwrap_or_default();
                assert!(!value.is_empty(), "{name} {path} has no {needed}");
            }
            assert!(html.contains("<meta name=\"twitter:card\" content=\"summary\">"), "{path}");
        }
    }
}

#[test]
fn a_shared_meeting_says_what_and_when() {
    let snapshot = build(&community(), utc(NOW));
    let html = crate::support::text(&snapshot, "/meetings/oci-weekly/2026-12-03/");
    let title = "OCI weekly discussion, Thursday 3 December 2026";
    assert_eq!(property(html, "og:title"), Some(title));
    assert_eq!(property(html, "og:site_name"), Some("Open Container Initiative"));
    assert!(property(html, "og:description").unwrap().contains("10:00 PST (18:00 UTC)"));
}

#[test]
fn the_locale_has_the_region_that_the_language_names_or_the_usual_one() {
    for (language, locale) in [
        ("en", Some("en_US")),
        ("en-GB", Some("en_GB")),
        ("de", Some("de_DE")),
        ("de-at", Some("de_AT")),
        ("ja", Some("ja_JP")),
        ("zh-Hant-TW", Some("zh_TW")),
        ("eo", None),
    ] {
        let mut c = community();
        c.site.language = line(language);
        let snapshot = build(&c, utc(NOW));
        assert_eq!(property(crate::support::text(&snapshot, "/"), "og:locale"), locale);
    }
}

/// Each format but the bots' and other sites', and the list of all feeds.
#[test]
fn the_home_page_names_every_format_there_is() {
    let c = community();
    let snapshot = build(&c, utc(NOW));
    let head = crate::support::text(&snapshot, "/").split("</head>").next().unwrap();
    let others = [Audience::Bots, Audience::Sites];
    let formats = FORMATS.iter().filter(|format| !others.contains(&format.audience));
    let hrefs = formats.map(|format| format.path(&Scope::Community(&c)));
    for href in hrefs.chain(["/follow.opml".to_owned()]) {
        let link = head.split("<link ").find(|link| link.contains(&format!("href=\"{href}\"")));
        assert!(link.unwrap().starts_with("rel=\"alternate\" type=\""), "{href}");
    }
}
