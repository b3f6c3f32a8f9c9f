//! Whether what is told of two contents is what differs in their calendars and feeds.

use crate::diffs::{cases, present, side};
use chrono::{DateTime, Utc};
use convene::compare::{Change, Warning, What, changes};
use convene::model::Community;
use convene::publish::{Found, find};
use convene::render::Scope;
use convene::render::feed::{Entry, Feed, Kind, MOST_ENTRIES};
use convene::schedule::AsOf;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Both sides of a case, and what is told of them.
struct Pair {
    name: String,
    old: Community,
    new: Community,
    now: DateTime<Utc>,
    told: Vec<Change>,
}

fn pairs() -> Vec<Pair> {
    let pair = |case: &Path| {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let (old, new, now) = (side(&case.join("old")), side(&case.join("new")), present(case));
        let told = changes(&old, &new, &AsOf::new(now));
        Pair { name, old, new, now, told }
    };
    cases().iter().map(|case| pair(case)).collect()
}

/// The entries of each series' feed, by series and id.
fn entries(community: &Community, now: DateTime<Utc>) -> BTreeMap<(String, String), Entry> {
    let all = community.all_series().flat_map(|series| {
        let scope = Scope::Series(community, series);
        let feed = Feed::of(Kind::News, &scope, &AsOf::new(now));
        let slug = series.slug.to_string();
        feed.entries.into_iter().map(move |entry| ((slug.clone(), entry.id.clone()), entry))
    });
    all.collect()
}

#[test]
fn the_feeds_have_the_entries_that_are_told_and_no_other_new_ones() {
    for Pair { name, old, new, now, told } in pairs() {
        // Where the domain is another, so is every entry; that is told as it is of events.
        if old.site.uid_domain != new.site.uid_domain {
            continue;
        }
        let before = entries(&old, now);
        // What had fallen out of a full feed, and comes back where another goes, was there before.
        let oldest = before.values().map(|entry| entry.published).min();
        let oldest = oldest.filter(|_| before.len() >= MOST_ENTRIES);
        let come = entries(&new, now).into_iter().filter(|(key, entry)| {
            !before.contains_key(key) && oldest.is_none_or(|oldest| entry.published > oldest)
        });
        let mut come: Vec<String> = come.map(|(_, entry)| entry.title).collect();
        let entry = |change: &Change| match &change.what {
            What::Entry(entry) => Some(entry.title.clone()),
            _ => None,
        };
        let mut told: Vec<String> = told.iter().filter_map(entry).collect();
        come.sort();
        told.sort();
        assert_eq!(told, come, "{name}");
    }
}

/// An event as subscribers have it.
#[derive(Default, PartialEq)]
struct Event {
    /// What tells clients that it differs: SEQUENCE and LAST-MODIFIED.
    version: BTreeSet<String>,
    /// All else, of all components that have the UID.
    lines: BTreeSet<String>,
}

impl Event {
    fn sequence(&self) -> u32 {
        let mut all = self.version.iter().filter_map(|line| line.strip_prefix("SEQUENCE:"));
        all.next().map_or(0, |number| number.parse().unwrap())
    }
}

/// The events of the whole calendar, by UID.
fn events(community: &Community, now: DateTime<Utc>) -> BTreeMap<String, Event> {
    let path = format!("/{}.ics", community.site.slug);
    let as_of = AsOf::new(now);
    let Some(Found::Document(recipe)) = find(community, &path, &as_of) else { panic!("{path}") };
    let document = recipe.render(&as_of);
    let calendar = std::str::from_utf8(document.body()).unwrap().replace("\r\n ", "");
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    for component in calendar.split("BEGIN:VEVENT\r\n").skip(1) {
        let lines = component.split("END:VEVENT").next().unwrap().lines();
        let (uids, lines): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| line.starts_with("UID:"));
        let event = events.entry(uids[0].trim_start_matches("UID:").to_owned()).or_default();
        for line in lines {
            match line.split([':', ';']).next() {
                Some("SEQUENCE" | "LAST-MODIFIED") => event.version.insert(line.to_owned()),
                Some("DTSTAMP") => false,
                _ => event.lines.insert(line.to_owned()),
            };
        }
    }
    events
}

/// The UIDs that one kind of warning names.
fn warned(told: &[Change], names: impl Fn(&Warning) -> Option<Vec<String>>) -> BTreeSet<String> {
    let of = |change: &Change| match &change.what {
        What::Warning(warning) => names(warning),
        _ => None,
    };
    told.iter().filter_map(of).flatten().collect()
}

#[test]
fn the_calendars_lose_the_events_that_are_told() {
    for Pair { name, old, new, now, told } in pairs() {
        // Told as a meeting that is called off, and as another domain.
        if ["added-and-called-off", "uid-domain-changed"].contains(&name.as_str()) {
            continue;
        }
        let (before, after) = (events(&old, now), events(&new, now));
        let lost: BTreeSet<String> =
            before.into_keys().filter(|uid| !after.contains_key(uid)).collect();
        let told = warned(&told, |warning| match warning {
            Warning::UidsVanish(uids) => Some(uids.iter().map(ToString::to_string).collect()),
            _ => None,
        });
        assert_eq!(told, lost, "{name}");
    }
}

#[test]
fn clients_notice_what_differs_or_it_is_told_that_they_do_not() {
    for Pair { name, old, new, now, told } in pairs() {
        let (before, after) = (events(&old, now), events(&new, now));
        let both = || before.iter().filter_map(|(uid, old)| Some((uid, old, after.get(uid)?)));
        let fall: BTreeSet<String> = both()
            .filter(|(_, old, new)| new.sequence() < old.sequence())
            .map(|(uid, ..)| uid.clone())
            .collect();
        let told_to_fall = warned(&told, |warning| match warning {
            Warning::SequenceFalls(falls) => {
                Some(falls.iter().map(|(uid, ..)| uid.to_string()).collect())
            }
            _ => None,
        });
        assert_eq!(told_to_fall, fall, "{name}");
        let unnoticed: BTreeSet<String> = both()
            .filter(|(_, old, new)| old.version == new.version && old.lines != new.lines)
            .map(|(uid, ..)| uid.clone())
            .collect();
        let told = warned(&told, |warning| match warning {
            Warning::NotNoticed(uids) => Some(uids.iter().map(ToString::to_string).collect()),
            _ => None,
        });
        // A reason is only in calendars that show what is cancelled.
        if name != "cancelled-for-another-reason" {
            assert_eq!(told, unnoticed, "{name}");
        }
    }
}

#[test]
fn a_date_that_becomes_an_event_of_its_own_is_told() {
    for Pair { name, old, new, now, told } in pairs() {
        let apart = warned(&told, |warning| match warning {
            Warning::SetApart(ids) => Some(ids.iter().map(ToString::to_string).collect()),
            _ => None,
        });
        let expected = usize::from(name == "moved-past-a-neighbour");
        assert_eq!(apart.len(), expected, "{name}");
        if expected == 1 {
            assert_eq!(events(&new, now).len(), events(&old, now).len() + 1, "{name}");
        }
    }
}
