//! `convene man`: pages for `man`.

use super::args::Common;
use super::failure::Failure;
use super::output::{count, print};
use crate::error::Error;
use crate::store;
use clap::Command;
use clap_mangen::Man;
use std::path::PathBuf;

/// Print the page that `man convene` shows, or write it and one for each command.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The command of which to print the page; without it, of the whole program.
    #[arg(conflicts_with = "out")]
    command: Option<String>,
    /// Write all pages into this folder: convene.1, convene-check.1 and so on.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// A command that is not there, or a folder that cannot be written.
pub(super) fn run(args: &Args, mut command: Command) -> Result<(), Failure> {
    command.build();
    if let Some(folder) = &args.out {
        let all = std::iter::once(&command).chain(command.get_subcommands());
        let pages = all.filter(|one| !one.is_hide_set() && one.get_name() != "help");
        let pages: Vec<(String, Vec<u8>)> = pages.map(|one| named(one, page(one))).collect();
        store::write_files(folder, &pages)?;
        return Ok(print(&format!("{} in `{}`\n", count(pages.len(), "page"), folder.display()))?);
    }
    let asked = match &args.command {
        None => &command,
        Some(name) => command.find_subcommand(name).ok_or_else(|| {
            Failure::Answer(format!("there is no command `{name}`: `convene --help` lists them"))
        })?,
    };
    Ok(print(&String::from_utf8_lossy(&page(asked)))?)
}

/// The name of its file.
fn named(command: &Command, page: Vec<u8>) -> (String, Vec<u8>) {
    (format!("{}.1", title(command)), page)
}

/// `convene-check`.
fn title(command: &Command) -> String {
    command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-")
}

/// Groff reads nothing but ASCII.
fn escaped(c: char) -> String {
    if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", c as u32) }
}

fn page(command: &Command) -> Vec<u8> {
    let mut page = Vec::new();
    let man = Man::new(command.clone()).title(title(command)).manual("Convene");
    let man = man.source(concat!("convene ", env!("CARGO_PKG_VERSION")));
    // Writing to memory never fails.
    let _: Result<(), Error> = man.render(&mut page).map_err(Error::Output);
    let escaped = String::from_utf8_lossy(&page).chars().map(escaped).collect::<String>();
    escaped.into_bytes()
}
