//! What decisions make of dated files, byte for byte, and what is refused.

use super::text::folder;
use crate::sample::{line, link, local, slug, utc};
use convene::content::edit::{Decision, Edit, decidable, edited, replaced, series_named};
use convene::content::{SourceFile, parse};
use convene::model::{Details, Zone};
use convene::schedule::{Status, Version, occurrence_of};

const AT: &str = "2026-11-24T12:00:00Z";
const DATE: &str = "meetings/weekly/2026-06-25.md";

fn decide(id: &str, decision: Decision) -> Edit {
    Edit::Decided { series: slug("weekly"), id: local(id), decision, at: utc(AT) }
}

fn cancelled(reason: &str) -> Decision {
    Decision::Cancelled { reason: Some(line(reason)) }
}

fn moved(to: &str) -> Decision {
    Decision::Moved { to: local(to), zone: None }
}

fn added(details: Details) -> Decision {
    Decision::Added { zone: None, details: Box::new(details) }
}

/// The only file that changes.
#[track_caller]
fn only(files: &[SourceFile], id: &str, decision: Decision) -> (String, String) {
    let changed = edited(files, &[decide(id, decision)]).unwrap_or_else(|no| panic!("{no}"));
    let [one] = changed.as_slice() else { panic!("{changed:#?}") };
    (one.path.clone(), String::from_utf8(one.bytes.clone()).unwrap())
}

/// Checks what a decision makes of the file of 25 June 2026.
#[track_caller]
fn check(old: Option<&str>, decision: Decision, want: &str) {
    let more: Vec<_> = old.map(|old| (DATE, old)).into_iter().collect();
    let (path, text) = only(&folder(None, &more), "2026-06-25", decision);
    assert_eq!((path.as_str(), text.as_str()), (DATE, want), "\n{text}");
}

/// Checks why a decision on that date is refused.
#[track_caller]
fn refused(old: Option<&str>, decision: Decision, want: &str) {
    let more: Vec<_> = old.map(|old| (DATE, old)).into_iter().collect();
    let refused = edited(&folder(None, &more), &[decide("2026-06-25", decision)]).unwrap_err();
    assert_eq!(refused.to_string(), want);
}

#[test]
fn a_date_without_a_file_gets_one() {
    check(
        None,
        cancelled("A \"long\" weekend"),
        "+++\ncancelled = \"A \\\"long\\\" weekend\"\nannounced = 2026-11-24T12:00:00Z\n+++\n",
    );
    check(
        None,
        Decision::Cancelled { reason: None },
        "+++\ncancelled = true\nannounced = 2026-11-24T12:00:00Z\n+++\n",
    );
    check(
        None,
        moved("2026-06-26T09:30:00"),
        "+++\nmoved-to = 2026-06-26T09:30:00\nannounced = 2026-11-24T12:00:00Z\n+++\n",
    );
    check(
        None,
        moved("2026-06-26"),
        "+++\nmoved-to = 2026-06-26T10:00:00\nannounced = 2026-11-24T12:00:00Z\n+++\n",
    );
    check(
        None,
        Decision::Moved { to: local("2026-06-26T09:30:00"), zone: Zone::new("Europe/Berlin") },
        "+++\nmoved-to = 2026-06-26T09:30:00\nzone = \"Europe/Berlin\"\nannounced = 2026-11-24T12:00:00Z\n+++\n",
    );
    check(None, Decision::Kept, "+++\nkept = true\n+++\n");
}

#[test]
fn what_a_person_wrote_stays() {
    check(
        Some(
            "+++\n# A room at last.\nlocation = 'Room 1'   # upstairs\ntopics = [\n  \"One\", # first\n]\nupdated = 2026-06-01T00:00:00Z\n+++\n\nBring *cake*.\n",
        ),
        cancelled("Ill"),
        "+++\ncancelled = \"Ill\"\n# A room at last.\nlocation = 'Room 1'   # upstairs\nannounced = 2026-11-24T12:00:00Z\ntopics = [\n  \"One\", # first\n]\nupdated = 2026-06-01T00:00:00Z\n+++\n\nBring *cake*.\n",
    );
    check(
        Some(
            "---\r\n# why\r\nkept: true # it is a holiday\r\ntitle: 'Talk: one'\r\n---\r\nText\r\n",
        ),
        cancelled("Ill: sorry"),
        "---\r\n# why\r\ncancelled: \"Ill: sorry\" # it is a holiday\r\ntitle: 'Talk: one'\r\nannounced: 2026-11-24T12:00:00Z\r\n---\r\nText\r\n",
    );
    check(
        Some("\u{feff}+++\ntitle = \"Talk\"\n+++\n"),
        Decision::Kept,
        "\u{feff}+++\nkept = true\ntitle = \"Talk\"\n+++\n",
    );
    check(
        Some("---\ncancelled: >\n  Nobody\n  has time\nannounced: 2026-06-01T00:00:00Z\n---\n"),
        moved("2026-06-26"),
        "---\nmoved-to: 2026-06-26T10:00:00\nannounced: 2026-11-24T12:00:00Z\nupdated: 2026-06-01T00:00:00Z\n---\n",
    );
}

#[test]
fn comments_beside_moments_stay() {
    check(
        Some(
            "+++\ncancelled = \"Ill\"\nannounced = 2026-06-01T00:00:00Z\nupdated = [\n  2026-05-01T00:00:00Z, # first note\n]\n+++\n",
        ),
        cancelled("On leave"),
        "+++\ncancelled = \"On leave\"\nannounced = 2026-06-01T00:00:00Z\nupdated = [\n  2026-05-01T00:00:00Z, # first note\n  2026-11-24T12:00:00Z,\n]\n+++\n",
    );
    check(
        Some(
            "+++\nmoved-to = 2026-06-26T09:00:00\nannounced = 2026-06-01T00:00:00Z\nupdated = [\n  2026-06-02T00:00:00Z, # a note\n]\n+++\n",
        ),
        moved("2026-06-24T09:00:00"),
        "+++\nmoved-to = 2026-06-24T09:00:00\nannounced = 2026-11-24T12:00:00Z\nupdated = [\n  # a note\n  2026-06-01T00:00:00Z,\n  2026-06-02T00:00:00Z,\n]\n+++\n",
    );
}

#[test]
fn facts_are_added_and_never_lost() {
    let one = "+++\ncancelled = \"Ill\"\nannounced = 2026-06-01T00:00:00Z # early\n+++\n";
    let back = "+++\ncancelled = \"Ill\"\nannounced = 2026-06-01T00:00:00Z # early\nrestored = 2026-11-24T12:00:00Z\n+++\n";
    check(Some(one), Decision::Restored, back);
    check(
        Some(back),
        cancelled("Ill again"),
        "+++\ncancelled = \"Ill again\"\nannounced = 2026-11-24T12:00:01Z # early\nupdated = [2026-06-01T00:00:00Z, 2026-11-24T12:00:00Z]\n+++\n",
    );
    check(
        Some(one),
        cancelled("On leave"),
        "+++\ncancelled = \"On leave\"\nannounced = 2026-06-01T00:00:00Z # early\nupdated = 2026-11-24T12:00:00Z\n+++\n",
    );
    check(
        Some(
            "+++\nmoved-to = 2026-06-26T09:00:00\nzone = \"Europe/Berlin\"\nannounced = 2026-06-01T00:00:00Z\nupdated = 2026-06-02T00:00:00Z\n+++\n",
        ),
        moved("2026-06-24T09:00:00"),
        "+++\nmoved-to = 2026-06-24T09:00:00\nannounced = 2026-11-24T12:00:00Z\nupdated = [2026-06-01T00:00:00Z, 2026-06-02T00:00:00Z]\n+++\n",
    );
}

#[test]
fn a_meeting_of_its_own_is_added_taken_back_and_brought_back() {
    let details = Details {
        title: Some(line("Extra")),
        lasts: Some(chrono::TimeDelta::minutes(90)),
        join: Some(link("https://meet.example.org/x")),
        ..Details::default()
    };
    let (path, text) = only(&folder(None, &[]), "2026-06-24T16:00:00", added(details));
    assert_eq!(path, "meetings/weekly/2026-06-24.md");
    let want = "+++\nadded = true\ntitle = \"Extra\"\nat = \"16:00\"\nlasts = \"1h30m\"\njoin = \"https://meet.example.org/x\"\nannounced = 2026-11-24T12:00:00Z\n+++\n";
    assert_eq!(text, want);
    let mut files = folder(None, &[(&path, &text)]);
    let (_, text) = only(&files, "2026-06-24", cancelled("No speaker"));
    let want = want.replace(
        "+++\nadded = true\n",
        "+++\ncancelled = \"No speaker\"\nadded = 2026-11-24T12:00:00Z\n",
    );
    let want = want.replace("announced = 2026-11-24T12:00:00Z", "announced = 2026-11-24T12:00:01Z");
    assert_eq!(text, want);
    files = folder(None, &[(&path, &text)]);
    let (_, text) = only(&files, "2026-06-24", Decision::Restored);
    let want = want.replace("01Z\n+++", "01Z\nrestored = 2026-11-24T12:00:02Z\n+++");
    assert_eq!(text, want);
    files = folder(None, &[(&path, &text)]);
    let (_, text) = only(&files, "2026-06-24", cancelled("Again"));
    let want = want.replace("No speaker", "Again").replace(
        "announced = 2026-11-24T12:00:01Z\nrestored = 2026-11-24T12:00:02Z",
        "announced = 2026-11-24T12:00:03Z\nupdated = [2026-11-24T12:00:01Z, 2026-11-24T12:00:02Z]",
    );
    assert_eq!(text, want);
    let (path, _) = only(&folder(None, &[]), "2026-06-25T16:00:00", added(Details::default()));
    assert_eq!(path, "meetings/weekly/2026-06-25T1600.md", "another is on that day");
}

#[test]
fn a_second_meeting_is_added_on_one_day_and_the_first_keeps_its_uid() {
    let mut files = folder(None, &[]);
    let uids = |files: &[SourceFile]| {
        let community = parse(files).unwrap_or_else(|no| panic!("{no}"));
        let series = series_named(&community, "weekly").unwrap();
        series.added.values().map(|added| added.uid.to_string()).collect::<Vec<_>>()
    };
    for (start, path) in [
        ("2026-06-24T16:00:00", "meetings/weekly/2026-06-24.md"),
        ("2026-06-24T18:00:00", "meetings/weekly/2026-06-24T1800.md"),
        ("2026-06-24T09:00:00", "meetings/weekly/2026-06-24T0900.md"),
    ] {
        let changed = edited(&files, &[decide(start, added(Details::default()))]).unwrap();
        assert_eq!(changed.iter().map(|file| &file.path).collect::<Vec<_>>(), [path]);
        files = replaced(&files, &changed);
    }
    let all = uids(&files);
    let ends = ["added-2026-06-24T0900@", "added-2026-06-24@", "added-2026-06-24T1800@"];
    assert!(all.iter().zip(ends).all(|(uid, end)| uid.contains(end)), "{all:?}");

    let refused = edited(&files, &[decide("2026-06-24", cancelled("Ill"))]).unwrap_err();
    let times = "2026-06-24T09:00:00 (Wednesday) and 2026-06-24T16:00:00 (Wednesday) and \
                 2026-06-24T18:00:00 (Wednesday); name one by its time";
    assert!(refused.to_string().ends_with(times), "{refused}");
    for (start, path) in [
        ("2026-06-24T16:00:00", "meetings/weekly/2026-06-24.md"),
        ("2026-06-24T18:00:00", "meetings/weekly/2026-06-24T1800.md"),
    ] {
        assert_eq!(only(&files, start, cancelled("Ill")).0, path, "each has its own file");
    }
    let whole_day = decide("2026-06-24", added(Details::default()));
    let refused = edited(&files, &[whole_day]).unwrap_err().to_string();
    assert_eq!(refused, "`meetings/weekly/2026-06-24.md` is there already: edit it by hand");
}

#[test]
fn a_file_that_adds_a_meeting_is_not_that_of_the_slots_date() {
    let own = "+++\nadded = true\nat = \"16:00\"\nannounced = 2026-06-01T00:00:00Z\n+++\n";
    let files = folder(None, &[(DATE, own)]);
    let (path, _) = only(&files, "2026-06-25T10:00:00", cancelled("Ill"));
    assert_eq!(path, "meetings/weekly/2026-06-25T1000.md");
    assert_eq!(only(&files, "2026-06-25T16:00:00", cancelled("Ill")).0, DATE);
}

#[test]
fn what_makes_no_sense_is_refused_and_says_why() {
    let gone = "+++\ncancelled = \"Ill\"\nannounced = 2026-06-01T00:00:00Z\n+++\n";
    let away = "+++\nmoved-to = 2026-06-26T09:00:00\nannounced = 2026-06-01T00:00:00Z\n+++\n";
    let date = "`2026-06-25` of `weekly` ";
    let check = |old, decision, why: &str| refused(old, decision, &format!("{date}{why}"));
    check(Some(gone), cancelled("Ill"), "is cancelled already");
    check(Some(gone), Decision::Cancelled { reason: None }, "is cancelled already");
    check(None, Decision::Restored, "takes place as planned: there is nothing to take back");
    check(Some(gone), Decision::Kept, "is cancelled: `convene restore` takes that back");
    check(
        Some("+++\nkept = true\n+++\n"),
        Decision::Kept,
        "takes place, and that was decided already",
    );
    check(Some(away), moved("2026-06-26T09:00:00"), "is moved to 2026-06-26T09:00:00 already");
    check(
        Some(away),
        moved("2026-06-25"),
        "is planned for that time: `convene restore` brings it back there",
    );
    check(None, moved("2026-06-25T10:00:00"), "is planned for 2026-06-25T10:00:00 anyway");
}

#[test]
fn a_date_without_a_meeting_is_refused_and_the_nearest_are_named() {
    let check = |id: &str, more: &[(&str, &str)], want: &str| {
        let edit = decide(id, cancelled("Ill"));
        assert_eq!(edited(&folder(None, more), &[edit]).unwrap_err().to_string(), want);
    };
    check(
        "2026-06-24",
        &[],
        "`weekly` has no meeting on `2026-06-24`, a Wednesday: the nearest are 2026-06-18 (Thursday) \
         and 2026-06-25 (Thursday)",
    );
    check(
        "2025-12-31",
        &[],
        "`weekly` has no meeting on `2025-12-31`, a Wednesday: the nearest is 2026-01-01 (Thursday)",
    );
    check(
        "2026-07-02",
        &[],
        "`weekly` has 2 meetings on 2026-07-02: 2026-07-02T10:00:00 (Thursday) and \
         2026-07-02T17:00:00 (Thursday); name one by its time",
    );
    check(
        "2026-06-26",
        &[(DATE, "+++\nmoved-to = 2026-06-26T09:00:00\nannounced = 2026-06-01T00:00:00Z\n+++\n")],
        "`weekly` has no meeting on `2026-06-26`, a Friday: the one of 2026-06-25T10:00:00 (Thursday) \
         was moved to that day",
    );
    let unknown = Edit::Decided {
        series: slug("weekli"),
        id: local("2026-06-25"),
        decision: Decision::Kept,
        at: utc(AT),
    };
    let refused = edited(&folder(None, &[]), &[unknown]).unwrap_err();
    let want = "there is no series `weekli`: did you mean `weekly`? there is: weekly";
    assert_eq!(refused.to_string(), want);
}

#[test]
fn a_range_is_all_of_which_it_can_be_said() {
    let gone = "+++\ncancelled = \"Ill\"\nannounced = 2026-06-01T00:00:00Z\n+++\n";
    let community = parse(&folder(None, &[(DATE, gone)])).unwrap();
    let series = series_named(&community, "weekly").unwrap();
    let day = crate::sample::day;
    let within = |from, to, decision: &Decision| {
        decidable(&community, series, &(day(from)..=day(to)), decision)
            .map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>())
            .map_err(|refused| refused.to_string())
    };
    let cancel = Decision::Cancelled { reason: None };
    assert_eq!(
        within("2026-06-18", "2026-07-02", &cancel).unwrap(),
        ["2026-06-18T10:00:00", "2026-07-02T10:00:00", "2026-07-02T17:00:00"],
    );
    let restored = within("2026-06-01", "2026-07-31", &Decision::Restored);
    assert_eq!(restored.unwrap(), ["2026-06-25T10:00:00"]);
    assert_eq!(
        within("2026-06-19", "2026-06-24", &cancel).unwrap_err(),
        "`weekly` has no meeting from 2026-06-19 to 2026-06-24 of which that could be said: \
         `convene dates weekly --from 2026-06-19 --to 2026-06-24` lists what there is",
    );
}

#[test]
fn a_range_has_the_meetings_that_take_place_in_it_and_restores_those_moved_away_too() {
    let moved =
        "+++\nmoved-to = 2026-06-30T09:00:00\nannounced = 2026-06-01T00:00:00Z\n+++\n".to_owned();
    let community = parse(&folder(None, &[(DATE, &moved)])).unwrap();
    let series = series_named(&community, "weekly").unwrap();
    let within = |from, to, decision: &Decision| {
        let days = crate::sample::day(from)..=crate::sample::day(to);
        let all = decidable(&community, series, &days, decision).unwrap_or_default();
        all.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let (cancel, planned) = (Decision::Cancelled { reason: None }, "2026-06-25T10:00:00");
    assert_eq!(within("2026-06-18", "2026-06-26", &cancel), ["2026-06-18T10:00:00"]);
    assert_eq!(within("2026-06-29", "2026-07-01", &cancel), [planned]);
    for (from, to) in [("2026-06-18", "2026-06-26"), ("2026-06-29", "2026-07-01")] {
        assert_eq!(within(from, to, &Decision::Restored), [planned]);
    }
    assert_eq!(within("2026-01-01", "2026-12-31", &Decision::Kept), [""; 0]);
}

#[test]
fn a_range_has_whole_days_that_last_into_it() {
    let camp = "+++\nadded = true\nlasts = \"3 days\"\nannounced = 2026-01-01T00:00:00Z\n+++\n";
    let community = parse(&folder(None, &[("meetings/weekly/2026-06-27.md", camp)])).unwrap();
    let series = series_named(&community, "weekly").unwrap();
    let within = |from, to| {
        let days = crate::sample::day(from)..=crate::sample::day(to);
        let cancel = Decision::Cancelled { reason: None };
        decidable(&community, series, &days, &cancel).is_ok()
    };
    assert!(within("2026-06-29", "2026-06-30"), "its last day");
    assert!(!within("2026-06-30", "2026-07-01"));
}

#[test]
fn a_meeting_of_its_own_is_called_off_and_on_again_as_any_other() {
    let mut files = folder(None, &[]);
    let mut sequence = 0;
    let mut decide_and_build = |start: &str, decision: Decision, at: &str| {
        let (start, at) = (local(start), utc(at));
        let edit = Edit::Decided { series: slug("weekly"), id: start, decision, at };
        files = replaced(&files, &edited(&files, &[edit]).unwrap_or_else(|no| panic!("{no}")));
        let community = parse(&files).unwrap_or_else(|no| panic!("{no}"));
        let series = series_named(&community, "weekly").unwrap();
        let meeting = occurrence_of(series, local("2026-12-16T10:00:00")).unwrap();
        let version = Version::of(&meeting).sequence;
        assert!(version > sequence, "{version} after {sequence}");
        sequence = version;
        let snapshot = convene::publish::build(&community, at);
        let text = |path| crate::support::text(&snapshot, path).replace("\r\n ", "");
        let page = text("/meetings/weekly/2026-12-16/");
        (text("/meetings/weekly.ics"), text("/meetings/weekly/feed.atom"), page)
    };
    decide_and_build("2026-12-16T10:00:00", added(Details::default()), "2026-11-25T12:00:00Z");
    let (_, feed, page) =
        decide_and_build("2026-12-16", cancelled("Too few people"), "2026-11-26T12:00:00Z");
    assert!(feed.contains(" (Too few people)</title>"), "{feed}");
    assert!(feed.contains("<title>Added: "), "what was told is told still: {feed}");
    assert!(page.contains("</strong>: Too few people"), "{page}");
    let (calendar, feed, page) =
        decide_and_build("2026-12-16", Decision::Restored, "2026-11-27T12:00:00Z");
    assert!(!calendar.contains("Too few people"), "{calendar}");
    assert!(calendar.contains("UID:weekly.added-2026-12-16@"), "{calendar}");
    assert!(feed.contains("<title>On again: "), "{feed}");
    assert!(!page.contains("</strong>: Too few people"), "{page}");
}

#[test]
fn every_decision_raises_the_sequence() {
    let mut files = folder(None, &[]);
    let mut sequence = 0;
    let decisions = [
        (cancelled("Ill"), Status::Cancelled),
        (Decision::Restored, Status::Confirmed),
        (cancelled("Ill"), Status::Cancelled),
        (moved("2026-06-26T09:00:00"), Status::Confirmed),
        (moved("2026-06-24T09:00:00"), Status::Confirmed),
        (Decision::Restored, Status::Confirmed),
        (moved("2026-06-24T09:00:00"), Status::Confirmed),
        (cancelled("Gone"), Status::Cancelled),
        (cancelled("Still gone"), Status::Cancelled),
        (Decision::Restored, Status::Confirmed),
    ];
    for (decision, status) in decisions {
        let changed = edited(&files, &[decide("2026-06-25", decision.clone())]).unwrap();
        files = replaced(&files, &changed);
        let community = parse(&files).unwrap();
        let series = series_named(&community, "weekly").unwrap();
        let meeting = occurrence_of(series, local("2026-06-25T10:00:00")).unwrap();
        let version = Version::of(&meeting).sequence;
        assert!(version > sequence, "{decision:?}: {version} after {sequence}");
        assert_eq!(meeting.status, status, "{decision:?}");
        sequence = version;
    }
}
