//! What an edit makes of the text of the content, byte for byte.

use crate::process::SITE;
use crate::sample::{line, link, local, slug, utc};
use crate::support::{files, oci, package};
use convene::content::SourceFile;
use convene::content::edit::{Edit, Refused, diff, edited, replaced};
use convene::model::{Found, Record};
use std::sync::Arc;

/// Thursdays at 10:00, and from July on at 17:00 too.
pub(crate) const SERIES: &str = r#"+++
title = "Weekly call"
updated = 2026-01-01T00:00:00Z

[[slot]]
from = 2026-01-01
every = "week"
on = "Thursday"
at = "10:00"

[[slot]]
from = 2026-07-02
every = "week"
on = "Thursday"
at = "17:00"
+++
"#;

pub(crate) const RECORDS: &str = "meetings/weekly/records.toml";

pub(crate) fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), bytes: text.into() }
}

/// A small community with these records, and more files.
pub(crate) fn folder(records: Option<&str>, more: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files = vec![
        file("community.md", "+++\ntitle = \"Example\"\n+++\n"),
        file("meetings/weekly/series.md", SERIES),
        file("site.toml", SITE),
    ];
    files.extend(records.map(|records| file(RECORDS, records)));
    files.extend(more.iter().map(|(path, text)| file(path, text)));
    files
}

pub(crate) fn edit(id: &str, record: Record) -> Edit {
    Edit::Record { series: slug("weekly"), id: local(id), record }
}

fn minutes(url: &str) -> Record {
    Record { minutes: Some(link(url)), ..Record::default() }
}

fn recorded(urls: &[&str]) -> Record {
    Record { recordings: urls.iter().map(|url| link(url)).collect(), ..Record::default() }
}

fn cancel(id: &str, reason: Option<&str>) -> Edit {
    let announced = utc("2026-11-19T19:00:00Z");
    Edit::Cancelled { series: slug("weekly"), id: local(id), reason: reason.map(line), announced }
}

/// The new text of the only file that changes, having seen that the same edits change nothing more.
fn only(files: &[SourceFile], edits: &[Edit]) -> (String, String) {
    let changed = edited(files, edits).unwrap_or_else(|refused| panic!("{refused}"));
    let [one] = changed.as_slice() else { panic!("{changed:#?}") };
    assert_eq!(edited(&replaced(files, &changed), edits), Ok(vec![]), "the second time");
    (one.path.clone(), String::from_utf8(one.bytes.clone()).unwrap())
}

/// Checks the text that records are edited to.
#[track_caller]
fn check(old: &str, edits: &[Edit], want: &str) {
    let (path, text) = only(&folder(Some(old), &[]), edits);
    assert_eq!((path.as_str(), text.as_str()), (RECORDS, want), "\n{text}");
}

#[test]
fn records_come_in_the_order_of_their_dates_and_comments_stay() {
    let old = r#"# By hand.

# The first one.
[[record]]
date = 2026-01-08 # a Thursday
minutes = 'https://a.example/1'
# Nothing more of it.

# Of the next.

[[record]]
date    = 2026-01-22
minutes = "https://a.example/3"
"#;
    let edits = ["2026-01-15T10:00:00", "2026-01-01T10:00:00", "2026-01-29T10:00:00"]
        .map(|id| edit(id, minutes("https://a.example/new")));
    check(
        old,
        &edits,
        r#"# By hand.

[[record]]
date = 2026-01-01
minutes = "https://a.example/new"

# The first one.
[[record]]
date = 2026-01-08 # a Thursday
minutes = 'https://a.example/1'
# Nothing more of it.

[[record]]
date = 2026-01-15
minutes = "https://a.example/new"

# Of the next.

[[record]]
date    = 2026-01-22
minutes = "https://a.example/3"

[[record]]
date = 2026-01-29
minutes = "https://a.example/new"
"#,
    );
}

#[test]
fn a_record_gets_only_what_differs() {
    let old = r#"[[record]]
  recording = "https://a.example/v" # cut
  date = 2026-01-08T10:00:00
  published = 2026-01-08T13:00:00+01:00 # at noon
# Unsure about this one.
[[record]]
date = 2026-01-22
minutes = "https://a.example/3"
"#;
    let record = Record {
        minutes: Some(link("https://a.example/1")),
        minutes_published: Some(utc("2026-01-08T11:00:00.5Z")),
        recordings: vec![link("https://a.example/w")].into(),
        published: vec![utc("2026-01-08T12:00:00Z")].into(),
        topics: vec![line(r#"A "quoted" \ topic"#), line("Über #2")].into(),
        found: Some(Found::Window),
    };
    check(
        old,
        &[
            edit("2026-01-08T10:00:00", record),
            edit("2026-01-15T10:00:00", minutes("https://a.example/2")),
        ],
        r#"[[record]]
  recording = "https://a.example/w" # cut
  date = 2026-01-08T10:00:00
  published = 2026-01-08T13:00:00+01:00 # at noon
  minutes = "https://a.example/1"
  minutes-published = 2026-01-08T11:00:00Z
  topics = [
    "A \"quoted\" \\ topic",
    "Über #2",
  ]
  found = "window"

[[record]]
date = 2026-01-15
minutes = "https://a.example/2"

# Unsure about this one.
[[record]]
date = 2026-01-22
minutes = "https://a.example/3"
"#,
    );
}

#[test]
fn what_a_record_no_longer_says_goes_but_comments_stay() {
    let old = r#"[[record]]
date = 2026-01-08
minutes = "https://a.example/1"
topics = [ # from the notes
  "One", # first
  # "Never",
  "Two",
] # as I heard it
found = "title"
"#;
    let want = r#"[[record]]
date = 2026-01-08
minutes = "https://a.example/1"
# from the notes
# first
# "Never",
# as I heard it
"#;
    check(old, &[edit("2026-01-08T10:00:00", minutes("https://a.example/1"))], want);
}

#[test]
fn a_list_grows_where_it_stands() {
    let with = |value: &str| format!("[[record]]\ndate = 2026-01-08\nrecording = {value}\n");
    let grow = |old: &str, urls: &[&str], want: &str| {
        check(&with(old), &[edit("2026-01-08T10:00:00", recorded(urls))], &with(want));
    };
    let (a, b, c) = ("https://a.example/a", "https://a.example/b", "https://a.example/c");
    let [x, y, z] = [a, b, c].map(|url| format!("\"{url}\""));
    grow(&x, &[a, b], &format!("[{x}, {y}]"));
    grow(&format!("{x} # one"), &[a, b], &format!("[{x}, {y}] # one"));
    grow(&format!("[ {x}, ] # two"), &[a, b], &format!("[ {x}, {y}, ] # two"));
    grow(&format!("[{x}, {y}]"), &[a, b, c], &format!("[{x}, {y}, {z}]"));
    grow(
        &format!("[\n    {x}, # a\n    {y} # b, the last\n]"),
        &[a, b, c],
        &format!("[\n    {x}, # a\n    {y}, # b, the last\n    {z},\n]"),
    );
    grow(
        &format!("[\n  {x}, # a\n  {y}, # b\n]"),
        &[a, c],
        &format!("[\n  {x}, # a\n  {z}, # b\n]"),
    );
    grow(
        &format!("[\n  {x}, # a\n  {y} # b\n  , {z}\n]"),
        &[b],
        &format!("[\n  # a\n  # b\n  {y},\n]"),
    );
    let long = format!("https://a.example/{}", "x".repeat(80));
    grow(&x, &[a, &long], &format!("[\n  {x},\n  \"{long}\",\n]"));
    grow(&format!("[{x}]"), &[a, &long], &format!("[\n  {x},\n  \"{long}\",\n]"));
}

#[test]
fn line_ends_byte_order_mark_and_a_missing_last_line_end_are_kept() {
    let old = "\u{feff}# Hand-made.\r\n\r\n[[record]]\r\ndate = 2026-01-08\r\n\
               minutes = \"https://a.example/1\"";
    let both = Record { found: Some(Found::Minutes), ..minutes("https://a.example/1") };
    let edits = [
        edit("2026-01-08T10:00:00", both),
        edit("2026-01-15T10:00:00", minutes("https://a.example/2")),
    ];
    let want = "\u{feff}# Hand-made.\r\n\r\n[[record]]\r\ndate = 2026-01-08\r\n\
                minutes = \"https://a.example/1\"\r\nfound = \"minutes\"\r\n\r\n[[record]]\r\n\
                date = 2026-01-15\r\nminutes = \"https://a.example/2\"\r\n";
    check(old, &edits, want);
}

#[test]
fn a_file_without_records_gets_its_first() {
    let new = "[[record]]\ndate = 2026-01-08\nminutes = \"https://a.example/1\"\n";
    let edits = [edit("2026-01-08T10:00:00", minutes("https://a.example/1"))];
    check("", &edits, new);
    check("\n", &edits, &format!("\n{new}"));
    check("# To come.", &edits, &format!("# To come.\n\n{new}"));
    check(
        "# Head.\n[[record]]\ndate = 2026-01-15\nminutes = \"https://a.example/1\"\n",
        &edits,
        &format!(
            "# Head.\n\n{new}\n[[record]]\ndate = 2026-01-15\nminutes = \"https://a.example/1\"\n"
        ),
    );
    let (path, text) = only(&folder(None, &[]), &edits);
    assert_eq!(path, RECORDS);
    let (head, record) = text.split_once("\n\n").unwrap();
    assert!(head.lines().all(|line| line.starts_with('#')), "{head}");
    assert!(head.contains("`convene collect`") && head.contains("`found`"), "{head}");
    assert_eq!(record, new);
}

#[test]
fn a_day_with_two_meetings_is_named_with_the_time() {
    let edits = ["2026-07-09T17:00:00", "2026-07-09T10:00:00"]
        .map(|id| edit(id, minutes("https://a.example/1")));
    check(
        "",
        &edits,
        "[[record]]\ndate = 2026-07-09T10:00:00\nminutes = \"https://a.example/1\"\n\n\
         [[record]]\ndate = 2026-07-09T17:00:00\nminutes = \"https://a.example/1\"\n",
    );
    let (path, _) = only(&folder(None, &[]), &[cancel("2026-07-09T17:00:00", None)]);
    assert_eq!(path, "meetings/weekly/2026-07-09T1700.md");
}

#[test]
fn other_forms_of_records_are_refused() {
    let edits = [edit("2026-01-15T10:00:00", minutes("https://a.example/1"))];
    let record = "date = 2026-01-08, minutes = \"https://a.example/1\"";
    for other in [
        format!("record = [ {{ {record} }} ]"),
        format!("record = {{ {record} }}"),
        "record = []".to_owned(),
        format!("[record]\n{}\n", record.replace(", ", "\n")),
    ] {
        let refused = edited(&folder(Some(&other), &[]), &edits).unwrap_err();
        assert_eq!(refused, Refused::OtherForm { path: RECORDS.to_owned() }, "{other}");
    }
}

#[test]
fn a_cancelled_date_gets_its_file() {
    let check = |reason: Option<&str>, want: &str| {
        let (path, text) = only(&folder(None, &[]), &[cancel("2026-06-25T10:00:00", reason)]);
        assert_eq!(path, "meetings/weekly/2026-06-25.md");
        let announced = "announced = 2026-11-19T19:00:00Z";
        assert_eq!(text, format!("+++\ncancelled = {want}\n{announced}\n+++\n"));
    };
    check(Some("US Thanksgiving"), "\"US Thanksgiving\"");
    check(Some(r#"the "quiet" \ week"#), r#""the \"quiet\" \\ week""#);
    check(Some("Yes"), "true");
    check(None, "true");
}

#[test]
fn a_date_that_has_a_file_keeps_it() {
    let note = "+++\ntopics = \"One\"\n+++\n";
    for name in ["2026-06-25", "2026-06-25T1000"] {
        let path = format!("meetings/weekly/{name}.md");
        let files = folder(None, &[(&path, note)]);
        let refused = edited(&files, &[cancel("2026-06-25T10:00:00", None)]).unwrap_err();
        assert_eq!(refused, Refused::HasFile { path });
    }
    let added = "+++\nadded = true\nat = \"12:00\"\nannounced = 2026-01-01T00:00:00Z\n+++\n";
    let path = "meetings/weekly/2026-06-24.md";
    let files = folder(None, &[(path, added)]);
    let refused = edited(&files, &[cancel("2026-06-24T12:00:00", None)]).unwrap_err();
    assert_eq!(refused, Refused::HasFile { path: path.to_owned() });
    let other = folder(None, &[("meetings/weekly/2026-07-09T1000.md", note)]);
    only(&other, &[cancel("2026-07-09T17:00:00", None)]);
    let twice = [cancel("2026-06-25T10:00:00", None), cancel("2026-06-25T10:00:00", Some("Ill"))];
    assert!(matches!(edited(&folder(None, &[]), &twice), Err(Refused::HasFile { .. })));
}

#[test]
fn content_with_mistakes_is_not_edited() {
    let edits = [edit("2026-01-08T10:00:00", minutes("https://a.example/1"))];
    let broken = folder(Some("[[record]]\ndate = 2026-01-09\n"), &[]);
    let refused = edited(&broken, &edits).unwrap_err();
    assert!(matches!(refused, Refused::Broken(_)));
    assert!(refused.to_string().contains("records.toml:1:1: this record has neither"), "{refused}");
    let refused = edited(&folder(None, &[]), &[edit("2026-01-08", Record::default())]).unwrap_err();
    assert!(matches!(refused, Refused::Breaks(_)), "{refused}");
}

#[test]
fn a_meeting_that_is_not_there_is_named() {
    let files = folder(None, &[]);
    let refused = |edit: Edit| edited(&files, &[edit]).unwrap_err().to_string();
    let friday = refused(edit("2026-01-09T10:00:00", minutes("https://a.example/1")));
    let want =
        "`weekly` has no meeting on `2026-01-09T10:00:00`, a Friday: the nearest are 2026-01-08 ";
    assert!(friday.starts_with(want), "{friday}");
    let both = refused(cancel("2026-07-09", None));
    assert!(
        both.starts_with("`weekly` has 2 meetings on 2026-07-09: 2026-07-09T10:00:00"),
        "{both}"
    );
    let series = Edit::Record {
        series: slug("other"),
        id: local("2026-01-08"),
        record: minutes("https://a.example/1"),
    };
    assert!(refused(series).starts_with("there is no series `other`"));
}

#[test]
fn changes_are_shown_as_a_patch() {
    let old = "[[record]]\ndate = 2026-01-08\nminutes = \"https://a.example/1\"\n";
    let files = folder(Some(old), &[]);
    let edits = [
        edit("2026-01-08T10:00:00", minutes("https://a.example/2")),
        cancel("2026-06-25T10:00:00", None),
    ];
    let changed = edited(&files, &edits).unwrap();
    assert_eq!(
        diff(&files, &changed),
        r#"--- /dev/null
+++ b/meetings/weekly/2026-06-25.md
@@ -0,0 +1,4 @@
++++
+cancelled = true
+announced = 2026-11-19T19:00:00Z
++++
--- a/meetings/weekly/records.toml
+++ b/meetings/weekly/records.toml
@@ -1,3 +1,3 @@
 [[record]]
 date = 2026-01-08
-minutes = "https://a.example/1"
+minutes = "https://a.example/2"
"#
    );
}

/// Every record of OCI's meetings, as an edit.
fn of_oci(change: impl Fn(&mut Record)) -> Vec<Edit> {
    let mut edits = Vec::new();
    for series in oci().series.into_iter().map(Arc::unwrap_or_clone) {
        let by_slot = series.slots.into_iter().flat_map(|slot| slot.exceptions);
        let by_slot = by_slot.map(|(id, exception)| (id, exception.record));
        let added = series.added.into_iter().map(|(id, added)| (id, added.record));
        for (id, record) in by_slot.chain(added) {
            let Some(mut record) = record else { continue };
            change(&mut record);
            edits.push(Edit::Record { series: series.slug.clone(), id, record });
        }
    }
    edits
}

#[test]
fn ocis_records_stay_as_they_are_and_take_more() {
    let files = files(&package("content"));
    let same = of_oci(|_| {});
    assert!(same.len() >= 495, "{}", same.len());
    assert_eq!(edited(&files, &same), Ok(vec![]));
    let more = of_oci(|record| {
        record.topics.push(line("One"));
        record.found = Some(Found::Title);
    });
    let changed = edited(&files, &more).unwrap();
    let patch = diff(&files, &changed);
    let lost = patch.lines().filter(|line| line.starts_with('-') && !line.starts_with("--- a/"));
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&str>::new());
    let added = patch.lines().filter(|line| line.starts_with('+') && !line.starts_with("+++ b/"));
    let per_record = ["topics = [", "  \"One\",", "]", "found = \"title\""].len();
    assert_eq!(added.count(), per_record * more.len());
    assert_eq!(edited(&replaced(&files, &changed), &more), Ok(vec![]));
}
