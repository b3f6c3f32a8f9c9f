//! Where many readers are: a meeting's time on clocks around the world.

use super::Locale;
use crate::model::Zone;
use crate::schedule::{Occurrence, ZoneRules};
use chrono::NaiveDateTime;
use std::sync::LazyLock;

/// How many there are; a [`Locale`] has a name for each.
pub(super) const COUNT: usize = 7;

/// From west to east.
const ZONES: [&str; COUNT] = [
    "America/Los_Angeles",
    "America/New_York",
    "UTC",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
];

static RULES: LazyLock<Vec<&'static ZoneRules>> =
    LazyLock::new(|| ZONES.into_iter().filter_map(Zone::new).map(ZoneRules::of).collect());

/// A meeting's start at a place.
pub(super) struct Start {
    /// What people call the place.
    pub(super) name: &'static str,
    /// The rules of its clock.
    pub(super) rules: &'static ZoneRules,
    /// What its clock shows.
    pub(super) local: NaiveDateTime,
}

/// The rules of each place's clock.
pub(super) fn rules() -> impl Iterator<Item = &'static ZoneRules> {
    RULES.iter().copied()
}

/// The start of a meeting on the clock of each place; none for whole days, which have no clock.
pub(super) fn starts(
    locale: &Locale,
    occurrence: &Occurrence<'_>,
) -> impl Iterator<Item = Start> + use<> {
    let (timed, start) = (occurrence.start.time().is_some(), occurrence.utc_start);
    let at = move |(name, rules): (_, &&'static ZoneRules)| Start {
        name,
        rules,
        local: rules.to_local(start),
    };
    locale.places.into_iter().zip(RULES.iter()).filter(move |_| timed).map(at)
}
