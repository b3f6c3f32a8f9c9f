//! Which months have a page, and what is in them.

use crate::model::{Community, Zone};
use crate::render::html::{self, MonthPage};
use crate::schedule::{AsOf, Month, Occurrence, ZoneRules, occurrences};
use std::collections::BTreeMap;

/// How many months ahead there are pages for.
const AHEAD: i32 = 12;

/// Every month from that of the first meeting to that of the last that has a page, at most a year
/// ahead, by the clock of the community.
pub(super) struct Months<'o> {
    meetings: BTreeMap<Month, Vec<&'o Occurrence<'o>>>,
    all: Vec<Month>,
    present: Month,
}

impl<'o> Months<'o> {
    /// The months of the meetings that have pages; none where there is no meeting at all.
    pub(super) fn of(
        community: &Community,
        shown: &'o [Vec<Occurrence<'o>>],
        as_of: &AsOf,
    ) -> Option<Months<'o>> {
        let zone = community.site.zone;
        let meetings = by_month(shown, ZoneRules::of(zone));
        let first = meetings.keys().next().copied().or_else(|| first_planned(community))?;
        let last = meetings.keys().next_back().copied().unwrap_or(first);
        let all: Vec<_> = (0..)
            .map(|n| first.after(n))
            .take_while(|month| *month <= last && has_page(*month, first, zone, as_of))
            .collect();
        let begun = all.iter().skip(1).take_while(|month| as_of.reached(month.begins(zone)));
        let present = begun.last().copied().unwrap_or(first);
        Some(Months { meetings, all, present })
    }

    /// Path and text of each month's page; under `/calendar/` there is once more that of the present,
    /// or of the nearest there is.
    pub(super) fn pages(&self, community: &Community) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        for month in &self.all {
            let text = html::month(community, &self.page(*month));
            if *month == self.present {
                pages.push((html::CALENDAR_PATH.to_owned(), text.clone()));
            }
            pages.push((html::month_path(*month), text));
        }
        pages
    }

    /// The paths of the months alone.
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        self.all.iter().map(|month| html::month_path(*month))
    }

    fn page(&self, month: Month) -> MonthPage<'_> {
        MonthPage {
            month,
            meetings: self.meetings.get(&month).map_or(&[], Vec::as_slice),
            all: &self.all,
            present: self.present,
        }
    }
}

/// The first month always has one.
fn has_page(month: Month, first: Month, zone: Zone, as_of: &AsOf) -> bool {
    month == first || as_of.reached(month.after(-AHEAD).begins(zone))
}

/// Each month's meetings, in order; one that goes on into the next month is in both.
fn by_month<'o>(
    shown: &'o [Vec<Occurrence<'o>>],
    rules: &ZoneRules,
) -> BTreeMap<Month, Vec<&'o Occurrence<'o>>> {
    let mut months: BTreeMap<Month, Vec<&Occurrence<'_>>> = BTreeMap::new();
    for occurrence in shown.iter().flatten() {
        let (first, last) = occurrence.days(rules);
        let (first, last) = (Month::of(first.min(last)), Month::of(first.max(last)));
        let touched = (0..).map(|n| first.after(n)).take_while(|month| *month <= last);
        touched.for_each(|month| months.entry(month).or_default().push(occurrence));
    }
    months.values_mut().for_each(|meetings| meetings.sort_by_key(|o| o.order()));
    months
}

/// The month of the first meeting of all, however far ahead it is.
fn first_planned(community: &Community) -> Option<Month> {
    let firsts = community.series.iter().filter_map(|series| occurrences(series).next());
    let rules = ZoneRules::of(community.site.zone);
    firsts.map(|first| Month::of(first.days(rules).0)).min()
}
