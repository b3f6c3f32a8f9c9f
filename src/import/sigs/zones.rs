//! Zones as people name them in `sigs.yaml`.

use crate::import::ics::by_name;
use crate::model::Zone;

/// Names in use in North America, Europe and Asia, in lower case: the zones that CLDR's `metaZones.xml` has for
/// the world (territory 001), and what tzdb's `backward` links `Poland` and the like to. An abbreviation of
/// winter or summer is taken for the zone whose clock is meant, as whoever writes it does. Those that
/// mean several zones of equal weight (CST, BST, AST) are not here.
const NAMED: [(&str, &str); 32] = [
    ("pt", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pacific time", "America/Los_Angeles"),
    ("pacific standard time", "America/Los_Angeles"),
    ("mt", "America/Denver"),
    ("mountain time", "America/Denver"),
    ("ct", "America/Chicago"),
    ("central time", "America/Chicago"),
    ("et", "America/New_York"),
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("eastern time", "America/New_York"),
    ("eastern standard time", "America/New_York"),
    ("utc", "Etc/UTC"),
    ("gmt", "Etc/UTC"),
    ("coordinated universal time", "Etc/UTC"),
    ("cet", "Europe/Paris"),
    ("cest", "Europe/Paris"),
    ("central european time", "Europe/Paris"),
    ("central european summer time", "Europe/Paris"),
    ("poland", "Europe/Warsaw"),
    ("warsaw", "Europe/Warsaw"),
    ("london", "Europe/London"),
    ("london-uk", "Europe/London"),
    ("ist", "Asia/Kolkata"),
    ("indian standard time", "Asia/Kolkata"),
    ("india standard time", "Asia/Kolkata"),
    ("beijing", "Asia/Shanghai"),
    ("china standard time", "Asia/Shanghai"),
    ("jst", "Asia/Tokyo"),
    ("japan standard time", "Asia/Tokyo"),
];

/// The zone: by its whole name, by what stands in brackets, or by what stands before them.
pub(super) fn named(text: &str) -> Option<Zone> {
    let (before, inside) = text.split_once('(').unwrap_or((text, ""));
    let inside = inside.trim().trim_end_matches(')').trim();
    [text.trim(), inside, before.trim()].into_iter().filter(|name| !name.is_empty()).find_map(one)
}

fn one(name: &str) -> Option<Zone> {
    let low = name.to_lowercase();
    let known = NAMED.iter().find(|(known, _)| *known == low).map(|(_, zone)| *zone);
    by_name(known.unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_the_names_that_people_use() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(named(text).map(|z| z.name()), want, "{text}")
        };
        check("PT (Pacific Time)", Some("America/Los_Angeles"));
        check("Eastern Time (ET)", Some("America/New_York"));
        check("CET (Central European Time)", Some("Europe/Paris"));
        check("Poland", Some("Europe/Warsaw"));
        check("Asia/Tokyo", Some("Asia/Tokyo"));
        check("IST", Some("Asia/Kolkata"));
        check("CST", None);
        check("", None);
        for (name, zone) in NAMED {
            assert!(named(name).is_some(), "{name} {zone}");
        }
    }
}
