//! Entries that the feeds will have.

use super::{Change, Entry, What, Whose};
use crate::model::{Series, Site};
use crate::render::feed::{MOST_ENTRIES, name_of, title_of};
use crate::schedule::{AsOf, Fact, facts};
use std::collections::BTreeSet;

/// What the series' feed has now and did not have before, the newest first.
pub(super) fn come(
    before: Option<&Series>,
    after: Option<&Series>,
    site: &Site,
    as_of: &AsOf,
) -> Vec<Change> {
    let Some(after) = after else { return Vec::new() };
    let identity = |fact: &Fact<'_>| (fact.occurrence.recurrence_id, name_of(fact));
    let known = before.map(|series| facts(series, as_of)).unwrap_or_default();
    let known: BTreeSet<_> = known.iter().map(identity).collect();
    let shown = facts(after, as_of).into_iter().take(MOST_ENTRIES);
    let new = shown.filter(|fact| !known.contains(&identity(fact)));
    let entry = |fact: Fact<'_>| Entry { title: title_of(site, &fact), at: fact.at };
    new.map(|fact| Change { series: Some(Whose::of(after)), what: What::Entry(entry(fact)) })
        .collect()
}
