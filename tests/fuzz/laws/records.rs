//! The quick reader of plain records and the one of all of TOML say the same.

use super::sample::folder;
use convene::content::parse;

/// The number of the sample's records.
const RECORDS: usize = 3;

/// The bytes are a file of records.
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some(at) = first_table(text) else { return };
    // The same to TOML, and not plain.
    let spaced = format!("{}[[ record ]]{}", &text[..at], &text[at + "[[record]]".len()..]);
    let quick = parse(&folder(RECORDS, bytes));
    let slow = parse(&folder(RECORDS, spaced.as_bytes()));
    match (quick, slow) {
        (Ok(quick), Ok(slow)) => assert_eq!(quick, slow, "both read the same"),
        (Err(_), Err(_)) => {}
        (quick, slow) => panic!("quick: {quick:?}\nslow: {slow:?}"),
    }
}

/// Where a line begins with a record.
fn first_table(text: &str) -> Option<usize> {
    if text.starts_with("[[record]]") {
        Some(0)
    } else {
        text.find("\n[[record]]").map(|at| at + 1)
    }
}
