//! `convene next`: which meeting is next, and where?

use super::args::Common;
use super::failure::Failure;
use super::meeting;
use super::output::{print, print_json};
use super::{content, series};
use crate::model::Series;
use crate::render::Meeting;
use crate::schedule::{AsOf, Occurrence, Status, upcoming};

/// Tell the next meeting that takes place, or the one that is under way: when and where.
///
/// Exits with 1 where there is none. With --json an array of the objects that `convene dates`
/// prints.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Of this series alone; without it, of all.
    series: Option<String>,
    /// How many meetings to tell.
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u16).range(1..))]
    count: u16,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, a series that is not there, or no meeting.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let community = content::load(&args.common)?.community;
    let asked: Vec<&Series> = match &args.series {
        Some(slug) => vec![series::find(&community, slug)?],
        None => community.all_series().collect(),
    };
    let as_of = AsOf::new(args.common.clock().now());
    let next = next(&asked, &as_of, args.count.into());
    if args.common.json {
        print_json(&next.iter().map(|o| Meeting::of(&community, o)).collect::<Vec<_>>())?;
    } else {
        print(&next.iter().map(meeting::paragraph).collect::<Vec<_>>().join("\n"))?;
    }
    match next.is_empty() {
        true => Err(Failure::Answer("no meeting is planned".to_owned())),
        false => Ok(()),
    }
}

/// The next `count` meetings of those series together.
fn next<'a>(asked: &[&'a Series], as_of: &'a AsOf, count: usize) -> Vec<Occurrence<'a>> {
    let of_series = |series: &&'a Series| {
        upcoming(series, as_of).filter(|o| o.status == Status::Confirmed).take(count)
    };
    let mut all: Vec<_> = asked.iter().flat_map(of_series).collect();
    all.sort_by_key(|o| (o.utc_start, &o.series.slug));
    all.truncate(count);
    all
}
