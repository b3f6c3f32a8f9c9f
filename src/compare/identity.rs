//! Whether clients find events again, and notice that they differ.

use super::{Change, Warning, What, Whose};
use crate::model::{
    Added, Change as Fate, Community, Details, Exception, Local, Series, Slot, Uid,
};
use crate::schedule::{Version, exceptional, falls_on, occurrence_on, stands_apart};
use std::collections::{BTreeMap, BTreeSet};

/// The versions of a series' events, by their UIDs.
type Versions<'a> = BTreeMap<&'a Uid, Version>;

/// What clients cannot follow of a series' events.
pub(super) fn warnings(
    before: Option<&Series>,
    after: Option<&Series>,
    (old, new): (&Community, &Community),
) -> Vec<Change> {
    let Some(before) = before else { return Vec::new() };
    let series = Some(Whose::of(after.unwrap_or(before)));
    let (olds, news) = (versions(before), after.map(versions).unwrap_or_default());
    // Where the domain changes they all do, which is told once.
    let same_domain = old.site.uid_domain == new.site.uid_domain;
    let vanish = if same_domain { vanished(&olds, new) } else { Vec::new() };
    let falls = falls(&olds, &news);
    let unnoticed = after.map(|after| unnoticed((before, after), &olds, &news));
    let unnoticed = unnoticed.unwrap_or_default();
    let apart = after.map(|after| set_apart(before, after)).unwrap_or_default();
    let all = [
        (!vanish.is_empty()).then_some(Warning::UidsVanish(vanish)),
        (!falls.is_empty()).then_some(Warning::SequenceFalls(falls)),
        (!unnoticed.is_empty()).then_some(Warning::NotNoticed(unnoticed)),
        (!apart.is_empty()).then_some(Warning::SetApart(apart)),
    ];
    let warning = |warning| Change { series: series.clone(), what: What::Warning(warning) };
    all.into_iter().flatten().map(warning).collect()
}

/// The versions of the series' events, but for meetings that were called off: those have none.
fn versions(series: &Series) -> Versions<'_> {
    let slots = series.slots.iter().map(|slot| (&slot.uid, Version::of_slot(series, slot)));
    let added = series.added.values().filter(|added| added.takes_place());
    slots.chain(added.map(|added| (&added.uid, Version::of_added(series, added)))).collect()
}

/// The UIDs that no series has any more, called off or not.
fn vanished(olds: &Versions<'_>, new: &Community) -> Vec<Uid> {
    let of = |series: &'_ Series| -> Vec<Uid> {
        let slots = series.slots.iter().map(|slot| slot.uid.clone());
        slots.chain(series.added.values().map(|added| added.uid.clone())).collect()
    };
    let there: BTreeSet<Uid> = new.all_series().flat_map(of).collect();
    olds.keys().filter(|uid| !there.contains(**uid)).map(|uid| (*uid).clone()).collect()
}

fn falls(olds: &Versions<'_>, news: &Versions<'_>) -> Vec<(Uid, u32, u32)> {
    let falls = olds.iter().filter_map(|(uid, old)| {
        let new = news.get(uid)?;
        let falls = new.sequence < old.sequence;
        falls.then(|| ((*uid).clone(), old.sequence, new.sequence))
    });
    falls.collect()
}

/// The events that differ and have the version that they had.
fn unnoticed(
    (before, after): (&Series, &Series),
    olds: &Versions<'_>,
    news: &Versions<'_>,
) -> Vec<Uid> {
    let same_version = |uid: &&Uid| olds.get(*uid).is_some() && olds.get(*uid) == news.get(*uid);
    let is_other = of_series(before) != of_series(after);
    let slots = after.slots.iter().filter(|slot| {
        let old = before.slots.iter().find(|old| old.uid == slot.uid);
        is_other || old.is_some_and(|old| slot_differs(old, slot))
    });
    let added = after.added.values().filter(|added| {
        let old = before.added.values().find(|old| old.uid == added.uid);
        is_other || old.is_some_and(|old| of_added(old) != of_added(added))
    });
    let differing = slots.map(|slot| &slot.uid).chain(added.map(|added| &added.uid));
    differing.filter(same_version).cloned().collect()
}

/// The dates that were part of their slot's event and are events of their own now.
fn set_apart(before: &Series, after: &Series) -> Vec<Local> {
    let of_slot = |slot: &'_ Slot| -> Vec<Local> {
        let Some(old) = before.slots.iter().find(|old| old.uid == slot.uid) else {
            return Vec::new();
        };
        let was_part = |id: &Local| {
            falls_on(old, id.date()) && !stands_apart(&occurrence_on(before, old, id.date()))
        };
        let apart = exceptional(after, slot).filter(stands_apart).map(|o| o.recurrence_id);
        apart.filter(was_part).collect()
    };
    after.slots.iter().flat_map(of_slot).collect()
}

/// What every event of the series has.
fn of_series(series: &Series) -> impl PartialEq + use<'_> {
    (&series.title, &series.join, &series.agenda, &series.location, &series.tags)
}

fn slot_differs(old: &Slot, new: &Slot) -> bool {
    rule_of(old) != rule_of(new) || !exceptions(old).eq(exceptions(new))
}

fn rule_of(slot: &Slot) -> impl PartialEq + use<'_> {
    (&slot.rule, slot.from, slot.until, slot.at, slot.zone, slot.lasts)
}

/// What calendars have of the slot's exceptions, but for what they left behind: that comes with a
/// moment of its own or is not meant to be noticed.
fn exceptions(slot: &Slot) -> impl Iterator<Item = impl PartialEq + use<'_>> {
    let shown = |exception: &'_ Exception| {
        let fate = exception.change.as_deref().filter(|change| **change != Fate::Kept).cloned();
        (fate, exception.details.as_deref().map(of_details).filter(|own| *own != Own::default()))
    };
    let all = slot.exceptions.iter().map(move |(id, exception)| (*id, shown(exception)));
    all.filter(|(_, (fate, own))| fate.is_some() || own.is_some())
}

fn of_added(added: &Added) -> impl PartialEq + use<'_> {
    (added.start, added.zone, added.lasts, of_details(&added.details))
}

/// What an event has of one date's own.
#[derive(Default, PartialEq)]
struct Own {
    texts: [Option<String>; 4],
    lasts: Option<chrono::TimeDelta>,
    note: String,
}

fn of_details(details: &Details) -> Own {
    let Details { title, join, agenda, lasts, location, note, .. } = details;
    let texts = [
        title.as_ref().map(ToString::to_string),
        join.as_ref().map(ToString::to_string),
        agenda.as_ref().map(ToString::to_string),
        location.as_ref().map(ToString::to_string),
    ];
    Own { texts, lasts: *lasts, note: note.as_str().to_owned() }
}
