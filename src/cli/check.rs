//! `convene check`: are there mistakes in the content?

use super::args::Common;
use super::content::{self, Content};
use super::failure::Failure;
use super::output::{count, print, print_json};
use crate::content::Diagnostic;
use crate::model::Series;
use crate::publish;
use serde::Serialize;

/// Tell every mistake in the content, with its file and line and how to mend it.
///
/// With --json an array of {path, line, column, message, help}, which is empty where all is fine.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, or a folder that cannot be read.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match content::load(&args.common) {
        Ok(_) if args.common.json => Ok(print_json(&[(); 0])?),
        Ok(content) => Ok(print(&summary(&content, args))?),
        Err(Failure::Content(bad)) if args.common.json => {
            print_json(&bad.mistakes.iter().map(Mistake::of).collect::<Vec<_>>())?;
            Err(Failure::Told)
        }
        Err(failure) => Err(failure),
    }
}

fn summary(content: &Content, args: &Args) -> String {
    let Content { files, community } = content;
    let paths = publish::build(community, args.common.clock().now()).iter().count();
    let dates_of = |series: &Series| {
        series.added.len() + series.slots.iter().map(|slot| slot.exceptions.len()).sum::<usize>()
    };
    format!(
        "fine: {} with {} series, {} and {} make {paths} paths\n",
        count(files.len(), "file"),
        community.series.len(),
        count(community.series.iter().map(dates_of).sum(), "single date"),
        count(community.pages.len(), "page"),
    )
}

#[derive(Serialize)]
struct Mistake<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    help: &'a str,
}

impl Mistake<'_> {
    fn of(d: &Diagnostic) -> Mistake<'_> {
        Mistake {
            path: &d.path,
            line: d.line,
            column: d.column,
            message: &d.message,
            help: &d.help,
        }
    }
}
