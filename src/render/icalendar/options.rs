//! What a subscriber may ask of a calendar, as the query of its address.

use crate::model::{Series, Slug};
use crate::render::{Chosen, Kind, Scope};
use std::collections::BTreeSet;
use std::fmt;
use url::form_urlencoded;

/// The longest query that is read, in bytes.
const MOST_BYTES: usize = 2000;

/// The most alarms of one meeting.
const MOST_ALARMS: usize = 5;

/// The longest before a meeting that an alarm rings, in minutes: four weeks.
const MOST_MINUTES: u32 = 4 * 7 * 24 * 60;

/// The most days of the past that can be asked for in numbers: about ten years.
const MOST_DAYS: u32 = 3660;

/// How a subscriber wants a calendar; by default as it is published.
///
/// `Display` gives the canonical query: the same text for all queries that ask for the same, and
/// none for the default.
///
/// ```
/// use convene::render::icalendar::Options;
/// let options = Options::read("nocache=1&past=090d&alarm=1d%2C15m").unwrap();
/// assert_eq!(options.to_string(), "alarm=15m,1d&past=90d");
/// assert!(Options::read("past=yesterday").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only these series, where there are any.
    pub series: BTreeSet<Slug>,
    /// Only series with one of these tags, where there are any.
    pub tags: BTreeSet<Slug>,
    /// How long before each meeting an alarm rings, in minutes.
    pub alarms: BTreeSet<u32>,
    /// What becomes of cancelled meetings.
    pub cancelled: Cancelled,
    /// How much of the past there is.
    pub past: Past,
    /// Whether each meeting is an event of its own, in UTC, for programs that know no zones.
    pub flat: bool,
}

/// What becomes of cancelled meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cancelled {
    /// They are left out.
    #[default]
    Hide,
    /// They stay, with a title and a status that say so.
    Mark,
}

/// How much of the past a calendar has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Past {
    /// All meetings, with what those of the last year left behind; flat, the last year only.
    #[default]
    Year,
    /// What ended in the last so many days, as far as recurrences can be cut.
    Days(u32),
    /// All meetings, with all that they left behind.
    All,
}

/// Why a query is not answered: a plain sentence for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A value makes no sense, or asks for too much.
    Senseless(String),
    /// None of the names that were chosen is known.
    Unknown(String),
    /// Whatever was chosen by name is no longer published.
    Gone(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Refused::Senseless(why) | Refused::Unknown(why) | Refused::Gone(why)) = self;
        f.write_str(why)
    }
}

impl Options {
    /// Reads the query of a calendar, with the names as they are written.
    ///
    /// Keys that are not known are passed over, since clients append their own; so are keys without
    /// a value, since a form has them where nothing was chosen.
    ///
    /// # Errors
    /// A value that is not understood.
    pub fn read(query: &str) -> Result<Options, Refused> {
        if query.len() > MOST_BYTES {
            return refused(format!("the query is longer than {MOST_BYTES} bytes"));
        }
        let mut options = Options::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match (key.as_ref(), value.as_ref()) {
                (_, "") => {}
                ("series", value) => options.series.extend(names(&key, value)?),
                ("tag", value) => options.tags.extend(names(&key, value)?),
                ("alarm", value) => options.alarms = alarms(value)?,
                ("cancelled", value) => options.cancelled = cancelled(value)?,
                ("past", value) => options.past = past(value)?,
                ("flat", "utc") => options.flat = true,
                ("flat", value) => return wrong(&key, value, "write utc"),
                _ => {}
            }
        }
        Ok(options)
    }

    /// The same with the names that series and tags of that calendar have now.
    ///
    /// Names that stand for nothing are left out beside others: what else was chosen is better than an
    /// error, at which some clients stop asking for good.
    ///
    /// # Errors
    /// Where no name of a list stands for anything: left out, they would ask for everything.
    pub fn of_today(self, scope: &Scope<'_>) -> Result<Options, Refused> {
        let series = today("series", scope, Kind::Series, &self.series)?;
        let tags = today("tag", scope, Kind::Tags, &self.tags)?;
        Ok(Options { series, tags, ..self })
    }

    /// Whether the calendar is wanted as it is published.
    pub fn is_default(&self) -> bool {
        *self == Options::default()
    }

    /// Whether the series is wanted.
    pub fn takes(&self, series: &Series) -> bool {
        (self.series.is_empty() || self.series.contains(&series.slug))
            && (self.tags.is_empty() || series.tags.iter().any(|tag| self.tags.contains(tag)))
    }
}

/// A list of names.
fn names(key: &str, value: &str) -> Result<Vec<Slug>, Refused> {
    let help = "write names of lower-case letters, digits and hyphens, with commas between";
    let names = value.split(',').map(|name| Slug::new(name.trim()));
    names.collect::<Option<Vec<Slug>>>().map_or_else(|| wrong(key, value, help), Ok)
}

/// The slugs that those names stand for in the calendar.
fn today(
    key: &str,
    scope: &Scope<'_>,
    kind: Kind,
    names: &BTreeSet<Slug>,
) -> Result<BTreeSet<Slug>, Refused> {
    let chosen = Chosen::of(scope, kind, names);
    chosen.limit().ok_or_else(|| match chosen.unknown.as_slice() {
        [] => Refused::Gone(format!("{key}={} is no longer published", list(&chosen.gone))),
        unknown => {
            let there = kind.all(scope);
            let there = if there.is_empty() { "none".to_owned() } else { list(there) };
            let unknown = list(unknown);
            Refused::Unknown(format!("{key}={unknown} is not here: this calendar has {there}"))
        }
    })
}

/// The first names, as many as a sentence has room for.
fn list<'a>(names: impl IntoIterator<Item = &'a Slug>) -> String {
    names.into_iter().take(20).map(Slug::as_str).collect::<Vec<_>>().join(", ")
}

fn alarms(value: &str) -> Result<BTreeSet<u32>, Refused> {
    let help = format!("write up to {MOST_ALARMS} times before the meeting, such as 15m,1h,1d");
    let minutes = value.split(',').map(|text| minutes(text.trim()));
    let alarms = minutes.collect::<Option<BTreeSet<u32>>>();
    match alarms.filter(|alarms| alarms.len() <= MOST_ALARMS) {
        Some(alarms) => Ok(alarms),
        None => wrong("alarm", value, &help),
    }
}

/// `15m`, `2h`, `1d` or `1w` as minutes.
fn minutes(text: &str) -> Option<u32> {
    let units = [('m', 1), ('h', 60), ('d', 24 * 60), ('w', 7 * 24 * 60)];
    let (digits, minutes) =
        units.iter().find_map(|(unit, minutes)| Some((text.strip_suffix(*unit)?, minutes)))?;
    let number = number(digits)?;
    number.checked_mul(*minutes).filter(|minutes| *minutes <= MOST_MINUTES)
}

fn cancelled(value: &str) -> Result<Cancelled, Refused> {
    match value {
        "hide" => Ok(Cancelled::Hide),
        "mark" => Ok(Cancelled::Mark),
        _ => wrong("cancelled", value, "write mark or hide"),
    }
}

fn past(value: &str) -> Result<Past, Refused> {
    let days = value.strip_suffix('d').and_then(number).filter(|days| *days <= MOST_DAYS);
    match (value, days) {
        ("all", _) => Ok(Past::All),
        (_, Some(days)) => Ok(Past::Days(days)),
        _ => {
            let help = format!("write all, or a number of days up to {MOST_DAYS}, such as 90d");
            wrong("past", value, &help)
        }
    }
}

fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// What is wrong with a value, of which no more is said than fits on a line.
fn wrong<T>(key: &str, value: &str, help: &str) -> Result<T, Refused> {
    let shown: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
    refused(format!("{key}={shown} is not understood: {help}"))
}

fn refused<T>(why: String) -> Result<T, Refused> {
    Err(Refused::Senseless(why))
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined =
            |slugs: &BTreeSet<Slug>| slugs.iter().map(Slug::as_str).collect::<Vec<_>>().join(",");
        let alarms = self.alarms.iter().copied().map(before).collect::<Vec<_>>().join(",");
        let past = match self.past {
            Past::Year => String::new(),
            Past::Days(days) => format!("{days}d"),
            Past::All => "all".to_owned(),
        };
        let pairs = [
            ("alarm", alarms.as_str()),
            ("cancelled", if self.cancelled == Cancelled::Mark { "mark" } else { "" }),
            ("flat", if self.flat { "utc" } else { "" }),
            ("past", &past),
            ("series", &joined(&self.series)),
            ("tag", &joined(&self.tags)),
        ];
        let given = pairs.iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<String> = given.map(|(key, value)| format!("{key}={value}")).collect();
        f.write_str(&given.join("&"))
    }
}

/// Minutes in the largest unit that needs no fraction.
fn before(minutes: u32) -> String {
    match minutes {
        0 => "0m".to_owned(),
        m if m % 1440 == 0 => format!("{}d", m / 1440),
        m if m % 60 == 0 => format!("{}h", m / 60),
        m => format!("{m}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, want: Result<&str, &str>) {
        let got = Options::read(query).map(|o| o.to_string()).map_err(|e| e.to_string());
        assert_eq!(got, want.map(str::to_owned).map_err(str::to_owned), "{query}");
    }

    #[test]
    fn queries_that_ask_the_same_have_one_canonical_form() {
        check("", Ok(""));
        check("utm_source=x&nocache", Ok(""));
        check("cancelled=hide", Ok(""));
        check("series=&tag=&alarm=&cancelled=&past=&flat=", Ok(""));
        check("alarm=15m&alarm=", Ok("alarm=15m"));
        check("past=090d", Ok("past=90d"));
        check("flat=utc&cancelled=mark&past=all", Ok("cancelled=mark&flat=utc&past=all"));
        check("alarm=60m,1d,1h,15m", Ok("alarm=15m,1h,1d"));
        check("alarm=15m%2C1w", Ok("alarm=15m,7d"));
        check("alarm=0m", Ok("alarm=0m"));
    }

    #[test]
    fn a_value_that_is_not_understood_is_refused_in_words() {
        let alarm = "write up to 5 times before the meeting, such as 15m,1h,1d";
        for value in [",", "15", "-15m", "1.5h", "29d", "1m,2m,3m,4m,5m,6m", "99999999999m"] {
            let want = format!("alarm={value} is not understood: {alarm}");
            check(&format!("alarm={value}"), Err(&want));
        }
        let past = "write all, or a number of days up to 3660, such as 90d";
        for value in [" ", "90", "d", "-1d", "3661d", "year"] {
            let want = format!("past={value} is not understood: {past}");
            check(&format!("past={value}"), Err(&want));
        }
        check("cancelled=no", Err("cancelled=no is not understood: write mark or hide"));
        check("flat=1", Err("flat=1 is not understood: write utc"));
        let names = "write names of lower-case letters, digits and hyphens, with commas between";
        check("series=a,B", Err(&format!("series=a,B is not understood: {names}")));
        check(&"x".repeat(2001), Err("the query is longer than 2000 bytes"));
    }

    #[test]
    fn a_refusal_repeats_no_control_and_no_flood() {
        let refused = Options::read(&format!("past=%0D%0Aa%00{}", "b".repeat(900)));
        let text = refused.unwrap_err().to_string();
        assert!(text.starts_with("past=abbb") && text.len() < 200, "{text}");
    }
}
