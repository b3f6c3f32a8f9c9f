//! A rule that is taken gives dates in order, the same ones wherever one begins to look.

use super::sample::{folder, quoted};
use convene::content::parse;
use convene::schedule::{custom_rule, dates, falls_on};

/// The number of the sample's series.
const SERIES: usize = 1;

/// The bytes are a recurrence rule (RFC 5545 §3.3.10).
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if custom_rule(text).is_err() {
        return;
    }
    let series = format!(
        "+++\ntitle = \"Call\"\nupdated = 2026-01-01T00:00:00Z\n\n[[slot]]\nfrom = 2026-10-01\n\
         rrule = {}\nat = \"10:00\"\n+++\n",
        quoted(text)
    );
    let mut files = folder(SERIES, series.as_bytes());
    files.retain(|file| !file.path.starts_with("meetings/") || file.path.ends_with("series.md"));
    let Ok(community) = parse(&files) else { return };
    for slot in community.series.iter().flat_map(|series| &series.slots) {
        let all: Vec<_> = dates(slot, slot.from).take(200).collect();
        assert!(all.is_sorted() && all.windows(2).all(|two| two[0] != two[1]), "{all:?}");
        for (place, date) in all.iter().enumerate().step_by(37) {
            assert!(falls_on(slot, *date), "{date}");
            assert!(
                dates(slot, *date).take(5).eq(all[place..].iter().copied().take(5)) || place > 194
            );
        }
    }
}
