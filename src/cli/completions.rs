//! `convene completions`: what a shell completes.

use super::args::Common;
use super::failure::Failure;
use super::output::print;
use clap::Command;
use clap_complete::{Shell, generate};

/// Print a script by which a shell completes commands and options.
///
/// For bash: `convene completions bash > ~/.local/share/bash-completion/completions/convene`. For zsh
/// into a file `_convene` in a folder of `fpath`; for fish into
/// `~/.config/fish/completions/convene.fish`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Which shell.
    #[arg(value_enum)]
    shell: Shell,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// None but those of standard output.
pub(super) fn run(args: &Args, mut command: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "convene", &mut script);
    Ok(print(&String::from_utf8_lossy(&script))?)
}
