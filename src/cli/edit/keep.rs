//! `convene keep`: some meetings take place although the day is a holiday.

use super::{Change, Failure, Which};
use crate::content::edit::Decision;

/// Say that meetings take place although the day is a holiday: one date, several, or all within a range
/// of days.
///
/// `convene check` and `convene holidays` do not ask for these dates any more.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    change: Change,
}

/// # Errors
/// Mistakes in the content, a date without a meeting, one of which that was said already.
pub(in crate::cli) fn run(args: &Args) -> Result<(), Failure> {
    args.which.check()?;
    let now = args.change.now();
    args.change.carry_out(|community| args.which.decide(community, &Decision::Kept, now))
}
