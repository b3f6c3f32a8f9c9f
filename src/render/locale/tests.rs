//! What each language makes of dates and rules, and that none has another's words.

use super::super::words;
use super::{ALL, Locale, de, en, ja};
use crate::model::{Local, MonthDay, NthWeekday, Rule, Zone};
use chrono::{NaiveDate, NaiveDateTime, Weekday};
use std::collections::BTreeMap;

const LANGUAGES: [&Locale; 3] = [&en::EN, &de::DE, &ja::JA];

#[track_caller]
fn check(rule: Rule, expected: [&str; 3]) {
    assert_eq!(LANGUAGES.map(|locale| (locale.rules.days)(&rule)), expected);
}

fn weekly(interval: u32, weekdays: &[Weekday]) -> Rule {
    Rule::Weekly { interval, weekdays: weekdays.to_vec() }
}

fn weekdays(of_month: &[(i8, Weekday)]) -> MonthDay {
    MonthDay::Weekdays(
        of_month.iter().map(|(nth, day)| NthWeekday::new(*nth, *day).unwrap()).collect(),
    )
}

#[test]
fn weeks() {
    use Weekday::{Mon, Thu, Wed};
    check(weekly(1, &[Thu]), ["Every Thursday", "Jeden Donnerstag", "毎週木曜日"]);
    check(
        weekly(2, &[Mon, Wed, Thu]),
        [
            "Every 2 weeks on Monday, Wednesday and Thursday",
            "Alle zwei Wochen am Montag, Mittwoch und Donnerstag",
            "隔週月曜日・水曜日・木曜日",
        ],
    );
    check(
        weekly(13, &[Mon]),
        ["Every 13 weeks on Monday", "Alle 13 Wochen am Montag", "13週間ごとの月曜日"],
    );
    let all: Vec<_> = (0..7).map(|day| Weekday::try_from(day).unwrap()).collect();
    check(weekly(1, &all), ["Every day", "Täglich", "毎日"]);
}

#[test]
fn months_and_years() {
    use Weekday::{Fri, Tue, Wed};
    check(
        Rule::Monthly { interval: 1, day: weekdays(&[(1, Wed)]) },
        ["First Wednesday of every month", "Am ersten Mittwoch jedes Monats", "毎月第1水曜日"],
    );
    check(
        Rule::Monthly { interval: 2, day: weekdays(&[(2, Tue), (4, Tue), (-1, Fri)]) },
        [
            "Every 2 months on the second Tuesday, fourth Tuesday and last Friday",
            "Alle zwei Monate am zweiten und vierten Dienstag und letzten Freitag",
            "隔月の第2・第4火曜日・最終金曜日",
        ],
    );
    check(
        Rule::Monthly { interval: 1, day: MonthDay::Numbers(vec![1, 22]) },
        ["1st and 22nd of every month", "Am 1. und 22. jedes Monats", "毎月1日・22日"],
    );
    check(
        Rule::Yearly { interval: 1, month: 3, day: MonthDay::Numbers(vec![31]) },
        ["Every year on the 31st of March", "Jedes Jahr am 31. März", "毎年3月31日"],
    );
    check(
        Rule::Yearly { interval: 3, month: 12, day: weekdays(&[(3, Fri)]) },
        [
            "Every 3 years on the third Friday of December",
            "Alle drei Jahre am dritten Freitag im Dezember",
            "3年ごとの12月第3金曜日",
        ],
    );
}

fn moment(text: &str) -> Local {
    Local::DateTime(text.parse::<NaiveDateTime>().unwrap())
}

#[test]
fn moments() {
    let written = |start, zone| {
        let zone = Zone::new(zone).unwrap();
        LANGUAGES.map(|locale| words::local_and_utc(locale, start, zone))
    };
    assert_eq!(
        written(moment("2026-11-26T10:00:00"), "America/Los_Angeles"),
        [
            "Thursday 26 November 2026, 10:00 PST (18:00 UTC)",
            "Donnerstag, 26. November 2026, 10:00 Uhr PST (18:00 UTC)",
            "2026年11月26日（木）10:00 PST（18:00 UTC）",
        ]
    );
    assert_eq!(
        written(moment("2026-07-05T00:30:00"), "Europe/Berlin"),
        [
            "Sunday 5 July 2026, 00:30 CEST (Sat 22:30 UTC)",
            "Sonntag, 5. Juli 2026, 00:30 Uhr MESZ (Sa., 22:30 UTC)",
            "2026年7月5日（日）00:30 CEST（4日（土）22:30 UTC）",
        ]
    );
    let day = Local::Date(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap());
    assert_eq!(
        written(day, "Asia/Tokyo"),
        ["Monday 2 March 2026", "Montag, 2. März 2026", "2026年3月2日（月）"]
    );
}

/// Each text of a language by the name of its group and its own.
fn texts(locale: &Locale) -> BTreeMap<String, String> {
    let debug = format!("{locale:#?}");
    let mut group = String::new();
    let mut texts = BTreeMap::new();
    for line in debug.lines().map(str::trim) {
        match line.split_once(": ") {
            Some((name, value)) if value.ends_with('{') => group = name.to_owned(),
            Some((name, value)) if value.starts_with('"') => {
                texts.insert(format!("{group}.{name}"), value.to_owned());
            }
            _ => {}
        }
    }
    texts
}

#[test]
fn no_text_is_left_in_english() {
    const ALIKE: [&str; 2] = ["dates.comma", "dates.colon"];
    let english = texts(&en::EN);
    assert!(english.len() > 60, "only {} texts were found", english.len());
    for locale in ALL.into_iter().filter(|locale| locale.tag != "en") {
        for (name, text) in texts(locale) {
            let same = english.get(&name) == Some(&text);
            assert!(!same || ALIKE.contains(&name.as_str()), "{}: {name} is {text}", locale.tag);
        }
    }
}

#[test]
fn every_place_has_a_name_of_its_own() {
    for locale in ALL {
        let names: std::collections::BTreeSet<_> = locale.places.iter().collect();
        assert_eq!(names.len(), locale.places.len(), "{}", locale.tag);
        assert!(names.iter().all(|name| !name.is_empty()), "{}", locale.tag);
    }
}
