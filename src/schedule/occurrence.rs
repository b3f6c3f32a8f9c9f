//! One dated meeting.

use super::{Span, ZoneRules};
use crate::model::{
    Added, Change, Details, Exception, Found, Line, Link, Local, Markdown, Record, Series, Slot,
    Slug, Uid, Zone,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// One dated meeting, with everything that its series, its slot and its own file say.
#[derive(Clone, Debug)]
pub struct Occurrence<'a> {
    /// The series it belongs to.
    pub series: &'a Series,
    /// The slot that gives it; none for an added one.
    pub slot: Option<&'a Slot>,
    /// The UID of the component it is part of.
    pub uid: &'a Uid,
    /// Its identity within the series: the local start that the slot gives (RFC 5545 §3.8.4.4).
    pub recurrence_id: Local,
    /// Its local start, which a move changes.
    pub start: Local,
    /// Its local end; for whole days the day after the last (RFC 5545 §3.6.1).
    pub end: Local,
    /// The zone of start and end.
    pub zone: Zone,
    /// The instant of the start.
    pub utc_start: DateTime<Utc>,
    /// The instant of the end.
    pub utc_end: DateTime<Utc>,
    /// The instant at which the slot would have it start.
    pub utc_planned: DateTime<Utc>,
    /// Whether it takes place.
    pub status: Status,
    /// What happened to it; to one that no slot gives, since it was added.
    pub change: Option<&'a Change>,
    details: Option<&'a Details>,
    record: Option<&'a Record>,
}

/// Whether a meeting takes place (RFC 5545 §3.8.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Confirmed,
    /// It does not.
    Cancelled,
}

impl Status {
    /// `confirmed` or `cancelled`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Confirmed => "confirmed",
            Status::Cancelled => "cancelled",
        }
    }
}

impl<'a> Occurrence<'a> {
    /// The occurrence that the slot gives with that recurrence-id, as its exception has it.
    pub(super) fn of_slot(series: &'a Series, slot: &'a Slot, id: Local) -> Occurrence<'a> {
        let exception: Option<&Exception> = slot.exceptions.get(&id);
        let change = exception.and_then(|e| e.change.as_deref());
        let details = exception.and_then(|e| e.details.as_deref());
        let lasts = details.and_then(|d| d.lasts).unwrap_or(slot.lasts);
        let utc_planned = ZoneRules::of(slot.zone).to_utc(id.moment());
        let (start, zone, status) = match change {
            Some(Change::Moved { to, zone, restored: None, .. }) => (*to, *zone, Status::Confirmed),
            Some(Change::Cancelled { restored: None, .. }) => (id, slot.zone, Status::Cancelled),
            _ => (id, slot.zone, Status::Confirmed),
        };
        let Span { end, utc_start, utc_end, .. } = Span::new(start, lasts, zone);
        Occurrence {
            series,
            slot: Some(slot),
            uid: &slot.uid,
            recurrence_id: id,
            start,
            end,
            zone,
            utc_start,
            utc_end,
            utc_planned,
            status,
            change,
            details,
            record: exception.and_then(|e| e.record.as_ref()),
        }
    }

    /// The occurrence that no slot gives.
    pub(super) fn of_added(series: &'a Series, added: &'a Added) -> Occurrence<'a> {
        let Span { end, utc_start, utc_end, .. } = Span::new(added.start, added.lasts, added.zone);
        Occurrence {
            series,
            slot: None,
            uid: &added.uid,
            recurrence_id: added.start,
            start: added.start,
            end,
            zone: added.zone,
            utc_start,
            utc_end,
            utc_planned: utc_start,
            status: if added.takes_place() { Status::Confirmed } else { Status::Cancelled },
            change: added.change.as_deref(),
            details: Some(&added.details),
            record: added.record.as_ref(),
        }
    }

    /// What its file says, for one that no slot gives.
    pub fn added(&self) -> Option<&'a Added> {
        match self.slot {
            Some(_) => None,
            None => self.series.added.get(&self.recurrence_id),
        }
    }

    /// The zone of the recurrence-id, in which a moved meeting may no longer be.
    pub fn planned_zone(&self) -> Zone {
        self.slot.map_or(self.zone, |slot| slot.zone)
    }

    /// Whether it takes place at another time than planned.
    pub fn is_moved(&self) -> bool {
        matches!(self.change, Some(Change::Moved { restored: None, .. }))
    }

    /// Why it is cancelled, where that was said.
    pub fn reason(&self) -> Option<&'a Line> {
        match self.change {
            Some(Change::Cancelled { reason, restored: None, .. }) => reason.as_ref(),
            _ => None,
        }
    }

    /// What it is called: its own title, or the series'.
    pub fn title(&self) -> &'a Line {
        self.details.and_then(|d| d.title.as_ref()).unwrap_or(&self.series.title)
    }

    /// Where to join.
    pub fn join(&self) -> Option<&'a Link> {
        self.details.and_then(|d| d.join.as_ref()).or(self.series.join.as_ref())
    }

    /// The agenda's page.
    pub fn agenda(&self) -> Option<&'a Link> {
        self.details.and_then(|d| d.agenda.as_ref()).or(self.series.agenda.as_ref())
    }

    /// The room, where people meet in person.
    pub fn location(&self) -> Option<&'a Line> {
        self.details.and_then(|d| d.location.as_ref()).or(self.series.location.as_ref())
    }

    /// The note to readers, where there is one.
    pub fn note(&self) -> Option<&'a Markdown> {
        self.details.map(|d| &d.note).filter(|note| !note.is_empty())
    }

    /// The minutes' page.
    pub fn minutes(&self) -> Option<&'a Link> {
        self.record.and_then(|r| r.minutes.as_ref())
    }

    /// All that is on record of it.
    pub fn record(&self) -> Option<&'a Record> {
        self.record
    }

    /// Its recordings.
    pub fn recordings(&self) -> &'a [Link] {
        self.record.map_or(&[], |r| &r.recordings)
    }

    /// When its recordings were first seen: all at one moment, or a moment for each.
    pub fn published(&self) -> &'a [DateTime<Utc>] {
        self.record.map_or(&[], |r| &r.published)
    }

    /// When its minutes were first seen.
    pub fn minutes_published(&self) -> Option<DateTime<Utc>> {
        self.record.and_then(|r| r.minutes_published)
    }

    /// What is on its agenda, a line each: its own file's, or what was found in the minutes.
    pub fn topics(&self) -> &'a [Line] {
        let own = self.details.map(|d| d.topics.as_slice()).filter(|own| !own.is_empty());
        own.unwrap_or_else(|| self.record.map_or(&[], |r| &*r.topics))
    }

    /// Where the collector found its record; none for what a person wrote, and without any.
    pub fn found(&self) -> Option<Found> {
        self.record.and_then(|r| r.found)
    }

    /// Fields of its own, where its file has any.
    pub fn details(&self) -> Option<&'a Details> {
        self.details
    }

    /// Whether all there is to say of it is what its series and its slot say.
    pub fn is_plain(&self) -> bool {
        let is_special = self.change.is_some() || self.details.is_some() || self.record.is_some();
        self.slot.is_some() && !is_special
    }

    /// Its place among the occurrences of all series: by its start, the same in every build.
    pub fn order(&self) -> (DateTime<Utc>, &'a Slug, Local) {
        (self.utc_start, &self.series.slug, self.recurrence_id)
    }

    /// When it is.
    pub fn span(&self) -> Span {
        let Occurrence { start, end, zone, utc_start, utc_end, .. } = *self;
        Span { start, end, zone, utc_start, utc_end }
    }

    /// The first and the last day that it touches, by the clock of those rules; whole days stay the
    /// days they are.
    pub fn days(&self, rules: &ZoneRules) -> (NaiveDate, NaiveDate) {
        match (self.start, self.end) {
            (Local::Date(first), Local::Date(end)) => (first, end.pred_opt().unwrap_or(first)),
            _ => {
                let last = (self.utc_end - TimeDelta::seconds(1)).max(self.utc_start);
                (rules.to_local(self.utc_start).date(), rules.to_local(last).date())
            }
        }
    }

    /// The first and the last local day on which it counts: of whole days all, else that of its start.
    pub fn own_days(&self) -> (NaiveDate, NaiveDate) {
        match (self.start, self.end) {
            (Local::Date(first), Local::Date(end)) => {
                (first, end.pred_opt().unwrap_or(first).max(first))
            }
            (start, _) => (start.date(), start.date()),
        }
    }

    /// The UID of an event that is this meeting and no other: of one that a slot gives, the slot's
    /// UID with the recurrence-id before it.
    pub fn own_uid(&self) -> Uid {
        match self.slot {
            Some(slot) => slot.uid.of_date(self.recurrence_id),
            None => self.uid.clone(),
        }
    }

    /// The same meeting by the clock of UTC; whole days stay the days they are.
    pub fn in_utc(self) -> Occurrence<'a> {
        match self.start {
            Local::Date(_) => self,
            Local::DateTime(_) => Occurrence {
                start: Local::DateTime(self.utc_start.naive_utc()),
                end: Local::DateTime(self.utc_end.naive_utc()),
                zone: Zone::UTC,
                ..self
            },
        }
    }

    /// The name of its page within the series: its planned date, or, where another meeting of that day
    /// comes before it, its date and time (`2026-11-26T1000`, `2026-11-26-whole-day`).
    ///
    /// What a slot gives comes before what was added, a slot that began earlier before a later one, and
    /// of added meetings the one that became known first. Cancelled and moved ones keep their place. So a
    /// meeting that is added to a day takes no other's address, be it before it or after it.
    pub fn page_name(&self) -> String {
        let date = self.recurrence_id.date();
        if !self.follows_a_slot_of(date) && !self.follows_an_added_of(date) {
            return date.to_string();
        }
        match self.recurrence_id {
            Local::Date(_) => format!("{date}-whole-day"),
            Local::DateTime(_) => self.recurrence_id.file_stem(),
        }
    }

    fn follows_a_slot_of(&self, date: NaiveDate) -> bool {
        let place = |slot: &Slot| (slot.from, slot.recurrence_id(date));
        let comes_before = |slot: &&Slot| {
            let goes_on = slot.until.is_none_or(|until| until >= date);
            goes_on && self.slot.is_none_or(|own| place(slot) < place(own))
        };
        self.series.slots.iter().filter(comes_before).any(|slot| super::falls_on(slot, date))
    }

    fn follows_an_added_of(&self, date: NaiveDate) -> bool {
        // `announced` is the latest moment where one was taken back and added again.
        let known =
            |added: &Added| added.details.updated.iter().copied().fold(added.announced, Ord::min);
        let place = |added: &Added| (known(added), added.start);
        let that_day = self.series.added.range(Local::Date(date)..);
        let mut that_day = that_day.take_while(|(start, _)| start.date() == date);
        self.added().is_some_and(|own| that_day.any(|(_, added)| place(added) < place(own)))
    }

    /// The path of its page: `/meetings/<series>/<date>/`.
    pub fn path(&self) -> String {
        ["/meetings/", self.series.slug.as_str(), "/", &self.page_name(), "/"].concat()
    }
}
