//! Minutes in every form that was seen in the wild, against tables of what they say.
#![expect(clippy::disallowed_methods, reason = "reads the corpus")]
#![expect(clippy::print_stdout, reason = "says how much was found, with --nocapture")]

use crate::support::{community, moment, package};
use convene::collect::matching::{Disagreement, Findings, MeetingId, WhyNotSection, match_all};
use convene::collect::minutes::{Minutes, NotMinutes, Section, read};
use convene::collect::{Kind, Source, sources};
use convene::model::Community;
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Notes of the corpus, each by the series that keeps it.
const NOTES: [(&str, &str); 3] = [("weekly", "weekly"), ("specs", "specs"), ("board", "board")];

/// After the last meeting of the corpus.
const NOW: &str = "2026-01-05T12:00:00Z";

#[derive(Deserialize)]
struct Row {
    series: String,
    meeting: String,
    recordings: Vec<String>,
    cancelled: Option<String>,
}

fn corpus() -> Community {
    community(&package("tests/collect/minutes/content"))
}

fn text(file: &str) -> String {
    std::fs::read_to_string(package("tests/collect/minutes").join(file)).unwrap()
}

fn rows() -> Vec<Row> {
    let table = |(_, file): (&str, &str)| -> Vec<Row> {
        serde_json::from_str(&text(&format!("{file}.json"))).unwrap()
    };
    NOTES.into_iter().flat_map(table).collect()
}

/// Each source of minutes with the note of its series.
fn notes<'a>(sources: &'a [Source<'a>]) -> Vec<(&'a Source<'a>, Minutes)> {
    let note = |source: &Source<'_>| {
        let has = |slug: &str| source.series.iter().any(|series| series.slug.as_str() == slug);
        let (_, file) = NOTES.into_iter().find(|(slug, _)| has(slug)).unwrap();
        read(&text(&format!("{file}.md"))).unwrap()
    };
    let minutes = sources.iter().filter(|source| !matches!(source.kind, Kind::YouTube(_)));
    minutes.map(|source| (source, note(source))).collect()
}

fn found() -> (Findings, usize) {
    let community = corpus();
    let sources = sources(&community);
    let notes = notes(&sources);
    let sections = notes.iter().map(|(_, minutes)| minutes.sections.len()).sum();
    let notes: Vec<_> = notes.iter().map(|(source, minutes)| (*source, minutes)).collect();
    (match_all(&community, &notes, &[], moment(NOW)), sections)
}

fn name(meeting: &MeetingId) -> String {
    format!("{} {}", meeting.series, meeting.id.date())
}

/// Says how much of what is there was found, and how much of what was found is there.
fn assert_equal(what: &str, found: &BTreeSet<String>, wanted: &BTreeSet<String>) {
    let both = found.intersection(wanted).count();
    let share = |of: &BTreeSet<String>| both as f64 / of.len() as f64;
    println!("{what}: {both} found, precision {:.3}, recall {:.3}", share(found), share(wanted));
    let missing: Vec<_> = wanted.difference(found).collect();
    let invented: Vec<_> = found.difference(wanted).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "missing {missing:#?} invented {invented:#?}"
    );
}

#[test]
fn every_recording_and_cancellation_is_found_and_none_invented() {
    let (findings, sections) = found();
    println!("{sections} dated sections");
    assert!(sections >= 120);
    let recordings = findings.meetings.iter().flat_map(|finding| {
        let link = |link: &str| format!("{} {link}", name(&finding.meeting));
        finding.recordings.iter().map(move |recording| link(recording.link.as_str()))
    });
    let rows = rows();
    let wanted = rows.iter().flat_map(|row| {
        let link = |id| format!("{} {} https://youtu.be/{id}", row.series, row.meeting);
        row.recordings.iter().map(link)
    });
    assert_equal("recordings", &recordings.collect(), &wanted.collect());

    let cancelled = findings.meetings.iter().filter_map(|finding| {
        let reason = finding.cancelled.as_ref()?.reason.as_ref();
        Some(format!("{}: {}", name(&finding.meeting), reason.map_or("", |line| line.as_str())))
    });
    let wanted = rows.iter().filter_map(|row| {
        Some(format!("{} {}: {}", row.series, row.meeting, row.cancelled.as_ref()?))
    });
    assert_equal("cancellations", &cancelled.collect(), &wanted.collect());
}

#[test]
fn recordings_keep_the_order_of_the_note() {
    let (findings, _) = found();
    for row in rows().iter().filter(|row| row.recordings.len() > 1) {
        let meeting = format!("{} {}", row.series, row.meeting);
        let finding = findings.meetings.iter().find(|f| name(&f.meeting) == meeting).unwrap();
        let ids: Vec<_> = finding.recordings.iter().map(|r| r.link.as_str()).collect();
        let want: Vec<_> =
            row.recordings.iter().map(|id| format!("https://youtu.be/{id}")).collect();
        assert_eq!(ids, want, "{meeting}");
    }
}

#[test]
fn a_section_that_fits_nothing_is_listed() {
    let (findings, _) = found();
    let left: Vec<_> = findings
        .unmatched_sections
        .iter()
        .map(|section| {
            (section.heading.as_str(), section.link.as_ref().map(|l| l.as_str()), section.why)
        })
        .collect();
    let place = "https://hackmd.io/corpusweekly00#June-10-2025---KubeCon-China";
    assert_eq!(left, [("June 10, 2025 - KubeCon China", Some(place), WhyNotSection::NoEvent)]);
}

#[test]
fn cancellations_that_are_not_believed_are_told() {
    let (findings, _) = found();
    let told: BTreeSet<String> = findings
        .disagreements
        .iter()
        .filter_map(|disagreement| match disagreement {
            Disagreement::Cancelled { meeting, .. } => Some(name(meeting)),
            Disagreement::Recording { .. } => None,
        })
        .collect();
    let rows = rows();
    // The other series trust their minutes.
    let wanted = rows.iter().filter(|row| row.series == "specs" && row.cancelled.is_some());
    let wanted: BTreeSet<String> = wanted.map(|row| format!("specs {}", row.meeting)).collect();
    assert!(!wanted.is_empty());
    assert_eq!(told, wanted);
}

#[test]
fn minutes_are_linked_where_people_read_them() {
    let (findings, _) = found();
    let link = |meeting: &str| {
        let finding = findings.meetings.iter().find(|f| name(&f.meeting) == meeting).unwrap();
        finding.minutes.as_ref().map(|link| link.to_string())
    };
    let hackmd = "https://hackmd.io/corpusweekly00#December-18-2025---6pm-Pacific";
    assert_eq!(link("weekly 2025-12-18").as_deref(), Some(hackmd));
    let github = "https://github.com/example/notes/blob/main/specs.md#2023-01-04";
    assert_eq!(link("specs 2023-01-04").as_deref(), Some(github));
    // A cancelled one has no minutes.
    assert_eq!(link("weekly 2025-12-04"), None);
}

/// Every text of the findings that may come to be published.
fn texts(findings: &Findings) -> Vec<String> {
    let of_meetings = findings.meetings.iter().flat_map(|finding| {
        let reason = finding.cancelled.iter().filter_map(|cancelled| cancelled.reason.as_ref());
        finding.topics.iter().chain(reason)
    });
    let mentions = findings.mentions.iter().map(|mention| &mention.text);
    of_meetings.chain(mentions).map(|line| line.to_string()).collect()
}

#[test]
fn nobody_who_attended_is_named() {
    let (findings, _) = found();
    let texts = texts(&findings);
    assert!(texts.len() > 200, "{} texts", texts.len());
    let people = text("people.txt");
    let names: BTreeSet<String> =
        people.split_whitespace().map(|name| name.trim_matches('@').to_lowercase()).collect();
    for text in texts {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        let named: Vec<_> = words.filter(|word| names.contains(&word.to_lowercase())).collect();
        assert!(named.is_empty(), "{text} names {named:?}");
        assert!(!text.contains('@'), "{text}");
    }
}

#[test]
fn topics_are_what_was_on_the_agenda() {
    let (findings, _) = found();
    let topics: BTreeSet<String> =
        findings.meetings.iter().flat_map(|f| f.topics.iter().map(|t| t.to_string())).collect();
    // Whatever the form and whoever brought it, the same twenty things were spoken of.
    for topic in [
        "Referrers API pagination: what to do with unknown filters",
        "Missing the cancel upload API in the conformance tests",
        "CVE-2024-21626 follow up, disclosure on 2024-02-05",
        "Go 1.25 and the minimum version in go.mod",
        "Registry warnings in a header",
    ] {
        assert!(topics.contains(topic), "{topic}");
    }
    for topic in &topics {
        assert!(topic.chars().count() <= 200);
        for never in ["http", "add your", "report back", "Passcode", "taking notes", "*", "`"] {
            assert!(!topic.contains(never), "{topic}");
        }
    }
}

#[test]
fn a_cancellation_said_the_week_before_is_a_mention_and_no_more() {
    let community = corpus();
    let sources = sources(&community);
    let note = "## December 11, 2025\n### Agenda\n- Robin: Cancel meeting on the 25th\n- Next two \
                meetings canceled for holidays\n- missing the cancel upload API\n\n## December 4, 2025\n";
    let minutes = read(note).unwrap();
    let weekly = sources.iter().find(|s| s.series[0].slug.as_str() == "events").unwrap();
    let findings =
        match_all(&community, &[(weekly, &minutes)], &[], moment("2025-12-12T00:00:00Z"));
    let mentions: Vec<_> = findings
        .mentions
        .iter()
        .map(|m| (m.text.as_str(), m.about.as_ref().map(name).unwrap_or_default()))
        .collect();
    assert_eq!(
        mentions,
        [
            ("Cancel meeting on the 25th", "weekly 2025-12-25".to_owned()),
            ("Next two meetings canceled for holidays", "weekly 2025-12-18".to_owned()),
        ]
    );
    assert!(findings.meetings.iter().all(|finding| finding.cancelled.is_none()));
}

#[test]
fn what_is_no_note_is_told_apart() {
    for (text, want) in [
        ("", NotMinutes::Empty),
        ("\u{feff} \n", NotMinutes::Empty),
        ("<!DOCTYPE html>\n<html><h2>December 18, 2025</h2>", NotMinutes::Page),
        ("# Hello\n\n## Month DD, YYYY\n", NotMinutes::NoSections),
        ("## 2024-13-40\n## February 30, 2024\n", NotMinutes::NoSections),
        ("{\"error\": \"forbidden\"}", NotMinutes::NoSections),
    ] {
        assert_eq!(read(text), Err(want), "{text}");
    }
    assert_eq!(read(&"x".repeat((2 << 20) + 1)), Err(NotMinutes::TooLong));
}

fn sections(text: &str) -> Vec<Section> {
    read(text).map(|minutes| minutes.sections).unwrap_or_default()
}

#[test]
fn a_note_is_read_as_far_as_its_bounds() {
    let many = "## December 18, 2025\n- x\n".repeat(2500);
    assert_eq!(sections(&many).len(), 2000);
    let long = format!("## December 18, 2025\n### Agenda\n{}", "- word ".repeat(100_000));
    let topics = &sections(&long)[0].topics;
    assert!(topics[0].as_str().ends_with('…') && topics[0].as_str().chars().count() <= 200);
    let items = format!("## December 18, 2025\n### Agenda\n{}", "- a topic\n".repeat(50));
    assert_eq!(sections(&items)[0].topics.len(), 20);
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    // Each of these takes minutes where brackets or fences are searched for again and again.
    for piece in
        ["[", "(", "<", "[](", "`", "```\n", "<!--\n", "- [", "**", "~~", "1/2 ", "@a ", "(a"]
    {
        let text = format!(
            "## December 18, 2025\n### Agenda\n- {}",
            piece.repeat((1 << 20) / piece.len())
        );
        assert_eq!(sections(&text).len(), 1, "{piece:?}");
    }
}

/// A note of the corpus with some of its characters changed.
fn mutated() -> impl Strategy<Value = String> {
    let change =
        (any::<prop::sample::Index>(), "[\\PC\n#*_\\[\\](){}<>`~:/0-9 -]{0,6}", 0..12usize);
    let changes = proptest::collection::vec(change, 1..12);
    (0..NOTES.len(), changes).prop_map(|(note, changes)| {
        let mut chars: Vec<char> = text(&format!("{}.md", NOTES[note].1)).chars().collect();
        chars.truncate(12_000);
        for (at, put, take) in changes {
            let at = at.index(chars.len());
            let end = (at + take).min(chars.len());
            chars.splice(at..end, put.chars());
        }
        chars.into_iter().collect()
    })
}

/// Whatever was written, what is read keeps its promises.
fn check_promises(text: &str) {
    for section in sections(text) {
        assert!(section.topics.len() <= 20);
        assert!(section.topics.iter().all(|topic| topic.as_str().chars().count() <= 200));
        assert!(section.date <= section.last_date);
        assert!(section.cancelled.is_none() || section.recordings.is_empty());
        for link in &section.recordings {
            let id = link.as_str().strip_prefix("https://youtu.be/").unwrap();
            assert!(id.len() == 11 && text.contains(id), "{id} is not in the text");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_read_without_a_panic(text in "(\\PC|[\n#*:/\\[\\]()<> -]|## |December 18, 2025|[0-9]{1,4}|https://youtu.be/abcdefghijk){0,200}") {
        check_promises(&text);
    }

    #[test]
    fn a_note_with_slips_is_read_without_a_panic(text in mutated()) {
        check_promises(&text);
    }
}
