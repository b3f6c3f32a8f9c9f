//! Ten years of common rules, by us and by the `rrule` crate: their dates, and their instants in a
//! zone with summer time.

use crate::pair::Pair;
use crate::sample::{day, pacific, slug, weekly};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use convene::model::{MonthDay, NthWeekday, Rule, Slot};
use convene::schedule::{ZoneRules, dates};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

const AT: NaiveTime = NaiveTime::from_hms_opt(10, 0, 0).unwrap();

fn rules() -> Vec<(&'static str, &'static str, Rule, &'static str)> {
    let first_wednesday = NthWeekday::new(1, Weekday::Wed).unwrap();
    let two_days = vec![Weekday::Tue, Weekday::Thu];
    vec![
        (
            "weekly",
            "2021-10-07",
            Rule::Weekly { interval: 1, weekdays: vec![Weekday::Thu] },
            "FREQ=WEEKLY;BYDAY=TH",
        ),
        (
            "every 2 weeks on two days",
            "2021-10-05",
            Rule::Weekly { interval: 2, weekdays: two_days },
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        ),
        (
            "first Wednesday",
            "2021-10-06",
            Rule::Monthly { interval: 1, day: MonthDay::Weekdays(vec![first_wednesday]) },
            "FREQ=MONTHLY;BYDAY=1WE",
        ),
        (
            "15th of the month",
            "2021-10-15",
            Rule::Monthly { interval: 1, day: MonthDay::Numbers(vec![15]) },
            "FREQ=MONTHLY;BYMONTHDAY=15",
        ),
        (
            "yearly",
            "2021-10-15",
            Rule::Yearly { interval: 1, month: 10, day: MonthDay::Numbers(vec![15]) },
            "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15",
        ),
    ]
}

/// Dates and instants of each rule, and the instants of a hundred slots.
pub(crate) fn pairs() -> impl Iterator<Item = Pair> {
    let each = rules().into_iter().flat_map(|(name, from, rule, recur)| {
        let from = day(from);
        let slot =
            Slot { from, rule, ..weekly(&slug("calls"), "2021-10-07", Weekday::Thu, "10:00:00") };
        [of_dates(name, slot.clone(), recur), of_instants(name, slot, recur)]
    });
    each.chain([of_many_slots(100)])
}

fn of_dates(name: &str, slot: Slot, recur: &str) -> Pair {
    let end = end(slot.from);
    // The wall clock as if in UTC, which is the crate's fastest.
    let set = rule_set(slot.from.and_time(NaiveTime::MIN).and_utc().with_timezone(&Tz::UTC), recur);
    let ours = move || dates(&slot, slot.from).take_while(move |date| *date < end);
    let peer =
        move || set.into_iter().map(|at| at.date_naive()).take_while(move |date| *date < end);
    assert!(ours().eq(peer()), "{name}: dates differ");
    Pair {
        name: format!("recurrence/dates/{name}"),
        peer_name: "rrule",
        goal: 5,
        per: 1,
        ours: Box::new(move || ours().count()),
        peer: Box::new(move || peer().count()),
    }
}

fn of_instants(name: &str, slot: Slot, recur: &str) -> Pair {
    let rules = ZoneRules::of(pacific());
    let end = rules.to_utc(end(slot.from).and_time(AT));
    let start = Tz::America__Los_Angeles.from_local_datetime(&slot.from.and_time(AT)).unwrap();
    let set = rule_set(start, recur);
    let ours = move || {
        let rules = ZoneRules::of(pacific());
        dates(&slot, slot.from)
            .map(move |date| rules.to_utc(date.and_time(AT)))
            .take_while(move |at| *at < end)
    };
    let peer =
        move || set.into_iter().map(|at| at.with_timezone(&Utc)).take_while(move |at| *at < end);
    assert!(ours().eq(peer()), "{name}: instants differ");
    Pair {
        name: format!("recurrence/instants/{name}"),
        peer_name: "rrule",
        goal: 5,
        per: 1,
        ours: Box::new(move || ours().count()),
        peer: Box::new(move || peer().count()),
    }
}

/// What one occurrence takes, over ten years of so many weekly slots on all days of the week.
fn of_many_slots(count: u32) -> Pair {
    let first = day("2021-10-04");
    let slots: Vec<(Slot, RRuleSet, DateTime<Utc>)> =
        (0..count).map(|i| slot_and_set(first + TimeDelta::days(i.into()))).collect();
    let copy = slots.clone();
    let ours = move || slots.iter().map(|(slot, _, end)| instants(slot, *end).count()).sum();
    let peer = move || {
        let instants = |set: &RRuleSet| set.into_iter().map(|at| at.with_timezone(&Utc));
        let of_one = |(_, set, end): &(_, _, _)| instants(set).take_while(|at| at < end).count();
        copy.iter().map(of_one).sum()
    };
    let occurrences: usize = ours();
    assert_eq!(occurrences, peer());
    Pair {
        name: format!("recurrence/instants/weekly, {count} slots, each"),
        peer_name: "rrule",
        goal: 5,
        per: occurrences as u32,
        ours: Box::new(ours),
        peer: Box::new(peer),
    }
}

/// A weekly slot from that day on, the same for the crate, and when ten years are over.
fn slot_and_set(from: NaiveDate) -> (Slot, RRuleSet, DateTime<Utc>) {
    let slot = weekly(&slug("calls"), &from.to_string(), from.weekday(), "10:00:00");
    let start = Tz::America__Los_Angeles.from_local_datetime(&from.and_time(AT)).unwrap();
    let set = rule_set(start, "FREQ=WEEKLY");
    (slot, set, ZoneRules::of(pacific()).to_utc(end(from).and_time(AT)))
}

fn instants(slot: &Slot, end: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    let rules = ZoneRules::of(slot.zone);
    let starts = dates(slot, slot.from).map(|date| rules.to_utc(date.and_time(AT)));
    starts.take_while(move |at| *at < end)
}

fn end(from: NaiveDate) -> NaiveDate {
    from.checked_add_months(chrono::Months::new(120)).unwrap()
}

fn rule_set(start: DateTime<Tz>, recur: &str) -> RRuleSet {
    let rule = recur.parse::<RRule<Unvalidated>>().unwrap();
    RRuleSet::new(start).rrule(rule.validate(start).unwrap())
}
