//! VEVENT (RFC 5545 §3.6.1).

use super::component::{Form, Parameter, Value};
use super::description::{Described, of_occurrence, of_series};
use super::events::{Event, Identity, Wanted};
use super::options::Cancelled;
use super::{alarm, recur};
use crate::model::{Local, Series, Site, Slot, Uid};
use crate::schedule::{Occurrence, Span, Status, Version};

/// Writes the event with the alarms that are wanted.
pub(super) fn write(form: &mut impl Form, site: &Site, event: &Event<'_>, wanted: Wanted<'_>) {
    form.begin("VEVENT");
    match event {
        Event::Recurring { series, slot, version, excluded } => {
            write_identity(form, &event.uid(), *version);
            write_recurrence(form, slot, excluded);
            let all_day = slot.at.is_none();
            write_described(form, series, &of_series(site, series), Shown::Meeting { all_day });
            alarm::write(form, &series.title, wanted.options);
        }
        Event::Single { occurrence, version, identity } => {
            write_identity(form, &event.uid(), *version);
            write_date(form, event, occurrence);
            let shown = Shown::of(occurrence);
            let described = described(site, occurrence, *identity, wanted);
            write_described(form, occurrence.series, &described, shown);
            if shown != Shown::Cancelled {
                alarm::write(form, occurrence.title(), wanted.options);
            }
        }
    }
    form.end("VEVENT");
}

/// What a date says; the same as its series where it is an event only for its end, since it may be so
/// far ahead that it has no page.
fn described<'a>(
    site: &Site,
    occurrence: &Occurrence<'a>,
    identity: Identity,
    wanted: Wanted<'_>,
) -> Described<'a> {
    match identity {
        Identity::InSlot if occurrence.is_plain() => of_series(site, occurrence.series),
        _ => of_occurrence(site, occurrence, wanted.options.cancelled == Cancelled::Mark),
    }
}

/// Whether people are to come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Meeting { all_day: bool },
    Cancelled,
}

impl Shown {
    fn of(occurrence: &Occurrence<'_>) -> Shown {
        match occurrence.status {
            Status::Confirmed => Shown::Meeting { all_day: occurrence.start.time().is_none() },
            Status::Cancelled => Shown::Cancelled,
        }
    }
}

fn write_identity(form: &mut impl Form, uid: &Uid, version: Version) {
    form.plain("UID", Value::Text(uid.as_str()));
    form.plain("DTSTAMP", Value::Instant(version.modified));
    form.plain("LAST-MODIFIED", Value::Instant(version.modified));
    form.plain("SEQUENCE", Value::Integer(version.sequence));
}

fn write_recurrence(form: &mut impl Form, slot: &Slot, excluded: &[Local]) {
    let first = Span::of_slot(slot, slot.from);
    form.plain("DTSTART", Value::Locals(first.zone, &[first.start]));
    write_end(form, &first);
    form.plain("RRULE", Value::Recur(&recur::of_slot(slot)));
    if !excluded.is_empty() {
        form.plain("EXDATE", Value::Locals(slot.zone, excluded));
    }
}

/// The RECURRENCE-ID is in the zone of the slot, whichever zone the date has moved to.
fn write_date(form: &mut impl Form, event: &Event<'_>, occurrence: &Occurrence<'_>) {
    let span = occurrence.span();
    if event.is_in_plain_utc() && occurrence.start.time().is_some() {
        form.plain("DTSTART", Value::Instant(span.utc_start));
        return form.plain("DTEND", Value::Instant(span.utc_end));
    }
    if let (Event::Single { identity: Identity::InSlot, .. }, Some(slot)) = (event, occurrence.slot)
    {
        let id = [occurrence.recurrence_id];
        form.plain("RECURRENCE-ID", Value::Locals(slot.zone, &id));
    }
    // Thunderbird shows an hour that is left out an hour early.
    form.plain("DTSTART", Value::Locals(span.zone, &[span.shown_start()]));
    write_end(form, &span);
}

/// The end is in UTC where the clock is changed meanwhile: in local time, half of all readers would
/// take it for another.
fn write_end(form: &mut impl Form, span: &Span) {
    match span.is_across_change() {
        true => form.plain("DTEND", Value::Instant(span.utc_end)),
        false => form.plain("DTEND", Value::Locals(span.zone, &[span.end])),
    }
}

fn write_described(form: &mut impl Form, series: &Series, what: &Described<'_>, shown: Shown) {
    form.plain("SUMMARY", Value::Text(&what.title));
    if let Some(place) = what.place {
        form.plain("LOCATION", Value::Text(place));
    }
    form.plain("DESCRIPTION", Value::Text(&what.text));
    form.plain("URL", Value::Uri(&what.page));
    if let Some(join) = what.join {
        // What can be done there (RFC 7986 §5.11).
        let features = Parameter { name: "FEATURE", values: &["AUDIO", "VIDEO"] };
        let label = Parameter { name: "LABEL", values: &[what.label] };
        form.property("CONFERENCE", &[features, label], Value::Uri(join.as_str()));
    }
    if !series.tags.is_empty() {
        let tags: Vec<&str> = series.tags.iter().map(|tag| tag.as_str()).collect();
        form.plain("CATEGORIES", Value::Texts(&tags));
    }
    if let Some(color) = series.color {
        form.plain("COLOR", Value::Text(color.name()));
    }
    let cancelled = shown == Shown::Cancelled;
    form.plain("STATUS", Value::Text(if cancelled { "CANCELLED" } else { "CONFIRMED" }));
    form.plain("CLASS", Value::Text("PUBLIC"));
    // A whole day would block everything else that day.
    let busy = shown == Shown::Meeting { all_day: false };
    form.plain("TRANSP", Value::Text(if busy { "OPAQUE" } else { "TRANSPARENT" }));
}
