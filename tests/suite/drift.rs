//! `convene drift`: calendars that say what the content says, and calendars that do not.
//!
//! `tests/drift/<case>/` has `calendar.ics`, the `content/` where it is not that of `tests/drift/shared`,
//! maybe `series.txt` and `window.txt` (what is asked for), and what is wanted as `expected.txt` and
//! `expected.json`. `UPDATE=1` writes those anew; read the difference before you commit it.
#![expect(clippy::disallowed_methods, reason = "tests read and update their own cases")]

use crate::golden::communities;
use crate::process::{AS_OF, Folder, run};
use crate::recipes::words;
use crate::sample::{self, day, exception, line, local, pacific, utc};
use crate::support::{files, package};
use crate::upstream::{Play, Upstream};
use chrono::{DateTime, TimeDelta, Utc};
use convene::content::{SourceFile, parse};
use convene::drift::{Asked, Document, Drift, Window, drift, text};
use convene::import::{Options, alone, import};
use convene::model::{Change, Community};
use convene::publish::{Coding, Wish};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

const PRESENT: &str = "2026-11-25T12:00:00Z";

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(package("tests/drift")).unwrap();
    let mut cases: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| !case.ends_with("shared"));
    cases.sort();
    assert!(cases.len() >= 20);
    cases
}

fn content(case: &Path) -> Vec<SourceFile> {
    let own = Some(case.join("content")).filter(|folder| folder.is_dir());
    files(&own.unwrap_or_else(|| package("tests/drift/shared")))
}

/// 90 days of all series, or what the case asks for.
fn asked(case: &Path) -> Asked {
    let words = |name: &str| fs::read_to_string(case.join(name)).unwrap_or_default();
    let series = words("series.txt").split_whitespace().map(sample::slug).collect();
    let now = utc(PRESENT);
    let days: Vec<DateTime<Utc>> = words("window.txt").split_whitespace().map(utc).collect();
    let window = match days.as_slice() {
        [from, to] => Window::new(*from, *to).unwrap(),
        _ => Window::new(now, now + Window::USUAL).unwrap(),
    };
    Asked { now, window, series, zone: None }
}

#[test]
fn what_drifted_is_told_as_it_was() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let content = parse(&content(&case)).unwrap_or_else(|e| panic!("{}:\n{e}", case.display()));
        let calendar = fs::read(case.join("calendar.ics")).unwrap();
        let drift = drift(&content, &calendar, &asked(&case)).unwrap();
        let json = serde_json::to_string_pretty(&Document::of(&drift)).unwrap() + "\n";
        for (name, got) in [("expected.txt", text(&drift)), ("expected.json", json)] {
            let path = case.join(name);
            if update {
                fs::write(&path, &got).unwrap();
            } else if fs::read_to_string(&path).ok().as_deref() != Some(got.as_str()) {
                wrong.push(format!("{} differs; see with UPDATE=1 and git diff", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The commands that the help of single dates names, of those who say that the calendar is right.
fn commands(told: &str) -> Vec<String> {
    let helps = told.lines().filter(|line| line.trim_start().starts_with("help: "));
    let names = helps.flat_map(|line| line.split('`').filter(|part| part.starts_with("convene ")));
    names.filter(|name| *name != "convene import").map(str::to_owned).collect()
}

/// Whoever does what the help says has no such difference any more.
#[test]
fn what_the_help_says_mends_the_content() {
    let mut all = 0;
    for case in cases() {
        let asked = asked(&case);
        let calendar = fs::read(case.join("calendar.ics")).unwrap();
        let content = content(&case);
        let before = drift(&parse(&content).unwrap(), &calendar, &asked).unwrap();
        let folder = Folder::empty();
        for file in &content {
            folder
                .put(&format!("content/{}", file.path), std::str::from_utf8(&file.bytes).unwrap());
        }
        let commands = commands(&text(&before));
        for command in &commands {
            let words = words(command);
            let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
            let arguments = [arguments.as_slice(), &["--as-of", PRESENT]].concat();
            let output = run(&arguments, &folder.path("content"));
            assert!(output.status.success(), "{}: {command}: {output:?}", case.display());
        }
        all += commands.len();
        let mended = parse(&files(&folder.path("content"))).unwrap();
        let after = drift(&mended, &calendar, &asked).unwrap();
        assert_eq!(self::commands(&text(&after)), [""; 0], "{}:\n{}", case.display(), text(&after));
    }
    assert!(all >= 12, "{all}");
}

/// The whole calendar as it is published, with those options.
fn published(community: &Community, options: &str, now: DateTime<Utc>) -> Vec<u8> {
    let wish = Wish::of(community, "/calendar.ics", options).unwrap().unwrap();
    wish.render(now).unwrap().document.coded(Coding::Identity).unwrap().to_vec()
}

fn drifted(community: &Community, calendar: &[u8], now: DateTime<Utc>, days: i64) -> Drift {
    let window = Window::new(now, now + TimeDelta::days(days)).unwrap();
    drift(community, calendar, &Asked { now, window, series: BTreeSet::new(), zone: None }).unwrap()
}

#[test]
fn our_own_calendars_never_drift() {
    let mut wrong = Vec::new();
    for (name, community, now) in communities() {
        // OCI's takes longer, and says nothing that no case says.
        let is_case = !name.starts_with("OCI");
        let others = [("cancelled=mark", 400), ("flat=utc", 300)].into_iter().filter(|_| is_case);
        for (options, days) in [("", 400)].into_iter().chain(others) {
            let drift = drifted(&community, &published(&community, options, now), now, days);
            if !drift.differences.is_empty() {
                wrong.push(format!("{name} {options}:\n{}", text(&drift)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Content that was made of a calendar says what the calendar says, whoever made it.
#[test]
fn what_was_imported_does_not_drift() {
    let now = utc(PRESENT);
    let options = Options {
        now,
        zone: None,
        site_zone: Some(pacific()),
        lasts: TimeDelta::hours(1),
        series: None,
        taken: BTreeSet::new(),
    };
    let (mut wrong, mut all) = (Vec::new(), 0);
    for entry in fs::read_dir(package("tests/import")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let is_calendar = path.extension().is_some_and(|extension| extension == "ics");
        let Ok(imported) = import(&bytes, &options) else { continue };
        let content = parse(&alone(&imported, options.lasts)).unwrap();
        for year in [2024, 2026] {
            let from = utc(&format!("{year}-01-01T00:00:00Z"));
            let window = Window::new(from, from + TimeDelta::days(731)).unwrap();
            let asked = Asked { now, window, series: BTreeSet::new(), zone: None };
            let drift = drift(&content, &bytes, &asked).unwrap();
            all += usize::from(is_calendar && drift.meetings > 0);
            if !drift.differences.is_empty() {
                wrong.push(format!("{}:\n{}", path.display(), text(&drift)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all >= 60, "{all}");
}

/// The sample with what each week's number does to its Thursday, and maybe with a meeting on its
/// Saturday.
fn with_weeks(weeks: &[(u8, bool)]) -> Community {
    let mut community = sample::community();
    for (week, (fate, is_added)) in weeks.iter().enumerate() {
        let date = day("2026-10-08") + TimeDelta::weeks(i64::try_from(week).unwrap());
        let announced = utc("2026-09-01T00:00:00Z");
        let moved = |to: String| {
            let to = local(&to);
            Some(Box::new(Change::Moved { to, zone: pacific(), announced, restored: None }))
        };
        let reason = Some(line("Summit"));
        exception(&mut community, &format!("{date}T10:00:00")).change = match fate {
            1 => Some(Box::new(Change::Cancelled { reason, announced, restored: None })),
            2 => moved(format!("{date}T14:00:00")),
            3 => moved(format!("{}T10:00:00", date + TimeDelta::days(1))),
            _ => None,
        };
        if *is_added {
            let calls = sample::calls(&mut community);
            let start = format!("{}T09:00:00", date + TimeDelta::days(2));
            let mut added = sample::added(&calls.slug, &start, "2026-09-01T00:00:00Z");
            added.details.join = Some(sample::link(&format!("https://zoom.us/j/{week}")));
            calls.added.insert(added.start, added);
        }
    }
    community
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What a calendar of before does not know of the content is told: those dates and no others.
    #[test]
    fn what_is_told_is_what_changed(
        weeks in prop::collection::vec(((0u8..4, any::<bool>()), (0u8..4, any::<bool>())), 1..12),
    ) {
        let (before, after): (Vec<_>, Vec<_>) = weeks.iter().copied().unzip();
        let (old, new) = (with_weeks(&before), with_weeks(&after));
        let now = utc("2026-10-01T00:00:00Z");
        let drift = drifted(&new, &published(&old, "", now), now, 100);
        let told: Vec<String> = drift.differences.iter().map(|d| d.date.to_string()).collect();
        let mut changed = Vec::new();
        for (week, (before, after)) in weeks.iter().enumerate() {
            let date = day("2026-10-08") + TimeDelta::weeks(i64::try_from(week).unwrap());
            changed.extend((before.0 != after.0).then(|| date.to_string()));
            let saturday = date + TimeDelta::days(2);
            changed.extend((before.1 != after.1).then(|| saturday.to_string()));
        }
        prop_assert_eq!(told, changed, "{}", text(&drift));
    }
}

/// Runs `convene drift` on the sample, of which one date is cancelled, and its calendar without that.
fn command(calendar: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = Folder::sample();
    folder.put("calendar.ics", &uncancelled());
    folder.put("notes.txt", "No calendar.\n");
    let file = folder.path(calendar);
    let named = if file.is_file() { file.to_str().unwrap() } else { calendar };
    let all = [&["drift", named, "--as-of", AS_OF], arguments].concat();
    let output = run(&all, &folder.path("content"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn uncancelled() -> String {
    let mut community = parse(&files(&Folder::sample().path("content"))).unwrap();
    for series in &mut community.series {
        Arc::make_mut(series).slots[0].exceptions = Default::default();
    }
    String::from_utf8(published(&community, "", utc(AS_OF))).unwrap()
}

#[test]
fn the_exit_status_tells_whether_it_drifted() {
    let (status, out, error) = command("calendar.ics", &[]);
    assert_eq!((status, error.as_str()), (Some(1), ""), "{out}");
    assert!(out.contains("  2026-11-26: cancelled, but not in the calendar\n"), "{out}");
    assert!(
        out.ends_with(
            "1 difference in 12 meetings from 2026-11-23 12:00 to 2027-02-21 12:00 UTC\n"
        )
    );
    let later = ["--from", "2026-11-27", "--to", "2027-03-31", "--series", "weekly"];
    let (status, out, _) = command("calendar.ics", &later);
    assert_eq!(status, Some(0), "{out}");
    assert_eq!(out, "no drift in 17 meetings from 2026-11-27 00:00 to 2027-04-01 00:00 UTC\n");
    let (status, out, _) = command("calendar.ics", &["--json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    let difference = &found["differences"][0];
    assert_eq!(status, Some(1));
    assert_eq!(difference["kind"], "cancelled-in-content");
    assert_eq!(difference["content"]["status"], "cancelled");
    assert_eq!(difference["calendar"]["utc_start"], "2026-11-26T18:00:00Z");
    assert_eq!(found["window"]["from"], "2026-11-23T12:00:00Z");
}

#[test]
fn what_cannot_be_compared_is_told_and_nothing_else() {
    let check = |calendar: &str, arguments: &[&str], wanted: i32, text: &str| {
        let (status, out, error) = command(calendar, arguments);
        assert_eq!((status, out.as_str()), (Some(wanted), ""), "{error}");
        assert!(error.contains(text), "no {text}: {error}");
    };
    check("notes.txt", &[], 1, "it is no iCalendar file with a VEVENT in it; give the file or");
    check("missing.ics", &[], 1, "missing.ics");
    check("calendar.ics", &["--series", "wekly"], 1, "weekly");
    check("calendar.ics", &["--from", "2026-12-02", "--to", "2026-12-01"], 2, "--to is a day");
    check("calendar.ics", &["--to", "2036-12-01"], 2, "two years");
    check("http://calendar.example.com/a.ics", &[], 1, "give its https address\n");
    check("https://127.0.0.1/a.ics", &[], 1, "not on the public internet; save it to a file");
}

#[test]
fn a_calendar_is_fetched_from_its_address() {
    let large = format!("BEGIN:VCALENDAR\r\nX-NOTE:{}\r\n", "a".repeat(3 << 20));
    let upstream = Upstream::start([
        ("/calendar.example.com/a.ics", Play::ok("text/calendar", uncancelled())),
        ("/old.example.com/", Play::redirect("301 Moved", "https://calendar.example.com/a.ics")),
        ("/calendar.example.com/3", Play::ok("text/calendar", &large)),
        ("/calendar.example.com/11", Play::ok("text/calendar", "a".repeat(11 << 20))),
    ]);
    let from = upstream.address.to_string();
    let ask = |url: &str| command(url, &["--fetch-from", &from]);
    for url in ["https://calendar.example.com/a.ics", "webcal://old.example.com/"] {
        let (status, out, error) = ask(url);
        assert_eq!((status, error.as_str()), (Some(1), ""), "{url}");
        assert!(out.contains("  2026-11-26: cancelled, but not in the calendar\n"), "{out}");
    }
    let (status, out, _) = ask("https://calendar.example.com/3");
    assert!(status == Some(1) && out.contains(": not in the calendar\n"), "{out}");
    for (url, text) in [
        ("https://calendar.example.com/11", "/11`: it is larger than 10 MiB; save the part"),
        ("https://calendar.example.com/no", "/no`: it answered 404 Not Found; make the calendar"),
    ] {
        let (status, out, error) = ask(url);
        assert_eq!((status, out.as_str()), (Some(1), ""), "{url}");
        assert!(error.contains(text), "{error}");
    }
}

#[test]
fn a_calendar_comes_by_standard_input_too() {
    let folder = Folder::sample();
    folder.put("calendar.ics", &uncancelled());
    let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
    command.args(["drift", "-", "--as-of", AS_OF, "--content"]).arg(folder.path("content"));
    command.stdin(fs::File::open(folder.path("calendar.ics")).unwrap());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("2026-11-26: cancelled"));
}
