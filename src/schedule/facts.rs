//! What became known of meetings, and when: the entries of every feed.

use super::{AsOf, Occurrence, ZoneRules, added, dates};
use crate::model::{Added, Change, Exception, Link, Local, Series, Slot};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeSet;

/// How long before a meeting its agenda opens.
const AGENDA_OPENS: TimeDelta = TimeDelta::days(7);

/// One thing that became known of one meeting.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// What.
    pub kind: FactKind,
    /// When it became known; never in the future of the [`AsOf`] it was asked with.
    pub at: DateTime<Utc>,
    /// The meeting.
    pub occurrence: Occurrence<'a>,
}

impl<'a> Fact<'a> {
    /// The recordings that became known with it, each with its place among all of the meeting's;
    /// none unless it tells of recordings.
    pub fn recordings(&self) -> Vec<(usize, &'a Link)> {
        if !matches!(self.kind, FactKind::Recording | FactKind::LaterRecording) {
            return Vec::new();
        }
        let all = self.occurrence.recordings().iter().enumerate();
        let moments = moments_of_recordings(&self.occurrence);
        all.zip(moments).filter(|(_, at)| *at == self.at).map(|(recording, _)| recording).collect()
    }
}

/// Kinds of things that become known of a meeting, the last in its course first: so they are listed
/// where several became known at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKind {
    /// More of its recordings are there than the first.
    LaterRecording,
    /// Its recording is there, or several at once.
    Recording,
    /// Its minutes are there.
    Minutes,
    /// A cancellation, a move or an addition was taken back.
    Restored,
    /// It does not take place.
    Cancelled,
    /// It takes place at another time.
    Moved,
    /// Its agenda is open for topics.
    Agenda,
    /// It takes place though no slot gives it.
    Added,
}

impl FactKind {
    /// The word for it in guids and categories.
    pub fn as_str(self) -> &'static str {
        match self {
            FactKind::LaterRecording | FactKind::Recording => "recording",
            FactKind::Minutes => "minutes",
            FactKind::Restored => "restored",
            FactKind::Cancelled => "cancelled",
            FactKind::Moved => "moved",
            FactKind::Agenda => "agenda",
            FactKind::Added => "added",
        }
    }
}

/// What is known of the series' meetings by now, the newest first.
///
/// The order is total: it depends on the facts alone, not on the order of files.
pub fn facts<'a>(series: &'a Series, as_of: &AsOf) -> Vec<Fact<'a>> {
    let mut facts = facts_since(series, None, as_of);
    facts.sort_by(|a, b| newest_first(a).cmp(&newest_first(b)));
    facts
}

/// The newest `most` of what is known of several series' meetings by now, the newest first.
pub fn newest_facts<'a>(
    series: impl Iterator<Item = &'a Series>,
    most: usize,
    as_of: &AsOf,
) -> Vec<Fact<'a>> {
    let mut newest: Vec<Fact<'_>> = Vec::new();
    for series in series {
        let since = newest.get(most.saturating_sub(1)).map(|fact| fact.at);
        let more = facts_since(series, since, as_of);
        if !more.is_empty() {
            newest.extend(more);
            newest.sort_by_cached_key(newest_first);
            newest.truncate(most);
        }
    }
    newest
}

/// What became known of the series' meetings at `since` or later, as far as it is past, and maybe
/// some of what did before.
fn facts_since<'a>(
    series: &'a Series,
    since: Option<DateTime<Utc>>,
    as_of: &AsOf,
) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    for slot in &series.slots {
        let recent = slot.exceptions.iter().filter(|(id, e)| since <= Some(latest(**id, e)));
        for (id, exception) in recent {
            let occurrence = Occurrence::of_slot(series, slot, *id);
            facts.extend(facts_of_exception(exception, &occurrence));
        }
        if series.agenda.is_some() {
            facts.extend(agendas(series, slot, since, as_of));
        }
    }
    for (occurrence, added) in added(series).zip(series.added.values()) {
        facts.extend(facts_of_added(added, &occurrence));
    }
    facts.retain(|fact| as_of.reached(fact.at));
    facts
}

/// A moment after which nothing becomes known of the slot's date.
fn latest(id: Local, exception: &Exception) -> DateTime<Utc> {
    let (changed, restored, to) = match exception.change.as_deref() {
        Some(Change::Cancelled { announced, restored, .. }) => (Some(*announced), *restored, None),
        Some(Change::Moved { announced, restored, to, .. }) => {
            (Some(*announced), *restored, Some(*to))
        }
        Some(Change::Kept) | None => (None, None, None),
    };
    // Zones are less than a day apart from UTC.
    let opens = |local: Local| local.moment().and_utc() + TimeDelta::days(1) - AGENDA_OPENS;
    let own = [Some(opens(id)), to.map(opens), changed, restored].into_iter().flatten();
    let record = exception.record.iter();
    let left = record.flat_map(|record| record.published.iter().chain(&record.minutes_published));
    own.chain(left.copied()).max().unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// What is known of one meeting by now, the newest first.
pub fn facts_of<'a>(occurrence: &Occurrence<'a>, as_of: &AsOf) -> Vec<Fact<'a>> {
    let exception = |slot: &'a Slot| slot.exceptions.get(&occurrence.recurrence_id);
    let mut facts = match (occurrence.slot, occurrence.added()) {
        (None, Some(added)) => facts_of_added(added, occurrence),
        (slot, _) => match slot.and_then(exception) {
            Some(exception) => facts_of_exception(exception, occurrence),
            None => agenda(occurrence, occurrence.utc_planned - AGENDA_OPENS).into_iter().collect(),
        },
    };
    facts.retain(|fact| as_of.reached(fact.at));
    facts.sort_by(|a, b| newest_first(a).cmp(&newest_first(b)));
    facts
}

/// The key by which facts of all series are in one order, the newest first.
fn newest_first<'a>(fact: &Fact<'a>) -> impl Ord + use<'a> {
    use std::cmp::Reverse;
    let occurrence = &fact.occurrence;
    (
        Reverse(fact.at),
        Reverse(occurrence.utc_start),
        occurrence.series.slug.clone(),
        occurrence.recurrence_id,
        fact.kind,
    )
}

/// Agendas of the slot's dates that have no exception, as far as they are open, and opened at `since`
/// or later or little before.
fn agendas<'a>(
    series: &'a Series,
    slot: &'a Slot,
    since: Option<DateTime<Utc>>,
    as_of: &AsOf,
) -> Vec<Fact<'a>> {
    let first = since.and_then(|since| since.checked_add_signed(AGENDA_OPENS - TimeDelta::days(1)));
    let first = first.map_or(NaiveDate::MIN, |moment| moment.date_naive());
    let ids = dates(slot, first).map(|date| slot.recurrence_id(date));
    let plain = ids.filter(|id| !slot.exceptions.contains_key(id));
    plain
        .map(|id| Occurrence::of_slot(series, slot, id))
        .take_while(|o| as_of.reached(o.utc_planned - AGENDA_OPENS))
        .filter_map(|o| agenda(&o, o.utc_planned - AGENDA_OPENS))
        .collect()
}

fn agenda<'a>(occurrence: &Occurrence<'a>, at: DateTime<Utc>) -> Option<Fact<'a>> {
    occurrence.agenda()?;
    Some(Fact { kind: FactKind::Agenda, at, occurrence: occurrence.clone() })
}

fn facts_of_exception<'a>(exception: &Exception, occurrence: &Occurrence<'a>) -> Vec<Fact<'a>> {
    let change = exception.change.as_deref();
    let opens = agenda_opens(change, occurrence).and_then(|at| agenda(occurrence, at));
    opens.into_iter().chain(changed(change, occurrence)).chain(records(occurrence)).collect()
}

/// What happened to a meeting, and that it was taken back.
fn changed<'a>(change: Option<&Change>, occurrence: &Occurrence<'a>) -> Vec<Fact<'a>> {
    let fact = |kind, at| Fact { kind, at, occurrence: occurrence.clone() };
    let (changed, restored) = match change {
        Some(Change::Cancelled { announced, restored, .. }) => {
            (fact(FactKind::Cancelled, *announced), *restored)
        }
        Some(Change::Moved { announced, restored, .. }) => {
            (fact(FactKind::Moved, *announced), *restored)
        }
        Some(Change::Kept) | None => return Vec::new(),
    };
    let restored = restored.map(|at| fact(FactKind::Restored, at));
    std::iter::once(changed).chain(restored).collect()
}

fn facts_of_added<'a>(added: &Added, occurrence: &Occurrence<'a>) -> Vec<Fact<'a>> {
    let fact = |kind, at| Some(Fact { kind, at, occurrence: occurrence.clone() });
    let opens = Some(occurrence.utc_start - AGENDA_OPENS);
    let change = added.change.as_deref();
    let is_off = |at: DateTime<Utc>| match change {
        Some(Change::Cancelled { announced, restored, .. }) => {
            *announced < at && restored.is_none_or(|restored| at <= restored)
        }
        _ => added.restored.is_some_and(|restored| restored < at),
    };
    let opens = opens.filter(|at| *at > added.announced && !is_off(*at));
    let all = [
        opens.and_then(|at| agenda(occurrence, at)),
        fact(FactKind::Added, added.announced),
        added.restored.and_then(|at| fact(FactKind::Restored, at)),
    ];
    let all = all.into_iter().flatten().chain(changed(change, occurrence));
    all.chain(records(occurrence)).collect()
}

/// When the agenda of a changed meeting opens, or opened before the change was known: an entry
/// that readers have seen is never taken away. Where it is open as soon as the change is known, the
/// change's own entry is enough.
fn agenda_opens(change: Option<&Change>, occurrence: &Occurrence<'_>) -> Option<DateTime<Utc>> {
    let planned = occurrence.utc_planned - AGENDA_OPENS;
    let after = |restored: DateTime<Utc>| Some(planned).filter(|at| *at > restored);
    match change.cloned() {
        Some(Change::Cancelled { announced, restored, .. }) if announced < planned => {
            restored.and_then(after)
        }
        Some(Change::Moved { to, zone, announced, restored }) if announced < planned => {
            let moved = ZoneRules::of(zone).to_utc(to.moment()) - AGENDA_OPENS;
            let is_told = moved > announced && restored.is_none_or(|restored| moved <= restored);
            if is_told { Some(moved) } else { restored.and_then(after) }
        }
        _ => Some(planned),
    }
}

/// What the meeting left behind, as far as it is known since when.
fn records<'a>(occurrence: &Occurrence<'a>) -> Vec<Fact<'a>> {
    let fact = |kind, at| Fact { kind, at, occurrence: occurrence.clone() };
    let minutes = occurrence.minutes().and(occurrence.minutes_published());
    let mut moments = moments_of_recordings(occurrence).collect::<BTreeSet<_>>().into_iter();
    let first = moments.next().map(|at| fact(FactKind::Recording, at));
    let later = moments.map(|at| fact(FactKind::LaterRecording, at));
    first.into_iter().chain(later).chain(minutes.map(|at| fact(FactKind::Minutes, at))).collect()
}

/// When each recording was first seen, in the order of the recordings: a single moment is that of
/// all.
fn moments_of_recordings(occurrence: &Occurrence<'_>) -> impl Iterator<Item = DateTime<Utc>> {
    let (recordings, moments) = (occurrence.recordings().len(), occurrence.published());
    let known = if moments.len() == 1 { recordings } else { moments.len().min(recordings) };
    moments.iter().copied().cycle().take(known)
}
