//! Questions on the terminal.

use crate::cli::failure::Failure;
use crate::cli::output::complain;
use crate::error::Error;
use std::io::{self, BufRead};

/// How an answer is read.
pub(super) type Reading<T> = fn(&str) -> Result<T, String>;

/// Asks for what the options do not say.
pub(super) struct Asker {
    /// Takes what is proposed and asks nothing.
    pub(super) silent: bool,
}

/// What is asked for.
pub(super) struct Question<'a, T> {
    /// The option that answers it too, such as `--title`.
    pub(super) option: &'a str,
    pub(super) text: &'a str,
    pub(super) read: Reading<T>,
}

impl Asker {
    /// The answer: the option's, or what is typed, or for an empty line what is proposed.
    ///
    /// # Errors
    /// Nobody answers and nothing is proposed.
    pub(super) fn ask<T>(
        &self,
        given: Option<T>,
        question: &Question<'_, T>,
        proposed: Option<&str>,
    ) -> Result<T, Failure> {
        if let Some(given) = given {
            return Ok(given);
        }
        let read = |text: &str| (question.read)(text).map_err(Failure::Misuse);
        loop {
            match (self.line(question.text, proposed)?, proposed) {
                (Some(text), _) if !text.is_empty() => match (question.read)(&text) {
                    Ok(answer) => return Ok(answer),
                    Err(why) => complain(&format!("  {why}\n")),
                },
                (_, Some(proposed)) => return read(proposed),
                (Some(_), None) => complain("  this has to be said\n"),
                (None, None) => {
                    let Question { option, text, .. } = question;
                    return Err(Failure::Misuse(format!("{text} Say it with {option}")));
                }
            }
        }
    }

    /// As [`ask`](Asker::ask), where an empty line means none.
    ///
    /// # Errors
    /// Standard input fails.
    pub(super) fn ask_maybe<T>(
        &self,
        given: Option<T>,
        question: &Question<'_, T>,
    ) -> Result<Option<T>, Failure> {
        if given.is_some() {
            return Ok(given);
        }
        loop {
            match self.line(question.text, Some("none"))? {
                Some(text) if !text.is_empty() => match (question.read)(&text) {
                    Ok(answer) => return Ok(Some(answer)),
                    Err(why) => complain(&format!("  {why}\n")),
                },
                _ => return Ok(None),
            }
        }
    }

    /// What is typed; none at the end of the input.
    fn line(&self, text: &str, proposed: Option<&str>) -> Result<Option<String>, Failure> {
        if self.silent {
            return Ok(None);
        }
        let proposed = proposed.map(|proposed| format!(" [{proposed}]")).unwrap_or_default();
        complain(&format!("{text}{proposed} "));
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).map_err(Error::Input)?;
        if read == 0 {
            complain("\n");
        }
        Ok((read > 0).then(|| line.trim().to_owned()))
    }
}
