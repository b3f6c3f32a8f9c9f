//! The words of months, and of clocks that are not changed on the same day.

use super::{OneGap, Text, TwoGaps};
use chrono::{NaiveDate, Weekday};

/// The pages of months.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Months {
    /// In the site's navigation.
    pub(in crate::render) calendar: Text,
    /// What the navigation between months is called for those who do not see it.
    pub(in crate::render) others: Text,
    /// `November 2026`, of its first day.
    pub(in crate::render) name: fn(NaiveDate) -> String,
    /// On which a week begins.
    pub(in crate::render) week_begins: Weekday,
    /// The day of the week: `Mon` and `Monday`.
    pub(in crate::render) weekday: fn(Weekday) -> (Text, Text),
    /// One sentence on it: the community's name and the month.
    pub(in crate::render) description: TwoGaps,
    /// Whose clock days and times are by: the zone.
    pub(in crate::render) clock: OneGap,
    /// The month of the present.
    pub(in crate::render) present: Text,
    /// What the navigation between years is called for those who do not see it.
    pub(in crate::render) years: Text,
    pub(in crate::render) all_day: Text,
    pub(in crate::render) moved: Text,
    /// How many meetings of a day are not shown.
    pub(in crate::render) more: fn(usize) -> String,
    pub(in crate::render) nothing: Text,
}

/// A meeting that is earlier or later than usual where clocks are changed on other days.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Clocks {
    /// Where the places of [`places`](crate::render::places) are, in their order: `in India`.
    pub(in crate::render) at: [Text; crate::render::places::COUNT],
    /// Some of these, and how many minutes later than usual it is there, earlier where negative.
    pub(in crate::render) unusual: fn(&[Text], i64) -> String,
    /// As many minutes, short: `−1 h`.
    pub(in crate::render) short: fn(i64) -> String,
    /// Why that is so.
    pub(in crate::render) why: Text,
}
