//! What a collector remembers from round to round.

use crate::process::Folder;
use crate::sample::utc;
use crate::upstream::{Play, Upstream};
use chrono::{DateTime, TimeDelta, Utc};
use convene::collect::{Collector, Report, SourceReport, fetch};
use convene::content::parse;
use convene::model::Community;
use convene::store::read;

const NOTE: &str = "/hackmd.io/note/download";
const START: &str = "2026-11-23T12:00:00Z";

struct Scene {
    folder: Folder,
    community: Community,
    upstream: Upstream,
    collector: Collector,
}

impl Scene {
    /// A community whose minutes are a note, which is asked for every half hour.
    fn new(play: Play) -> Scene {
        let folder = Folder::sample();
        let minutes = "minutes = { hackmd = \"note\" }\nupdated =";
        folder.edit("content/meetings/weekly/series.md", "updated =", minutes);
        let community = parse(&read(&folder.path("content")).unwrap()).unwrap();
        let upstream = Upstream::start([(NOTE, play)]);
        let stand = fetch::Upstream::Stand { address: upstream.address };
        let collector = Collector::new(stand, TimeDelta::minutes(30));
        Scene { folder, community, upstream, collector }
    }

    /// A round at that moment: how many sources were asked, and what came of it.
    fn round(&mut self, now: DateTime<Utc>) -> (usize, Report) {
        let asked = self.collector.ask(&self.community, now);
        (asked, self.collector.write(&self.folder.path("content"), now).unwrap())
    }

    fn source(&mut self, now: DateTime<Utc>) -> SourceReport {
        self.round(now).1.sources.swap_remove(0)
    }
}

/// A note with the meetings of these days of November.
fn note(days: &[u32]) -> Vec<u8> {
    let section = |day: &u32| format!("## November {day}, 2026\n\n### Notes:\nWe met.\n\n");
    days.iter().map(section).collect::<String>().into_bytes()
}

#[test]
fn a_source_is_asked_when_it_is_due_and_only_for_what_is_new() {
    let mut scene = Scene::new(Play::tagged("\"1\"", "text/markdown", note(&[5, 12, 19])));
    let start = utc(START);
    let (asked, report) = scene.round(start);
    assert_eq!((asked, report.sources[0].items), (1, Some(3)));
    let next = report.sources[0].next.unwrap();
    assert!(next - start >= TimeDelta::minutes(27) && next - start <= TimeDelta::minutes(33));
    assert_eq!(scene.round(next - TimeDelta::seconds(1)).0, 0, "it is not due yet");
    let (asked, report) = scene.round(next);
    assert_eq!((asked, report.changed.len()), (1, 0));
    assert_eq!(report.sources[0].items, Some(3), "unchanged is not nothing");
    assert_eq!(report.sources[0].answered, Some(next));
    let requests = scene.upstream.requests();
    let tags: Vec<_> = requests.iter().map(|request| request.header("if-none-match")).collect();
    assert_eq!(tags, [None, Some("\"1\"")]);
}

#[test]
fn a_source_is_asked_more_often_around_a_meeting() {
    let mut scene = Scene::new(Play::ok("text/markdown", note(&[5])));
    let before = utc("2026-12-03T17:30:00Z");
    let next = scene.source(before).next.unwrap();
    assert!(next - before <= TimeDelta::minutes(6), "{next}: the meeting begins at 18:00");
    let cancelled = utc("2026-11-26T17:30:00Z");
    let mut scene = Scene::new(Play::ok("text/markdown", note(&[5])));
    let next = scene.source(cancelled).next.unwrap();
    assert!(next - cancelled >= TimeDelta::minutes(27), "{next}: nobody meets");
}

#[test]
fn the_minutes_of_a_series_that_has_ended_are_asked_for_rarely() {
    let mut scene = Scene::new(Play::ok("text/markdown", note(&[5])));
    let series = "content/meetings/weekly/series.md";
    scene.folder.edit(series, "every =", "until = 2026-11-26\nevery =");
    scene.community = parse(&read(&scene.folder.path("content")).unwrap()).unwrap();
    let wait = |scene: &mut Scene, now: &str| scene.source(utc(now)).next.unwrap() - utc(now);
    assert!(wait(&mut scene, "2026-12-24T12:00:00Z") <= TimeDelta::minutes(33));
    assert!(wait(&mut scene, "2027-02-24T12:00:00Z") >= TimeDelta::hours(5));
}

#[test]
fn a_source_that_fails_is_asked_ever_less_often_and_what_it_had_stays() {
    let mut scene = Scene::new(Play::ok("text/markdown", note(&[5, 12, 19])));
    let mut now = utc(START);
    let answered = scene.source(now).answered;
    scene.upstream.play(NOTE, Play::response("500 Oops", &[], "no"));
    let mut waits = Vec::new();
    for failures in 1..=6 {
        let due = scene.collector.next(&scene.community, now).unwrap();
        waits.push(due - now);
        now = due;
        let source = scene.source(now);
        assert_eq!((source.failures, source.word.as_deref()), (failures, Some("status 500")));
        assert_eq!((source.items, source.answered), (Some(3), answered));
    }
    assert!(
        waits.windows(2).all(|two| two[1] > two[0] || two[1] > TimeDelta::hours(5)),
        "{waits:?}"
    );
    assert!(waits.iter().all(|wait| *wait <= TimeDelta::hours(6)), "{waits:?}");
    scene.upstream.play(NOTE, Play::ok("text/markdown", note(&[5, 12, 19])));
    now = scene.collector.next(&scene.community, now).unwrap();
    assert_eq!(scene.source(now).failures, 0);
}

#[test]
fn a_source_that_wants_to_rest_is_left_alone() {
    let limited = Play::response("429 Too Many Requests", &[("Retry-After", "7200")], "later");
    let mut scene = Scene::new(limited);
    let next = scene.source(utc(START)).next.unwrap();
    assert!(next - utc(START) >= TimeDelta::hours(2), "{next}");
}

#[test]
fn a_note_that_lost_half_its_dates_is_believed_a_day_later() {
    let mut scene = Scene::new(Play::ok("text/markdown", note(&[5, 12, 19])));
    let start = utc(START);
    assert_eq!(scene.source(start).word, None);
    scene.upstream.play(NOTE, Play::ok("text/markdown", note(&[19])));
    let short = scene.source(start + TimeDelta::hours(1));
    assert_eq!((short.word.as_deref(), short.items), (Some("shrunken"), Some(3)));
    let later = scene.source(start + TimeDelta::hours(26));
    assert_eq!((later.word, later.items), (None, Some(1)));
}
