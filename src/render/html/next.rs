//! The next meeting of the community: when it is, whether it is on, and how to join.

use super::super::Locale;
use super::meeting;
use crate::model::{Community, Line};
use crate::schedule::{AsOf, Occurrence};
use maud::{Markup, html};

/// The card of the next meeting; of the `others` those are named that were planned before it and do
/// not take place.
pub(super) fn card(
    community: &Community,
    next: &Occurrence<'_>,
    others: &[Occurrence<'_>],
    as_of: &AsOf,
) -> Markup {
    let running = as_of.reached(next.utc_start);
    let locale = Locale::of(&community.site);
    let words = &locale.home;
    let dropped = others.iter().filter(|o| o.utc_start < next.utc_start);
    html! {
        section.card aria-labelledby="next" {
            h2 #next data-running=(words.running) {
                @if running { (words.running) } @else { (words.next) }
            }
            p.name { a href=(next.path()) { (next.title()) } }
            (meeting::when(locale, next))
            (meeting::clocks_hint(locale, next))
            (meeting::countdown(locale, next))
            (remarks(community, next))
            @for cancelled in dropped {
                p.hint { (is_cancelled(locale, cancelled)) }
            }
            (meeting::actions(&locale.meeting, next))
        }
    }
}

fn remarks(community: &Community, next: &Occurrence<'_>) -> Markup {
    let locale = Locale::of(&community.site);
    html! {
        @if next.is_moved() {
            p.remark.warn { ((locale.meeting.moved_from)(meeting::planned(locale, next))) }
        }
        @if let Some(holiday) = meeting::holiday(community, next) {
            @let day = (locale.dates.day_of_year)(holiday.date);
            p.hint { ((locale.home.holiday)(&day, holiday.name.as_str())) }
        }
    }
}

fn is_cancelled(locale: &Locale, occurrence: &Occurrence<'_>) -> Markup {
    let day = html! { a href=(occurrence.path()) { (meeting::short_date(locale, occurrence)) } };
    let reason = occurrence.reason().map(Line::as_str);
    (locale.home.cancelled)(occurrence.title().as_str(), day, reason)
}
