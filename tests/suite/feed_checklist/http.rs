//! How feeds are served: lines 49 to 60 and 62 of the feed checklist, each by its number.

use crate::http::{Response, ask, get};
use crate::process::{AS_OF, Folder, Server, until};
use std::collections::BTreeSet;

/// Every feed of the sample.
const FEEDS: [(&str, &str); 9] = [
    ("/feed.xml", "application/rss+xml; charset=utf-8"),
    ("/feed.atom", "application/atom+xml; charset=utf-8"),
    ("/feed.json", "application/feed+json"),
    ("/reminders.xml", "application/rss+xml; charset=utf-8"),
    ("/reminders.atom", "application/atom+xml; charset=utf-8"),
    ("/reminders.json", "application/feed+json"),
    ("/meetings/weekly/feed.xml", "application/rss+xml; charset=utf-8"),
    ("/meetings/weekly/reminders.json", "application/feed+json"),
    ("/follow.opml", "text/x-opml; charset=utf-8"),
];

/// A server that goes by the clock: only that dates what it serves.
fn by_the_clock() -> (Folder, Server) {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &[]);
    (folder, server)
}

fn conditional(server: &Server, path: &str, headers: &[&str]) -> Response {
    ask(server.address, "GET", path, headers)
}

fn header(response: &Response, name: &str) -> String {
    response.header(name).unwrap_or_else(|| panic!("no {name}")).to_owned()
}

#[test]
fn line_49_each_feed_has_its_media_type() {
    let (_folder, server) = by_the_clock();
    for (path, media_type) in FEEDS {
        assert_eq!(get(server.address, path).header("content-type"), Some(media_type), "{path}");
    }
}

#[test]
fn line_50_the_validators_are_there_and_the_same_with_304() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let whole = get(server.address, path);
        let (etag, modified) = (header(&whole, "etag"), header(&whole, "last-modified"));
        assert!(etag.starts_with('"'), "{path}: {etag} is weak");
        assert!(modified.ends_with(" GMT"), "{path}: {modified}");
        let again = conditional(&server, path, &[&format!("If-None-Match: {etag}")]);
        assert_eq!(again.status, 304, "{path}");
        assert_eq!(header(&again, "etag"), etag);
        assert_eq!(header(&again, "last-modified"), modified);
    }
}

#[test]
fn line_51_an_entity_tag_decides_in_every_form_and_before_a_date() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let whole = get(server.address, path);
        let (etag, modified) = (header(&whole, "etag"), header(&whole, "last-modified"));
        for tags in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
            let tags = format!("If-None-Match: {tags}");
            assert_eq!(conditional(&server, path, &[&tags]).status, 304, "{path}: {tags}");
        }
        let both = ["If-None-Match: \"other\"", &format!("If-Modified-Since: {modified}")];
        assert_eq!(conditional(&server, path, &both).status, 200, "{path}: the tag differs");
    }
}

#[test]
fn line_52_a_date_alone_is_enough() {
    let (folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let modified = header(&get(server.address, path), "last-modified");
        let since = format!("If-Modified-Since: {modified}");
        assert_eq!(conditional(&server, path, &[&since]).status, 304, "{path}");
        let other = "If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT";
        assert_eq!(conditional(&server, path, &[other]).status, 200, "{path}");
    }
    let since = format!(
        "If-Modified-Since: {}",
        header(&get(server.address, "/feed.xml"), "last-modified")
    );
    let date = || header(&get(server.address, "/style.css"), "last-modified");
    let before = date();
    folder.edit("content/meetings/weekly/2026-11-26.md", "Thanksgiving", "a holiday");
    until("the feed has another date", || {
        conditional(&server, "/feed.xml", &[&since]).status == 200
    });
    assert_eq!(date(), before, "what is as it was keeps its date");
}

#[test]
fn line_52_bytes_of_a_fixed_present_have_no_date() {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    assert_eq!(get(server.address, "/feed.xml").header("last-modified"), None);
}

#[test]
fn line_53_a_feed_is_fresh_for_minutes_and_never_expired() {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    for (path, _) in FEEDS {
        let response = get(server.address, path);
        assert_eq!(response.header("cache-control"), Some("public, max-age=300"), "{path}");
        assert_eq!(response.header("expires"), None, "{path}: Miniflux would drop its tags");
    }
}

#[test]
fn line_54_each_coding_has_a_tag_of_its_own_that_matches_back() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let (mut tags, mut codings) = (BTreeSet::new(), BTreeSet::new());
        let length = get(server.address, path).body.len();
        for coding in ["identity", "gzip", "br"] {
            let accept = format!("Accept-Encoding: {coding}");
            let response = conditional(&server, path, &[&accept]);
            assert_eq!(response.header("vary"), Some("Accept-Encoding"), "{path}");
            let etag = header(&response, "etag");
            let again = [accept, format!("If-None-Match: {etag}")];
            let again = conditional(&server, path, &again.each_ref().map(String::as_str));
            assert_eq!(
                (again.status, header(&again, "etag")),
                (304, etag.clone()),
                "{path} {coding}"
            );
            tags.insert(etag);
            codings.insert(response.header("content-encoding").map(str::to_owned));
        }
        assert_eq!(tags.len(), codings.len(), "{path}");
        // What fits into a packet is not compressed.
        assert_eq!(codings.len(), if length < 1300 { 1 } else { 3 }, "{path}");
    }
}

#[test]
fn line_55_head_is_get_without_the_body() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let (get, head) = (get(server.address, path), ask(server.address, "HEAD", path, &[]));
        assert_eq!((head.status, head.names()), (get.status, get.names()), "{path}");
        assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        assert!(head.body.is_empty());
    }
}

#[test]
fn line_56_any_page_may_read_a_feed() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let response = conditional(&server, path, &["Origin: https://elsewhere.example"]);
        assert_eq!(response.header("access-control-allow-origin"), Some("*"), "{path}");
    }
}

#[test]
fn line_57_nobody_is_turned_away_for_asking_often() {
    let (_folder, server) = by_the_clock();
    for _ in 0..50 {
        assert_eq!(get(server.address, "/feed.xml").status, 200);
    }
}

#[test]
fn line_58_a_query_changes_nothing() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        let plain = get(server.address, path);
        for query in ["?", "?utm_source=reader", "?series=nothing&%zz"] {
            let response = get(server.address, &format!("{path}{query}"));
            assert_eq!((response.status, &response.body), (200, &plain.body), "{path}{query}");
        }
    }
}

#[test]
fn line_59_a_moved_feed_leads_on_and_a_retired_one_is_gone() {
    let folder = Folder::sample();
    let moves = "\ngone = \"/old.ics\"\n[[moved]]\nfrom = \"/feed.rss\"\nto = \"/feed.xml\"\n\
                 [[moved]]\nfrom = \"/meetings/call/\"\nto = \"/meetings/weekly/\"\n";
    folder.edit("content/site.toml", "language = \"en\"\n", &format!("language = \"en\"\n{moves}"));
    let server = Server::start(&folder.path("content"), &[]);
    let cases = [
        ("/feed.rss", "/feed.xml"),
        ("/meetings/call/feed.xml", "/meetings/weekly/feed.xml"),
        ("/meetings/call/2026-11-26/", "/meetings/weekly/2026-11-26/"),
        ("/meetings/call", "/meetings/weekly/"),
    ];
    for (from, to) in cases {
        let response = get(server.address, from);
        assert_eq!((response.status, response.header("location")), (301, Some(to)), "{from}");
    }
    assert_eq!(get(server.address, "/old.ics").status, 410);
    assert_eq!(get(server.address, "/feed.xml").status, 200);
}

#[test]
fn line_60_asking_again_gives_the_same_bytes() {
    let (folder, server) = by_the_clock();
    let other = Server::start(&folder.path("content"), &[]);
    for (path, _) in FEEDS {
        let first = get(server.address, path);
        for server in [&server, &other] {
            let again = get(server.address, path);
            assert_eq!(again.body, first.body, "{path}");
            assert_eq!(again.header("etag"), first.header("etag"), "{path}");
        }
    }
}

#[test]
fn line_62_no_link_header_promises_a_hub() {
    let (_folder, server) = by_the_clock();
    for (path, _) in FEEDS {
        assert_eq!(get(server.address, path).header("link"), None, "{path}");
    }
}
