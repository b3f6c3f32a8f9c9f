//! `convene add`: a meeting that no slot gives.

use super::{Change, Failure};
use crate::cli::args::{lasts, line, link, local, zone};
use crate::content::edit::{Decision, Edit, series_named};
use crate::model::{Details, Line, Link, Local, Zone};
use chrono::TimeDelta;

/// Add a meeting that the series' rules do not give.
///
/// What differs from the series can be given with it; all else is the series' own.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    /// The series, by the name of its folder.
    series: String,
    /// When it begins, local: 2026-12-08T14:00, or 2026-12-08 for the whole day.
    #[arg(value_name = "DATETIME", value_parser = local)]
    start: Local,
    /// The zone of its start, such as Europe/Berlin; without it, the site's.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// How long it lasts: 90m, 1h30m, 2 days.
    #[arg(long, value_name = "TIME", value_parser = lasts)]
    lasts: Option<TimeDelta>,
    /// What it is called.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    title: Option<Line>,
    /// The place, where people meet in person.
    #[arg(long, value_name = "TEXT", value_parser = line)]
    location: Option<Line>,
    /// Where to join.
    #[arg(long, value_name = "URL", value_parser = link)]
    join: Option<Link>,
    /// The agenda's page.
    #[arg(long, value_name = "URL", value_parser = link)]
    agenda: Option<Link>,
    #[command(flatten)]
    change: Change,
}

/// # Errors
/// Mistakes in the content, a meeting that is there already, a local time that does not exist.
pub(in crate::cli) fn run(args: &Args) -> Result<(), Failure> {
    let details = Details {
        title: args.title.clone(),
        join: args.join.clone(),
        agenda: args.agenda.clone(),
        lasts: args.lasts,
        location: args.location.clone(),
        ..Details::default()
    };
    let decision = Decision::Added { zone: args.zone, details: Box::new(details) };
    let at = args.change.now();
    args.change.carry_out(|community| {
        let series = series_named(community, &args.series)?.slug.clone();
        Ok(vec![Edit::Decided { series, id: args.start, decision: decision.clone(), at }])
    })
}
