//! `convene record`: what a meeting left behind.

use super::{Change, Failure};
use crate::cli::args::{line, link, local};
use crate::content::edit::{Edit, Left, meeting, recorded, series_named};
use crate::model::{Line, Link, Local};
use crate::schedule::occurrence_of;

/// Put a meeting's minutes and recordings on record.
///
/// Feeds and calendars tell of them from then on. The record is yours then: `convene collect` only adds
/// to it what lacks.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    /// The series, by the name of its folder.
    series: String,
    /// The date of the meeting: 2026-11-19, or 2026-11-19T10:00 where there are two.
    #[arg(value_name = "DATE", value_parser = local)]
    date: Local,
    /// The minutes' page.
    #[arg(long, value_name = "URL", value_parser = link)]
    minutes: Option<Link>,
    /// A recording; may be given several times.
    #[arg(long, value_name = "URL", value_parser = link)]
    recording: Vec<Link>,
    /// A line of what was on the agenda; may be given several times.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    topic: Vec<Line>,
    #[command(flatten)]
    change: Change,
}

/// # Errors
/// Nothing to put on record, mistakes in the content, a date without a meeting, what is there already.
pub(in crate::cli) fn run(args: &Args) -> Result<(), Failure> {
    let left = Left {
        minutes: args.minutes.clone(),
        recordings: args.recording.clone(),
        topics: args.topic.clone(),
    };
    if left == Left::default() {
        let what = "say what to put on record: --minutes, --recording or --topic";
        return Err(Failure::Misuse(what.to_owned()));
    }
    let now = args.change.now();
    args.change.carry_out(|community| {
        let series = series_named(community, &args.series)?;
        let id = meeting(series, args.date)?;
        let record = occurrence_of(series, id).map(|o| recorded(&o, &left, now)).transpose()?;
        let series = series.slug.clone();
        Ok(record
            .into_iter()
            .map(|record| Edit::Record { series: series.clone(), id, record })
            .collect())
    })
}
