//! What a dated file is to say, from what is known of the meeting and what is decided now.

use super::text::{FACTS, Wanted};
use super::{Decision, reason_text};
use crate::content::edit::written;
use crate::model::{Change, Details, Line, Local, Zone};
use crate::schedule::{Occurrence, Status};
use chrono::{DateTime, TimeDelta, Utc};

/// What the file is to say.
pub(super) type Decided = Vec<Wanted>;

/// What was decided of a meeting so far.
enum Now<'a> {
    /// Nothing, or nothing that still counts.
    Planned,
    Kept,
    Cancelled(Option<&'a Line>),
    Moved(Local, Zone),
    /// No slot gives it.
    Own,
}

/// What is decided of a meeting that is there, or why that makes no sense, to be read after its name.
pub(super) fn again(
    occurrence: &Occurrence<'_>,
    decision: &Decision,
    at: DateTime<Utc>,
) -> Result<Decided, String> {
    let facts = Facts::of(occurrence, at);
    match (Now::of(occurrence), decision) {
        (Now::Own, _) => own(occurrence, decision, &facts),
        (Now::Cancelled(old), Decision::Cancelled { reason: Some(reason) })
            if old != Some(reason) =>
        {
            let cancelled = ("cancelled", Some(reason_text(Some(reason))));
            Ok(vec![cancelled, facts.updated([facts.at])])
        }
        (Now::Cancelled(_), Decision::Cancelled { .. }) => Err("is cancelled already".to_owned()),
        (_, Decision::Cancelled { reason }) => {
            Ok(facts.fact("cancelled", reason_text(reason.as_ref()), None))
        }
        (now, Decision::Moved { to, zone }) => moved(occurrence, &now, *to, *zone, &facts),
        (Now::Cancelled(_) | Now::Moved(..), Decision::Restored) => {
            Ok(vec![("restored", Some(written::instant(facts.at)))])
        }
        (Now::Planned | Now::Kept, Decision::Restored) => {
            Err("takes place as planned: there is nothing to take back".to_owned())
        }
        (Now::Planned, Decision::Kept) if facts.said.is_empty() => {
            Ok(vec![("kept", Some("true".to_owned()))])
        }
        (Now::Planned | Now::Kept, Decision::Kept) => {
            Err("takes place, and that was decided already".to_owned())
        }
        (Now::Cancelled(_), Decision::Kept) => {
            Err("is cancelled: `convene restore` takes that back".to_owned())
        }
        (Now::Moved(..), Decision::Kept) => {
            Err("is moved, which says already that it takes place".to_owned())
        }
        (Now::Cancelled(_), Decision::Added { .. }) => {
            Err("is cancelled: `convene restore` brings it back".to_owned())
        }
        (_, Decision::Added { .. }) => Err("is there already, given by a slot".to_owned()),
    }
}

/// A meeting that is not there yet.
pub(super) fn added(start: Local, decision: &Decision, at: DateTime<Utc>) -> Decided {
    let Decision::Added { zone, details } = decision else { return Vec::new() };
    let mut wanted = vec![("added", Some("true".to_owned()))];
    let at_time = start.time().map(|time| written::text(&time.format("%H:%M").to_string()));
    wanted.push(("at", at_time));
    wanted.push(("zone", zone.map(|zone| written::text(zone.name()))));
    wanted.extend(keys(start, details));
    wanted.push(("announced", Some(written::instant(at))));
    wanted
}

/// The keys of what differs from the series.
fn keys(start: Local, details: &Details) -> Vec<Wanted> {
    let text = |text: &str| written::text(text);
    let is_whole_day = start.time().is_none();
    let all = [
        ("title", details.title.as_ref().map(|title| text(title.as_str()))),
        ("lasts", details.lasts.map(|lasts| written::lasts(lasts, is_whole_day))),
        ("location", details.location.as_ref().map(|location| text(location.as_str()))),
        ("join", details.join.as_ref().map(|join| text(join.as_str()))),
        ("agenda", details.agenda.as_ref().map(|agenda| text(agenda.as_str()))),
    ];
    all.into_iter().filter(|(_, value)| value.is_some()).collect()
}

/// Of a meeting that no slot gives.
fn own(o: &Occurrence<'_>, decision: &Decision, facts: &Facts<'_>) -> Result<Decided, String> {
    match (o.status, decision) {
        (Status::Confirmed, Decision::Cancelled { reason }) => {
            let added = o.added().map(|added| written::instant(added.announced));
            let mut wanted = vec![
                ("cancelled", Some(reason_text(reason.as_ref()))),
                ("added", added),
                ("announced", Some(written::instant(facts.at))),
                ("restored", None),
            ];
            if o.change.is_some() {
                wanted.push(facts.updated(facts.said.iter().copied()));
            }
            Ok(wanted)
        }
        (Status::Cancelled, Decision::Cancelled { reason: Some(reason) })
            if o.change.is_some() && o.reason() != Some(reason) =>
        {
            Ok(vec![("cancelled", Some(reason_text(Some(reason)))), facts.updated([facts.at])])
        }
        (Status::Cancelled, Decision::Cancelled { .. }) => Err("is cancelled already".to_owned()),
        (Status::Cancelled, Decision::Restored) => Ok(back(o, facts)),
        (Status::Cancelled, Decision::Added { details, .. }) => {
            Ok(back(o, facts).into_iter().chain(keys(facts.start, details)).collect())
        }
        (_, Decision::Moved { .. }) => {
            let why = "is a meeting of its own: cancel it, and `convene add` another";
            Err(why.to_owned())
        }
        (Status::Cancelled, Decision::Kept) => {
            Err("is cancelled: `convene restore` brings it back".to_owned())
        }
        (Status::Confirmed, Decision::Added { .. }) => Err("was added already".to_owned()),
        (Status::Confirmed, Decision::Kept) => {
            Err("was added, which says already that it takes place".to_owned())
        }
        (Status::Confirmed, _) => Err("takes place: there is nothing to take back".to_owned()),
    }
}

/// A meeting that no slot gives takes place after all: of a cancellation `restored` is when it was taken
/// back. Without one, `restored` alone says that it was taken back, and goes.
fn back(o: &Occurrence<'_>, facts: &Facts<'_>) -> Decided {
    if o.change.is_some() {
        return vec![("restored", Some(written::instant(facts.at)))];
    }
    let taken_back = facts.said.iter().skip(1).copied();
    vec![("restored", None), facts.updated(taken_back.chain([facts.at]))]
}

fn moved(
    occurrence: &Occurrence<'_>,
    now: &Now<'_>,
    to: Local,
    zone: Option<Zone>,
    facts: &Facts<'_>,
) -> Result<Decided, String> {
    let to = Local::new(to.date(), to.time().or(occurrence.recurrence_id.time()));
    let planned = occurrence.planned_zone();
    let zone = zone.unwrap_or(planned);
    if to == occurrence.recurrence_id && zone == planned {
        return Err(match now {
            Now::Planned | Now::Kept => format!("is planned for {to} anyway"),
            _ => "is planned for that time: `convene restore` brings it back there".to_owned(),
        });
    }
    if let Now::Moved(old, old_zone) = now
        && (*old, *old_zone) == (to, zone)
    {
        return Err(format!("is moved to {to} already"));
    }
    let other = Some(zone).filter(|zone| *zone != planned);
    Ok(facts.fact("moved-to", to.to_string(), other))
}

impl<'a> Now<'a> {
    fn of(o: &Occurrence<'a>) -> Now<'a> {
        if o.slot.is_none() {
            return Now::Own;
        }
        match o.change {
            Some(Change::Kept) => Now::Kept,
            Some(Change::Cancelled { reason, restored: None, .. }) => {
                Now::Cancelled(reason.as_ref())
            }
            Some(Change::Moved { to, zone, restored: None, .. }) => Now::Moved(*to, *zone),
            _ => Now::Planned,
        }
    }
}

/// The moments that the file has, and the present.
struct Facts<'a> {
    start: Local,
    /// When the last change became known and was taken back.
    said: Vec<DateTime<Utc>>,
    updated: &'a [DateTime<Utc>],
    /// The present, or a second after the newest moment that the file has: facts are in order.
    at: DateTime<Utc>,
}

impl<'a> Facts<'a> {
    fn of(occurrence: &Occurrence<'a>, at: DateTime<Utc>) -> Facts<'a> {
        let said = match (occurrence.change, occurrence.added()) {
            (
                Some(
                    Change::Cancelled { announced, restored, .. }
                    | Change::Moved { announced, restored, .. },
                ),
                _,
            ) => [Some(*announced), *restored],
            (_, Some(added)) => [Some(added.announced), added.restored],
            _ => [None, None],
        };
        let said: Vec<_> = said.into_iter().flatten().collect();
        let updated = occurrence.details().map_or(&[][..], |details| &details.updated);
        let added = occurrence.added().map(|added| added.announced);
        let newest = said.iter().chain(updated).chain(&added).max();
        let after = newest.map_or(at, |newest| at.max(*newest + TimeDelta::seconds(1)));
        Facts { start: occurrence.start, said, updated, at: after }
    }

    /// `updated` with more moments, each of which counts.
    fn updated(&self, more: impl IntoIterator<Item = DateTime<Utc>>) -> Wanted {
        let mut all = self.updated.to_vec();
        for mut moment in more {
            while all.contains(&moment) {
                moment += TimeDelta::seconds(1);
            }
            all.push(moment);
        }
        all.sort_unstable();
        let all: Vec<String> = all.into_iter().map(written::instant).collect();
        let value = match all.as_slice() {
            [one] => one.clone(),
            all => written::in_line(all),
        };
        ("updated", Some(value))
    }

    /// Another fact, in place of whatever was before, which goes on counting.
    fn fact(&self, key: &'static str, value: String, zone: Option<Zone>) -> Decided {
        let mut wanted: Vec<Wanted> =
            FACTS.into_iter().filter(|fact| *fact != key).map(|fact| (fact, None)).collect();
        wanted.extend([
            (key, Some(value)),
            ("zone", zone.map(|zone| written::text(zone.name()))),
            ("announced", Some(written::instant(self.at))),
            ("restored", None),
        ]);
        if !self.said.is_empty() {
            wanted.push(self.updated(self.said.iter().copied()));
        }
        wanted
    }
}
