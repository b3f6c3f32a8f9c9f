//! What finds a meeting among many as one types, and shows only some kinds of them. It is the script's,
//! and not shown without.

use super::super::Locale;
use super::past;
use crate::model::Series;
use crate::schedule::{Occurrence, Status};
use maud::{Markup, html};

/// A kind of meetings that one may want to see alone.
pub(super) struct Kind {
    /// Its name in addresses: `?has=recording`.
    pub(super) name: &'static str,
    label: fn(&Locale) -> &'static str,
    /// Whether a meeting is of it.
    pub(super) holds: fn(&Occurrence<'_>) -> bool,
    /// Whether what it is about is a link in the meeting's row.
    pub(super) is_link: bool,
}

/// Every kind there is.
pub(super) const KINDS: [Kind; 4] = [
    Kind {
        name: "recording",
        label: |locale| locale.finder.with_recording,
        holds: |meeting| !meeting.recordings().is_empty(),
        is_link: true,
    },
    Kind {
        name: "minutes",
        label: |locale| locale.finder.with_minutes,
        holds: |meeting| meeting.minutes().is_some(),
        is_link: true,
    },
    Kind {
        name: "cancelled",
        label: |locale| locale.finder.cancelled,
        holds: |meeting| meeting.status == Status::Cancelled,
        is_link: false,
    },
    Kind {
        name: "moved",
        label: |locale| locale.finder.moved,
        holds: |meeting| meeting.is_moved(),
        is_link: false,
    },
];

/// The form for these meetings, which follow it by year; with a choice of series where there are
/// several.
pub(super) fn form(locale: &Locale, meetings: &[Occurrence<'_>], titled: bool) -> Markup {
    let words = &locale.finder;
    let series = if titled { series_of(meetings) } else { Vec::new() };
    html! {
        form.finder role="search" aria-label=(words.label) autocomplete="off"
            data-found=(words.found) data-none=(words.none)
        {
            p.field {
                label for="find" { (words.label) }
                input #find type="search" name="q" placeholder=(words.hint) enterkeyhint="search"
                    spellcheck="false" autocapitalize="none";
            }
            @if series.len() > 1 { (choice(locale, &series)) }
            (kinds(locale, meetings))
            p.found {
                span role="status" { (past::counted(locale, meetings)) } " "
                button.clear type="reset" hidden { (words.clear) }
            }
        }
    }
}

/// The series that the meetings are of, by title.
fn series_of<'a>(meetings: &[Occurrence<'a>]) -> Vec<&'a Series> {
    let mut all: Vec<_> = meetings.iter().map(|meeting| meeting.series).collect();
    all.sort_by_key(|series| (&series.title, &series.slug));
    all.dedup_by_key(|series| &series.slug);
    all
}

fn choice(locale: &Locale, series: &[&Series]) -> Markup {
    html! {
        p.field {
            label for="find-series" { (locale.finder.series) }
            select #find-series name="series" {
                option value="" { (locale.finder.all_series) }
                @for series in series { option value=(series.slug) { (series.title) } }
            }
        }
    }
}

/// The kinds that some of the meetings are of.
fn kinds(locale: &Locale, meetings: &[Occurrence<'_>]) -> Markup {
    let words = &locale.finder;
    let there: Vec<_> = KINDS.iter().filter(|kind| meetings.iter().any(kind.holds)).collect();
    html! {
        @if !there.is_empty() {
            fieldset {
                legend.hidden { (words.kinds) }
                label { input type="radio" name="has" value="" checked; " " (words.all) }
                @for kind in there {
                    label { input type="radio" name="has" value=(kind.name); " " ((kind.label)(locale)) }
                }
            }
        }
    }
}
