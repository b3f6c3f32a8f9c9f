//! Text of any kind in any field of the content: either a diagnostic, or a calendar with the same
//! components and properties as harmless text gives, in which every reader finds the text again.

mod community;
mod foreign;

use crate::support::moment;
use community::{FIELDS, Field, Language, folder};
use convene::content::{Diagnostic, Diagnostics, parse};
use convene::model::{Community, Markdown};
use convene::publish::{Resource, build};
use convene::render::feed::Feeds;
use convene::render::format::CALENDAR;
use convene::render::{Scope, plain};
use convene::schedule::AsOf;
use foreign::{Seen, Shape, shape};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Text that means something somewhere between the content and a client.
const NASTY: [&str; 36] = [
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\t",
    "\u{7}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}",
    "\"",
    "'",
    "\\",
    "\\n",
    ";",
    ":",
    ",",
    "^n",
    "^'",
    "=",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "\nBEGIN:VALARM\n",
    "\r\nATTENDEE:mailto:a@example.org\r\n",
    ";VALUE=DATE",
    ";TZID=\"",
    "\n ",
    "\u{feff}",
    "\u{200d}",
    "\u{301}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{2066}",
    "\u{fffe}",
    "👩‍👩‍👧",
    "会議",
];

/// What each reader counts in the good folder's calendars, by path.
static BASELINE: LazyLock<BTreeMap<String, Vec<Shape>>> = LazyLock::new(|| {
    let shapes = |text: &str| foreign::read(text).unwrap().map(|(_, seen)| shape(&seen)).to_vec();
    calendars(&good(Language::Toml)).into_iter().map(|(path, text)| (path, shapes(&text))).collect()
});

fn good(language: Language) -> Community {
    let (field, text) = FIELDS[0];
    parse(&folder(field, text, language)).unwrap_or_else(|d| panic!("{d:#?}"))
}

/// Every calendar as text, by path.
fn calendars(community: &Community) -> BTreeMap<String, String> {
    let snapshot = build(community, moment("2026-11-01T00:00:00Z"));
    let documents = snapshot.iter().filter_map(|(path, resource)| match resource {
        Resource::Document(document) if path.ends_with(".ics") => {
            Some((path.to_owned(), String::from_utf8(document.body().to_vec()).unwrap()))
        }
        _ => None,
    });
    documents.collect()
}

/// Where readers find the text: in which calendar, component and property.
fn place(field: Field) -> Option<(&'static str, &'static str, &'static str)> {
    const ALL: &str = "/example.ics";
    const WEEKLY: &str = "/meetings/weekly.ics";
    match field {
        Field::SiteName => Some((ALL, "VCALENDAR", "NAME")),
        Field::SiteDescription => Some((ALL, "VCALENDAR", "DESCRIPTION")),
        Field::Title | Field::DateTitle | Field::AddedTitle => Some((WEEKLY, "VEVENT", "SUMMARY")),
        Field::Location | Field::DateLocation | Field::AddedLocation => {
            Some((WEEKLY, "VEVENT", "LOCATION"))
        }
        Field::Join | Field::DateJoin => Some((WEEKLY, "VEVENT", "CONFERENCE")),
        Field::Tag => Some((WEEKLY, "VEVENT", "CATEGORIES")),
        Field::Uid => Some((WEEKLY, "VEVENT", "UID")),
        Field::Note | Field::AddedNote => Some((WEEKLY, "VEVENT", "DESCRIPTION")),
        _ => None,
    }
}

/// What readers have to find there.
fn expected(field: Field, text: &str) -> String {
    match field {
        // A tab is written as the space that it looks like.
        Field::Note | Field::AddedNote => {
            plain::text(&Markdown::new(text).unwrap()).replace('\t', " ")
        }
        // Outlook takes no longer name.
        Field::SiteName => text.trim()[..text.trim().floor_char_boundary(255)].trim().to_owned(),
        _ => text.trim().to_owned(),
    }
}

fn finds(seen: &Seen, field: Field, text: &str) -> bool {
    let Some((_, component, property)) = place(field) else { return true };
    let is_note = matches!(field, Field::Note | Field::AddedNote);
    let wanted = expected(field, text);
    seen.iter().any(|(own, name, value)| {
        let equal = if is_note { value.starts_with(&wanted) } else { *value == wanted };
        own == component && name == property && equal
    })
}

/// Whether a community with that text has the calendars of one without it, and the text in them.
fn check(community: &Community, field: Field, text: &str) -> Result<(), String> {
    let calendars = calendars(community);
    if calendars.len() != BASELINE.len() {
        return Err(format!("other calendars: {:?}", calendars.keys()));
    }
    for ((path, ics), (old_path, baseline)) in calendars.iter().zip(BASELINE.iter()) {
        // The name of a tag is part of a path.
        if path != old_path && field != Field::Tag {
            return Err(format!("{path} is there, not {old_path}"));
        }
        for ((reader, seen), baseline) in foreign::read(ics)?.into_iter().zip(baseline) {
            if shape(&seen) != *baseline {
                return Err(format!("{reader} counts otherwise in {path}: {ics}"));
            }
            let is_place = place(field).is_some_and(|(own, ..)| own == path);
            if is_place && !finds(&seen, field, text) {
                return Err(format!("{reader} does not find {text:?} in {path}: {ics}"));
            }
        }
    }
    Ok(())
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(&NASTY[..]).prop_map(str::to_owned),
        2 => "[ -~]{0,20}",
        2 => "(?s).{0,10}",
        1 => any::<char>().prop_map(|c| c.to_string()),
        1 => (select(&NASTY[..]), 1..400usize).prop_map(|(piece, n)| piece.repeat(n)),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The same without what the model refuses at once, so that most of it is published.
fn any_printable_text() -> impl Strategy<Value = String> {
    let printable = |c: &char| !"\n\t".contains(*c) && Markdown::new(&c.to_string()).is_ok();
    any_text().prop_map(move |text| text.chars().filter(printable).collect())
}

/// Text as an address, for the fields that take nothing else.
fn any_link() -> impl Strategy<Value = String> {
    let link = |text: String| format!("https://meet.example.org/{text}");
    any_text()
        .prop_filter("other letters have a test of their own", |t| t.is_ascii())
        .prop_map(link)
}

fn any_language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::Toml), Just(Language::Yaml)]
}

#[test]
fn the_harmless_folder_is_read_by_all_and_alike_in_both_languages() {
    for language in [Language::Toml, Language::Yaml] {
        assert_eq!(calendars(&good(language)), calendars(&good(Language::Toml)));
        for (field, text) in FIELDS {
            assert_eq!(check(&good(language), field, text), Ok(()), "{field:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_text_in_any_field_changes_what_a_calendar_has(
        (field, _) in select(&FIELDS[..]), text in prop_oneof![any_text(), any_printable_text()],
        language in any_language(),
    ) {
        if let Ok(community) = parse(&folder(field, &text, language)) {
            let checked = check(&community, field, &text);
            prop_assert!(checked.is_ok(), "{field:?}: {}", checked.unwrap_err());
        }
    }

    #[test]
    fn no_address_changes_what_a_calendar_has(
        field in select(vec![Field::SiteUrl, Field::Join, Field::Agenda, Field::DateJoin,
            Field::Minutes, Field::Recording]),
        text in any_link(), language in any_language(),
    ) {
        if let Ok(community) = parse(&folder(field, &text, language)) {
            let checked = check(&community, field, &text);
            prop_assert!(checked.is_ok(), "{field:?}: {}", checked.unwrap_err());
        }
    }
}

/// The random texts above are mostly refused in some fields; these are taken in every one.
#[test]
fn text_that_looks_like_a_calendar_is_only_text() {
    let text =
        "BEGIN:VEVENT; SUMMARY:x, \\n\\; ;VALUE=DATE:1 ^n \"q\" 'q' END:VCALENDAR 👩‍👩‍👧 e\u{301}";
    for (field, _) in FIELDS {
        let refuses = matches!(
            field,
            Field::SiteUrl
                | Field::UidDomain
                | Field::Join
                | Field::Agenda
                | Field::Tag
                | Field::Uid
                | Field::Rule
                | Field::DateJoin
                | Field::Minutes
                | Field::Recording
        );
        for language in [Language::Toml, Language::Yaml] {
            match parse(&folder(field, text, language)) {
                Ok(community) => {
                    assert!(!refuses, "{field:?} takes it");
                    assert_eq!(check(&community, field, text), Ok(()), "{field:?}");
                }
                Err(diagnostics) => assert!(refuses, "{field:?}: {diagnostics:#?}"),
            }
        }
    }
}

/// Every component may have a URI only in the characters of RFC 3986.
#[test]
fn an_address_with_letters_beyond_ascii_is_a_uri_all_the_same() {
    let address = "https://meet.example.org/späti/会議?q=ü";
    for field in [Field::SiteUrl, Field::Join, Field::Agenda, Field::DateJoin, Field::Recording] {
        let Ok(community) = parse(&folder(field, address, Language::Toml)) else { continue };
        for (path, text) in calendars(&community) {
            let read = foreign::read(&text);
            assert!(read.is_ok(), "{field:?} in {path}: {}", read.unwrap_err());
        }
    }
}

/// As much of that as a text can have.
fn most(pattern: &str) -> String {
    pattern.repeat(Markdown::MOST_BYTES / pattern.len())
}

/// One field of each kind. Cost is told by how much comes out.
#[test]
fn a_megabyte_in_a_field_is_refused_in_short() {
    let pattern = "\"\\\n; a";
    let text = pattern.repeat(1_000_000 / pattern.len());
    for field in [
        Field::SiteName,
        Field::UidDomain,
        Field::Join,
        Field::Tag,
        Field::Uid,
        Field::Rule,
        Field::Reason,
        Field::Description,
        Field::AddedNote,
        Field::PageBody,
    ] {
        let files = folder(field, &text, Language::Toml);
        let written: usize = files.iter().map(|file| file.bytes.len()).sum();
        let told = told(&parse(&files).unwrap_err());
        assert!(told < 2 * written, "{field:?}: {told} octets of diagnostics");
    }
}

#[test]
fn the_longest_text_is_published_in_proportion() {
    let text = most("\"\\\n; a");
    for field in [Field::Description, Field::AddedNote, Field::PageBody] {
        let files = folder(field, &text, Language::Toml);
        let written: usize = files.iter().map(|file| file.bytes.len()).sum();
        for (path, calendar) in calendars(&parse(&files).unwrap()) {
            assert!(calendar.len() < 3 * written, "{field:?}: {path}: {}", calendar.len());
        }
    }
}

/// The size of what an author is told, whole lines of the file included.
fn told(diagnostics: &Diagnostics) -> usize {
    let line = |d: &Diagnostic| d.source_line.as_ref().map_or(0, String::len);
    diagnostics.iter().map(|d| d.message.len() + d.help.len() + line(d)).sum()
}

#[test]
fn many_mistakes_on_one_line_are_told_in_proportion() {
    const MISTAKES: usize = 2000;
    let mut files = folder(Field::Tag, "mark", Language::Toml);
    let series = files.iter_mut().find(|file| file.path.ends_with("series.md")).unwrap();
    let text = String::from_utf8(series.bytes.clone()).unwrap();
    let tags = vec!["\"A b\""; MISTAKES].join(", ");
    series.bytes = text.replace("\"mark\"", &tags).into_bytes();
    let written = series.bytes.len();
    let diagnostics = parse(&files).unwrap_err();
    let told = told(&diagnostics);
    assert!(told < 100 * written, "{told} octets of diagnostics for {written} of content");
}

#[test]
fn the_longest_note_is_found_by_every_reader() {
    let pieces = NASTY.iter().filter(|piece| Markdown::new(&format!("a{piece}a")).is_ok());
    let text = most(&pieces.copied().collect::<String>());
    let community = parse(&folder(Field::AddedNote, &text, Language::Yaml)).unwrap();
    assert_eq!(check(&community, Field::AddedNote, &text).map_err(|e| e.len()), Ok(()));
}

/// Notes that some readers of Markdown take long for, or write out as much more than they are.
const PATTERNS: [&str; 24] = [
    "a",
    "é",
    "会",
    "\n",
    "- a\n",
    "-\n*\n",
    "- ",
    "> ",
    "*",
    "_a ",
    "`",
    "[",
    "![",
    "[a](b",
    "<a",
    "&amp;",
    "\\",
    ",",
    ";",
    "|a",
    "# a\n",
    "1) ",
    "a\\\n",
    "[a](https://example.org/a)\n",
];

/// The calendar alone, without its pages.
#[test]
fn the_longest_note_makes_a_calendar_of_no_more_than_five_times_as_much() {
    let rendered = |community: &Community| {
        let as_of = AsOf::new(moment("2026-11-01T00:00:00Z"));
        let scope = Scope::Series(community, &community.series[0]);
        (CALENDAR.render)(&scope, &Feeds::of(scope), &as_of)
    };
    let others = rendered(&good(Language::Toml)).len();
    // Markdown names a link once and uses it often; its reader allows that much growth.
    let references = format!("[a]: https://example.org/{}\n\n", "a".repeat(1000));
    let many = (Markdown::MOST_BYTES - references.len()) / 4;
    let references = references + &"[a] ".repeat(many);
    let patterns = PATTERNS.iter().map(|pattern| most(pattern));
    for text in patterns.chain([references]) {
        let community = parse(&folder(Field::AddedNote, &text, Language::Toml)).unwrap();
        let size = rendered(&community).len();
        let start = text.get(..20).unwrap_or_default();
        assert!(size <= others + 5 * text.len(), "{start:?}…: {size} octets of {}", text.len());
    }
}
