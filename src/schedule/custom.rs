//! Rules in RFC 5545's own words: which are allowed.

use crate::model::{CustomRule, Frequency, Recur, WeekdayNum, two_letters};
use chrono::Weekday;
use std::collections::BTreeMap;
use std::fmt;

/// Why a RECUR value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomRuleError {
    /// It has more than 500 characters.
    TooLong,
    /// A part that Convene does not take, by its name.
    PartNotAllowed(String),
    /// A part that is there twice, by its name.
    PartRepeated(String),
    /// There is no FREQ.
    NoFrequency,
    /// A FREQ other than DAILY, WEEKLY, MONTHLY or YEARLY.
    FrequencyNotAllowed(String),
    /// A value that its part does not take.
    ValueNotAllowed {
        /// The part's name.
        part: &'static str,
        /// The one value of its list.
        value: String,
    },
    /// A part that does not go with this FREQ: the standard forbids it, or readers stumble over it.
    NotWithFrequency(&'static str, Frequency),
    /// Days of BYDAY with a number, which only those of a month or a year can have.
    NumberedDays(Frequency),
    /// BYDAY has days with a number and days without.
    MixedDays,
    /// BYSETPOS without a part that gives it days to choose from.
    NothingToChooseFrom,
}

use CustomRuleError::{
    FrequencyNotAllowed, MixedDays, NoFrequency, NotWithFrequency, NothingToChooseFrom,
    NumberedDays, PartNotAllowed, PartRepeated, TooLong, ValueNotAllowed,
};

impl fmt::Display for CustomRuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TooLong => f.write_str("this rule has more than 500 characters"),
            PartNotAllowed(part) => write!(f, "`{part}` is not allowed in a rule"),
            PartRepeated(part) => write!(f, "`{part}` is in this rule twice"),
            NoFrequency => f.write_str("this rule has no `FREQ`"),
            FrequencyNotAllowed(value) => write!(f, "`FREQ={value}` is not allowed in a rule"),
            ValueNotAllowed { part, value } => write!(f, "`{value}` is not a value of `{part}`"),
            NotWithFrequency(part, frequency) => {
                write!(f, "`{part}` does not go with `FREQ={frequency}`")
            }
            NumberedDays(frequency) => {
                write!(f, "a number in `BYDAY` does not go with `FREQ={frequency}`")
            }
            MixedDays => f.write_str("`BYDAY` has days with a number and days without"),
            NothingToChooseFrom => f.write_str("`BYSETPOS` has no days to choose from"),
        }
    }
}

impl CustomRuleError {
    /// How to mend it.
    pub fn help(&self) -> &'static str {
        match self {
            PartNotAllowed(part) if part == "UNTIL" || part == "COUNT" => {
                "give the slot's last day as `until`"
            }
            PartNotAllowed(part) if part == "BYWEEKNO" => {
                "calendars count weeks differently; use BYMONTH or BYYEARDAY"
            }
            PartNotAllowed(part) if part.starts_with("BY") => {
                "days go in BYDAY, BYMONTHDAY, BYYEARDAY, BYMONTH and BYSETPOS; the time goes in `at`"
            }
            FrequencyNotAllowed(_) => {
                "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; the time goes in `at`"
            }
            ValueNotAllowed { part, .. } => help_on_values(part),
            NotWithFrequency("BYSETPOS", _) => "leave it out and name the days themselves in BYDAY",
            NotWithFrequency("BYYEARDAY", _) => "leave it out, or let FREQ be YEARLY",
            NotWithFrequency(..) => "leave it out, or let FREQ be MONTHLY or YEARLY",
            NumberedDays(_) => "leave the number out, or let FREQ be MONTHLY or YEARLY",
            MixedDays => "calendars read that differently; make a second slot for the others",
            NothingToChooseFrom => "add the days to choose from, such as `BYDAY=MO,TU,WE,TH,FR`",
            TooLong | PartNotAllowed(_) | PartRepeated(_) | NoFrequency => {
                "write it as in RFC 5545, such as `FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1`"
            }
        }
    }
}

fn help_on_values(part: &str) -> &'static str {
    match part {
        "INTERVAL" => "use a number from 1 to 999",
        "WKST" => "use the day on which weeks begin: MO, TU, WE, TH, FR, SA or SU",
        "BYMONTH" => "use 1 to 12",
        "BYMONTHDAY" => "use 1 to 31, or -1 for the last day to -31",
        "BYYEARDAY" | "BYSETPOS" => "use 1 to 366, or -1 for the last to -366",
        _ => {
            "use MO, TU, WE, TH, FR, SA or SU, or with a number: 1WE for the first Wednesday of \
             the month or year, -1FR for the last Friday; no month has a sixth"
        }
    }
}

const LONGEST: usize = 500;

const PARTS: [&str; 8] =
    ["FREQ", "INTERVAL", "WKST", "BYMONTH", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"];

const FREQUENCIES: [Frequency; 4] =
    [Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly];

/// Reads a RECUR value (RFC 5545 §3.3.10).
///
/// Only parts about days are taken, since those of time belong in `at`; UNTIL and COUNT belong in
/// `until`. What the standard forbids, and what readers are known to expand differently, is refused:
/// a BYDAY with numbers on some days only, BYWEEKNO, BYSETPOS within weeks (where dateutil and its
/// descendants count the first week from its start alone).
///
/// # Errors
/// What is wrong, as [`CustomRuleError`].
///
/// ```
/// let rule = convene::schedule::custom_rule("freq=monthly;bysetpos=-1;byday=fr,mo").unwrap();
/// assert_eq!(rule.as_str(), "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1");
/// ```
pub fn custom_rule(text: &str) -> Result<CustomRule, CustomRuleError> {
    let text = text.trim().to_ascii_uppercase();
    if text.len() > LONGEST {
        return Err(TooLong);
    }
    let parts = parts(&text)?;
    let recur = Recur {
        frequency: frequency(&parts)?,
        interval: one(&parts, "INTERVAL", |text| {
            text.parse().ok().filter(|n| (1..=999).contains(n))
        })?
        .unwrap_or(1),
        week_start: one(&parts, "WKST", weekday)?.unwrap_or(Weekday::Mon),
        by_month: numbers(&parts, "BYMONTH", |n| (1..=12).contains(&n))?,
        by_year_day: numbers(&parts, "BYYEARDAY", |n| is_place(n, 366))?,
        by_month_day: numbers(&parts, "BYMONTHDAY", |n| is_place(n, 31))?,
        by_day: weekdays(&parts)?,
        by_set_pos: numbers(&parts, "BYSETPOS", |n| is_place(n, 366))?,
    };
    check(&recur)?;
    Ok(CustomRule::checked(recur))
}

type Parts<'a> = BTreeMap<&'a str, &'a str>;

fn parts(text: &str) -> Result<Parts<'_>, CustomRuleError> {
    let mut parts = Parts::new();
    for part in text.split(';') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !PARTS.contains(&name) {
            return Err(PartNotAllowed(name.to_owned()));
        }
        if parts.insert(name, value).is_some() {
            return Err(PartRepeated(name.to_owned()));
        }
    }
    Ok(parts)
}

fn frequency(parts: &Parts<'_>) -> Result<Frequency, CustomRuleError> {
    let value = *parts.get("FREQ").ok_or(NoFrequency)?;
    let found = FREQUENCIES.into_iter().find(|frequency| frequency.to_string() == value);
    found.ok_or_else(|| FrequencyNotAllowed(value.to_owned()))
}

/// The value of a part that is no list.
fn one<T>(
    parts: &Parts<'_>,
    part: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, CustomRuleError> {
    let read =
        |text: &&str| read(text).ok_or_else(|| ValueNotAllowed { part, value: (*text).to_owned() });
    parts.get(part).map(read).transpose()
}

/// The values of a part that is a list.
fn list<T>(
    parts: &Parts<'_>,
    part: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, CustomRuleError> {
    let read =
        |text: &str| read(text).ok_or_else(|| ValueNotAllowed { part, value: text.to_owned() });
    parts.get(part).map_or(Ok(Vec::new()), |values| values.split(',').map(read).collect())
}

fn numbers(
    parts: &Parts<'_>,
    part: &'static str,
    is_taken: impl Fn(i32) -> bool,
) -> Result<Vec<i32>, CustomRuleError> {
    let read = |text: &str| text.parse().ok().filter(|number| is_taken(*number));
    let mut numbers = list(parts, part, read)?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// Whether a number counts from the start or the end of at most `most`.
fn is_place(number: i32, most: i32) -> bool {
    number != 0 && (-most..=most).contains(&number)
}

fn weekdays(parts: &Parts<'_>) -> Result<Vec<WeekdayNum>, CustomRuleError> {
    let mut days = list(parts, "BYDAY", weekday_num)?;
    days.sort_unstable_by_key(|day| (day.nth, day.weekday.num_days_from_monday()));
    days.dedup();
    Ok(days)
}

fn weekday_num(text: &str) -> Option<WeekdayNum> {
    let (number, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = match number {
        "" => 0,
        _ => number.parse().ok().filter(|number| is_place(*number, 53))?,
    };
    Some(WeekdayNum { nth, weekday: weekday(name)? })
}

fn weekday(text: &str) -> Option<Weekday> {
    (0..7).filter_map(|day| Weekday::try_from(day).ok()).find(|day| two_letters(*day) == text)
}

/// What parts may stand together.
fn check(recur: &Recur) -> Result<(), CustomRuleError> {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let frequency = recur.frequency;
    let numbered = recur.by_day.iter().filter(|day| day.nth != 0).count();
    let refused = |part| Err(NotWithFrequency(part, frequency));
    if !recur.by_year_day.is_empty() && frequency != Yearly {
        return refused("BYYEARDAY");
    }
    if !recur.by_month_day.is_empty() && frequency == Weekly {
        return refused("BYMONTHDAY");
    }
    let is_short = matches!(frequency, Daily | Weekly);
    if !recur.by_set_pos.is_empty() && is_short {
        return refused("BYSETPOS");
    }
    if numbered > 0 && is_short {
        return Err(NumberedDays(frequency));
    }
    if numbered > 0 && numbered < recur.by_day.len() {
        return Err(MixedDays);
    }
    let of_month = frequency == Monthly || !recur.by_month.is_empty();
    if let Some(day) = recur.by_day.iter().find(|day| of_month && day.nth.abs() > 5) {
        return Err(ValueNotAllowed { part: "BYDAY", value: day.to_string() });
    }
    let nothing_to_choose_from = recur.by_month.is_empty()
        && recur.by_year_day.is_empty()
        && recur.by_month_day.is_empty()
        && recur.by_day.is_empty();
    if !recur.by_set_pos.is_empty() && nothing_to_choose_from {
        return Err(NothingToChooseFrom);
    }
    Ok(())
}
