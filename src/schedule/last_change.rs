//! When what is told of a meeting, or of all meetings of a series, last changed.

use super::{AsOf, Occurrence, Status, added, exceptional, latest};
use crate::model::Change;
use crate::model::Series;
use chrono::{DateTime, Utc};

/// The newest moment by now at which something of the meeting became known, its series was
/// changed, or it ended; none where all of them are ahead.
pub fn last_change(occurrence: &Occurrence<'_>, as_of: &AsOf) -> Option<DateTime<Utc>> {
    let changed = match occurrence.change {
        Some(Change::Cancelled { announced, restored, .. })
        | Some(Change::Moved { announced, restored, .. }) => [Some(*announced), *restored],
        Some(Change::Kept) | None => [None, None],
    };
    let added = occurrence.added().map(|added| [Some(added.announced), added.restored]);
    let ended = (occurrence.status == Status::Confirmed).then_some(occurrence.utc_end);
    let own = [Some(occurrence.series.updated), ended, occurrence.minutes_published()];
    let updated = occurrence.details().map_or(&[][..], |details| &details.updated);
    own.into_iter()
        .chain(changed)
        .chain(added.into_iter().flatten())
        .flatten()
        .chain(updated.iter().copied())
        .chain(occurrence.published().iter().copied())
        .filter(|moment| as_of.reached(*moment))
        .max()
}

/// The newest moment by now at which something of any meeting of the series became known, the series
/// was changed, or a meeting ended.
pub fn newest_change(series: &Series, as_of: &AsOf) -> Option<DateTime<Utc>> {
    let is_confirmed = |o: &Occurrence<'_>| o.status == Status::Confirmed;
    let ended = latest(std::iter::once(series), as_of, 1, is_confirmed).pop();
    // Of all others there is nothing to say but that they ended.
    let special = series.slots.iter().flat_map(|slot| exceptional(series, slot));
    let told = special.chain(added(series)).chain(ended);
    let updated = Some(series.updated).filter(|moment| as_of.reached(*moment));
    told.filter_map(|occurrence| last_change(&occurrence, as_of)).max().max(updated)
}
