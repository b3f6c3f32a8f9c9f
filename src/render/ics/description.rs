//! What an event says: title, place and the plain text with every link.

use crate::model::{Line, Link, Series, Site};
use crate::render::{Scope, plain};
use crate::schedule::Occurrence;
use std::fmt::Write;

/// What an event says, of a series or of one date.
pub(super) struct Described<'a> {
    pub(super) title: &'a Line,
    pub(super) join: Option<&'a Link>,
    /// The room, or else the join link: clients show LOCATION, few show URL or CONFERENCE.
    pub(super) place: Option<&'a str>,
    pub(super) text: String,
    /// The address of the page about it.
    pub(super) page: String,
}

pub(super) fn of_series<'a>(site: &Site, series: &'a Series) -> Described<'a> {
    let links = [("Join", series.join.as_ref()), ("Agenda", series.agenda.as_ref())];
    let page = site.absolute(&Scope::folder_of(series));
    Described {
        title: &series.title,
        join: series.join.as_ref(),
        place: place(series.location.as_ref(), series.join.as_ref()),
        text: text(None, links.into_iter().filter_map(named), &page),
        page,
    }
}

pub(super) fn of_occurrence<'a>(site: &Site, occurrence: &Occurrence<'a>) -> Described<'a> {
    let join = occurrence.join();
    let links =
        [("Join", join), ("Agenda", occurrence.agenda()), ("Minutes", occurrence.minutes())];
    let recordings = occurrence.recordings().iter().map(|link| ("Recording", link));
    let note = occurrence.note().map(plain::text);
    let page = site.absolute(&occurrence.path());
    Described {
        title: occurrence.title(),
        join,
        place: place(occurrence.location(), join),
        text: text(note, links.into_iter().filter_map(named).chain(recordings), &page),
        page,
    }
}

fn named<'a>((name, link): (&'static str, Option<&'a Link>)) -> Option<(&'static str, &'a Link)> {
    link.map(|link| (name, link))
}

fn place<'a>(location: Option<&'a Line>, join: Option<&'a Link>) -> Option<&'a str> {
    location.map(Line::as_str).or(join.map(Link::as_str))
}

fn text<'a>(
    note: Option<String>,
    links: impl Iterator<Item = (&'static str, &'a Link)>,
    page: &str,
) -> String {
    let mut text = String::new();
    if let Some(note) = note {
        let _ = write!(text, "{note}\n\n");
    }
    for (name, link) in links {
        let _ = writeln!(text, "{name}: {link}");
    }
    let _ = write!(text, "More: {page}");
    text
}
