//! The `convene` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    convene::cli::run()
}
