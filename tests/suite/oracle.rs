//! Recurrence against python-dateutil: every instant of the rules that `tests/oracle` records.

use crate::sample::slug;
use crate::support::package;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use convene::content::{SourceFile, parse};
use convene::model::{Rule, Series, Slot, Zone};
use convene::schedule::{ZoneRules, custom_rule, dates, occurrences};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A line of `rules.txt`, whose head says what is in it.
struct Case<'a> {
    line: &'a str,
    start: NaiveDateTime,
    zone: Zone,
    recur: &'a str,
    /// The same as `every` and `on`.
    words: Option<(&'a str, Vec<&'a str>)>,
    count: usize,
    hash: &'a str,
}

impl<'a> Case<'a> {
    fn read(line: &'a str) -> Case<'a> {
        let fields: Vec<&str> = line.split(" | ").collect();
        let [start, zone, recur, words, count, _shown, hash] = fields[..] else { panic!("{line}") };
        Case {
            line,
            start: NaiveDateTime::parse_from_str(start, "%Y-%m-%dT%H:%M").unwrap(),
            zone: Zone::new(zone).unwrap(),
            recur,
            words: words.split_once(": ").map(|(every, on)| (every, on.split(", ").collect())),
            count: count.parse().unwrap(),
            hash,
        }
    }

    fn slot(&self, rule: Rule) -> Slot {
        let slot = crate::naive::slot(self.start.date(), rule);
        Slot { at: Some(self.start.time()), zone: self.zone, ..slot }
    }

    /// What differs from the record, if anything does.
    fn difference(&self, instants: impl Iterator<Item = DateTime<Utc>>) -> Option<String> {
        let instants: Vec<_> = instants.collect();
        let mut hash = Sha256::new();
        instants.iter().for_each(|instant| hash.update(instant.timestamp().to_le_bytes()));
        let hash =
            hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        if instants.len() == self.count && hash.starts_with(self.hash) {
            return None;
        }
        let first: Vec<_> = instants.iter().take(3).map(ToString::to_string).collect();
        Some(format!("{}\n  gives {} dates: {}", self.line, instants.len(), first.join(", ")))
    }
}

fn recorded() -> String {
    std::fs::read_to_string(package("tests/oracle/rules.txt")).unwrap()
}

fn cases(text: &str) -> Vec<Case<'_>> {
    text.lines().filter(|line| !line.starts_with('#')).map(Case::read).collect()
}

fn to_2040(date: NaiveDate) -> bool {
    date.year() <= 2040
}

fn assert_none(differing: Vec<String>, of: usize) {
    let first = differing.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(differing.is_empty(), "{} of {of} rules differ, such as\n{first}", differing.len());
}

#[test]
fn every_instant_of_a_recur_value_is_that_of_dateutil() {
    let text = recorded();
    let cases = cases(&text);
    assert!(cases.len() >= 2000);
    let differs = |case: &Case<'_>| {
        let rule =
            custom_rule(case.recur).unwrap_or_else(|error| panic!("{}: {error}", case.recur));
        let series = Series {
            slots: vec![case.slot(Rule::Custom(rule))],
            ..crate::sample::series("weekly", "Weekly")
        };
        let instants = occurrences(&series)
            .take_while(|occurrence| to_2040(occurrence.recurrence_id.date()))
            .map(|occurrence| occurrence.utc_start);
        case.difference(instants)
    };
    assert_none(cases.iter().filter_map(differs).collect(), cases.len());
}

#[test]
fn every_instant_of_every_and_on_is_that_of_dateutil() {
    let text = recorded();
    let cases: Vec<_> = cases(&text).into_iter().filter(|case| case.words.is_some()).collect();
    assert!(cases.len() >= 1000);
    let files: Vec<_> = cases.iter().enumerate().map(|(i, case)| series_file(i, case)).collect();
    let community = parse(&[site_files(), files].concat()).unwrap();
    let differs = |(i, case): (usize, &Case<'_>)| {
        let name = slug(&series_name(i));
        let series = community.series.iter().find(|series| series.slug == name).unwrap();
        let slot = case.slot(series.slots[0].rule.clone());
        let rules = ZoneRules::of(case.zone);
        let instants = dates(&slot, slot.from)
            .take_while(|date| to_2040(*date))
            .map(|date| rules.to_utc(slot.recurrence_id(date).moment()));
        case.difference(instants)
    };
    assert_none(cases.iter().enumerate().filter_map(differs).collect(), cases.len());
}

fn series_name(i: usize) -> String {
    format!("s{i}")
}

/// The rule as an author writes it; on one date at noon, since only the rule is taken from it.
fn series_file(i: usize, case: &Case<'_>) -> SourceFile {
    let (every, on) = case.words.as_ref().unwrap();
    let mut items = String::new();
    for item in on {
        match item.parse::<u32>() {
            Ok(number) => write!(items, "{number}, ").unwrap(),
            Err(_) => write!(items, "{item:?}, ").unwrap(),
        }
    }
    let date = case.start.date();
    file(
        format!("meetings/{}/series.md", series_name(i)),
        &format!(
            "+++\ntitle = \"A call\"\nupdated = 2020-01-01T00:00:00Z\n[[slot]]\n\
             from = {date}\nuntil = {date}\nevery = {every:?}\non = [{items}]\nat = \"12:00\"\n+++\n"
        ),
    )
}

fn site_files() -> Vec<SourceFile> {
    let site = "name = \"Example\"\nslug = \"example\"\ndescription = \"Calls.\"\n\
        url = \"https://example.org\"\nuid-domain = \"example.org\"\nzone = \"Etc/UTC\"\nlanguage = \"en\"\n";
    vec![
        file("site.toml".to_owned(), site),
        file("community.md".to_owned(), "+++\ntitle = \"Example\"\n+++\n"),
    ]
}

fn file(path: String, text: &str) -> SourceFile {
    SourceFile { path, bytes: text.as_bytes().to_vec() }
}
