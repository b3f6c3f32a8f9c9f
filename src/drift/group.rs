//! What has one cause and is told once: the dates of a series that differ in one way.

use super::{Difference, Kind};

/// Dates that differ in one way; never empty.
pub(super) struct Group<'d> {
    /// The first of them.
    pub(super) first: &'d Difference,
    /// All of them, in order.
    pub(super) all: Vec<&'d Difference>,
}

/// The groups, in order of their first dates; all differences are of one series, or of none.
pub(super) fn groups<'d>(differences: &[&'d Difference]) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    for one in differences.iter().copied() {
        match groups.iter_mut().find(|group| is_alike(group.first, one)) {
            Some(group) => group.all.push(one),
            None => groups.push(Group { first: one, all: vec![one] }),
        }
    }
    groups
}

fn is_alike(a: &Difference, b: &Difference) -> bool {
    let ours = |d: &Difference| d.content.as_ref().map(|m| (m.title.clone(), m.join.clone()));
    let theirs = |d: &Difference| d.calendar.as_ref().map(|m| (m.title.clone(), m.join.clone()));
    let title = |d: &Difference| d.calendar.as_ref().map(|m| m.title.clone());
    (a.kind, &a.by) == (b.kind, &b.by)
        && match a.kind {
            Kind::Title | Kind::Join => (ours(a), theirs(a)) == (ours(b), theirs(b)),
            Kind::OnlyInCalendar => title(a) == title(b),
            _ => true,
        }
}
