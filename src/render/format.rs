//! The table of formats: a new one is one file beside this and one row here.
//!
//! Routes, export, `<link rel=alternate>`, compression and ETags follow from the table.

use super::feed::{Feeds, Kind, atom, json, rss};
use super::icalendar::{self, Options, Syntax};
use super::{Locale, Scope, next};
use crate::schedule::AsOf;

/// A format in which people subscribe to a scope.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What readers call it, such as `Calendar`, in their language.
    pub name: fn(&Locale) -> &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// Its media type (RFC 9110 §8.3).
    pub media_type: &'static str,
    /// Its paths for a scope; the first is the canonical one.
    pub paths: fn(&Scope<'_>) -> Vec<String>,
    /// Its text for a scope, whose feeds are found once for all formats of them.
    pub render: fn(&Scope<'_>, &Feeds<'_>, &AsOf) -> String,
}

/// Whom a format is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People's calendars.
    Calendars,
    /// People's feed readers.
    Readers,
    /// Bots that post what is in a feed where people talk; a person gives them the address.
    Bots,
    /// Programs, which find it in the head of a page or ask for it by its media type.
    Programs,
    /// Other sites, which show it on their pages.
    Sites,
}

/// Every format there is.
pub const FORMATS: [Format; 12] = [
    CALENDAR,
    JCAL,
    XCAL,
    JSCALENDAR,
    RSS,
    ATOM,
    JSON_FEED,
    REMINDERS,
    REMINDERS_ATOM,
    REMINDERS_JSON,
    NEXT,
    BADGE,
];

/// Calendars, which applications follow by themselves.
pub const CALENDAR: Format = Format {
    name: |locale| locale.formats.calendar,
    audience: Audience::Calendars,
    media_type: "text/calendar; charset=utf-8",
    paths: |scope| Syntax::Text.paths(scope),
    render: |scope, _, as_of| icalendar::render(Syntax::Text, scope, &Options::default(), as_of),
};

/// The same as JSON, for programs.
pub const JCAL: Format = Format {
    name: |_| "jCal",
    audience: Audience::Programs,
    media_type: "application/calendar+json",
    paths: |scope| Syntax::JCal.paths(scope),
    render: |scope, _, as_of| icalendar::render(Syntax::JCal, scope, &Options::default(), as_of),
};

/// The same as XML, for programs.
pub const XCAL: Format = Format {
    name: |_| "xCal",
    audience: Audience::Programs,
    media_type: "application/calendar+xml; charset=utf-8",
    paths: |scope| Syntax::XCal.paths(scope),
    render: |scope, _, as_of| icalendar::render(Syntax::XCal, scope, &Options::default(), as_of),
};

/// The same in the words of JMAP, for programs.
pub const JSCALENDAR: Format = Format {
    name: |_| "JSCalendar",
    audience: Audience::Programs,
    media_type: "application/jscalendar+json;type=group",
    paths: |scope| Syntax::JSCalendar.paths(scope),
    render: |scope, _, as_of| {
        icalendar::render(Syntax::JSCalendar, scope, &Options::default(), as_of)
    },
};

/// Feeds, for people who read them.
pub const RSS: Format = Format {
    name: |locale| locale.formats.rss,
    audience: Audience::Readers,
    media_type: "application/rss+xml; charset=utf-8",
    paths: |scope| vec![Kind::News.path(scope, rss::EXTENSION)],
    render: |_, feeds, as_of| rss::render(feeds.news(as_of)),
};

/// The same as Atom.
pub const ATOM: Format = Format {
    name: |locale| locale.formats.atom,
    audience: Audience::Readers,
    media_type: "application/atom+xml; charset=utf-8",
    paths: |scope| vec![Kind::News.path(scope, atom::EXTENSION)],
    render: |_, feeds, as_of| atom::render(feeds.news(as_of)),
};

/// The same as JSON.
pub const JSON_FEED: Format = Format {
    name: |locale| locale.formats.json,
    audience: Audience::Readers,
    media_type: "application/feed+json",
    paths: |scope| vec![Kind::News.path(scope, json::EXTENSION)],
    render: |_, feeds, as_of| json::render(feeds.news(as_of)),
};

/// Reminders, for bots.
pub const REMINDERS: Format = Format {
    name: |locale| locale.formats.reminders,
    audience: Audience::Bots,
    paths: |scope| vec![Kind::Reminders.path(scope, rss::EXTENSION)],
    render: |_, feeds, as_of| rss::render(feeds.reminders(as_of)),
    ..RSS
};

/// The same as Atom.
pub const REMINDERS_ATOM: Format = Format {
    name: |locale| locale.formats.reminders_atom,
    audience: Audience::Bots,
    paths: |scope| vec![Kind::Reminders.path(scope, atom::EXTENSION)],
    render: |_, feeds, as_of| atom::render(feeds.reminders(as_of)),
    ..ATOM
};

/// The same as JSON.
pub const REMINDERS_JSON: Format = Format {
    name: |locale| locale.formats.reminders_json,
    audience: Audience::Bots,
    paths: |scope| vec![Kind::Reminders.path(scope, json::EXTENSION)],
    render: |_, feeds, as_of| json::render(feeds.reminders(as_of)),
    ..JSON_FEED
};

/// The next meetings, for whoever shows them.
pub const NEXT: Format = Format {
    name: |_| "Next meetings",
    audience: Audience::Sites,
    media_type: next::json::MEDIA_TYPE,
    paths: |scope| vec![next::json::path(scope)],
    render: next::json::render,
};

/// When the next meeting is, as a picture.
pub const BADGE: Format = Format {
    name: |_| "Badge",
    audience: Audience::Sites,
    media_type: next::badge::MEDIA_TYPE,
    paths: |scope| vec![next::badge::path(scope)],
    render: |scope, _, as_of| next::badge::render(scope, as_of),
};

impl Format {
    /// The canonical path for a scope.
    pub fn path(&self, scope: &Scope<'_>) -> String {
        (self.paths)(scope).swap_remove(0)
    }
}
