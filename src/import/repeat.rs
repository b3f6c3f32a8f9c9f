//! From a rule in RFC 5545's words to `every` and `on`, where these can say it.

use crate::content::ORDINALS;
use crate::model::{CustomRule, Frequency, Recur, WeekdayNum, english_name};
use chrono::{Datelike, NaiveDate, Weekday};

/// The lines that say the rule of a slot that begins on `from`: `every` and `on`, or `rrule`.
pub(super) fn lines(rule: &CustomRule, from: NaiveDate) -> String {
    plain(rule.recur(), from).unwrap_or_else(|| format!("rrule = \"{}\"\n", rule.as_str()))
}

fn plain(recur: &Recur, from: NaiveDate) -> Option<String> {
    if recur.interval > 99 || !recur.by_year_day.is_empty() {
        return None;
    }
    let (unit, on) = match recur.frequency {
        Frequency::Daily => return None,
        Frequency::Weekly => ("week", Some(weekdays(recur, from)?)),
        Frequency::Monthly if recur.by_month.is_empty() => ("month", of_month(recur, from)?),
        Frequency::Yearly if of_this_month(recur, from) => ("year", of_month(recur, from)?),
        _ => return None,
    };
    let every = match recur.interval {
        1 => unit.to_owned(),
        many => format!("{many} {unit}s"),
    };
    let on = on.map(|on| format!("on = {on}\n")).unwrap_or_default();
    Some(format!("every = \"{every}\"\n{on}"))
}

fn of_this_month(recur: &Recur, from: NaiveDate) -> bool {
    let is_bare = recur.by_day.is_empty() && recur.by_month_day.is_empty();
    (recur.by_month.is_empty() && is_bare)
        || (i32::try_from(from.month()).is_ok_and(|month| recur.by_month == [month]))
}

fn weekdays(recur: &Recur, from: NaiveDate) -> Option<String> {
    let days: Vec<Weekday> = match recur.by_day.as_slice() {
        [] => vec![from.weekday()],
        days => days.iter().map(|day| day.weekday).collect(),
    };
    let is_odd = recur.week_start != Weekday::Mon && recur.interval > 1 && days.len() > 1;
    let names = days.iter().map(|day| format!("\"{}\"", english_name(*day))).collect();
    (!is_odd && recur.by_month.is_empty()).then(|| list(names))
}

/// The days of a month; none inside where that is the day of `from` anyway.
fn of_month(recur: &Recur, from: NaiveDate) -> Option<Option<String>> {
    match (recur.by_day.as_slice(), recur.by_month_day.as_slice(), recur.by_set_pos.as_slice()) {
        ([], [], []) => Some(None),
        ([], [day], []) if u32::try_from(*day) == Ok(from.day()) => Some(None),
        ([], days, []) if days.iter().all(|day| *day > 0) => {
            Some(Some(list(days.iter().map(ToString::to_string).collect())))
        }
        ([day], [], [nth]) if day.nth == 0 => nth_weekdays(&[WeekdayNum { nth: *nth, ..*day }]),
        (days @ [_, ..], [], []) => nth_weekdays(days),
        _ => None,
    }
}

fn nth_weekdays(days: &[WeekdayNum]) -> Option<Option<String>> {
    let one = |day: &WeekdayNum| {
        let (nth, _) = ORDINALS.iter().find(|(_, number)| i32::from(*number) == day.nth)?;
        Some(format!("\"{nth} {}\"", english_name(day.weekday)))
    };
    days.iter().map(one).collect::<Option<Vec<_>>>().map(|names| Some(list(names)))
}

fn list(names: Vec<String>) -> String {
    match names.as_slice() {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}
