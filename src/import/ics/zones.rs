//! From a TZID as programs write it to the IANA zone that is meant.

use super::component::Component;
use super::observances::zone_of;
use super::renamed::RENAMED;
use super::windows::{SHOWN, WINDOWS};
use crate::model::Zone;
use crate::schedule::is_known;
use std::collections::BTreeMap;

/// The most zones that a file can define: more than there are offsets.
const MOST_ZONES: usize = 100;

/// The zones of a file, by the names that it gives them.
pub(super) struct Zones(BTreeMap<String, Option<Zone>>);

impl Zones {
    /// Those that the file's VTIMEZONEs define.
    pub(super) fn of(file: &Component) -> Zones {
        let mut blocks = Vec::new();
        file.find("VTIMEZONE", &mut blocks);
        let named = blocks.into_iter().filter_map(|block| {
            let name = block.get("TZID")?.value.trim().to_owned();
            let location = block.get("X-LIC-LOCATION").and_then(|found| by_name(&found.value));
            let zone = by_name(&name).or(location).or_else(|| zone_of(block));
            Some((name, zone))
        });
        Zones(named.take(MOST_ZONES).collect())
    }

    /// The zone of that TZID, and none where nobody can know which is meant.
    pub(super) fn named(&self, tzid: &str) -> Option<Zone> {
        let tzid = tzid.trim();
        self.0.get(tzid).copied().flatten().or_else(|| by_name(tzid))
    }
}

/// The zone of that name: IANA's, at the end of a path or not, or Windows'.
pub(in crate::import) fn by_name(name: &str) -> Option<Zone> {
    let name = name.trim().trim_matches('"');
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    let ends = (1..=3).rev().filter_map(|n| parts.get(parts.len().checked_sub(n)?..));
    let mut ends = ends.map(|end| end.join("/"));
    let is_path = parts.len() > 1 && name.starts_with('/');
    let whole = iana(name);
    let found = whole.or_else(|| if is_path { ends.find_map(|end| iana(&end)) } else { None });
    found.or_else(|| windows(name))
}

/// The zone of that IANA name, in any case; old names are those in use today.
pub(super) fn iana(name: &str) -> Option<Zone> {
    let known = |name: &str| Zone::new(name).filter(|zone| is_known(*zone));
    let same = || Zone::names().find(|known| known.eq_ignore_ascii_case(name));
    let renamed = |old: &str| RENAMED.iter().find(|(known, _)| *known == old).map(|(_, new)| *new);
    let found = known(name).or_else(|| same().and_then(known))?;
    Some(renamed(found.name()).and_then(known).unwrap_or(found).canonical())
}

fn windows(name: &str) -> Option<Zone> {
    let shown = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, shown)) => shown.trim(),
        None => name,
    };
    let mut all = WINDOWS.iter().chain(&SHOWN);
    all.find(|(known, _)| known.eq_ignore_ascii_case(shown)).and_then(|(_, name)| iana(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_producer_are_known() {
        let check = |name: &str, want: &str| {
            assert_eq!(by_name(name).map(Zone::name), Some(want), "{name}");
        };
        check("Pacific Standard Time", "America/Los_Angeles");
        check("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles");
        check("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin");
        check("/mozilla.org/20070129_1/America/Indiana/Knox", "America/Indiana/Knox");
        check("india standard time", "Asia/Kolkata");
        check("Etc/UTC", "UTC");
        check("US/Pacific", "America/Los_Angeles");
        check("Europe/Kiev", "Europe/Kyiv");
        assert_eq!(by_name("Customized Time Zone"), None);
    }

    #[test]
    fn every_old_name_has_a_new_one() {
        for (old, new) in RENAMED {
            assert_eq!(by_name(old).map(Zone::name), Some(new), "{old}");
        }
    }

    #[test]
    fn every_windows_name_is_a_known_zone() {
        for (name, _) in WINDOWS.iter().chain(&SHOWN) {
            assert!(windows(name).is_some(), "{name}");
        }
    }
}
