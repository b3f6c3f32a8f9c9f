//! Which meeting a video is the recording of that no minutes name.

use super::meetings::{self, Meetings};
use super::part::part;
use super::titles::on_date_in_title;
use super::{Round, WhyNotVideo};
use crate::collect::Source;
use crate::collect::youtube::Video;
use crate::model::{Found, Series};
use crate::schedule::Occurrence;
use chrono::{Days, NaiveDate, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};

/// How long after its start a meeting's recording is looked for that has no date.
const WINDOW: TimeDelta = TimeDelta::days(6);

impl<'a> Round<'a> {
    /// Takes the videos of one feed.
    pub(super) fn take_videos(&mut self, source: &'a Source<'a>, videos: &'a [Video]) {
        let meetings = meetings_around(source, videos);
        let mut dated: BTreeMap<usize, Vec<&Video>> = BTreeMap::new();
        let mut undated: BTreeMap<usize, Vec<&Video>> = BTreeMap::new();
        for video in videos {
            let series = series_of(source, video);
            if series.is_empty() || self.is_settled(video) {
                continue;
            }
            let is_meant = |meeting: &Occurrence<'_>| {
                series.iter().any(|series| series.slug == meeting.series.slug)
            };
            match on_date_in_title(video, &meetings, &is_meant) {
                Some(Ok(at)) => dated.entry(at).or_default().push(video),
                Some(Err(why)) => self.leave(video, why),
                None => match in_window(video, &meetings, &is_meant) {
                    Ok(at) => undated.entry(at).or_default().push(video),
                    Err(why) => self.leave(video, why),
                },
            }
        }
        for (at, videos) in dated {
            if let Some(occurrence) = meetings.all.get(at) {
                self.take_dated(occurrence, videos);
            }
        }
        for (at, videos) in undated {
            if let Some(occurrence) = meetings.all.get(at) {
                self.take_undated(occurrence, &videos);
            }
        }
    }

    /// Whether the content has the video already, or the minutes name it.
    fn is_settled(&mut self, video: &Video) -> bool {
        if self.recorded.contains_key(&video.link) {
            return true;
        }
        let unclear = self.named_meeting(&video.link).map(Result::err);
        if let Some(Some(why)) = unclear.clone() {
            self.leave(video, why);
        }
        unclear.is_some()
    }

    /// Videos that have the meeting's date: one, or the parts of one.
    fn take_dated(&mut self, occurrence: &Occurrence<'a>, mut videos: Vec<&Video>) {
        let id = meetings::id(occurrence);
        let (in_time, early): (Vec<_>, Vec<_>) =
            videos.drain(..).partition(|video| self.is_after(video, occurrence));
        for video in early {
            self.leave(video, WhyNotVideo::TooEarly(id.clone()));
        }
        let known = self.known_wholes(occurrence);
        let (mut fitting, others): (Vec<&Video>, Vec<&Video>) = match known {
            Known::Nothing => (in_time, Vec::new()),
            Known::Wholes(wholes) => in_time.into_iter().partition(|video| {
                let part = part(video.title.as_str());
                part.number.is_some() && wholes.contains(&part.whole)
            }),
            Known::Surer => (Vec::new(), in_time),
        };
        for video in others {
            self.leave(video, WhyNotVideo::HasRecording(id.clone()));
        }
        if !are_parts(&fitting) {
            fitting.iter().for_each(|v| self.leave(v, WhyNotVideo::SeveralVideos(id.clone())));
            return;
        }
        fitting.sort_by_key(|video| (part(video.title.as_str()), video.published));
        for video in fitting {
            self.add_recording(occurrence, &video.link, Found::Title);
        }
    }

    fn take_undated(&mut self, occurrence: &Occurrence<'a>, videos: &[&Video]) {
        let id = meetings::id(occurrence);
        let has_recording =
            !occurrence.recordings().is_empty() || !self.of(occurrence).recordings.is_empty();
        let is_cancelled = self.of(occurrence).cancelled.is_some();
        for video in videos {
            if is_cancelled {
                self.leave(video, WhyNotVideo::Cancelled(id.clone()));
            } else if has_recording {
                self.leave(video, WhyNotVideo::HasRecording(id.clone()));
            } else if videos.len() > 1 {
                self.leave(video, WhyNotVideo::OthersInWindow(id.clone()));
            } else if !self.is_after(video, occurrence) {
                self.leave(video, WhyNotVideo::TooEarly(id.clone()));
            } else {
                self.add_recording(occurrence, &video.link, Found::Window);
            }
        }
    }

    fn is_after(&self, video: &Video, occurrence: &Occurrence<'_>) -> bool {
        video.published >= occurrence.utc_start && occurrence.utc_start <= self.now
    }

    /// What is known of the meeting's recordings that a title cannot put aside.
    fn known_wholes(&mut self, occurrence: &Occurrence<'a>) -> Known {
        let named = !self.of(occurrence).recordings.is_empty();
        let recorded = meetings::recorded(occurrence);
        match occurrence.found() {
            _ if named => Known::Surer,
            _ if recorded.is_empty() => Known::Nothing,
            Some(Found::Window) => Known::Nothing,
            Some(Found::Title) => {
                let videos = recorded.iter().filter_map(|link| self.videos.get(link));
                let wholes = videos.map(|video| part(video.title.as_str()));
                let parts = wholes.filter(|part| part.number.is_some());
                Known::Wholes(parts.map(|part| part.whole).collect())
            }
            Some(Found::Minutes) | None => Known::Surer,
        }
    }
}

enum Known {
    /// Nothing, or nothing surer than the only video in the window.
    Nothing,
    /// Parts of videos with these titles, found by their title too.
    Wholes(BTreeSet<String>),
    /// What a person wrote or the minutes name.
    Surer,
}

/// Whether there is one video, or each is a part of the same.
fn are_parts(videos: &[&Video]) -> bool {
    let parts: BTreeSet<_> = videos.iter().map(|video| part(video.title.as_str())).collect();
    let wholes: BTreeSet<&String> = parts.iter().map(|part| &part.whole).collect();
    let numbered = parts.iter().all(|part| part.number.is_some());
    videos.len() <= 1 || (wholes.len() == 1 && numbered && parts.len() == videos.len())
}

/// The meetings of the feed's series since a year before its oldest video.
fn meetings_around<'a>(source: &Source<'a>, videos: &[Video]) -> Meetings<'a> {
    let dates = || videos.iter().map(|video| video.published.date_naive());
    let (first, last) = (dates().min().unwrap_or_default(), dates().max().unwrap_or_default());
    let first: NaiveDate = first.checked_sub_days(Days::new(366)).unwrap_or(first);
    Meetings::between(&source.series, first, last)
}

/// The series whose recording the video may be: those of which a word is in the title, or else those
/// that take any.
fn series_of<'a>(source: &Source<'a>, video: &Video) -> Vec<&'a Series> {
    let title = video.title.as_str().to_lowercase();
    let words = |series: &Series| -> Vec<String> {
        let titled = series.recordings.as_ref().map_or(&[][..], |source| &source.titled);
        titled.iter().map(|word| word.as_str().to_lowercase()).collect()
    };
    let all = || source.series.iter().copied();
    let named: Vec<&Series> =
        all().filter(|series| words(series).iter().any(|word| title.contains(word))).collect();
    match named.is_empty() {
        true => all().filter(|series| words(series).is_empty()).collect(),
        false => named,
    }
}

/// The only meeting in the days before the video was published.
fn in_window(
    video: &Video,
    meetings: &Meetings<'_>,
    is_meant: &dyn Fn(&Occurrence<'_>) -> bool,
) -> Result<usize, WhyNotVideo> {
    let before = meetings.before(video.published, WINDOW).into_iter();
    let meant: Vec<usize> =
        before.filter(|at| meetings.all.get(*at).is_some_and(is_meant)).collect();
    match meant.as_slice() {
        [] => Err(WhyNotVideo::NoMeetingInWindow),
        [one] => Ok(*one),
        _ => Err(WhyNotVideo::SeveralInWindow),
    }
}
