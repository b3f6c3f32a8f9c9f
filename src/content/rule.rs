//! `every` and `on`, or `rrule`: which days a slot falls on.
//!
//! `every` is `week`, `month` or `year`, or a number of these. Weeks take weekdays, which have to be
//! given; months take `first Wednesday`, `last Friday` or the number of a day; so do years, within
//! the month of `from`. Months and years without `on` fall on the day of `from`.

use super::reader::{Keys, push};
use super::source::{Read, Spanned, printable, quote};
use super::suggest::nearest;
use super::value::{At, spanned, text_example};
use super::words::and;
use crate::model::{CustomRule, MonthDay, NthWeekday, Rule, english_name};
use crate::schedule::{CustomRuleError, custom_rule};
use chrono::{Datelike, NaiveDate, Weekday};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Every {
    unit: Unit,
    interval: u32,
}

/// One item of `on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Weekday(Weekday),
    Nth(NthWeekday),
    Number(u32),
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Mon),
    ("Tuesday", Weekday::Tue),
    ("Wednesday", Weekday::Wed),
    ("Thursday", Weekday::Thu),
    ("Friday", Weekday::Fri),
    ("Saturday", Weekday::Sat),
    ("Sunday", Weekday::Sun),
];

/// The words for which of a month's weekdays is meant.
pub(crate) const ORDINALS: [(&str, i8); 6] =
    [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("last", -1)];

/// Reads the rule of a slot that begins on `from`.
pub(super) fn read(keys: &mut Keys<'_>, from: Read<NaiveDate>) -> Read<Rule> {
    let rrule = keys.optional("rrule", custom);
    let every = keys.optional("every", every);
    let on = keys
        .optional("on", spanned(|at| at.items().into_iter().map(day).fold(Ok(Vec::new()), push)));
    let spare = keys.key_span("every").or(keys.key_span("on"));
    if let (Some(span), Some(_)) = (spare, keys.key_span("rrule")) {
        let help = "keep either `rrule`, or `every` and `on`";
        return Err(keys.source.note(span, "two rules for one slot", help));
    }
    if let Some(rule) = rrule? {
        return Ok(Rule::Custom(rule));
    }
    match every? {
        Some(every) => repeat(keys, every, on?, from?),
        None => Err(keys.missing("every", &text_example(keys.source, "week"))),
    }
}

fn repeat(
    keys: &mut Keys<'_>,
    every: Every,
    on: Option<Spanned<Vec<Spanned<Day>>>>,
    from: NaiveDate,
) -> Read<Rule> {
    let interval = every.interval;
    match every.unit {
        Unit::Week => Ok(Rule::Weekly { interval, weekdays: weekdays(keys, on)? }),
        Unit::Month => Ok(Rule::Monthly { interval, day: days_of_month(keys, on, from)? }),
        Unit::Year => {
            Ok(Rule::Yearly { interval, month: from.month(), day: days_of_month(keys, on, from)? })
        }
    }
}

fn weekdays(keys: &mut Keys<'_>, on: Option<Spanned<Vec<Spanned<Day>>>>) -> Read<Vec<Weekday>> {
    let Some(on) = on.filter(|on| !on.value.is_empty()) else {
        return Err(keys.missing("on", &text_example(keys.source, "Thursday")));
    };
    let only = |day: Spanned<Day>| match day.value {
        Day::Weekday(weekday) => Ok(weekday),
        _ => Err(keys.source.note(
            day.span,
            "this is a day of a month, but the slot is every week",
            "write a weekday such as `Thursday`, or let `every` be a month",
        )),
    };
    let mut days = on.value.into_iter().map(only).fold(Ok(Vec::new()), push)?;
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    Ok(days)
}

fn days_of_month(
    keys: &Keys<'_>,
    on: Option<Spanned<Vec<Spanned<Day>>>>,
    from: NaiveDate,
) -> Read<MonthDay> {
    let Some(on) = on else { return Ok(MonthDay::Numbers(vec![from.day()])) };
    let (mut numbers, mut weekdays) = (Vec::new(), Vec::new());
    let mut wrong = None;
    for day in on.value {
        match day.value {
            Day::Number(number) => numbers.push(number),
            Day::Nth(weekday) => weekdays.push(weekday),
            Day::Weekday(_) => {
                let message = "this does not say which one of the month";
                let help = "write it like `first Thursday`, or let `every` be a week";
                wrong = Some(keys.source.note(day.span, message, help));
            }
        }
    }
    if let Some(reported) = wrong {
        return Err(reported);
    }
    numbers.sort_unstable();
    numbers.dedup();
    weekdays.sort_unstable();
    weekdays.dedup();
    match (numbers.is_empty(), weekdays.is_empty()) {
        (false, true) => Ok(MonthDay::Numbers(numbers)),
        (true, false) => Ok(MonthDay::Weekdays(weekdays)),
        (true, true) => Err(keys.source.note(on.span, "this list is empty", "leave `on` out")),
        (false, false) => {
            let help = "use one kind; make a second slot for the other";
            Err(keys.source.note(on.span, "weekdays and numbers of days are mixed", help))
        }
    }
}

fn every(at: At<'_>) -> Read<Every> {
    let text = at.text()?;
    parse_every(text).ok_or_else(|| {
        let help = match text.trim().to_ascii_lowercase().as_str() {
            text if text.contains("day") => "use `rrule` with `FREQ=DAILY` for days".to_owned(),
            _ => "use `week`, `2 weeks`, `month`, `3 months` or `year`, at most 99 of them"
                .to_owned(),
        };
        at.wrong(format!("{} is not how often a slot recurs", quote(text)), help)
    })
}

fn parse_every(text: &str) -> Option<Every> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (interval, unit) = match words.as_slice() {
        [unit] => (1, *unit),
        [number, unit] if number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) => {
            (number.parse().ok()?, unit.strip_suffix('s').unwrap_or(unit))
        }
        _ => return None,
    };
    let unit = match unit {
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    (interval > 0).then_some(Every { unit, interval })
}

fn day(at: At<'_>) -> Read<Spanned<Day>> {
    let span = at.node.span.clone();
    if let Some(number) = at.as_integer() {
        return match u32::try_from(number) {
            Ok(number @ 1..=31) => Ok(Spanned { span, value: Day::Number(number) }),
            _ => Err(at.wrong(format!("no month has a day {number}"), "use 1 to 31")),
        };
    }
    let text = at.text()?;
    match parse_day(text) {
        Some(value) => Ok(Spanned { span, value }),
        None => Err(at.wrong(format!("{} is not a day", quote(text)), day_help(text))),
    }
}

fn parse_day(text: &str) -> Option<Day> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [weekday] => find(weekday, &WEEKDAYS).map(Day::Weekday),
        [nth, weekday] => {
            let nth = find(nth, &ORDINALS)?;
            NthWeekday::new(nth, find(weekday, &WEEKDAYS)?).map(Day::Nth)
        }
        _ => None,
    }
}

fn find<T: Copy>(word: &str, table: &[(&str, T)]) -> Option<T> {
    table.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
}

/// Each word by its nearest, or by its first three letters.
fn day_help(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let guess = match words.as_slice() {
        [weekday] => guess(weekday, &WEEKDAYS).map(str::to_owned),
        [nth, weekday] => guess(nth, &ORDINALS)
            .zip(guess(weekday, &WEEKDAYS))
            .map(|(nth, weekday)| format!("{nth} {weekday}")),
        _ => None,
    };
    match guess {
        Some(guess) => format!("did you mean `{guess}`?"),
        None => "write it like `Thursday`, `first Wednesday` or `last Friday`".to_owned(),
    }
}

fn guess<T>(word: &str, table: &[(&'static str, T)]) -> Option<&'static str> {
    let begins = |name: &&str| {
        word.get(..3).zip(name.get(..3)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    let names = || table.iter().map(|(name, _)| *name);
    nearest(word, names()).or_else(|| names().find(begins))
}

fn custom(at: At<'_>) -> Read<CustomRule> {
    let text = at.text()?;
    if !text.to_ascii_uppercase().contains("FREQ=") {
        let message = format!("{} is not a recurrence rule", quote(text));
        return Err(at.wrong(message, CustomRuleError::NoFrequency.help()));
    }
    custom_rule(text).map_err(|error| at.wrong(printable(&error.to_string()), error.help()))
}

/// The rule's days in words, after "the slot is on".
pub(super) fn describe(rule: &Rule, from: NaiveDate) -> String {
    let month = match rule {
        Rule::Yearly { .. } => from.format("%B").to_string(),
        _ => "the month".to_owned(),
    };
    let month_day = |day: &MonthDay| match day {
        MonthDay::Numbers(numbers) => {
            format!("day {} of {month}", and(numbers))
        }
        MonthDay::Weekdays(weekdays) => {
            format!("{} of {month}", and(weekdays.iter().map(|day| nth_name(*day))))
        }
    };
    match rule {
        Rule::Weekly { weekdays, .. } => and(weekdays.iter().map(|day| english_name(*day))),
        Rule::Monthly { day, .. } | Rule::Yearly { day, .. } => month_day(day),
        Rule::Custom(_) => "the days of its `rrule`".to_owned(),
    }
}

fn nth_name(day: NthWeekday) -> String {
    let ordinal = ORDINALS.iter().find(|(_, nth)| *nth == day.nth).map_or("", |found| found.0);
    format!("the {ordinal} {}", english_name(day.weekday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_is_read() {
        let check = |text: &str, want: Option<(u32, Unit)>| {
            let want = want.map(|(interval, unit)| Every { unit, interval });
            assert_eq!(parse_every(text), want, "{text}");
        };
        check("week", Some((1, Unit::Week)));
        check("1 week", Some((1, Unit::Week)));
        check("2 weeks", Some((2, Unit::Week)));
        check("month", Some((1, Unit::Month)));
        check("3 months", Some((3, Unit::Month)));
        check("year", Some((1, Unit::Year)));
        check("99 years", Some((99, Unit::Year)));
        check("100 weeks", None);
        check("0 weeks", None);
        check("weeks", None);
        check("-2 weeks", None);
        check("day", None);
        check("fortnight", None);
        check("", None);
    }

    #[test]
    fn days_are_read() {
        let nth = |nth, weekday| NthWeekday::new(nth, weekday).map(Day::Nth);
        let check = |text: &str, want: Option<Day>| assert_eq!(parse_day(text), want, "{text}");
        check("Thursday", Some(Day::Weekday(Weekday::Thu)));
        check("sunday", Some(Day::Weekday(Weekday::Sun)));
        check("first Wednesday", nth(1, Weekday::Wed));
        check("Fifth friday", nth(5, Weekday::Fri));
        check("last  Friday", nth(-1, Weekday::Fri));
        check("Thu", None);
        check("Thursdays", None);
        check("sixth Monday", None);
        check("first", None);
        check("Wednesday first", None);
        check("", None);
    }

    #[test]
    fn days_are_guessed() {
        let check = |text: &str, want: &str| {
            assert_eq!(day_help(text), format!("did you mean `{want}`?"), "{text}");
        };
        check("Thursdays", "Thursday");
        check("Wendesday", "Wednesday");
        check("thu", "Thursday");
        check("frist Monday", "first Monday");
    }
}
