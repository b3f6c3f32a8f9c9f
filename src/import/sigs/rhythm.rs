//! From `day` and `frequency`, as people write them, to a rule: `biweekly starting Tuesday Oct 28, 2025`.

use crate::import::quoted;
use crate::model::english_name;
use chrono::{Datelike, Month, NaiveDate, Weekday};

const WEEKS: [(&str, u32); 15] = [
    ("every other week", 2),
    ("every two weeks", 2),
    ("every 2 weeks", 2),
    ("every second week", 2),
    ("alternate weeks", 2),
    ("bi weekly", 2),
    ("biweekly", 2),
    ("every three weeks", 3),
    ("every third week", 3),
    ("triweekly", 3),
    ("every four weeks", 4),
    ("every 4 weeks", 4),
    ("every fourth week", 4),
    ("every week", 1),
    ("weekly", 1),
];
const ORDINALS: [(&str, i32); 11] = [
    ("first", 1),
    ("1st", 1),
    ("second", 2),
    ("2nd", 2),
    ("third", 3),
    ("3rd", 3),
    ("fourth", 4),
    ("4th", 4),
    ("fifth", 5),
    ("5th", 5),
    ("last", -1),
];

/// Words after which a rule would say something else than is meant.
const EXCEPT: [&str; 6] = ["after", "before", "except", "excluding", "not", "semimonthly"];

/// Words that say nothing more than the rule does.
const PLAIN: [&str; 18] = [
    "every", "each", "the", "of", "month", "months", "monthly", "on", "in", "at", "a", "and",
    "week", "weeks", "start", "starting", "starts", "date",
];

/// When meetings are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rhythm {
    days: Vec<Weekday>,
    every: Every,
    start: Option<NaiveDate>,
    /// What the words say beyond that.
    has_more: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Every {
    Weeks(u32),
    /// On the first, second, or last (-1) of its weekday.
    Month(Vec<i32>),
}

impl Rhythm {
    /// # Errors
    /// What the words do not say, or why no rule can say it.
    pub(super) fn read(day: &str, frequency: &str) -> Result<Rhythm, String> {
        let mut words = words(&format!("{day} {frequency}"));
        let unsaid = || format!("no rule can be made of {}", quoted(frequency));
        if words.len() > 40 || words.iter().any(|word| EXCEPT.contains(&word.as_str())) {
            return Err(unsaid());
        }
        let start = take_date(&mut words);
        let days = take_days(&mut words, day)?;
        let (text, weeks) = take_weeks(&words.join(" "));
        let words: Vec<&str> = text.split_whitespace().collect();
        let nth = |word: &&str| ORDINALS.iter().find(|(name, _)| name == word).map(|(_, nth)| *nth);
        let mut nths: Vec<i32> = words.iter().filter_map(nth).collect();
        nths.sort_unstable();
        nths.dedup();
        let is_monthly = words.contains(&"month") || words.contains(&"monthly");
        let every = match (weeks.as_slice(), nths.as_slice(), start) {
            ([weeks], [], _) if !is_monthly => Every::Weeks(*weeks),
            ([], [_, ..], _) => Every::Month(nths),
            ([], [], Some(start)) if is_monthly => Every::Month(vec![nth_of(start)]),
            ([], [], None) if is_monthly => {
                return Err(format!("nothing says which {} of the month it is on", name(&days)));
            }
            _ => return Err(unsaid()),
        };
        let is_plain = |word: &&str| PLAIN.contains(word) || nth(word).is_some();
        let has_more = !words.iter().all(is_plain);
        Ok(Rhythm { days, every, start, has_more })
    }

    /// The first date, and what had to be assumed for it.
    ///
    /// # Errors
    /// That there is none.
    pub(super) fn first(&self, today: NaiveDate) -> Result<(NaiveDate, Option<String>), String> {
        let from = self.start.unwrap_or(today);
        let is_one = |day: &NaiveDate| {
            self.days.contains(&day.weekday())
                && match &self.every {
                    Every::Weeks(_) => true,
                    Every::Month(nths) => {
                        nths.contains(&nth_of(*day)) || (is_last(*day) && nths.contains(&-1))
                    }
                }
        };
        let first = from.iter_days().take(400).find(is_one).ok_or("it gives no date")?;
        let assumed = match (&self.every, self.start) {
            (Every::Weeks(weeks @ 2..), None) => Some(format!(
                "nothing says in which of {weeks} weeks it is: {first} was taken, the first {} from now on",
                name(&self.days)
            )),
            _ => None,
        };
        Ok((first, assumed))
    }

    pub(super) fn rule(&self) -> String {
        let letters = |day: &Weekday| crate::model::two_letters(*day).to_owned();
        match &self.every {
            Every::Weeks(weeks) => {
                let days: Vec<String> = self.days.iter().map(letters).collect();
                format!("FREQ=WEEKLY;INTERVAL={weeks};BYDAY={}", days.join(","))
            }
            Every::Month(nths) => {
                let of = |day: &Weekday| {
                    nths.iter().map(|nth| format!("{nth}{}", letters(day))).collect::<Vec<_>>()
                };
                let days: Vec<String> = self.days.iter().flat_map(of).collect();
                format!("FREQ=MONTHLY;BYDAY={}", days.join(","))
            }
        }
    }

    /// A note, where the words say more than the rule does.
    pub(super) fn unsaid(&self, frequency: &str) -> Option<String> {
        self.has_more
            .then(|| format!("{} says more than the rule that was made of it", quoted(frequency)))
    }
}

fn words(text: &str) -> Vec<String> {
    let low = text.to_lowercase();
    let words = low.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Takes a date such as `october 28th 2025` out of the words; its year may stand elsewhere.
fn take_date(words: &mut Vec<String>) -> Option<NaiveDate> {
    let month_of = |word: &String| match word.as_str() {
        "sept" => Some(Month::September),
        word => word.parse::<Month>().ok(),
    };
    let at = words.iter().position(|word| month_of(word).is_some())?;
    let month = words.get(at).and_then(month_of)?;
    let number = |word: &String| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u32>().ok()
    };
    let day = words.get(at + 1).and_then(number)?;
    let is_year =
        |word: &String| word.parse::<i32>().is_ok_and(|year| (1971..2199).contains(&year));
    let year_at = words.iter().position(is_year)?;
    let year = words.get(year_at)?.parse().ok()?;
    let date = NaiveDate::from_ymd_opt(year, month.number_from_month(), day)?;
    let kept = words.iter().enumerate().filter(|(i, _)| ![at, at + 1, year_at].contains(i));
    *words = kept.map(|(_, word)| word.clone()).collect();
    Some(date)
}

/// Takes the weekdays out of the words: those of `day`, or else of the frequency.
fn take_days(words: &mut Vec<String>, day: &str) -> Result<Vec<Weekday>, String> {
    let of =
        |word: &str| word.trim_end_matches('s').parse().or_else(|_| word.parse::<Weekday>()).ok();
    let own = self::words(day);
    let mut days: Vec<Weekday> = own.iter().filter_map(|word| of(word)).collect();
    if days.is_empty() {
        days = words.iter().filter_map(|word| of(word)).collect();
    }
    let others = words.iter().filter_map(|word| of(word)).any(|other| !days.contains(&other));
    words.retain(|word| of(word).is_none());
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    match days.is_empty() {
        true => Err(format!("{} is no day of the week", quoted(day))),
        false if others => Err("`day` and `frequency` name different days".to_owned()),
        false => Ok(days),
    }
}

/// Takes out of the text how many weeks lie between meetings: each number that it names.
fn take_weeks(text: &str) -> (String, Vec<u32>) {
    let (mut text, mut weeks) = (format!(" {text} "), Vec::new());
    for (phrase, number) in WEEKS {
        let phrase = format!(" {phrase} ");
        if text.contains(&phrase) {
            text = text.replace(&phrase, " ");
            weeks.push(number);
        }
    }
    weeks.dedup();
    (text, weeks)
}

fn nth_of(day: NaiveDate) -> i32 {
    i32::try_from(day.day0() / 7 + 1).unwrap_or(1)
}

fn is_last(day: NaiveDate) -> bool {
    day.iter_days().nth(7).is_none_or(|next| next.month() != day.month())
}

fn name(days: &[Weekday]) -> String {
    days.first().map_or("Monday", |day| english_name(*day)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule and the first date from 25 November 2026 on; `-` where it is left out.
    fn of(day: &str, frequency: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let Ok(rhythm) = Rhythm::read(day, frequency) else { return "-".to_owned() };
        let (first, assumed) = rhythm.first(today).unwrap();
        let marks = [assumed.map(|_| " assumed"), rhythm.unsaid(frequency).map(|_| " more")];
        let marks: String = marks.into_iter().flatten().collect();
        format!("{} {first}{marks}", rhythm.rule().trim_start_matches("FREQ="))
    }

    #[test]
    fn frequencies_are_read_as_people_write_them() {
        let check = |day: &str, frequency: &str, want: &str| {
            assert_eq!(of(day, frequency), want, "{day}, {frequency}");
        };
        check("Thursday", "weekly", "WEEKLY;INTERVAL=1;BYDAY=TH 2026-11-26");
        check(
            "Thursdays (starting February 15th 2024)",
            "biweekly",
            "WEEKLY;INTERVAL=2;BYDAY=TH 2024-02-15",
        );
        check("Tuesday", "bi-weekly", "WEEKLY;INTERVAL=2;BYDAY=TU 2026-12-01 assumed");
        check(
            "Tuesday",
            "biweekly starting Tuesday Oct 28, 2025",
            "WEEKLY;INTERVAL=2;BYDAY=TU 2025-10-28",
        );
        check(
            "Friday",
            "biweekly 2019 start date: Jan. 11th",
            "WEEKLY;INTERVAL=2;BYDAY=FR 2019-01-11",
        );
        check("Tuesday", "monthly 2020 start date: Jan. 7th", "MONTHLY;BYDAY=1TU 2020-01-07");
        check("Monday and Wednesday", "weekly", "WEEKLY;INTERVAL=1;BYDAY=MO,WE 2026-11-25");
        check("Thursday", "Monthly on 4th Thursday", "MONTHLY;BYDAY=4TH 2026-11-26");
        check("third Wednesday", "monthly", "MONTHLY;BYDAY=3WE 2026-12-16");
        check("Tuesday", "2nd and 4th Tuesday of each month", "MONTHLY;BYDAY=2TU,4TU 2026-12-08");
        check("Wednesday", "monthly - last Wednesday every month", "MONTHLY;BYDAY=-1WE 2026-11-25");
        check("Wednesday", "every four weeks", "WEEKLY;INTERVAL=4;BYDAY=WE 2026-11-25 assumed");
        check("Wednesday", "every third week", "WEEKLY;INTERVAL=3;BYDAY=WE 2026-11-25 assumed");
        check("Monday", "weekly (On demand)", "WEEKLY;INTERVAL=1;BYDAY=MO 2026-11-30 more");
    }

    #[test]
    fn what_a_rule_cannot_say_is_left_out() {
        for (day, frequency) in [
            ("Wednesday", "monthly - Wednesday, after the fourth Tuesday, every month"),
            ("Tuesday", "weekly - except fourth Tuesday every month"),
            ("Tuesday", "biweekly/triweekly"),
            ("Tuesday", "semimonthly"),
            ("Thursday", "monthly"),
            ("Tuesday", "first Wednesday of the month"),
            ("TBD", "weekly"),
            ("Tuesday", "quarterly"),
        ] {
            assert_eq!(of(day, frequency), "-", "{day}, {frequency}");
        }
    }
}
