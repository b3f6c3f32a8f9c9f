//! Past meetings, in English.

use super::super::archive::{Archive, Finder};
use maud::html;

pub(super) const ARCHIVE: Archive = Archive {
    title: "Archive",
    lead: "Every past meeting, the newest first.",
    description: |name| format!("Every past meeting of {name}, with minutes and recordings."),
    nothing: "No meeting has taken place yet.",
    rest: |most, link| {
        html! {
            "These are the latest " (most) " meetings; those before them are on the page of "
            (link) "."
        }
    },
    every_series: "each series",
    all: "All past meetings",
    counted: |n, cancelled| {
        let meetings = format!("{n} meeting{}", if n == 1 { "" } else { "s" });
        match cancelled {
            0 => meetings,
            cancelled => format!("{meetings}, {cancelled} cancelled"),
        }
    },
};

pub(super) const FINDER: Finder = Finder {
    label: "Find a meeting",
    hint: "Date, title or any word",
    series: "Series",
    all_series: "All series",
    kinds: "Which meetings",
    all: "All",
    with_recording: "With recording",
    with_minutes: "With minutes",
    cancelled: "Cancelled",
    moved: "Moved",
    found: "{found} of {all} meetings",
    none: "No meeting matches. Fewer words find more.",
    clear: "Show all",
};
