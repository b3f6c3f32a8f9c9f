//! Which meeting a section of the minutes or a video belongs to.
//!
//! `sections` gives each section its meeting, `named` takes what the sections say of it, `videos` looks
//! at what is left of the feeds: a date in the title first, then the only video after a meeting. What
//! could belong to two is left, with the reason.

mod findings;
mod link;
mod meetings;
mod mentions;
mod named;
mod part;
mod sections;
mod titles;
mod videos;

pub use findings::{
    Disagreement, Finding, Findings, FoundRecording, MeetingId, Mentioned, UnmatchedSection,
    UnmatchedVideo, WhyNotSection, WhyNotVideo,
};

use super::Source;
use super::minutes::Minutes;
use super::youtube::Video;
use crate::model::{Community, Details, Found, Link};
use crate::schedule::{Occurrence, Status, added, exceptional};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Matches all that a round has read.
///
/// `minutes` and `videos` come with the sources they were read from. What the content knows already is
/// found again, so that a second round finds the same; a meeting that is to come has no recordings.
pub fn match_all(
    community: &Community,
    minutes: &[(&Source<'_>, &Minutes)],
    videos: &[(&Source<'_>, &[Video])],
    now: DateTime<Utc>,
) -> Findings {
    let mut round = Round::new(community, videos, now);
    let notes: Vec<named::Note<'_>> =
        minutes.iter().map(|(source, minutes)| named::Note::new(source, minutes)).collect();
    round.take_minutes(&notes);
    for note in &notes {
        round.findings.mentions.extend(mentions::mentions(note, now));
    }
    for (source, videos) in videos {
        round.take_videos(source, videos);
    }
    round.finish()
}

/// Whether what the minutes say of a cancellation is to be written: they are believed, and nothing
/// has been said of that date.
pub(super) fn is_cancelled_by_minutes(occurrence: &Occurrence<'_>) -> bool {
    occurrence.series.trust_minutes
        && occurrence.status == Status::Confirmed
        && occurrence.slot.is_some()
        && occurrence.change.is_none()
        && occurrence.details().is_none_or(|details| *details == Details::default())
}

/// What is known while matching.
struct Round<'a> {
    now: DateTime<Utc>,
    /// The videos of all feeds.
    videos: BTreeMap<&'a Link, &'a Video>,
    /// Whose recording each video is in the content.
    recorded: BTreeMap<Link, Vec<(MeetingId, Option<Found>)>>,
    /// What the minutes name, with the meetings: none of them where that is not clear.
    named: BTreeMap<Link, Vec<MeetingId>>,
    found: BTreeMap<MeetingId, (Occurrence<'a>, Finding)>,
    findings: Findings,
}

impl<'a> Round<'a> {
    fn new(
        community: &'a Community,
        videos: &[(&Source<'_>, &'a [Video])],
        now: DateTime<Utc>,
    ) -> Round<'a> {
        let all = videos.iter().flat_map(|(_, videos)| *videos);
        Round {
            now,
            videos: all.map(|video| (&video.link, video)).collect(),
            recorded: recorded(community),
            named: BTreeMap::new(),
            found: BTreeMap::new(),
            findings: Findings::default(),
        }
    }

    /// What is found of that meeting so far.
    fn of(&mut self, occurrence: &Occurrence<'a>) -> &mut Finding {
        let meeting = meetings::id(occurrence);
        let new = || {
            let (minutes, recordings, topics) = (None, Vec::new(), Vec::new());
            let meeting = meeting.clone();
            let finding = Finding { meeting, minutes, recordings, topics, cancelled: None };
            (occurrence.clone(), finding)
        };
        &mut self.found.entry(meeting.clone()).or_insert_with(new).1
    }

    fn add_recording(&mut self, occurrence: &Occurrence<'a>, link: &Link, found: Found) {
        let published = self.videos.get(link).map(|video| video.published);
        let recordings = &mut self.of(occurrence).recordings;
        if recordings.iter().all(|other| other.link != *link) {
            recordings.push(FoundRecording { link: link.clone(), found, published });
        }
    }

    fn leave(&mut self, video: &Video, why: WhyNotVideo) {
        let Video { link, title, published } = video.clone();
        let all = &mut self.findings.unmatched_videos;
        // A list and a channel may have the same video.
        if all.iter().all(|other| other.link != link) {
            all.push(UnmatchedVideo { title, link, published, why });
        }
    }

    fn finish(self) -> Findings {
        let says_something = |finding: &Finding| {
            finding.minutes.is_some()
                || !finding.recordings.is_empty()
                || !finding.topics.is_empty()
                || finding.cancelled.is_some()
        };
        let mut found: Vec<_> = self.found.into_values().collect();
        found.sort_by_key(|(occurrence, _)| Reverse(occurrence.utc_start));
        let meetings = found.into_iter().map(|(_, finding)| finding).filter(says_something);
        Findings { meetings: meetings.collect(), ..self.findings }
    }
}

/// Whose recording each video is in the content.
fn recorded(community: &Community) -> BTreeMap<Link, Vec<(MeetingId, Option<Found>)>> {
    let mut all: BTreeMap<Link, Vec<_>> = BTreeMap::new();
    for series in &community.series {
        let dated = series.slots.iter().flat_map(|slot| exceptional(series, slot));
        for occurrence in dated.chain(added(series)) {
            for link in meetings::recorded(&occurrence) {
                all.entry(link).or_default().push((meetings::id(&occurrence), occurrence.found()));
            }
        }
    }
    all
}
