//! What a feed tells of each reminder.

use super::super::locale::Reminders;
use super::super::{Locale, words};
use super::entry::{Entry, Told};
use crate::model::Site;
use crate::schedule::{AsOf, Lead, Reminder};

/// The entry that reminds of a meeting.
pub(super) fn entry(site: &Site, reminder: &Reminder<'_>, as_of: &AsOf) -> Entry {
    let occurrence = &reminder.occurrence;
    let locale = Locale::of(site);
    let words = &locale.reminders;
    let (title, when) = (occurrence.title().as_str(), words::when(locale, occurrence));
    let told = Told {
        occurrence,
        kind: "reminder",
        change: None,
        name: name(reminder),
        title: (words.title)(how_soon(words, reminder), title, &when),
        sentence: (words.sentence)(title, &when),
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
fn how_soon(words: &Reminders, reminder: &Reminder<'_>) -> &'static str {
    match (reminder.lead, reminder.is_on_time()) {
        (Lead::Day, true) => words.tomorrow,
        (Lead::Day, false) => words.within_a_day,
        (Lead::Hour, true) => words.in_an_hour,
        (Lead::Hour, false) => words.within_an_hour,
    }
}
