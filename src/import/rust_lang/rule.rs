//! A rule of recurrence, and when its first date is.

use super::moment::Time;
use super::short;
use crate::content::Outline;
use crate::import::Note;
use chrono::{Datelike, TimeDelta, Timelike, Weekday};

/// Parts of a rule, and what they are in RFC 5545.
const PARTS: [(&str, &str); 11] = [
    ("frequency", "FREQ"),
    ("interval", "INTERVAL"),
    ("count", "COUNT"),
    ("by_second", "BYSECOND"),
    ("by_minute", "BYMINUTE"),
    ("by_hour", "BYHOUR"),
    ("by_month_day", "BYMONTHDAY"),
    ("by_year_day", "BYYEARDAY"),
    ("by_week_no", "BYWEEKNO"),
    ("by_month", "BYMONTH"),
    ("by_set_pos", "BYSETPOS"),
];

/// The rule in RFC 5545's words.
pub(super) fn rule_of(table: &Outline, notes: &mut Vec<Note>) -> String {
    let mut parts = Vec::new();
    for (key, value) in table.entries() {
        let named = PARTS.iter().find(|(known, _)| known == key);
        let said = match (key.as_str(), named) {
            (_, Some((_, name))) => numbers(value).map(|text| format!("{name}={text}")),
            ("by_day", _) => days(value).map(|days| format!("BYDAY={days}")),
            ("week_start", _) => value.text().and_then(letters).map(|day| format!("WKST={day}")),
            ("until", _) => {
                let until = value.text().and_then(Time::of);
                until.map(|until| format!("UNTIL={}", until.written()))
            }
            _ => None,
        };
        match said {
            Some(said) => parts.push(said),
            None => {
                let text = format!("`{}` of the rule was not understood", short(key));
                notes.push(Note::at(value.line, text));
            }
        }
    }
    parts.join(";")
}

/// A word or number, or a list of numbers.
fn numbers(value: &Outline) -> Option<String> {
    let one = |value: &Outline| {
        let text = value.text()?;
        let ok = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        ok.then(|| text.to_ascii_uppercase())
    };
    match value.items() {
        [] => one(value),
        items => Some(items.iter().take(400).map(one).collect::<Option<Vec<_>>>()?.join(",")),
    }
}

fn days(value: &Outline) -> Option<String> {
    let one = |day: &Outline| {
        let nth = match day.text_of("num") {
            None => String::new(),
            Some(nth) => nth.parse::<i8>().ok()?.to_string(),
        };
        Some(format!("{nth}{}", letters(day.text_of("day")?)?))
    };
    Some(value.items().iter().take(400).map(one).collect::<Option<Vec<_>>>()?.join(","))
}

fn letters(day: &str) -> Option<&'static str> {
    day.parse::<Weekday>().ok().map(crate::model::two_letters)
}

/// How much later than the event's start a rule's first date is: at its hour, on the first of its days.
pub(super) fn shift(start: Time, rule: &Outline) -> TimeDelta {
    let hours = match rule.get("by_hour").map(Outline::items) {
        Some([hour]) => hour.text().and_then(|hour| hour.parse::<u32>().ok()),
        _ => None,
    };
    let local = start.local();
    let hours =
        hours.filter(|hour| *hour < 24).map_or(0, |hour| i64::from(hour) - i64::from(local.hour()));
    let day_of = |day: &Outline| match day.text_of("num") {
        None => day.text_of("day").and_then(|day| day.parse::<Weekday>().ok()),
        Some(_) => None,
    };
    let days = rule.get("by_day").map(Outline::items).unwrap_or_default();
    let ahead = |day: Weekday| day.days_since(local.weekday());
    let days = days.iter().filter_map(day_of).map(ahead).min().unwrap_or_default();
    TimeDelta::hours(hours) + TimeDelta::days(i64::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::of_toml;

    #[test]
    fn a_rule_is_said_in_the_words_of_icalendar() {
        let rule = "frequency = 'monthly'\ninterval = 2\nby_day = [{ day = 'sunday', num = -1 }, \
                    { day = 'monday' }]\nweek_start = 'sunday'\nby_month = [1, 2]";
        let mut notes = Vec::new();
        let said = rule_of(&of_toml(rule).unwrap(), &mut notes);
        assert_eq!(said, "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU,MO;WKST=SU;BYMONTH=1,2");
        assert!(notes.is_empty());
        rule_of(&of_toml("frequency = 'weekly;COUNT=1'\nodd = 1").unwrap(), &mut notes);
        assert_eq!(notes.len(), 2);
    }
}
