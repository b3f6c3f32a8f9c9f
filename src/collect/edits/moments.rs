//! The moments at which things became known.

use super::super::matching::FoundRecording;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// How long after a meeting it is news that its minutes or its recording are there.
const NEWS: TimeDelta = TimeDelta::days(30);

/// How old a video may be whose discovery is news.
const NEW_VIDEO: TimeDelta = TimeDelta::days(7);

/// Gives each fact of a round a second of its own, the newest first: feeds want distinct moments.
pub(super) struct Moments {
    pub(super) now: DateTime<Utc>,
    next: DateTime<Utc>,
}

impl Moments {
    pub(super) fn new(now: DateTime<Utc>) -> Moments {
        let now = now.trunc_subsecs(0);
        Moments { now, next: now }
    }

    /// A second that no other fact of the round has.
    pub(super) fn take(&mut self) -> DateTime<Utc> {
        let taken = self.next;
        self.next = taken.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(taken);
        taken
    }

    /// When something of a meeting that ended then is first seen; none where that was long ago, and
    /// nobody knows.
    pub(super) fn first_seen(&mut self, ended: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (self.now.signed_duration_since(ended) <= NEWS).then(|| self.take())
    }

    /// When each of the recordings became known, for a meeting that ended then: all that are new at one
    /// moment, older ones when they were published; nothing where not all of that is known.
    pub(super) fn of_recordings(
        &mut self,
        recordings: &[&FoundRecording],
        ended: DateTime<Utc>,
    ) -> Vec<DateTime<Utc>> {
        let mut seen = None;
        let mut moment = |recording: &&FoundRecording| {
            let old = recording.published.map(|published| published.trunc_subsecs(0));
            match old.filter(|old| self.now.signed_duration_since(*old) > NEW_VIDEO) {
                Some(old) => Some(old),
                None => {
                    let ended = if recording.published.is_some() { self.now } else { ended };
                    seen = seen.or_else(|| self.first_seen(ended));
                    seen
                }
            }
        };
        let all: Option<Vec<DateTime<Utc>>> = recordings.iter().map(&mut moment).collect();
        let mut all = all.unwrap_or_default();
        if all.iter().all(|moment| Some(moment) == all.first()) {
            all.truncate(1);
        }
        all
    }
}
