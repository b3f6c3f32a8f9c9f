//! The page of a month: all meetings of the community, each on its days.

use super::super::locale::Locale;
use super::super::{Scope, words};
use super::layout::Layout;
use super::structured;
use crate::model::{Community, Local, Zone};
use crate::schedule::{Month, Occurrence, Status, ZoneRules};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Where the month of the present is served.
pub const CALENDAR_PATH: &str = "/calendar/";

/// The most meetings that a day shows.
const MOST_MEETINGS: usize = 8;

/// The most holidays that a day names.
const MOST_HOLIDAYS: usize = 3;

/// What is in a month, and which months there are beside it.
#[derive(Clone, Copy, Debug)]
pub struct MonthPage<'o> {
    /// The month.
    pub month: Month,
    /// The meetings that touch it by the community's clock, in order.
    pub meetings: &'o [Occurrence<'o>],
    /// Every month that has a page, in order.
    pub all: &'o [Month],
    /// The one that is also served as that of the present.
    pub present: Month,
}

/// What a day shows.
#[derive(Default)]
struct Day<'o> {
    holidays: Vec<&'o str>,
    meetings: Vec<&'o Occurrence<'o>>,
}

/// Where a month is served: `/calendar/2026-11/`.
pub fn month_path(month: Month) -> String {
    format!("{CALENDAR_PATH}{month}/")
}

/// Whether there are months to show: there is none where no meeting is known.
pub(super) fn is_there(community: &Community) -> bool {
    community.series.iter().any(|series| !series.slots.is_empty() || !series.added.is_empty())
}

/// The page of a month: a table with a row for each week.
pub fn month(community: &Community, page: &MonthPage<'_>) -> String {
    let scope = Scope::Community(community);
    let site = &community.site;
    let locale = scope.locale();
    let title = (locale.months.name)(page.month.first());
    let path = month_path(page.month);
    let layout = Layout {
        scope,
        path: &path,
        description: (locale.months.description)(site.name.as_str(), &title),
        structured: structured::month(site, &title, &path),
        title,
    };
    layout.around(html! {
        div.wide lang=[locale.foreign_to(site)] {
            div.bar {
                h1 { (layout.title) }
                (beside(locale, page))
            }
            @if page.meetings.is_empty() { p { (locale.months.nothing) } }
            (table(community, page, &layout.title))
            (years(locale, page))
        }
    })
}

/// The months before and after, and that of the present.
fn beside(locale: &Locale, page: &MonthPage<'_>) -> Markup {
    let words = &locale.months;
    let known = |month: Month| page.all.binary_search(&month).is_ok().then_some(month);
    let link = |rel: &str, month: Month| {
        html! {
            a.button.small.(rel) rel=(rel) href=(month_path(month)) {
                ((words.name)(month.first()))
            }
        }
    };
    let is_present = page.month == page.present;
    html! {
        nav.months aria-label=(words.others) {
            @if let Some(before) = known(page.month.after(-1)) { (link("prev", before)) }
            @if let Some(after) = known(page.month.after(1)) { (link("next", after)) }
            a.button.small href=(CALENDAR_PATH) aria-current=[is_present.then_some("page")] {
                (words.present)
            }
        }
    }
}

/// The same month in other years, or the nearest to it that there is.
fn years(locale: &Locale, page: &MonthPage<'_>) -> Markup {
    let (Some(first), Some(last)) = (page.all.first(), page.all.last()) else { return html! {} };
    let own = page.month.first().year();
    let years = first.first().year()..=last.first().year();
    html! {
        @if years.start() < years.end() {
            nav.years aria-label=(locale.months.years) {
                @for year in years {
                    @let month = page.month.after(12 * (year - own)).clamp(*first, *last);
                    a href=(month_path(month)) aria-current=[(year == own).then_some("page")] {
                        ((locale.dates.year)(year))
                    }
                }
            }
        }
    }
}

fn table(community: &Community, page: &MonthPage<'_>, title: &str) -> Markup {
    let locale = Locale::of(&community.site);
    let zone = community.site.zone;
    let days = days(community, page);
    let begins = locale.months.week_begins;
    let weekdays = std::iter::successors(Some(begins), |day| Some(day.succ())).take(7);
    html! {
        table.month data-zone=(zone) {
            caption {
                span.hidden { (title) (locale.dates.colon) }
                ((locale.months.clock)(&zone.name().replace('_', " ")))
            }
            thead {
                tr {
                    @for weekday in weekdays {
                        @let (short, name) = (locale.months.weekday)(weekday);
                        th scope="col" { abbr title=(name) { (short) } }
                    }
                }
            }
            tbody {
                @for week in weeks(page.month, begins) {
                    tr {
                        @for date in week {
                            @match date {
                                Some(date) => { (cell(locale, zone, date, days.get(&date))) }
                                None => { td.none {} }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The days of the month in weeks, with none for those of the months beside it.
fn weeks(month: Month, begins: chrono::Weekday) -> Vec<[Option<NaiveDate>; 7]> {
    let mut weeks = Vec::new();
    let mut week = [None; 7];
    for date in month.days() {
        let place = usize::try_from(date.weekday().days_since(begins)).unwrap_or_default();
        if place == 0 && date > month.first() {
            weeks.push(std::mem::take(&mut week));
        }
        if let Some(day) = week.get_mut(place) {
            *day = Some(date);
        }
    }
    weeks.push(week);
    weeks
}

/// What there is on each day that has anything; whole days before what has a time.
fn days<'o>(community: &'o Community, page: &MonthPage<'o>) -> BTreeMap<NaiveDate, Day<'o>> {
    let rules = ZoneRules::of(community.site.zone);
    let mut days: BTreeMap<NaiveDate, Day<'o>> = BTreeMap::new();
    let (timed, whole): (Vec<_>, Vec<_>) =
        page.meetings.iter().partition(|o| o.start.time().is_some());
    for occurrence in whole.into_iter().chain(timed) {
        let (one, other) = occurrence.days(rules);
        let touched = one.min(other)..=one.max(other);
        for date in page.month.days().filter(|date| touched.contains(date)) {
            days.entry(date).or_default().meetings.push(occurrence);
        }
    }
    for (date, name) in holidays(community, page.month) {
        let names = &mut days.entry(date).or_default().holidays;
        if names.len() < MOST_HOLIDAYS && !names.contains(&name) {
            names.push(name);
        }
    }
    days
}

/// The month's days in the lists of holidays that a series goes by.
fn holidays(community: &Community, month: Month) -> impl Iterator<Item = (NaiveDate, &str)> {
    let is_used = |slug| community.series.iter().any(|series| series.holidays.contains(slug));
    let lists = community.holidays.iter().filter(move |list| is_used(&list.slug));
    let days = lists.flat_map(|list| &list.days);
    days.filter(move |day| Month::of(day.date) == month).map(|day| (day.date, day.name.as_str()))
}

fn cell(locale: &Locale, zone: Zone, date: NaiveDate, day: Option<&Day<'_>>) -> Markup {
    let Some(day) = day else {
        return html! { td { time.day.number datetime=(date) { (date.day()) } } };
    };
    html! {
        td.busy {
            time.day datetime=(date) {
                span.number { (date.day()) }
                " "
                span.name { ((locale.dates.short_day_of_year)(date)) }
            }
            div { (content(locale, zone, date, day)) }
        }
    }
}

fn content(locale: &Locale, zone: Zone, date: NaiveDate, day: &Day<'_>) -> Markup {
    let more = day.meetings.len().saturating_sub(MOST_MEETINGS);
    html! {
        @for name in &day.holidays { p.holiday { (name) } }
        @if !day.meetings.is_empty() {
            ul {
                @for occurrence in day.meetings.iter().take(MOST_MEETINGS) {
                    (meeting(locale, zone, date, occurrence))
                }
                @if more > 0 {
                    li { a.name href="/#meetings" { ((locale.months.more)(more)) } }
                }
            }
        }
    }
}

fn meeting(locale: &Locale, zone: Zone, date: NaiveDate, occurrence: &Occurrence<'_>) -> Markup {
    let words = &locale.months;
    let cancelled = occurrence.status == Status::Cancelled;
    html! {
        li class=[cancelled.then_some("cancelled")] {
            (clock(locale, zone, date, occurrence))
            " "
            a.name href=(occurrence.path()) { (occurrence.title()) }
            @if cancelled {
                span.remark.bad {
                    (locale.meeting.cancelled)
                    @if let Some(reason) = occurrence.reason() { (locale.dates.colon) (reason) }
                }
            } @else if occurrence.is_moved() {
                span.remark.warn { (words.moved) }
            }
        }
    }
}

/// `10:00 PST` on the day it begins, `until 02:00 PST` on the last of several, `All day` between.
fn clock(locale: &Locale, zone: Zone, date: NaiveDate, occurrence: &Occurrence<'_>) -> Markup {
    let rules = ZoneRules::of(zone);
    let (first, last) = occurrence.days(rules);
    let at = |moment: DateTime<Utc>, around: fn(&Locale, String) -> String| {
        let clock = (locale.dates.clock)(rules.to_local(moment).time());
        let zoned = (locale.dates.zoned)(&clock, &words::zone_name(locale, rules, moment));
        html! { time.clock datetime=(words::machine(moment)) { (around(locale, zoned)) } }
    };
    match occurrence.start {
        Local::DateTime(_) if date == first => at(occurrence.utc_start, |_, zoned| zoned),
        Local::DateTime(_) if date == last => {
            at(occurrence.utc_end, |locale, zoned| (locale.dates.until)(&zoned))
        }
        _ => html! { span.clock { (locale.months.all_day) } },
    }
}
