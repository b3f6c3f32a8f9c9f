//! What one week's section says of another week's meeting.

use super::meetings;
use super::named::Note;
use super::{MeetingId, Mentioned};
use crate::collect::minutes::{Mention, Section};
use crate::schedule::{Occurrence, Status};
use chrono::{DateTime, Days, Utc};

/// How old a section may be whose remark fits no meeting.
const RECENT: Days = Days::new(14);

/// The remarks on meetings that are to come and not cancelled in the content.
pub(super) fn mentions(note: &Note<'_>, now: DateTime<Utc>) -> Vec<Mentioned> {
    let mut all = Vec::new();
    for (section, _) in &note.sections {
        for mention in &section.mentions {
            let about = about(note, section, mention);
            if is_news(section, about, now) {
                let (heading, text) = (section.heading.clone(), mention.text.clone());
                let about: Option<MeetingId> = about.map(meetings::id);
                all.push(Mentioned { heading, text, about });
            }
        }
    }
    all
}

fn is_news(section: &Section, about: Option<&Occurrence<'_>>, now: DateTime<Utc>) -> bool {
    match about {
        Some(meeting) => meeting.utc_end > now && meeting.status == Status::Confirmed,
        None => {
            section.date.checked_add_days(RECENT).is_some_and(|until| until >= now.date_naive())
        }
    }
}

/// The only meeting on or next to the day that is spoken of, or else the next one.
fn about<'n, 'a>(
    note: &'n Note<'a>,
    section: &Section,
    mention: &Mention,
) -> Option<&'n Occurrence<'a>> {
    let meetings = &note.meetings;
    let Some(day) = mention.date else {
        return meetings.all.iter().find(|meeting| meeting.start.date() > section.last_date);
    };
    let near = [meetings.on(day).to_vec(), meetings.beside(day, 1), meetings.beside(day, 2)];
    match near.iter().find(|all| !all.is_empty())?.as_slice() {
        [one] => meetings.all.get(*one),
        _ => None,
    }
}
