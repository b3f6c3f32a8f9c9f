//! Headings that begin the section of a date.

use super::Cancelled;
use super::cancelled::in_heading;
use crate::collect::text::words;
use crate::collect::written_date::{WrittenDate, written_dates};

/// A heading with a date.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) date: WrittenDate,
    /// The rest of the heading, where it says anything.
    pub(super) label: Option<String>,
    pub(super) cancelled: Option<Cancelled>,
    /// Whether the rest names something else than the usual meeting, such as a conference.
    pub(super) names_event: bool,
    /// Whether it can only be a section's, at whatever depth: a whole date and nothing before it.
    pub(super) is_plain: bool,
}

/// Reads a heading's plain text; none for one without a date, or with one in passing.
pub(super) fn heading(plain: &str) -> Option<Heading> {
    let mut dates = written_dates(plain).into_iter();
    let date = dates.next()?;
    let before = without_weekday(plain.get(..date.range.start)?);
    let after = plain.get(date.range.end..)?;
    let begins = words(before).is_empty();
    if !begins && (dates.next().is_some() || is_in_passing(before)) {
        return None;
    }
    let is_plain = begins && date.year.is_some();
    let label = [trimmed(before), trimmed(after)].join(" ");
    let label = Some(label.trim().to_owned()).filter(|label| !words(label).is_empty());
    let cancelled = label.as_deref().and_then(in_heading);
    let names_event = cancelled.is_none() && label.as_deref().is_some_and(names_event);
    Some(Heading { date, label, cancelled, names_event, is_plain })
}

fn trimmed(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "-–—:,;|".contains(c));
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(text)
}

const WEEKDAYS: [&str; 12] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
];

fn without_weekday(before: &str) -> &str {
    let bare = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (rest, last) = bare.rsplit_once(' ').unwrap_or(("", bare));
    if WEEKDAYS.contains(&last.to_lowercase().as_str()) { rest } else { before }
}

/// `Follow-up from December 4`: another section's heading would not say so.
fn is_in_passing(before: &str) -> bool {
    const PASSING: [&str; 9] =
        ["from", "since", "until", "till", "before", "after", "by", "due", "between"];
    words(before).iter().any(|word| PASSING.contains(&word.as_str()))
}

/// Whether a label has any word but times, weekdays and what every meeting is called.
fn names_event(label: &str) -> bool {
    const USUAL: [&str; 36] = [
        "oci",
        "weekly",
        "call",
        "meeting",
        "discussion",
        "community",
        "agenda",
        "notes",
        "minutes",
        "for",
        "on",
        "the",
        "at",
        "no",
        "official",
        "tbd",
        "tentative",
        "draft",
        "am",
        "pm",
        "pacific",
        "eastern",
        "central",
        "european",
        "utc",
        "gmt",
        "pst",
        "pdt",
        "est",
        "edt",
        "cet",
        "cest",
        "recording",
        "time",
        "moved",
        "to",
    ];
    let is_usual = |word: &String| {
        USUAL.contains(&word.as_str())
            || WEEKDAYS.contains(&word.as_str())
            || word.contains(|c: char| c.is_ascii_digit())
    };
    words(label).iter().any(|word| !is_usual(word))
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn a_heading_is_a_date_and_maybe_more() {
        for (text, label, cancelled, names_event) in [
            ("December 18, 2025", None, false, false),
            ("Thursday, December 18, 2025", None, false, false),
            ("November 11, 2025 - KubeCon US", Some("KubeCon US"), false, true),
            ("April 1, 2025 (KubeCon EU)", Some("KubeCon EU"), false, true),
            ("January 6, 2022 🎉", None, false, false),
            ("July 8, 2020 - 6pm Pacific", Some("6pm Pacific"), false, false),
            ("June 23, 2021 - NO [OFFICIAL] CALL", Some("NO [OFFICIAL] CALL"), true, false),
            ("June 2, 2021 is CANCELLED", Some("is CANCELLED"), true, false),
            ("No call on November 25", Some("No call on"), true, false),
            ("May 7, 2024 - TBD", Some("TBD"), false, false),
            ("OCI TOB: 27/28 April Call", Some("OCI TOB Call"), false, true),
        ] {
            let found = heading(text).unwrap_or_else(|| panic!("{text}"));
            let got = (found.label.as_deref(), found.cancelled.is_some(), found.names_event);
            assert_eq!(got, (label, cancelled, names_event), "{text}");
        }
    }

    #[test]
    fn other_headings_have_no_section() {
        for text in [
            "Template",
            "Month DD, YYYY",
            "Attendees:",
            "2024-13-40",
            "Follow-up from December 4",
            "Agenda of June 3 and June 10",
        ] {
            assert!(heading(text).is_none(), "{text}");
        }
    }
}
