//! `convene dates`: when does a series meet?

use super::args::{Common, date};
use super::failure::Failure;
use super::meeting;
use super::output::{print, print_json};
use super::{content, series};
use crate::model::Series;
use crate::render::Meeting;
use crate::schedule::{Occurrence, occurrences};
use chrono::{Months, NaiveDate, NaiveTime, TimeDelta};

/// List the dates of a series, cancelled ones too.
///
/// With --json an array in order of time, of objects with the keys series, recurrence_id, start,
/// end, zone, utc_start, utc_end, status, moved, title, reason, join, agenda, location, note,
/// minutes, recordings and page.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The series, by the name of its folder.
    series: String,
    /// From this local date on; without it, from the first.
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// Up to and with this local date; without it, up to a year after the present, or
    /// after --from where that is later.
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<NaiveDate>,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, or a series that is not there.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let from = args.from.unwrap_or(NaiveDate::MIN);
    let today = args.common.clock().now().date_naive();
    let to = args.to.unwrap_or_else(|| a_year_after(from.max(today)));
    if args.from.is_some() && to < from {
        return Err(Failure::Misuse(format!("--to {to} is before --from {from}: swap them")));
    }
    let community = content::load(&args.common)?.community;
    let dates = within(series::find(&community, &args.series)?, from, to);
    if args.common.json {
        return Ok(print_json(
            &dates.iter().map(|o| Meeting::of(&community, o)).collect::<Vec<_>>(),
        )?);
    }
    Ok(print(&dates.iter().map(meeting::line).collect::<String>())?)
}

/// The occurrences whose local start is on one of those days.
fn within(series: &Series, from: NaiveDate, to: NaiveDate) -> Vec<Occurrence<'_>> {
    // In order of the instant, and zones are less than a day apart from UTC.
    let last = to.and_time(NaiveTime::MIN).and_utc().checked_add_signed(TimeDelta::days(2));
    occurrences(series)
        .take_while(|o| last.is_none_or(|last| o.utc_start < last))
        .filter(|o| (from..=to).contains(&o.start.date()))
        .collect()
}

fn a_year_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX)
}
