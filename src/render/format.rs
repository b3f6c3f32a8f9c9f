//! The table of formats: a new one is one file beside this and one row here.
//!
//! Routes, export, `<link rel=alternate>`, compression and ETags follow from the table.

use super::{Scope, feed, ics};
use crate::schedule::AsOf;

/// A format in which people subscribe to a scope.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What readers call it, such as `Calendar`.
    pub name: &'static str,
    /// Its media type (RFC 9110 §8.3).
    pub media_type: &'static str,
    /// Its paths for a scope; the first is the canonical one.
    pub paths: fn(&Scope<'_>) -> Vec<String>,
    /// Its text for a scope.
    pub render: fn(&Scope<'_>, &AsOf) -> String,
}

/// Every format there is.
pub const FORMATS: [Format; 2] = [CALENDAR, RSS];

/// Calendars, which applications follow by themselves.
pub const CALENDAR: Format = Format {
    name: "Calendar",
    media_type: "text/calendar; charset=utf-8",
    paths: ics::paths,
    render: ics::render,
};

/// Feeds, for people who read them.
pub const RSS: Format = Format {
    name: "RSS feed",
    media_type: "application/rss+xml; charset=utf-8",
    paths: feed::rss::paths,
    render: feed::rss::render,
};

impl Format {
    /// The canonical path for a scope.
    pub fn path(&self, scope: &Scope<'_>) -> String {
        (self.paths)(scope).swap_remove(0)
    }
}
