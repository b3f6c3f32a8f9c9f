//! Random content and random decisions, one after the other, beside a naive model of what there is: each
//! time the content is without mistakes, and the calendar, the feed and the comparison say what the
//! model says.

use super::text::{file, folder};
use crate::ics::{self, Component};
use crate::process::SITE;
use crate::sample::{day, slug, utc};
use crate::support::text;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use convene::compare::{self, What};
use convene::content::edit::{Decision, Edit, edited, replaced};
use convene::content::{SourceFile, parse, warnings};
use convene::model::{Community, Details, Local, Zone};
use convene::publish::build;
use convene::schedule::{AsOf, ZoneRules};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A slot: on which weekday from when on, at what time, where.
#[derive(Clone, Debug)]
struct Weekly {
    from: NaiveDate,
    at: NaiveTime,
    zone: &'static str,
}

/// What is decided about which of the meetings there are.
#[derive(Clone, Debug)]
enum Step {
    Cancel(usize),
    Move(usize, i64, u32),
    Restore(usize),
    Keep(usize),
    Add(i64, u32),
}

/// What the model knows of one meeting.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    zone: &'static str,
    is_added: bool,
    state: State,
    /// The facts that were told of it.
    facts: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Planned,
    Kept,
    /// As planned, which was decided.
    Back,
    Cancelled,
    Moved(Local),
}

const SITE_ZONE: &str = "America/Los_Angeles";

/// Both changes of the clock in spring are in it.
const WINDOW: (&str, &str) = ("2026-02-23", "2026-04-12");

fn slots() -> impl Strategy<Value = Vec<Weekly>> {
    let zones = vec![SITE_ZONE, "Europe/Berlin", "Asia/Kolkata"];
    let one = (0..3_i64, 9..17_u32, prop::sample::select(zones));
    prop::collection::vec(one, 1..4).prop_map(|all| {
        let slot = |(i, (week, hour, zone)): (usize, (i64, u32, &'static str))| Weekly {
            from: day("2026-02-02") + TimeDelta::days(2 * i as i64 + 7 * week),
            at: NaiveTime::from_hms_opt(hour, 30, 0).unwrap(),
            zone,
        };
        all.into_iter().enumerate().map(slot).collect()
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => any::<usize>().prop_map(Step::Cancel),
        3 => (any::<usize>(), -3..4_i64, 9..17_u32).prop_map(|(i, d, h)| Step::Move(i, d, h)),
        3 => any::<usize>().prop_map(Step::Restore),
        1 => any::<usize>().prop_map(Step::Keep),
        1 => (0..40_i64, 9..17_u32).prop_map(|(d, h)| Step::Add(d, h)),
    ]
}

fn series(slots: &[Weekly], is_yaml: bool) -> String {
    let slot = |slot: &Weekly| {
        let (on, at) = (slot.from.format("%A"), slot.at.format("%H:%M"));
        let (from, zone) = (slot.from, slot.zone);
        match is_yaml {
            true => format!(
                "  - from: {from}\n    every: week\n    on: {on}\n    at: {at}\n    zone: {zone}\n"
            ),
            false => format!(
                "[[slot]]\nfrom = {from}\nevery = \"week\"\non = \"{on}\"\nat = \"{at}\"\nzone = \"{zone}\"\n"
            ),
        }
    };
    let slots: String = slots.iter().map(slot).collect();
    match is_yaml {
        true => format!("---\ntitle: Calls\nupdated: 2026-01-01T00:00:00Z\nslot:\n{slots}---\n"),
        false => format!("+++\ntitle = \"Calls\"\nupdated = 2026-01-01T00:00:00Z\n{slots}+++\n"),
    }
}

type Model = BTreeMap<Local, Known>;

/// The meetings of the window, a week after the other.
fn model(slots: &[Weekly]) -> Model {
    let mut all = Model::new();
    for slot in slots {
        let dates = slot.from.iter_weeks().skip_while(|date| *date < day(WINDOW.0));
        for date in dates.take_while(|date| *date <= day(WINDOW.1)) {
            let known = Known { zone: slot.zone, is_added: false, state: State::Planned, facts: 0 };
            all.insert(Local::new(date, Some(slot.at)), known);
        }
    }
    all
}

/// The edit that a step is, and what the model has then; none where it is to be refused.
fn taken(model: &Model, step: &Step) -> Option<(Local, Decision, Option<Model>)> {
    let pick =
        |i: &usize| model.iter().nth(i % model.len()).map(|(id, known)| (*id, known.clone()));
    let at = |date: NaiveDate, hour| Local::new(date, NaiveTime::from_hms_opt(hour, 30, 0));
    let with = |id: Local, known: Known| {
        Some(Model::from_iter(model.clone().into_iter().chain([(id, known)])))
    };
    Some(match step {
        Step::Cancel(i) => {
            let (id, known) = pick(i)?;
            let is_new = known.state != State::Cancelled;
            let after = Known { state: State::Cancelled, facts: known.facts + 1, ..known };
            (id, Decision::Cancelled { reason: None }, is_new.then(|| with(id, after)).flatten())
        }
        Step::Move(i, days, hour) => {
            let (id, known) = pick(i)?;
            let to = at(id.date() + TimeDelta::days(*days), *hour);
            let state = State::Moved(to);
            let is_new = !known.is_added && to != id && known.state != state;
            let after = Known { state, facts: known.facts + 1, ..known };
            let decision = Decision::Moved { to, zone: None };
            (id, decision, is_new.then(|| with(id, after)).flatten())
        }
        Step::Restore(i) => {
            let (id, known) = pick(i)?;
            let is_new = matches!(known.state, State::Cancelled | State::Moved(_));
            let state = if known.is_added { State::Planned } else { State::Back };
            let after = Known { state, facts: known.facts + 1, ..known };
            (id, Decision::Restored, is_new.then(|| with(id, after)).flatten())
        }
        Step::Keep(i) => {
            let (id, known) = pick(i)?;
            let is_new = !known.is_added && known.state == State::Planned;
            let after = Known { state: State::Kept, ..known };
            (id, Decision::Kept, is_new.then(|| with(id, after)).flatten())
        }
        Step::Add(days, hour) => {
            let id = at(day(WINDOW.0) + TimeDelta::days(*days), *hour);
            let decision = Decision::Added { zone: None, details: Box::new(Details::default()) };
            let known = Known { zone: SITE_ZONE, is_added: true, state: State::Planned, facts: 1 };
            let is_new = !model.contains_key(&id);
            (id, decision, is_new.then(|| with(id, known)).flatten())
        }
    })
}

/// The starts of all meetings of the window that take place, by the model.
fn wanted(model: &Model) -> BTreeSet<DateTime<Utc>> {
    let start = |(id, known): (&Local, &Known)| {
        let rules = ZoneRules::of(Zone::new(known.zone).unwrap());
        match known.state {
            State::Cancelled => None,
            State::Moved(to) => Some(rules.to_utc(to.moment())),
            _ => Some(rules.to_utc(id.moment())),
        }
    };
    model.iter().filter_map(start).collect()
}

/// The starts of all meetings that the calendar gives for the dates of the window, read as RFC 5545 has
/// it: a week after the other, without what EXDATE and RECURRENCE-ID take out.
fn given(calendar: &Component) -> BTreeSet<DateTime<Utc>> {
    let events: Vec<&Component> = calendar.children("VEVENT").collect();
    let mut starts = BTreeSet::new();
    for event in &events {
        let (uid, start) = (event.text("UID").unwrap(), event.when("DTSTART").unwrap());
        if event.get("RECURRENCE-ID").is_some() || event.get("RRULE").is_none() {
            starts.insert(start.instant());
            continue;
        }
        let replaced = events.iter().filter(|other| other.text("UID") == Some(uid.clone()));
        let mut out: BTreeSet<DateTime<Utc>> =
            replaced.filter_map(|other| Some(other.when("RECURRENCE-ID")?.instant())).collect();
        out.extend(event.whens("EXDATE").iter().map(|when| when.instant()));
        let rules = ZoneRules::of(Zone::new(start.zone().unwrap()).unwrap());
        for date in start.date().iter_weeks().take_while(|date| *date <= day(WINDOW.1)) {
            let instant = rules.to_utc(date.and_time(start.wall().time()));
            if date >= day(WINDOW.0) && !out.contains(&instant) {
                starts.insert(instant);
            }
        }
    }
    starts
}

fn sequences(calendar: &Component) -> BTreeMap<String, u32> {
    let of = |event: &Component| {
        (event.text("UID").unwrap(), event.value("SEQUENCE").map_or(0, |n| n.parse().unwrap()))
    };
    calendar.children("VEVENT").map(of).collect()
}

/// What is published of the content at that moment: the calendar, and when the feed's entries became
/// known.
fn published(community: &Community, at: DateTime<Utc>) -> (Component, BTreeSet<DateTime<Utc>>) {
    let snapshot = build(community, at);
    let calendar = ics::read(text(&snapshot, "/meetings/calls.ics")).unwrap();
    let feed = text(&snapshot, "/meetings/calls/feed.atom");
    let feed = feed_rs::parser::parse(feed.as_bytes()).unwrap();
    (calendar, feed.entries.iter().filter_map(|entry| entry.published).collect())
}

fn start(slots: &[Weekly], is_yaml: bool) -> Vec<SourceFile> {
    let mut files = folder(None, &[]);
    files.retain(|file| !file.path.starts_with("meetings/"));
    files.push(file("meetings/calls/series.md", &series(slots, is_yaml)));
    assert!(SITE.contains(SITE_ZONE));
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn decisions_are_what_a_naive_model_says(
        slots in slots(),
        is_yaml in any::<bool>(),
        steps in prop::collection::vec(step(), 1..12),
    ) {
        let mut files = start(&slots, is_yaml);
        let mut model = model(&slots);
        let mut at = utc("2026-02-20T12:00:00Z");
        let mut community = parse(&files).unwrap();
        let (mut calendar, _) = published(&community, at);
        prop_assert_eq!(given(&calendar), wanted(&model));
        for step in &steps {
            at += TimeDelta::minutes(1);
            let Some((id, decision, after)) = taken(&model, step) else { continue };
            let edit = Edit::Decided { series: slug("calls"), id, decision, at };
            let done = edited(&files, &[edit]);
            prop_assert_eq!(done.is_ok(), after.is_some(), "{:?}: {:?}", step, done);
            let (Ok(changed), Some(after)) = (done, after) else { continue };
            prop_assert_eq!(changed.len(), 1);
            files = replaced(&files, &changed);
            let new = parse(&files).map_err(|no| TestCaseError::fail(no.to_string()))?;
            let (told, entries) = published(&new, at);
            prop_assert_eq!(given(&told), wanted(&after), "{:?}", step);
            let is_news = !matches!(step, Step::Keep(_)) && !after[&id].is_added;
            prop_assert!(!is_news || entries.contains(&at), "{:?}: {:?}", step, entries);
            check_sequences(&calendar, &told, matches!(step, Step::Keep(_)))?;
            check_changes(&community, &new, at, id)?;
            let as_of = AsOf::new(at);
            let stale = warnings(&files, &new, &as_of);
            prop_assert!(stale.iter().all(|warning| !warning.path.contains("2026-")), "{}", stale);
            (model, calendar, community) = (after, told, new);
        }
    }
}

/// SEQUENCE rises for one UID, unless nothing is told to subscribers, and falls for none.
fn check_sequences(old: &Component, new: &Component, is_quiet: bool) -> Result<(), TestCaseError> {
    let (old, new) = (sequences(old), sequences(new));
    let risen = new.iter().filter(|(uid, n)| old.get(*uid).is_none_or(|old| old < n)).count();
    let fallen = new.iter().filter(|(uid, n)| old.get(*uid).is_some_and(|old| old > n)).count();
    let gone = old.keys().filter(|uid| !new.contains_key(*uid)).count();
    prop_assert_eq!(fallen, 0);
    prop_assert!(is_quiet || risen + gone > 0, "{:?} {:?}", old, new);
    Ok(())
}

/// One date is told, and nothing is warned of.
fn check_changes(
    old: &Community,
    new: &Community,
    at: DateTime<Utc>,
    id: Local,
) -> Result<(), TestCaseError> {
    let changes = compare::changes(old, new, &AsOf::new(at));
    let text = compare::text(&changes, &[]);
    let dates = changes.iter().filter(|c| matches!(c.what, What::Date(..))).count();
    prop_assert_eq!(dates, 1, "{}: {}", id, text);
    prop_assert!(changes.iter().all(|c| !matches!(c.what, What::Warning(_))), "{}", text);
    Ok(())
}
