//! When a source is asked next.

use super::RetryAfter;
use chrono::{DateTime, TimeDelta, Utc};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The longest that a source is left alone, whatever it answers.
const LONGEST: TimeDelta = TimeDelta::hours(6);

/// The shortest, whatever is asked for.
const LEAST: TimeDelta = TimeDelta::minutes(1);

/// So many doublings make a minute longer than the longest wait.
const MOST_DOUBLINGS: u32 = 9;

/// How often it is asked around a meeting of its series.
const AROUND_A_MEETING: TimeDelta = TimeDelta::minutes(5);

/// How long before a meeting begins that is.
const BEFORE: TimeDelta = TimeDelta::hours(1);

/// How long after a meeting ends that is.
const AFTER: TimeDelta = TimeDelta::hours(2);

/// How often a source is asked. Every moment is given, none is read from a clock.
///
/// ```
/// use chrono::TimeDelta;
/// use convene::collect::fetch::{Asked, Rhythm};
/// let rhythm = Rhythm::new("https://notes.example/a", TimeDelta::minutes(30), TimeDelta::zero());
/// let asked = Asked { at: "2026-11-24T12:00:00Z".parse().unwrap(), failures: 0, retry_after: None };
/// let wait = rhythm.next(&asked, &[]) - asked.at;
/// assert!(wait >= TimeDelta::minutes(27) && wait <= TimeDelta::minutes(33));
/// ```
#[derive(Clone, Debug)]
pub struct Rhythm {
    seed: u64,
    every: TimeDelta,
    least: TimeDelta,
}

/// The last time that a source was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub at: DateTime<Utc>,
    /// How many times it has failed since its last answer.
    pub failures: u32,
    /// When it wants to be asked again, if it said so.
    pub retry_after: Option<RetryAfter>,
}

impl Rhythm {
    /// YouTube's feeds are made anew about that often, so that asking sooner is in vain.
    pub const LEAST_OF_YOUTUBE: TimeDelta = TimeDelta::minutes(15);

    /// A source's rhythm: `every` so long, give or take a tenth that differs from source to source
    /// and from time to time; never sooner than `least`.
    pub fn new(source: &str, every: TimeDelta, least: TimeDelta) -> Rhythm {
        let mut hasher = DefaultHasher::new();
        source.hash(&mut hasher);
        Rhythm {
            seed: hasher.finish(),
            every: every.min(LONGEST),
            least: least.clamp(LEAST, LONGEST),
        }
    }

    /// When the source is asked next.
    ///
    /// `meetings` are those of its series from start to end, at least the ones of the next 6 hours
    /// and the last 2; around them it is asked every 5 minutes. Each failure doubles the wait, up to 6 hours.
    /// A wish of the source's own is granted up to 6 hours.
    pub fn next(&self, asked: &Asked, meetings: &[Range<DateTime<Utc>>]) -> DateTime<Utc> {
        let often = meetings.iter().filter_map(|meeting| self.around(asked, meeting)).min();
        let regular = later(asked.at, self.wait(asked, self.every));
        let planned = often.map_or(regular, |often| often.min(regular));
        let wished = asked.retry_after.map_or(asked.at, |wish| wish.moment(asked.at));
        planned.max(wished.min(later(asked.at, LONGEST)))
    }

    /// When it is asked next because of a meeting.
    fn around(&self, asked: &Asked, meeting: &Range<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let (begins, ends) = (later(meeting.start, -BEFORE), later(meeting.end, AFTER));
        let next = later(asked.at.max(begins), self.wait(asked, AROUND_A_MEETING));
        (next <= ends).then_some(next)
    }

    /// How long a wait becomes by failures and by chance.
    fn wait(&self, asked: &Asked, wait: TimeDelta) -> TimeDelta {
        let mut wait = wait.max(self.least);
        for _ in 0..asked.failures.min(MOST_DOUBLINGS) {
            wait = (wait + wait).min(LONGEST);
        }
        let by_chance = (wait / 1000) * self.per_mille(asked);
        (wait + by_chance).clamp(self.least, LONGEST)
    }

    /// From -100 to 100, the same for the same source and moment.
    fn per_mille(&self, asked: &Asked) -> i32 {
        let mut hasher = DefaultHasher::new();
        (self.seed, asked.at.timestamp(), asked.failures).hash(&mut hasher);
        i32::try_from(hasher.finish() % 201).unwrap_or_default() - 100
    }
}

/// A moment so much later, or the last one there is.
fn later(moment: DateTime<Utc>, wait: TimeDelta) -> DateTime<Utc> {
    moment.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
