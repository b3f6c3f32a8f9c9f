//! Where a meeting is earlier or later than usual, because clocks are not changed on the same day
//! everywhere.

use super::{Locale, places};
use crate::schedule::{Occurrence, Status, ZoneRules};
use chrono::{DateTime, TimeDelta, Utc};

/// How long before and after a meeting its time is looked at: longer than any clocks are apart that
/// are changed for the same summer or winter.
const AROUND: TimeDelta = TimeDelta::days(35);

/// Places where a meeting is as much earlier or later than usual.
pub(super) struct Unusual {
    /// How many minutes later it is there, earlier where negative.
    pub(super) minutes: i64,
    /// Which places, counted from west to east.
    pub(super) places: Vec<usize>,
}

/// The places where a meeting is at another time than before and after, by the difference.
///
/// None for what does not take place, is at a time of its own or has no time.
pub(super) fn unusual(occurrence: &Occurrence<'_>) -> Vec<Unusual> {
    let mut found: Vec<Unusual> = Vec::new();
    if !is_as_planned(occurrence) {
        return found;
    }
    let home = ZoneRules::of(occurrence.zone);
    for (place, rules) in places::rules().enumerate() {
        let Some(minutes) = shift(rules, home, occurrence.utc_start) else { continue };
        match found.iter_mut().find(|known| known.minutes == minutes) {
            Some(known) => known.places.push(place),
            None => found.push(Unusual { minutes, places: vec![place] }),
        }
    }
    found
}

/// `One hour earlier than usual in Central Europe`, for each difference there is.
pub(super) fn sentences(locale: &Locale, occurrence: &Occurrence<'_>) -> Vec<String> {
    let words = &locale.clocks;
    let sentence = |found: Unusual| {
        let named = found.places.iter().filter_map(|place| words.at.get(*place).copied());
        (words.unusual)(&named.collect::<Vec<_>>(), found.minutes)
    };
    unusual(occurrence).into_iter().map(sentence).collect()
}

fn is_as_planned(occurrence: &Occurrence<'_>) -> bool {
    let is_timed = occurrence.start.time().is_some() && occurrence.slot.is_some();
    is_timed && occurrence.status == Status::Confirmed && !occurrence.is_moved()
}

/// How many minutes more the place is ahead of the meeting's own zone than weeks before and after;
/// none where it is not, or where no time is the usual one.
fn shift(place: &ZoneRules, home: &ZoneRules, at: DateTime<Utc>) -> Option<i64> {
    let ahead = |at| i64::from(place.offset(at).seconds) - i64::from(home.offset(at).seconds);
    let (before, now, after) = (ahead(at - AROUND), ahead(at), ahead(at + AROUND));
    (before == after && now != before).then(|| (now - before) / 60)
}
