//! Reminders of meetings that are about to begin, for bots that read feeds aloud.

use super::{AsOf, Occurrence, Status, occurrences_since};
use crate::model::{Change, Local, Series};
use chrono::{DateTime, TimeDelta, Utc};

/// How long after the start of its meeting a reminder is still listed.
const KEPT: TimeDelta = TimeDelta::days(7);

/// One reminder of one meeting that takes place.
#[derive(Clone, Debug)]
pub struct Reminder<'a> {
    /// How long before the start it is due.
    pub lead: Lead,
    /// When it came: when it was due, or later where the meeting's time became known only then.
    pub at: DateTime<Utc>,
    /// The meeting.
    pub occurrence: Occurrence<'a>,
}

/// How long before the start of a meeting a reminder of it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lead {
    /// 24 hours, of whole days before their first midnight.
    Day,
    /// One hour; whole days have none.
    Hour,
}

impl Lead {
    /// The word for it in guids.
    pub fn as_str(self) -> &'static str {
        match self {
            Lead::Day => "24h",
            Lead::Hour => "1h",
        }
    }

    fn time(self) -> TimeDelta {
        match self {
            Lead::Day => TimeDelta::hours(24),
            Lead::Hour => TimeDelta::hours(1),
        }
    }
}

impl Reminder<'_> {
    /// Whether it came when it was due, and no later.
    pub fn is_on_time(&self) -> bool {
        self.at == self.occurrence.utc_start - self.lead.time()
    }
}

/// The newest reminders that have come, at most `most`, the newest first; none of a meeting that
/// began more than a week ago.
///
/// What is listed once only ever goes for good: a reminder that newer ones have pushed out does not
/// come back when those are over.
pub fn reminders<'a>(
    series: impl Iterator<Item = &'a Series>,
    most: usize,
    as_of: &AsOf,
) -> Vec<Reminder<'a>> {
    let mut all: Vec<_> = series.flat_map(|series| come(series, as_of)).collect();
    all.sort_by_cached_key(newest_first);
    all.truncate(most);
    all.retain(|reminder| !as_of.reached(reminder.occurrence.utc_start + KEPT));
    all
}

/// The key by which reminders of all series are in one order, the newest first.
fn newest_first<'a>(reminder: &Reminder<'a>) -> impl Ord + use<'a> {
    use std::cmp::Reverse;
    let Reminder { lead, at, occurrence } = reminder;
    let (slug, id) = (occurrence.series.slug.clone(), occurrence.recurrence_id);
    (Reverse(*at), occurrence.utc_start, slug, id, Reverse(*lead))
}

/// The reminders of a series that have come, but for those that are older than any that is kept.
fn come<'a>(series: &'a Series, as_of: &AsOf) -> Vec<Reminder<'a>> {
    let mut come = Vec::new();
    for occurrence in occurrences_since(series, as_of.earlier(KEPT + Lead::Day.time() * 2)) {
        let of_it = of_occurrence(&occurrence);
        // No reminder of a later meeting comes sooner than this one, which has been asked for then.
        let first = of_it.first().filter(|r| r.lead == Lead::Day && r.is_on_time());
        let is_last = first.is_some_and(|first| as_of.lies_ahead(first.at));
        come.extend(of_it.into_iter().filter(|reminder| as_of.reached(reminder.at)));
        if is_last {
            break;
        }
    }
    come
}

/// Every reminder that comes of a meeting before it begins; none where it does not take place.
fn of_occurrence<'a>(occurrence: &Occurrence<'a>) -> Vec<Reminder<'a>> {
    if occurrence.status == Status::Cancelled {
        return Vec::new();
    }
    let (start, known) = (occurrence.utc_start, known(occurrence));
    let at = |lead: Lead| known.map_or(start - lead.time(), |known| known.max(start - lead.time()));
    let reminder = |lead| Reminder { lead, at: at(lead), occurrence: occurrence.clone() };
    let hour = Some(Lead::Hour).filter(|_| matches!(occurrence.start, Local::DateTime(_)));
    // One reminder is enough where both would come at once.
    let day = Some(Lead::Day).filter(|day| hour.is_none_or(|hour| at(*day) < at(hour)));
    let both = day.into_iter().chain(hour).map(reminder);
    both.filter(|reminder| reminder.at < start).collect()
}

/// When it became known that the meeting is when it is; none where that has always been planned.
fn known(occurrence: &Occurrence<'_>) -> Option<DateTime<Utc>> {
    match occurrence.change {
        Some(Change::Cancelled { restored, .. }) => *restored,
        Some(Change::Moved { announced, restored, .. }) => Some(restored.unwrap_or(*announced)),
        Some(Change::Kept) => None,
        None => occurrence.added().map(|added| added.announced),
    }
}
