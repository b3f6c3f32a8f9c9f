//! What single dates change.

use super::seen::Seen;
use super::slots::Pair;
use super::{DateChange, Field, What};
use crate::model::{Line, Link, Local, Series, Slot};
use crate::schedule::{Occurrence, Span, Status, added, exceptional, falls_on, occurrence_on};
use chrono::TimeDelta;
use std::collections::BTreeSet;

/// What differs of the dates that say something for themselves, in order of their identities.
pub(super) fn changes(old: &Series, new: &Series, pairs: &[Pair<'_>]) -> Vec<What> {
    let mut found: Vec<(Local, Vec<DateChange>, Seen<'_>)> = Vec::new();
    let mut known = BTreeSet::new();
    let backwards: Vec<Pair<'_>> = pairs.iter().map(|(old, new)| (*new, *old)).collect();
    for after in special(new) {
        let before = counterpart(&after, old, &backwards);
        known.extend(before.as_ref().map(identity));
        if before.as_ref().is_none_or(|before| !says_the_same(before, &after)) {
            found.extend(told(before_it(before.as_ref(), &after), Some(Seen::of(&after))));
        }
    }
    for before in special(old).filter(|before| !known.contains(&identity(before))) {
        let after = counterpart(&before, new, pairs);
        if after.as_ref().is_none_or(|after| !says_the_same(&before, after)) {
            found.extend(told(Some(Seen::of(&before)), after.as_ref().map(Seen::of)));
        }
    }
    found.sort_by_key(|(id, ..)| *id);
    let mut all = Vec::new();
    for (_, changes, seen) in found {
        all.extend(changes.into_iter().map(|change| What::Date(seen.meeting(), change)));
    }
    all
}

/// The dates that say something for themselves.
fn special(series: &Series) -> impl Iterator<Item = Occurrence<'_>> {
    let of_slots = series.slots.iter().flat_map(|slot| exceptional(series, slot));
    of_slots.chain(added(series))
}

fn identity(occurrence: &Occurrence<'_>) -> (String, Local) {
    (occurrence.uid.to_string(), occurrence.recurrence_id)
}

/// The same meeting in the other series: what the same slot has on that day, the added one of the same
/// UID, or whatever has the same recurrence-id.
fn counterpart<'a>(
    of: &Occurrence<'_>,
    other: &'a Series,
    pairs: &[(Option<&Slot>, Option<&'a Slot>)],
) -> Option<Occurrence<'a>> {
    let (id, date) = (of.recurrence_id, of.recurrence_id.date());
    let on = |slot: &'a Slot| {
        let is_one =
            slot.exceptions.contains_key(&slot.recurrence_id(date)) || falls_on(slot, date);
        is_one.then(|| occurrence_on(other, slot, date))
    };
    let same_slot = |own: &Slot| {
        let mut pairs = pairs.iter().filter(|pair| pair.0.is_some_and(|slot| slot.uid == own.uid));
        pairs.find_map(|pair| pair.1)
    };
    let by_slot = of.slot.and_then(same_slot).and_then(on);
    let by_uid = || added(other).find(|theirs| theirs.uid == of.uid);
    let by_id = || {
        let mut slots = other.slots.iter().filter(|slot| slot.recurrence_id(date) == id);
        slots.find_map(on).or_else(|| added(other).find(|theirs| theirs.recurrence_id == id))
    };
    by_slot.or_else(by_uid).or_else(by_id)
}

/// Whether both say the same for themselves; what else differs is told of their slots and series.
fn says_the_same(old: &Occurrence<'_>, new: &Occurrence<'_>) -> bool {
    match (old.slot, new.slot) {
        (Some(before), Some(after)) => {
            let old = before.exceptions.get(&old.recurrence_id);
            old == after.exceptions.get(&new.recurrence_id)
        }
        (None, None) => old.added() == new.added(),
        _ => false,
    }
}

/// The meeting as it was: where the slot did not give it, as the slot alone has it, with whatever it
/// left behind, which comes with the slot.
fn before_it<'a>(old: Option<&Occurrence<'a>>, new: &Occurrence<'a>) -> Option<Seen<'a>> {
    let planned = |slot| Seen {
        minutes: new.minutes(),
        recordings: new.recordings(),
        topics: new.record().map_or(&[][..], |record| &record.topics),
        ..Seen::planned(new.series, slot, new.recurrence_id)
    };
    old.map(Seen::of).or_else(|| new.slot.map(planned))
}

/// What differs of one meeting, and the meeting: as it was where it does not take place any more.
fn told<'a>(
    old: Option<Seen<'a>>,
    new: Option<Seen<'a>>,
) -> Option<(Local, Vec<DateChange>, Seen<'a>)> {
    let (seen, changes) = match (old, new) {
        (None, Some(new)) if new.status == Status::Confirmed => {
            let records = records(None, &new);
            (new, std::iter::once(DateChange::Added).chain(records).collect())
        }
        (Some(old), None) if !old.is_planned && old.status == Status::Confirmed => {
            (old, vec![DateChange::TakenAway])
        }
        (Some(old), Some(new)) => {
            let (fate, fields, records) =
                (fate(&old, &new), fields(&old, &new), records(Some(&old), &new));
            let changes: Vec<_> = fate.into_iter().chain(fields).chain(records).collect();
            let is_off = old.status == Status::Confirmed && new.status == Status::Cancelled;
            let span = if is_off { old.span } else { new.span };
            (Seen { span, ..new }, changes)
        }
        _ => return None,
    };
    (!changes.is_empty()).then_some((seen.recurrence_id, changes, seen))
}

/// Whether and when it takes place.
fn fate(old: &Seen<'_>, new: &Seen<'_>) -> Option<DateChange> {
    use Status::{Cancelled, Confirmed};
    let is_elsewhen = (old.span.start, old.span.zone) != (new.span.start, new.span.zone);
    match (old.status, new.status) {
        (Confirmed, Cancelled) => Some(DateChange::Cancelled(new.reason.cloned())),
        (Cancelled, Cancelled) => {
            let text = |reason: Option<&Line>| reason.map(Line::to_string);
            field(Field::Reason, text(old.reason), text(new.reason))
        }
        (Cancelled, Confirmed) if new.is_moved => Some(DateChange::Moved(old.span)),
        (Cancelled, Confirmed) => Some(DateChange::Restored),
        (Confirmed, Confirmed) => match (old.is_moved, new.is_moved) {
            (_, true) if is_elsewhen => Some(DateChange::Moved(old.span)),
            (true, false) if is_elsewhen => Some(DateChange::MovedBack(old.span)),
            _ if is_elsewhen && !new.is_planned => Some(DateChange::Moved(old.span)),
            _ if new.is_kept && !old.is_kept => Some(DateChange::Kept),
            _ if old.is_kept && !new.is_kept && !new.is_moved => Some(DateChange::NotKept),
            _ => None,
        },
    }
}

/// Whatever it has of its own, and that readers see differ; of a cancelled one only the note.
fn fields(old: &Seen<'_>, new: &Seen<'_>) -> Vec<DateChange> {
    let note = |seen: &Seen<'_>| Some(seen.note().to_owned()).filter(|note| !note.is_empty());
    let note = field(Field::Note, note(old), note(new));
    if new.status == Status::Cancelled {
        return note.into_iter().collect();
    }
    let texts = texts(old).into_iter().zip(texts(new));
    let own = texts.filter(|(old, new)| old.own != new.own);
    let text = |shown: Option<&str>| shown.map(str::to_owned);
    let own = own.filter_map(|(old, new)| field(new.field, text(old.shown), text(new.shown)));
    let topics = field(Field::Topics, topics(old), topics(new));
    own.chain(length(old, new)).chain(topics).chain(note).collect()
}

/// One of a meeting's texts: what its own file says, and what readers see.
struct Text<'a> {
    field: Field,
    own: Option<&'a str>,
    shown: Option<&'a str>,
}

fn texts<'a>(seen: &Seen<'a>) -> [Text<'a>; 4] {
    let line = |line: Option<&'a Line>| line.map(Line::as_str);
    let link = |link: Option<&'a Link>| link.map(Link::as_str);
    let own = seen.details;
    let text = |field, own, shown| Text { field, own, shown };
    [
        text(Field::Title, line(own.and_then(|d| d.title.as_ref())), line(Some(seen.title))),
        text(Field::Join, link(own.and_then(|d| d.join.as_ref())), link(seen.join)),
        text(Field::Agenda, link(own.and_then(|d| d.agenda.as_ref())), link(seen.agenda)),
        text(Field::Place, line(own.and_then(|d| d.location.as_ref())), line(seen.place)),
    ]
}

fn field(name: Field, old: Option<String>, new: Option<String>) -> Option<DateChange> {
    (old != new).then_some(DateChange::Field(name, old, new))
}

/// How long it lasts, where its own file says so.
fn length(old: &Seen<'_>, new: &Seen<'_>) -> Option<DateChange> {
    let own = |seen: &Seen<'_>| seen.details.and_then(|details| details.lasts);
    let is_own = own(old) != own(new) || !old.is_planned || !new.is_planned;
    let lasts = |seen: &Seen<'_>| Some(super::times::length(length_of(&seen.span)));
    is_own.then(|| field(Field::Length, lasts(old), lasts(new))).flatten()
}

/// How long it lasts; whole days whatever the clocks do.
fn length_of(span: &Span) -> TimeDelta {
    match span.start.time() {
        Some(_) => span.utc_end - span.utc_start,
        None => span.end.date() - span.start.date(),
    }
}

fn topics(seen: &Seen<'_>) -> Option<String> {
    let all: Vec<&str> = seen.topics.iter().map(Line::as_str).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// What it left behind.
fn records(old: Option<&Seen<'_>>, new: &Seen<'_>) -> Vec<DateChange> {
    let minutes = (old.and_then(|old| old.minutes), new.minutes);
    let minutes = (minutes.0 != minutes.1)
        .then(|| DateChange::Minutes(minutes.0.cloned(), minutes.1.cloned()));
    let before = old.map_or(&[][..], |old| old.recordings);
    let without = |all: &[Link], known: &[Link]| -> Vec<Link> {
        all.iter().filter(|link| !known.contains(link)).cloned().collect()
    };
    let (gone, come) = (without(before, new.recordings), without(new.recordings, before));
    let differ = !gone.is_empty() || !come.is_empty();
    let recordings = differ.then_some(DateChange::Recordings { gone, come });
    minutes.into_iter().chain(recordings).collect()
}
