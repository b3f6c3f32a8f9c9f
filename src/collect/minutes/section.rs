//! What one section says.

use super::names::Names;
use super::note::Block;
use super::plain::plain;
use super::recording::{self, Said};
use super::region::{Region, bullet, is_placeholder};
use super::{Cancelled, Mention, cancelled, mention};
use crate::collect::text::line;
use crate::model::{Line, Link};
use chrono::NaiveDate;

/// The most topics of a section, and characters of each.
const MOST_TOPICS: usize = 20;
const MOST_OF_A_TOPIC: usize = 200;

/// The most recordings of a section.
const MOST_RECORDINGS: usize = 10;

/// How many lines of a section may be a link without a label.
const FIRST_LINES: usize = 3;

/// What is read of a section, line by line.
#[derive(Default)]
pub(super) struct Body {
    pub(super) recordings: Vec<Link>,
    pub(super) cancelled: Option<Cancelled>,
    pub(super) mentions: Vec<Mention>,
    /// Whether anything is written below `Notes`.
    has_notes: bool,
    /// Whether the section has text at its top that is none of the above.
    has_text: bool,
    /// The agenda's items as they are written, names and all.
    items: Vec<String>,
    /// How far the agenda's first item is indented.
    indent: Option<usize>,
    /// Whether anybody is named as having been there.
    has_people: bool,
    /// A statement of a cancellation on the agenda, or as the first of the notes: it counts where the
    /// agenda has nothing else.
    doubtful: Option<Cancelled>,
    /// Lines seen in the part that is being read.
    lines: usize,
    /// Whether the last label of a recording had no link: the next line may be it.
    awaits_link: bool,
    /// Whether lines with the time of a chat were seen in the part that is being read.
    in_chat: bool,
}

/// Reads a section from its own block and those below it; `names` learns who was there.
pub(super) fn body(blocks: &[Block<'_>], days: &[NaiveDate], names: &mut Names) -> Body {
    let mut body = Body::default();
    for (at, block) in blocks.iter().enumerate() {
        let region = if at == 0 { Region::Top } else { Region::of_heading(&block.plain) };
        if at == 0 {
            body.recordings = recording::in_heading(block.heading);
        }
        body.block(region, &block.lines, days, names);
    }
    body.decide();
    body
}

impl Body {
    fn block(&mut self, region: Region, lines: &[&str], days: &[NaiveDate], names: &mut Names) {
        let mut region = region;
        self.begin();
        for raw in lines.iter().filter(|raw| !raw.trim().is_empty()) {
            let text = plain(bullet(raw).map_or(raw, |(_, text)| text));
            if self.is_recording(region, raw, days) {
                continue;
            }
            // `*meeting canceled - no topics*` is no label.
            let says_cancelled = region == Region::Top && cancelled::in_line(&text, days).is_some();
            let labelled = !matches!(region, Region::Notes | Region::Other) && !says_cancelled;
            if let Some((named, rest)) = labelled.then(|| Region::of_line(raw, &text)).flatten() {
                region = named;
                self.begin();
                self.line(region, rest, rest, days, names);
                continue;
            }
            self.line(region, raw, &text, days, names);
        }
    }

    fn begin(&mut self) {
        (self.lines, self.in_chat, self.awaits_link, self.indent) = (0, false, false, None);
    }

    /// Takes a line as the recording's, where it is one and stands where one may.
    fn is_recording(&mut self, region: Region, raw: &str, days: &[NaiveDate]) -> bool {
        self.in_chat |= begins_with_time(raw) || raw.contains(" to Everyone:");
        let awaited = std::mem::take(&mut self.awaits_link);
        let may_be = match region {
            Region::Top | Region::Recording | Region::Other => !self.in_chat,
            Region::Notes => recording::is_marked(raw) && !self.in_chat,
            Region::People | Region::Agenda => false,
        };
        match recording::recording(raw, days).filter(|_| may_be) {
            Some(Said::Recording(links)) => {
                self.awaits_link = links.is_empty();
                self.recordings.extend(links);
                true
            }
            Some(Said::Alone(link)) if self.may_be_alone(region, awaited) => {
                self.awaits_link = awaited;
                self.recordings.push(link);
                true
            }
            _ => false,
        }
    }

    fn may_be_alone(&self, region: Region, awaited: bool) -> bool {
        let is_first = region == Region::Top && self.lines < FIRST_LINES;
        is_first || awaited || region == Region::Recording
    }

    fn line(
        &mut self,
        region: Region,
        raw: &str,
        text: &str,
        days: &[NaiveDate],
        names: &mut Names,
    ) {
        self.lines += 1;
        if is_placeholder(text) {
            return;
        }
        match region {
            Region::Top => self.top(text, days),
            Region::Agenda => self.item(raw, text, days),
            Region::Notes => self.note(text, days),
            Region::Other => self.has_text = true,
            Region::People => {
                self.has_people = true;
                names.learn(raw);
            }
            Region::Recording => {}
        }
        if matches!(region, Region::Top | Region::Agenda) {
            self.mentions.extend(mention::mention(text, days));
        }
    }

    fn top(&mut self, text: &str, days: &[NaiveDate]) {
        let said = cancelled::in_line(text, days).filter(|_| self.lines <= FIRST_LINES);
        if said.is_none() && !is_logistics(text) {
            self.has_text = true;
        }
        self.cancelled = self.cancelled.take().or(said);
    }

    /// An item of the agenda; what is below an item is left out.
    fn item(&mut self, raw: &str, text: &str, days: &[NaiveDate]) {
        if let Some(said) = cancelled::in_line(text, days) {
            self.doubtful.get_or_insert(said);
            return;
        }
        let Some((indent, item)) = bullet(raw) else { return };
        let first = *self.indent.get_or_insert(indent);
        // What is struck out is not spoken of.
        if item.starts_with("~~") {
            return;
        }
        if indent <= first + 1 && self.items.len() < MOST_TOPICS {
            self.items.push(text.to_owned());
        }
    }

    /// A line of the notes; only the first may say that there was no meeting.
    fn note(&mut self, text: &str, days: &[NaiveDate]) {
        let said = cancelled::in_line(text, days).filter(|_| !self.has_notes && !self.in_chat);
        self.has_notes |= said.is_none();
        self.doubtful = self.doubtful.take().or(said);
    }

    /// Settles what one line alone could not tell.
    fn decide(&mut self) {
        let mut kept: Vec<Link> = Vec::new();
        for link in std::mem::take(&mut self.recordings) {
            if !kept.contains(&link) && kept.len() < MOST_RECORDINGS {
                kept.push(link);
            }
        }
        self.recordings = kept;
        // `- no meeting this week` as all that is on the agenda.
        let is_all = self.items.is_empty() && !self.has_text;
        let doubtful = self.doubtful.take().filter(|_| is_all);
        // Notes without anybody are what people left for each other.
        let was_held = !self.recordings.is_empty() || (self.has_notes && self.has_people);
        let at_top = self.cancelled.take().filter(|_| !was_held);
        self.cancelled = at_top.or(doubtful.filter(|_| self.recordings.is_empty()));
    }

    /// Whether there is more than the template has, but for recordings and topics.
    pub(super) fn has_notes(&self) -> bool {
        self.has_notes || self.has_text
    }

    /// The topics, without anybody's name.
    pub(super) fn topics(&self, names: &Names) -> Vec<Line> {
        let clean = |item: &String| {
            let text = names.without(item).filter(|text| !is_placeholder(text))?;
            line(&text, MOST_OF_A_TOPIC)
        };
        self.items.iter().filter_map(clean).collect()
    }
}

/// `00:11:18 …`, as a chat has it.
fn begins_with_time(raw: &str) -> bool {
    let text = raw.trim_start_matches(['-', '*', '[', ' ', '\t']);
    let time: Vec<&str> = text.get(..8).unwrap_or_default().split(':').collect();
    let is_pair = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    time.len() == 3 && time.iter().all(is_pair)
}

/// Times, rooms and how to call in.
fn is_logistics(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "time",
        "when",
        "where",
        "zoom",
        "join",
        "conference",
        "passcode",
        "meeting id",
        "one tap",
        "dial",
        "calendar",
        "---",
    ];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| lower.starts_with(word)) || !lower.contains(char::is_alphanumeric)
}
