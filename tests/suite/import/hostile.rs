//! Any bytes become content that is good, or an error that says why.

use super::{corpus, imported, options};
use crate::fuzzed::laws::import::holds;
use convene::import::import;
use proptest::prelude::*;
use proptest::sample::Index;

fn calendar(events: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n").into_bytes()
}

fn why(bytes: &[u8]) -> String {
    import(bytes, &options()).unwrap_err().to_string()
}

#[test]
fn what_is_too_much_is_refused_and_told() {
    let nested = calendar(&"BEGIN:VALARM\n".repeat(20_000));
    assert_eq!(why(&nested), "line 9: there are too many components");
    let event = "BEGIN:VEVENT\nDTSTART:20260105T100000Z\nSUMMARY:a\nEND:VEVENT\n";
    assert_eq!(why(&calendar(&event.repeat(5001))), "it has more than 5000 events");
    let dates = format!("EXDATE:{}\n", "20260105T100000Z,".repeat(20_001));
    let many = event.replace("SUMMARY", &format!("{dates}SUMMARY"));
    assert_eq!(why(&calendar(&many)), "its events name more than 20000 dates");
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    assert_eq!(why(&large), "it is larger than 10 MiB");
}

#[test]
fn rules_that_cost_much_are_cut() {
    let event = |n: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{n}\nDTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=60000\nSUMMARY:{n}\nEND:VEVENT\n"
        )
    };
    let events: String = (0..40).map(event).collect();
    let imported = import(&calendar(&events), &options()).unwrap();
    let cut = imported.notes.iter().find(|note| note.text == "COUNT was cut to 20000");
    assert_eq!(cut.map(|note| note.more), Some(39), "{:?}", imported.notes);
}

#[test]
fn nothing_of_it_is_told_of_what_is_no_calendar() {
    for bytes in [&b""[..], b"\xff\xfe\0\0", b"<html>", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"] {
        assert!(import(bytes, &options()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn slips_break_nothing(
        which in any::<Index>(), at in any::<Index>(), take in 0..40usize, put in "[\\PC\r\n;:=,\"]{0,20}",
    ) {
        let all = corpus();
        let mut bytes = std::fs::read(&all[which.index(all.len())]).unwrap();
        let at = at.index(bytes.len() + 1);
        let end = (at + take).min(bytes.len());
        bytes.splice(at..end, put.bytes());
        holds(&bytes);
    }

    #[test]
    fn numbers_that_slip_break_nothing(which in any::<Index>(), at in any::<Index>(), digits in "[0-9]{1,8}") {
        let all = corpus();
        let mut bytes = std::fs::read(&all[which.index(all.len())]).unwrap();
        let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
        if !places.is_empty() {
            let at = places[at.index(places.len())];
            bytes.splice(at..=at, digits.bytes());
        }
        holds(&bytes);
    }
}

#[test]
fn two_files_into_one_folder_do_not_take_each_others_names() {
    let path = &corpus()[0];
    let first = imported(path);
    let taken = first.series.iter().cloned().collect();
    let bytes = std::fs::read(path).unwrap();
    let second = import(&bytes, &convene::import::Options { taken, ..options() }).unwrap();
    assert!(second.series.iter().all(|slug| !first.series.contains(slug)));
}
