//! Past meetings, in German.

use super::super::archive::{Archive, Finder};
use maud::html;

pub(super) const ARCHIVE: Archive = Archive {
    title: "Archiv",
    lead: "Alle vergangenen Treffen, die neuesten zuerst.",
    description: |name| {
        format!("Alle vergangenen Treffen von {name}, mit Protokollen und Aufzeichnungen.")
    },
    nothing: "Bisher hat kein Treffen stattgefunden.",
    rest: |most, link| {
        html! {
            "Hier stehen die letzten " (most) " Treffen; alle früheren stehen auf der Seite "
            (link) "."
        }
    },
    every_series: "der jeweiligen Reihe",
    all: "Alle vergangenen Treffen",
    counted: |n, cancelled| match cancelled {
        0 => format!("{n} Treffen"),
        cancelled => format!("{n} Treffen, davon {cancelled} abgesagt"),
    },
};

pub(super) const FINDER: Finder = Finder {
    label: "Treffen suchen",
    hint: "Datum, Titel oder Stichwort",
    series: "Reihe",
    all_series: "Alle Reihen",
    kinds: "Welche Treffen",
    all: "Alle",
    with_recording: "Mit Aufzeichnung",
    with_minutes: "Mit Protokoll",
    cancelled: "Abgesagt",
    moved: "Verlegt",
    found: "{found} von {all} Treffen",
    none: "Kein Treffen passt dazu. Weniger Wörter finden mehr.",
    clear: "Alle anzeigen",
};
