//! Every change of a zone's clock, those that a yearly rule gives together.

use crate::model::{NthWeekday, Zone};
use crate::schedule::{Offset, Onset, ZoneRules};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

/// Changes before this are never needed by a meeting.
pub(super) const FIRST_YEAR: i32 = 1970;
/// How far the tz data is looked at.
const LAST_YEAR: i32 = 2099;
/// The years in which each weekday comes on each day: a rule that holds so long holds for good.
const CYCLE: usize = 28;
/// In fewer years than these, changes are no rule but a coincidence.
const RULE_YEARS: usize = 4;

/// Every zone's changes, made when first asked for: the tz data is compiled in and never changes.
static ALL: LazyLock<BTreeMap<Zone, OnceLock<ZoneChanges>>> =
    LazyLock::new(|| Zone::names().filter_map(Zone::new).map(|z| (z, OnceLock::new())).collect());

/// What a zone's clock does from [`FIRST_YEAR`] on.
pub(super) struct ZoneChanges {
    /// What it shows at first.
    pub(super) initial: Offset,
    /// Each change, to [`LAST_YEAR`].
    pub(super) at: Vec<DateTime<Utc>>,
    /// The same changes, those of one rule together.
    pub(super) spans: Vec<Span>,
}

/// A change that happens once, or every year by a rule.
pub(super) struct Span {
    /// The first change of a rule.
    pub(super) first: Onset,
    /// The last one.
    pub(super) last: Onset,
    /// Month and weekday of a rule.
    pub(super) day: Option<(u32, NthWeekday)>,
    /// Whether the rule goes on.
    pub(super) is_open: bool,
}

impl ZoneChanges {
    /// The changes of the zone; every one that has a name has some.
    pub(super) fn of(zone: Zone) -> Option<&'static ZoneChanges> {
        ALL.get(&zone).map(|cell| cell.get_or_init(|| ZoneChanges::read(zone)))
    }

    fn read(zone: Zone) -> ZoneChanges {
        let rules = ZoneRules::of(zone);
        let onsets = rules.onsets(start_of(FIRST_YEAR), start_of(LAST_YEAR + 1));
        let at = onsets.iter().map(|onset| onset.at).collect();
        let mut runs: Vec<Run> = Vec::new();
        for onset in onsets.into_iter().rev() {
            match runs.iter_mut().rev().find_map(|run| run.preceded_by(&onset)) {
                Some(()) => {}
                None => runs.push(Run::of(onset)),
            }
        }
        let is_yearly = runs.iter().filter(|run| run.is_last()).all(Run::is_open);
        let spans = runs.into_iter().flat_map(|run| run.spans(is_yearly)).collect();
        ZoneChanges { initial: rules.offset(start_of(FIRST_YEAR)).clone(), at, spans }
    }
}

impl Span {
    fn once(onset: Onset) -> Span {
        Span { last: onset.clone(), first: onset, day: None, is_open: false }
    }

    /// Whether a block needs it for events since the change that is `in_force`.
    pub(super) fn is_needed(&self, in_force: Option<DateTime<Utc>>, last_year: i32) -> bool {
        let is_past = in_force.is_some_and(|in_force| self.last.at < in_force);
        self.is_open || !is_past && self.first.local.year() <= last_year
    }
}

/// The same change in years that follow each other, found from the last to the first.
struct Run {
    /// The last first.
    onsets: Vec<Onset>,
    /// Month and number of the weekday on which each of them is: 1 to 5, or -1 for the last.
    days: Vec<(u32, i8)>,
}

impl Run {
    fn of(onset: Onset) -> Run {
        Run { days: days(onset.local.date()), onsets: vec![onset] }
    }

    /// Takes in the same change a year before; none where it is another, or by another rule.
    fn preceded_by(&mut self, onset: &Onset) -> Option<()> {
        let earliest = self.onsets.last()?;
        let same = kind(earliest) == kind(onset) && earliest.to == onset.to;
        let follows = earliest.local.year() == onset.local.year() + 1;
        let days = days(onset.local.date());
        let common: Vec<_> = self.days.iter().copied().filter(|day| days.contains(day)).collect();
        if !same || !follows || common.is_empty() && !self.is_one_week_with(onset) {
            return None;
        }
        self.days = common;
        self.onsets.push(onset.clone());
        Some(())
    }

    /// Whether all dates are within seven days of the year: a rule, though maybe one of its own kind.
    fn is_one_week_with(&self, onset: &Onset) -> bool {
        let days = || self.onsets.iter().chain([onset]).map(|onset| day_of_leap_year(onset.local));
        let (first, last) = (days().min(), days().max());
        first.zip(last).is_some_and(|(first, last)| last - first < TimeDelta::days(7))
    }

    fn is_last(&self) -> bool {
        self.onsets.first().is_some_and(|onset| onset.local.year() == LAST_YEAR)
    }

    fn is_open(&self) -> bool {
        let is_long = self.onsets.len() >= CYCLE;
        self.is_last() && is_long && !self.days.is_empty()
    }

    /// One span for a rule, or one for each change: always so at the end of a zone that is not
    /// yearly, in which a rule without end beside changes that end would be right for neither.
    fn spans(self, is_yearly: bool) -> Vec<Span> {
        let is_open = self.is_open();
        let is_rule = self.onsets.len() >= RULE_YEARS && !self.is_last() || is_open && is_yearly;
        let (first, last) = (self.onsets.last(), self.onsets.first());
        match (self.day().filter(|_| is_rule), first, last) {
            (Some(day), Some(first), Some(last)) => {
                vec![Span { first: first.clone(), last: last.clone(), day: Some(day), is_open }]
            }
            _ => self.onsets.into_iter().map(Span::once).collect(),
        }
    }

    fn day(&self) -> Option<(u32, NthWeekday)> {
        let (month, nth) = *self.days.last()?;
        Some((month, NthWeekday::new(nth, self.onsets.first()?.local.weekday())?))
    }
}

/// What is the same in each change of a rule.
fn kind(onset: &Onset) -> (Weekday, NaiveTime, i32) {
    (onset.local.weekday(), onset.local.time(), onset.from_seconds)
}

/// The ways to name a day by its weekday: its number in the month, and -1 if it is the last.
fn days(date: NaiveDate) -> Vec<(u32, i8)> {
    let nth = (date.day0() / 7 + 1) as i8;
    let next = date.checked_add_signed(TimeDelta::weeks(1));
    let is_last = next.is_none_or(|next| next.month() != date.month());
    let nths: &[i8] = if is_last { &[nth, -1] } else { &[nth] };
    nths.iter().map(|nth| (date.month(), *nth)).collect()
}

fn day_of_leap_year(local: NaiveDateTime) -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, local.month(), local.day()).unwrap_or_default()
}

/// The first moment of a year in UTC.
pub(super) fn start_of(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc()
}
