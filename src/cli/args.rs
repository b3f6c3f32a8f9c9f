//! Options that every command takes.

use crate::clock::Clock;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::path::PathBuf;

/// Options that every command takes.
#[derive(clap::Args)]
pub(super) struct Common {
    /// The content folder.
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,

    /// Take this time for the present: 2026-11-23 (midnight UTC), 2026-11-23T10:00:00Z or
    /// 2026-11-23T10:00:00-08:00. Without it, the present is the clock's.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(super) as_of: Option<DateTime<Utc>>,

    /// Print JSON, for programs.
    #[arg(long)]
    pub(super) json: bool,
}

impl Common {
    /// What the present is taken from.
    pub(super) fn clock(&self) -> Clock {
        self.as_of.map_or(Clock::System, Clock::Fixed)
    }
}

/// Reads a moment as people write it.
fn time(text: &str) -> Result<DateTime<Utc>, String> {
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
    match (text.parse().map(midnight), DateTime::parse_from_rfc3339(text)) {
        (Ok(moment), _) => Ok(moment),
        (_, Ok(moment)) => Ok(moment.to_utc()),
        _ => Err("write 2026-11-23, 2026-11-23T10:00:00Z or 2026-11-23T10:00:00-08:00".to_owned()),
    }
}

/// Reads a date.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write a date as 2026-11-23".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_date_or_a_moment_with_its_offset() {
        let cases = [
            ("2026-11-23", "2026-11-23T00:00:00+00:00"),
            ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00+00:00"),
            ("2026-11-23T10:00:00-08:00", "2026-11-23T18:00:00+00:00"),
        ];
        for (text, moment) in cases {
            assert_eq!(time(text).unwrap().to_rfc3339(), moment, "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["", "now", "2026-11-31", "2026-11-23T10:00:00", "23.11.2026", "20261123"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
