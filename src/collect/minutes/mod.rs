//! Minutes in Markdown: a note with a section for each date.
//!
//! `note` cuts the text into headings with their lines, `heading` finds the dates, `years` completes
//! them, `section` reads what is below. Nothing is taken from attendees and chats, and no name from
//! anywhere.

mod anchor;
mod cancelled;
mod heading;
mod mention;
mod names;
mod note;
mod person;
mod plain;
mod recording;
mod region;
mod secret;
mod section;
mod years;

pub use anchor::Anchors;

use super::text::{is_page, line};
use super::written_date::WrittenDate;
use crate::model::{Line, Link};
use anchor::AnchorsOfNote;
use chrono::NaiveDate;
use heading::{Heading, heading};
use names::Names;
use note::{Block, blocks};
use region::Region;
use std::fmt;
use years::{Resolved, resolved};

/// The longest note that is read, in bytes.
const MOST_BYTES: usize = 2 << 20;

/// The most sections of a note that are read, from its top.
const MOST_SECTIONS: usize = 2_000;

/// The minutes that one note keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minutes {
    /// A section for each date, in the order of the note.
    pub sections: Vec<Section>,
    /// Headings with a date whose year neither they nor any other section tell.
    pub undated: Vec<Line>,
}

/// What a note says of one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading, as it is read.
    pub heading: Line,
    /// How to link to it.
    pub anchors: Anchors,
    /// Its date.
    pub date: NaiveDate,
    /// The last of its days: the same, but for `27/28 April`.
    pub last_date: NaiveDate,
    /// Whether the sections around it are a year away, as in January with last year's number.
    pub year_is_doubtful: bool,
    /// The rest of the heading, such as `KubeCon US`.
    pub label: Option<Line>,
    /// Whether that rest names something else than the usual meeting.
    pub names_event: bool,
    /// Its recordings, each as `https://youtu.be/` and the id.
    pub recordings: Vec<Link>,
    /// That the meeting does not take place, where the section says so.
    pub cancelled: Option<Cancelled>,
    /// What is on the agenda, at most 20 lines of 200 characters, without names.
    pub topics: Vec<Line>,
    /// Whether there is more in it than the template has, recordings and topics aside.
    pub has_notes: bool,
    /// What it says of other dates' meetings.
    pub mentions: Vec<Mention>,
}

impl Section {
    /// Whether anything was written into it that is worth a link.
    pub fn says_something(&self) -> bool {
        self.has_notes || !self.topics.is_empty() || !self.recordings.is_empty()
    }
}

/// That a meeting does not take place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// Why, where that is said.
    pub reason: Option<Line>,
}

/// A remark on whether another date's meeting takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What is said, without names.
    pub text: Line,
    /// The day that is spoken of; none for `next week` and the like.
    pub date: Option<NaiveDate>,
}

/// Why a text is no minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMinutes {
    /// There is nothing.
    Empty,
    /// More than 2 MiB.
    TooLong,
    /// A web page: an error, or a note that one has to log in for.
    Page,
    /// No heading has a date.
    NoSections,
}

impl fmt::Display for NotMinutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotMinutes::Empty => {
                "the note is empty: look whether its address is right, since a new one may have been made"
            }
            NotMinutes::TooLong => "the note is longer than 2 MiB: move old sections to an archive",
            NotMinutes::Page => {
                "the answer is a web page and no Markdown: look whether everybody may read the note"
            }
            NotMinutes::NoSections => {
                "no heading of the note has a date, as in `## December 18, 2025`"
            }
        })
    }
}

impl std::error::Error for NotMinutes {}

/// Reads a note in Markdown, as it is downloaded.
///
/// ```
/// let note = "## December 18, 2025\n**Recording**: <https://youtu.be/2ptoXp0xrrA>\n";
/// let minutes = convene::collect::minutes::read(note).unwrap();
/// let section = &minutes.sections[0];
/// assert_eq!(section.date.to_string(), "2025-12-18");
/// assert_eq!(section.recordings[0].as_str(), "https://youtu.be/2ptoXp0xrrA");
/// assert_eq!(section.anchors.hackmd, "December-18-2025");
/// ```
///
/// # Errors
/// A web page, an empty or a long text, or one without a section for any date.
pub fn read(text: &str) -> Result<Minutes, NotMinutes> {
    if text.len() > MOST_BYTES {
        return Err(NotMinutes::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(NotMinutes::Empty);
    }
    if is_page(text) {
        return Err(NotMinutes::Page);
    }
    let blocks = blocks(text);
    let drafts = drafts(&blocks);
    if drafts.is_empty() {
        return Err(NotMinutes::NoSections);
    }
    Ok(minutes(drafts))
}

/// A section whose date is not yet complete.
struct Draft<'a> {
    heading: Heading,
    anchors: Anchors,
    /// Its own heading's lines, then those of the headings below it.
    blocks: &'a [Block<'a>],
}

/// The dated headings, each with what belongs to it.
fn drafts<'a>(blocks: &'a [Block<'a>]) -> Vec<Draft<'a>> {
    let dated: Vec<Option<Heading>> = blocks.iter().map(|block| heading(&block.plain)).collect();
    let level = level(blocks, &dated);
    let mut anchors = AnchorsOfNote::default();
    let mut drafts: Vec<(Draft<'a>, usize, usize)> = Vec::new();
    let mut is_open = false;
    for ((at, block), heading) in blocks.iter().enumerate().zip(dated) {
        let of_heading = anchors.next(&block.plain);
        let begins = |heading: &Heading| block.level <= level || heading.is_plain;
        if let Some(heading) = heading.filter(begins) {
            let draft = Draft { heading, anchors: of_heading, blocks: &[] };
            drafts.push((draft, at, at + 1));
            is_open = true;
            continue;
        }
        // `## Notes` belongs to the date above it, however it is written; `## Template` does not.
        is_open &= block.level > level || Region::of_heading(&block.plain) != Region::Other;
        if let Some((_, _, end)) = drafts.last_mut().filter(|_| is_open) {
            *end = at + 1;
        }
    }
    drafts.truncate(MOST_SECTIONS);
    let whole = |(draft, start, end): (Draft<'a>, usize, usize)| Draft {
        blocks: blocks.get(start..end).unwrap_or_default(),
        ..draft
    };
    drafts.into_iter().map(whole).collect()
}

/// The level of most headings with a date.
fn level(blocks: &[Block<'_>], dated: &[Option<Heading>]) -> usize {
    let mut counts = [0_usize; 7];
    for (block, _) in blocks.iter().zip(dated).filter(|(_, dated)| dated.is_some()) {
        if let Some(count) = counts.get_mut(block.level) {
            *count += 1;
        }
    }
    // The upper of two that are as frequent.
    counts.iter().enumerate().rev().max_by_key(|(_, count)| **count).map_or(2, |(level, _)| level)
}

fn minutes(drafts: Vec<Draft<'_>>) -> Minutes {
    let dates: Vec<&WrittenDate> = drafts.iter().map(|draft| &draft.heading.date).collect();
    let dates = resolved(&dates);
    let mut names = Names::default();
    let mut undated = Vec::new();
    let mut read = Vec::new();
    for (draft, date) in drafts.into_iter().zip(dates) {
        let Some(date) = date else {
            undated.extend(draft.blocks.first().and_then(|block| line(&block.plain, 200)));
            continue;
        };
        let days: Vec<NaiveDate> = date.first.iter_days().take_while(|d| *d <= date.last).collect();
        let body = section::body(draft.blocks, &days, &mut names);
        read.push((draft, date, body));
    }
    let section = |(draft, date, body)| section(draft, date, body, &names);
    Minutes { sections: read.into_iter().filter_map(section).collect(), undated }
}

fn section(
    draft: Draft<'_>,
    date: Resolved,
    body: section::Body,
    names: &Names,
) -> Option<Section> {
    let Draft { heading, anchors, blocks } = draft;
    let without_names = |mention: Mention| {
        let text = line(&names.without(mention.text.as_str())?, 200)?;
        Some(Mention { text, ..mention })
    };
    let in_heading = heading.cancelled.filter(|_| body.recordings.is_empty());
    // The heading says that, and the line below it why.
    let cancelled = in_heading.map(|said| Cancelled {
        reason: said.reason.or_else(|| body.cancelled.as_ref()?.reason.clone()),
    });
    Some(Section {
        heading: line(&blocks.first()?.plain, 200)?,
        anchors,
        date: date.first,
        last_date: date.last,
        year_is_doubtful: date.year_is_doubtful,
        label: heading.label.as_deref().and_then(|label| line(label, 200)),
        names_event: heading.names_event,
        has_notes: body.has_notes(),
        topics: body.topics(names),
        cancelled: cancelled.or(body.cancelled),
        recordings: body.recordings,
        mentions: body.mentions.into_iter().filter_map(without_names).collect(),
    })
}
