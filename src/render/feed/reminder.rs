//! What a feed tells of each reminder.

use super::super::words;
use super::entry::{Entry, Told};
use crate::model::Site;
use crate::schedule::{AsOf, Lead, Reminder};

/// The entry that reminds of a meeting.
pub(super) fn entry(site: &Site, reminder: &Reminder<'_>, as_of: &AsOf) -> Entry {
    let occurrence = &reminder.occurrence;
    let (title, when) = (occurrence.title(), words::when(occurrence));
    let told = Told {
        occurrence,
        kind: "reminder",
        change: None,
        name: name(reminder),
        title: format!("{}: {title}, {when}", how_soon(reminder)),
        sentence: format!("Reminder of {title}: {when}."),
        since: None,
        recordings: Vec::new(),
        at: reminder.at,
        overtaken: Vec::new(),
    };
    told.entry(site, as_of)
}

/// It carries the start, so that people are reminded anew of a meeting that moved.
fn name(reminder: &Reminder<'_>) -> String {
    let start = words::stamp(reminder.occurrence.utc_start);
    format!("reminder-{}/{start}", reminder.lead.as_str())
}

/// Words that are true whenever it came.
fn how_soon(reminder: &Reminder<'_>) -> &'static str {
    match (reminder.lead, reminder.is_on_time()) {
        (Lead::Day, true) => "Tomorrow",
        (Lead::Day, false) => "Within 24 hours",
        (Lead::Hour, true) => "In one hour",
        (Lead::Hour, false) => "Within the hour",
    }
}
