//! A series as it was understood, before it is written.

use super::details::Details;
use crate::model::{CustomRule, Line, Local, Slug, Zone};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// A series that is to be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) line: usize,
    pub(super) title: Line,
    pub(super) details: Details,
    pub(super) updated: DateTime<Utc>,
    pub(super) slots: Vec<DraftSlot>,
    pub(super) dates: Vec<DraftDate>,
    pub(super) more: More,
}

/// What only some formats say of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct More {
    pub(super) tags: Vec<Slug>,
    /// The playlist of its recordings.
    pub(super) playlist: Option<String>,
    /// Why dates were cancelled.
    pub(super) reasons: BTreeMap<NaiveDate, Line>,
}

/// One recurrence, or a single date that keeps its UID.
#[derive(Clone, Debug)]
pub(super) struct DraftSlot {
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    /// None for a single date.
    pub(super) rule: Option<CustomRule>,
    pub(super) at: Option<NaiveTime>,
    pub(super) zone: Zone,
    pub(super) lasts: TimeDelta,
    pub(super) uid: Option<String>,
    /// What is said of its dates; the series says what the latest does.
    pub(super) details: Details,
    /// Where it is in the file.
    pub(super) line: usize,
}

/// One date that differs.
#[derive(Clone, Debug)]
pub(super) struct DraftDate {
    pub(super) id: Local,
    pub(super) fact: Fact,
    pub(super) announced: DateTime<Utc>,
    pub(super) title: Option<Line>,
    pub(super) details: Details,
    pub(super) lasts: Option<TimeDelta>,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fact {
    Cancelled,
    Moved(Local, Zone),
    Added(Zone),
    Detail,
}

/// A short name from a title, other than those taken; none where not one is left.
pub(super) fn slug(title: &str, taken: &BTreeSet<Slug>) -> Option<Slug> {
    Slug::of_title(title).or_else(|| Slug::new("meeting"))?.free(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_of_plain_letters() {
        let check = |title: &str, want: &str| {
            assert_eq!(slug(title, &BTreeSet::new()).unwrap().as_str(), want);
        };
        check("Reunião da comunidade", "reuniao-da-comunidade");
        check("定例会議", "meeting");
        let taken = [Slug::new("weekly").unwrap(), Slug::new("weekly-2").unwrap()].into();
        assert_eq!(slug("Weekly!", &taken).unwrap().as_str(), "weekly-3");
    }
}
