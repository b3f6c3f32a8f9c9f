//! Past meetings by year, with what finds one among them.

use super::super::Locale;
use super::finder::{self, KINDS};
use super::meeting;
use crate::model::Community;
use crate::schedule::{Occurrence, Status};
use chrono::Datelike;
use maud::{Markup, html};
use std::cmp::Reverse;

/// The most topics of a meeting that are shown.
const MOST_TOPICS: usize = 6;

/// So few meetings are seen at a glance.
const FEW: usize = 8;

/// The past meetings of several series, given from the latest on.
pub(super) fn of_all(community: &Community, meetings: Vec<Occurrence<'_>>) -> Markup {
    list(community, meetings, true)
}

/// Those of one series, which need no title, given from the latest on.
pub(super) fn of_series(community: &Community, meetings: Vec<Occurrence<'_>>) -> Markup {
    list(community, meetings, false)
}

fn list(community: &Community, mut meetings: Vec<Occurrence<'_>>, titled: bool) -> Markup {
    // By the clocks of two zones the new year begins twice.
    meetings.sort_by_key(|meeting| Reverse(year_of(meeting)));
    let years = meetings.chunk_by(|a, b| year_of(a) == year_of(b));
    html! {
        @if meetings.len() > FEW { (finder::form(Locale::of(&community.site), &meetings, titled)) }
        @for (i, meetings) in years.enumerate() { (year(community, meetings, titled, i == 0)) }
    }
}

fn year_of(meeting: &Occurrence<'_>) -> i32 {
    meeting.start.date().year()
}

fn year(community: &Community, meetings: &[Occurrence<'_>], titled: bool, open: bool) -> Markup {
    let locale = Locale::of(&community.site);
    let year = meetings.first().map_or(0, year_of);
    html! {
        details.year open[open] {
            summary { ((locale.dates.year)(year)) " " span.quiet { (counted(locale, meetings)) } }
            ul.past.titled[titled] {
                @for meeting in meetings { (row(community, meeting, titled)) }
            }
        }
    }
}

/// `52 meetings, 4 cancelled`.
pub(super) fn counted(locale: &Locale, meetings: &[Occurrence<'_>]) -> String {
    let cancelled = meetings.iter().filter(|o| o.status == Status::Cancelled).count();
    (locale.archive.counted)(meetings.len(), cancelled)
}

fn row(community: &Community, meeting: &Occurrence<'_>, titled: bool) -> Markup {
    let locale = Locale::of(&community.site);
    let own_title = meeting.title() != &meeting.series.title;
    let kinds: Vec<_> = KINDS.iter().filter(|k| (k.holds)(meeting)).map(|k| k.name).collect();
    html! {
        li class=[(meeting.status == Status::Cancelled).then_some("cancelled")]
            data-day=(meeting.start.date())
            data-series=[titled.then_some(&meeting.series.slug)]
            data-has=[(!kinds.is_empty()).then(|| kinds.join(" "))]
        {
            a.date href=(meeting.path()) { (meeting::short_date(locale, meeting)) }
            " "
            div.about {
                @if titled || own_title { span.name { (meeting.title()) } " " }
                @if titled && own_title { span.quiet { (meeting.series.title) } " " }
                (meeting::remark(community, meeting)) " "
                (topics(locale, meeting))
            }
            @if KINDS.iter().any(|kind| kind.is_link && (kind.holds)(meeting)) {
                " " span.links { (meeting::records(locale, meeting)) }
            }
        }
    }
}

fn topics(locale: &Locale, meeting: &Occurrence<'_>) -> Markup {
    let topics = meeting.topics();
    html! {
        @if !topics.is_empty() {
            span.topics {
                @for (i, topic) in topics.iter().take(MOST_TOPICS).enumerate() {
                    @if i > 0 { " · " }
                    (topic)
                }
                @if topics.len() > MOST_TOPICS {
                    " · " ((locale.meeting.more_topics)(topics.len() - MOST_TOPICS))
                }
            }
        }
    }
}
