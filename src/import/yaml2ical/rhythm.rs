//! On which days a schedule has its meetings: yaml2ical's `frequency`, from a day on.
//!
//! `biweekly-odd` and the like count ISO weeks, so that a year of 53 weeks breaks the rhythm.

use super::weekday;
use crate::import::quoted;
use crate::model::two_letters;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// For how many years runs are told that begin after a year of 53 weeks.
const YEARS_AHEAD: i32 = 10;

/// yaml2ical's ordinals: those of our own rules, but for the last of a month.
const ORDINALS: [(&str, u8); 5] =
    [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5)];

/// How often.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Repeats {
    /// In every week whose ISO number, divided by so many, leaves that.
    Weeks(u32, u32),
    /// On the first, second and so on of its weekday in a month.
    Monthly(u8),
}

/// A `frequency`, before it is known when it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frequency {
    repeats: Repeats,
    /// The weekday that it names.
    pub(super) day: Option<Weekday>,
}

impl Frequency {
    /// # Errors
    /// One that yaml2ical does not have, or that has no fixed dates.
    pub(super) fn read(text: &str) -> Result<Frequency, String> {
        let weeks = |weeks, rest| Ok(Frequency { repeats: Repeats::Weeks(weeks, rest), day: None });
        match text {
            "weekly" => weeks(1, 0),
            "biweekly-even" => weeks(2, 0),
            "biweekly-odd" => weeks(2, 1),
            "quadweekly" => weeks(4, 0),
            "quadweekly-week-1" => weeks(4, 1),
            "quadweekly-week-2" | "quadweekly-alternate" => weeks(4, 2),
            "quadweekly-week-3" => weeks(4, 3),
            "adhoc" => Err("it has no fixed dates: `convene add` adds each one".to_owned()),
            _ => monthly(text).ok_or_else(|| {
                format!("`frequency` is {}, which yaml2ical does not have", quoted(text))
            }),
        }
    }
}

fn monthly(text: &str) -> Option<Frequency> {
    let (nth, day) = text.split_once('-')?;
    let (_, nth) = ORDINALS.iter().find(|(word, _)| *word == nth)?;
    Some(Frequency { repeats: Repeats::Monthly(*nth), day: Some(weekday(day).ok()?) })
}

/// From when to when a rhythm goes on unbroken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    /// The first day with a meeting.
    pub(super) from: NaiveDate,
    /// The last day that may have one, where the rhythm breaks then.
    pub(super) until: Option<NaiveDate>,
}

impl Run {
    pub(super) fn has(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The days of a schedule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rhythm {
    repeats: Repeats,
    pub(super) day: Weekday,
    start: NaiveDate,
}

impl Rhythm {
    pub(super) fn new(frequency: Frequency, day: Weekday, start: NaiveDate) -> Rhythm {
        Rhythm { repeats: frequency.repeats, day, start }
    }

    /// The rhythm of one run as a rule of iCalendar (RFC 5545 §3.3.10).
    pub(super) fn rule(&self, until: Option<NaiveDate>) -> String {
        let until = until.map(|day| format!(";UNTIL={}", day.format("%Y%m%d"))).unwrap_or_default();
        match self.repeats {
            Repeats::Weeks(weeks, _) => format!("FREQ=WEEKLY;INTERVAL={weeks}{until}"),
            Repeats::Monthly(nth) => {
                format!("FREQ=MONTHLY;BYDAY={nth}{}{until}", two_letters(self.day))
            }
        }
    }

    /// The date that yaml2ical puts into the UID: the first that it finds, which for a rule of months is in the
    /// month after the start's.
    pub(super) fn named(&self, from: NaiveDate) -> NaiveDate {
        let next_month = || self.first(self.start.with_day(1)?.checked_add_months(Months::new(1))?);
        match self.repeats {
            Repeats::Weeks(..) => from,
            Repeats::Monthly(_) => next_month().unwrap_or(from),
        }
    }

    /// The runs, in order; empty where there is no date at all.
    pub(super) fn runs(&self) -> Vec<Run> {
        let (mut runs, mut next) = (Vec::new(), Some(self.start));
        while let Some(from) = next.and_then(|day| self.first(day)) {
            let year = long_year(from.iso_week().year());
            let is_last =
                !self.counts_weeks() || year > self.start.year().saturating_add(YEARS_AHEAD);
            let until = NaiveDate::from_isoywd_opt(year, 53, Weekday::Sun).filter(|_| !is_last);
            runs.push(Run { from, until });
            next = until.and_then(|day| day.checked_add_days(Days::new(1)));
        }
        runs
    }

    /// The year after which the last of those runs, which has no end, is wrong.
    pub(super) fn breaks_after(&self, runs: &[Run]) -> Option<i32> {
        let last = runs.last().filter(|_| self.counts_weeks())?;
        Some(long_year(last.from.iso_week().year()))
    }

    fn counts_weeks(&self) -> bool {
        matches!(self.repeats, Repeats::Weeks(2.., _))
    }

    /// The first date, from that day on.
    fn first(&self, from: NaiveDate) -> Option<NaiveDate> {
        let is_one = |day: &NaiveDate| {
            day.weekday() == self.day
                && match self.repeats {
                    Repeats::Weeks(weeks, rest) => day.iso_week().week() % weeks == rest,
                    Repeats::Monthly(nth) => day.day0() / 7 + 1 == u32::from(nth),
                }
        };
        from.iter_days().take(400).find(is_one)
    }
}

/// The first year from that on that has 53 ISO weeks.
fn long_year(year: i32) -> i32 {
    let is_long = |year: &i32| NaiveDate::from_isoywd_opt(*year, 53, Weekday::Mon).is_some();
    (year..year.saturating_add(20)).find(is_long).unwrap_or(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(frequency: &str, weekday: Weekday, start: &str) -> Rhythm {
        let frequency = Frequency::read(frequency).unwrap();
        Rhythm::new(frequency, frequency.day.unwrap_or(weekday), day(start))
    }

    #[test]
    fn a_year_of_53_weeks_breaks_the_rhythm() {
        let odd = of("biweekly-odd", Weekday::Thu, "2026-11-25").runs();
        let froms: Vec<String> = odd.iter().map(|run| run.from.to_string()).collect();
        assert_eq!(froms, ["2026-12-03", "2027-01-07", "2033-01-06"]);
        assert_eq!(odd[0].until, Some(day("2027-01-03")));
        assert_eq!(odd[2].until, None);
        let even = of("biweekly-even", Weekday::Thu, "2026-11-25").runs();
        assert_eq!(even[0].from, day("2026-11-26"));
        assert_eq!(even[1].from, day("2027-01-14"));
        assert_eq!(of("weekly", Weekday::Thu, "2026-11-25").runs().len(), 1);
    }

    #[test]
    fn every_frequency_is_known() {
        for nth in ["first", "second", "third", "fourth"] {
            for day in ["monday", "tuesday", "wednesday", "thursday", "friday"] {
                Frequency::read(&format!("{nth}-{day}")).unwrap();
            }
        }
        let from = |rhythm: Rhythm| rhythm.runs()[0].from;
        assert_eq!(from(of("fourth-friday", Weekday::Mon, "2026-11-28")), day("2026-12-25"));
        assert_eq!(from(of("quadweekly-week-1", Weekday::Mon, "2026-12-01")), day("2026-12-28"));
        assert!(Frequency::read("adhoc").is_err());
        assert!(Frequency::read("fortnightly").is_err());
    }

    #[test]
    fn the_date_in_the_uid_is_the_one_that_yaml2ical_finds() {
        let monthly = of("first-monday", Weekday::Mon, "2026-03-20");
        assert_eq!(monthly.named(monthly.runs()[0].from), day("2026-04-06"));
        let weekly = of("weekly", Weekday::Wed, "2026-03-20");
        assert_eq!(weekly.named(weekly.runs()[0].from), day("2026-03-25"));
    }
}
