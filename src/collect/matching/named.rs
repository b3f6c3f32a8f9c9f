//! What the sections of the minutes say of their meetings.

use super::link::section_link;
use super::meetings::{self, Meetings};
use super::sections::assigned;
use super::{
    Disagreement, MeetingId, Round, UnmatchedSection, WhyNotSection, WhyNotVideo,
    is_cancelled_by_minutes,
};
use crate::collect::Source;
use crate::collect::minutes::{Cancelled, Minutes, Section};
use crate::model::{Change, Line, Link};
use crate::schedule::{Occurrence, Status};
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// The most topics of a meeting.
const MOST_TOPICS: usize = 20;

/// How long before the start a recording may be published that the minutes name: a stream begins when
/// the first ones join. One from before that is another meeting's, copied with its section.
const STREAM_BEGINS: TimeDelta = TimeDelta::hours(1);

/// A note, and which meeting each of its sections is about.
pub(super) struct Note<'a> {
    source: &'a Source<'a>,
    undated: &'a [Line],
    pub(super) meetings: Meetings<'a>,
    pub(super) sections: Vec<(&'a Section, Result<usize, WhyNotSection>)>,
}

impl<'a> Note<'a> {
    pub(super) fn new(source: &'a Source<'a>, minutes: &'a Minutes) -> Note<'a> {
        let dates = || minutes.sections.iter().map(|section| section.date);
        let (first, last) = (dates().min().unwrap_or_default(), dates().max().unwrap_or_default());
        let meetings = Meetings::between(&source.series, first, last);
        let assigned = assigned(&minutes.sections, &meetings);
        let sections = minutes.sections.iter().zip(assigned).collect();
        Note { source, undated: &minutes.undated, meetings, sections }
    }

    fn link(&self, section: &Section) -> Option<Link> {
        section_link(self.source, &section.anchors)
    }

    /// Each meeting with its sections, in the order of the note.
    fn by_meeting(&self) -> Vec<(&Occurrence<'a>, Vec<&'a Section>)> {
        let mut all: BTreeMap<usize, Vec<&'a Section>> = BTreeMap::new();
        for (section, at) in &self.sections {
            if let Ok(at) = at {
                all.entry(*at).or_default().push(section);
            }
        }
        let meeting = |(at, sections)| Some((self.meetings.all.get(at)?, sections));
        all.into_iter().filter_map(meeting).collect()
    }
}

impl<'a> Round<'a> {
    /// Takes what all notes say; a video that one of them names is no other meeting's.
    pub(super) fn take_minutes(&mut self, notes: &[Note<'a>]) {
        for note in notes {
            self.name_all(note);
        }
        for note in notes {
            for (occurrence, sections) in note.by_meeting() {
                self.take_sections(note, occurrence, &sections);
            }
            self.leave_sections(note);
        }
    }

    fn name_all(&mut self, note: &Note<'a>) {
        for (section, at) in &note.sections {
            let meeting = at.as_ref().ok().and_then(|at| note.meetings.all.get(*at));
            for link in &section.recordings {
                let all = self.named.entry(link.clone()).or_default();
                let id = meeting.map(meetings::id);
                all.extend(id.filter(|id| !all.contains(id)));
            }
        }
    }

    fn take_sections(
        &mut self,
        note: &Note<'a>,
        occurrence: &Occurrence<'a>,
        sections: &[&'a Section],
    ) {
        let has_begun = occurrence.utc_start <= self.now;
        for link in sections.iter().flat_map(|section| &section.recordings) {
            if has_begun && self.is_of(occurrence, link) {
                self.add_recording(occurrence, link, crate::model::Found::Minutes);
            }
        }
        if let Some(cancelled) = all_cancelled(sections) {
            self.take_cancelled(occurrence, sections, cancelled);
            return;
        }
        let is_held = occurrence.status == Status::Confirmed;
        let said = sections.iter().find(|section| section.says_something());
        let has_minutes =
            has_begun && (is_held || sections.iter().any(|section| !section.recordings.is_empty()));
        let minutes = said.filter(|_| has_minutes).and_then(|section| note.link(section));
        let topics = sections.iter().flat_map(|section| section.topics.iter().cloned());
        let topics: Vec<Line> = topics.filter(|_| is_held).take(MOST_TOPICS).collect();
        let finding = self.of(occurrence);
        finding.minutes = minutes;
        finding.topics = topics;
    }

    fn take_cancelled(
        &mut self,
        occurrence: &Occurrence<'a>,
        sections: &[&Section],
        cancelled: Cancelled,
    ) {
        // Whoever took it back knew what the minutes say.
        let is_known = matches!(occurrence.change, Some(Change::Cancelled { .. }))
            || occurrence.status == Status::Cancelled;
        if let Some(section) = sections.first()
            && !is_known
            && !is_cancelled_by_minutes(occurrence)
        {
            self.findings.disagreements.push(Disagreement::Cancelled {
                meeting: meetings::id(occurrence),
                heading: section.heading.clone(),
                reason: cancelled.reason.clone(),
            });
        }
        self.of(occurrence).cancelled = Some(cancelled);
    }

    /// Whether a video that a section of this meeting names is this meeting's.
    fn is_of(&mut self, occurrence: &Occurrence<'a>, link: &Link) -> bool {
        let id = meetings::id(occurrence);
        let recorded = self.recorded.get(link).map_or(&[][..], Vec::as_slice);
        if recorded.iter().any(|(meeting, _)| *meeting == id) {
            return true;
        }
        let elsewhere = recorded.first().cloned();
        let is_only = self.named.get(link).is_some_and(|meetings| meetings.len() == 1);
        if !is_only {
            return false;
        }
        if let Some((recorded, found)) = elsewhere {
            let link = link.clone();
            self.findings.disagreements.push(Disagreement::Recording { link, recorded, named: id });
            // What a person wrote is so.
            return found.is_some();
        }
        let video = self.videos.get(link).copied();
        let early = video.filter(|video| video.published < occurrence.utc_start - STREAM_BEGINS);
        if let Some(video) = early {
            self.leave(video, WhyNotVideo::TooEarly(id));
        }
        early.is_none()
    }

    fn leave_sections(&mut self, note: &Note<'a>) {
        for (section, at) in &note.sections {
            if let Err(why) = *at {
                let (heading, link) = (section.heading.clone(), note.link(section));
                self.findings.unmatched_sections.push(UnmatchedSection { heading, link, why });
            }
        }
        let undated = note.undated.iter().map(|heading| UnmatchedSection {
            heading: heading.clone(),
            link: None,
            why: WhyNotSection::NoYear,
        });
        self.findings.unmatched_sections.extend(undated);
    }

    /// Whose a video is that the minutes name: `Err` where they do not say it clearly.
    pub(super) fn named_meeting(&self, link: &Link) -> Option<Result<&MeetingId, WhyNotVideo>> {
        let meetings = self.named.get(link)?;
        Some(match meetings.as_slice() {
            [one] => Ok(one),
            _ => Err(WhyNotVideo::NamedUnclearly),
        })
    }
}

/// What all sections of a meeting say, where none has anything else.
fn all_cancelled(sections: &[&Section]) -> Option<Cancelled> {
    let all: Option<Vec<&Cancelled>> =
        sections.iter().map(|section| section.cancelled.as_ref()).collect();
    let all = all?;
    let reason = all.iter().find_map(|cancelled| cancelled.reason.clone());
    (!all.is_empty()).then_some(Cancelled { reason })
}
