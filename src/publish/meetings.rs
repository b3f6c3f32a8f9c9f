//! A series' page and, for each meeting, its page and the file to put it into a calendar.

use super::recipe::Recipe;
use super::shown::Shown;
use crate::model::{Community, Series};
use crate::render::format::CALENDAR;
use crate::render::{Scope, html, icalendar};
use crate::schedule::{AsOf, Occurrence, occurrences};
use chrono::NaiveDate;
use std::rc::Rc;

/// What a meeting has, in its folder.
const EVENT: &str = "event.ics";

/// Path and recipe of each, of one series.
pub(super) fn all<'c>(
    community: &'c Community,
    series: &'c Series,
    as_of: &AsOf,
) -> impl Iterator<Item = (String, Recipe<'c>)> {
    let shown: Rc<[_]> = Shown::of(series).all(as_of).collect();
    let meetings = (0..shown.len()).flat_map(move |i| {
        let path = shown.get(i).map(Occurrence::path).unwrap_or_default();
        let event = [path.as_str(), EVENT].concat();
        [(path, page(community, &shown, i)), (event, event_of(community, &shown, i))]
    });
    let page = Recipe::page(|as_of| html::series(community, series, as_of));
    std::iter::once((Scope::folder_of(series), page)).chain(meetings)
}

/// What is at that path, which begins with `/meetings/`; none where it is nothing of this kind.
pub(super) fn find<'c>(community: &'c Community, path: &str, as_of: &AsOf) -> Option<Recipe<'c>> {
    let (slug, rest) = path.strip_prefix("/meetings/")?.split_once('/')?;
    let series = community.series_named(slug)?;
    if rest.is_empty() {
        return Some(Recipe::page(|as_of| html::series(community, series, as_of)));
    }
    let (name, file) = rest.split_once('/')?;
    let (near, i) = neighbours(series, name, as_of)?;
    match file {
        "" => Some(page(community, &near, i)),
        EVENT => Some(event_of(community, &near, i)),
        _ => None,
    }
}

/// The meeting whose page has that name, by its place among itself and its neighbours that have pages.
fn neighbours<'c>(
    series: &'c Series,
    name: &str,
    as_of: &AsOf,
) -> Option<(Rc<[Occurrence<'c>]>, usize)> {
    let date: NaiveDate = name.get(..10)?.parse().ok()?;
    let is_it = |o: &Occurrence<'_>| o.recurrence_id.date() == date && o.page_name() == name;
    let shown = Shown::of(series);
    let mut before = None;
    let mut all = occurrences(series);
    loop {
        let occurrence = all.next()?;
        if is_it(&occurrence) {
            let i = usize::from(before.is_some());
            // The one after it is shown only if it is shown itself.
            let own = Some(occurrence).filter(|o| shown.has(o, as_of))?;
            let after = all.next().filter(|o| shown.has(o, as_of));
            return Some((before.into_iter().chain([own]).chain(after).collect(), i));
        }
        // Where this one is not shown, none after it is.
        if !shown.has(&occurrence, as_of) {
            return None;
        }
        before = Some(occurrence);
    }
}

fn page<'c>(community: &'c Community, shown: &Rc<[Occurrence<'c>]>, i: usize) -> Recipe<'c> {
    let shown = Rc::clone(shown);
    Recipe::page(move |as_of| {
        let neighbour = |i: Option<usize>| i.and_then(|i| shown.get(i));
        let (before, after) = (neighbour(i.checked_sub(1)), neighbour(i.checked_add(1)));
        let page = |o| html::occurrence(community, o, before, after, as_of);
        shown.get(i).map(page).unwrap_or_default()
    })
}

fn event_of<'c>(community: &'c Community, shown: &Rc<[Occurrence<'c>]>, i: usize) -> Recipe<'c> {
    let shown = Rc::clone(shown);
    Recipe::new(CALENDAR.media_type, move |as_of| {
        let event = |o| icalendar::event(community, o, as_of);
        shown.get(i).map(event).unwrap_or_default()
    })
}
