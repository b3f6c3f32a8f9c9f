//! One series from all files of its folder: dates and records find their occurrence.

use super::calendar::{Calendar, horizon};
use super::clock;
use super::date_file::{DateFile, Fact};
use super::lasts::Lasts;
use super::records::Entry;
use super::series::SeriesFile;
use super::slot::Draft;
use super::source::{Read, Reported, Source, Spanned, Spot};
use super::words::{and, or};
use crate::model::{Added, Change, Details, Exception, Local, Record, Series, Uid};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What was read of one folder.
pub(super) struct Parts<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) file: SeriesFile,
    pub(super) dates: Vec<DateFile<'a>>,
    /// Days whose file could not be read: nothing is said of what else depends on them.
    pub(super) uncertain: BTreeSet<NaiveDate>,
    pub(super) records: Option<(&'a Source<'a>, Vec<Read<Entry>>)>,
}

/// An identity and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) uid: Uid,
    pub(super) spot: Spot,
}

/// Puts the series together.
pub(super) fn assemble(parts: Parts<'_>, identities: &mut Vec<Identity>) -> Read<Series> {
    let complete = parts.file.slots.iter().all(Read::is_ok);
    let mut drafts: Vec<Draft> = parts.file.slots.into_iter().flatten().collect();
    let is_whole = complete && drafts.iter().all(|draft| draft.is_whole);
    drafts.sort_by_key(|draft| (draft.slot.from, draft.slot.at));
    let entries = parts.records.iter().flat_map(|(_, entries)| entries.iter().flatten());
    let names = parts.dates.iter().map(|file| file.name.date());
    let last = names.chain(entries.map(|entry| entry.date.value.date())).max();
    let (calendar, shared) = Calendar::of(&drafts, last.unwrap_or(NaiveDate::MIN));
    note_shared(parts.source, &drafts, &shared);
    let mut meeting = Meeting {
        calendar,
        drafts,
        added: BTreeMap::new(),
        files: BTreeMap::new(),
        complete,
        uncertain: parts.uncertain,
    };
    let (added, changed): (Vec<_>, Vec<_>) =
        parts.dates.into_iter().partition(|file| matches!(file.fact, Fact::Added(_)));
    for file in &added {
        identities.extend(meeting.add(file));
    }
    for file in &changed {
        meeting.change(file);
    }
    if let Some((source, entries)) = parts.records {
        meeting.record(source, entries.into_iter().flatten());
    }
    meeting.check_clock(parts.source);
    let known = meeting.drafts.iter().filter(|draft| draft.is_whole);
    identities.extend(known.map(|draft| Identity {
        uid: draft.slot.uid.clone(),
        spot: parts.source.spot(draft.uid.clone()),
    }));
    let slots = meeting.drafts.into_iter().map(|draft| draft.slot).collect();
    if is_whole {
        Ok(Series { slots, added: meeting.added, ..parts.file.series? })
    } else {
        Err(Reported)
    }
}

fn note_shared(source: &Source<'_>, drafts: &[Draft], shared: &[(usize, usize, Local)]) {
    for (index, other, id) in shared {
        let (Some(draft), Some(other)) = (drafts.get(*index), drafts.get(*other)) else { continue };
        let message = format!("`{id}` is given by the slot from {} too", other.slot.from);
        let help = "end that slot with `until`, or make this one a series of its own";
        source.note(draft.from.clone(), message, help);
    }
}

struct Meeting<'a> {
    calendar: Calendar,
    drafts: Vec<Draft>,
    added: BTreeMap<Local, Added>,
    /// The file of each date that has one.
    files: BTreeMap<Local, &'a Source<'a>>,
    /// Whether every slot's dates are known, so that a date without occurrence is a mistake.
    complete: bool,
    uncertain: BTreeSet<NaiveDate>,
}

impl<'a> Meeting<'a> {
    /// Takes a meeting that no slot gives.
    fn add(&mut self, file: &DateFile<'a>) -> Option<Identity> {
        let Fact::Added(added) = &file.fact else { return None };
        if self.check_added(file, added.start).is_err() {
            self.uncertain.insert(added.start.date());
            return None;
        }
        self.files.insert(added.start, file.source);
        self.added.insert(added.start, added.as_ref().clone());
        Some(Identity { uid: added.uid.clone(), spot: file.source.spot(file.span.clone()) })
    }

    /// An added meeting is the only one at its start. Whatever else is on that day, its file keeps its
    /// name, of which the UID is made: its `at` says which meeting it is.
    fn check_added(&self, file: &DateFile<'a>, start: Local) -> Read<()> {
        let (source, span) = (file.source, file.span.clone());
        if self.calendar.slot_of(start).is_some() {
            let help = "leave out `added` and what belongs to it, or give another `at`";
            return Err(source.note(span, format!("a slot gives `{start}` already"), help));
        }
        if let Some(other) = self.files.get(&start) {
            return Err(note_same(source, span, other));
        }
        Ok(())
    }

    /// Finds the occurrence of a file's name and keeps what the file says of it.
    fn change(&mut self, file: &DateFile<'a>) {
        let Ok(id) = self.occurrence(file) else { return };
        if let Some(other) = self.files.get(&id) {
            note_same(file.source, file.span.clone(), other);
            return;
        }
        self.files.insert(id, file.source);
        let index = self.calendar.slot_of(id);
        let Some(draft) = index.and_then(|index| self.drafts.get_mut(index)) else { return };
        let all_day = draft.slot.at.is_none();
        let mut details = file.details.clone();
        if let Some(lasts) = &file.lasts {
            details.lasts = Lasts::check(lasts, all_day, file.source).ok();
        }
        let change = change_of(file, draft, id).ok().flatten().map(Box::new);
        let details = (details != Details::default()).then(|| Box::new(details));
        *draft.slot.exceptions.get_or_default(id) = Exception { change, details, record: None };
    }

    fn occurrence(&self, file: &DateFile<'a>) -> Read<Local> {
        if self.calendar.slot_of(file.name).is_some() || self.added.contains_key(&file.name) {
            return Ok(file.name);
        }
        let day = file.name.date();
        let on = self.calendar.on(day);
        match (on, file.name.time()) {
            ([(id, _)], None) => Ok(*id),
            ([_, _, ..], None) => {
                let names = on.iter().map(|(id, _)| format!("{}.md", id.file_stem()));
                let message = format!("{} meetings of this series are on {day}", on.len());
                let help = format!("name the file {}", or(names));
                Err(file.source.note(file.span.clone(), message, help))
            }
            _ if !self.complete => Err(Reported),
            _ => {
                let own = "; a meeting of its own needs ";
                let own = format!("{own}`{}`", file.source.pair("added", "true"));
                let (message, help) = self.missed(file.name);
                Err(file.source.note(file.span.clone(), message, format!("{help}{own}")))
            }
        }
    }

    /// What to say of a date that hits nothing.
    fn missed(&self, name: Local) -> (String, String) {
        let day = name.date();
        let near = self.calendar.nearest(&self.drafts, day);
        let on = self.calendar.on(day);
        let time =
            name.time().map_or(String::new(), |time| format!(" at {}", time.format("%H:%M")));
        let message = format!("no meeting of this series is on {day}{time}");
        let help = match (on.first(), near.as_slice()) {
            (Some((id, _)), _) => format!("on that day it is `{}`", id.file_stem()),
            (None, []) => "the series has no slot".to_owned(),
            (None, [one]) => format!("the nearest meeting is on {one}"),
            (None, near) => {
                format!("the nearest meetings are on {}", and(near))
            }
        };
        (message, help)
    }

    /// Finds the meeting of each record and keeps the record there.
    fn record(&mut self, source: &Source<'_>, entries: impl Iterator<Item = Entry>) {
        let with_id = |entry: Entry| self.recorded(source, &entry.date).ok().map(|id| (id, entry));
        let mut entries: Vec<(Local, Entry)> = entries.filter_map(with_id).collect();
        entries.sort_by_key(|(id, _)| *id);
        entries.dedup_by(|(id, entry), (before, _)| {
            let is_second = id == before;
            if is_second {
                let message = format!("there is a record of `{id}` already");
                source.note(entry.date.span.clone(), message, "put both into one");
            }
            is_second
        });
        let mut by_slot: Vec<Vec<(Local, Record)>> = self.drafts.iter().map(|_| vec![]).collect();
        for (id, entry) in entries {
            if let Some(added) = self.added.get_mut(&id) {
                added.record = Some(entry.record);
            } else if let Some(index) = self.calendar.slot_of(id)
                && let Some(records) = by_slot.get_mut(index)
            {
                records.push((id, entry.record));
            }
        }
        for (draft, records) in self.drafts.iter_mut().zip(by_slot) {
            let own = std::mem::take(&mut draft.slot.exceptions);
            draft.slot.exceptions = own.with_records(records);
        }
    }

    fn recorded(&self, source: &Source<'_>, date: &Spanned<Local>) -> Read<Local> {
        let (name, day) = (date.value, date.value.date());
        let on = self.calendar.on(day);
        // The planned meeting goes before a whole day that was added to it, as in addresses of pages.
        let is_alone = self.added_on(day).all(|other| other == Local::Date(day));
        if let ([(id, _)], None, true) = (on, name.time(), is_alone) {
            return Ok(*id);
        }
        if self.calendar.slot_of(name).is_some() || self.added.contains_key(&name) {
            return Ok(name);
        }
        let mut on: Vec<Local> = on.iter().map(|(id, _)| *id).chain(self.added_on(day)).collect();
        on.sort();
        match (on.as_slice(), name.time()) {
            ([id], None) => Ok(*id),
            ([_, _, ..], None) => {
                let message = format!("{} meetings of this series are on {day}", on.len());
                let help = format!("add the time: {}", or(&on));
                Err(source.note(date.span.clone(), message, help))
            }
            _ if !self.complete || self.uncertain.contains(&day) => Err(Reported),
            _ => {
                let (message, help) = self.missed(name);
                Err(source.note(date.span.clone(), message, help))
            }
        }
    }

    /// The starts of the added meetings on that day.
    fn added_on(&self, day: NaiveDate) -> impl Iterator<Item = Local> {
        let next = day.succ_opt().unwrap_or(day);
        self.added.range(Local::Date(day)..Local::Date(next)).map(|(start, _)| *start)
    }

    fn check_clock(&self, source: &Source<'_>) {
        for (index, draft) in self.drafts.iter().enumerate() {
            let last = draft.slot.until.unwrap_or_else(|| horizon(draft.slot.from));
            let is_date = |id| self.calendar.gives(&self.drafts, index, id);
            clock::check_slot(source, draft, is_date, |day| self.uncertain.contains(&day), last);
        }
    }
}

/// The change that the file makes to the slot's occurrence.
fn change_of(file: &DateFile<'_>, draft: &Draft, id: Local) -> Read<Option<Change>> {
    let (to, zone, when) = match &file.fact {
        Fact::Plain(change) => return Ok(change.clone()),
        Fact::Moved { to, zone, when } => (to, zone.unwrap_or(draft.slot.zone), when),
        Fact::Added(_) => return Err(Reported),
    };
    let wrong = |message: &str, help: &str| Err(file.source.note(to.span.clone(), message, help));
    match (to.value.time(), draft.slot.at) {
        (None, Some(_)) => wrong(
            "`moved-to` has no time of day",
            "write date and time, such as `2026-11-27T10:00:00`",
        ),
        (Some(_), None) => wrong(
            "`moved-to` has a time of day, but the slot is of whole days",
            "write the date alone, such as `2026-11-27`",
        ),
        _ if to.value == id && zone == draft.slot.zone => wrong(
            "the meeting is moved to where it was planned",
            "write the new date and time; delete the file if nothing changes",
        ),
        _ => {
            clock::exists_once(file.source, to.span.clone(), to.value, zone)?;
            let (announced, restored) = (when.announced, when.restored);
            Ok(Some(Change::Moved { to: to.value, zone, announced, restored }))
        }
    }
}

fn note_same(source: &Source<'_>, span: Range<usize>, other: &Source<'_>) -> Reported {
    let name = other.path.rsplit('/').next().unwrap_or_default();
    source.note(span, format!("`{name}` is about the same meeting"), "put both into one file")
}
