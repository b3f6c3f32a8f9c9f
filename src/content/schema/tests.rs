//! That the schemas have the very keys that are read, and no value that is refused.

use super::keys::{Key, Many};
use super::values::Kind;
use super::{File, schema};
use crate::content::{Diagnostic, SourceFile, parse};
use std::collections::BTreeSet;

const SITE: &str = "name = \"A\"\nslug = \"a\"\ndescription = \"A\"\nurl = \"https://a.example\"\n\
                    uid-domain = \"a.example\"\nzone = \"UTC\"\nlanguage = \"en\"\n";
const SERIES: &str = "title = \"Weekly\"\nupdated = 2026-01-01T00:00:00Z\n\n[[slot]]\n\
                      from = 2026-01-01\nevery = \"week\"\non = \"Thursday\"\nat = \"10:00\"\n";

fn path(file: File) -> &'static str {
    match file {
        File::Site => "site.toml",
        File::Series => "meetings/weekly/series.md",
        File::Date => "meetings/weekly/2026-11-26.md",
        File::Records => "meetings/weekly/records.toml",
        File::Holidays => "holidays/us.toml",
        File::Page => "community.md",
    }
}

/// What is wrong with the file that has that TOML, beside all others as they should be.
fn mistakes(file: File, toml: &str) -> Vec<Diagnostic> {
    let mut texts = vec![
        (path(File::Site), SITE.to_owned()),
        (path(File::Page), "title = \"A\"\n".to_owned()),
        (path(File::Series), SERIES.to_owned()),
        (path(File::Holidays), String::new()),
    ];
    texts.retain(|(other, _)| *other != path(file));
    texts.push((path(file), toml.to_owned()));
    let source = |(path, toml): (&str, String)| SourceFile {
        path: path.to_owned(),
        bytes: if path.ends_with(".md") { format!("+++\n{toml}+++\n") } else { toml }.into(),
    };
    let files: Vec<_> = texts.into_iter().map(source).collect();
    let found = parse(&files).err();
    found.iter().flat_map(|all| all.iter()).filter(|d| d.path == path(file)).cloned().collect()
}

/// Each table of the file: the head that opens it in TOML, and its keys.
fn tables(head: &str, keys: &'static [Key], all: &mut Vec<(String, &'static [Key])>) {
    all.push((head.to_owned(), keys));
    for key in keys {
        if let Kind::Table(within) = key.kind {
            let name = key.name;
            let head = if key.many == Many::Several {
                format!("[[{name}]]\n")
            } else {
                format!("[{name}]\n")
            };
            tables(&head, within, all);
        }
    }
}

fn each_table(mut check: impl FnMut(File, &str, &'static [Key])) {
    for file in File::ALL {
        let mut all = Vec::new();
        tables("", file.keys(), &mut all);
        all.iter().for_each(|(head, keys)| check(file, head, keys));
    }
}

#[test]
fn the_keys_are_those_that_are_read() {
    each_table(|file, head, keys| {
        let found = mistakes(file, &format!("{head}qqqqqqqq = 1\n"));
        let unknown = found.iter().find(|d| d.message.contains("qqqqqqqq"));
        let help = &unknown.unwrap_or_else(|| panic!("{file:?} {head}: {found:?}")).help;
        let read: BTreeSet<&str> = help.split('`').skip(1).step_by(2).collect();
        let here: BTreeSet<&str> = keys.iter().map(|key| key.name).collect();
        assert_eq!(here, read, "{file:?} {head}");
    });
}

#[test]
fn required_is_what_is_missed() {
    each_table(|file, head, keys| {
        let above = match (file, head) {
            (_, "") => "",
            (File::Site, _) => SITE,
            (File::Series, _) => "title = \"Weekly\"\nupdated = 2026-01-01T00:00:00Z\n",
            _ => "",
        };
        let found = mistakes(file, &format!("{above}{head}qqqqqqqq = 1\n"));
        let missed = |d: &Diagnostic| Some(d.message.split('`').nth(1)?.to_owned());
        let missed: BTreeSet<String> =
            found.iter().filter(|d| d.message.ends_with("is missing")).filter_map(missed).collect();
        let required = keys.iter().filter(|key| key.required).map(|key| key.name.to_owned());
        // Either of `every` and `rrule`, so neither is.
        let required: BTreeSet<String> = required.collect();
        let missed: BTreeSet<String> = missed.into_iter().filter(|name| name != "every").collect();
        assert_eq!(required, missed, "{file:?} {head}");
    });
}

#[test]
fn every_example_is_taken() {
    each_table(|file, head, keys| {
        let leaves = keys.iter().filter(|key| !matches!(key.kind, Kind::Table(_)));
        for key in leaves {
            assert!(!key.examples.is_empty(), "{file:?} {} has no example", key.name);
            for example in key.examples {
                let line = format!("{} = {example}", key.name);
                let found = mistakes(file, &format!("{head}{line}\n"));
                let at = head.lines().count() + 1 + usize::from(path(file).ends_with(".md"));
                let about = found.iter().filter(|d| d.line == at && d.column > key.name.len());
                // What the file's other keys and other files would have to say.
                let alone = ["a meeting without `at` lasts", "there is no list of holidays"];
                let is_alone = |d: &Diagnostic| alone.iter().any(|m| d.message.contains(m));
                let about: Vec<_> = about.filter(|d| !is_alone(d)).collect();
                assert!(about.is_empty(), "{file:?} {line}: {about:?}");
            }
        }
    });
}

#[test]
fn every_key_says_what_it_is() {
    each_table(|_, _, keys| {
        for key in keys {
            assert!(key.about.ends_with('.') && key.about.len() > 7, "{}", key.name);
        }
    });
    assert!(schema(File::Site)["properties"]["zone"]["enum"].as_array().unwrap().len() > 400);
}
