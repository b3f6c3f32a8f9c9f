//! Which series a meeting of the calendar is of.

use super::entry::Entry;
use super::title::{Title, likeness};
use crate::model::{Community, Series};
use std::collections::{BTreeMap, BTreeSet};

/// What the content's series are known by.
pub(super) struct Known<'a> {
    /// The series of each UID, by their places.
    uids: BTreeMap<&'a str, usize>,
    /// The series of each title.
    titles: BTreeMap<String, BTreeSet<usize>>,
}

impl<'a> Known<'a> {
    pub(super) fn of(community: &'a Community, entries: &'a [Entry<'a>]) -> Known<'a> {
        let mut known = Known { uids: BTreeMap::new(), titles: BTreeMap::new() };
        for (place, series) in community.all_series().enumerate() {
            known.uids.extend(uids(series).map(|uid| (uid, place)));
            known.call(Title::of(series.title.as_str()).words, place);
        }
        for entry in entries {
            known.uids.entry(&entry.own_uid).or_insert(entry.series);
            known.call(entry.title.words.clone(), entry.series);
        }
        known
    }

    fn call(&mut self, words: String, place: usize) {
        if !words.is_empty() {
            self.titles.entry(words).or_default().insert(place);
        }
    }

    /// For each meeting of the calendar the series it may be of: that of its UID; else those of its
    /// very title; else that of the other events of its own series; else those whose title is most like
    /// it.
    pub(super) fn belonging(&self, calendar: &Community, entries: &[Entry<'_>]) -> Vec<Vec<usize>> {
        let of_series: Vec<Option<usize>> = calendar
            .all_series()
            .map(|series| uids(series).find_map(|uid| self.uids.get(uid).copied()))
            .collect();
        let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut all = Vec::with_capacity(entries.len());
        for entry in entries {
            let by_uid = self.uids.get(entry.uid()).map(|place| vec![*place]);
            let by_title = || Some(self.titles.get(&entry.title.words)?.iter().copied().collect());
            let by_others = || of_series.get(entry.series).copied().flatten().map(|p| vec![p]);
            let places = by_uid.or_else(by_title).or_else(by_others);
            all.push(places.unwrap_or_else(|| {
                let words = entry.title.words.as_str();
                alike.entry(words).or_insert_with(|| self.most_like(words)).clone()
            }));
        }
        all
    }

    fn most_like(&self, words: &str) -> Vec<usize> {
        let all = self.titles.iter();
        let scores: Vec<_> =
            all.filter_map(|(title, places)| Some((likeness(words, title)?, places))).collect();
        let best = scores.iter().map(|(score, _)| *score).max();
        let of_best = scores.into_iter().filter(|(score, _)| Some(*score) == best);
        let places: BTreeSet<usize> = of_best.flat_map(|(_, places)| places).copied().collect();
        places.into_iter().collect()
    }
}

fn uids(series: &Series) -> impl Iterator<Item = &str> {
    let of_slots = series.slots.iter().map(|slot| slot.uid.as_str());
    of_slots.chain(series.added.values().map(|added| added.uid.as_str()))
}
