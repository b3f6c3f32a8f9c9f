//! Whole folders: both languages, every form of a value, and hostile input.

mod parts;

use super::*;
use crate::model::{
    Change, Color, Local, MinutesSource, MonthDay, RecordingsSource, Rule, Uid, Videos,
};
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use std::sync::Arc;

const SITE: &str = r#"
name = "Example Community"
slug = "example"
description = "Meetings of the example community."
url = "https://calendar.example.org/"
uid-domain = "example.org"
zone = "America/Los_Angeles"
language = "pt-BR"
lasts = "45m"
color = "SteelBlue"

[[follow]]
title = "Releases"
feed = "https://example.org/releases.atom"
"#;

const HOME: &str =
    "+++\ntitle = \"Community\"\naliases = [\"/community\"]\ntoc = true\n+++\nWelcome!\n";

const HOLIDAYS: &str = "[[holiday]]\ndate = 2026-11-26\nname = \"Thanksgiving Day\"\n";

const RECORDS: &str = r#"
[[record]]
date = 2026-01-08
minutes = "https://example.org/minutes"
recording = "https://example.org/video"
published = 2026-01-08T21:00:00Z

[[record]]
date = 2026-01-13
recording = ["https://example.org/1", "https://example.org/2"]
"#;

const SERIES: &str = r#"+++
title = "Weekly call"
join = "https://example.org/join"
minutes = { hackmd = "El8Dd2xrTlCaCG59ns5cwg" }
color = "slategrey"
recordings = { youtube = "UCpGceic1q4-3Tai0kgeBcwg" }
tags = ["developer", "calls"]
holidays = ["us"]
updated = 2026-01-01T00:00:00+01:00

[[slot]]
from = 2026-01-08
until = 2026-12-31
every = "2 weeks"
on = ["Thursday", "Monday"]
at = "10:00"
lasts = "1h30m"

[[slot]]
from = 2026-02-11
every = "month"
on = ["second Wednesday", "last Friday"]
zone = "Europe/Berlin"
uid = "board@example.org"
revision = 2
+++
Everyone is *welcome*.
"#;

const YAML_SERIES: &str = r#"---
title: Weekly call
join: https://example.org/join
minutes:
  hackmd: El8Dd2xrTlCaCG59ns5cwg
color: slategrey
recordings: { youtube: UCpGceic1q4-3Tai0kgeBcwg }
tags: [developer, calls]
holidays: us
updated: 2026-01-01T00:00:00+01:00
slot:
  - from: 2026-01-08
    until: "2026-12-31"
    every: 2 weeks
    on:
      - Thursday
      - monday
    at: 10:00
    lasts: 1h30m
  - from: 2026-02-11
    every: month
    on: [second Wednesday, last Friday]
    zone: Europe/Berlin
    uid: board@example.org
    revision: 2
---
Everyone is *welcome*.
"#;

/// Dated files in both languages.
const DATES: [(&str, &str, &str); 5] = [
    (
        "2026-01-19.md",
        "+++\ncancelled = \"Holiday\"\nannounced = 2026-01-12T00:00:00Z\n+++\n",
        "---\ncancelled: Holiday\nannounced: 2026-01-12T00:00:00Z\n---\n",
    ),
    (
        "2026-01-22T1000.md",
        "+++\nmoved-to = 2026-01-23T09:00:00\nzone = \"UTC\"\nannounced = 2026-01-12T00:00:00Z\n+++\n",
        "---\nmoved-to: 2026-01-23T09:00\nzone: UTC\nannounced: 2026-01-12 00:00:00Z\n---\n",
    ),
    (
        "2026-01-13.md",
        "+++\nadded = true\nat = \"08:00\"\nlasts = \"2h\"\nannounced = 2026-01-12T00:00:00Z\n+++\n",
        "---\nadded: true\nat: 08:00\nlasts: 2h\nannounced: 2026-01-12T00:00:00Z\n---\n",
    ),
    ("2026-11-26.md", "+++\nkept = true\n+++\nA note.\n", "---\nkept: true\n---\nA note.\n"),
    (
        "2026-02-11.md",
        "+++\ncancelled = true\nannounced = 2026-01-12T00:00:00Z\nrestored = 2026-01-13T00:00:00Z\n+++\n",
        "---\ncancelled: true\nannounced: 2026-01-12T00:00:00Z\nrestored: 2026-01-13T00:00:00Z\n---\n",
    ),
];

fn folder(yaml: bool) -> Vec<SourceFile> {
    let file = |path: &str, text: &str| SourceFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_owned(),
    };
    let mut files = vec![
        file("site.toml", SITE),
        file("community.md", HOME),
        file("holidays/us.toml", HOLIDAYS),
        file("meetings/weekly/series.md", if yaml { YAML_SERIES } else { SERIES }),
        file("meetings/weekly/records.toml", RECORDS),
    ];
    for (name, toml, in_yaml) in DATES {
        let path = format!("meetings/weekly/{name}");
        files.push(file(&path, if yaml { in_yaml } else { toml }));
    }
    files
}

fn read(files: &[SourceFile]) -> Community {
    parse(files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn toml_and_yaml_give_the_same_community() {
    assert_eq!(read(&folder(false)), read(&folder(true)));
}

#[test]
fn the_order_of_files_and_their_line_ends_make_no_difference() {
    let mut files = folder(false);
    files.reverse();
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        file.bytes = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    }
    assert_eq!(read(&folder(false)), read(&files));
}

#[test]
fn every_part_of_a_folder_is_read() {
    let community = read(&folder(false));
    assert_eq!(community.site.url.as_str(), "https://calendar.example.org");
    assert_eq!(community.pages[0].path, "/");
    assert_eq!(community.pages[0].aliases, ["/community"]);
    assert!(community.pages[0].toc);
    let series = &community.series[0];
    assert_eq!(community.site.color, Color::new("steelblue"));
    assert_eq!(series.color, Color::new("slategrey"));
    assert!(matches!(series.minutes, Some(MinutesSource::HackMd(_))));
    assert!(matches!(
        series.recordings,
        Some(RecordingsSource { videos: Videos::YouTubeChannel(_), .. })
    ));
    assert_eq!(series.updated.to_rfc3339(), "2025-12-31T23:00:00+00:00");
    assert_eq!(series.description.as_str(), "Everyone is *welcome*.");
    let [weekly, board] = series.slots.as_slice() else { panic!("two slots") };
    assert!(matches!(weekly.rule, Rule::Weekly { interval: 2, .. }));
    assert_eq!(weekly.lasts, TimeDelta::minutes(90));
    assert_eq!(weekly.uid.as_str(), "weekly.2026-01-08@example.org");
    assert!(matches!(board.rule, Rule::Monthly { interval: 1, day: MonthDay::Weekdays(_) }));
    assert_eq!((board.lasts, board.revision), (TimeDelta::days(1), 2));
    assert_eq!(Some(board.uid.clone()), Uid::new("board@example.org"));
}

#[test]
fn a_meeting_without_a_length_has_the_sites() {
    let mut files = folder(false);
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        file.bytes = text.replace("lasts = \"1h30m\"", "").replace("lasts = \"2h\"", "").into();
    }
    let series = read(&files).series.remove(0);
    let lengths: Vec<_> = series.slots.iter().map(|slot| slot.lasts).collect();
    assert_eq!(lengths, [TimeDelta::minutes(45), TimeDelta::days(1)]);
    assert_eq!(series.added.values().next().unwrap().lasts, TimeDelta::minutes(45));
}

#[test]
fn dates_and_records_find_their_meeting() {
    let community = read(&folder(false));
    let series = &community.series[0];
    let [weekly, board] = series.slots.as_slice() else { panic!("two slots") };
    let id = |text: &str| weekly.recurrence_id(date(text));
    let on = |date| weekly.exceptions.get(&id(date)).unwrap();
    assert!(matches!(on("2026-01-19").change.as_deref(), Some(Change::Cancelled { .. })));
    assert!(matches!(on("2026-01-22").change.as_deref(), Some(Change::Moved { .. })));
    let kept = on("2026-11-26");
    assert_eq!(kept.change.as_deref(), Some(&Change::Kept));
    assert_eq!(kept.details.as_ref().unwrap().note.as_str(), "A note.");
    assert_eq!(on("2026-01-08").record.as_ref().unwrap().recordings.len(), 1);
    let whole_day = board.exceptions.get(&Local::Date(date("2026-02-11"))).unwrap();
    assert!(matches!(
        whole_day.change.as_deref(),
        Some(Change::Cancelled { reason: None, restored: Some(_), .. })
    ));
    let added = series.added.values().next().unwrap();
    assert_eq!(added.start.to_string(), "2026-01-13T08:00:00");
    assert_eq!(added.uid.as_str(), "weekly.added-2026-01-13@example.org");
    assert_eq!(added.record.as_ref().unwrap().recordings.len(), 2);
}

#[test]
fn diagnostics_are_drawn_with_a_prefix_and_in_colour() {
    let file = SourceFile { path: "about.md".to_owned(), bytes: b"About".to_vec() };
    let diagnostics = parse(&[file]).unwrap_err();
    let first = diagnostics.iter().next().unwrap();
    assert_eq!((first.line, first.column, first.length), (1, 1, 5));
    assert!(diagnostics.render("content/", false).contains("--> content/about.md:1:1"));
    assert!(diagnostics.render("", true).contains('\u{1b}'));
    assert!(!diagnostics.to_string().contains('\u{1b}'));
}

#[test]
fn deep_nesting_is_a_mistake() {
    for (open, close) in [("[", "]"), ("{a=", "}"), ("{a: ", "}")] {
        for depth in [40, 100, 5000] {
            let value = format!("{}{}", open.repeat(depth), close.repeat(depth));
            for text in
                [format!("+++\ntitle = {value}\n+++\n"), format!("---\ntitle: {value}\n---\n")]
            {
                let mut files = folder(false);
                files[1].bytes = text.into_bytes();
                assert!(parse(&files).is_err(), "{open} {depth}");
            }
        }
    }
}

/// Whatever the files hold, there is a community, or at least one mistake with a place in a file.
fn check_total(files: &[SourceFile]) {
    let Err(diagnostics) = parse(files) else { return };
    assert!(!diagnostics.is_empty());
    assert!(diagnostics.iter().zip(diagnostics.iter().skip(1)).all(|(a, b)| a < b));
    for one in &diagnostics {
        let Some(line) = &one.source_line else { continue };
        assert!(one.line >= 1 && one.column >= 1 && one.length >= 1, "{one:?}");
        assert!(one.column <= one.skipped + line.chars().count() + 1, "{one:?}");
        assert!(line.len() <= 400, "{one:?}");
        assert!(!one.message.is_empty() && !one.help.is_empty(), "{one:?}");
    }
    assert!(!diagnostics.to_string().contains('\u{1b}'));
}

/// Pieces of text that mean something to a reader.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "+++\n",
        "---\n",
        "\n",
        "\r",
        "\t",
        "\"",
        "'",
        "\"\"\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        ": ",
        "- ",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "? ",
        "|\n",
        ">",
        "...",
        "\0",
        "\u{202e}",
        "é",
        "[[slot]]\n",
        "slot.a = 1\n",
        "true",
        "0",
        "-1",
        "99999999999999999999",
        "1e9",
        "0x1f",
        "2026-03-08",
        "2026-03-08T02:30:00",
        "2026-11-01T01:30:00Z",
        "9999-12-31",
        "last Friday",
        "every",
        "on",
        "week",
        "99 years",
        "rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"\n",
        "added = true\n",
        "until = 2199-12-31\n",
        "zone = \"Pacific/Apia\"\n",
        "at = \"00:00\"\n",
        "\u{feff}",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_never_panic(
        yaml: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0.0..1.0, 0..12usize, piece()), 1..6),
    ) {
        let mut files = folder(yaml);
        for (which, at, length, piece) in changes {
            let file = &mut files[which.index(10)];
            let start = (at * file.bytes.len() as f64) as usize;
            let end = (start + length).min(file.bytes.len());
            file.bytes.splice(start..end, piece.into_bytes());
        }
        check_total(&files);
    }

    #[test]
    fn arbitrary_files_never_panic(
        which: prop::sample::Index,
        pieces in prop::collection::vec(piece(), 0..40),
        fence in prop::sample::select(vec!["", "+++\n", "---\n"]),
    ) {
        let mut files = folder(false);
        files[which.index(10)].bytes = format!("{fence}{}\n{fence}", pieces.concat()).into_bytes();
        check_total(&files);
    }

    #[test]
    fn arbitrary_paths_never_panic(paths in prop::collection::vec("[a-z0-9T./é-]{0,24}", 1..5)) {
        let mut files = folder(false);
        for path in paths {
            let bytes = HOME.as_bytes().to_owned();
            files.push(SourceFile { path: format!("meetings/weekly/{path}.md"), bytes: bytes.clone() });
            files.push(SourceFile { path, bytes });
        }
        check_total(&files);
    }
}

#[test]
fn a_text_that_is_too_long_is_told_of_where_it_begins() {
    let mut files = folder(false);
    let file = files.iter_mut().find(|file| file.path == "meetings/weekly/series.md").unwrap();
    file.bytes.extend(vec![b'['; crate::model::Markdown::MOST_BYTES]);
    let mistakes = parse(&files).unwrap_err();
    let told: Vec<_> = mistakes.iter().map(|m| (m.line, m.message.as_str())).collect();
    let line = SERIES.lines().position(|line| line.starts_with("Everyone")).unwrap() + 1;
    assert_eq!(told, [(line, "this text has more than 100000 bytes")]);
}
