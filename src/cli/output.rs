//! What commands print.

use crate::error::Error;
use std::io::{self, Write};

/// Prints the answer to standard output.
///
/// A reader that has seen enough (`convene dates … | head`) is no failure.
///
/// # Errors
/// Any other failure of standard output, such as a full disk.
pub(super) fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output(error)),
        _ => Ok(()),
    }
}

/// Prints the answer as JSON.
///
/// # Errors
/// As `print`.
pub(super) fn print_json(answer: &impl serde::Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(answer).map_err(|e| Error::Output(e.into()))?;
    print(&format!("{text}\n"))
}

/// Tells people, on standard error, what went wrong; where that is closed nobody is there to hear.
pub(super) fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// `1 page`, `2 pages`.
pub(super) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
