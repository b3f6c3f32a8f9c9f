//! The words of past meetings: their page, and what finds them as one types.

use super::{OneGap, Text};
use maud::Markup;

/// The page of all past meetings.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Archive {
    pub(in crate::render) title: Text,
    pub(in crate::render) lead: Text,
    /// What it is, with the community's name.
    pub(in crate::render) description: OneGap,
    pub(in crate::render) nothing: Text,
    /// How many meetings there are at most, and the link to where the others are.
    pub(in crate::render) rest: fn(usize, Markup) -> Markup,
    /// That link.
    pub(in crate::render) every_series: Text,
    /// What leads to the page.
    pub(in crate::render) all: Text,
    /// How many meetings there were, and how many of them were cancelled.
    pub(in crate::render) counted: fn(usize, usize) -> String,
}

/// What finds past meetings as one types.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Finder {
    pub(in crate::render) label: Text,
    /// What can be typed.
    pub(in crate::render) hint: Text,
    pub(in crate::render) series: Text,
    pub(in crate::render) all_series: Text,
    /// Above the kinds of meetings.
    pub(in crate::render) kinds: Text,
    pub(in crate::render) all: Text,
    pub(in crate::render) with_recording: Text,
    pub(in crate::render) with_minutes: Text,
    pub(in crate::render) cancelled: Text,
    pub(in crate::render) moved: Text,
    /// How many were found, for the script: `{found}` and `{all}` are numbers.
    pub(in crate::render) found: Text,
    pub(in crate::render) none: Text,
    pub(in crate::render) clear: Text,
}
