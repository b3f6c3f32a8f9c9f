//! Which meeting a video of a feed is taken for, and why others are left.
#![expect(clippy::disallowed_methods, reason = "reads the feed")]

use crate::support::{moment, package};
use convene::collect::matching::{Disagreement, Findings, MeetingId, WhyNotVideo, match_all};
use convene::collect::youtube::{NotAFeed, Video, read};
use convene::collect::{Kind, Source, minutes, sources};
use convene::content::{SourceFile, parse};
use convene::model::{Community, Found, Line, Link, Local, Slug};
use proptest::prelude::*;

const NOW: &str = "2026-03-20T12:00:00Z";

fn feed() -> Vec<u8> {
    std::fs::read(package("tests/collect/feed.xml")).unwrap()
}

/// A weekly call on Thursdays and a board on last Tuesdays that share a note and a channel.
fn content(records: &str) -> Vec<SourceFile> {
    let series = |extra: &str, slot: &str| {
        format!(
            "+++\ntitle = \"Call\"\nupdated = 2025-01-01T00:00:00Z\nminutes = {{ hackmd = \
             \"note00000000\" }}\nrecordings = {{ youtube = \"UCpGceic1q4-3Tai0kgeBcwg\"{extra} \
             }}\n\n[[slot]]\n{slot}\n+++\n"
        )
    };
    let weekly =
        series("", "from = 2025-01-02\nevery = \"week\"\non = \"Thursday\"\nat = \"10:00\"");
    let board = series(
        ", titled = \"board\"",
        "from = 2025-01-28\nevery = \"month\"\non = \"last Tuesday\"\nat = \"15:00\"",
    );
    let site = "name = \"A\"\nslug = \"a\"\ndescription = \"B\"\nurl = \"https://a.example\"\n\
                uid-domain = \"a.example\"\nzone = \"America/Los_Angeles\"\nlanguage = \"en\"\n";
    let files = [
        ("site.toml", site.to_owned()),
        ("community.md", "+++\ntitle = \"A\"\n+++\n".to_owned()),
        ("meetings/weekly/series.md", weekly),
        ("meetings/board/series.md", board),
        ("meetings/weekly/records.toml", records.to_owned()),
    ];
    files
        .into_iter()
        .map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.into_bytes() })
        .collect()
}

fn community(records: &str) -> Community {
    parse(&content(records)).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// What is found in a note and a feed.
fn matched(community: &Community, note: &str, videos: Vec<Video>) -> Findings {
    let sources: Vec<Source<'_>> = sources(community);
    let is_feed = |source: &&Source<'_>| matches!(source.kind, Kind::YouTube(_));
    let feed = sources.iter().find(is_feed).unwrap();
    let minutes = sources.iter().find(|source| !is_feed(source)).unwrap();
    let read = minutes::read(note).ok();
    let notes: Vec<_> = read.iter().map(|read| (minutes, read)).collect();
    match_all(community, &notes, &[(feed, &videos)], moment(NOW))
}

fn video(id: &str, title: &str, published: &str) -> Video {
    let link = Link::new(&format!("https://youtu.be/{id:0>11}")).unwrap();
    Video { link, title: Line::new(title).unwrap(), published: moment(published) }
}

fn meeting(series: &str, id: &str) -> MeetingId {
    MeetingId { series: Slug::new(series).unwrap(), id: Local::DateTime(id.parse().unwrap()) }
}

fn weekly(date: &str) -> MeetingId {
    meeting("weekly", &format!("{date}T10:00:00"))
}

/// Each meeting with its recordings, the newest first.
fn recordings(findings: &Findings) -> Vec<(String, Vec<String>, Found)> {
    let with = findings.meetings.iter().filter(|finding| !finding.recordings.is_empty());
    with.map(|finding| {
        let ids =
            finding.recordings.iter().map(|r| r.link.as_str().replace("https://youtu.be/", ""));
        let meeting = format!("{} {}", finding.meeting.series, finding.meeting.id.date());
        (meeting, ids.collect(), finding.recordings[0].found)
    })
    .collect()
}

fn left(findings: &Findings) -> Vec<(String, WhyNotVideo)> {
    let all = findings.unmatched_videos.iter();
    all.map(|v| (v.link.as_str().replace("https://youtu.be/", ""), v.why.clone())).collect()
}

#[test]
fn a_feed_is_read_as_youtube_writes_it() {
    let videos = read(&feed()).unwrap();
    assert_eq!(videos.len(), 15);
    assert_eq!(
        videos[0],
        video("vid00000001", "[Weekly] Meeting for 20260312", "2026-03-12T20:05:11Z")
    );
    assert_eq!(videos[4].title.as_str(), "Weekly & more: February 20th 2026");
    assert_eq!(videos[8].link.as_str(), "https://youtu.be/-id00000009");
}

#[test]
fn fifteen_videos_are_matched_as_the_table_says() {
    let findings = matched(&community(""), "", read(&feed()).unwrap());
    let row = |meeting: &str, ids: &[&str], found| {
        (meeting.to_owned(), ids.iter().map(|id| id.to_string()).collect::<Vec<_>>(), found)
    };
    assert_eq!(
        recordings(&findings),
        [
            row("weekly 2026-03-12", &["vid00000001"], Found::Title),
            row("weekly 2026-03-05", &["vid00000002"], Found::Title),
            row("weekly 2026-02-26", &["vid00000003", "vid00000004"], Found::Title),
            row("weekly 2026-02-19", &["vid00000005"], Found::Title),
            row("weekly 2026-02-12", &["vid00000006"], Found::Window),
            row("weekly 2026-01-29", &["-id00000009"], Found::Window),
            row("board 2026-01-27", &["vid00000010"], Found::Title),
            row("weekly 2026-01-22", &["vid00000015"], Found::Title),
        ]
    );
    let left_out = |id: &str, why| (id.to_owned(), why);
    assert_eq!(
        left(&findings),
        [
            left_out("vid00000011", WhyNotVideo::AmbiguousDate),
            left_out("vid00000013", WhyNotVideo::NoMeetingOnDate),
            left_out("vid00000007", WhyNotVideo::SeveralVideos(weekly("2026-02-05"))),
            left_out("vid00000008", WhyNotVideo::SeveralVideos(weekly("2026-02-05"))),
            left_out("vid00000014", WhyNotVideo::TooEarly(weekly("2026-03-19"))),
            left_out("vid00000012", WhyNotVideo::HasRecording(weekly("2026-03-12"))),
        ]
    );
}

#[test]
fn of_two_videos_in_a_window_none_is_guessed() {
    let videos = vec![
        video("a", "Call", "2026-03-06T00:00:00Z"),
        video("b", "Another call", "2026-03-07T00:00:00Z"),
        video("c", "Of nobody's week", "2025-01-02T17:00:00Z"),
        // The board's call was two days before the weekly's.
        video("d", "The board speaks", "2026-02-27T20:00:00Z"),
    ];
    let findings = matched(&community(""), "", videos);
    let why: Vec<_> = left(&findings).into_iter().map(|(_, why)| why).collect();
    let others = || WhyNotVideo::OthersInWindow(weekly("2026-03-05"));
    assert_eq!(why, [WhyNotVideo::NoMeetingInWindow, others(), others()]);
    let board = ("board 2026-02-24".to_owned(), vec!["0000000000d".to_owned()], Found::Window);
    assert_eq!(recordings(&findings), [board]);
}

#[test]
fn a_window_with_two_meetings_is_nobodys() {
    let mut files = content("");
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        file.bytes = text.replace(", titled = \"board\"", "").into_bytes();
    }
    let findings =
        matched(&parse(&files).unwrap(), "", vec![video("a", "Call", "2026-02-27T20:00:00Z")]);
    assert_eq!(left(&findings), [("0000000000a".to_owned(), WhyNotVideo::SeveralInWindow)]);
}

#[test]
fn the_windows_ends_are_six_days_apart() {
    // 2026-03-05 10:00 is 18:00 UTC; the next call is on 2026-03-12.
    for (published, is_found) in [
        ("2026-03-05T18:00:00Z", false),
        ("2026-03-05T18:00:01Z", true),
        ("2026-03-11T18:00:00Z", true),
        ("2026-03-11T18:00:01Z", false),
    ] {
        let findings = matched(&community(""), "", vec![video("a", "Call", published)]);
        let found = recordings(&findings);
        assert_eq!(found.iter().any(|(m, ..)| m == "weekly 2026-03-05"), is_found, "{published}");
    }
}

#[test]
fn what_the_minutes_name_is_theirs_alone() {
    let note = "## March 12, 2026\nRecording: https://youtu.be/0000000000a\n\n## March 5, 2026\n";
    let videos = vec![
        video("a", "Weekly, March 5, 2026", "2026-03-12T20:00:00Z"),
        video("b", "Weekly, March 12, 2026", "2026-03-12T21:00:00Z"),
    ];
    let findings = matched(&community(""), note, videos);
    let named = ("weekly 2026-03-12".to_owned(), vec!["0000000000a".to_owned()], Found::Minutes);
    assert_eq!(recordings(&findings), [named]);
    let why = WhyNotVideo::HasRecording(weekly("2026-03-12"));
    assert_eq!(left(&findings), [("0000000000b".to_owned(), why)]);
}

#[test]
fn a_link_copied_with_last_weeks_section_is_not_believed() {
    let copied = "## March 12, 2026\nRecording: https://youtu.be/0000000000a\n\n\
                  ## March 5, 2026\nRecording: https://youtu.be/0000000000a\n";
    let video = || vec![video("a", "Weekly", "2026-03-05T20:00:00Z")];
    let findings = matched(&community(""), copied, video());
    assert_eq!(recordings(&findings), []);
    assert_eq!(left(&findings), [("0000000000a".to_owned(), WhyNotVideo::NamedUnclearly)]);

    // It stays where it is known to belong.
    let records = "[[record]]\ndate = 2026-03-05\nrecording = \"https://youtu.be/0000000000a\"\n\
                   found = \"minutes\"\n";
    let known = ("weekly 2026-03-05".to_owned(), vec!["0000000000a".to_owned()], Found::Minutes);
    assert_eq!(recordings(&matched(&community(records), copied, video())), [known]);

    // A section that alone has the older video is not believed either.
    let alone = "## March 12, 2026\nRecording: https://youtu.be/0000000000a\n";
    let findings = matched(&community(""), alone, video());
    assert_eq!(recordings(&findings), []);
    assert_eq!(left(&findings)[0].1, WhyNotVideo::TooEarly(weekly("2026-03-12")));
}

#[test]
fn a_meeting_to_come_has_no_recording() {
    let note = "## March 26, 2026\nRecording: https://youtu.be/0000000000a\n### Agenda\n- layers\n";
    let findings = matched(&community(""), note, vec![]);
    assert_eq!(recordings(&findings), []);
    assert_eq!(findings.meetings[0].topics[0].as_str(), "layers");
    assert_eq!(findings.meetings[0].minutes, None);
}

#[test]
fn where_a_person_and_the_minutes_differ_the_person_is_right() {
    let records = "[[record]]\ndate = 2026-03-05\nrecording = \
                   \"https://www.youtube.com/watch?v=0000000000a\"\n";
    let note = "## March 12, 2026\nRecording: https://youtu.be/0000000000a\n";
    let findings = matched(&community(records), note, vec![]);
    assert_eq!(recordings(&findings), []);
    let [Disagreement::Recording { recorded, named, .. }] = findings.disagreements.as_slice()
    else {
        panic!("{:?}", findings.disagreements);
    };
    assert_eq!((recorded, named), (&weekly("2026-03-05"), &weekly("2026-03-12")));
}

#[test]
fn a_section_a_day_off_is_its_neighbours_unless_that_has_its_own() {
    let note = "## March 13, 2026\n- a\n\n## March 4, 2026\n- b\n\n## March 5, 2026\n- c\n\n\
                ## February 22, 2026\n- d\n";
    let findings = matched(&community(""), note, vec![]);
    let found: Vec<_> = findings.meetings.iter().map(|f| f.meeting.id.date().to_string()).collect();
    // Two days from the board's as well as from nothing else.
    assert_eq!(found, ["2026-03-12", "2026-03-05", "2026-02-24"]);
    let left: Vec<_> = findings.unmatched_sections.iter().map(|s| s.heading.as_str()).collect();
    assert_eq!(left, ["March 4, 2026"]);
}

#[test]
fn whatever_is_no_feed_is_told_apart() {
    for (answer, want) in [
        ("", NotAFeed::Empty),
        ("<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>", NotAFeed::Page),
        ("<html><body>500</body></html>", NotAFeed::Page),
        ("<rss><channel/></rss>", NotAFeed::Broken),
        ("<feed><entry>", NotAFeed::Broken),
        ("<feed><entry></feed>", NotAFeed::Broken),
        ("{}", NotAFeed::Broken),
    ] {
        assert_eq!(read(answer.as_bytes()), Err(want), "{answer}");
    }
    assert_eq!(read(&[0xff, 0xfe]), Err(NotAFeed::Broken));
    assert_eq!(read(&vec![b' '; (2 << 20) + 1]), Err(NotAFeed::TooLong));
    let whole = feed();
    assert_eq!(read(&whole[..whole.len() / 2]), Err(NotAFeed::Broken), "cut short");
}

#[test]
fn a_feed_that_is_deep_or_long_is_read_within_bounds() {
    let deep = format!("<feed>{}{}</feed>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(read(deep.as_bytes()), Ok(vec![]));
    let entry = "<entry><videoId>abcdefghijk</videoId><title>t</title>\
                 <published>2026-01-01T00:00:00Z</published></entry>";
    let long = format!("<feed>{}</feed>", entry.repeat(2000));
    assert_eq!(read(long.as_bytes()).unwrap().len(), 500);
    let bomb = "<!DOCTYPE feed [<!ENTITY a \"xxxxxxxxxx\">]><feed><entry><title>&a;</title></entry></feed>";
    assert_eq!(read(bomb.as_bytes()), Err(NotAFeed::Broken));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_feed_with_slips_is_read_without_a_panic(
        at in any::<prop::sample::Index>(), put in "[\\PC<>&;/\"]{0,8}", take in 0..40usize,
    ) {
        let mut text: Vec<char> = String::from_utf8(feed()).unwrap().chars().collect();
        let at = at.index(text.len());
        let end = (at + take).min(text.len());
        text.splice(at..end, put.chars());
        let text: String = text.into_iter().collect();
        if let Ok(videos) = read(text.as_bytes()) {
            prop_assert!(videos.len() <= 15);
        }
    }

    #[test]
    fn any_title_is_matched_without_a_panic_and_never_to_two(
        title in "([0-9]{1,4}|[-/, ]|March|January|th|Part|weekly|\\PC){1,12}",
        day in 0..400i64,
    ) {
        prop_assume!(Line::new(&title).is_some());
        let published = moment("2025-03-01T00:00:00Z") + chrono::TimeDelta::days(day);
        let video = Video { published, ..video("a", &title, NOW) };
        let findings = matched(&community(""), "", vec![video]);
        prop_assert_eq!(recordings(&findings).len() + left(&findings).len(), 1);
    }
}
