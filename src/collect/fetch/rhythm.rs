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
/// let at = "2026-11-24T12:00:00Z".parse().unwrap();
/// let asked = Asked { at, failures: 0, retry_after: None };
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
    /// `meetings` are those of its series from start to end, at least the ones that begin in the
    /// next 7 hours and that ended in the last 2: around them it is asked every 5 minutes. Each
    /// failure doubles the wait, up to 6 hours. Its own wish is granted up to 6 hours.
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: &str = "https://notes.example/a";

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn asked(failures: u32, retry_after: Option<RetryAfter>) -> Asked {
        Asked { at: moment("2026-11-24T12:00:00Z"), failures, retry_after }
    }

    /// Minutes to the next time, of a source that is asked every half hour.
    fn minutes(least: i64, asked: &Asked, meetings: &[Range<DateTime<Utc>>]) -> i64 {
        let rhythm = Rhythm::new(NOTES, TimeDelta::minutes(30), TimeDelta::minutes(least));
        let wait = rhythm.next(asked, meetings) - asked.at;
        (wait.num_seconds() + 30) / 60
    }

    fn meeting(start: &str) -> Range<DateTime<Utc>> {
        let start = moment(start);
        start..start + TimeDelta::hours(1)
    }

    #[test]
    fn it_differs_from_source_to_source_and_time_to_time_by_a_tenth() {
        let mut waits = std::collections::BTreeSet::new();
        for number in 0..100 {
            let url = format!("https://notes.example/{number}");
            let rhythm = Rhythm::new(&url, TimeDelta::minutes(30), TimeDelta::zero());
            let mut asked = asked(0, None);
            for _ in 0..10 {
                let next = rhythm.next(&asked, &[]);
                assert_eq!(next, rhythm.next(&asked, &[]));
                waits.insert(next - asked.at);
                asked.at = next;
            }
        }
        let (first, last) = (*waits.first().unwrap(), *waits.last().unwrap());
        assert!(first >= TimeDelta::minutes(27) && first < TimeDelta::seconds(28 * 60), "{first}");
        assert!(last <= TimeDelta::minutes(33) && last > TimeDelta::seconds(32 * 60), "{last}");
        assert!(waits.len() > 150, "{}", waits.len());
    }

    #[test]
    fn each_failure_doubles_the_wait_up_to_six_hours() {
        for (failures, wait) in [(0, 30), (1, 60), (2, 120), (3, 240), (4, 360), (u32::MAX, 360)] {
            let minutes = minutes(0, &asked(failures, None), &[]);
            assert!(minutes >= wait * 9 / 10 && minutes <= wait * 11 / 10, "{failures}: {minutes}");
            assert!(minutes <= 360);
        }
    }

    #[test]
    fn around_a_meeting_it_is_asked_every_five_minutes() {
        // Asked at 12:00: an hour before the start to two after the end.
        for start in ["2026-11-24T13:00:00Z", "2026-11-24T11:30:00Z", "2026-11-24T09:30:00Z"] {
            let minutes = minutes(0, &asked(0, None), &[meeting(start)]);
            assert!((4..=6).contains(&minutes), "{start}: {minutes}");
        }
        for start in ["2026-11-24T15:00:00Z", "2026-11-24T08:59:00Z"] {
            let minutes = minutes(0, &asked(0, None), &[meeting(start)]);
            assert!((27..=33).contains(&minutes), "{start}: {minutes}");
        }
    }

    #[test]
    fn the_hour_before_a_meeting_is_not_slept_through() {
        let minutes = minutes(0, &asked(0, None), &[meeting("2026-11-24T13:10:00Z")]);
        assert!((14..=16).contains(&minutes), "{minutes}");
    }

    #[test]
    fn a_source_that_fails_has_a_fresh_start_before_a_meeting() {
        // Four hours by itself; three doublings of 5 minutes from an hour before the meeting.
        let minutes = minutes(0, &asked(3, None), &[meeting("2026-11-24T14:00:00Z")]);
        assert!((60 + 36..=60 + 44).contains(&minutes), "{minutes}");
    }

    #[test]
    fn the_least_holds_around_a_meeting_too() {
        let meeting = meeting("2026-11-24T12:30:00Z");
        for number in 0..50 {
            let url = format!("https://videos.example/{number}");
            let rhythm = Rhythm::new(&url, TimeDelta::minutes(30), Rhythm::LEAST_OF_YOUTUBE);
            let asked = asked(0, None);
            let wait = rhythm.next(&asked, std::slice::from_ref(&meeting)) - asked.at;
            assert!(wait >= TimeDelta::minutes(15) && wait <= TimeDelta::seconds(990), "{wait}");
        }
    }

    #[test]
    fn a_wish_is_granted_up_to_six_hours_and_never_brings_the_next_time_nearer() {
        let after = |wish| minutes(0, &asked(1, Some(wish)), &[]);
        assert_eq!(after(RetryAfter::In(TimeDelta::hours(2))), 120);
        assert_eq!(after(RetryAfter::At(moment("2026-11-24T15:00:00Z"))), 180);
        assert_eq!(after(RetryAfter::In(TimeDelta::days(30))), 360);
        assert_eq!(after(RetryAfter::At(DateTime::<Utc>::MAX_UTC)), 360);
        for wish in [RetryAfter::In(TimeDelta::zero()), RetryAfter::At(DateTime::<Utc>::MIN_UTC)] {
            assert!((54..=66).contains(&after(wish)), "{wish:?}");
        }
        let near = [meeting("2026-11-24T12:30:00Z")];
        let wish = Some(RetryAfter::In(TimeDelta::hours(1)));
        assert_eq!(minutes(0, &asked(1, wish), &near), 60);
    }

    #[test]
    fn no_rhythm_is_without_pause() {
        for every in [TimeDelta::zero(), TimeDelta::minutes(-30), TimeDelta::MIN, TimeDelta::MAX] {
            let rhythm = Rhythm::new(NOTES, every, TimeDelta::zero());
            let asked = asked(0, None);
            assert!(rhythm.next(&asked, &[]) >= asked.at + TimeDelta::minutes(1), "{every}");
        }
    }
}
