//! What other sites put on their pages: the next meetings as JSON, badges, the page for an `iframe`
//! and the element.

use crate::golden::communities;
use crate::http::get;
use crate::process::{AS_OF, Folder, Server};
use crate::sample::*;
use crate::support::text;
use chrono::{DateTime, TimeDelta};
use convene::model::{Community, Local};
use convene::publish::{Snapshot, build};
use convene::render::Scope;
use convene::schedule::{AsOf, coming};
use roxmltree::Document;
use serde_json::Value;
use std::io::Write;

const NOW: &str = "2026-11-23T21:00:00Z";
const THANKSGIVING: &str = "2026-11-26T10:00:00";
const WEEKLY: &str = "/meetings/oci-weekly/";
const HOSTILE: &str = "</title><script>alert(1)</script> & \"friends\"";

fn json_at(community: &Community, path: &str, now: &str) -> Value {
    serde_json::from_str(text(&build(community, utc(now)), path)).unwrap()
}

/// What a badge shows on its left and right, and its title.
fn badge_at(community: &Community, folder: &str, now: &str) -> [String; 3] {
    badge_in(&build(community, utc(now)), folder)
}

fn badge_in(snapshot: &Snapshot, folder: &str) -> [String; 3] {
    let document = Document::parse(text(snapshot, &format!("{folder}next.svg"))).unwrap();
    let named = |name: &'static str| {
        document.descendants().filter(move |node| node.has_tag_name((SVG, name)))
    };
    let texts: Vec<_> = named("text").map(|node| node.text().unwrap().to_owned()).collect();
    let title = named("title").next().unwrap().text().unwrap().to_owned();
    assert_eq!(document.root_element().attribute("role"), Some("img"));
    assert_eq!(document.root_element().attribute("aria-label"), Some(title.as_str()));
    let [label, message] = <[String; 2]>::try_from(texts).unwrap();
    [label, message, title]
}

const SVG: &str = "http://www.w3.org/2000/svg";

#[track_caller]
fn check_badge(community: &Community, now: &str, message: &str, title: &str) {
    let [label, shown, said] = badge_at(community, WEEKLY, now);
    assert_eq!([label.as_str(), &shown, &said], ["OCI weekly discussion", message, title]);
}

#[test]
fn the_next_meetings_are_told_in_their_zone_and_in_utc() {
    let next = json_at(&community(), "/next.json", NOW);
    assert_eq!(next["title"], "Open Container Initiative");
    assert_eq!(next["home"], "https://calendar.opencontainers.org/");
    assert_eq!(next["meetings"].as_array().unwrap().len(), 10);
    let first = serde_json::json!({
        "title": "OCI weekly discussion",
        "series": "oci-weekly",
        "recurrence_id": THANKSGIVING,
        "start": THANKSGIVING,
        "end": "2026-11-26T11:00:00",
        "zone": "America/Los_Angeles",
        "abbreviation": "PST",
        "utc_start": "2026-11-26T18:00:00Z",
        "utc_end": "2026-11-26T19:00:00Z",
        "status": "confirmed",
        "moved": false,
        "reason": null,
        "holiday": "Thanksgiving Day",
        "join": "https://zoom.us/my/opencontainers",
        "agenda": "https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg",
        "location": null,
        "page": "https://calendar.opencontainers.org/meetings/oci-weekly/2026-11-26/",
    });
    assert_eq!(next["meetings"][0], first);
}

#[test]
fn a_cancelled_and_a_moved_meeting_are_told_as_such() {
    let mut c = community();
    exception(&mut c, THANKSGIVING).change = cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    exception(&mut c, "2026-12-03T10:00:00").change =
        moved("2026-12-04T09:00:00", "2026-11-21T18:00:00Z");
    let next = json_at(&c, "/meetings/oci-weekly/next.json", NOW);
    assert_eq!(next["updated"], "2026-11-21T18:00:00Z");
    let (first, second) = (&next["meetings"][0], &next["meetings"][1]);
    assert_eq!([&first["status"], &first["reason"]], ["cancelled", "US Thanksgiving"]);
    assert_eq!(first["holiday"], Value::Null);
    assert_eq!([&second["status"], &second["moved"]], [&Value::from("confirmed"), &true.into()]);
    assert_eq!(second["recurrence_id"], "2026-12-03T10:00:00");
    assert_eq!(second["start"], "2026-12-04T09:00:00");
}

/// It is made with the rest of the snapshot, whose bytes the golden law holds; this says which moment
/// it is that changes it.
#[test]
fn a_meeting_stays_in_it_until_it_is_over() {
    let first = |now: &str| {
        let next = json_at(&community(), "/next.json", now);
        next["meetings"][0]["recurrence_id"].as_str().unwrap().to_owned()
    };
    assert_eq!(first("2026-11-26T18:59:59Z"), THANKSGIVING);
    assert_eq!(first("2026-11-26T19:00:00Z"), "2026-12-03T10:00:00");
}

#[test]
fn each_series_and_each_tag_has_its_own() {
    let mut c = community();
    calls(&mut c).tags = vec![slug("developer")];
    assert_eq!(
        json_at(&c, "/meetings/oci-events/next.json", NOW)["meetings"],
        Value::Array(vec![])
    );
    assert_eq!(
        json_at(&c, "/tags/developer/next.json", NOW)["meetings"][0]["series"],
        "oci-weekly"
    );
    assert_eq!(badge_at(&c, "/", NOW)[..2], ["next meeting", "Thu 26 Nov, 10:00 PST"]);
    assert_eq!(badge_at(&c, "/tags/developer/", NOW)[1], "Thu 26 Nov, 10:00 PST");
    let none = badge_at(&c, "/meetings/oci-events/", NOW);
    assert_eq!(none, ["OCI event", "none planned", "OCI event: no meeting is planned"]);
}

#[test]
fn a_badge_says_when_the_next_meeting_is_and_what_became_of_it() {
    let mut c = community();
    let title = "OCI weekly discussion: Thursday 26 November 2026, 10:00 PST (18:00 UTC)";
    check_badge(&c, NOW, "Thu 26 Nov, 10:00 PST", title);
    check_badge(&c, "2026-11-26T18:00:00Z", "now", &format!("{title} (now)"));
    exception(&mut c, THANKSGIVING).change = cancelled("US Thanksgiving", "2026-11-20T18:00:00Z");
    let is_cancelled = format!("{title} is cancelled: US Thanksgiving");
    check_badge(&c, NOW, "Thu 26 Nov cancelled: US Thanksgiving", &is_cancelled);
    exception(&mut c, THANKSGIVING).change = moved("2026-11-27T09:00:00", "2026-11-20T18:00:00Z");
    let to = "OCI weekly discussion: Friday 27 November 2026, 09:00 PST (17:00 UTC) (moved)";
    check_badge(&c, NOW, "moved to Fri 27 Nov, 09:00 PST", to);
}

#[test]
fn a_badge_names_the_year_of_a_date_that_is_far_ahead_and_both_ends_of_several_days() {
    let mut c = community();
    let mut summit = added(&slug("oci-events"), "2027-11-09", "2026-11-10T00:00:00Z");
    summit.lasts = TimeDelta::days(3);
    events(&mut c).added.insert(summit.start, summit);
    let message = |now| badge_at(&c, "/meetings/oci-events/", now)[1].clone();
    assert_eq!(message(NOW), "Tue 9 Nov 2027 to Thu 11 Nov 2027");
    assert_eq!(message("2027-11-01T00:00:00Z"), "Tue 9 Nov to Thu 11 Nov");
    assert_eq!(message("2027-11-10T00:00:00Z"), "now");
}

fn in_language(tag: &str) -> Community {
    let mut c = community();
    c.site.language = line(tag);
    c
}

#[test]
fn a_badge_speaks_the_language_of_the_community() {
    let (mut german, mut japanese) = (in_language("de-AT"), in_language("ja"));
    check_badge(
        &german,
        NOW,
        "Do., 26. Nov., 10:00 Uhr PST",
        "OCI weekly discussion: Donnerstag, 26. November 2026, 10:00 Uhr PST (18:00 UTC)",
    );
    check_badge(
        &japanese,
        "2026-11-26T18:00:00Z",
        "開催中",
        "【開催中】OCI weekly discussion：2026年11月26日（木）10:00 PST（18:00 UTC）",
    );
    assert_eq!(badge_at(&german, "/", NOW)[0], "nächstes Treffen");
    assert_eq!(badge_at(&japanese, "/", NOW)[0], "次回のミーティング");
    for c in [&mut german, &mut japanese] {
        exception(c, THANKSGIVING).change = cancelled("Thanksgiving", "2026-11-20T18:00:00Z");
    }
    check_badge(
        &german,
        NOW,
        "Do., 26. Nov. abgesagt: Thanksgiving",
        "OCI weekly discussion: Donnerstag, 26. November 2026, 10:00 Uhr PST (18:00 UTC) fällt aus: \
         Thanksgiving",
    );
    check_badge(
        &japanese,
        NOW,
        "11/26（木）は中止：Thanksgiving",
        "【中止】OCI weekly discussion：2026年11月26日（木）10:00 PST（18:00 UTC）。理由：Thanksgiving",
    );
    for c in [&mut german, &mut japanese] {
        exception(c, THANKSGIVING).change = moved("2026-11-27T09:00:00", "2026-11-20T18:00:00Z");
    }
    assert_eq!(badge_at(&german, WEEKLY, NOW)[1], "verlegt auf Fr., 27. Nov., 09:00 Uhr PST");
    assert_eq!(badge_at(&japanese, WEEKLY, NOW)[1], "11/27（金）09:00 PSTに変更");
    let none = badge_at(&german, "/meetings/oci-events/", NOW);
    assert_eq!(none[1..], ["kein Termin geplant", "OCI event: Es ist kein Treffen geplant"]);
    let none = badge_at(&japanese, "/meetings/oci-events/", NOW);
    assert_eq!(none[1..], ["予定なし", "OCI event：予定されているミーティングはありません"]);
}

#[test]
fn a_badge_says_which_language_it_speaks() {
    for (tag, language) in [("de", "de"), ("ja-JP", "ja"), ("fr", "en")] {
        let snapshot = build(&in_language(tag), utc(NOW));
        let document = Document::parse(text(&snapshot, "/next.svg")).unwrap();
        let xml_lang = (roxmltree::NS_XML_URI, "lang");
        assert_eq!(document.root_element().attribute(xml_lang), Some(language), "{tag}");
    }
}

#[test]
fn the_next_meetings_are_the_same_data_in_every_language() {
    let next = |tag| text(&build(&in_language(tag), utc(NOW)), "/next.json").to_owned();
    let (english, german) = (next("en"), next("de"));
    assert_eq!(english, german);
    assert_eq!(english, next("ja"));
}

#[test]
fn the_page_for_frames_speaks_the_language_of_the_community_and_knows_every_other() {
    let page = |tag| text(&build(&in_language(tag), utc(NOW)), "/embed/").to_owned();
    let german = page("de");
    assert!(german.contains("<html lang=\"de\">"), "{german}");
    for words in
        [">Nächste Treffen: Open Container", ">Alle Treffen und Kalender</a>", "Feiertag: "]
    {
        assert!(german.contains(words), "{words} is not in {german}");
    }
    assert!(!german.contains(" lang=\"en\""), "{german}");
    for tag in ["en", "de", "ja", "fr"] {
        for words in ["All meetings and calendars", "Alle Treffen und", "全ミーティングと"]
        {
            assert!(page(tag).contains(words), "{words} in {tag}");
        }
    }
    assert!(page("ja").contains(">全ミーティングとカレンダー</a>"));
    assert!(page("fr").contains("<main lang=\"en\">"), "what is English is said to be");
}

#[test]
fn the_element_has_the_words_of_every_language_and_knows_the_community_s() {
    let script = |tag| text(&build(&in_language(tag), utc(NOW)), "/embed.js").to_owned();
    let german = script("de-AT");
    for words in ["Next meeting", "Nächstes Treffen", "次回のミーティング"] {
        assert!(german.contains(words), "{words}");
    }
    assert!(german.contains("ownLanguage = \"de-AT\";"));
    for left in ["/* LANGUAGES", "/* OWN"] {
        assert!(!german.contains(left), "{left} is still there");
    }
    let without =
        |script: String| script.replace("ownLanguage = \"de-AT\"", "ownLanguage = \"ja\"");
    assert_eq!(without(german), script("ja"), "nothing else differs");
    let words = script("en").lines().filter(|line| line.contains("moved")).count();
    assert!(words >= 3);
    let markup =
        script("en").lines().any(|line| line.contains("\"moved\":") && line.contains(['<', '&']));
    assert!(!markup, "a text is never read as HTML, so that it must not be any");
}

#[test]
fn a_hostile_title_stays_text() {
    let mut c = community();
    calls(&mut c).title = line(HOSTILE);
    exception(&mut c, THANKSGIVING).change = cancelled(HOSTILE, "2026-11-20T18:00:00Z");
    let snapshot = build(&c, utc(NOW));
    let [label, message, title] = badge_at(&c, WEEKLY, NOW);
    assert!(HOSTILE.starts_with(label.trim_end_matches('…')), "{label}");
    assert!(message.starts_with("Thu 26 Nov cancelled: </title><script>"), "{message}");
    assert!(title.starts_with(HOSTILE) && title.ends_with(HOSTILE), "{title}");
    let next = json_at(&c, "/next.json", NOW);
    assert_eq!(next["meetings"][0]["title"], HOSTILE);
    let page = text(&snapshot, "/embed/");
    assert_eq!(page.matches("<script").count(), 2, "its own two: {page}");
    assert!(page.contains("&lt;/title&gt;&lt;script&gt;"), "{page}");
}

#[test]
fn every_community_has_them_for_every_scope() {
    for (name, community, as_of) in communities() {
        let (snapshot, moment) = (build(&community, as_of), AsOf::new(as_of));
        for scope in Scope::all(&community) {
            let (folder, case) = (scope.folder(), format!("{name}, {}", scope.title()));
            let next: Value =
                serde_json::from_str(text(&snapshot, &format!("{folder}next.json"))).unwrap();
            let meetings = next["meetings"].as_array().unwrap();
            let wanted = coming(scope.series(), &moment, 10);
            assert_eq!(meetings.len(), wanted.len(), "{case}");
            for (meeting, occurrence) in meetings.iter().zip(&wanted) {
                let instant: DateTime<chrono::Utc> =
                    meeting["utc_start"].as_str().unwrap().parse().unwrap();
                assert_eq!(instant, occurrence.utc_start, "{case}");
                let page = community.site.absolute(&occurrence.path());
                assert_eq!(meeting["page"], page.as_str(), "{case}");
                let is_timed = meeting["start"].as_str().unwrap().contains('T');
                assert_eq!(is_timed, matches!(occurrence.start, Local::DateTime(_)), "{case}");
            }
            let [_, message, _] = badge_in(&snapshot, &folder);
            assert_eq!(message == "none planned", wanted.is_empty(), "{case}: {message}");
        }
    }
}

#[test]
fn a_badge_names_nothing_outside_itself_and_holds_its_text() {
    let svg = text(&build(&community(), utc(NOW)), "/next.svg").to_owned();
    let document = Document::parse(&svg).unwrap();
    for node in document.descendants() {
        for attribute in node.attributes() {
            assert!(!attribute.value().contains("//"), "{attribute:?}");
            assert!(!["href", "style", "class"].contains(&attribute.name()), "{attribute:?}");
        }
    }
    let number = |node: &roxmltree::Node<'_, '_>, name| -> u32 {
        node.attribute(name).unwrap().parse().unwrap()
    };
    let width = number(&document.root_element(), "width");
    let texts = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let ends: Vec<_> = texts.map(|t| (number(&t, "x"), number(&t, "textLength"))).collect();
    assert!(ends[0].0 + ends[0].1 < ends[1].0 && ends[1].0 + ends[1].1 < width, "{ends:?}");
}

#[test]
fn the_element_is_no_more_than_six_kilobytes_and_reads_nothing_as_html() {
    let snapshot = build(&community(), utc(NOW));
    let script = text(&snapshot, "/embed.js");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(script.as_bytes()).unwrap();
    let size = gzip.finish().unwrap().len();
    assert!(size <= 6 * 1024, "{size} bytes");
    for word in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "import"]
    {
        assert!(!script.contains(word), "{word}");
    }
}

#[test]
fn a_reader_without_script_sees_the_next_meetings_in_the_frame() {
    let snapshot = build(&community(), utc(NOW));
    let page = text(&snapshot, "/embed/");
    assert_eq!(page.matches("</li>").count(), 3, "{page}");
    assert!(page.contains("10:00–11:00 PST") && page.contains("18:00–19:00 UTC"), "{page}");
    for inline in ["<style", " style=", "<script>", " onload", "http-equiv"] {
        assert!(!page.contains(inline), "{inline} in {page}");
    }
    let mut c = community();
    c.series.clear();
    assert!(text(&build(&c, utc(NOW)), "/embed/").contains("No meetings are planned."));
}

#[test]
fn only_the_page_for_frames_may_be_framed() {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    let policy = |path: &str| {
        let response = get(server.address, path);
        response.header("content-security-policy").unwrap().to_owned()
    };
    let of_embed = policy("/embed/");
    assert!(of_embed.ends_with("frame-ancestors *"), "{of_embed}");
    assert!(!of_embed.contains("unsafe") && of_embed.starts_with("default-src 'none'; "));
    for path in ["/", "/meetings/weekly/", "/meetings/weekly/2026-11-26/", "/status"] {
        let policy = policy(path);
        assert!(policy.ends_with("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(policy.contains("script-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
}

#[test]
fn what_other_sites_load_has_its_type_and_is_open_to_them() {
    let folder = Folder::sample();
    let server = Server::start(&folder.path("content"), &["--as-of", AS_OF]);
    let wanted = [
        ("/embed.js", "text/javascript; charset=utf-8"),
        ("/next.json", "application/json"),
        ("/meetings/weekly/next.json", "application/json"),
        ("/meetings/weekly/next.svg", "image/svg+xml; charset=utf-8"),
    ];
    for (path, media_type) in wanted {
        let response = get(server.address, path);
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("content-type"), Some(media_type), "{path}");
        assert_eq!(response.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(response.header("cache-control"), Some("public, max-age=300"), "{path}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(response.header("etag").is_some(), "{path}");
    }
}
