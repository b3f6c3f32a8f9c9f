//! Laws: ids outlive every edit, a fact is one entry, and nothing changes before it is said to.

use super::{SECOND, entries, ids};
use crate::sample::*;
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::{Change, Community, Line, Record};
use convene::render::Scope;
use convene::render::feed::{Feeds, Kind, atom};
use convene::schedule::AsOf;
use proptest::prelude::*;
use std::collections::BTreeSet;

const DATE: &str = "2026-11-26T10:00:00";

/// Cancelled, moved, added, restored and recorded dates.
fn busy() -> Community {
    let mut c = community();
    exception(&mut c, "2026-11-12T10:00:00").record =
        recorded(&["https://youtu.be/a"], "2026-11-12T22:00:00Z");
    exception(&mut c, DATE).change = cancelled("A holiday", "2026-11-20T18:00:00Z");
    exception(&mut c, "2026-12-10T10:00:00").change =
        moved("2026-12-11T09:00:00", "2026-11-21T18:00:00Z");
    exception(&mut c, "2026-12-03T10:00:00").change = Some(Box::new(Change::Cancelled {
        reason: None,
        announced: utc("2026-11-18T08:00:00Z"),
        restored: Some(utc("2026-12-02T20:00:00Z")),
    }));
    let summit = added(&slug("oci-events"), "2026-12-01T13:00:00", "2026-11-10T00:00:00Z");
    events(&mut c).added.insert(summit.start, summit);
    let days = added(&slug("oci-events"), "2026-12-05", "2026-12-04T10:00:00Z");
    events(&mut c).added.insert(days.start, days);
    c
}

/// A moment between the first meeting and a while after the last that is special.
fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    (0..5_500_000_i64).prop_map(|s| utc("2026-10-20T00:00:00Z") + TimeDelta::seconds(s))
}

fn words() -> impl Strategy<Value = Line> {
    "[ -~é会]{1,80}".prop_filter_map("nothing but spaces", |text| Line::new(&text))
}

/// Everything that an author may put into other words.
fn reword(c: &mut Community, words: &Line, which: u32) {
    let edits: [&dyn Fn(&mut Community); 9] = [
        &|c| c.site.name = words.clone(),
        &|c| c.site.description = words.clone(),
        &|c| c.site.url = link("https://elsewhere.example"),
        &|c| calls(c).title = words.clone(),
        &|c| calls(c).join = Some(link("https://meet.example/oci")),
        &|c| calls(c).agenda = Some(link("https://notes.example/oci")),
        &|c| exception(c, DATE).details.get_or_insert_default().topics = vec![words.clone()],
        &|c| {
            exception(c, "2026-12-10T10:00:00").details.get_or_insert_default().title =
                Some(words.clone())
        },
        &|c| calls(c).tags = vec![slug("another")],
    ];
    for (i, edit) in edits.iter().enumerate() {
        if which & (1 << i) != 0 {
            edit(c);
        }
    }
}

/// Makes something known of a date that nothing special was known of, and says of which kind.
fn make_known(c: &mut Community, which: usize, at: DateTime<Utc>) -> &'static str {
    let id = "2026-11-19T10:00:00";
    match which {
        0 => {
            let change =
                Change::Cancelled { reason: Some(line("Why")), announced: at, restored: None };
            exception(c, id).change = Some(Box::new(change));
            "changed"
        }
        1 => {
            let to = local("2026-11-20T08:00:00");
            let change = Change::Moved { to, zone: pacific(), announced: at, restored: None };
            exception(c, id).change = Some(Box::new(change));
            "changed"
        }
        2 => {
            let mut extra = added(&slug("oci-weekly"), "2026-11-18T09:00:00", DATE_OF_ADDED);
            extra.announced = at;
            calls(c).added.insert(extra.start, extra);
            "changed"
        }
        3 => {
            let minutes = Some(link("https://notes.example/minutes"));
            let record = Record { minutes, minutes_published: Some(at), ..Record::default() };
            exception(c, id).record = Some(record);
            "minutes"
        }
        4 => {
            exception(c, id).record = recorded(&["https://youtu.be/b"], &at.to_rfc3339());
            "recording"
        }
        _ => {
            let record = exception(c, "2026-11-12T10:00:00").record.as_mut().unwrap();
            record.recordings.push(link("https://youtu.be/c"));
            record.published.push(at);
            "recording"
        }
    }
}

const DATE_OF_ADDED: &str = "2026-11-01T00:00:00Z";

/// Takes back what was made known of it.
fn take_back(c: &mut Community, at: DateTime<Utc>) {
    match exception(c, "2026-11-19T10:00:00").change.as_deref_mut() {
        Some(Change::Cancelled { restored, .. } | Change::Moved { restored, .. }) => {
            *restored = Some(at);
        }
        Some(Change::Kept) | None => {
            let extra = calls(c).added.get_mut(&local("2026-11-18T09:00:00")).unwrap();
            extra.restored = Some(at);
        }
    }
}

/// What is new among the entries; panics where one is gone.
fn new<'a>(before: &[&str], after: &[&'a str]) -> Vec<&'a str> {
    let known: BTreeSet<_> = before.iter().collect();
    let now: BTreeSet<_> = after.iter().collect();
    let gone: Vec<_> = known.iter().filter(|id| !now.contains(**id)).collect();
    assert!(gone.is_empty(), "{gone:?} are gone");
    after.iter().copied().filter(|id| !known.contains(id)).collect()
}

proptest! {
    #[test]
    fn other_words_change_no_id(now in moments(), words in words(), which in 0..512_u32) {
        let before = busy();
        let mut after = before.clone();
        reword(&mut after, &words, which);
        for kind in [Kind::News, Kind::Reminders] {
            let (one, two) = (entries(&before, kind, now), entries(&after, kind, now));
            prop_assert_eq!(ids(&one), ids(&two));
        }
    }

    #[test]
    fn a_new_fact_is_exactly_one_new_entry(
        at in moments(),
        which in 0..6_usize,
        later in 1..2_000_000_i64,
    ) {
        // A recording that is found before another would be the first.
        let at = if which == 5 { at.max(utc("2026-11-12T22:00:01Z")) } else { at };
        let before = busy();
        let mut after = before.clone();
        let kind = make_known(&mut after, which, at);
        let (known, now) = (entries(&before, Kind::News, at), entries(&after, Kind::News, at));
        let (known, now_ids) = (ids(&known), ids(&now));
        let found = new(&known, &now_ids);
        prop_assert_eq!(found.len(), 1, "{:?}", found);
        let entry = now.iter().find(|entry| entry.id == found[0]).unwrap();
        prop_assert_eq!((&entry.words[0][..], entry.published), (kind, at));
        if which < 3 {
            let later = at + TimeDelta::seconds(later);
            let mut restored = after.clone();
            take_back(&mut restored, later);
            let (known, now) =
                (entries(&after, Kind::News, later), entries(&restored, Kind::News, later));
            let (known, now) = (ids(&known), ids(&now));
            let found = new(&known, &now);
            prop_assert_eq!(found.len(), 1, "{:?}", found);
            prop_assert!(found[0].contains("/restored/"));
        }
    }

    /// What has been posted stays posted for a week at least, and comes once.
    #[test]
    fn reminders_come_once_and_in_time(now in moments(), step in 1..90_000_i64) {
        let c = busy();
        let earlier = entries(&c, Kind::Reminders, now);
        let then = now + TimeDelta::seconds(step);
        for entry in entries(&c, Kind::Reminders, then) {
            let was_there = earlier.iter().any(|one| one.id == entry.id);
            prop_assert_eq!(was_there, entry.published <= now, "{}", entry.id);
            let start = entry.id.rsplit('/').next().unwrap();
            let start = chrono::NaiveDateTime::parse_from_str(start, "%Y%m%dT%H%M%SZ").unwrap();
            let lead = start.and_utc() - entry.published;
            prop_assert!(lead > TimeDelta::zero() && lead <= TimeDelta::hours(24), "{}", entry.id);
            prop_assert!(start.and_utc() + TimeDelta::days(7) > then, "{}", entry.id);
        }
    }

    /// The law of `stale_at`, for feeds alone: not an octet differs before it, and some do then.
    #[test]
    fn feeds_stay_true_until_they_are_stale(now in moments()) {
        let c = busy();
        let at = |now| {
            let as_of = AsOf::new(now);
            let feeds = Feeds::of(Scope::Community(&c));
            let both = [feeds.news(&as_of), feeds.reminders(&as_of)];
            (both.map(atom::render), as_of.stale_at())
        };
        let (texts, stale_at) = at(now);
        let stale_at = stale_at.unwrap();
        prop_assert!(stale_at > now);
        prop_assert_eq!(&at(stale_at - SECOND), &(texts.clone(), Some(stale_at)));
        prop_assert_ne!(at(stale_at).0, texts);
    }
}
