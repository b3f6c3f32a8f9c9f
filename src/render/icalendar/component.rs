//! What all forms of iCalendar have in common: components, properties, parameters and values.

use crate::model::{Local, Zone};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

/// Writes components and properties in one form of iCalendar.
///
/// The properties of a component come before the components in it (RFC 7265 §3.3).
pub(super) trait Form: Default {
    /// Begins a component, such as `VEVENT`.
    fn begin(&mut self, component: &'static str);

    /// A property of the component that was begun last, named in upper case.
    fn property(&mut self, name: &'static str, parameters: &[Parameter<'_>], value: Value<'_>);

    /// Ends the component that was begun last.
    fn end(&mut self, component: &'static str);

    /// Everything written.
    fn finish(self) -> String;

    /// Says how many events are to come, for a form that prepares for them.
    fn expect(&mut self, _events: usize) {}

    /// A property without parameters of its own.
    fn plain(&mut self, name: &'static str, value: Value<'_>) {
        self.property(name, &[], value);
    }
}

/// A property parameter with its values, never empty (RFC 5545 §3.2).
///
/// TZID and VALUE are not among them: each form makes them from the [`Value`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter<'a> {
    pub(super) name: &'static str,
    pub(super) values: &'a [&'a str],
}

/// The value of a property, by its type (RFC 5545 §3.3).
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// TEXT.
    Text(&'a str),
    /// Several TEXT, at least one.
    Texts(&'a [&'a str]),
    /// URI.
    Uri(&'a str),
    /// INTEGER.
    Integer(u32),
    /// DATE-TIME in UTC.
    Instant(DateTime<Utc>),
    /// At least one DATE or DATE-TIME, all of the same kind, in a zone.
    Locals(Zone, &'a [Local]),
    /// DATE-TIME of whichever zone it is in.
    Floating(NaiveDateTime),
    /// DURATION of whole minutes, maybe negative.
    Duration(TimeDelta),
    /// UTC-OFFSET, in seconds east of UTC.
    UtcOffset(i32),
    /// RECUR.
    Recur(&'a RecurText),
}

/// A recurrence rule in iCalendar's own words (RFC 5545 §3.3.10).
#[derive(Clone, Debug)]
pub(super) struct RecurText {
    /// Its parts but UNTIL and COUNT, such as `FREQ=WEEKLY;BYDAY=TH`.
    pub(super) parts: String,
    /// The last onset, where the rule ends.
    pub(super) until: Option<Until>,
}

/// The end of a rule, in the type of the property that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Until {
    /// A local date, for whole days.
    Date(chrono::NaiveDate),
    /// An instant: Home Assistant rejects the whole calendar where UNTIL is local.
    Instant(DateTime<Utc>),
}

impl RecurText {
    /// The names of its parts with their values, FREQ first as it is written.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.split(';').filter_map(|part| part.split_once('='))
    }
}

/// The names of properties whose type RFC 5545 does not know, so that VALUE has to say it
/// (RFC 7986 §5.7, §5.8, §5.11).
pub(super) fn says_its_type(name: &str) -> bool {
    matches!(name, "REFRESH-INTERVAL" | "SOURCE" | "CONFERENCE")
}
