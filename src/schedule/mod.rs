//! When meetings take place: recurrence, zone rules, occurrences and dated facts.
//!
//! Pure: a function of the [`model`](crate::model), the bundled tz data and, where the answer
//! depends on the present, one [`AsOf`]. This module imports `model` alone.

mod across;
mod as_of;
mod custom;
mod dates;
mod days;
mod facts;
mod last_change;
mod missing;
mod month;
mod neighbours;
mod occurrence;
mod occurrences;
mod recurrence;
mod reminders;
mod span;
mod undecided;
mod version;
mod zone;

pub use across::dates_across_changes;
pub use as_of::AsOf;
pub use custom::{CustomRuleError, custom_rule};
pub use dates::{dates, falls_on};
pub use facts::{Fact, FactKind, facts, facts_of, newest_facts};
pub use last_change::{last_change, newest_change};
pub use missing::{Missing, Trace, missing};
pub use month::Month;
pub use neighbours::{last_date, stands_apart};
pub use occurrence::{Occurrence, Status};
pub use occurrences::{
    added, coming, exceptional, last_special, latest, next, occurrence_of, occurrence_on,
    occurrences, occurrences_since, past, upcoming,
};
pub use reminders::{Lead, Reminder, reminders};
pub use span::Span;
pub use undecided::{Undecided, holiday, undecided};
pub use version::Version;
pub use zone::{Offset, Onset, TZ_DATA_VERSION, ZoneRules, is_known};
