//! VEVENT: a slot with what its dates change, and meetings that no slot gives.

use super::description::{Described, of_occurrence, of_series};
use super::recurrence::rrule;
use super::writer::Writer;
use crate::model::{Local, Series, Site, Slot, Uid};
use crate::schedule::{AsOf, Occurrence, Status, Version, added, exceptional, local_end};
use chrono::TimeDelta;

/// How long a past meeting is shown with its minutes and recordings.
const RECORDS_SHOWN: TimeDelta = TimeDelta::days(366);

/// Writes all events of a series: its slots, then the meetings that no slot gives.
pub(super) fn write_series(writer: &mut Writer, site: &Site, series: &Series, as_of: &AsOf) {
    for slot in &series.slots {
        let version = Version::of_slot(series, slot);
        let differing: Vec<Occurrence<'_>> = exceptional(series, slot).collect();
        write_master(writer, site, series, slot, &differing);
        for occurrence in differing.iter().filter(|o| is_shown_apart(o, as_of)) {
            write_single(writer, site, occurrence, version);
        }
    }
    for occurrence in added(series).filter(|o| o.status == Status::Confirmed) {
        write_single(writer, site, &occurrence, Version::of(&occurrence));
    }
}

/// The slot itself. A cancelled date is an EXDATE and a changed one has an event of its own, never
/// both: half of all readers lose a date that is both.
fn write_master(
    writer: &mut Writer,
    site: &Site,
    series: &Series,
    slot: &Slot,
    differing: &[Occurrence<'_>],
) {
    let start = slot.recurrence_id(slot.from);
    let cancelled = differing.iter().filter(|o| o.status == Status::Cancelled);
    let cancelled: Vec<Local> = cancelled.map(|o| o.recurrence_id).collect();
    writer.raw("BEGIN", "VEVENT");
    write_identity(writer, &slot.uid, Version::of_slot(series, slot));
    writer.locals("DTSTART", slot.zone, &[start]);
    writer.locals("DTEND", slot.zone, &[local_end(start, slot.lasts, slot.zone)]);
    writer.raw("RRULE", &rrule(slot));
    writer.locals("EXDATE", slot.zone, &cancelled);
    write_described(writer, series, &of_series(site, series), start);
    writer.raw("END", "VEVENT");
}

/// One date: of a slot, whose zone its RECURRENCE-ID is in, or of none.
fn write_single(writer: &mut Writer, site: &Site, occurrence: &Occurrence<'_>, version: Version) {
    writer.raw("BEGIN", "VEVENT");
    write_identity(writer, occurrence.uid, version);
    if let Some(slot) = occurrence.slot {
        writer.locals("RECURRENCE-ID", slot.zone, &[occurrence.recurrence_id]);
    }
    writer.locals("DTSTART", occurrence.zone, &[occurrence.start]);
    writer.locals("DTEND", occurrence.zone, &[occurrence.end]);
    write_described(writer, occurrence.series, &of_occurrence(site, occurrence), occurrence.start);
    writer.raw("END", "VEVENT");
}

/// Whether a date differs from its slot in a way that people still want to see.
fn is_shown_apart(occurrence: &Occurrence<'_>, as_of: &AsOf) -> bool {
    let own_fields = occurrence.details().is_some_and(|d| {
        d.title.is_some()
            || d.join.is_some()
            || d.agenda.is_some()
            || d.lasts.is_some()
            || d.location.is_some()
    });
    let says_something = occurrence.note().is_some()
        || occurrence.minutes().is_some()
        || !occurrence.recordings().is_empty();
    occurrence.status == Status::Confirmed
        && (occurrence.is_moved()
            || own_fields
            || says_something && !as_of.reached(occurrence.utc_end + RECORDS_SHOWN))
}

fn write_identity(writer: &mut Writer, uid: &Uid, version: Version) {
    writer.raw("UID", uid.as_str());
    writer.instant("DTSTAMP", version.modified);
    writer.instant("LAST-MODIFIED", version.modified);
    writer.raw("SEQUENCE", &version.sequence.to_string());
}

fn write_described(writer: &mut Writer, series: &Series, shown: &Described<'_>, start: Local) {
    writer.text("SUMMARY", shown.title.as_str());
    if let Some(place) = shown.place {
        writer.text("LOCATION", place);
    }
    writer.text("DESCRIPTION", &shown.text);
    writer.raw("URL", &shown.page);
    if let Some(join) = shown.join {
        writer.raw("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join", join.as_str());
    }
    if !series.tags.is_empty() {
        writer.texts("CATEGORIES", series.tags.iter().map(|tag| tag.as_str()));
    }
    writer.raw("STATUS", "CONFIRMED");
    writer.raw("CLASS", "PUBLIC");
    // A whole day would block everything else that day.
    writer.raw("TRANSP", if start.time().is_some() { "OPAQUE" } else { "TRANSPARENT" });
}
