//! The same community in each language: no English is left in another, and nothing but words
//! differs.

use crate::support::{files, moment, package, text};
use convene::content::parse;
use convene::model::Community;
use convene::publish::{Resource, Snapshot, build};
use std::collections::BTreeSet;

/// Before a meeting, during it, on the eve of a holiday, and when reminders have come.
const MOMENTS: [&str; 4] = [
    "2026-11-24T12:00:00Z",
    "2026-12-05T00:00:00Z",
    "2026-12-23T09:30:00Z",
    "2026-12-24T08:30:00Z",
];

/// Names, which are the same in every language.
const NAMES: [&str; 27] = [
    "rss",
    "atom",
    "json",
    "jcal",
    "xcal",
    "jscalendar",
    "opml",
    "utc",
    "jst",
    "pst",
    "pdt",
    "est",
    "edt",
    "cet",
    "cest",
    "ist",
    "cst",
    "asia",
    "tokyo",
    "google",
    "outlook",
    "com",
    "microsoft",
    "apple",
    "slack",
    "matrix",
    "hookshot",
];

/// The tag of a series, and words that are German, too.
const ALIKE: [&str; 20] = [
    "karten",
    "feed",
    "feeds",
    "bot",
    "app",
    "in",
    "am",
    "an",
    "us",
    "china",
    "japan",
    "april",
    "august",
    "september",
    "november",
    "jan",
    "feb",
    "apr",
    "aug",
    "nov",
];

/// The community of the Japanese case, whose own words are not in Latin letters, in a language.
fn in_language(tag: &str) -> Community {
    let mut files = files(&package("tests/cases/in-japanese/content"));
    for file in files.iter_mut().filter(|file| file.path == "site.toml") {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let text = text.replace("language = \"ja\"", &format!("language = \"{tag}\""));
        file.bytes = text.into_bytes();
    }
    parse(&files).unwrap()
}

/// What people read of HTML: its text, and the names that elements have for those who do not see.
fn of_html(html: &str, read: &mut String) {
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        for attribute in
            [" aria-label=\"", " title=\"", " content=\"", " placeholder=\"", " data-none=\""]
        {
            let value = tag.split(attribute).nth(1).and_then(|rest| rest.split('"').next());
            let machine = ["viewport", "color-scheme", "og:type", "twitter:card", "og:locale"];
            let machine = machine.iter().any(|name| tag.contains(name));
            read.extend(value.filter(|_| !machine).map(|value| format!(" {value} ")));
        }
        // The lines for bots are written as they are.
        if !tag.starts_with("code") && !tag.starts_with("script") {
            read.extend([text, " "]);
        }
    }
}

fn of_xml(xml: &str, read: &mut String) {
    const TEXTS: [&str; 6] = ["title", "description", "subtitle", "summary", "content", "encoded"];
    let document = roxmltree::Document::parse(xml).unwrap();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        if TEXTS.contains(&node.tag_name().name()) {
            of_html(node.text().unwrap_or_default(), read);
        }
        let outline = ["text", "title"].into_iter().filter_map(|name| node.attribute(name));
        outline.for_each(|text| read.extend([text, " "]));
    }
}

fn of_json(json: &serde_json::Value, read: &mut String) {
    const TEXTS: [&str; 4] = ["title", "description", "summary", "content_html"];
    match json {
        serde_json::Value::Array(all) => all.iter().for_each(|value| of_json(value, read)),
        serde_json::Value::Object(all) => {
            all.iter().for_each(|(key, value)| match value.as_str() {
                Some(text) if TEXTS.contains(&key.as_str()) => of_html(text, read),
                _ => of_json(value, read),
            })
        }
        _ => {}
    }
}

fn of_calendar(ics: &str, read: &mut String) {
    for line in ics.replace("\r\n ", "").lines() {
        let (name, value) = line.split_once(':').unwrap();
        if let Some((_, label)) = name.split_once("LABEL=") {
            read.extend([label, " "]);
        }
        if ["SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALDESC"].contains(&name) {
            read.extend([&value.replace("\\n", " "), " "]);
        }
    }
}

/// The words in Latin letters that people read in everything published, without addresses.
fn words(snapshot: &Snapshot) -> BTreeSet<String> {
    let mut read = String::new();
    for (path, resource) in snapshot.iter() {
        // What is shown on other sites speaks English so far.
        let is_of_sites = path.starts_with("/embed") || path.contains("/next.");
        let Resource::Document(document) = resource else { continue };
        if is_of_sites {
            continue;
        }
        let body = std::str::from_utf8(document.body()).unwrap();
        match document.media_type().split(';').next().unwrap() {
            "text/html" => of_html(body.split("<head>").nth(1).unwrap(), &mut read),
            "text/calendar" => of_calendar(body, &mut read),
            "application/feed+json" => of_json(&serde_json::from_str(body).unwrap(), &mut read),
            "application/rss+xml" | "application/atom+xml" | "text/x-opml" => {
                of_xml(body, &mut read);
            }
            // The same calendars in other syntaxes, and what no person reads.
            "application/calendar+json" | "application/calendar+xml" => {}
            "application/jscalendar+json" | "application/xml" => {}
            "text/css" | "text/plain" => {}
            other => panic!("what do people read of {other} at {path}?"),
        }
    }
    let text: String = read
        .split_whitespace()
        .filter(|word| !word.contains("://"))
        .fold(String::new(), |text, word| text + word + " ");
    let words = text.split(|c: char| !c.is_alphabetic());
    let latin =
        words.filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic()));
    latin.map(str::to_lowercase).collect()
}

fn words_in(tag: &str) -> BTreeSet<String> {
    let community = in_language(tag);
    MOMENTS.iter().flat_map(|at| words(&build(&community, moment(at)))).collect()
}

#[test]
fn no_english_is_left() {
    let english = words_in("en");
    for word in ["happening", "reason", "tagged", "reminder", "skip", "since", "hour", "after"] {
        assert!(english.contains(word), "the community is not one of which `{word}` is said");
    }
    for tag in ["de", "ja"] {
        let left: Vec<_> = words_in(tag)
            .intersection(&english)
            .filter(|word| !NAMES.contains(&word.as_str()) && !ALIKE.contains(&word.as_str()))
            .cloned()
            .collect();
        assert!(left.is_empty(), "English in `{tag}`: {left:?}");
    }
}

/// Whatever identifies a meeting or an entry, in the order it is published.
fn identities(snapshot: &Snapshot) -> Vec<String> {
    let mut found: Vec<String> = snapshot.iter().map(|(path, _)| path.to_owned()).collect();
    for path in ["/feed.xml", "/reminders.xml", "/chizu.ics"] {
        let lines = text(snapshot, path).lines();
        let identity = |line: &&str| {
            ["<guid", "<pubDate", "UID:", "DTSTART"].iter().any(|name| line.contains(name))
        };
        found.extend(lines.filter(identity).map(str::to_owned));
    }
    found
}

#[test]
fn identities_and_times_do_not_depend_on_the_language() {
    for at in MOMENTS {
        let [english, german, japanese] =
            ["en", "de", "ja"].map(|tag| identities(&build(&in_language(tag), moment(at))));
        assert!(english.iter().any(|line| line.contains("<guid")), "{at}");
        assert_eq!(english, german, "{at}");
        assert_eq!(english, japanese, "{at}");
    }
}

#[track_caller]
fn home_says(tag: &str, expected: &str) -> String {
    let snapshot = build(&in_language(tag), moment(MOMENTS[0]));
    let home = text(&snapshot, "/").to_owned();
    assert!(home.contains(&format!("<html lang=\"{tag}\">")), "{tag}");
    assert!(home.contains(expected), "{tag} has no {expected:?}");
    home
}

#[test]
fn a_regional_language_has_the_words_of_its_language() {
    home_says("de-AT", ">Nächstes Treffen<");
    home_says("ja-JP", ">次回のミーティング<");
    let american = home_says("en-US", ">Next meeting<");
    assert!(!american.contains("lang=\"en\""));
}

#[test]
fn a_language_without_words_has_english_ones_that_are_marked_as_such() {
    home_says("fr", ">Next meeting<");
    home_says("fr", "<footer lang=\"en\">");
    home_says("fr", "<section aria-labelledby=\"subscribe\" lang=\"en\">");
    let old = home_says("deu", ">Next meeting<");
    assert!(old.contains("<footer lang=\"en\">"), "a tag that begins like another is another");
}
