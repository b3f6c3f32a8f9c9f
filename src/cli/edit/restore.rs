//! `convene restore`: some meetings take place as planned after all.

use super::{Change, Failure, Which};
use crate::content::edit::Decision;

/// Take back that meetings are cancelled or moved: one date, several, or all within a range of days.
///
/// What was announced stays in the file, with the moment at which it was taken back, so that every
/// calendar notices.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    change: Change,
}

/// # Errors
/// Mistakes in the content, a date without a meeting, one that takes place as planned.
pub(in crate::cli) fn run(args: &Args) -> Result<(), Failure> {
    args.which.check()?;
    let now = args.change.now();
    args.change.carry_out(|community| args.which.decide(community, &Decision::Restored, now))
}
