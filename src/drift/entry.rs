//! The meetings of one side, ready to be found on the other.

use super::Window;
use super::title::Title;
use crate::model::{Community, Local, Zone};
use crate::schedule::{Occurrence, Status, ZoneRules, occurrences_since};
use chrono::{DateTime, NaiveDate, Utc};

/// One meeting of one side.
pub(super) struct Entry<'a> {
    pub(super) occurrence: Occurrence<'a>,
    /// The place of its series in its community.
    pub(super) series: usize,
    pub(super) title: Title,
    /// Whether it takes place, by its status and by its title.
    pub(super) is_on: bool,
    /// The UID of an event that is this meeting alone.
    pub(super) own_uid: String,
    pub(super) start: At,
    pub(super) planned: At,
}

/// A day, or an instant: the same in every zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum At {
    Day(NaiveDate),
    Instant(DateTime<Utc>),
}

impl At {
    fn of(local: Local, instant: DateTime<Utc>) -> At {
        match local {
            Local::Date(day) => At::Day(day),
            Local::DateTime(_) => At::Instant(instant),
        }
    }

    /// The day by the clock of that zone; a whole day is that day everywhere.
    pub(super) fn day(self, zone: Zone) -> NaiveDate {
        match self {
            At::Day(day) => day,
            At::Instant(instant) => ZoneRules::of(zone).to_local(instant).date(),
        }
    }
}

/// The meetings of a community that begin within the window; none where they are more than `most`.
pub(super) fn entries<'a>(
    community: &'a Community,
    window: &Window,
    most: usize,
) -> Option<Vec<Entry<'a>>> {
    let mut all = Vec::new();
    for (place, series) in community.all_series().enumerate() {
        let within = occurrences_since(series, window.from).take_while(|o| o.utc_start < window.to);
        for occurrence in within.filter(|o| window.contains(o.utc_start)) {
            if all.len() == most {
                return None;
            }
            all.push(Entry::of(occurrence, place));
        }
    }
    Some(all)
}

impl Entry<'_> {
    fn of(occurrence: Occurrence<'_>, series: usize) -> Entry<'_> {
        let title = Title::of(occurrence.title().as_str());
        let is_on = occurrence.status == Status::Confirmed && !title.is_cancelled;
        let own_uid = occurrence.own_uid().to_string();
        let start = At::of(occurrence.start, occurrence.utc_start);
        let planned = At::of(occurrence.recurrence_id, occurrence.utc_planned);
        Entry { occurrence, series, title, is_on, own_uid, start, planned }
    }

    pub(super) fn uid(&self) -> &str {
        self.occurrence.uid.as_str()
    }
}
