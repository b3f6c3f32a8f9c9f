//! `/sitemap.xml` and `/robots.txt`, by the rules of sitemaps.org and RFC 9309.

use super::{canonical, pages};
use crate::golden::communities;
use crate::sample::*;
use crate::support::text;
use chrono::{DateTime, Utc, Weekday};
use convene::model::*;
use convene::publish::{Found, Resource, Snapshot, build, find};
use convene::schedule::AsOf;
use roxmltree::Document;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const NOW: &str = "2026-11-23T21:00:00Z";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

type Listed = BTreeMap<String, Option<DateTime<Utc>>>;

/// Addresses and moments of a file, which has to be as the schema says.
fn read(xml: &str, root: &str, item: &str) -> Listed {
    assert!(xml.len() <= 52_428_800, "{} octets", xml.len());
    let document = Document::parse(xml).unwrap();
    assert!(document.root_element().has_tag_name((NAMESPACE, root)));
    let mut listed = Listed::new();
    for entry in document.root_element().children().filter(|node| node.is_element()) {
        assert!(entry.has_tag_name((NAMESPACE, item)), "{entry:?}");
        let parts: Vec<_> = entry.children().filter(|node| node.is_element()).collect();
        let names: Vec<_> = parts.iter().map(|part| part.tag_name().name()).collect();
        assert!(matches!(names.as_slice(), ["loc"] | ["loc", "lastmod"]), "{names:?}");
        let address = parts[0].text().unwrap();
        assert!(url::Url::parse(address).is_ok() && address.chars().count() < 2048, "{address}");
        let moment = parts.get(1).map(|part| part.text().unwrap().parse().unwrap());
        assert!(listed.insert(address.to_owned(), moment).is_none(), "{address} twice");
    }
    assert!(!listed.is_empty() && listed.len() <= 50_000);
    listed
}

fn listed(snapshot: &Snapshot) -> Listed {
    read(text(snapshot, "/sitemap.xml"), "urlset", "url")
}

#[test]
fn every_page_is_listed_and_nothing_else() {
    for (name, community, as_of) in communities() {
        let snapshot = build(&community, as_of);
        let listed = listed(&snapshot);
        let own = |(path, html)| {
            let address = community.site.absolute(path);
            (canonical(html) == address).then_some(address)
        };
        let published: BTreeSet<String> = pages(&snapshot).filter_map(own).collect();
        assert_eq!(listed.keys().cloned().collect::<BTreeSet<_>>(), published, "{name}");
        for (address, moment) in listed {
            assert!(moment.is_none_or(|moment| moment <= as_of), "{name}: {address} {moment:?}");
        }
    }
}

fn last_modified(community: &Community, path: &str, now: &str) -> String {
    let listed = listed(&build(community, utc(now)));
    let moment = listed[&community.site.absolute(path)];
    moment.map_or("never".to_owned(), |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[test]
fn a_page_was_modified_when_something_became_known() {
    let mut c = community();
    exception(&mut c, "2026-11-26T10:00:00").change =
        cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    exception(&mut c, "2026-11-12T10:00:00").record =
        recorded(&["https://youtu.be/a"], "2026-11-15T08:00:00Z");
    let at = |path: &str, now: &str| last_modified(&c, path, now);
    let untouched = "/meetings/oci-weekly/2026-12-03/";
    assert_eq!(at(untouched, NOW), "2026-01-01T00:00:00Z", "when the series was");
    assert_eq!(at("/meetings/oci-weekly/2026-11-26/", NOW), "2026-11-20T18:00:00Z");
    assert_eq!(at("/meetings/oci-weekly/2026-11-12/", NOW), "2026-11-15T08:00:00Z");
    assert_eq!(at("/meetings/oci-weekly/2026-11-19/", NOW), "2026-11-19T19:00:00Z", "its end");
    assert_eq!(at("/meetings/oci-weekly/", NOW), "2026-11-20T18:00:00Z", "the newest of them");
    assert_eq!(at("/", NOW), "2026-11-20T18:00:00Z");
    assert_eq!(at("/", "2026-11-19T20:00:00Z"), "2026-11-19T19:00:00Z", "not known by then");
    assert_eq!(at("/", "2026-11-23T21:00:01Z"), at("/", NOW), "never when it was made");
}

#[test]
fn a_page_without_dates_has_no_moment() {
    let mut c = community();
    c.pages.push(Page { path: "/about/".to_owned(), aliases: vec![], ..c.pages[0].clone() });
    assert_eq!(last_modified(&c, "/about/", NOW), "never");
}

/// A community with more meetings than one list may have.
fn with_many_meetings() -> Community {
    let mut c = community();
    let weekdays = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()));
    let weekdays = weekdays.take(7).collect();
    let weekly = Arc::clone(c.series.iter().find(|series| !series.slots.is_empty()).unwrap());
    let daily = Series {
        slots: vec![Slot {
            rule: Rule::Weekly { interval: 1, weekdays },
            from: "2016-01-01".parse().unwrap(),
            until: None,
            ..weekly.slots[0].clone()
        }],
        ..Series::clone(&weekly)
    };
    c.series = (10..28)
        .map(|i| Series { slug: Slug::new(&format!("daily-{i}")).unwrap(), ..daily.clone() })
        .map(Arc::new)
        .collect();
    c
}

#[test]
fn what_is_too_much_for_one_list_is_in_several() {
    let (c, now) = (with_many_meetings(), utc(NOW));
    let file = |path: &str| {
        let as_of = AsOf::new(now);
        match find(&c, path, &as_of) {
            Some(Found::Document(recipe)) => {
                String::from_utf8(recipe.render(&as_of).body().to_vec()).unwrap()
            }
            _ => panic!("no {path}"),
        }
    };
    let parts = read(&file("/sitemap.xml"), "sitemapindex", "sitemap");
    let paths = ["/sitemap-1.xml", "/sitemap-2.xml"];
    let addresses: BTreeSet<_> = paths.iter().map(|path| c.site.absolute(path)).collect();
    assert_eq!(parts.keys().cloned().collect::<BTreeSet<_>>(), addresses);
    assert!(parts.values().all(Option::is_some));
    let lists = paths.map(|path| read(&file(path), "urlset", "url"));
    assert!(lists.iter().all(|list| list.len() <= 50_000));
    let all: BTreeSet<_> = lists.iter().flat_map(|list| list.keys()).collect();
    assert_eq!(all.len(), lists[0].len() + lists[1].len(), "nothing is in both");
    for path in ["/", "/archive/", "/meetings/daily-10/2016-01-01/", "/calendar/2016-01/"] {
        assert!(all.contains(&c.site.absolute(path)), "{path}");
    }
    let last = "/meetings/daily-27/2027-11-24/";
    assert!(all.contains(&c.site.absolute(last)), "{last}");
}

/// Google's fetcher of calendars obeys robots.txt: nothing may be closed to it.
#[test]
fn robots_may_fetch_everything_and_find_the_pages() {
    let snapshot = build(&community(), utc(NOW));
    let lines: Vec<_> = text(&snapshot, "/robots.txt").lines().collect();
    let sitemap = "Sitemap: https://calendar.opencontainers.org/sitemap.xml";
    assert_eq!(lines, ["User-agent: *", "Allow: /", "", sitemap]);
}

#[test]
fn both_say_what_they_are() {
    let snapshot = build(&community(), utc(NOW));
    for (path, media_type) in [
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
    ] {
        let Some(Resource::Document(document)) = snapshot.get(path) else { panic!("no {path}") };
        assert_eq!(document.media_type(), media_type, "{path}");
    }
}
