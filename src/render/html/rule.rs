//! When a slot meets, in words.

use super::super::Locale;
use crate::model::Slot;

/// `Every Thursday at 10:00 America/Los_Angeles since 7 October 2021`.
pub(super) fn current(locale: &Locale, slot: &Slot) -> String {
    let Locale { dates, rules, .. } = locale;
    let since = (rules.since)(&slot_in_words(locale, slot), &(dates.plain_day)(slot.from));
    match slot.until {
        Some(until) => (rules.until)(&since, &(dates.plain_day)(until)),
        None => since,
    }
}

/// `Every Wednesday at 14:00 America/Los_Angeles, 6 March 2019 to 29 September 2021`.
pub(super) fn ended(locale: &Locale, slot: &Slot) -> String {
    let Locale { dates, .. } = locale;
    let from = (dates.plain_day)(slot.from);
    let period = match slot.until {
        Some(until) => (dates.days)(&from, &(dates.plain_day)(until)),
        None => from,
    };
    [&slot_in_words(locale, slot), dates.comma, &period].concat()
}

/// `Every Thursday at 10:00 America/Los_Angeles`.
pub fn slot_in_words(locale: &Locale, slot: &Slot) -> String {
    let Locale { dates, rules, .. } = locale;
    let days = (rules.days)(&slot.rule);
    match slot.at {
        Some(at) => (rules.at)(&days, &(dates.clock)(at), &slot.zone.to_string()),
        None => (rules.all_day)(&days),
    }
}
