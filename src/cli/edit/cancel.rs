//! `convene cancel`: some meetings do not take place.

use super::{Change, Failure, Which};
use crate::cli::args::line;
use crate::content::edit::Decision;
use crate::model::Line;

/// Cancel meetings: one date, several, or all within a range of days.
///
/// Writes the file of each date, or changes it: comments and whatever else is in it stay. Tells what
/// that means to subscribers. A date on which there is no meeting is refused, and the nearest are named.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    which: Which,
    /// Why, in a few words; people read it in their calendars.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    reason: Option<Line>,
    #[command(flatten)]
    change: Change,
}

/// # Errors
/// Mistakes in the content, a date without a meeting, one that is cancelled already.
pub(in crate::cli) fn run(args: &Args) -> Result<(), Failure> {
    args.which.check()?;
    let decision = Decision::Cancelled { reason: args.reason.clone() };
    let now = args.change.now();
    args.change.carry_out(|community| args.which.decide(community, &decision, now))
}
