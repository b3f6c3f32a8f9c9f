//! `convene check --links`: links that lead nowhere, found without bothering anybody twice.

use super::process::{AS_OF, Folder, run};
use super::upstream::{Play, Upstream};

const RECORDS: &str = "\
[[record]]
date = 2026-11-19
minutes = \"https://notes.example.org/weekly#november\"
recording = \"https://video.example.org/gone\"

[[record]]
date = 2026-11-12
minutes = \"https://notes.example.org/secret\"
";

fn check(folder: &Folder, upstream: &Upstream) -> (String, String) {
    let from = upstream.address.to_string();
    let arguments = ["check", "--links", "--fetch-from", &from, "--as-of", AS_OF];
    let output = run(&arguments, &folder.path("content"));
    assert_eq!(output.status.code(), Some(0), "warnings are no failure");
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (out, err)
}

#[test]
fn a_link_that_leads_nowhere_is_told_at_its_line() {
    let folder = Folder::sample();
    folder.put("content/meetings/weekly/records.toml", RECORDS);
    folder.edit("content/community.md", "All are", "All [are](https://page.example.org/moved)");
    let page = || Play::ok("text/html", "here");
    let upstream = Upstream::start([
        ("/meet.example.org/weekly", page()),
        ("/notes.example.org/weekly", page()),
        ("/notes.example.org/secret", Play::response("403 Forbidden", &[], "")),
        ("/page.example.org/moved", Play::redirect("301 Moved", "https://page.example.org/now")),
        ("/page.example.org/now", page()),
        ("/video.example.org/gone", Play::response("410 Gone", &[], "")),
    ]);
    let (out, err) = check(&folder, &upstream);
    assert!(out.starts_with("6 of 6 links tried\n"), "{out}");
    assert_eq!(err.matches("leads nowhere").count(), 1, "{err}");
    assert!(err.contains("`https://video.example.org/gone` leads nowhere: "), "{err}");
    assert!(err.contains("meetings/weekly/records.toml:4:14"), "{err}");
    assert!(err.contains("`quiet = [\"dead-link\"]`"), "{err}");
    let mut paths = upstream.paths();
    paths.sort();
    let once = paths.len();
    paths.dedup();
    assert_eq!(once, paths.len(), "nothing is asked for twice: {paths:?}");
}

#[test]
fn without_links_nobody_is_asked() {
    let folder = Folder::sample();
    let upstream = Upstream::start([]);
    let output = run(&["check", "--as-of", AS_OF], &folder.path("content"));
    assert!(output.status.success());
    let from = upstream.address.to_string();
    let misuse = run(&["check", "--fetch-from", &from], &folder.path("content"));
    assert_eq!(misuse.status.code(), Some(2));
    assert_eq!(upstream.paths(), [""; 0]);
}

#[test]
fn what_led_somewhere_is_not_asked_for_again_on_that_day() {
    let folder = Folder::sample();
    let gone = || Play::response("404 Not Found", &[], "");
    let page = || Play::ok("text/html", "here");
    let (join, notes) = ("/meet.example.org/weekly", "/notes.example.org/weekly");
    let cache = folder.path("kept/links.json");
    let check = |upstream: &Upstream, as_of: &str| {
        let (from, cache) = (upstream.address.to_string(), cache.to_str().unwrap().to_owned());
        let links =
            ["check", "--links", "--cache", &cache, "--fetch-from", &from, "--as-of", as_of];
        String::from_utf8(run(&links, &folder.path("content")).stdout).unwrap()
    };
    let first = Upstream::start([(join, page()), (notes, gone())]);
    assert!(check(&first, AS_OF).starts_with("2 of 2 links tried\n"));
    let second = Upstream::start([(join, page()), (notes, page())]);
    let out = check(&second, "2026-11-23T20:00:00Z");
    assert!(out.starts_with("1 of 2 links tried, 1 known to be there\n"), "{out}");
    assert_eq!(second.paths(), [notes], "the dead one is tried again");
    let third = Upstream::start([(join, page()), (notes, page())]);
    assert!(check(&third, "2026-11-25T12:00:00Z").starts_with("2 of 2 links tried\n"));
    std::fs::write(&cache, "not JSON").unwrap();
    assert!(check(&third, "2026-11-25T12:00:00Z").starts_with("2 of 2 links tried\n"));
}

#[test]
fn links_of_a_quiet_series_are_not_tried() {
    let folder = Folder::sample();
    folder.edit(
        "content/meetings/weekly/series.md",
        "updated =",
        "quiet = [\"dead-link\"]\nupdated =",
    );
    let upstream = Upstream::start([]);
    let (out, err) = check(&folder, &upstream);
    assert!(out.starts_with("0 of 0 links tried\n"), "{out}");
    assert!(!err.contains("leads nowhere"), "{err}");
}

#[test]
fn links_that_are_not_https_are_told_as_not_tried_and_not_kept() {
    let folder = Folder::sample();
    let series = "content/meetings/weekly/series.md";
    folder.edit(series, "https://notes.example.org/", "http://notes.example.org/");
    let cache = folder.path("links.json");
    let upstream = Upstream::start([("/meet.example.org/weekly", Play::ok("text/html", "here"))]);
    let from = upstream.address.to_string();
    let arguments = ["check", "--links", "--cache", cache.to_str().unwrap(), "--fetch-from", &from];
    let out = run(&[&arguments[..], &["--as-of", AS_OF]].concat(), &folder.path("content")).stdout;
    let out = String::from_utf8(out).unwrap();
    assert!(out.starts_with("1 of 2 links tried; 1 is not https\n"), "{out}");
    let kept = std::fs::read_to_string(&cache).unwrap();
    assert!(kept.contains("meet.example.org") && !kept.contains("notes.example.org"), "{kept}");
}

#[test]
fn links_of_a_host_that_does_not_answer_are_told_as_left_out() {
    let folder = Folder::sample();
    let records = RECORDS.replace("weekly#november", "november").replace("video", "notes");
    folder.put("content/meetings/weekly/records.toml", &records);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let arguments = ["check", "--links", "--fetch-from", &closed.to_string(), "--as-of", AS_OF];
    let output = run(&arguments, &folder.path("content"));
    let out = String::from_utf8(output.stdout).unwrap();
    let left = "3 of 5 links tried; 2 were left out: notes.example.org did not answer\n";
    assert!(out.starts_with(left), "{out}");
}
