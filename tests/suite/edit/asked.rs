//! `convene new` step by step.

use super::served::{said, typed};
use crate::process::{AS_OF, Folder};

#[test]
fn each_answer_is_tried_when_it_is_given_and_asked_for_anew() {
    let folder = Folder::empty();
    let asked = [
        ("Vereine in Köln", "called?"),
        ("", "[vereine-in-koln]"),
        ("", "One sentence"),
        ("https://koeln.example.org/calendar", "such as https://calendar.example.org?"),
        ("https://koeln.example.org", "the site's address has a path: "),
        ("", "[koeln.example.org]"),
        ("America/Los_Angeles", "time zone"),
        ("german", "Its language"),
        ("de", "`german` is not a language tag: "),
        ("Stammtisch", "What is the meeting called?"),
        ("", "[stammtisch]"),
        ("3026-03-14T10:00", "first meet"),
        ("2027-03-14T02:30", "3026"),
        ("", "which time zone"),
        ("fortnight", "How often"),
        ("", "`fortnight` is not how often a slot recurs: "),
        ("Monday", "On which day? [Sunday]"),
        ("", "`from` is a Sunday, 2027-03-14, but the slot is on Monday: "),
        // A time that the clock skips is told once the zone and the rule are known.
        ("2027-03-14", "02:30"),
        ("", "which time zone"),
        ("2 years", "How often"),
        ("1h", "How long does it last? [1 day]"),
        ("", "How long does it last? [1 day]"),
        ("", "Where do people join"),
        ("", "agenda"),
    ];
    let answers: String = asked.iter().map(|(answer, _)| format!("{answer}\n")).collect();
    let done = typed(&["new", "--as-of", AS_OF], &folder, &answers);
    let told = said(&done);
    assert!(done.status.success(), "{told}");
    let mut rest = told.as_str();
    for (_, want) in asked {
        let found = rest.find(want);
        assert!(found.is_some(), "{want} is not asked in its turn: {told}");
        rest = &rest[found.unwrap() + want.len()..];
    }
    let series = folder.read("content/meetings/stammtisch/series.md");
    assert!(series.contains("from = 2027-03-14\nevery = \"2 years\"\nlasts"), "{series}");
    assert!(folder.read("content/site.toml").contains("slug = \"vereine-in-koln\""));
    let again = typed(&["new", "--title", "Stammtisch", "--slug", "stammtisch"], &folder, "");
    assert!(
        said(&again).starts_with("error: --slug: "),
        "before anything is asked: {}",
        said(&again)
    );
    let other = ["--start", "2027-03-15T19:00", "--yes"];
    let other = typed(&[&["new", "--title", "Stammtisch"][..], &other].concat(), &folder, "");
    assert!(other.status.success() && said(&other).contains("stammtisch-2"), "{}", said(&other));
    let never = ["--start", "2027-03-15T19:00", "--on", "Sunday", "--yes"];
    let never = typed(&[&["new", "--title", "Other"][..], &never].concat(), &folder, "");
    assert_eq!(never.status.code(), Some(1));
    assert!(said(&never).contains("--on: `from` is a Monday"), "{}", said(&never));
}

#[test]
fn input_that_ends_after_a_wrong_answer_writes_nothing() {
    let folder = Folder::empty();
    let answers = "Club\n\n\nhttps://club.example.org\n\nEurope/Berln\n";
    let done = typed(&["new", "--as-of", AS_OF], &folder, answers);
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains("did you mean Europe/Berlin?"), "{}", said(&done));
    assert!(said(&done).contains("nothing was written. Say it with --site-zone"));
    assert!(!folder.path("content/site.toml").exists());
}
