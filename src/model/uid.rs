//! Identifiers that stay the same for life.

use super::{Local, Slug};
use chrono::NaiveDate;
use std::fmt;

/// A domain name in lower case, such as `opencontainers.org`: the right-hand side of every UID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(String);

impl Domain {
    /// Takes `text` as a domain name of at least two labels, or gives `None`.
    pub fn new(text: &str) -> Option<Domain> {
        let labels_ok = text.split('.').all(|label| Slug::new(label).is_some());
        (labels_ok && text.contains('.') && text.len() <= 253).then(|| Domain(text.to_owned()))
    }

    /// The domain's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identity of a calendar component for all time (RFC 5545 §3.8.4.7, RFC 7986 §5.3).
///
/// Printable ASCII without white space, quotes or the characters that iCalendar escapes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(String);

impl Uid {
    /// Takes a UID that people's calendars already know; `None` where it is empty, longer than
    /// 235 characters or has a character that would need escaping.
    ///
    /// RFC 7986 §5.3 allows 255, of which [`Uid::of_date`] needs 16.
    pub fn new(text: &str) -> Option<Uid> {
        let ok = |b: u8| b.is_ascii_graphic() && !b"\\;,\"<>&".contains(&b);
        (!text.is_empty() && text.len() <= 235 && text.bytes().all(ok))
            .then(|| Uid(text.to_owned()))
    }

    /// The UID of a series' slot: `<series>.<from>@<domain>`, or `<series>.<id>@<domain>`.
    pub fn of_slot(series: &Slug, from: NaiveDate, id: Option<&Slug>, domain: &Domain) -> Uid {
        match id {
            Some(id) => Uid(format!("{series}.{id}@{domain}")),
            None => Uid(format!("{series}.{from}@{domain}")),
        }
    }

    /// The UID of a meeting that no slot gives, by the name of its file:
    /// `<series>.added-<date>@<domain>`.
    pub fn of_added(series: &Slug, name: Local, domain: &Domain) -> Uid {
        Uid(format!("{series}.added-{}@{domain}", name.file_stem()))
    }

    /// Whether it is that of the meeting that a series' file of that name adds.
    pub fn is_of_added(&self, series: &Slug, name: Local) -> bool {
        let local = self.0.rsplit_once('@').map(|(local, _)| local);
        local == Some(format!("{series}.added-{}", name.file_stem()).as_str())
    }

    /// The UID of one date of a slot, where that date is an event of its own:
    /// `2026-11-26T1000.<the slot's UID>`.
    pub fn of_date(&self, recurrence_id: Local) -> Uid {
        Uid(format!("{}.{self}", recurrence_id.file_stem()))
    }

    /// The UID's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
