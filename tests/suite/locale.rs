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
const NAMES: [&str; 38] = [
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
    "yahoo",
    "thunderbird",
    "fastmail",
    "nextcloud",
    "proton",
    "calendar",
    "home",
    "assistant",
    "android",
    "chrome",
    "iphone",
];

/// The tag of a series, and words that are German, too.
const ALIKE: [&str; 24] = [
    "karten",
    "feed",
    "feeds",
    "bot",
    "app",
    "browser",
    "links",
    "server",
    "text",
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

/// Attributes that people read, or that the script shows them.
const ATTRIBUTES: [&str; 16] = [
    " aria-label=\"",
    " title=\"",
    " content=\"",
    " data-copied=\"",
    " data-selected=\"",
    " data-chosen=\"",
    " data-nothing=\"",
    " data-no-server=\"",
    " placeholder=\"",
    " data-none=\"",
    " data-found=\"",
    " data-running=\"",
    " data-starts=\"",
    " data-ends=\"",
    " data-over=\"",
    " data-own=\"",
];

/// What people read of HTML: its text, and the names that elements have for those who do not see.
fn of_html(html: &str, read: &mut String) {
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        for attribute in ATTRIBUTES {
            let value = tag.split(attribute).nth(1).and_then(|rest| rest.split('"').next());
            let machine =
                ["viewport", "robots", "color-scheme", "og:type", "twitter:card", "og:locale"];
            let machine = machine.iter().any(|name| tag.contains(name));
            // What stands for a number is the script's.
            let said = |value: &str| value.replace("{found}", "").replace("{all}", "");
            read.extend(value.filter(|_| !machine).map(|value| format!(" {} ", said(value))));
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

fn of_svg(svg: &str, read: &mut String) {
    let document = roxmltree::Document::parse(svg).unwrap();
    for node in document.descendants() {
        let said = [node.text(), node.attribute("aria-label")];
        said.into_iter().flatten().for_each(|text| read.extend([text, " "]));
    }
}

/// The words that the element has in one language, of all that are in its script.
fn of_element(script: &str, tag: &str, read: &mut String) {
    let line = script.lines().find_map(|line| line.trim().strip_prefix(&format!("{tag}: ")));
    let words: serde_json::Value =
        serde_json::from_str(line.unwrap().trim_end_matches(',')).unwrap();
    let mut texts = 0;
    for word in words.as_object().unwrap().values().filter_map(|word| word.as_str()) {
        read.extend([word, " "]);
        texts += 1;
    }
    assert!(texts > 10, "only {texts} texts in `{tag}`");
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
fn words(snapshot: &Snapshot, tag: &str) -> BTreeSet<String> {
    let mut read = String::new();
    for (path, resource) in snapshot.iter() {
        let Resource::Document(document) = resource else { continue };
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
            "application/json" => of_json(&serde_json::from_str(body).unwrap(), &mut read),
            "image/svg+xml" => of_svg(body, &mut read),
            "text/javascript" if path == "/embed.js" => of_element(body, tag, &mut read),
            // Has no words: so says a test below.
            "text/javascript" => {}
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
    MOMENTS.iter().flat_map(|at| words(&build(&community, moment(at)), tag)).collect()
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

/// The literals in a script's code that begin as a word or a sentence does.
fn spoken(script: &str) -> Vec<String> {
    let code = script.lines().map(str::trim).filter(|line| !line.starts_with(['/', '*']));
    let literals = code.flat_map(|line| line.split(['\'', '"', '`']).skip(1).step_by(2));
    let is_word = |text: &&str| {
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    // The name of a key is the same everywhere.
    literals.filter(is_word).filter(|word| *word != "Escape").map(str::to_owned).collect()
}

#[test]
fn scripts_say_nothing_of_their_own() {
    assert_eq!(spoken("button.textContent = done ? 'Copied' : \"Copy\";"), ["Copied", "Copy"]);
    let snapshot = build(&in_language("de"), moment(MOMENTS[0]));
    let scripts = ["/embed.js", "/embed/page.js", "/page.js"];
    for path in scripts {
        let script = text(&snapshot, path).lines();
        // Of the element's words each language has a line.
        let of_no_language = |line: &&str| {
            !["en: {", "de: {", "ja: {"].iter().any(|tag| line.trim().starts_with(tag))
        };
        let code: Vec<_> = script.filter(of_no_language).collect();
        assert_eq!(spoken(&code.join("\n")), [""; 0], "{path}");
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
    home_says("fr", "<section class=\"subscribe\" aria-labelledby=\"subscribe\" lang=\"en\">");
    let old = home_says("deu", ">Next meeting<");
    assert!(old.contains("<footer lang=\"en\">"), "a tag that begins like another is another");
}
