//! The law: what is read in the plain form is read so in any.

use super::super::SourceFile;
use super::super::records::{self, Entry};
use super::super::source::Source;
use super::read;
use proptest::prelude::*;

/// Whether the file is plain; panics where it is read otherwise than in any form.
fn check(text: &str) -> bool {
    let path = "meetings/weekly/records.toml".to_owned();
    let file = SourceFile { path, bytes: text.as_bytes().to_vec() };
    let source = Source::new(&file);
    let Some(plain) = read(text) else { return false };
    let any = records::read_any(&source);
    assert!(source.diagnostics().is_empty(), "{text:?} has mistakes");
    let any: Vec<Entry> = any.into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(plain, any, "{text:?}");
    true
}

#[test]
fn what_people_and_the_collector_write_is_plain() {
    let all = [
        "",
        "# Nothing yet: né en été\r\n\t\n",
        "[[record]]\ndate = 2026-01-08\nminutes = \"https://a.example/#x\"",
        "[[record]] # the first\n\tdate=2026-01-08T10:00:00#then\r\nrecording = \"https://a.example/\"\n",
        "[[record]]\ndate = 2026-01-08\ntopics = [\n  \"One, \u{e9}\", # a comment\n  \" two \",\n]\n",
        "[[record]]\ndate = 2026-01-08\nrecording = [\"https://a.example/1\", \"https://b.example/2\",]\n\
         published = [2026-01-08T21:00:59Z, 2026-01-09T21:00:00Z]\nfound = \"title\"\ntopics = []\n",
        "[[record]]\ndate = 2026-01-08\nminutes = \"https://a.example/m\"\n\
         minutes-published = 2026-01-08T21:00:00Z\n\n\
         [[record]]\nminutes = \"https://a.example/m\"\ndate = 2026-01-15\n",
        "[[record]]\ndate = 2026-01-08\nminutes = \"https://caf\u{e9}.example/\"\n",
    ];
    for text in all {
        assert!(check(text), "{text:?}");
    }
}

/// Every file of records in this repository that has no mistake.
const FILES: [&str; 13] = [
    include_str!("../../../content/meetings/oci-events/records.toml"),
    include_str!("../../../content/meetings/oci-tob/records.toml"),
    include_str!("../../../content/meetings/oci-weekly/records.toml"),
    include_str!("../../../content/meetings/oci-wg-auth/records.toml"),
    include_str!("../../../content/meetings/oci-wg-image-compatibility/records.toml"),
    include_str!("../../../content/meetings/oci-wg-reference-types/records.toml"),
    include_str!("../../../tests/cases/everything-at-once/content/meetings/board/records.toml"),
    include_str!(
        "../../../tests/cases/from-agenda-to-recording/content/meetings/weekly/records.toml"
    ),
    include_str!("../../../tests/cases/in-german/content/meetings/weekly/records.toml"),
    include_str!("../../../tests/cases/in-japanese/content/meetings/weekly/records.toml"),
    include_str!("../../../tests/cases/two-in-one-day/content/meetings/twice/records.toml"),
    include_str!(
        "../../../tests/cases/weekly-over-clock-changes/content/meetings/weekly/records.toml"
    ),
    include_str!("../../../tests/feeds/story/content/meetings/weekly/records.toml"),
];

#[test]
fn records_as_they_are_found_are_plain() {
    for text in FILES {
        assert!(check(text), "{text}");
    }
}

/// Content that is right but written otherwise, and mistakes, are left to the other reader.
#[test]
fn what_is_not_certain_is_not_read() {
    let after = |line: &str| {
        format!("[[record]]\ndate = 2026-01-08\nminutes = \"https://a.example/\"\n{line}\n")
    };
    let lines = [
        "topics = 'literal'",
        "topics = \"esc\\u0061pe\"",
        "topics = \"\"\"three\"\"\"",
        "topics = \"\"",
        "topics = \"  \"",
        "topics = \"open",
        "topics = [\"a\" \"b\"]",
        "topics = [\"a\",, \"b\"]",
        "topics = [[\"a\"]]",
        "topics = \"a\" \"b\"",
        "topics = \"a\\\"",
        "\"topics\" = \"a\"",
        "topics.a = \"a\"",
        "topics = \"\u{202e}\"",
        "topic = \"a\"",
        "minutes = \"https://a.example/\"",
        "minutes-published = 2026-01-08T21:00:00+01:00",
        "minutes-published = 2026-01-08T21:00:00",
        "minutes-published = 2026-01-08 21:00:00Z",
        "minutes-published = 2026-01-08T21:00:00.5Z",
        "minutes-published = 2026-01-08T21:00:60Z",
        "minutes-published = 2026-02-29T21:00:00Z",
        "minutes-published = 1969-01-08T21:00:00Z",
        "minutes-published = \"2026-01-08T21:00:00Z\"",
        "recording = \"a.example\"",
        "recording = [\"https://a.example/\", \"javascript:alert(1)\"]",
        "published = [2026-01-08T21:00:00Z, 2026-01-08T21:00:00Z]",
        "found = \"somewhere\"",
        "found = [\"title\"]",
        "# a bell \u{7}",
        "# a\rb",
        "[[slot]]",
        "[[record]]",
        "[record]",
        "\u{feff}",
    ];
    for line in lines {
        assert_eq!(read(&after(line)), None, "{line:?}");
    }
    let none = [
        "date = 2026-01-08\n",
        "[[ record ]]\ndate = 2026-01-08\nminutes = \"https://a.example/\"\n",
        "[[record]]\nminutes = \"https://a.example/\"\n",
        "[[record]]\ndate = 2026-01-08\n",
        "[[record]]\ndate = 2026-01-08T10:00:30\nminutes = \"https://a.example/\"\n",
        "[[record]]\ndate = 2026-01-08T10:00:00Z\nminutes = \"https://a.example/\"\n",
        "[[record]]\ndate = [2026-01-08]\nminutes = \"https://a.example/\"\n",
    ];
    for text in none {
        assert_eq!(read(text), None, "{text:?}");
    }
}

fn value() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just("\"https://a.example/m\"".to_owned()),
        Just("\"https://b.example/?q#f\"".to_owned()),
        "\"https?://[a-z0-9.:@-]{0,8}/[!-~]{0,4}\"",
        "\"([ -~\té]|\\\\[\"\\\\]){0,8}\"",
        Just("\"title\"".to_owned()),
        Just("2026-01-08".to_owned()),
        Just("2026-01-08T21:00:00Z".to_owned()),
        "20[0-9]{2}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](Z|\\.5Z|\\+01:00)?)?",
    ];
    let list = prop::collection::vec(text.clone(), 0..4);
    let listed = (list, prop::sample::select(vec![", ", ",", ",\n  ", ", # why\n"]));
    prop_oneof![4 => text, 1 => listed.prop_map(|(all, comma)| format!("[{}]", all.join(comma)))]
}

fn pair() -> impl Strategy<Value = String> {
    const KEYS: [&str; 7] =
        ["minutes", "minutes-published", "recording", "published", "topics", "found", "x"];
    const ENDS: [&str; 8] = ["\n", "\n", "\n", "\r\n", " # why\n", "\n\n", "\r", ""];
    (prop::sample::select(&KEYS), value(), prop::sample::select(&ENDS))
        .prop_map(|(key, value, end)| format!("{key} = {value}{end}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_pairs_are_read_as_in_any_form(
        records in prop::collection::vec(prop::collection::vec(pair(), 0..4), 0..3),
    ) {
        let head = "[[record]]\ndate = 2026-01-08\n";
        let text: String = records.iter().map(|pairs| format!("{head}{}", pairs.concat())).collect();
        check(&text);
    }

    /// A plain file with some of its bytes changed.
    #[test]
    fn changed_records_are_read_as_in_any_form(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3usize, "[ -~\n\r\té]{0,3}"), 0..4),
    ) {
        let mut text = "# Records\n[[record]]\ndate = 2026-01-08T10:00:00\n\
            minutes = \"https://a.example/m\"\nminutes-published = 2026-01-08T21:00:00Z\n\
            recording = [\"https://a.example/1\", \"https://a.example/2\"]\n\
            published = 2026-01-08T21:00:00Z # all\ntopics = \"A topic\"\nfound = \"window\"\n".to_owned();
        prop_assert!(check(&text));
        for (at, length, with) in changes {
            let start = at.index(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(start + length) {
                text.replace_range(start..start + length, &with);
            }
        }
        check(&text);
    }
}
