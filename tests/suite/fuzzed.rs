//! The fuzzer's laws (`tests/fuzz`), held against good bytes with slips: so that they do not rot, and
//! that what the fuzzer found stays mended.

#[allow(unreachable_pub, dead_code, reason = "the fuzzer's own crate shows all of them")]
#[path = "../fuzz/laws/mod.rs"]
pub(crate) mod laws;

use laws::sample::FILES;
use proptest::prelude::*;
use proptest::sample::Index;

/// The text with some characters taken out and others put in their place.
fn slipped(text: &str, at: Index, take: usize, put: &str) -> Vec<u8> {
    let mut chars: Vec<char> = text.chars().collect();
    let at = at.index(chars.len() + 1);
    let end = (at + take).min(chars.len());
    chars.splice(at..end, put.chars());
    chars.into_iter().collect::<String>().into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_law_holds_of_slips(
        at in any::<Index>(), take in 0..6usize, put in "[\\PC\n\"\\\\;,:=&/]{0,6}",
    ) {
        let slip = |text: &str| slipped(text, at, take, &put);
        for (number, (_, text)) in FILES.iter().enumerate() {
            laws::content::holds(&[&[number as u8], &*slip(text)].concat());
        }
        laws::records::holds(&slip(FILES[3].1));
        for rule in ["FREQ=MONTHLY;BYDAY=-1TH;COUNT=5", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;INTERVAL=2"] {
            laws::rule::holds(&slip(rule));
        }
        laws::calendar::holds(&slip("Weekly\nHall 7\nAll are *welcome*."));
        laws::videos::holds(&slip("<feed><entry><title>a</title></entry></feed>"));
        laws::note::holds(&slip("# Weekly\n\n## November 26, 2026\n\n- a topic\n"));
        for path in ["meetings/weekly.ics", "calls/weekly/", "calendar/2026-11/", "old"] {
            laws::path::holds(&slip(path));
        }
        for query in ["series=weekly&tag=dev&flat=utc", "alarm=15m,1d&past=90d"] {
            laws::options::holds(&slip(query));
        }
    }
}
