//! What matching finds, and what it leaves to people.

use crate::model::{Found, Line, Link, Local, Slug};
use chrono::{DateTime, Utc};
use std::fmt;

/// All that a round found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// What belongs to a meeting, the newest first.
    pub meetings: Vec<Finding>,
    /// Videos that belong to none, or not surely.
    pub unmatched_videos: Vec<UnmatchedVideo>,
    /// Sections of the minutes that belong to none, or not surely.
    pub unmatched_sections: Vec<UnmatchedSection>,
    /// What is said of meetings to come in the section of another.
    pub mentions: Vec<Mentioned>,
    /// Where the minutes and the content contradict each other.
    pub disagreements: Vec<Disagreement>,
}

/// Which meeting: its series and its recurrence-id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeetingId {
    /// The series.
    pub series: Slug,
    /// The recurrence-id.
    pub id: Local,
}

impl fmt::Display for MeetingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.series, self.id.date())
    }
}

/// What was found of one meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The section of the minutes, once the meeting has begun and something is written there.
    pub minutes: Option<Link>,
    /// Its recordings, in the order they were made.
    pub recordings: Vec<FoundRecording>,
    /// What is on the agenda.
    pub topics: Vec<Line>,
    /// That the minutes say it does not take place.
    pub cancelled: Option<crate::collect::minutes::Cancelled>,
}

/// A recording and how it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRecording {
    /// Its address.
    pub link: Link,
    /// How sure it is.
    pub found: Found,
    /// When the video was published, where the feed has it.
    pub published: Option<DateTime<Utc>>,
}

/// A video that belongs to no meeting for sure.
#[derive(Clone, Debug, PartialEq)]
pub struct UnmatchedVideo {
    /// What it is called.
    pub title: Line,
    /// Its address.
    pub link: Link,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Why it was left.
    pub why: WhyNotVideo,
}

/// Why a video was left.
#[derive(Clone, Debug, PartialEq)]
pub enum WhyNotVideo {
    /// No meeting is on the date of its title, or the day before or after it.
    NoMeetingOnDate,
    /// Several meetings are as near to the date of its title.
    SeveralMeetings,
    /// The date of its title can be read in two ways, and both hit a meeting.
    AmbiguousDate,
    /// It was published before the meeting began.
    TooEarly(MeetingId),
    /// Several videos have the date of that meeting, and are not parts of one.
    SeveralVideos(MeetingId),
    /// That meeting has a recording from a surer source, or found before.
    HasRecording(MeetingId),
    /// No date in the title, and no meeting in the six days before.
    NoMeetingInWindow,
    /// No date in the title, and several meetings in the six days before.
    SeveralInWindow,
    /// No date in the title, and other videos after the same meeting.
    OthersInWindow(MeetingId),
    /// No date in the title, and the minutes say that the meeting before it is cancelled.
    Cancelled(MeetingId),
    /// The minutes name it in sections that belong to several meetings, or to none.
    NamedUnclearly,
}

impl fmt::Display for WhyNotVideo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhyNotVideo::NoMeetingOnDate => f.write_str("no meeting is on the date in its title"),
            WhyNotVideo::SeveralMeetings => {
                f.write_str("several meetings are as near to the date in its title")
            }
            WhyNotVideo::AmbiguousDate => f.write_str(
                "the date in its title can be read as month/day and as day/month, and both hit a meeting",
            ),
            WhyNotVideo::TooEarly(meeting) => {
                write!(f, "it was published before the meeting began: {meeting}")
            }
            WhyNotVideo::SeveralVideos(meeting) => {
                write!(f, "several videos have that date and are not parts of one: {meeting}")
            }
            WhyNotVideo::HasRecording(meeting) => write!(f, "the meeting has a recording: {meeting}"),
            WhyNotVideo::NoMeetingInWindow => {
                f.write_str("its title has no date, and no meeting was in the six days before")
            }
            WhyNotVideo::SeveralInWindow => {
                f.write_str("its title has no date, and several meetings were in the six days before")
            }
            WhyNotVideo::OthersInWindow(meeting) => {
                write!(f, "its title has no date, and other videos came after the same meeting: {meeting}")
            }
            WhyNotVideo::Cancelled(meeting) => write!(
                f,
                "its title has no date, and the minutes say that the meeting before it is cancelled: {meeting}"
            ),
            WhyNotVideo::NamedUnclearly => {
                f.write_str("the minutes name it in sections of several meetings, or of none")
            }
        }
    }
}

/// A section of the minutes that belongs to no meeting for sure.
#[derive(Clone, Debug, PartialEq)]
pub struct UnmatchedSection {
    /// Its heading.
    pub heading: Line,
    /// Its address; none where its date is not known.
    pub link: Option<Link>,
    /// Why it was left.
    pub why: WhyNotSection,
}

/// Why a section was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNotSection {
    /// Neither it nor any other section tells its year.
    NoYear,
    /// The sections around it are a year away.
    DoubtfulYear,
    /// No meeting is within two days that is not another section's.
    NoMeeting,
    /// Its heading names an event, and none is on that day.
    NoEvent,
    /// Several meetings are as near.
    Several,
}

impl fmt::Display for WhyNotSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WhyNotSection::NoYear => "neither its heading nor another tells the year: write it",
            WhyNotSection::DoubtfulYear => {
                "the sections around it are a year away: look whether the year is right"
            }
            WhyNotSection::NoMeeting => {
                "no meeting is within two days of it that has no section of its own"
            }
            WhyNotSection::NoEvent => {
                "it names an event, and none is on that day: add a dated file with `added = true`"
            }
            WhyNotSection::Several => "several meetings are as near to its date",
        })
    }
}

/// What a section says of another date's meeting, to come and not cancelled in the content.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentioned {
    /// The heading of the section.
    pub heading: Line,
    /// What is said.
    pub text: Line,
    /// The meeting that it seems to be about; none where there is none, or several.
    pub about: Option<MeetingId>,
}

/// Something that the minutes and the content do not agree on.
#[derive(Clone, Debug, PartialEq)]
pub enum Disagreement {
    /// The minutes say that it is cancelled, the content does not, and it is not to believe them.
    Cancelled {
        /// Which meeting.
        meeting: MeetingId,
        /// The heading of the section that says so.
        heading: Line,
        /// Why, where that is said.
        reason: Option<Line>,
    },
    /// The content has it as one meeting's recording, the minutes as another's.
    Recording {
        /// The video.
        link: Link,
        /// Whose it is in the content.
        recorded: MeetingId,
        /// Whose it is in the minutes.
        named: MeetingId,
    },
}
