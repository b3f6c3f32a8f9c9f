//! Remarks in one section on whether another date's meeting takes place.

use super::Mention;
use super::cancelled::{ordinals, speaks_of_others};
use crate::collect::text::{line, words};
use crate::collect::written_date::written_dates;
use chrono::{Datelike, Months, NaiveDate};

/// The remark that a line makes on another date, in a section of those days.
pub(super) fn mention(plain: &str, own: &[NaiveDate]) -> Option<Mention> {
    let said = speaks_of_cancelling(plain) && speaks_of_others(plain, own);
    let first = own.first().filter(|_| said)?;
    Some(Mention { text: line(plain, 200)?, date: date(plain, *first) })
}

fn speaks_of_cancelling(plain: &str) -> bool {
    const CANCEL: [&str; 8] = [
        "cancel",
        "cancelled",
        "canceled",
        "cancelling",
        "canceling",
        "skip",
        "skipping",
        "skipped",
    ];
    const WHAT: [&str; 7] = ["meeting", "meetings", "call", "calls", "week", "weeks", "discussion"];
    let words = words(plain);
    let has = |set: &[&str]| words.iter().any(|word| set.contains(&word.as_str()));
    let cancels = has(&CANCEL);
    let no_meeting = words.windows(2).any(|pair| {
        let [no, what] = pair else { return false };
        no == "no" && WHAT.contains(&what.as_str())
    });
    let is_dated = || !written_dates(plain).is_empty() || !ordinals(plain).is_empty();
    no_meeting || (cancels && (has(&WHAT) || is_dated()))
}

/// The day that is spoken of: the first of that name on or after the section's own; none for
/// `next week` and the like.
fn date(plain: &str, after: NaiveDate) -> Option<NaiveDate> {
    let words = words(plain);
    let is_next = |pair: &[String]| {
        let [next, what] = pair else { return false };
        next == "next" && ["week", "week's", "meeting", "call"].contains(&what.as_str())
    };
    if words.windows(2).any(is_next) {
        return None;
    }
    if let Some(date) = written_dates(plain).first() {
        let years = [after.year(), after.year() + 1];
        let mut days = years.iter().flat_map(|year| date.dates(*year));
        return days
            .find(|day| *day >= after)
            .or_else(|| date.dates(after.year()).first().copied());
    }
    let day = *ordinals(plain).first()?;
    let months = (0..3).filter_map(|by| after.with_day(1)?.checked_add_months(Months::new(by)));
    months.filter_map(|month| month.with_day(day)).find(|date| *date >= after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<Option<&str>>) {
        let own = [NaiveDate::from_ymd_opt(2023, 12, 14).unwrap()];
        let got = mention(text, &own).map(|mention| mention.date.map(|date| date.to_string()));
        assert_eq!(got, want.map(|date| date.map(str::to_owned)), "{text}");
    }

    #[test]
    fn what_is_said_of_another_date_is_a_mention() {
        check("Cancel meeting on the 28th", Some(Some("2023-12-28")));
        check("No call on January 4", Some(Some("2024-01-04")));
        check("Next two meetings canceled for holidays", Some(None));
        check("No meeting next week", Some(None));
        check("Cancel next week's call, there is the summit, Jan 5", Some(None));
        check("skip the 3rd", Some(Some("2024-01-03")));
    }

    #[test]
    fn everything_else_is_none() {
        for text in [
            "missing the cancel upload API",
            "Canceled for KubeCon",
            "no meeting this week",
            "next release of runc",
            "No call on December 14",
        ] {
            check(text, None);
        }
    }
}
