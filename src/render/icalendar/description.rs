//! What an event says: title, place and the plain text with every link.

use crate::model::{Line, Link, Series, Site};
use crate::render::locale::Meeting;
use crate::render::{Locale, Scope, plain};
use crate::schedule::{Occurrence, Status};
use std::borrow::Cow;

/// About how long such a text is, in octets.
const ABOUT: usize = 250;

/// What an event says, of a series or of one date.
pub(super) struct Described<'a> {
    pub(super) title: Cow<'a, str>,
    pub(super) join: Option<&'a Link>,
    /// What the link to join is called.
    pub(super) label: &'static str,
    /// The room, or else the join link: clients show LOCATION, few show URL or CONFERENCE.
    pub(super) place: Option<&'a str>,
    pub(super) text: String,
    /// The address of the page about it.
    pub(super) page: String,
}

pub(super) fn of_series<'a>(site: &Site, series: &'a Series) -> Described<'a> {
    let words = &Locale::of(site).meeting;
    let links = [(words.join, series.join.as_ref()), (words.agenda, series.agenda.as_ref())];
    let page = site.absolute(&Scope::folder_of(series));
    Described {
        title: Cow::Borrowed(series.title.as_str()),
        join: series.join.as_ref(),
        label: words.join,
        place: place(series.location.as_ref(), series.join.as_ref()),
        text: text(words, &[], links.into_iter().filter_map(named), &page),
        page,
    }
}

/// What the event of one date says; its title is `marked` where the meeting is cancelled.
pub(super) fn of_occurrence<'a>(
    site: &Site,
    occurrence: &Occurrence<'a>,
    marked: bool,
) -> Described<'a> {
    let join = occurrence.join();
    let words = &Locale::of(site).meeting;
    let (agenda, minutes) = (occurrence.agenda(), occurrence.minutes());
    let links = [(words.join, join), (words.agenda, agenda), (words.minutes, minutes)];
    let recordings = occurrence.recordings().iter().map(|link| (words.recording, link));
    let reason = occurrence.reason().map(Line::to_string);
    let note = occurrence.note().map(plain::text);
    let paragraphs: Vec<String> = reason.into_iter().chain(note).collect();
    let links = links.into_iter().filter_map(named).chain(recordings);
    let page = site.absolute(&occurrence.path());
    Described {
        title: match marked {
            true => marked_title(words, occurrence),
            false => occurrence.title().as_str().into(),
        },
        join,
        label: words.join,
        place: place(occurrence.location(), join),
        text: text(words, &paragraphs, links, &page),
        page,
    }
}

/// A title that says that the meeting is cancelled, where it is: many clients show STATUS nowhere.
fn marked_title<'a>(words: &Meeting, occurrence: &Occurrence<'a>) -> Cow<'a, str> {
    let title = occurrence.title().as_str();
    match occurrence.status {
        Status::Confirmed => Cow::Borrowed(title),
        Status::Cancelled => Cow::Owned((words.cancelled_title)(title)),
    }
}

fn named<'a>((name, link): (&'static str, Option<&'a Link>)) -> Option<(&'static str, &'a Link)> {
    link.map(|link| (name, link))
}

fn place<'a>(location: Option<&'a Line>, join: Option<&'a Link>) -> Option<&'a str> {
    location.map(Line::as_str).or(join.map(Link::as_str))
}

fn text<'a>(
    words: &Meeting,
    paragraphs: &[String],
    links: impl Iterator<Item = (&'static str, &'a Link)>,
    page: &str,
) -> String {
    let mut text = String::with_capacity(ABOUT);
    paragraphs.iter().for_each(|paragraph| text.extend([paragraph.as_str(), "\n\n"]));
    links.for_each(|(name, link)| text.extend([name, ": ", link.as_str(), "\n"]));
    text.extend([words.more, ": ", page]);
    text
}
