//! Calendars that people subscribe to and that are not there any more.

use super::{Change, Warning, What};
use crate::model::{Community, Site};
use crate::render::Scope;
use std::collections::BTreeSet;

/// The calendars of `old` that have no address in `new` and lead nowhere, unless `new` says that they
/// are gone.
pub(super) fn vanished(old: &Community, new: &Community) -> Option<Change> {
    let there = calendars(new);
    let lost = calendars(old).into_iter().filter(|path| !there.contains(path));
    let lost: Vec<String> = lost.filter(|path| !is_told(&new.site, path)).collect();
    let what = || What::Warning(Warning::AddressesVanish(lost.clone()));
    (!lost.is_empty()).then(|| Change { series: None, what: what() })
}

fn calendars(community: &Community) -> BTreeSet<String> {
    let stems = Scope::all(community).flat_map(|scope| scope.calendar_stems());
    stems.map(|stem| format!("{stem}.ics")).collect()
}

/// Whether the site says where it has moved, or that it is gone.
fn is_told(site: &Site, path: &str) -> bool {
    let covers = |from: &str| from == path || from.ends_with('/') && path.starts_with(from);
    site.moved.iter().any(|moved| covers(&moved.from)) || site.gone.iter().any(|gone| covers(gone))
}
