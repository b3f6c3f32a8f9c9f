//! Which state of which part of the content a document was made of.
//!
//! A document of a series depends on the series and on the ground that all share; every other
//! document may depend on anything. So an edit of one series leaves the documents of the others as
//! they are.

use crate::model::{Community, Series};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One state of one part of the content; what was made of it is true until it is past.
#[derive(Debug, Default)]
pub(super) struct Part {
    is_past: AtomicBool,
}

impl Part {
    /// Whether the content has moved on from it.
    pub(super) fn is_past(&self) -> bool {
        self.is_past.load(Ordering::Acquire)
    }
}

/// The state of every part of one content.
#[derive(Debug, Default)]
pub(super) struct Parts {
    whole: Arc<Part>,
    /// By slug.
    series: HashMap<String, Arc<Part>>,
}

impl Parts {
    /// Those of the first content.
    pub(super) fn of(community: &Community) -> Parts {
        Parts::after(&Parts::default(), None, community)
    }

    /// Those of the content that takes another's place: a series that is the same keeps its state.
    pub(super) fn after(&self, old: Option<&Community>, new: &Community) -> Parts {
        let old = old.filter(|old| have_one_ground(old, new));
        let kept = |series: &Series| {
            let slug = series.slug.as_str();
            let before = old?.series_named(slug)?;
            let is_same = std::ptr::eq(before, series) || before == series;
            is_same.then(|| self.series.get(slug)).flatten().map(Arc::clone)
        };
        let part = |series: &Series| (series.slug.to_string(), kept(series).unwrap_or_default());
        Parts { whole: Arc::default(), series: new.all_series().map(part).collect() }
    }

    /// Says of each that `next` does not have that it is past; how many series that are.
    ///
    /// Only once `next` is what requests see: whoever then finds a document of the past looks there.
    pub(super) fn give_way_to(&self, next: &Parts) -> usize {
        self.whole.is_past.store(true, Ordering::Release);
        let stays = |slug: &str, part| next.series.get(slug).is_some_and(|n| Arc::ptr_eq(n, part));
        let past = self.series.iter().filter(|(slug, part)| !stays(slug, *part));
        past.map(|(_, part)| part.is_past.store(true, Ordering::Release)).count()
    }

    /// The part of which the document at that path is made.
    pub(super) fn of_path(&self, path: &str) -> &Arc<Part> {
        let name = path.strip_prefix("/meetings/").and_then(|rest| rest.split(['/', '.']).next());
        name.and_then(|name| self.series.get(name)).unwrap_or(&self.whole)
    }
}

/// Whether both have the same in common with all of their series.
fn have_one_ground(old: &Community, new: &Community) -> bool {
    // Every page leads to the calendar of months where there is any meeting.
    let has_meetings = |community: &Community| {
        community.all_series().any(|series| !series.slots.is_empty() || !series.added.is_empty())
    };
    old.site == new.site
        && old.pages == new.pages
        && old.holidays == new.holidays
        && has_meetings(old) == has_meetings(new)
}
