//! What a round of the collector found, for people and programs.

use crate::model::{Link, Slug};
use chrono::{DateTime, Utc};

/// What a round found and what it made of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How each source answered.
    pub sources: Vec<SourceReport>,
    /// What somebody should look at.
    pub notices: Vec<Notice>,
    /// The files that were changed, or would be, by their path within the content folder.
    pub changed: Vec<String>,
    /// What would change, as a unified diff; only of a round that writes nothing.
    pub diff: String,
}

/// How one source answered.
#[derive(Clone, Debug)]
pub struct SourceReport {
    /// `minutes` or `recordings`.
    pub kind: &'static str,
    /// The series that look there.
    pub series: Vec<Slug>,
    /// What was asked.
    pub url: String,
    /// How many sections or videos it has, as far as it ever answered.
    pub items: Option<usize>,
    /// When it was last asked.
    pub asked: Option<DateTime<Utc>>,
    /// When it last answered as it should.
    pub answered: Option<DateTime<Utc>>,
    /// How often in a row it has not.
    pub failures: u32,
    /// Why it did not the last time, in a word that everybody may see; none where it did.
    pub word: Option<String>,
    /// The same in a sentence for operators, which may tell of the network around.
    pub error: Option<String>,
    /// When it will be asked next.
    pub next: Option<DateTime<Utc>>,
}

/// Something that fits no meeting, or that a person has to decide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// What it is called: a video's title, a section's heading, or what is said there.
    pub title: String,
    /// Where it is, where it has an address.
    pub link: Option<Link>,
    /// Why it was left, or what to do.
    pub why: String,
}

/// Kinds of notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// The minutes say that a meeting is cancelled, and the content does not.
    Cancellation,
    /// A remark in another week's minutes on a meeting to come.
    Remark,
    /// A video that fits no meeting.
    Video,
    /// A section of the minutes that fits no meeting.
    Section,
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [NoticeKind; 4] =
        [NoticeKind::Cancellation, NoticeKind::Remark, NoticeKind::Video, NoticeKind::Section];

    /// The word for it: `cancellation`, `remark`, `video` or `section`.
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeKind::Cancellation => "cancellation",
            NoticeKind::Remark => "remark",
            NoticeKind::Video => "video",
            NoticeKind::Section => "section",
        }
    }
}
