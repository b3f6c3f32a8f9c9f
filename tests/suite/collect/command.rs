//! `convene collect` and `serve --collect-every`, from an upstream on loopback to the files and pages.

use crate::fetch::bomb;
use crate::http::get;
use crate::process::{AS_OF, Folder, Server, kill_after, run, until};
use crate::upstream::{Play, Upstream, head};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use convene::content::parse;
use convene::store::read;
use serde_json::Value;
use std::fs;
use std::process::Output;
use std::time::Duration;

const NOTE: &str = "/hackmd.io/note/download";
const VIDEOS: &str = "/www.youtube.com/feeds/videos.xml?channel_id=UCabc";
const RECORDS: &str = "content/meetings/weekly/records.toml";

const MINUTES: &str = "# Weekly call

Time: Thursdays at 10:00 Pacific

## December 10, 2026 - NO CALL

## December 3, 2026

**Recording**:

### Agenda:
- Sign the artifacts of a release

## November 26, 2026

No call, holiday.

## November 19, 2026

**Recording**: https://youtu.be/aaaaaaaaaaa

### Agenda:
- Plan the release (Alex)
- _add your items_

### Notes:
00:01:02 Alex: look at https://youtu.be/dQw4w9WgXcQ
We agreed on a date.

## November 12, 2026

### Agenda:
- Review the specification

### Notes:
It was reviewed.

## November 5, 2026

**Canceled**: conference week

## October 29, 2026

**Recording**: (none)

### Notes:
Nobody pressed the button.
";

/// YouTube's feed of these videos: id, title, when it was published.
fn videos(all: &[(&str, &str, &str)]) -> String {
    let entries: String = all
        .iter()
        .map(|(id, title, published)| {
            format!(
                "<entry><id>yt:video:{id}</id><yt:videoId>{id}</yt:videoId>\
                 <yt:channelId>UCabc</yt:channelId><title>{title}</title>\
                 <link rel=\"alternate\" href=\"https://www.youtube.com/watch?v={id}\"/>\
                 <published>{published}</published><updated>{published}</updated></entry>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed \
         xmlns:yt=\"http://www.youtube.com/xml/schemas/2015\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns=\"http://www.w3.org/2005/Atom\">\
         <id>yt:channel:UCabc</id><title>Example</title>{entries}</feed>"
    )
}

fn some_videos() -> String {
    videos(&[
        ("aaaaaaaaaaa", "Whatever it is called", "2026-11-20T01:00:00+00:00"),
        ("bbbbbbbbbbb", "Weekly call 2026-11-12", "2026-11-13T08:00:00+00:00"),
        ("ccccccccccc", "A talk about cats", "2026-08-13T08:00:00+00:00"),
    ])
}

fn good() -> [(&'static str, Play); 2] {
    [(NOTE, Play::ok("text/markdown", MINUTES)), (VIDEOS, Play::ok("text/xml", some_videos()))]
}

fn collect(folder: &Folder, upstream: &Upstream, more: &[&str]) -> Output {
    let address = upstream.address.to_string();
    let arguments = ["collect", "--as-of", AS_OF, "--fetch-from", &address];
    run(&[&arguments, more].concat(), &folder.path("content"))
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn what_is_found_is_written_and_nothing_a_second_time() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    let first = collect(&folder, &upstream, &[]);
    assert_eq!((first.status.code(), error(&first).as_str()), (Some(0), ""));
    let records = folder.read(RECORDS);
    for part in [
        "minutes = \"https://hackmd.io/note#November-19-2026\"",
        "recording = \"https://youtu.be/aaaaaaaaaaa\"",
        "found = \"minutes\"",
        "recording = \"https://youtu.be/bbbbbbbbbbb\"",
        "found = \"title\"",
        "Plan the release",
        "Sign the artifacts of a release",
    ] {
        assert!(records.contains(part), "no {part} in\n{records}");
    }
    for part in ["dQw4w9WgXcQ", "Alex", "ccccccccccc", "add your items"] {
        assert!(!records.contains(part), "{part} in\n{records}");
    }
    assert!(
        out(&first).contains("1 file written: meetings/weekly/records.toml"),
        "{}",
        out(&first)
    );
    let second = collect(&folder, &upstream, &[]);
    assert!(out(&second).ends_with("nothing new\n"), "{}", out(&second));
    assert_eq!(folder.read(RECORDS), records);
}

#[test]
fn what_fits_nothing_is_told() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    let output = collect(&folder, &upstream, &["--json"]);
    let answer: Value = serde_json::from_str(&out(&output)).unwrap();
    let told: Vec<_> = answer["notices"].as_array().unwrap().iter().collect();
    let of = |kind: &str| told.iter().filter(|n| n["kind"] == kind).collect::<Vec<_>>();
    assert_eq!(of("video").len(), 1, "{answer:#}");
    assert_eq!(of("video")[0]["title"], "A talk about cats");
    assert_eq!(of("video")[0]["link"], "https://youtu.be/ccccccccccc");
    assert_eq!(
        of("cancellation").len(),
        2,
        "10 December and 5 November; 26 November is known: {answer:#}"
    );
    assert!(!folder.path("content/meetings/weekly/2026-11-05.md").exists());
    assert_eq!(answer["sources"][0]["items"], 7);
}

#[test]
fn a_talk_at_the_conference_is_no_recording_of_the_call_that_was_cancelled_for_it() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    let talk = videos(&[("ddddddddddd", "A talk at the conference", "2026-11-07T08:00:00+00:00")]);
    upstream.play(VIDEOS, Play::ok("text/xml", talk));
    let output = collect(&folder, &upstream, &[]);
    assert!(!folder.read(RECORDS).contains("ddddddddddd"), "{}", folder.read(RECORDS));
    assert!(out(&output).contains("the meeting before it is cancelled"), "{}", out(&output));
}

#[test]
fn a_dry_run_prints_the_patch_and_writes_nothing() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    let output = collect(&folder, &upstream, &["--dry-run"]);
    let text = out(&output);
    assert!(text.contains("+++ b/meetings/weekly/records.toml\n"), "{text}");
    assert!(text.contains("\n+recording = \"https://youtu.be/aaaaaaaaaaa\"\n"), "{text}");
    assert!(text.ends_with("1 file would be written: meetings/weekly/records.toml\n"), "{text}");
    assert!(!folder.path(RECORDS).exists());
}

#[test]
fn a_cancellation_in_the_minutes_counts_where_they_are_trusted() {
    let folder = Folder::with_sources("trust-minutes = true\n");
    let upstream = Upstream::start(good());
    assert_eq!(collect(&folder, &upstream, &[]).status.code(), Some(0));
    let ahead = folder.read("content/meetings/weekly/2026-12-10.md");
    assert_eq!(ahead, "+++\ncancelled = true\nannounced = 2026-11-23T12:00:00Z\n+++\n");
    let past = folder.read("content/meetings/weekly/2026-11-05.md");
    assert!(past.contains("cancelled = \"conference week\""), "{past}");
    assert!(past.contains("announced = 2026-11-04T18:00:00Z"), "no news by now: {past}");
    let kept = folder.read("content/meetings/weekly/2026-11-26.md");
    assert!(kept.contains("cancelled = \"Thanksgiving\""), "a person wrote it: {kept}");
    let again = collect(&folder, &upstream, &[]);
    assert!(out(&again).ends_with("nothing new\n"), "{}", out(&again));
}

#[test]
fn a_dated_file_that_says_nothing_keeps_nothing_from_being_written() {
    let folder = Folder::with_sources("trust-minutes = true\n");
    folder.put("content/meetings/weekly/2026-11-05.md", "+++\n+++\n");
    let upstream = Upstream::start(good());
    assert_eq!(collect(&folder, &upstream, &[]).status.code(), Some(0));
    assert!(folder.read(RECORDS).contains("aaaaaaaaaaa"));
    assert_eq!(folder.read("content/meetings/weekly/2026-11-05.md"), "+++\n+++\n");
}

#[test]
fn what_a_person_wrote_stays_to_the_byte() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    let written = "# by hand\n[[record]]\ndate = 2026-11-12 # a good one\n\
                   recording = 'https://youtu.be/zzzzzzzzzzz'\n\n\n# the end\n";
    folder.put(RECORDS, written);
    collect(&folder, &upstream, &[]);
    let records = folder.read(RECORDS);
    let mut lines = records.lines();
    for line in written.lines() {
        assert!(lines.any(|other| other == line), "`{line}` is gone from\n{records}");
    }
    assert!(!records.contains("bbbbbbbbbbb"), "{records}");
}

/// Every way in which an answer can be bad, with what the command says of it.
fn faults() -> Vec<(&'static str, Play, &'static str)> {
    let page = "<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>";
    let truncated =
        [head("200 OK", &[("Content-Length", "100000")]).as_slice(), b"# Weekly"].concat();
    let endless = Play::Endless {
        head: head("200 OK", &[("Content-Type", "text/plain")]),
        piece: vec![b'x'; 65536],
        pause: Duration::ZERO,
    };
    vec![
        ("404", Play::response("404 Not Found", &[], page), "404 Not Found"),
        (
            "500",
            Play::response("500 Internal Server Error", &[], page),
            "500 Internal Server Error",
        ),
        ("429", Play::response("429 Too Many", &[("Retry-After", "60")], "slow"), "429 Too Many"),
        ("a page", Play::ok("text/html", page), ""),
        ("nothing", Play::ok("text/markdown", ""), "nothing"),
        ("cut off", Play::Bytes(truncated), "not whole"),
        ("noise", Play::ok("text/markdown", [0xff, 0xfe, 0, 1, 2, 0xc3, 0x28]), ""),
        ("100 MB", endless, "larger than 2 MiB"),
        ("an empty note", Play::ok("text/markdown", "# Weekly call\n"), ""),
        ("a bomb of XML", Play::ok("text/xml", laughs()), ""),
        ("a bomb of gzip", bomb(), "larger than 2 MiB"),
        ("a circle", Play::redirect("302 Found", CIRCLE), "more than 3 redirects"),
        ("a way inside", Play::redirect("302 Found", "https://[::ffff:10.0.0.1]/"), "10.0.0.1"),
        ("a way to plain http", Play::redirect("302 Found", "http://a.example/"), "only https"),
    ]
}

/// An address that leads to itself.
const CIRCLE: &str = "https://circle.example/";

fn laughs() -> String {
    let lol = |i: usize| {
        let names = format!("&l{};", i - 1).repeat(10);
        format!("<!ENTITY l{i} \"{names}\">")
    };
    let entities: String = (1..10).map(lol).collect();
    format!("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">{entities}]><feed>&l9;</feed>")
}

fn attributes() -> String {
    let all: String = (0..80_000).map(|i| format!(" a{i}=\"\"")).collect();
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"{all}></feed>")
}

#[test]
fn a_bad_answer_is_told_and_removes_nothing() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    collect(&folder, &upstream, &[]);
    let known = folder.read(RECORDS);
    for (path, other) in [(NOTE, VIDEOS), (VIDEOS, NOTE)] {
        for (name, play, told) in faults() {
            for (path, play) in good() {
                upstream.play(path, play);
            }
            upstream.play("/circle.example/", Play::redirect("302 Found", CIRCLE));
            upstream.play(path, play);
            let output = collect(&folder, &upstream, &[]);
            assert_eq!(output.status.code(), Some(1), "{name} at {path}: {}", out(&output));
            let text = error(&output);
            assert!(text.contains(told), "{name} at {path}: {text}");
            assert_eq!(text.lines().count(), 1, "{other} is fine: {text}");
            assert_eq!(folder.read(RECORDS), known, "{name} at {path}");
        }
    }
}

#[test]
fn silence_and_a_drip_end_after_ten_seconds_and_remove_nothing() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    collect(&folder, &upstream, &[]);
    let known = folder.read(RECORDS);
    upstream.play(NOTE, Play::Silence(head("200 OK", &[("Content-Length", "100000")])));
    let (piece, pause) = (b"<".to_vec(), Duration::from_millis(100));
    upstream.play(VIDEOS, Play::Endless { head: head("200 OK", &[]), piece, pause });
    let output = collect(&folder, &upstream, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    let text = error(&output);
    assert_eq!(text.matches("not all was there in 10 s").count(), 2, "{text}");
    assert_eq!(folder.read(RECORDS), known);
}

#[test]
fn a_note_and_a_feed_that_lost_what_they_had_remove_nothing() {
    let (folder, upstream) = (Folder::with_sources(""), Upstream::start(good()));
    collect(&folder, &upstream, &[]);
    let known = folder.read(RECORDS);
    let short = "# Weekly call\n\n## December 3, 2026\n";
    upstream.play(NOTE, Play::ok("text/markdown", short));
    for feed in [videos(&[]), attributes()] {
        upstream.play(VIDEOS, Play::ok("text/xml", feed));
        assert_eq!(collect(&folder, &upstream, &[]).status.code(), Some(0));
        assert_eq!(folder.read(RECORDS), known);
    }
}

/// The last Thursday that is surely over, by the clock.
fn last_thursday() -> NaiveDate {
    let now: DateTime<Utc> = std::time::SystemTime::now().into();
    let mut day = now.date_naive() - TimeDelta::days(2);
    while day.weekday() != Weekday::Thu {
        day -= TimeDelta::days(1);
    }
    day
}

#[test]
fn a_server_collects_by_itself_and_says_so() {
    let folder = Folder::with_sources("");
    let day = last_thursday();
    // The sample's own cancelled date is to come for good: no test depends on the day it runs.
    fs::remove_file(folder.path("content/meetings/weekly/2026-11-26.md")).unwrap();
    let (_, section) = MINUTES.split_once("## November 19, 2026").unwrap();
    let minutes = format!("# Weekly call\n\n## {}{section}", day.format("%B %-d, %Y"));
    let upstream = Upstream::start(good());
    upstream.play(NOTE, Play::ok("text/markdown", &minutes));
    let seen = format!("{}T01:00:00+00:00", day + TimeDelta::days(1));
    upstream.play(
        VIDEOS,
        Play::ok("text/xml", some_videos().replace("2026-11-20T01:00:00+00:00", &seen)),
    );
    let address = upstream.address.to_string();
    let options = ["--collect-every", "30m", "--fetch-from", &address];
    let server = Server::start(&folder.path("content"), &options);
    let page = || get(server.address, &format!("/meetings/weekly/{day}/")).text();
    until("the page has the recording", || page().contains("https://youtu.be/aaaaaaaaaaa"));
    assert!(page().contains("Plan the release"), "{}", page());
    until("the round is told", || {
        get(server.address, "/status.json").text().contains("A talk about cats")
    });
    let status: Value = serde_json::from_str(&get(server.address, "/status.json").text()).unwrap();
    let source = &status["collector"]["sources"][0];
    assert_eq!((&source["kind"], &source["items"]), (&"minutes".into(), &4.into()), "{status:#}");
    assert_eq!(source["error"], Value::Null);
    assert!(source["age_seconds"].as_i64().unwrap() < 600, "{status:#}");
    let html = get(server.address, "/status").text();
    assert!(html.contains("A talk about cats"), "{html}");
    let metrics = get(server.address, "/metrics").text();
    for part in [
        "convene_source_failures{kind=\"minutes\",url=\"https://hackmd.io/note/download\"} 0",
        "convene_collector_notices{kind=\"video\"} 1",
        "convene_collector_write_failed 0",
    ] {
        assert!(metrics.contains(part), "no {part} in {metrics}");
    }
}

#[test]
fn a_server_tells_a_source_that_fails() {
    let folder = Folder::with_sources("");
    let upstream = Upstream::start([(NOTE, Play::ok("text/markdown", MINUTES))]);
    let address = upstream.address.to_string();
    let options = ["--collect-every", "30m", "--fetch-from", &address];
    let server = Server::start(&folder.path("content"), &options);
    until("the failure is told", || {
        get(server.address, "/status.json").text().contains("\"status 404\"")
    });
    let metrics = get(server.address, "/metrics").text();
    assert!(metrics.contains("convene_source_failures{kind=\"recordings\""), "{metrics}");
    assert!(folder.read(RECORDS).contains("aaaaaaaaaaa"), "the minutes count all the same");
}

#[test]
fn collecting_goes_by_the_clock() {
    let folder = Folder::with_sources("");
    let output =
        run(&["serve", "--collect-every", "30m", "--as-of", AS_OF], &folder.path("content"));
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("leave out --as-of"), "{}", error(&output));
}

/// Killed at 200 moments of its work: each file is the old one or the new one, and the next run
/// finishes what was begun.
#[test]
fn a_collector_that_is_killed_leaves_every_file_whole() {
    let folder = Folder::with_sources("trust-minutes = true\n");
    let upstream = Upstream::start(good());
    let address = upstream.address.to_string();
    let arguments = ["collect", "--as-of", AS_OF, "--fetch-from", &address];
    let content = folder.path("content");
    let old = "# nothing yet\n";
    folder.put(RECORDS, old);
    run(&arguments, &content);
    let dates = ["2026-11-05", "2026-12-10"].map(|day| format!("content/meetings/weekly/{day}.md"));
    let cancelled = dates.each_ref().map(|path| folder.read(path));
    let whole = folder.read(RECORDS);
    let mut seed = 1_u64;
    let mut finished = 0;
    for _ in 0..200 {
        std::fs::write(folder.path(RECORDS), old).unwrap();
        dates.iter().for_each(|path| drop(std::fs::remove_file(folder.path(path))));
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        kill_after(&arguments, &content, Duration::from_micros((seed >> 33) % 60_000));
        let records = folder.read(RECORDS);
        assert!(records == old || records == whole, "{records}");
        for (path, whole) in dates.iter().zip(&cancelled) {
            assert!(!folder.path(path).exists() || folder.read(path) == *whole, "{path}");
        }
        finished += u32::from(records == whole);
        assert!(parse(&read(&content).unwrap()).is_ok());
    }
    assert!((1..200).contains(&finished), "{finished} of 200 had ended before they were killed");
    run(&arguments, &content);
    assert!(dates.iter().all(|path| folder.path(path).exists()));
    let hidden = std::fs::read_dir(folder.path("content/meetings/weekly")).unwrap();
    let left = hidden
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0, "temporary files are left");
}
