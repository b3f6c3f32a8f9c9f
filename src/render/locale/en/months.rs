//! Months, and clocks that are not changed on the same day, in English.

use super::super::{Clocks, Months, nth, short_shift};
use super::{list, weekday};
use chrono::Weekday;

pub(super) const MONTHS: Months = Months {
    calendar: "Calendar",
    others: "Other months",
    name: |first| first.format("%B %Y").to_string(),
    week_begins: Weekday::Mon,
    weekday: |day| (nth(&SHORT_WEEKDAYS, day.num_days_from_monday()), weekday(day)),
    description: |name, month| format!("All meetings of {name} in {month}."),
    clock: |zone| format!("Days and times are by the clock of {zone}."),
    present: "This month",
    years: "Other years",
    all_day: "All day",
    moved: "Moved",
    more: |n| format!("and {n} more"),
    nothing: "There is no meeting in this month.",
};

const SHORT_WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(super) const CLOCKS: Clocks = Clocks {
    at: [
        "on the US West Coast",
        "on the US East Coast",
        "in UTC",
        "in Central Europe",
        "in India",
        "in China",
        "in Japan",
    ],
    unusual: |places, minutes| {
        let than = if minutes < 0 { "earlier" } else { "later" };
        let places: Vec<_> = places.iter().map(|place| (*place).to_owned()).collect();
        format!("{} {than} than usual {}", how_long(minutes.abs()), list(&places))
    },
    short: |minutes| short_shift(minutes, " h", " min"),
    why: "Clocks are not changed on the same day everywhere.",
};

/// `One hour`, as a sentence begins.
fn how_long(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 30) => "Half an hour".to_owned(),
        (1, 0) => "One hour".to_owned(),
        (1, 30) => "One and a half hours".to_owned(),
        (2, 0) => "Two hours".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        _ => format!("{minutes} minutes"),
    }
}
