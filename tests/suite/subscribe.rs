//! The panel that says how to subscribe, and its chooser.

use crate::sample::*;
use convene::model::{Community, Slug};
use convene::publish::{Resource, build};
use convene::render::Scope;
use convene::render::format::{Audience, FORMATS};
use std::collections::BTreeMap;
use std::sync::Arc;
use url::Url;

const NOW: &str = "2026-11-23T21:00:00Z";

/// The panel of a page.
fn panel(community: &Community, path: &str) -> String {
    let snapshot = build(community, utc(NOW));
    let Some(Resource::Document(document)) = snapshot.get(path) else { panic!("no {path}") };
    let html = std::str::from_utf8(document.body()).unwrap();
    let panel = html.split("<section class=\"subscribe\"").nth(1).unwrap();
    panel.split("</section>").next().unwrap().to_owned()
}

/// An element's attribute, with HTML's escapes undone.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    Some(escapes.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to)))
}

/// The tags of a kind, as they are written.
fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("<{name}");
    let tags = html.split(&start).skip(1).filter(|rest| rest.starts_with(' '));
    tags.map(|rest| rest.split('>').next().unwrap()).collect()
}

/// A community whose names mean something in addresses, in HTML or to whoever fills gaps.
fn hostile() -> Community {
    let mut c = community();
    let name = "A&B=\"1\"? #50%+é 会議 {name} {encoded-https} <i>'(x)*!</i>";
    c.site.name = line(name);
    calls(&mut c).title = line(&format!("{name}&name=other&url=https://evil.example/"));
    c
}

fn query(url: &Url) -> BTreeMap<String, String> {
    url.query_pairs().into_owned().collect()
}

#[test]
fn every_application_is_given_the_address_and_the_name() {
    for c in [community(), hostile()] {
        let scopes: Vec<_> = Scope::all(&c).filter(|s| !matches!(s, Scope::Tag(..))).collect();
        assert_eq!(scopes.len(), 3);
        for scope in scopes {
            let stem = scope.calendar_stems().remove(0);
            let host = format!("calendar.opencontainers.org{stem}.ics");
            let (https, webcal) = (format!("https://{host}"), format!("webcal://{host}"));
            let panel = panel(&c, &scope.home());
            let hrefs: Vec<_> =
                tags(&panel, "a").iter().filter_map(|tag| attribute(tag, "href")).collect();
            assert_eq!(hrefs.iter().filter(|href| **href == webcal).count(), 2, "{hrefs:?}");
            let urls: Vec<_> = hrefs.iter().filter_map(|href| Url::parse(href).ok()).collect();
            let at = |host: &str| urls.iter().find(|url| url.host_str() == Some(host)).unwrap();
            let google = query(at("calendar.google.com"));
            assert_eq!(google, BTreeMap::from([("cid".to_owned(), webcal)]));
            for outlook in ["outlook.live.com", "outlook.office.com"] {
                let expected =
                    [("name".to_owned(), scope.title()), ("url".to_owned(), https.clone())];
                assert_eq!(query(at(outlook)), BTreeMap::from(expected), "{outlook}");
            }
        }
    }
}

#[test]
fn the_script_fills_the_gaps_of_each_link_with_what_is_there_already() {
    let c = hostile();
    for path in ["/", "/meetings/oci-weekly/"] {
        let panel = panel(&c, path);
        let form = tags(&panel, "form")[0];
        let name = attribute(form, "data-name").unwrap();
        let action = attribute(form, "action").unwrap();
        let https = attribute(form, "data-site").unwrap() + &action;
        let webcal = https.replace("https:", "webcal:");
        let encode = |text: &str| text.replace(':', "%3A").replace('/', "%2F");
        let links = tags(&panel, "a");
        let filled = links.iter().filter_map(|tag| Some((tag, attribute(tag, "data-link")?)));
        let mut count = 0;
        for (tag, gaps) in filled {
            let parts = gaps
                .replace("{path}", &action)
                .replace("{webcal}", &webcal)
                .replace("{encoded-webcal}", &encode(&webcal))
                .replace("{encoded-https}", &encode(&https))
                .replace("{name}", &name);
            assert_eq!(attribute(tag, "href"), Some(parts), "{tag}");
            count += 1;
        }
        assert_eq!(count, 6, "five applications and the download");
    }
}

#[test]
fn every_feed_for_people_and_bots_can_be_found() {
    let c = community();
    for scope in Scope::all(&c) {
        let panel = panel(&c, &scope.home());
        let feeds =
            FORMATS.iter().filter(|f| matches!(f.audience, Audience::Readers | Audience::Bots));
        for feed in feeds {
            let href = format!("href=\"{}\"", feed.path(&scope));
            assert!(panel.contains(&href), "no {href} on {}", scope.home());
        }
    }
    assert!(panel(&c, "/").contains("href=\"/follow.opml\""));
}

/// What can be ticked: names and values, in order.
fn boxes(panel: &str) -> Vec<(String, String)> {
    let inputs = tags(panel, "input").into_iter();
    inputs.map(|tag| (attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap())).collect()
}

#[test]
fn the_chooser_offers_tags_and_series_those_with_dates_first() {
    let mut c = community();
    assert_eq!(c.series[0].slug.as_str(), "oci-events", "by slug, the one without dates is first");
    let calls_first = ["oci-weekly", "oci-events"].map(|s| ("series".to_owned(), s.to_owned()));
    assert_eq!(boxes(&panel(&c, "/")), calls_first);
    assert!(panel(&c, "/").contains("OCI event <span class=\"quiet\">no date planned</span>"));
    assert!(boxes(&panel(&c, "/meetings/oci-weekly/")).is_empty());
    calls(&mut c).tags = vec![slug("dev"), slug("open")];
    let names: Vec<_> = boxes(&panel(&c, "/")).into_iter().map(|(_, value)| value).collect();
    assert_eq!(names, ["dev", "open", "oci-weekly", "oci-events"]);
    assert!(panel(&c, "/").contains("data-tags=\"dev open\""));
}

#[test]
fn nobody_has_to_choose_among_more_than_thirty() {
    let mut c = community();
    let more = |n: usize| (0..n).map(|i| Arc::new(series(&format!("wg-{i:02}"), "Working group")));
    c.series.extend(more(28));
    assert_eq!(boxes(&panel(&c, "/")).len(), 30);
    c.series.push(Arc::new(series("wg-28", "Working group")));
    calls(&mut c).tags = vec![slug("dev")];
    assert_eq!(boxes(&panel(&c, "/")), [("tag".to_owned(), "dev".to_owned())]);
    assert!(
        panel(&c, "/").contains("subscribe on its page: <a href=\"#meetings\">all meetings</a>.")
    );
    calls(&mut c).tags = (0..31).map(|i| Slug::new(&format!("tag-{i}")).unwrap()).collect();
    assert!(boxes(&panel(&c, "/")).is_empty());
}

#[test]
fn a_community_with_one_series_has_nothing_to_choose_from_but_how() {
    let mut c = community();
    c.series.retain(|series| series.slug.as_str() == "oci-weekly");
    let panel = panel(&c, "/");
    assert!(boxes(&panel).is_empty());
    let selects: Vec<_> =
        tags(&panel, "select").iter().filter_map(|tag| attribute(tag, "name")).collect();
    assert_eq!(selects, ["alarm", "cancelled"]);
}
