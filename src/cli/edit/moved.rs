//! `convene move`: a meeting takes place at another time.

use super::{Change, Failure};
use crate::cli::args::{local, zone};
use crate::content::edit::{Decision, Edit, series_named};
use crate::model::{Local, Zone};

/// Move a meeting to another day or time.
///
/// Its calendar entry stays the same one, at the new time; only where it moves onto the day of another
/// date of its slot or past one does it become an entry of its own, since Outlook cannot hold it
/// otherwise. To change the day or time for good, end the
/// slot with `until` and add another `[[slot]]`.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    /// The series, by the name of its folder.
    series: String,
    /// The date on which the meeting is planned: 2026-12-03, or 2026-12-03T10:00 where there are two.
    #[arg(value_name = "DATE", value_parser = local)]
    date: Local,
    /// The new local start: 2026-12-04T09:00, or 2026-12-04 at the same time of day.
    #[arg(long, value_name = "DATETIME", value_parser = local)]
    to: Local,
    /// The zone of the new start, such as Europe/Berlin; without it, the meeting's own.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    #[command(flatten)]
    change: Change,
}

/// # Errors
/// Mistakes in the content, a date without a meeting, a time at which it is already.
pub(in crate::cli) fn run(args: &Args) -> Result<(), Failure> {
    let decision = Decision::Moved { to: args.to, zone: args.zone };
    let at = args.change.now();
    args.change.carry_out(|community| {
        let series = series_named(community, &args.series)?.slug.clone();
        Ok(vec![Edit::Decided { series, id: args.date, decision: decision.clone(), at }])
    })
}
