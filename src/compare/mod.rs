//! What differs between two contents for those who follow the meetings: in their calendars, and in
//! their feeds.
//!
//! Pure: two communities and one moment come in, [`changes`] gives what differs, and [`text`],
//! [`markdown`] and [`Document`] tell it. Imports `model`, `schedule` and `render`. It is told to those
//! who edit the content, so in English.
//!
//! One cause is told once: of a slot that begins, ends or changes the first dates are named and the
//! others counted; what single dates change is told whenever they are.

mod addresses;
mod change;
mod dates;
mod entries;
mod identity;
mod json;
mod markdown;
mod seen;
mod sentence;
mod series;
mod slots;
mod text;
pub(crate) mod times;
mod window;

pub use change::{
    Change, DateChange, Dates, Entry, Field, Meeting, SeriesChange, Shift, SlotChange, Warning,
    What, Whose,
};
pub use json::Document;
pub use markdown::markdown;
pub use text::text;

use crate::model::Community;
use crate::schedule::AsOf;
use std::collections::BTreeSet;
use window::Window;

/// What differs in `new` for those who follow what `old` says: first what is about the site, then
/// series by series in order of their slugs.
///
/// What rules give is looked at for a year from the present on; what single dates say, whenever they
/// are. Empty where nobody would notice.
///
/// ```
/// # use convene::{compare, model::Community, schedule::AsOf};
/// # fn show(old: &Community, new: &Community, as_of: &AsOf) {
/// let changes = compare::changes(old, new, as_of);
/// print!("{}", compare::text(&changes, &[]));
/// # }
/// ```
pub fn changes(old: &Community, new: &Community, as_of: &AsOf) -> Vec<Change> {
    let window = Window::of(as_of);
    let mut all = series::of_site(&old.site, &new.site);
    all.extend(addresses::vanished(old, new));
    let slugs: BTreeSet<_> = old.all_series().chain(new.all_series()).map(|s| &s.slug).collect();
    for slug in slugs.into_iter().map(|slug| slug.as_str()) {
        let (before, after) = (old.series_named(slug), new.series_named(slug));
        if before != after {
            all.extend(series::changes(before, after, &window));
            all.extend(identity::warnings(before, after, (old, new)));
            all.extend(entries::come(before, after, &new.site, as_of));
        }
    }
    all
}
