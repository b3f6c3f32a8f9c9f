//! The table of formats: a new one is one file beside this and one row here.
//!
//! Routes, export, `<link rel=alternate>`, compression and ETags follow from the table.

use super::icalendar::{self, Options, Syntax};
use super::{Scope, feed};
use crate::schedule::AsOf;

/// A format in which people subscribe to a scope.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What readers call it, such as `Calendar`.
    pub name: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// Its media type (RFC 9110 §8.3).
    pub media_type: &'static str,
    /// Its paths for a scope; the first is the canonical one.
    pub paths: fn(&Scope<'_>) -> Vec<String>,
    /// Its text for a scope.
    pub render: fn(&Scope<'_>, &AsOf) -> String,
}

/// Whom a format is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People's calendars.
    Calendars,
    /// People's feed readers.
    Readers,
    /// Programs, which find it in the head of a page or ask for it by its media type.
    Programs,
}

/// Every format there is.
pub const FORMATS: [Format; 5] = [CALENDAR, JCAL, XCAL, JSCALENDAR, RSS];

/// Calendars, which applications follow by themselves.
pub const CALENDAR: Format = Format {
    name: "Calendar",
    audience: Audience::Calendars,
    media_type: "text/calendar; charset=utf-8",
    paths: |scope| Syntax::Text.paths(scope),
    render: |scope, as_of| icalendar::render(Syntax::Text, scope, &Options::default(), as_of),
};

/// The same as JSON, for programs.
pub const JCAL: Format = Format {
    name: "jCal",
    audience: Audience::Programs,
    media_type: "application/calendar+json",
    paths: |scope| Syntax::JCal.paths(scope),
    render: |scope, as_of| icalendar::render(Syntax::JCal, scope, &Options::default(), as_of),
};

/// The same as XML, for programs.
pub const XCAL: Format = Format {
    name: "xCal",
    audience: Audience::Programs,
    media_type: "application/calendar+xml; charset=utf-8",
    paths: |scope| Syntax::XCal.paths(scope),
    render: |scope, as_of| icalendar::render(Syntax::XCal, scope, &Options::default(), as_of),
};

/// The same in the words of JMAP, for programs.
pub const JSCALENDAR: Format = Format {
    name: "JSCalendar",
    audience: Audience::Programs,
    media_type: "application/jscalendar+json;type=group",
    paths: |scope| Syntax::JSCalendar.paths(scope),
    render: |scope, as_of| icalendar::render(Syntax::JSCalendar, scope, &Options::default(), as_of),
};

/// Feeds, for people who read them.
pub const RSS: Format = Format {
    name: "RSS feed",
    audience: Audience::Readers,
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
