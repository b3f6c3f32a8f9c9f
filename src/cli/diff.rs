//! `convene diff`: what changes for subscribers?

use super::args::{Common, zone};
use super::content::draw;
use super::failure::Failure;
use super::output::{complain, count, print, print_json};
use crate::compare::{self, Document};
use crate::content::{Diagnostic, Diagnostics, parse};
use crate::error::Error;
use crate::model::{Community, Zone};
use crate::schedule::AsOf;
use crate::store::{read, read_revision};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Tell what changes for subscribers between two states of the content.
///
/// Each is a folder, or a revision of git's (`main`, `HEAD~1`, a tag, a hash) of the folder that
/// --content names. A folder of that name counts first. Dates that are cancelled, moved or added are told
/// wherever they are, what rules give for a year from the present on. Warnings are of what subscribers
/// lose, or do not get.
///
/// Exits with 0 whatever changes, and with 1 where either side has mistakes. With --json an object of
/// {changes, feed, warnings}, or of {mistakes}.
#[derive(clap::Args)]
pub(super) struct Args {
    /// What was before: a folder, or a revision.
    old: String,
    /// What is to be compared with it: a folder, or a revision; without it, the content folder as it is.
    new: Option<String>,
    /// Tell times by this zone's clock too, such as Europe/Berlin; may be given several times. Without
    /// it, by UTC and two zones that are far from the meeting's.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Vec<Zone>,
    /// How to tell it; json is the same as --json.
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,
    #[command(flatten)]
    common: Common,
}

/// How the changes are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For programs.
    Json,
}

/// One of the two states, and what is wrong with it.
struct Bad {
    side: &'static str,
    /// The folder, with the revision before it where it is of one.
    name: PathBuf,
    mistakes: Diagnostics,
}

/// # Errors
/// Mistakes on either side, a folder or a revision that cannot be read.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let folder = &args.common.content;
    let old = load("old", Some(&args.old), folder)?;
    let new = load("new", args.new.as_deref(), folder)?;
    match (old, new) {
        (Ok(old), Ok(new)) => tell(&old, &new, args),
        (old, new) => complain_of([old.err(), new.err()].into_iter().flatten().collect(), args),
    }
}

/// Reads the folder of that name, or the content folder at that revision.
fn load(
    side: &'static str,
    named: Option<&str>,
    folder: &Path,
) -> Result<Result<Community, Bad>, Error> {
    let (files, name) = match named {
        None => (read(folder)?, folder.to_owned()),
        Some(named) if Path::new(named).is_dir() => (read(Path::new(named))?, named.into()),
        Some(revision) => {
            let name = format!("{revision}:{}", folder.display());
            (read_revision(folder, revision)?, name.into())
        }
    };
    Ok(parse(&files).map_err(|mistakes| Bad { side, name, mistakes }))
}

fn tell(old: &Community, new: &Community, args: &Args) -> Result<(), Failure> {
    let as_of = AsOf::new(args.common.clock().now());
    let changes = compare::changes(old, new, &as_of);
    match args.format() {
        Format::Text => print(&compare::text(&changes, &args.zone))?,
        Format::Markdown => print(&compare::markdown(&changes, &args.zone))?,
        Format::Json => print_json(&Document::of(&changes, &args.zone))?,
    }
    Ok(())
}

impl Args {
    fn format(&self) -> Format {
        if self.common.json { Format::Json } else { self.format }
    }
}

fn complain_of(bad: Vec<Bad>, args: &Args) -> Result<(), Failure> {
    match args.format() {
        Format::Text => {
            let drawn = bad.iter().map(|bad| format!("{}\n\n", draw(&bad.mistakes, &bad.name)));
            complain(&drawn.collect::<String>());
        }
        Format::Markdown => print(&bad.iter().map(Bad::markdown).collect::<Vec<_>>().join("\n"))?,
        Format::Json => {
            let mistakes = bad.iter().flat_map(Bad::rows).collect();
            print_json(&Mistakes { mistakes })?;
            return Err(Failure::Told);
        }
    }
    let summary: Vec<String> = bad.iter().map(Bad::summary).collect();
    Err(Failure::Answer(summary.join(", ")))
}

impl Bad {
    fn summary(&self) -> String {
        let Bad { side, name, mistakes } = self;
        format!("{} in the {side} content, `{}`", count(mistakes.len(), "mistake"), name.display())
    }

    /// In a code block that nothing in it can end.
    fn markdown(&self) -> String {
        let drawn = self.mistakes.render("", false);
        let fence = "`".repeat(3 + drawn.matches('`').count().min(60));
        format!("### {}\n\n{fence}\n{drawn}\n{fence}\n", self.heading())
    }

    fn heading(&self) -> String {
        format!("{} in the {} content", count(self.mistakes.len(), "mistake"), self.side)
    }

    fn rows(&self) -> impl Iterator<Item = Mistake<'_>> {
        self.mistakes.iter().map(|found| Mistake::of(self.side, found))
    }
}

#[derive(Serialize)]
struct Mistakes<'a> {
    mistakes: Vec<Mistake<'a>>,
}

#[derive(Serialize)]
struct Mistake<'a> {
    side: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    help: &'a str,
}

impl Mistake<'_> {
    fn of<'a>(side: &'static str, found: &'a Diagnostic) -> Mistake<'a> {
        let Diagnostic { path, line, column, message, help, .. } = found;
        Mistake { side, path, line: *line, column: *column, message, help }
    }
}
