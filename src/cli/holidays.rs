//! `convene holidays`: which meetings are on a holiday, and what is to be decided of them?

use super::args::{Common, date};
use super::failure::Failure;
use super::output::{print, print_json};
use super::{content, series};
use crate::content::edit::meeting;
use crate::model::{Community, Local, Series};
use crate::schedule::{Undecided, occurrences_since, undecided};
use chrono::{Months, NaiveDate, NaiveTime, TimeDelta};
use serde::Serialize;
use std::ops::RangeInclusive;

/// A list whose last day is longer than this before the end of what is looked at has no days of a
/// part of it: no country goes for half a year without a holiday.
const LONGEST_GAP: TimeDelta = TimeDelta::days(183);

/// List the meetings on holidays of which nobody has said whether they take place.
///
/// Each with the two commands of which one decides it. Tells too which series goes by no list of holidays,
/// and which list ends too early.
///
/// With --json an object with from, to, meetings (of series, date, start, zone, title, holiday,
/// list, cancel and keep) and remarks (of path and message).
#[derive(clap::Args)]
pub(super) struct Args {
    /// Of this series alone, by the name of its folder; without it, of all.
    series: Option<String>,
    /// From this day on; without it, from today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// Up to and with this day; without it, for a year.
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<NaiveDate>,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, or a series that is not there.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let days = args.days()?;
    let community = content::load(&args.common)?.community;
    let asked: Vec<&Series> = match &args.series {
        Some(slug) => vec![series::find(&community, slug)?],
        None => community.all_series().collect(),
    };
    let mut found: Vec<Undecided<'_>> =
        asked.iter().flat_map(|series| undecided(&community, series, days.clone())).collect();
    found.sort_by(|a, b| a.occurrence.order().cmp(&b.occurrence.order()));
    let answer = Answer {
        from: days.start().to_string(),
        to: days.end().to_string(),
        meetings: found.iter().map(|one| args.proposal(one)).collect(),
        remarks: remarks(&community, &asked, &days),
    };
    if args.common.json { Ok(print_json(&answer)?) } else { Ok(print(&answer.text())?) }
}

impl Args {
    fn days(&self) -> Result<RangeInclusive<NaiveDate>, Failure> {
        let today = || self.common.clock().now().date_naive();
        let from = self.from.unwrap_or_else(today);
        let a_year_later = || from.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
        let to = self.to.unwrap_or_else(a_year_later);
        match to < from {
            true if self.from.is_none() => {
                Err(Failure::Misuse(format!("--to {to} is before today, {from}: give --from too")))
            }
            true => Err(Failure::Misuse(format!("--to {to} is before --from {from}: swap them"))),
            false => Ok(from..=to),
        }
    }

    fn proposal<'a>(&self, one: &'a Undecided<'a>) -> Proposal<'a> {
        let (o, holiday) = (&one.occurrence, one.holiday.name.as_str());
        let date = name(o.series, o.recurrence_id).to_string();
        let given = self.common.content.to_string_lossy();
        let content = match given.as_ref() {
            "content" => String::new(),
            folder => format!(" --content {}", quoted(folder)),
        };
        let what = format!("{} {date}", o.series.slug);
        Proposal {
            series: o.series.slug.as_str(),
            start: o.start.to_string(),
            zone: o.zone.name(),
            title: o.title().as_str(),
            holiday,
            list: one.list.slug.as_str(),
            cancel: format!("convene cancel {what} --reason {}{content}", quoted(holiday)),
            keep: format!("convene keep {what}{content}"),
            day: o.start.date(),
            date,
        }
    }
}

/// How commands name the meeting: by its day, with the time where another is on that day.
fn name(series: &Series, id: Local) -> Local {
    let day = Local::Date(id.date());
    if meeting(series, day) == Ok(id) { day } else { id }
}

/// The text as one word of a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./ ,()':&;".contains(c);
    match text.chars().all(plain) {
        true => format!("\"{text}\""),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// What keeps meetings on holidays from being found.
fn remarks(
    community: &Community,
    asked: &[&Series],
    days: &RangeInclusive<NaiveDate>,
) -> Vec<Remark> {
    let since = days.start().and_time(NaiveTime::MIN).and_utc();
    let meets = |series: &&&Series| {
        let next = occurrences_since(series, since).find(|o| o.start.date() >= *days.start());
        next.is_some_and(|o| o.start.date() <= *days.end())
    };
    let meeting: Vec<&Series> = asked.iter().filter(meets).copied().collect();
    let without = meeting.iter().filter(|series| series.holidays.is_empty());
    let without = without.map(|series| Remark {
        path: format!("meetings/{}/series.md", series.slug),
        message: no_list(community),
    });
    let goes_by = |slug| meeting.iter().any(|series| series.holidays.contains(slug));
    let lists = community.holidays.iter().filter(|list| goes_by(&list.slug));
    let ended = lists.filter_map(|list| {
        let path = format!("holidays/{}.toml", list.slug);
        let message = match list.days.last().map(|day| day.date) {
            None => "has no days: add them".to_owned(),
            Some(last) if last < *days.start() || *days.end() - last > LONGEST_GAP => {
                format!("ends on {last}: add the days after it")
            }
            Some(_) => return None,
        };
        Some(Remark { path, message })
    });
    without.chain(ended).collect()
}

fn no_list(community: &Community) -> String {
    let lists: Vec<String> =
        community.holidays.iter().map(|list| format!("\"{}\"", list.slug)).collect();
    match lists.is_empty() {
        true => "names no list of holidays: write one, such as `holidays/us.toml`, and add \
                 `holidays = [\"us\"]`"
            .to_owned(),
        false => format!("names no list of holidays: add `holidays = [{}]`", lists.join(", ")),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    from: String,
    to: String,
    meetings: Vec<Proposal<'a>>,
    remarks: Vec<Remark>,
}

#[derive(Serialize)]
struct Proposal<'a> {
    series: &'a str,
    /// As commands have it.
    date: String,
    start: String,
    zone: &'static str,
    title: &'a str,
    holiday: &'a str,
    list: &'a str,
    cancel: String,
    keep: String,
    #[serde(skip)]
    day: NaiveDate,
}

#[derive(Serialize)]
struct Remark {
    path: String,
    message: String,
}

impl Answer<'_> {
    fn text(&self) -> String {
        let mut text = String::new();
        for one in &self.meetings {
            let day = one.day.format("%Y-%m-%d %a");
            text += &format!("{day}  {}  {}\n", one.series, one.holiday);
            text += &format!("  {}\n  {}\n", one.cancel, one.keep);
        }
        if self.meetings.is_empty() {
            let (from, to) = (&self.from, &self.to);
            text += &format!("no meeting from {from} to {to} is on a holiday and undecided\n");
        }
        for Remark { path, message } in &self.remarks {
            text += &format!("`{path}` {message}\n");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_reason_is_one_word_of_a_shell() {
        for (text, want) in [
            ("Thanksgiving Day", "\"Thanksgiving Day\""),
            ("New Year's Day", "\"New Year's Day\""),
            ("$(reboot)", "'$(reboot)'"),
            ("`a` \"b\" 'c'!", r#"'`a` "b" '\''c'\''!'"#),
            ("春分の日", "\"春分の日\""),
        ] {
            assert_eq!(quoted(text), want);
        }
    }
}
