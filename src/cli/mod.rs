//! The command line: one file per command.
//!
//! Every command takes `--content`, `--as-of` and `--json`, and exits with 0 where all is fine, 1
//! where the content or the answer is bad or the world failed, and 2 where it was misused.

mod annotations;
mod announce;
mod args;
mod build;
mod check;
mod collect;
mod completions;
mod content;
mod dates;
mod diff;
mod drift;
mod edit;
mod failure;
mod holidays;
mod import;
mod last_good;
mod links;
mod log;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod malloc;
mod man;
mod meeting;
mod new;
mod next;
mod output;
mod publish;
mod schema;
mod series;
mod serve;

use crate::schedule::TZ_DATA_VERSION;
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;
use std::sync::LazyLock;

static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (tz data {TZ_DATA_VERSION})", env!("CARGO_PKG_VERSION")));

/// Calendars, feeds and pages for open communities' meetings, from a folder of plain files.
#[derive(Parser)]
#[command(
    name = "convene",
    version = VERSION.as_str(),
    arg_required_else_help = true,
    after_help = "Exit status: 0 all is fine, 1 the content or the answer is bad, 2 misuse."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Build(build::Args),
    Serve(serve::Args),
    Next(next::Args),
    Dates(dates::Args),
    New(Box<new::Args>),
    Cancel(edit::cancel::Args),
    Move(edit::moved::Args),
    Add(edit::add::Args),
    Restore(edit::restore::Args),
    Keep(edit::keep::Args),
    Record(edit::record::Args),
    Holidays(holidays::Args),
    Announce(announce::Args),
    Diff(diff::Args),
    Drift(drift::Args),
    Import(Box<import::Args>),
    Collect(collect::Args),
    Publish(publish::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the command that the program was started with.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Next(args) => next::run(&args),
        Command::Dates(args) => dates::run(&args),
        Command::New(args) => new::run(&args),
        Command::Cancel(args) => edit::cancel::run(&args),
        Command::Move(args) => edit::moved::run(&args),
        Command::Add(args) => edit::add::run(&args),
        Command::Restore(args) => edit::restore::run(&args),
        Command::Keep(args) => edit::keep::run(&args),
        Command::Record(args) => edit::record::run(&args),
        Command::Holidays(args) => holidays::run(&args),
        Command::Announce(args) => announce::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Drift(args) => drift::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args, Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure.to_string());
            failure.exit_code()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
