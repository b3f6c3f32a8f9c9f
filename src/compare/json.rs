//! The changes as JSON, for programs.

use super::sentence::told;
use super::text::plain;
use super::times::elsewhere;
use super::{
    Change, DateChange, Dates, Entry, SeriesChange, Shift, SlotChange, Warning, What, Whose,
};
use crate::model::{Line, Link, Zone};
use crate::schedule::{Span, ZoneRules};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// The changes as JSON has them: `changes`, `feed` and `warnings`, each a list; every key is always
/// there, `null` or empty where there is nothing.
#[derive(Debug, Serialize)]
pub struct Document {
    changes: Vec<Row>,
    feed: Vec<FeedRow>,
    warnings: Vec<WarningRow>,
}

/// Something that subscribers notice.
#[derive(Debug, Serialize)]
struct Row {
    /// What happens: `cancelled`, `moved`, `slot-begins`, …
    kind: &'static str,
    /// The slug of the series; none for the site.
    series: Option<String>,
    /// What the meeting is called, or the series.
    title: Option<String>,
    /// The meeting's identity in its series.
    recurrence_id: Option<String>,
    /// When it was, or would have been.
    was: Option<When>,
    /// When it is.
    now: Option<When>,
    /// Why it is cancelled.
    reason: Option<String>,
    /// What is another: `title`, `join link`, …
    field: Option<&'static str>,
    /// Its value before.
    before: Option<String>,
    /// Its value now.
    after: Option<String>,
    /// The first dates within a year that come, go or change.
    dates: Vec<Dated>,
    /// How many there are.
    count: usize,
    /// The same in a sentence.
    message: String,
}

#[derive(Debug, Serialize)]
struct Dated {
    was: Option<When>,
    now: Option<When>,
}

/// When a meeting is: local times as `2026-12-03T10:00:00`, whole days as dates.
#[derive(Debug, Serialize)]
struct When {
    start: String,
    end: String,
    zone: &'static str,
    utc_start: String,
    utc_end: String,
    /// The same on clocks elsewhere; none for whole days.
    elsewhere: Vec<Elsewhere>,
}

#[derive(Debug, Serialize)]
struct Elsewhere {
    zone: &'static str,
    start: String,
    end: String,
}

/// An entry that the feeds will have.
#[derive(Debug, Serialize)]
struct FeedRow {
    series: Option<String>,
    title: String,
    published: String,
}

/// What subscribers lose, or do not get.
#[derive(Debug, Serialize)]
struct WarningRow {
    kind: &'static str,
    series: Option<String>,
    /// The UIDs, recurrence-ids or addresses that it is about.
    names: Vec<String>,
    message: String,
    help: String,
}

impl Document {
    /// The changes as JSON has them; zones are chosen as for [`text`](super::text).
    pub fn of(changes: &[Change], zones: &[Zone]) -> Document {
        let mut all = Document { changes: vec![], feed: vec![], warnings: vec![] };
        for change in changes {
            match &change.what {
                What::Entry(entry) => all.feed.push(FeedRow::of(change, entry)),
                What::Warning(warning) => all.warnings.push(WarningRow::of(change, warning)),
                what => all.changes.push(Row::of(change, what, zones)),
            }
        }
        all
    }
}

fn series(change: &Change) -> Option<String> {
    change.series.as_ref().map(|series| series.slug.to_string())
}

fn machine(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl FeedRow {
    fn of(change: &Change, entry: &Entry) -> FeedRow {
        let (title, published) = (entry.title.clone(), machine(entry.at));
        FeedRow { series: series(change), title, published }
    }
}

impl WarningRow {
    fn of(change: &Change, warning: &Warning) -> WarningRow {
        let (kind, names) = match warning {
            Warning::UidsVanish(uids) => ("uids-vanish", names(uids)),
            Warning::DomainChanges(..) => ("uid-domain-changes", vec![]),
            Warning::SequenceFalls(falls) => {
                ("sequence-falls", falls.iter().map(|(uid, ..)| uid.to_string()).collect())
            }
            Warning::NotNoticed(uids) => ("not-noticed", names(uids)),
            Warning::SetApart(ids) => ("set-apart", names(ids)),
            Warning::PastChanges(..) => ("past-changes", vec![]),
            Warning::AddressesVanish(paths) => ("addresses-vanish", names(paths)),
        };
        let told = told(change);
        let help = told.more.iter().map(|line| plain(line)).collect();
        WarningRow { kind, series: series(change), names, message: plain(&told.line), help }
    }
}

fn names<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

impl When {
    fn of(span: &Span, chosen: &[Zone]) -> When {
        let there = |zone: Zone| {
            let local = |moment| ZoneRules::of(zone).to_local(moment).format("%Y-%m-%dT%H:%M:%S");
            let (start, end) = (local(span.utc_start).to_string(), local(span.utc_end).to_string());
            Elsewhere { zone: zone.name(), start, end }
        };
        When {
            start: span.start.to_string(),
            end: span.end.to_string(),
            zone: span.zone.name(),
            utc_start: machine(span.utc_start),
            utc_end: machine(span.utc_end),
            elsewhere: elsewhere(span, chosen).into_iter().map(there).collect(),
        }
    }
}

impl Row {
    fn of(change: &Change, what: &What, zones: &[Zone]) -> Row {
        let told = told(change);
        let row = Row {
            kind: "field",
            series: series(change),
            title: change.series.as_ref().map(|Whose { title, .. }| title.to_string()),
            recurrence_id: None,
            was: None,
            now: None,
            reason: None,
            field: None,
            before: None,
            after: None,
            dates: Vec::new(),
            count: 0,
            message: format!("{}: {}", told.label, plain(&told.line)),
        };
        match what {
            What::Series(change) => row.of_series(change, zones),
            What::Slot(rule, change) => row.of_slot(rule, change, zones),
            What::Field(field, before, after) => Row {
                field: Some(field.as_str()),
                before: before.clone(),
                after: after.clone(),
                ..row
            },
            What::Date(meeting, change) => {
                let when = When::of(&meeting.span, zones);
                Row {
                    title: Some(meeting.title.to_string()),
                    recurrence_id: Some(meeting.recurrence_id.to_string()),
                    ..row
                }
                .of_date(change, when, zones)
            }
            What::Entry(_) | What::Warning(_) => row,
        }
    }

    fn of_series(self, change: &SeriesChange, zones: &[Zone]) -> Row {
        match change {
            SeriesChange::Begins(rules, next) => {
                let after = Some(rules.join("; ")).filter(|rules| !rules.is_empty());
                Row { kind: "series-begins", after, ..self }.come(next, zones)
            }
            SeriesChange::Removed(rules, gone) => {
                let before = Some(rules.join("; ")).filter(|rules| !rules.is_empty());
                Row { kind: "series-removed", before, ..self }.gone(gone, zones)
            }
        }
    }

    fn of_slot(self, rule: &str, change: &SlotChange, zones: &[Zone]) -> Row {
        let rule = Some(rule.to_owned());
        let row = |kind| Row { kind, after: rule.clone(), ..self };
        match change {
            SlotChange::Begins { next, .. } => row("slot-begins").come(next, zones),
            SlotChange::Ends { gone, .. } => row("slot-ends").gone(gone, zones),
            SlotChange::GoesOn { come, .. } => row("slot-goes-on").come(come, zones),
            SlotChange::Removed(gone) => {
                Row { before: rule.clone(), after: None, ..row("slot-removed") }.gone(gone, zones)
            }
            SlotChange::Changes { before, first, count } => Row {
                before: Some(before.clone()),
                dates: first.iter().map(|shift| Dated::of(shift, zones)).collect(),
                count: *count,
                ..row("slot-changes")
            },
        }
    }

    fn of_date(self, change: &DateChange, when: When, zones: &[Zone]) -> Row {
        let was = |span: &Span| Some(When::of(span, zones));
        let text = |link: &Option<Link>| link.as_ref().map(Link::to_string);
        let links = |links: &[Link]| {
            let all: Vec<&str> = links.iter().map(Link::as_str).collect();
            (!all.is_empty()).then(|| all.join(" "))
        };
        match change {
            DateChange::Cancelled(reason) => {
                let reason = reason.as_ref().map(Line::to_string);
                Row { kind: "cancelled", was: Some(when), reason, ..self }
            }
            DateChange::TakenAway => Row { kind: "taken-away", was: Some(when), ..self },
            DateChange::Restored => self.now("restored", when),
            DateChange::Added => self.now("added", when),
            DateChange::Kept => self.now("kept", when),
            DateChange::NotKept => self.now("not-kept", when),
            DateChange::Moved(from) => Row { was: was(from), ..self.now("moved", when) },
            DateChange::MovedBack(from) => Row { was: was(from), ..self.now("moved-back", when) },
            DateChange::Field(field, before, after) => Row {
                field: Some(field.as_str()),
                before: before.clone(),
                after: after.clone(),
                ..self.now("field", when)
            },
            DateChange::Minutes(before, after) => {
                Row { before: text(before), after: text(after), ..self.now("minutes", when) }
            }
            DateChange::Recordings { gone, come } => {
                Row { before: links(gone), after: links(come), ..self.now("recordings", when) }
            }
        }
    }

    fn now(self, kind: &'static str, when: When) -> Row {
        Row { kind, now: Some(when), ..self }
    }

    fn come(self, dates: &Dates, zones: &[Zone]) -> Row {
        let shift = |span: &Span| Dated::of(&Shift { old: None, new: Some(*span) }, zones);
        Row { dates: dates.first.iter().map(shift).collect(), count: dates.count, ..self }
    }

    fn gone(self, dates: &Dates, zones: &[Zone]) -> Row {
        let shift = |span: &Span| Dated::of(&Shift { old: Some(*span), new: None }, zones);
        Row { dates: dates.first.iter().map(shift).collect(), count: dates.count, ..self }
    }
}

impl Dated {
    fn of(shift: &Shift, zones: &[Zone]) -> Dated {
        let when = |span: Option<Span>| span.map(|span| When::of(&span, zones));
        Dated { was: when(shift.old), now: when(shift.new) }
    }
}
