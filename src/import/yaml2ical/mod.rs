//! One meeting of yaml2ical, as OpenStack, CentOS and others keep them (yaml2ical 0.15, README).
//!
//! Times are in UTC. `biweekly-odd` and the like count ISO weeks, so that a year of 53 weeks breaks the
//! rhythm: what goes on after it is a slot of its own. yaml2ical writes one rule without a break, which
//! is right only until such a year ends.

mod rhythm;

use super::ics::{Calendar, Plan, planned};
use super::{Note, Options, Unreadable, quoted};
use crate::content::{Outline, of_yaml};
use crate::model::Line;
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use rhythm::{Frequency, Rhythm};

const KNOWN: [&str; 6] =
    ["project", "schedule", "chair", "description", "agenda_url", "project_url"];
const KNOWN_OF_SCHEDULE: [&str; 9] =
    ["time", "duration", "start_date", "day", "irc", "matrix", "frequency", "skip_dates", "chair"];

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

struct Schedule {
    time: NaiveTime,
    minutes: u32,
    rhythm: Rhythm,
    start_is_told: bool,
}

impl Schedule {
    /// # Errors
    /// What it lacks, or what nobody can read.
    fn read(table: &Outline, now: NaiveDate) -> Result<Schedule, String> {
        let needed = |key: &str| table.text_of(key).ok_or_else(|| format!("it has no `{key}`"));
        let time = needed("time")?;
        let frequency = Frequency::read(&needed("frequency")?.to_ascii_lowercase())?;
        let day = match frequency.day {
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
            rhythm: Rhythm::new(frequency, day, start.unwrap_or(now)),
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
        let runs = self.rhythm.runs();
        let skipped = skipped(table, notes);
        let line_of = |key: &str| table.get(key).map_or(table.line, |value| value.line);
        // A day outside every run is told with the first.
        let run_of = |day| runs.iter().position(|run| run.has(day)).unwrap_or_default();
        let mut plans = Vec::new();
        for (index, run) in runs.iter().enumerate() {
            let mut plan = Plan::new(table.line, 0);
            plan.tell("SUMMARY", project, table.line);
            plan.tell("DESCRIPTION", &description(file), table.line);
            if let Some(place) = place(table) {
                plan.tell("LOCATION", &place, table.line);
            }
            plan.say("DTSTART", self.at(run.from), line_of("time"));
            plan.say("DURATION", format!("PT{}M", self.minutes), line_of("duration"));
            plan.say("RRULE", self.rhythm.rule(run.until), line_of("frequency"));
            if index == 0 && self.start_is_told {
                plan.say("UID", uid(project, self.rhythm.named(run.from)), line_of("start_date"));
            }
            for (day, reason, line) in skipped.iter().filter(|(day, ..)| run_of(*day) == index) {
                plan.say("EXDATE", self.at(*day), *line);
                plan.more.reasons.extend(reason.clone().map(|reason| (*day, reason)));
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
        if let Some(Ok(day)) = table.text_of("day").map(weekday)
            && day != self.rhythm.day
        {
            notes.push(Note::at(line, "`day` is another: the one of `frequency` was taken"));
        }
        if let Some(year) = self.rhythm.breaks_after(&self.rhythm.runs()) {
            let text = format!(
                "weeks are counted by ISO 8601, anew after a year of 53 weeks: slots are written \
                 until {year}, after which one has to be added"
            );
            notes.push(Note::at(line, text));
        }
    }

    fn at(&self, day: NaiveDate) -> String {
        format!("{}T{}00Z", day.format("%Y%m%d"), self.time.format("%H%M"))
    }
}

/// The UID that yaml2ical makes.
fn uid(project: &str, first: NaiveDate) -> String {
    format!("{}-{}", project.replace(' ', "").to_lowercase(), first.format("%Y%m%d"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uid_is_the_one_that_yaml2ical_makes() {
        assert_eq!(uid("Tea Team", "2026-04-06".parse().unwrap()), "teateam-20260406");
    }
}
