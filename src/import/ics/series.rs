//! From events to series: what is one series over time, and what happened to single dates.

use super::event::{Event, Stamp, short};
use crate::import::details::Details;
use crate::import::draft::{Draft, DraftDate, DraftSlot, Fact};
use crate::import::written::{gives, id_of, model};
use crate::import::{Note, Options};
use crate::model::{CustomRule, Line, Local, Uid, Zone};
use crate::schedule::{custom_rule, dates};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The most meetings that COUNT is counted through.
const MOST_COUNTED: usize = 10_000;

/// The series of the events, in the order of the file.
pub(super) fn drafts(
    events: Vec<Event>,
    zone: Zone,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Vec<Draft> {
    let (changes, masters): (Vec<Event>, Vec<Event>) =
        events.into_iter().partition(|event| event.recurrence_id.is_some());
    let mut by_uid: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for change in changes {
        by_uid.entry(change.uid.clone().unwrap_or_default()).or_default().push(change);
    }
    let mut maker = Maker { zone, now: options.now, used: BTreeSet::new(), notes };
    let mut drafts: Vec<Draft> = Vec::new();
    for master in masters {
        let own = master.uid.as_ref().and_then(|uid| by_uid.remove(uid)).unwrap_or_default();
        let Some(draft) = maker.draft(&master, own) else { continue };
        match drafts.iter_mut().find(|other| follows(other, &draft)) {
            Some(other) => join(other, draft, maker.notes),
            None => drafts.push(draft),
        }
    }
    drafts.extend(by_uid.into_values().filter_map(|orphans| maker.orphans(orphans)));
    drafts
}

struct Maker<'a> {
    /// The zone of whole days.
    zone: Zone,
    now: DateTime<Utc>,
    used: BTreeSet<String>,
    notes: &'a mut Vec<Note>,
}

impl Maker<'_> {
    fn note(&mut self, line: usize, text: impl Into<String>) {
        self.notes.push(Note::at(line, text));
    }

    /// One master with the dates that differ.
    fn draft(&mut self, master: &Event, changes: Vec<Event>) -> Option<Draft> {
        if master.is_cancelled {
            self.note(master.line, "the whole event is cancelled and was left out");
            return None;
        }
        let title = self.title(master)?;
        let slot = self.slot(master);
        let mut draft = Draft {
            line: master.line,
            title,
            details: master.details.clone(),
            updated: master.changed.unwrap_or(self.now),
            slots: slot.into_iter().collect(),
            dates: Vec::new(),
        };
        let slot = draft.slots.first().cloned()?;
        let start = master.start.within(slot.zone);
        if !gives(&slot, start.date()) {
            self.note(master.line, "DTSTART is no date of its rule: it is a date of its own now");
            draft.dates.push(added(start, slot.zone, master, self.when(master)));
        }
        self.extra(master, &slot, &mut draft);
        self.excluded(master, &slot, &mut draft);
        for change in changes {
            match change.and_future {
                true => self.all_later(&change, &mut draft),
                false => self.change(&change, master, &mut draft),
            }
        }
        self.only_ends(&mut draft);
        Some(draft)
    }

    fn title(&mut self, event: &Event) -> Option<Line> {
        event.title.clone().or_else(|| {
            self.note(event.line, "this event has no title: it is called Meeting now");
            Line::new("Meeting")
        })
    }

    fn when(&self, event: &Event) -> DateTime<Utc> {
        event.changed.unwrap_or(self.now)
    }

    fn uid(&mut self, event: &Event) -> Option<String> {
        let uid = event.uid.clone()?;
        if Uid::new(&uid).is_none() {
            let text =
                format!("the UID `{}` cannot be kept: calendars will show it anew", short(&uid));
            self.note(event.line, text);
            return None;
        }
        if !self.used.insert(uid.clone()) {
            self.note(event.line, format!("another event has the UID `{}` too", short(&uid)));
            return None;
        }
        Some(uid)
    }

    fn slot(&mut self, master: &Event) -> Option<DraftSlot> {
        let whole_days = master.start.local.time().is_none();
        let zone = if whole_days { self.zone } else { master.zone };
        let start = master.start.within(zone);
        let uid = self.uid(master);
        let single = DraftSlot {
            from: start.date(),
            until: None,
            rule: None,
            at: start.time(),
            zone,
            lasts: master.lasts,
            uid,
        };
        if let Some((_, line)) = master.rules.get(1) {
            self.note(*line, "a second RRULE was left out: make a slot of it");
        }
        let Some((text, line)) = master.rules.first() else { return Some(single) };
        if zone.is_utc() && !whole_days {
            let text = "it recurs in UTC, so it stays at one time of UTC when clocks change";
            self.note(*line, text);
        }
        match self.ruled(&single, text, *line) {
            Ok(slot) => Some(slot),
            Err(why) => {
                let text = format!("the rule was left out, only the first date was kept: {why}");
                self.note(*line, text);
                Some(single)
            }
        }
    }

    fn ruled(&mut self, single: &DraftSlot, text: &str, line: usize) -> Result<DraftSlot, String> {
        let (mut kept, mut count, mut until) = (Vec::new(), None, None);
        for part in text.trim().trim_end_matches(';').split(';') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim().to_ascii_uppercase().as_str() {
                "COUNT" => count = value.trim().parse::<usize>().ok(),
                "UNTIL" => until = Some(last_day(value.trim(), single).ok_or("UNTIL is no time")?),
                "BYHOUR" | "BYMINUTE" | "BYSECOND" if says_start(name, value, single) => {}
                _ if name.to_ascii_uppercase().starts_with("X-") => {}
                _ => kept.push(part.trim().to_owned()),
            }
        }
        let rule: CustomRule =
            custom_rule(&kept.join(";")).map_err(|why| format!("{why}; {}", why.help()))?;
        let mut slot = DraftSlot { rule: Some(rule), until, ..single.clone() };
        let all = model(&slot).map(|slot| dates(&slot, slot.from));
        let first = all.and_then(|mut all| all.next()).ok_or("it gives no date")?;
        slot.from = first;
        if let Some(count) = count {
            let most = count.clamp(1, MOST_COUNTED);
            let all = model(&slot).map(|slot| dates(&slot, slot.from));
            slot.until = all.and_then(|all| all.take(most).last());
            if count > most {
                self.note(line, format!("COUNT was cut to {most}"));
            }
        }
        Ok(slot)
    }

    fn extra(&mut self, master: &Event, slot: &DraftSlot, draft: &mut Draft) {
        for (stamp, line) in &master.extra {
            let id = same_kind(*stamp, slot);
            match gives(slot, id.date()) && id == id_of(slot, id.date()) {
                true => self.note(*line, format!("{id} is given by the rule already")),
                false if draft.dates.iter().any(|date| date.id == id) => {}
                false => draft.dates.push(added(id, slot.zone, master, self.when(master))),
            }
        }
    }

    fn excluded(&mut self, master: &Event, slot: &DraftSlot, draft: &mut Draft) {
        let announced = self.when(master);
        for (stamp, line) in &master.excluded {
            let id = same_kind(*stamp, slot);
            let is_at = id == id_of(slot, id.date());
            if draft.dates.iter().any(|d| d.id == id && d.fact == Fact::Cancelled) {
                continue;
            }
            if gives(slot, id.date()) && is_at {
                draft.dates.push(DraftDate {
                    id,
                    fact: Fact::Cancelled,
                    announced,
                    title: None,
                    details: Details::default(),
                    lasts: None,
                });
            } else if draft.dates.iter().any(|date| date.id == id) {
                draft.dates.retain(|date| date.id != id);
            } else {
                self.note(*line, format!("EXDATE {id} hits no meeting and was left out"));
            }
        }
        if master.changed.is_none() && !master.excluded.is_empty() {
            let text = "nothing says when dates were cancelled: the present was taken";
            self.note(master.line, text);
        }
    }

    /// One date that is cancelled, moved, or has its own details.
    fn change(&mut self, change: &Event, master: &Event, draft: &mut Draft) {
        let Some(planned) = change.recurrence_id else { return };
        let found = draft.slots.iter().find(|slot| {
            let id = same_kind(planned, slot);
            gives(slot, id.date()) && id == id_of(slot, id.date())
        });
        let announced = self.when(change);
        let Some(slot) = found.cloned() else {
            let is_extra = |date: &DraftDate| Stamp { local: date.id, zone: None } == planned;
            draft.dates.retain(|date| !is_extra(date));
            if change.is_cancelled {
                self.note(change.line, "it cancels a date on which no meeting is: left out");
                return;
            }
            self.note(
                change.line,
                "its RECURRENCE-ID hits no meeting: it is a date of its own now",
            );
            draft.dates.push(added(change.start.local, change.zone, change, announced));
            return;
        };
        let id = same_kind(planned, &slot);
        draft.dates.retain(|date| date.id != id);
        let start = change.start.within(slot.zone);
        let fact = match (change.is_cancelled, start == id) {
            (true, _) => Fact::Cancelled,
            (false, true) => Fact::Detail,
            (false, false) if start.time().is_some() == slot.at.is_some() => {
                match change.start.zone {
                    Some(zone) if !zone.is_utc() => Fact::Moved(change.start.local, zone),
                    _ => Fact::Moved(start, slot.zone),
                }
            }
            (false, false) => {
                self.note(change.line, "it is of whole days on this date alone: a date of its own");
                draft.dates.push(added(start, slot.zone, change, announced));
                Fact::Cancelled
            }
        };
        let date = DraftDate {
            id,
            fact,
            announced,
            title: change.title.clone().filter(|title| Some(title) != master.title.as_ref()),
            details: differing(&change.details, &master.details),
            lasts: (change.lasts != slot.lasts).then_some(change.lasts),
        };
        let says_nothing = date.fact == Fact::Detail
            && date.title.is_none()
            && date.lasts.is_none()
            && date.details == Details::default();
        match (fact, says_nothing) {
            (_, true) => {}
            (Fact::Cancelled, _) => draft.dates.push(DraftDate {
                title: None,
                details: Details::default(),
                lasts: None,
                ..date
            }),
            _ => draft.dates.push(date),
        }
    }

    /// RANGE=THISANDFUTURE: the slot ends, and another goes on.
    fn all_later(&mut self, change: &Event, draft: &mut Draft) {
        let Some(planned) = change.recurrence_id else { return };
        let Some(index) = draft.slots.iter().rposition(|slot| {
            let id = same_kind(planned, slot);
            gives(slot, id.date()) && id == id_of(slot, id.date())
        }) else {
            self.note(change.line, "its RECURRENCE-ID hits no meeting: it was left out");
            return;
        };
        let Some(old) = draft.slots.get_mut(index) else { return };
        let (id, start) = (same_kind(planned, old), change.start.within(old.zone));
        let new = DraftSlot {
            from: start.date(),
            at: start.time(),
            lasts: change.lasts,
            uid: None,
            ..old.clone()
        };
        if start.date() != id.date() || start.time().is_some() != old.at.is_some() {
            self.note(change.line, "a move of this and all later dates to other days was left out");
            return;
        }
        old.until = id.date().pred_opt();
        if old.until.is_some_and(|until| until < old.from) {
            old.until = Some(old.from);
        }
        let (announced, at) = (self.when(change), new.at);
        for date in draft.dates.iter_mut().filter(|date| date.id.date() >= id.date()) {
            if !matches!(date.fact, Fact::Added(_)) {
                date.id = Local::new(date.id.date(), at);
            }
        }
        draft.updated = draft.updated.max(announced);
        draft.slots.push(new);
        self.note(change.line, "this and all later dates differ: they are a slot of their own");
    }

    /// A slot that ends before its first date does not exist; `until` of one that goes on is none.
    fn only_ends(&mut self, draft: &mut Draft) {
        draft.slots.retain(|slot| slot.until.is_none_or(|until| until >= slot.from));
    }

    /// Dates whose event is not in the file.
    fn orphans(&mut self, events: Vec<Event>) -> Option<Draft> {
        let first = events.first()?.clone();
        self.note(first.line, "the event that these dates belong to is not in the file");
        let title = self.title(&first)?;
        let mut draft = Draft {
            line: first.line,
            title,
            details: first.details.clone(),
            updated: self.when(&first),
            slots: Vec::new(),
            dates: Vec::new(),
        };
        for event in events.iter().filter(|event| !event.is_cancelled) {
            let mut date = added(event.start.local, event.zone, event, self.when(event));
            date.title = event.title.clone().filter(|title| *title != draft.title);
            date.details = differing(&event.details, &first.details);
            draft.dates.push(date);
        }
        (!draft.dates.is_empty()).then_some(draft)
    }
}

fn added(id: Local, zone: Zone, event: &Event, announced: DateTime<Utc>) -> DraftDate {
    let (details, lasts) = (Details::default(), Some(event.lasts));
    DraftDate { id, fact: Fact::Added(zone), announced, title: None, details, lasts }
}

/// The time by the slot's clock; a day alone is that of the slot's meeting.
fn same_kind(stamp: Stamp, slot: &DraftSlot) -> Local {
    match (stamp.within(slot.zone), slot.at) {
        (Local::Date(day), at) => Local::new(day, at),
        (Local::DateTime(moment), None) => Local::Date(moment.date()),
        (local, Some(_)) => local,
    }
}

fn differing(own: &Details, usual: &Details) -> Details {
    Details {
        join: own.join.clone().filter(|join| Some(join) != usual.join.as_ref()),
        location: own.location.clone().filter(|place| Some(place) != usual.location.as_ref()),
        body: if own.body == usual.body { String::new() } else { own.body.clone() },
    }
}

/// The last day that can have a meeting by UNTIL.
fn last_day(text: &str, slot: &DraftSlot) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Some(day.min(latest()));
    }
    let zone = if text.ends_with(['Z', 'z']) { Some(Zone::UTC) } else { Some(slot.zone) };
    let moment =
        NaiveDateTime::parse_from_str(text.trim_end_matches(['Z', 'z']), "%Y%m%dT%H%M%S").ok()?;
    let moment = moment.min(latest().and_time(Default::default()));
    let local = Stamp { local: Local::DateTime(moment), zone }.within(slot.zone);
    match (slot.at, local.time()) {
        (Some(at), Some(time)) if time < at => local.date().pred_opt(),
        _ => Some(local.date()),
    }
}

/// After it content has no dates.
fn latest() -> NaiveDate {
    NaiveDate::from_ymd_opt(2198, 12, 31).unwrap_or_default()
}

/// Whether a part about the time of day says what DTSTART says.
fn says_start(name: &str, value: &str, slot: &DraftSlot) -> bool {
    use chrono::Timelike;
    let number = value.trim().parse::<u32>().ok();
    let of = |own: fn(&chrono::NaiveTime) -> u32| slot.at.map(|at| own(&at));
    match name.to_ascii_uppercase().as_str() {
        "BYHOUR" => number.is_some() && number == of(|at| at.hour()),
        "BYMINUTE" => number.is_some() && number == of(|at| at.minute()),
        _ => number == Some(0),
    }
}

/// Whether the second is the first, later: one title, and no slot that both have days of.
fn follows(one: &Draft, next: &Draft) -> bool {
    let end = |slot: &DraftSlot| match slot.rule {
        None => Some(slot.from),
        Some(_) => slot.until,
    };
    let apart = |a: &DraftSlot, b: &DraftSlot| {
        end(a).is_some_and(|end| end < b.from) || end(b).is_some_and(|end| end < a.from)
    };
    one.title == next.title
        && one.slots.iter().all(|a| next.slots.iter().all(|b| apart(a, b)))
        && !one.dates.iter().any(|a| next.dates.iter().any(|b| a.id.date() == b.id.date()))
}

/// Puts the second into the first; what the later one says counts for the series.
fn join(one: &mut Draft, next: Draft, notes: &mut Vec<Note>) {
    let begins = |draft: &Draft| draft.slots.iter().map(|slot| slot.from).max();
    let differs = one.details != next.details;
    if begins(&next) > begins(one) {
        one.details = next.details;
    }
    if differs {
        let text = "it goes on with an event of the same title, whose place and text differ: \
                    those of the later one were kept";
        notes.push(Note::at(next.line, text));
    }
    one.updated = one.updated.max(next.updated);
    one.slots.extend(next.slots);
    one.dates.extend(next.dates);
}
