//! Which months have a page, and what is in them.

use super::recipe::Recipe;
use super::shown::Shown;
use crate::model::{Community, Zone};
use crate::render::html::{self, MonthPage};
use crate::schedule::{AsOf, Month, Occurrence, ZoneRules, occurrences};
use chrono::TimeDelta;
use std::rc::Rc;

/// How many months ahead there are pages for.
const AHEAD: i32 = 12;

/// Every month from that of the first meeting to that of the last that has a page, at most a year
/// ahead, by the clock of the community.
pub(super) struct Months {
    all: Vec<Month>,
    present: Month,
}

/// Path and recipe of each; under `/calendar/` there is once more the month of the present, or the
/// nearest there is.
pub(super) fn all<'c>(
    community: &'c Community,
    as_of: &AsOf,
) -> impl Iterator<Item = (String, Recipe<'c>)> {
    let months = Months::of(community, as_of).map(Rc::new);
    months.into_iter().flat_map(move |months| {
        let present = (html::CALENDAR_PATH.to_owned(), months.present);
        let own: Vec<_> =
            months.all.iter().map(|month| (html::month_path(*month), *month)).collect();
        own.into_iter().chain([present]).map(move |(path, month)| {
            let months = Rc::clone(&months);
            (path, Recipe::page(move |as_of| months.page(community, month, as_of)))
        })
    })
}

/// What is at that path; none where it is nothing of this kind.
pub(super) fn find<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Option<Recipe<'c>> {
    path.strip_prefix(html::CALENDAR_PATH)?;
    all(community, as_of).find(|(known, _)| known == path).map(|(_, recipe)| recipe)
}

impl Months {
    /// The months of the meetings that have pages; none where there is no meeting at all.
    pub(super) fn of(community: &Community, as_of: &AsOf) -> Option<Months> {
        let zone = community.site.zone;
        let rules = ZoneRules::of(zone);
        let shown: Vec<_> = community.all_series().map(Shown::of).collect();
        let month_of_start = |o: Occurrence<'_>| touched(&o, rules).0;
        let first = shown.iter().flat_map(|shown| shown.first(as_of)).map(month_of_start).min();
        let first = first.or_else(|| first_planned(community))?;
        let month_of_end = |o: Occurrence<'_>| touched(&o, rules).1;
        let last = shown.iter().flat_map(|shown| shown.last(as_of)).map(month_of_end).max();
        let last = last.unwrap_or(first);
        let all: Vec<_> = (0..)
            .map(|n| first.after(n))
            .take_while(|month| *month <= last && has_page(*month, first, zone, as_of))
            .collect();
        let begun = all.iter().skip(1).take_while(|month| as_of.reached(month.begins(zone)));
        let present = begun.last().copied().unwrap_or(first);
        Some(Months { all, present })
    }

    /// The paths of the months alone.
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        self.all.iter().map(|month| html::month_path(*month))
    }

    fn page(&self, community: &Community, month: Month, as_of: &AsOf) -> String {
        let meetings = meetings(community, month, as_of);
        let page = MonthPage { month, meetings: &meetings, all: &self.all, present: self.present };
        html::month(community, &page)
    }
}

/// The first month always has one.
fn has_page(month: Month, first: Month, zone: Zone, as_of: &AsOf) -> bool {
    month == first || as_of.reached(month.after(-AHEAD).begins(zone))
}

/// The month's meetings, in order; one that goes on into the next month is in both.
fn meetings<'c>(community: &'c Community, month: Month, as_of: &AsOf) -> Vec<Occurrence<'c>> {
    let zone = community.site.zone;
    let rules = ZoneRules::of(zone);
    // Days of whole days are by no clock, and no zone is more than a day from another.
    let (begins, ends) =
        (month.begins(zone) - TimeDelta::days(2), month.after(1).begins(zone) + TimeDelta::days(2));
    let is_in = |o: &Occurrence<'_>| {
        let (first, last) = touched(o, rules);
        first <= month && month <= last
    };
    let of_series = |shown: Shown<'c>| -> Vec<_> {
        let near = shown.since(begins, as_of).take_while(|o| o.utc_start < ends);
        near.filter(is_in).collect()
    };
    let all = community.all_series().map(Shown::of);
    let mut meetings: Vec<_> = all.flat_map(of_series).collect();
    meetings.sort_by(|a, b| a.order().cmp(&b.order()));
    meetings
}

/// The first and the last month that a meeting touches.
fn touched(occurrence: &Occurrence<'_>, rules: &ZoneRules) -> (Month, Month) {
    let (first, last) = occurrence.days(rules);
    (Month::of(first.min(last)), Month::of(first.max(last)))
}

/// The month of the first meeting of all, however far ahead it is.
fn first_planned(community: &Community) -> Option<Month> {
    let firsts = community.all_series().filter_map(|series| occurrences(series).next());
    let rules = ZoneRules::of(community.site.zone);
    firsts.map(|first| Month::of(first.days(rules).0)).min()
}
