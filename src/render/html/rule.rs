//! When a slot meets, in words.

use super::super::{Locale, words};
use crate::model::{Local, Slot, Zone};
use crate::schedule::AsOf;

/// `Every Thursday at 10:00 Pacific, since 7 October 2021`.
pub(super) fn current(locale: &Locale, slot: &Slot, as_of: &AsOf) -> String {
    let Locale { dates, rules, .. } = locale;
    let begun = as_of.reached(words::instant(Local::Date(slot.from), slot.zone));
    let since = if begun { rules.since } else { rules.starting };
    let since = since(&slot_in_words(locale, slot), &(dates.plain_day)(slot.from));
    match slot.until {
        Some(until) => (rules.until)(&since, &(dates.plain_day)(until)),
        None => since,
    }
}

/// `Every Wednesday at 14:00 Pacific, 6 March 2019 to 29 September 2021`.
pub(super) fn ended(locale: &Locale, slot: &Slot) -> String {
    let Locale { dates, .. } = locale;
    let from = (dates.plain_day)(slot.from);
    let period = match slot.until {
        Some(until) => (dates.days)(&from, &(dates.plain_day)(until)),
        None => from,
    };
    [&slot_in_words(locale, slot), dates.comma, &period].concat()
}

/// `Every Thursday at 10:00 Pacific`.
pub fn slot_in_words(locale: &Locale, slot: &Slot) -> String {
    let Locale { dates, rules, .. } = locale;
    let days = (rules.days)(&slot.rule);
    match slot.at {
        Some(at) => (rules.at)(&days, &(dates.clock)(at), &zone_in_words(locale, slot.zone)),
        None => (rules.all_day)(&days),
    }
}

/// `Pacific`, or `America/Caracas` where no shorter name is known.
fn zone_in_words(locale: &Locale, zone: Zone) -> String {
    let id = zone.to_string();
    let known = locale.rules.zones.iter().find(|(zone, _)| *zone == id);
    known.map_or(id, |(_, name)| (*name).to_owned())
}
