//! Names of time zones.

use std::fmt;

/// An IANA time zone by its name, such as `America/Los_Angeles`.
///
/// Only the name: the rules come from the bundled tz data, in `schedule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated Universal Time, under the name `UTC`.
    pub const UTC: Zone = Zone(chrono_tz::Tz::UTC);

    /// Finds the zone of that exact IANA name, or gives `None`.
    pub fn new(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// A number of its own, less than that of all zones there are.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The name under which calendars define it: of UTC under any of its names, `Etc/UTC`.
    pub fn tzid(self) -> &'static str {
        if self.is_utc() { chrono_tz::Tz::Etc__UTC.name() } else { self.name() }
    }

    /// The same zone under one name: UTC under any of its names is [`Zone::UTC`].
    pub fn canonical(self) -> Zone {
        if self.is_utc() { Zone::UTC } else { self }
    }

    /// Whether it is UTC under any of its names.
    pub fn is_utc(self) -> bool {
        let name = self.name().strip_prefix("Etc/").unwrap_or(self.name());
        matches!(name, "UTC" | "UCT" | "Universal" | "Zulu")
    }

    /// Every zone name there is, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Zone) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Zone) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
