//! Where many readers are: a meeting's time on clocks around the world.

use crate::model::Zone;
use crate::schedule::{Occurrence, ZoneRules};
use chrono::NaiveDateTime;
use std::sync::LazyLock;

/// A place, and the rules of its clock.
pub(super) struct Place {
    /// What people call it.
    pub(super) name: &'static str,
    /// Its zone's rules.
    pub(super) rules: &'static ZoneRules,
}

/// From west to east.
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let places = [
        ("US Pacific", "America/Los_Angeles"),
        ("US Eastern", "America/New_York"),
        ("UTC", "UTC"),
        ("Central Europe", "Europe/Berlin"),
        ("India", "Asia/Kolkata"),
        ("China", "Asia/Shanghai"),
        ("Japan", "Asia/Tokyo"),
    ];
    let place = |(name, zone)| Some(Place { name, rules: ZoneRules::of(Zone::new(zone)?) });
    places.into_iter().filter_map(place).collect()
});

/// The start of a meeting on the clock of each place; none for whole days, which have no clock.
pub(super) fn starts(
    occurrence: &Occurrence<'_>,
) -> impl Iterator<Item = (&'static Place, NaiveDateTime)> + use<> {
    let (timed, start) = (occurrence.start.time().is_some(), occurrence.utc_start);
    let at = move |place: &'static Place| (place, place.rules.to_local(start));
    PLACES.iter().filter(move |_| timed).map(at)
}
