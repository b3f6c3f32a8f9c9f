//! What changed about one meeting, and when.

use super::super::locale::History;
use super::super::{Locale, words};
use crate::model::{Change, Line};
use crate::schedule::{AsOf, Fact, FactKind, Occurrence, facts_of};
use maud::{Markup, html};

/// The section with everything that became known of the meeting, the newest first; nothing where
/// nothing has.
pub(super) fn section(locale: &Locale, occurrence: &Occurrence<'_>, as_of: &AsOf) -> Markup {
    let facts = facts_of(occurrence, as_of);
    html! {
        @if !facts.is_empty() {
            section aria-labelledby="history" {
                h2 #history { (locale.occurrence.history.title) }
                ol.history {
                    @for fact in &facts {
                        li {
                            time datetime=(words::machine(fact.at)) {
                                ((locale.dates.short_day)(fact.at.date_naive()))
                            }
                            span { (told(locale, fact)) }
                        }
                    }
                }
            }
        }
    }
}

fn told(locale: &Locale, fact: &Fact<'_>) -> String {
    let (words, occurrence) = (&locale.occurrence.history, &fact.occurrence);
    match fact.kind {
        FactKind::Agenda => words.agenda.to_owned(),
        FactKind::Cancelled => (words.cancelled)(announced_reason(occurrence)),
        FactKind::Moved => moved(locale, occurrence),
        FactKind::Added => words.added.to_owned(),
        FactKind::Restored => restored(words, occurrence).to_owned(),
        FactKind::Minutes => words.minutes.to_owned(),
        FactKind::Recording => words.recording.to_owned(),
        FactKind::LaterRecording => words.later_recording.to_owned(),
    }
}

/// Why it was cancelled, though that may have been taken back.
fn announced_reason<'a>(occurrence: &Occurrence<'a>) -> Option<&'a str> {
    match occurrence.change {
        Some(Change::Cancelled { reason, .. }) => reason.as_ref().map(Line::as_str),
        _ => None,
    }
}

fn moved(locale: &Locale, occurrence: &Occurrence<'_>) -> String {
    let planned = words::local(locale, occurrence.recurrence_id, occurrence.planned_zone());
    let to = match occurrence.change {
        Some(Change::Moved { to, zone, .. }) => words::local(locale, *to, *zone),
        _ => words::local(locale, occurrence.start, occurrence.zone),
    };
    (locale.occurrence.history.moved)(&planned, &to)
}

fn restored(words: &History, occurrence: &Occurrence<'_>) -> &'static str {
    match occurrence.change {
        None if occurrence.added().is_some() => words.called_off,
        Some(Change::Moved { .. }) => words.moved_back,
        _ => words.on_again,
    }
}
