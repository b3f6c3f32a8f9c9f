//! Months, and clocks that are not changed on the same day, in German.

use super::super::{Clocks, Months, nth, short_shift};
use super::{list, month, weekday};
use chrono::{Datelike, Weekday};

pub(super) const MONTHS: Months = Months {
    calendar: "Kalender",
    others: "Andere Monate",
    name: |first| format!("{} {}", month(first.month()), first.format("%Y")),
    week_begins: Weekday::Mon,
    weekday: |day| (nth(&SHORTEST_WEEKDAYS, day.num_days_from_monday()), weekday(day)),
    description: |name, month| format!("Alle Treffen im {month}: {name}."),
    clock: |zone| format!("Tage und Uhrzeiten gelten in der Zeitzone {zone}."),
    present: "Dieser Monat",
    years: "Andere Jahre",
    all_day: "Ganztägig",
    moved: "Verlegt",
    more: |n| match n {
        1 => "und ein weiteres".to_owned(),
        n => format!("und {n} weitere"),
    },
    nothing: "In diesem Monat gibt es kein Treffen.",
};

const SHORTEST_WEEKDAYS: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];

pub(super) const CLOCKS: Clocks = Clocks {
    at: [
        "an der US-Westküste",
        "an der US-Ostküste",
        "in UTC",
        "in Mitteleuropa",
        "in Indien",
        "in China",
        "in Japan",
    ],
    unusual: |places, minutes| {
        let than = if minutes < 0 { "früher" } else { "später" };
        let places: Vec<_> = places.iter().map(|place| (*place).to_owned()).collect();
        format!("{} {than} als sonst {}", how_long(minutes.abs()), list(&places))
    },
    short: |minutes| short_shift(minutes, " Std.", " Min."),
    why: "Die Uhren werden nicht überall am selben Tag umgestellt.",
};

/// `Eine Stunde`, as a sentence begins.
fn how_long(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 30) => "Eine halbe Stunde".to_owned(),
        (1, 0) => "Eine Stunde".to_owned(),
        (1, 30) => "Anderthalb Stunden".to_owned(),
        (2, 0) => "Zwei Stunden".to_owned(),
        (hours, 0) => format!("{hours} Stunden"),
        _ => format!("{minutes} Minuten"),
    }
}
