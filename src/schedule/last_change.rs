//! When what is told of a meeting last changed.

use super::{AsOf, Occurrence, Status};
use crate::model::Change;
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
