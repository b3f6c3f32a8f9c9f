//! Log lines, on standard error: one for each event, which reads alone.

use super::failure::Failure;
use clap::ValueEnum;
use std::io::{self, IsTerminal};
use std::panic;
use std::thread;
use tracing::level_filters::LevelFilter;
use tracing::{error, warn};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::debug_fn;

/// How log lines are written.
#[derive(clap::Args)]
pub(super) struct Log {
    /// How log lines are written: for people, or as a JSON object each, for programs.
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value_t = LogFormat::Text,
        env = "CONVENE_LOG_FORMAT",
        hide_env_values = true
    )]
    log_format: LogFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// The sentence alone: it says all that there is to know.
    Text,
    /// The sentence as `message`, and what is in it under a key each.
    Json,
}

impl Log {
    /// Begins to log, also what stops a thread with a bug.
    pub(super) fn start(&self) {
        let level = ["CONVENE_LOG", "RUST_LOG"].iter().find_map(|name| std::env::var(name).ok());
        let level = level.filter(|text| !text.trim().is_empty());
        let known = level.as_deref().and_then(filter);
        let unknown = level.filter(|_| known.is_none());
        let filter = known.unwrap_or_else(|| EnvFilter::new("info"));
        let lines = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_target(false)
            .with_writer(io::stderr);
        match self.log_format {
            LogFormat::Text => {
                let sentence = debug_fn(|writer, field, value| match field.name() {
                    "message" => write!(writer, "{value:?}"),
                    _ => Ok(()),
                });
                lines.with_ansi(io::stderr().is_terminal()).fmt_fields(sentence).init();
            }
            LogFormat::Json => {
                let flat = lines.json().flatten_event(true);
                flat.with_current_span(false).with_span_list(false).init();
            }
        }
        if let Some(level) = unknown {
            warn!(level, "`{level}` is no level of the log: info is, as are error, warn and debug");
        }
        panic::set_hook(Box::new(|stopped| {
            let thread = thread::current();
            let thread = thread.name().unwrap_or("without a name");
            let place = stopped.location().map(ToString::to_string).unwrap_or_default();
            let why = stopped.payload_as_str().unwrap_or("no more is known");
            error!(thread, place, why, "a bug of Convene's in thread {thread} at {place}: {why}");
        }));
    }

    /// What is left to tell people of the failure: nothing where it is in the log by now, as all has to
    /// be where programs read it.
    pub(super) fn tell(&self, failure: Failure) -> Failure {
        let code = match (self.log_format, &failure) {
            (LogFormat::Text, _) | (_, Failure::Misuse(_) | Failure::Told) => return failure,
            (LogFormat::Json, Failure::Content(bad)) => {
                crate::serve::log_mistakes(&bad.mistakes);
                "content"
            }
            (LogFormat::Json, Failure::Answer(_)) => "answer",
            (LogFormat::Json, Failure::World(_)) => "system",
        };
        let text = failure.summary();
        error!(cause = code, "{text}");
        Failure::Told
    }
}

/// What a text such as `debug` or `convene=debug,warn` lets through; none of what names no level, by which
/// nothing would be told, not even that content is not served.
fn filter(text: &str) -> Option<EnvFilter> {
    let level = |part: &str| part.rsplit('=').next().unwrap_or_default().trim().to_owned();
    let is_level = |level: String| !level.is_empty() && level.parse::<LevelFilter>().is_ok();
    let names_one = text.split(',').any(|part| is_level(level(part)));
    EnvFilter::try_new(text).ok().filter(|_| names_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_one_that_the_log_knows() {
        for text in ["info", "debug", "WARN", "convene=debug", "hyper=off,info"] {
            assert!(filter(text).is_some(), "{text}");
        }
        for text in ["verbose", "bogus=x=y", ",", "convene="] {
            assert!(filter(text).is_none(), "{text}");
        }
    }
}
