//! For how long a calendar shows what past meetings left behind.

use crate::model::Series;
use crate::schedule::AsOf;
use chrono::TimeDelta;

/// A year, be it a leap year or not.
pub(super) const YEAR: TimeDelta = TimeDelta::days(366);

/// As long as the calendar does not get too large by it, the longest first.
const SPANS: [TimeDelta; 4] = [YEAR, TimeDelta::days(92), TimeDelta::days(31), TimeDelta::days(7)];

/// The most events that a calendar has because of the past: Proton takes 15,000 in all.
const MOST_EVENTS: usize = 15_000;

/// For how long a calendar of those series shows the minutes and recordings of a meeting: a year,
/// or in a very large calendar a quarter, a month or a week. Its page has them for good.
pub(super) fn memory(series: &[&Series], as_of: &AsOf) -> TimeDelta {
    let slots = || series.iter().flat_map(|series| &series.slots);
    let left = MOST_EVENTS.saturating_sub(slots().count());
    if slots().map(|slot| slot.exceptions.len()).sum::<usize>() <= left {
        return YEAR;
    }
    let dates = || slots().flat_map(|slot| slot.exceptions.keys());
    let is_recent = |span| move |date: chrono::NaiveDateTime| !as_of.reached(date.and_utc() + span);
    let fits = |span: &TimeDelta| {
        let recent = is_recent(*span);
        dates().filter(|id| recent(id.moment())).take(left + 1).count() <= left
    };
    SPANS.into_iter().find(fits).or(SPANS.last().copied()).unwrap_or(YEAR)
}
