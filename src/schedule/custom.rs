//! Rules in RFC 5545's own words: which are allowed, and their dates by the `rrule` crate.

use crate::model::CustomRule;
use chrono::{DateTime, NaiveDate, NaiveTime};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use std::fmt;

/// Why a RECUR value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomRuleError {
    /// A part that Convene does not take, by its name.
    PartNotAllowed(String),
    /// A FREQ other than DAILY, WEEKLY, MONTHLY or YEARLY.
    FrequencyNotAllowed(String),
    /// Not a rule at all, in the words of its reader.
    Malformed(String),
}

impl fmt::Display for CustomRuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CustomRuleError::PartNotAllowed(part) => write!(f, "`{part}` is not allowed in a rule"),
            CustomRuleError::FrequencyNotAllowed(freq) => {
                write!(f, "`FREQ={freq}` is not allowed in a rule")
            }
            CustomRuleError::Malformed(why) => write!(f, "this is not a recurrence rule: {why}"),
        }
    }
}

const PARTS: [&str; 7] = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"];
const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/// Checks a RECUR value (RFC 5545 §3.3.10) for a slot that begins on `from`.
///
/// Only parts about days are taken, since those of time cost without bound and belong in `at`; UNTIL
/// and COUNT belong in `until`.
///
/// # Errors
/// What is wrong, as [`CustomRuleError`].
pub fn custom_rule(text: &str, from: NaiveDate) -> Result<CustomRule, CustomRuleError> {
    let text = text.trim().to_ascii_uppercase();
    if text.len() > 500 {
        return Err(CustomRuleError::Malformed("it has more than 500 characters".to_owned()));
    }
    for part in text.split(';') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !PARTS.contains(&name) {
            return Err(CustomRuleError::PartNotAllowed(name.to_owned()));
        }
        if name == "FREQ" && !FREQUENCIES.contains(&value) {
            return Err(CustomRuleError::FrequencyNotAllowed(value.to_owned()));
        }
    }
    let rule: RRule<Unvalidated> =
        text.parse().map_err(|e: rrule::RRuleError| CustomRuleError::Malformed(e.to_string()))?;
    rule.validate(wall_clock(from)).map_err(|e| CustomRuleError::Malformed(e.to_string()))?;
    Ok(CustomRule::checked(text))
}

/// The rule's dates from `from` on; the crate's own limit ends a rule that never falls again.
pub(super) fn dates(rule: &CustomRule, from: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate>> {
    let start = wall_clock(from);
    let parsed = rule.as_str().parse::<RRule<Unvalidated>>().and_then(|rule| rule.validate(start));
    let Ok(rule) = parsed else { return Box::new(std::iter::empty()) };
    let mut last = None;
    let set = RRuleSet::new(start).rrule(rule).limit();
    let dates = set.into_iter().map(|moment| moment.date_naive());
    // The crate repeats a date that two parts give.
    Box::new(dates.filter(move |date| last.replace(*date) != Some(*date)))
}

/// The wall clock's midnight as if in UTC, the only mode in which the crate is always right.
fn wall_clock(date: NaiveDate) -> DateTime<Tz> {
    date.and_time(NaiveTime::MIN).and_utc().with_timezone(&Tz::UTC)
}
