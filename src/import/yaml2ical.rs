//! One meeting of yaml2ical, as OpenStack, CentOS and others keep them (yaml2ical 0.15, README).
//!
//! Times are in UTC. `biweekly-odd` and the like count ISO weeks, so that a year of 53 weeks breaks the
//! rhythm: what goes on after it is a slot of its own. yaml2ical writes one rule without a break, which
//! is right only until such a year ends.

use super::ics::{Calendar, Plan, planned};
use super::{Note, Options, Unreadable};
use crate::content::{Outline, of_yaml};
use crate::model::Line;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

/// For how many years slots are written that begin after a year of 53 weeks.
const YEARS_AHEAD: i32 = 10;

const KNOWN: [&str; 6] =
    ["project", "schedule", "chair", "description", "agenda_url", "project_url"];
const KNOWN_OF_SCHEDULE: [&str; 9] =
    ["time", "duration", "start_date", "day", "irc", "matrix", "frequency", "skip_dates", "chair"];
const ORDINALS: [(&str, u8); 5] =
    [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5)];

/// Reads a meeting, whose schedules are slots of one series.
///
/// # Errors
/// A text that is no YAML, or has no project.
pub(super) fn read(
    text: &str,
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Calendar, Unreadable> {
    let file = of_yaml(text).map_err(|why| Unreadable::at(why.line, why.reason))?;
    let Some(project) = file.text_of("project") else {
        return Err(Unreadable::at(0, "it has no `project`, by which the meeting is called"));
    };
    let mut plans = Vec::new();
    for schedule in file.get("schedule").map(Outline::items).unwrap_or_default() {
        match Schedule::read(schedule, options.now.date_naive()) {
            Ok(read) => plans.extend(read.plans(schedule, &file, project, notes)),
            Err(why) => {
                notes.push(Note::at(schedule.line, format!("this schedule was left out: {why}")));
            }
        }
        left_out(schedule, &KNOWN_OF_SCHEDULE, notes);
    }
    left_out(&file, &KNOWN, notes);
    if plans.is_empty() {
        let why = notes.first().map(|note| format!(": {}", note.text)).unwrap_or_default();
        return Err(Unreadable::at(0, format!("there is no meeting in it that can be kept{why}")));
    }
    planned(None, Vec::new(), plans, options, notes)
}

fn left_out(table: &Outline, known: &[&str], notes: &mut Vec<Note>) {
    for (key, value) in table.entries() {
        if key == "chair" {
            notes.push(Note::at(value.line, "who chairs is personal and was left out"));
        } else if !known.contains(&key.as_str()) {
            let short: String = key.chars().filter(|c| !c.is_control()).take(40).collect();
            notes.push(Note::at(value.line, format!("`{short}` was left out")));
        }
    }
}

/// How a schedule repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Repeats {
    /// In every week whose ISO number, divided by so many, leaves that.
    Weeks(u32, u32),
    /// On the first, second and so on of its weekday in a month.
    Monthly(u8),
}

struct Schedule {
    time: NaiveTime,
    minutes: u32,
    day: Weekday,
    repeats: Repeats,
    start: NaiveDate,
    start_is_told: bool,
}

impl Schedule {
    /// # Errors
    /// What it lacks, or what nobody can read.
    fn read(table: &Outline, now: NaiveDate) -> Result<Schedule, String> {
        let needed = |key: &str| table.text_of(key).ok_or_else(|| format!("it has no `{key}`"));
        let time = needed("time")?;
        let frequency = needed("frequency")?.to_ascii_lowercase();
        let (repeats, own_day) = repeats(&frequency)?;
        let day = match own_day {
            Some(day) => day,
            None => weekday(needed("day")?)?,
        };
        let start = table.text_of("start_date").map(date).transpose()?;
        let minutes = match table.text_of("duration") {
            None => 60,
            Some(text) => {
                let minutes = text.parse().ok().filter(|minutes| (1..=10_080).contains(minutes));
                minutes.ok_or_else(|| format!("{} is no number of minutes", quoted(text)))?
            }
        };
        Ok(Schedule {
            time: NaiveTime::parse_from_str(time, "%H%M")
                .map_err(|_| format!("{} is no time such as '0800'", quoted(time)))?,
            minutes,
            day,
            repeats,
            start: start.unwrap_or(now),
            start_is_told: start.is_some(),
        })
    }

    /// An event for each time that the rhythm begins.
    fn plans(
        &self,
        table: &Outline,
        file: &Outline,
        project: &str,
        notes: &mut Vec<Note>,
    ) -> Vec<Plan> {
        self.warn(table, notes);
        let runs = self.runs();
        let skipped = skipped(table, notes);
        let line_of = |key: &str| table.get(key).map_or(table.line, |value| value.line);
        let mut plans = Vec::new();
        for (index, (from, until)) in runs.iter().enumerate() {
            let mut plan = Plan::new(table.line, 0);
            plan.tell("SUMMARY", project, table.line);
            plan.tell("DESCRIPTION", &description(file), table.line);
            if let Some(place) = place(table) {
                plan.tell("LOCATION", &place, table.line);
            }
            plan.say("DTSTART", self.at(*from), line_of("time"));
            plan.say("DURATION", format!("PT{}M", self.minutes), line_of("duration"));
            plan.say("RRULE", self.rule(*until), line_of("frequency"));
            if index == 0 && self.start_is_told {
                plan.say("UID", self.uid(project, *from), line_of("start_date"));
            }
            for (day, reason, line) in &skipped {
                if of_run(&runs, *day) == index {
                    plan.say("EXDATE", self.at(*day), *line);
                    plan.more.reasons.extend(reason.clone().map(|reason| (*day, reason)));
                }
            }
            plans.push(plan);
        }
        plans
    }

    fn warn(&self, table: &Outline, notes: &mut Vec<Note>) {
        let line = table.get("frequency").map_or(table.line, |value| value.line);
        if !self.start_is_told {
            let text = "there is no `start_date`: it begins with the first date from now on";
            notes.push(Note::at(table.line, text));
        }
        if let (Repeats::Monthly(_), Some(Ok(day))) =
            (self.repeats, table.text_of("day").map(weekday))
            && day != self.day
        {
            notes.push(Note::at(line, "`day` is another: the one of `frequency` was taken"));
        }
        let begun = self.runs();
        if let (Repeats::Weeks(2.., _), [.., (last, None)]) = (self.repeats, begun.as_slice()) {
            let next = long_year(last.iso_week().year());
            let text = format!(
                "weeks are counted by ISO 8601, anew after a year of 53 weeks: slots are written \
                 until {next}, after which one has to be added"
            );
            notes.push(Note::at(line, text));
        }
    }

    fn at(&self, day: NaiveDate) -> String {
        format!("{}T{}00Z", day.format("%Y%m%d"), self.time.format("%H%M"))
    }

    fn rule(&self, until: Option<NaiveDate>) -> String {
        let until = until.map(|day| format!(";UNTIL={}", day.format("%Y%m%d"))).unwrap_or_default();
        match self.repeats {
            Repeats::Weeks(weeks, _) => format!("FREQ=WEEKLY;INTERVAL={weeks}{until}"),
            Repeats::Monthly(nth) => {
                let day = crate::model::two_letters(self.day);
                format!("FREQ=MONTHLY;BYDAY={nth}{day}{until}")
            }
        }
    }

    /// The UID that yaml2ical makes: of the project and the first date that it finds, which for a rule of
    /// months is in the month after the start's.
    fn uid(&self, project: &str, from: NaiveDate) -> String {
        let next_month = || {
            let first = self.start.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
            self.first(first)
        };
        let first = match self.repeats {
            Repeats::Weeks(..) => from,
            Repeats::Monthly(_) => next_month().unwrap_or(from),
        };
        format!("{}-{}", project.replace(' ', "").to_lowercase(), first.format("%Y%m%d"))
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

    /// From when to when the rhythm goes on unbroken: the first day, and the last that may have a meeting.
    fn runs(&self) -> Vec<(NaiveDate, Option<NaiveDate>)> {
        let (mut runs, mut next) = (Vec::new(), Some(self.start));
        let counts_weeks = matches!(self.repeats, Repeats::Weeks(2.., _));
        while let Some(from) = next.and_then(|day| self.first(day)) {
            let year = long_year(from.iso_week().year());
            let is_last = !counts_weeks || year > self.start.year().saturating_add(YEARS_AHEAD);
            let end = NaiveDate::from_isoywd_opt(year, 53, Weekday::Sun).filter(|_| !is_last);
            runs.push((from, end));
            next = end.and_then(|day| day.checked_add_days(Days::new(1)));
        }
        runs
    }
}

/// The first year from that on that has 53 ISO weeks.
fn long_year(year: i32) -> i32 {
    let is_long = |year: &i32| NaiveDate::from_isoywd_opt(*year, 53, Weekday::Mon).is_some();
    (year..year.saturating_add(20)).find(is_long).unwrap_or(year)
}

/// Which run the day is in; the first, where it is in none.
fn of_run(runs: &[(NaiveDate, Option<NaiveDate>)], day: NaiveDate) -> usize {
    let holds = |(from, until): &(NaiveDate, Option<NaiveDate>)| {
        *from <= day && until.is_none_or(|until| day <= until)
    };
    runs.iter().position(holds).unwrap_or_default()
}

fn skipped(table: &Outline, notes: &mut Vec<Note>) -> Vec<(NaiveDate, Option<Line>, usize)> {
    let mut all = Vec::new();
    for skip in table.get("skip_dates").map(Outline::items).unwrap_or_default() {
        match skip.text_of("skip_date").ok_or("it has no `skip_date`".to_owned()).and_then(date) {
            Ok(day) => {
                let reason = skip.text_of("reason").and_then(super::details::title);
                all.push((day, reason, skip.line));
            }
            Err(why) => notes.push(Note::at(skip.line, format!("this date was left out: {why}"))),
        }
    }
    all
}

/// The rhythm, and the weekday that it names.
fn repeats(frequency: &str) -> Result<(Repeats, Option<Weekday>), String> {
    let weeks = |weeks, rest| Ok((Repeats::Weeks(weeks, rest), None));
    match frequency {
        "weekly" => return weeks(1, 0),
        "biweekly-even" => return weeks(2, 0),
        "biweekly-odd" => return weeks(2, 1),
        "quadweekly" => return weeks(4, 0),
        "quadweekly-week-1" => return weeks(4, 1),
        "quadweekly-week-2" | "quadweekly-alternate" => return weeks(4, 2),
        "quadweekly-week-3" => return weeks(4, 3),
        "adhoc" => {
            return Err("it has no fixed dates: `convene add` adds each one".to_owned());
        }
        _ => {}
    }
    let unknown = || format!("`frequency` is {}, which yaml2ical does not have", quoted(frequency));
    let (nth, day) = frequency.split_once('-').ok_or_else(unknown)?;
    let (_, nth) = ORDINALS.iter().find(|(word, _)| *word == nth).ok_or_else(unknown)?;
    Ok((Repeats::Monthly(*nth), Some(weekday(day).map_err(|_| unknown())?)))
}

fn weekday(text: &str) -> Result<Weekday, String> {
    text.parse().map_err(|_| format!("{} is no day of the week", quoted(text)))
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let parsed = NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    let known = parsed.filter(|day| (1971..=2198).contains(&day.year()));
    known.ok_or_else(|| format!("{} is no date such as 20261203", quoted(text)))
}

fn place(table: &Outline) -> Option<String> {
    let irc = table.text_of("irc").map(|room| format!("irc: #{}", room.trim_start_matches('#')));
    irc.or_else(|| table.text_of("matrix").map(|room| format!("matrix: {room}")))
}

fn description(file: &Outline) -> String {
    let link = |label: &str, key: &str| file.text_of(key).map(|link| format!("{label}: {link}"));
    let text = file.text_of("description").map(str::to_owned);
    let links = [link("Agenda", "agenda_url"), link("Project", "project_url")];
    let links: Vec<String> = links.into_iter().flatten().collect();
    text.into_iter().chain([links.join("\n")]).collect::<Vec<_>>().join("\n\n")
}

fn quoted(text: &str) -> String {
    let short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    format!("`{short}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(frequency: &str, weekday: Weekday, start: &str) -> Schedule {
        let (repeats, own) = repeats(frequency).unwrap();
        let day_of_week = own.unwrap_or(weekday);
        let (time, minutes) = (NaiveTime::default(), 60);
        Schedule {
            time,
            minutes,
            day: day_of_week,
            repeats,
            start: day(start),
            start_is_told: true,
        }
    }

    #[test]
    fn a_year_of_53_weeks_breaks_the_rhythm() {
        let odd = of("biweekly-odd", Weekday::Thu, "2026-11-25").runs();
        let froms: Vec<String> = odd.iter().map(|(from, _)| from.to_string()).collect();
        assert_eq!(froms, ["2026-12-03", "2027-01-07", "2033-01-06"]);
        assert_eq!(odd[0].1, Some(day("2027-01-03")));
        assert_eq!(odd[2].1, None);
        let even = of("biweekly-even", Weekday::Thu, "2026-11-25").runs();
        assert_eq!(even[0].0, day("2026-11-26"));
        assert_eq!(even[1].0, day("2027-01-14"));
        assert_eq!(of("weekly", Weekday::Thu, "2026-11-25").runs().len(), 1);
    }

    #[test]
    fn every_frequency_is_known() {
        for nth in ["first", "second", "third", "fourth"] {
            for day in ["monday", "tuesday", "wednesday", "thursday", "friday"] {
                repeats(&format!("{nth}-{day}")).unwrap();
            }
        }
        assert_eq!(of("fourth-friday", Weekday::Mon, "2026-11-28").runs()[0].0, day("2026-12-25"));
        assert_eq!(
            of("quadweekly-week-1", Weekday::Mon, "2026-12-01").runs()[0].0,
            day("2026-12-28")
        );
        assert!(repeats("adhoc").is_err());
        assert!(repeats("fortnightly").is_err());
    }

    #[test]
    fn the_uid_is_the_one_that_yaml2ical_makes() {
        let monthly = of("first-monday", Weekday::Mon, "2026-03-20");
        assert_eq!(monthly.uid("Tea Team", monthly.runs()[0].0), "teateam-20260406");
        let weekly = of("weekly", Weekday::Wed, "2026-03-20");
        assert_eq!(weekly.uid("Tea Team", weekly.runs()[0].0), "teateam-20260325");
    }
}
