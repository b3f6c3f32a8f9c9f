//! Questions on the terminal.

use crate::cli::failure::Failure;
use crate::cli::output::complain;
use crate::error::Error;
use std::io::{self, BufRead, IsTerminal};

/// How an answer is read.
pub(super) type Reading<T> = fn(&str) -> Result<T, String>;

/// Asks for what the options do not say.
pub(super) struct Asker {
    /// Takes what is proposed and asks nothing.
    pub(super) silent: bool,
}

/// Whether an answer can be, beside those before it; else why not.
pub(super) type Check<'a, T> = &'a dyn Fn(&T) -> Result<(), String>;

/// What is asked for.
pub(super) struct Question<'a, T> {
    /// The option that answers it too, such as `--title`.
    option: &'a str,
    text: &'a str,
    read: Reading<T>,
    check: Check<'a, T>,
}

impl<'a, T> Question<'a, T> {
    /// A question whose answers can be whatever is read.
    pub(super) fn of(option: &'a str, text: &'a str, read: Reading<T>) -> Question<'a, T> {
        Question { option, text, read, check: &|_| Ok(()) }
    }

    /// The same, whose answers are tried too.
    pub(super) fn tried(self, check: Check<'a, T>) -> Question<'a, T> {
        Question { check, ..self }
    }

    fn answer(&self, text: &str) -> Result<T, String> {
        let answer = (self.read)(text)?;
        (self.check)(&answer).map(|()| answer)
    }

    /// The answers end after one that cannot be: nobody has agreed to what is proposed.
    fn unanswered(&self) -> Failure {
        let option = self.option;
        Failure::Misuse(format!("no answer: nothing was written. Say it with {option}"))
    }

    /// What the option says, if it can be.
    fn given(&self, given: T) -> Result<T, Failure> {
        match (self.check)(&given) {
            Ok(()) => Ok(given),
            Err(why) => Err(Failure::Answer(format!("{}: {why}", self.option))),
        }
    }
}

impl Asker {
    /// The answer: the option's, or what is typed, or for an empty line what is proposed.
    ///
    /// # Errors
    /// What the option says cannot be; nobody answers, and nothing that can be is proposed.
    pub(super) fn ask<T>(
        &self,
        given: Option<T>,
        question: &Question<'_, T>,
        proposed: Option<&str>,
    ) -> Result<T, Failure> {
        if let Some(given) = given {
            return question.given(given);
        }
        let Question { option, text, .. } = question;
        let mut is_wrong = false;
        loop {
            let typed = self.line(text, proposed)?;
            let is_over = typed.is_none();
            if is_over && is_wrong {
                return Err(question.unanswered());
            }
            let answer = match (typed.filter(|typed| !typed.is_empty()), proposed) {
                (Some(typed), _) => question.answer(&typed),
                (None, Some(proposed)) => question.answer(proposed),
                (None, None) if is_over => {
                    return Err(Failure::Misuse(format!("{text} Say it with {option}")));
                }
                (None, None) => Err("this has to be said".to_owned()),
            };
            match answer {
                Ok(answer) => return Ok(answer),
                Err(why) if is_over => {
                    return Err(Failure::Misuse(format!("{why}. Say it with {option}")));
                }
                Err(why) => complain(&format!("  {why}\n")),
            }
            is_wrong = true;
        }
    }

    /// As [`ask`](Asker::ask), where an empty line means none.
    ///
    /// # Errors
    /// What the option says cannot be, or standard input fails.
    pub(super) fn ask_maybe<T>(
        &self,
        given: Option<T>,
        question: &Question<'_, T>,
    ) -> Result<Option<T>, Failure> {
        if let Some(given) = given {
            return question.given(given).map(Some);
        }
        let mut is_wrong = false;
        loop {
            match self.line(question.text, Some("none"))? {
                Some(text) if !text.is_empty() => match question.answer(&text) {
                    Ok(answer) => return Ok(Some(answer)),
                    Err(why) => complain(&format!("  {why}\n")),
                },
                None if is_wrong => return Err(question.unanswered()),
                _ => return Ok(None),
            }
            is_wrong = true;
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
            // Who ends the input by hand wants no more of it.
            if io::stdin().is_terminal() {
                return Err(Failure::Answer("stopped: nothing was written".to_owned()));
            }
        }
        Ok((read > 0).then(|| line.trim().to_owned()))
    }
}
