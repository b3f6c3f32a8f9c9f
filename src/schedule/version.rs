//! Versions of calendar components, counted from dated facts.

use super::Occurrence;
use crate::model::{Added, Change, Record, Series, Slot};
use chrono::{DateTime, Utc};

/// SEQUENCE and LAST-MODIFIED of all components of one UID.
///
/// Facts are added and never deleted, so both only rise; clients that keep an event until one of
/// them does (Google, ICSx5) see every change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The number of dated facts, plus the `revision` of the slot and of the series.
    pub sequence: u32,
    /// When the newest of them became known, or the definition last changed.
    pub modified: DateTime<Utc>,
}

impl Version {
    /// The version of a slot's components.
    pub fn of_slot(series: &Series, slot: &Slot) -> Version {
        let mut version = Version::of_definition(series);
        version.sequence = version.sequence.saturating_add(slot.revision);
        for exception in slot.exceptions.values() {
            version.raise(exception.change.iter().flat_map(|change| moments(change)));
            version.raise(exception.record.iter().flat_map(published));
            version.raise(exception.details.iter().flat_map(|details| &details.updated).copied());
        }
        version
    }

    /// The version of the component that an occurrence is part of.
    pub fn of(occurrence: &Occurrence<'_>) -> Version {
        let series = occurrence.series;
        match (occurrence.slot, occurrence.added()) {
            (Some(slot), _) => Version::of_slot(series, slot),
            (None, Some(added)) => Version::of_added(series, added),
            (None, None) => Version::of_definition(series),
        }
    }

    /// The version of an added meeting's component.
    pub fn of_added(series: &Series, added: &Added) -> Version {
        let mut version = Version::of_definition(series);
        version.raise([Some(added.announced), added.restored].into_iter().flatten());
        version.raise(added.change.iter().flat_map(|change| moments(change)));
        version.raise(added.record.iter().flat_map(published));
        version.raise(added.details.updated.iter().copied());
        version
    }

    /// The newest moment at which anything of the series became known.
    pub fn newest_of(series: &Series) -> DateTime<Utc> {
        let slots = series.slots.iter().map(|slot| Version::of_slot(series, slot).modified);
        let added = series.added.values().map(|added| Version::of_added(series, added).modified);
        slots.chain(added).fold(series.updated, DateTime::max)
    }

    fn of_definition(series: &Series) -> Version {
        Version { sequence: series.revision, modified: series.updated }
    }

    /// Counts facts.
    fn raise(&mut self, facts: impl IntoIterator<Item = DateTime<Utc>>) {
        for fact in facts {
            self.sequence = self.sequence.saturating_add(1);
            self.modified = self.modified.max(fact);
        }
    }
}

/// When a change became known, and was taken back.
fn moments(change: &Change) -> impl Iterator<Item = DateTime<Utc>> + use<> {
    let all = match change {
        Change::Cancelled { announced, restored, .. }
        | Change::Moved { announced, restored, .. } => [Some(*announced), *restored],
        Change::Kept => [None, None],
    };
    all.into_iter().flatten()
}

fn published(record: &Record) -> impl Iterator<Item = DateTime<Utc>> {
    record.published.iter().chain(&record.minutes_published).copied()
}
