//! What the collector writes: who wins, when things became known, and that a second round is quiet.

use crate::support::{community, files, moment, oci, package, text_of};
use chrono::{DateTime, TimeDelta, Utc};
use convene::collect::edits::edits;
use convene::collect::matching::{WhyNotSection, match_all};
use convene::collect::youtube::Video;
use convene::collect::{Kind, minutes, sources};
use convene::content::edit::{Edit, edited, replaced};
use convene::content::{SourceFile, parse};
use convene::model::{Change, Community, Found, Line, Link, Local, Record, Series};
use convene::schedule::{Status, occurrences};
use proptest::prelude::*;

/// A day after the meeting of 2026-03-05, which ends at 19:00 UTC.
const NOW: &str = "2026-03-06T12:00:00Z";

/// A weekly call on Thursdays at 10:00 in Los Angeles, with those records.
fn content(records: &str) -> Vec<SourceFile> {
    let series = "+++\ntitle = \"Call\"\nupdated = 2025-01-01T00:00:00Z\nminutes = { hackmd = \
                  \"note00000000\" }\nrecordings = { youtube = \"UCpGceic1q4-3Tai0kgeBcwg\" }\n\n\
                  [[slot]]\nfrom = 2025-01-02\nevery = \"week\"\non = \"Thursday\"\nat = \
                  \"10:00\"\n+++\n";
    let site = "name = \"A\"\nslug = \"a\"\ndescription = \"B\"\nurl = \"https://a.example\"\n\
                uid-domain = \"a.example\"\nzone = \"America/Los_Angeles\"\nlanguage = \"en\"\n";
    let all = [
        ("site.toml", site),
        ("community.md", "+++\ntitle = \"A\"\n+++\n"),
        ("meetings/weekly/series.md", series),
        ("meetings/weekly/records.toml", records),
    ];
    let file = |(path, text): (&str, &str)| SourceFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    all.into_iter().map(file).collect()
}

/// What one round is told.
#[derive(Clone, Debug, Default)]
struct Told {
    notes: Vec<String>,
    videos: Vec<Video>,
}

fn told(note: &str, videos: &[(&str, &str, &str)]) -> Told {
    let video = |&(id, title, published): &(&str, &str, &str)| Video {
        link: link(id),
        title: Line::new(title).unwrap(),
        published: moment(published),
    };
    Told { notes: vec![note.to_owned()], videos: videos.iter().map(video).collect() }
}

fn link(id: &str) -> Link {
    Link::new(&format!("https://youtu.be/{id:0>11}")).unwrap()
}

/// The edits of one round; each note is that of the source in the same place.
fn round(community: &Community, told: &Told, now: DateTime<Utc>) -> Vec<Edit> {
    let sources = sources(community);
    let is_feed = |kind: &Kind| matches!(kind, Kind::YouTube(_));
    let (feeds, notes): (Vec<_>, Vec<_>) = sources.iter().partition(|s| is_feed(&s.kind));
    let notes: Vec<_> = notes
        .into_iter()
        .zip(&told.notes)
        .filter_map(|(source, note)| Some((source, minutes::read(note).ok()?)))
        .collect();
    let notes: Vec<_> = notes.iter().map(|(source, minutes)| (*source, minutes)).collect();
    let feeds: Vec<_> = feeds.into_iter().map(|source| (source, told.videos.as_slice())).collect();
    edits(community, &match_all(community, &notes, &feeds, now), now)
}

/// The content after a round, which must be good and give the next round nothing to do.
fn after(files: &[SourceFile], told: &Told, now: &str) -> Vec<SourceFile> {
    let now = moment(now);
    let made = round(&parse(files).unwrap(), told, now);
    let changed = edited(files, &made).unwrap_or_else(|refused| panic!("{refused}\n{made:#?}"));
    let files = replaced(files, &changed);
    let later = now + TimeDelta::minutes(30);
    assert_eq!(round(&parse(&files).unwrap(), told, later), [], "a second round");
    files
}

/// The records after a round, without the file's comment.
fn records(before: &str, told: &Told, now: &str) -> String {
    let files = after(&content(before), told, now);
    let text = text_of(&files, "meetings/weekly/records.toml");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

const NOTE: &str =
    "## March 5, 2026\n**Recording**: https://youtu.be/0000000000m\n### Agenda\n- layers\n";
const MINUTES: &str = "minutes = \"https://hackmd.io/note00000000#March-5-2026\"\n\
                       minutes-published = 2026-03-06T11:59:59Z\n";
const TITLED: (&str, &str, &str) = ("t", "Weekly, March 5, 2026", "2026-03-05T20:00:00Z");
const UNDATED: (&str, &str, &str) = ("w", "Weekly", "2026-03-05T20:00:00Z");

fn record(keys: &str) -> String {
    format!("[[record]]\ndate = 2026-03-05\n{keys}")
}

fn recording(id: &str, published: &str, found: &str) -> String {
    let found = if found.is_empty() { String::new() } else { format!("found = \"{found}\"\n") };
    record(&format!("recording = \"{}\"\npublished = {published}\n{found}", link(id)))
}

#[test]
fn a_new_meeting_has_all_that_was_found() {
    let want = record(&format!(
        "{MINUTES}recording = \"https://youtu.be/0000000000m\"\npublished = {NOW}\ntopics = \
         [\n  \"layers\",\n]\nfound = \"minutes\"\n"
    ));
    assert_eq!(records("", &told(NOTE, &[]), NOW), want);
}

/// Precedence: what was there, what a round is told, and what is there then.
#[test]
fn the_surer_source_wins_and_a_person_always() {
    let old = "2026-03-05T22:00:00Z";
    let bare = "## March 5, 2026\n**Recording**: https://youtu.be/0000000000m\n";
    // What was there, the note, the videos, and what is the recording then.
    type Case<'a> =
        (&'a str, String, &'a str, &'a [(&'a str, &'a str, &'a str)], &'a str, &'a str, &'a str);
    let cases: [Case<'_>; 9] = [
        ("nothing, a title", String::new(), "", &[TITLED], "t", NOW, "title"),
        ("nothing, a window", String::new(), "", &[UNDATED], "w", NOW, "window"),
        (
            "window, then a title",
            recording("w", old, "window"),
            "",
            &[TITLED, UNDATED],
            "t",
            NOW,
            "title",
        ),
        ("window, then the minutes", recording("w", old, "window"), bare, &[], "m", NOW, "minutes"),
        (
            "title, then the minutes",
            recording("t", old, "title"),
            bare,
            &[TITLED],
            "m",
            NOW,
            "minutes",
        ),
        (
            "title, then another title",
            recording("x", old, "title"),
            "",
            &[TITLED],
            "x",
            old,
            "title",
        ),
        ("window, then another", recording("x", old, "window"), "", &[UNDATED], "x", old, "window"),
        (
            "minutes, then a title",
            recording("x", old, "minutes"),
            "",
            &[TITLED],
            "x",
            old,
            "minutes",
        ),
        ("a person, then the minutes", recording("x", old, ""), bare, &[TITLED], "x", old, ""),
    ];
    for (case, before, note, videos, id, published, found) in cases {
        let mut want = recording(id, published, found);
        if !note.is_empty() {
            // Keys that a person's record lacks are added, and where a fact is the second of a round it
            // has the second before.
            let own = if published == NOW {
                MINUTES.to_owned()
            } else {
                MINUTES.replace("11:59:59", "12:00:00")
            };
            want.push_str(&own);
        }
        assert_eq!(sorted(&records(&before, &told(note, videos), NOW)), sorted(&want), "{case}");
    }
}

/// Lines in alphabetical order: where a key is put is not asked here.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn the_minutes_add_to_their_own_recordings() {
    let before = recording("m", "2026-03-05T22:00:00Z", "minutes");
    let note = "## March 5, 2026\nRecording: https://youtu.be/0000000000m\nRecording: \
                https://youtu.be/0000000000n\n";
    let text = records(&before, &told(note, &[]), NOW);
    assert!(text.contains("published = [2026-03-05T22:00:00Z, 2026-03-06T12:00:00Z]"), "{text}");
    assert!(text.contains("0000000000m") && text.contains("0000000000n"), "{text}");
    // One that is gone from the note stays.
    let gone = "## March 5, 2026\nRecording: https://youtu.be/0000000000n\n";
    let text = records(&text, &told(gone, &[]), NOW);
    assert!(text.contains("0000000000m") && text.contains("0000000000n"), "{text}");
}

#[test]
fn a_second_part_is_added_to_the_first() {
    let parts = [
        ("a", "Weekly, March 5, 2026, part 1", "2026-03-05T20:00:00Z"),
        ("b", "Weekly, March 5, 2026, part 2", "2026-03-05T21:00:00Z"),
    ];
    let first = records("", &told("", &parts[..1]), NOW);
    let both = records(&first, &told("", &parts), "2026-03-07T12:00:00Z");
    assert!(both.contains("published = [2026-03-06T12:00:00Z, 2026-03-07T12:00:00Z]"), "{both}");
}

#[test]
fn nothing_that_fails_or_is_emptied_takes_anything_away() {
    let whole = records("", &told(NOTE, &[TITLED]), NOW);
    for note in
        ["", "<html>", "## March 12, 2026\n", "## March 5, 2026\n", "## March 5, 2026\nCancelled\n"]
    {
        assert_eq!(records(&whole, &told(note, &[]), NOW), whole, "{note}");
    }
}

#[test]
fn the_moment_is_that_of_the_video_or_of_now_or_unknown() {
    let published = |note: &str, videos: &[_], now: &str| {
        let text = records("", &told(note, videos), now);
        let line = text.lines().find(|line| line.starts_with("published")).map(str::to_owned);
        (line, text.contains("minutes-published"))
    };
    let video = ("m", "Weekly", "2026-03-05T20:00:00Z");
    let at = |moment: &str| Some(format!("published = {moment}"));
    // First seen within a week of its publication.
    assert_eq!(
        published(NOTE, &[video], "2026-03-12T19:00:00Z"),
        (at("2026-03-12T19:00:00Z"), true)
    );
    // Later, the video's own moment.
    assert_eq!(
        published(NOTE, &[video], "2026-03-13T00:00:00Z"),
        (at("2026-03-05T20:00:00Z"), true)
    );
    // Not in the feed, but the meeting was within thirty days.
    assert_eq!(published(NOTE, &[], "2026-04-04T18:00:00Z"), (at("2026-04-04T18:00:00Z"), true));
    // Nobody knows.
    assert_eq!(published(NOTE, &[], "2026-05-05T12:00:00Z"), (None, false));
}

#[test]
fn facts_of_one_round_have_seconds_of_their_own() {
    let note = "## March 5, 2026\nRecording: https://youtu.be/0000000000m\n- a\n\n\
                ## February 26, 2026\nRecording: https://youtu.be/0000000000n\n- b\n";
    let text = records("", &told(note, &[]), NOW);
    let moments: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("published = ").map(|(_, at)| at)).collect();
    let want = [
        "2026-03-06T11:59:57Z",
        "2026-03-06T11:59:58Z",
        "2026-03-06T11:59:59Z",
        "2026-03-06T12:00:00Z",
    ];
    let mut sorted = moments.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, want);
    // The newest meeting's is the newest.
    assert_eq!(moments[3], "2026-03-06T12:00:00Z", "{text}");
}

#[test]
fn topics_follow_the_minutes_around_the_meeting() {
    let note = |topic: &str| format!("## March 5, 2026\n### Agenda\n- {topic}\n");
    let topics = |before: &str, topic: &str, now: &str| {
        let files = after(&content(before), &told(&note(topic), &[]), now);
        record_in(&files).and_then(|record| record.topics.first().map(|line| line.to_string()))
    };
    let is = |topic: &str| Some(topic.to_owned());
    // Fifteen days before, thirteen days before, and a week after.
    assert_eq!(topics("", "early", "2026-02-18T18:00:00Z"), None);
    assert_eq!(topics("", "first", "2026-02-20T18:00:00Z"), is("first"));
    let collected = record("topics = \"first\"\nfound = \"minutes\"\n");
    assert_eq!(topics(&collected, "second", "2026-03-12T00:00:00Z"), is("second"));
    assert_eq!(topics(&collected, "second", "2026-03-13T00:00:00Z"), is("first"));
    assert_eq!(topics(&record("topics = \"mine\"\n"), "second", NOW), is("mine"));
    let mine = record("minutes = \"https://a.example/mine\"\n");
    assert_eq!(topics(&mine, "second", NOW), is("second"));
    assert!(!records(&mine, &told(&note("second"), &[]), NOW).contains("found"));
}

#[test]
fn a_link_to_the_minutes_waits_for_the_meeting_and_for_something_to_read() {
    let has_minutes =
        |note: &str, now: &str| records("", &told(note, &[]), now).contains("minutes =");
    assert!(!has_minutes("## March 5, 2026\n### Agenda\n- layers\n", "2026-03-05T17:20:00Z"));
    assert!(has_minutes("## March 5, 2026\n### Agenda\n- layers\n", "2026-03-05T18:00:00Z"));
    let template = "## March 5, 2026\n**Recording**:\n### Attendees\n- Robin Example\n- _add \
                    yourself_\n### Agenda\n- _add your items_\n- None.\n### Notes\n";
    assert!(!has_minutes(template, NOW));
    assert!(!has_minutes("## March 5, 2026\nCanceled for KubeCon EU\n", NOW));
}

/// The files after a round of a series that believes its minutes, or does not.
fn cancelled(trusts: bool, extra: &[(&str, &str)], now: &str) -> Vec<String> {
    let mut files = content("");
    for file in files.iter_mut().filter(|file| trusts && file.path.ends_with("series.md")) {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        file.bytes = text.replace("minutes =", "trust-minutes = true\nminutes =").into_bytes();
    }
    let file = |&(path, text): &(&str, &str)| SourceFile {
        path: format!("meetings/weekly/{path}"),
        bytes: text.as_bytes().to_vec(),
    };
    files.extend(extra.iter().map(file));
    let note = "## March 12, 2026\nCanceled: spring break\n";
    let files = after(&files, &told(note, &[]), now);
    let dated = files.iter().filter(|file| file.path.contains("/2026-"));
    dated.map(|file| String::from_utf8(file.bytes.clone()).unwrap()).collect()
}

#[test]
fn a_cancellation_is_written_where_the_minutes_are_trusted() {
    let written = |announced: &str| {
        vec![format!("+++\ncancelled = \"spring break\"\nannounced = {announced}\n+++\n")]
    };
    assert_eq!(cancelled(true, &[], NOW), written(NOW));
    assert_eq!(cancelled(false, &[], NOW), Vec::<String>::new());
    // Long after, the day before the meeting is as good a guess as any, and no news.
    assert_eq!(cancelled(true, &[], "2026-06-01T00:00:00Z"), written("2026-03-11T17:00:00Z"));
    // What a person said of the date stays.
    for said in [
        "+++\nmoved-to = 2026-03-13T10:00:00\nannounced = 2026-03-01T00:00:00Z\n+++\n",
        "+++\ncancelled = true\nannounced = 2026-03-01T00:00:00Z\n+++\n",
        "+++\ncancelled = true\nannounced = 2026-03-01T00:00:00Z\nrestored = 2026-03-02T00:00:00Z\n+++\n",
        "+++\n+++\nA note.\n",
    ] {
        assert_eq!(cancelled(true, &[("2026-03-12.md", said)], NOW), [said]);
    }
}

#[test]
fn the_whole_corpus_is_written_once_and_stays() {
    let folder = package("tests/collect/minutes/content");
    let note = |name: &str| {
        let files = files(&package("tests/collect/minutes"));
        text_of(&files, &format!("{name}.md")).to_owned()
    };
    let community = community(&folder);
    let of = |slug: &str| if slug == "events" { note("weekly") } else { note(slug) };
    let notes = sources(&community)
        .iter()
        .filter(|source| !matches!(source.kind, Kind::YouTube(_)))
        .map(|source| of(source.series[0].slug.as_str()))
        .collect();
    let files = after(&files(&folder), &Told { notes, videos: vec![] }, "2026-01-05T12:00:00Z");
    let community = parse(&files).unwrap();
    let exceptions =
        || community.series.iter().flat_map(|s| &s.slots).flat_map(|s| s.exceptions.values());
    let recorded = exceptions().filter_map(|e| e.record.as_ref());
    let recordings: usize = recorded.map(|record| record.recordings.len()).sum();
    let cancelled = exceptions()
        .filter(|e| matches!(e.change.as_deref(), Some(Change::Cancelled { .. })))
        .count();
    // The events' four are in files of their own; the specification call does not trust its minutes.
    assert_eq!((recordings, cancelled), (110, 17));
}

/// OCI's minutes as they would be if they said no more than its content.
fn note_of(series: &Series) -> String {
    let mut note = String::new();
    for occurrence in
        occurrences(series).take_while(|o| o.utc_start < moment("2026-10-01T00:00:00Z"))
    {
        note.push_str(&format!("## {}\n", occurrence.start.date().format("%B %-d, %Y")));
        for link in occurrence.recordings() {
            note.push_str(&format!("**Recording**: <{link}>\n"));
        }
        let said = if occurrence.status == Status::Cancelled { "Cancelled\n" } else { "- said\n" };
        note.push_str(said);
    }
    note
}

#[test]
fn what_people_wrote_of_eleven_years_of_meetings_stays_as_it_is() {
    let community = oci();
    let all = sources(&community);
    let of =
        |slug: &str| community.series.iter().find(|series| series.slug.as_str() == slug).unwrap();
    let weekly =
        all.iter().find(|s| s.series.iter().any(|s| s.slug.as_str() == "oci-weekly")).unwrap();
    let note = [note_of(of("oci-weekly")), note_of(of("oci-events"))].concat();
    let minutes = minutes::read(&note).unwrap();
    assert!(minutes.sections.len() > 500, "{} sections", minutes.sections.len());
    let now = moment("2026-11-24T00:00:00Z");
    let findings = match_all(&community, &[(weekly, &minutes)], &[], now);
    let recordings: usize = findings.meetings.iter().map(|f| f.recordings.len()).sum();
    assert!(recordings > 200, "{recordings} recordings");
    // Dates without a record get a link to the minutes, and nothing that is written changes.
    for edit in edits(&community, &findings, now) {
        let Edit::Record { id, record, .. } = edit else { panic!("{edit:?}") };
        assert!(!has_record(&community, id), "{id}: {record:?}");
        assert_eq!((record.recordings.len(), record.minutes_published), (0, None), "{id}");
    }
    assert_eq!(findings.disagreements, []);
    // Of two meetings on one day none is guessed.
    let left: Vec<_> = findings.unmatched_sections.iter().map(|section| section.why).collect();
    assert_eq!(left, [WhyNotSection::Several; 6]);
}

/// Whether any series has a record of that recurrence-id.
fn has_record(community: &Community, id: Local) -> bool {
    let slots = community.series.iter().flat_map(|series| &series.slots);
    let mut exceptions = slots.filter_map(|slot| slot.exceptions.get(&id));
    exceptions.any(|exception| exception.record.is_some())
}

/// A record of any kind, of a few videos.
fn any_record() -> impl Strategy<Value = Option<Record>> {
    let ids = proptest::sample::subsequence(vec!["m", "n", "t", "w", "x"], 0..3);
    let found = proptest::option::of(proptest::sample::select(Found::ALL.to_vec()));
    (ids, found, any::<bool>(), any::<bool>(), 0..3usize).prop_map(
        |(ids, found, minutes, topics, at)| {
            let recordings: Vec<Link> = ids.into_iter().map(link).collect();
            let known = [0, 1, recordings.len()][at].min(recordings.len());
            let second = |n: usize| moment("2026-03-05T22:00:00Z") + TimeDelta::seconds(n as i64);
            let record = Record {
                minutes: minutes.then(|| Link::new("https://a.example/m").unwrap()),
                minutes_published: None,
                published: (0..known).map(second).collect(),
                recordings: recordings.into(),
                topics: topics.then(|| Line::new("a topic").unwrap()).into_iter().collect(),
                found,
            };
            let says = record.minutes.is_some() || !record.recordings.is_empty() || topics;
            says.then_some(record)
        },
    )
}

fn any_told() -> impl Strategy<Value = Told> {
    let named = proptest::sample::subsequence(vec!["m", "n", "x"], 0..3);
    let videos =
        vec![TITLED, UNDATED, ("x", "Weekly, part 2, March 5, 2026", "2026-03-06T01:00:00Z")];
    let videos = proptest::sample::subsequence(videos, 0..4);
    (named, videos, any::<bool>(), any::<bool>()).prop_map(|(named, videos, topics, cancelled)| {
        let mut note = "## March 5, 2026\n".to_owned();
        note.extend(named.iter().map(|id| format!("Recording: {}\n", link(id))));
        note.push_str(if cancelled { "Cancelled\n" } else { "" });
        note.push_str(if topics { "### Agenda\n- another topic\n" } else { "" });
        told(&note, &videos)
    })
}

fn record_in(files: &[SourceFile]) -> Option<Record> {
    let community = parse(files).unwrap();
    community.series[0].slots[0].exceptions.values().next()?.record.clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_known_is_lost_and_a_persons_word_stays(
        old in any_record(), told in any_told(), days in 0..60i64,
    ) {
        let community = parse(&content("")).unwrap();
        let id = community.series[0].slots[0].recurrence_id("2026-03-05".parse().unwrap());
        let series = community.series[0].slug.clone();
        let edit = |record| Edit::Record { series: series.clone(), id, record };
        let before = content("");
        let made: Vec<Edit> = old.clone().into_iter().map(edit).collect();
        let before = replaced(&before, &edited(&before, &made).unwrap());
        let now = moment(NOW) + TimeDelta::days(days);
        let files = after(&before, &told, &now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        let Some(old) = old else { return Ok(()) };
        let new = record_in(&files).unwrap();
        prop_assert_eq!(&new.minutes.clone().filter(|_| old.minutes.is_some()), &old.minutes);
        prop_assert!(new.topics.len() >= old.topics.len());
        prop_assert!(new.recordings.len() >= old.recordings.len().min(1));
        let is_persons = old.found.is_none();
        if is_persons {
            prop_assert_eq!(new.found, None);
            prop_assert!(old.recordings.is_empty() || new.recordings == old.recordings);
            prop_assert!(old.published.is_empty() || new.published == old.published);
            prop_assert!(old.topics.is_empty() || new.topics == old.topics);
        } else if new.recordings != old.recordings && !old.recordings.is_empty() {
            let grown = new.recordings.starts_with(&old.recordings);
            prop_assert!(new.found < old.found || grown, "{:?} to {:?}", old, new);
        }
        prop_assert!(matches!(new.published.len(), 0 | 1) || new.published.len() == new.recordings.len());
        prop_assert!(new.published.iter().all(|at| *at <= now));
    }
}
