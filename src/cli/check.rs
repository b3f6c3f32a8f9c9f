//! `convene check`: are there mistakes in the content, and what should somebody look at?

use super::annotations::annotations;
use super::args::{Common, socket_address};
use super::content::{self, Content};
use super::failure::Failure;
use super::links::{How, Tried, tried};
use super::output::{complain, count, print, print_json};
use crate::content::{Diagnostic, Diagnostics, warnings};
use crate::model::Series;
use crate::publish::Tree;
use crate::schedule::AsOf;
use crate::store;
use serde::Serialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Tell every mistake in the content, with its file and line and how to mend it.
///
/// Where there is none, warn of what somebody should look at, such as meetings on holidays, at once on
/// one link, or without minutes. That does not make it fail, and `quiet` in the content silences it by
/// the name that each warning gives.
///
/// With --json an array of {severity, path, line, column, message, help}, severity being error or
/// warning, which is empty where all is fine.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    common: Common,

    /// How to tell it; json is the same as --json.
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,

    /// Try every link too, up to 300, and warn of those that lead nowhere.
    #[arg(long)]
    links: bool,
    /// Keep in this file which links led somewhere, and do not try those again for a day.
    #[arg(long, value_name = "FILE", requires = "links")]
    cache: Option<PathBuf>,
    /// Ask this address instead of every link's own, over plain http: for tests.
    #[arg(long, value_name = "ADDR", value_parser = socket_address, hide = true, requires = "links")]
    fetch_from: Option<SocketAddr>,
}

/// How what was found is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people: each under its line of the file.
    #[default]
    Text,
    /// For programs.
    Json,
    /// As annotations of GitHub, which it shows beside the lines of a pull request.
    Github,
}

impl Args {
    fn format(&self) -> Format {
        if self.common.json { Format::Json } else { self.format }
    }
}

/// # Errors
/// Mistakes in the content, or a folder that cannot be read.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match (content::load(&args.common), args.format()) {
        (Ok(content), _) => report(&content, args),
        (Err(Failure::Content(bad)), Format::Json) => {
            print_json(&all(&bad.mistakes))?;
            Err(Failure::Told)
        }
        (Err(Failure::Content(bad)), Format::Github) => {
            print(&annotations(bad.mistakes.iter(), &args.common.content))?;
            Err(Failure::Answer(bad.summary()))
        }
        (Err(failure), _) => Err(failure),
    }
}

fn report(content: &Content, args: &Args) -> Result<(), Failure> {
    let folder = &args.common.content;
    let as_of = AsOf::new(args.common.clock().now());
    let files = store::read(folder)?;
    let mut warnings = warnings(&files, &content.community, &as_of);
    let now = args.common.clock().now();
    let how = How { now, cache: args.cache.as_deref(), fetch_from: args.fetch_from };
    let try_all = || tried(&files, &content.community, &how);
    let tried = args.links.then(try_all).transpose().map_err(Failure::World)?;
    let links = tried.as_ref().map(told);
    if let Some(Tried { found, .. }) = tried {
        warnings = warnings.and(found);
    }
    match args.format() {
        Format::Json => return Ok(print_json(&all(&warnings))?),
        Format::Github => print(&annotations(warnings.iter(), folder))?,
        Format::Text if warnings.is_empty() => {}
        Format::Text => complain(&format!("{}\n\n", content::draw(&warnings, folder))),
    }
    if let Some(links) = links {
        print(&links)?;
    }
    Ok(print(&summary(content, args, &warnings))?)
}

/// How many links were tried, and why others were not.
fn told(links: &Tried) -> String {
    let Tried { tried, known, all, untried, .. } = links;
    let known = if *known == 0 { String::new() } else { format!(", {known} known to be there") };
    let untried: String = untried.iter().map(|why| format!("; {why}")).collect();
    format!("{tried} of {} tried{known}{untried}\n", count(*all, "link"))
}

fn summary(content: &Content, args: &Args, warnings: &Diagnostics) -> String {
    let Content { files, community, .. } = content;
    let paths = Tree::of(community, args.common.clock().now()).count();
    let dates_of = |series: &Series| {
        series.added.len() + series.slots.iter().map(|slot| slot.exceptions.len()).sum::<usize>()
    };
    let but = match warnings.len() {
        0 => String::new(),
        n => format!("; {}", count(n, "warning")),
    };
    format!(
        "fine: {} with {} series, {} and {} make {paths} paths{but}\n",
        count(*files, "file"),
        community.series.len(),
        count(community.all_series().map(dates_of).sum(), "single date"),
        count(community.pages.len(), "page"),
    )
}

fn all(diagnostics: &Diagnostics) -> Vec<Found<'_>> {
    diagnostics.iter().map(Found::of).collect()
}

#[derive(Serialize)]
struct Found<'a> {
    severity: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    help: &'a str,
}

impl Found<'_> {
    fn of(d: &Diagnostic) -> Found<'_> {
        Found {
            severity: d.severity.as_str(),
            path: &d.path,
            line: d.line,
            column: d.column,
            message: &d.message,
            help: &d.help,
        }
    }
}
