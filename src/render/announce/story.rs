//! What there is to say of a meeting, whatever the form.

use super::super::{Locale, Scope, clocks, feed, html, places, words};
use crate::model::{Change, Community, Link, Markdown, Site};
use crate::schedule::{AsOf, Fact, FactKind, Occurrence, Status};
use chrono::{DateTime, Utc};

/// What there is to say of a meeting.
pub(super) struct Story<'a> {
    pub(super) subject: String,
    pub(super) id: String,
    /// What stands between a word and what it announces.
    pub(super) colon: &'static str,
    pub(super) blocks: Vec<Block<'a>>,
}

/// A paragraph of it, or a list.
pub(super) enum Block<'a> {
    /// Plain sentences.
    Text(String),
    /// A heading, and under it an item each.
    List(&'static str, Vec<String>),
    /// What the author says.
    Note(&'a Markdown),
    /// What a link is called, and where it leads.
    Links(Vec<(String, String)>),
}

impl<'a> Story<'a> {
    /// All of it.
    pub(super) fn of(
        community: &Community,
        occurrence: &Occurrence<'a>,
        has_page: bool,
        as_of: &AsOf,
    ) -> Story<'a> {
        let site = &community.site;
        let locale = Locale::of(site);
        let fact = news(occurrence, as_of);
        let takes_place = occurrence.status == Status::Confirmed;
        let is_ahead = takes_place && !as_of.reached(occurrence.utc_end);
        let mut blocks = vec![Block::Text(lead(site, occurrence, fact.as_ref(), as_of))];
        if is_ahead {
            blocks.extend(warnings(community, occurrence).into_iter().map(Block::Text));
        }
        if let Some(place) = occurrence.location().filter(|_| takes_place) {
            let (word, colon) = (locale.meeting.place, locale.dates.colon);
            blocks.push(Block::Text(format!("{word}{colon}{place}")));
        }
        blocks.push(Block::Links(ways_in(locale, occurrence, is_ahead)));
        if takes_place {
            blocks.push(Block::List(
                locale.occurrence.around_the_world,
                if is_ahead { elsewhere(locale, occurrence) } else { Vec::new() },
            ));
            let topics = occurrence.topics().iter().map(ToString::to_string).collect();
            blocks.push(Block::List(locale.feeds.agenda, topics));
        }
        blocks.extend(occurrence.note().map(Block::Note));
        blocks.push(Block::Links(more(site, occurrence, has_page, is_ahead)));
        blocks.retain(Block::says_something);
        Story {
            subject: subject(site, occurrence, fact.as_ref()),
            id: id(occurrence, fact.as_ref(), is_ahead),
            colon: locale.dates.colon,
            blocks,
        }
    }
}

impl Block<'_> {
    fn says_something(&self) -> bool {
        match self {
            Block::Text(_) | Block::Note(_) => true,
            Block::List(_, items) => !items.is_empty(),
            Block::Links(links) => !links.is_empty(),
        }
    }
}

/// What became of it, or what it left behind; none where there is only a date to tell.
fn news<'a>(occurrence: &Occurrence<'a>, as_of: &AsOf) -> Option<Fact<'a>> {
    let is_over = as_of.reached(occurrence.utc_end);
    let (kind, at) = match (occurrence.change, occurrence.added()) {
        (Some(Change::Cancelled { announced, restored: None, .. }), _) => {
            (FactKind::Cancelled, *announced)
        }
        (_, Some(added)) if added.restored.is_some() => (FactKind::Restored, added.restored?),
        _ if is_over => left(occurrence)?,
        (Some(Change::Moved { announced, restored: None, .. }), _) => (FactKind::Moved, *announced),
        (
            Some(
                Change::Cancelled { restored: Some(at), .. }
                | Change::Moved { restored: Some(at), .. },
            ),
            _,
        ) => (FactKind::Restored, *at),
        (_, Some(added)) => (FactKind::Added, added.announced),
        _ => return None,
    };
    Some(Fact { kind, at, occurrence: occurrence.clone() })
}

/// A recording tells more than minutes. The moment is the last that is known.
fn left(occurrence: &Occurrence<'_>) -> Option<(FactKind, DateTime<Utc>)> {
    if !occurrence.recordings().is_empty() {
        let at = occurrence.published().iter().max().copied();
        return Some((FactKind::Recording, at.unwrap_or(occurrence.utc_end)));
    }
    occurrence.minutes()?;
    Some((FactKind::Minutes, occurrence.minutes_published().unwrap_or(occurrence.utc_end)))
}

fn subject(site: &Site, occurrence: &Occurrence<'_>, fact: Option<&Fact<'_>>) -> String {
    let locale = Locale::of(site);
    match fact {
        Some(fact) => feed::title_of(site, fact),
        None => {
            let day = (locale.dates.day)(occurrence.start.date());
            (locale.meeting.on_day)(occurrence.title().as_str(), &day)
        }
    }
}

/// What became of it and when it is.
fn lead(site: &Site, occurrence: &Occurrence<'_>, fact: Option<&Fact<'_>>, as_of: &AsOf) -> String {
    let locale = Locale::of(site);
    let mut text = match fact {
        Some(fact) => feed::sentence_of(site, fact),
        None => {
            let when = words::when_to_when(locale, occurrence);
            (locale.meeting.is_at)(occurrence.title().as_str(), &when)
        }
    };
    let now = match occurrence.status {
        Status::Cancelled => None,
        Status::Confirmed if as_of.reached(occurrence.utc_end) => {
            fact.is_none().then_some(locale.occurrence.over)
        }
        Status::Confirmed => {
            as_of.reached(occurrence.utc_start).then_some(locale.occurrence.running)
        }
    };
    if let Some(now) = now {
        text.extend([" ", now]);
    }
    text
}

/// What people have to look out for: a holiday, and clocks that were changed.
fn warnings(community: &Community, occurrence: &Occurrence<'_>) -> Vec<String> {
    let locale = Locale::of(&community.site);
    let holiday = html::holiday(community, occurrence).map(|holiday| {
        let day = (locale.dates.day_of_year)(holiday.date);
        (locale.home.holiday)(&day, holiday.name.as_str())
    });
    let unusual = clocks::sentences(locale, occurrence).into_iter();
    holiday.into_iter().chain(unusual.map(|sentence| ended(&sentence))).collect()
}

/// With a full stop where the language has one.
fn ended(sentence: &str) -> String {
    let is_open = sentence.ends_with(|c: char| c.is_ascii_alphanumeric());
    format!("{sentence}{}", if is_open { "." } else { "" })
}

fn ways_in(locale: &Locale, occurrence: &Occurrence<'_>, is_ahead: bool) -> Vec<(String, String)> {
    let words = &locale.meeting;
    let link = |name: &str, link: &Link| (name.to_owned(), link.to_string());
    let recordings = occurrence.recordings();
    let numbered = |i| words::numbered(words.recording, i, recordings.len());
    let join = occurrence.join().filter(|_| is_ahead);
    let join = join.map(|to| link(words.join, to));
    let recordings = recordings.iter().enumerate().map(|(i, to)| link(&numbered(i), to));
    let minutes = occurrence.minutes().map(|to| link(words.minutes, to));
    let agenda = occurrence.agenda().map(|to| link(words.agenda, to));
    join.into_iter().chain(recordings).chain(minutes).chain(agenda).collect()
}

/// The meeting by the clock of each place.
fn elsewhere(locale: &Locale, occurrence: &Occurrence<'_>) -> Vec<String> {
    let item = |place: places::Start| {
        let day = (locale.dates.short_day_of_year)(place.local.date());
        let clock = words::span_by(locale, place.rules, occurrence);
        [place.name, locale.dates.colon, &(locale.dates.at)(&day, &clock)].concat()
    };
    places::starts(locale, occurrence).map(item).collect()
}

/// Where all the rest is.
fn more(
    site: &Site,
    occurrence: &Occurrence<'_>,
    has_page: bool,
    is_ahead: bool,
) -> Vec<(String, String)> {
    let locale = Locale::of(site);
    let (feeds, series) = (&locale.feeds, occurrence.series);
    let path = occurrence.path();
    let page = has_page.then(|| (feeds.all_about.to_owned(), site.absolute(&path)));
    let event = (has_page && is_ahead)
        .then(|| (feeds.for_calendar.to_owned(), site.absolute(&format!("{path}event.ics"))));
    let folder = Scope::folder_of(series);
    let all = ((feeds.all_dates)(series.title.as_str()), site.absolute(&folder));
    let calendar = site.absolute(&format!("{}.ics", folder.trim_end_matches('/')));
    let calendar = (locale.frame.subscribe.to_owned(), calendar);
    page.into_iter().chain(event).chain([all, calendar]).collect()
}

/// Of the meeting, the news and when they came, and when the meeting's details were last changed.
fn id(occurrence: &Occurrence<'_>, fact: Option<&Fact<'_>>, is_ahead: bool) -> String {
    let own = occurrence.recurrence_id.file_stem().replace('-', "");
    let kind = match fact {
        Some(fact) => fact.kind.as_str(),
        None if is_ahead => "meeting",
        None => "over",
    };
    let edited = occurrence.details().and_then(|details| details.updated.iter().max());
    let at = fact.map(|fact| fact.at).max(edited.copied()).map(words::stamp);
    let parts = [Some(occurrence.series.slug.to_string()), Some(own), Some(kind.to_owned()), at];
    parts.into_iter().flatten().collect::<Vec<_>>().join(".")
}
