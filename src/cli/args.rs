//! Options that every command takes.

use crate::clock::Clock;
use crate::content::{length, nearest};
use crate::model::{Domain, Line, Link, Local, Slug, Zone};
use crate::schedule::is_known;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use std::net::SocketAddr;
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

/// Reads a local date, or date and time in whole minutes.
pub(super) fn local(text: &str) -> Result<Local, String> {
    let moment = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
    let with_seconds = || text.parse::<NaiveDateTime>().ok().filter(|time| time.second() == 0);
    match (text.parse(), moment().or_else(with_seconds)) {
        (Ok(date), _) => Ok(Local::Date(date)),
        (_, Some(moment)) => Ok(Local::DateTime(moment)),
        _ => Err("write 2026-12-03, or 2026-12-03T10:00".to_owned()),
    }
}

/// Reads the name of a zone.
pub(super) fn zone(text: &str) -> Result<Zone, String> {
    let known = Zone::new(text).filter(|zone| is_known(*zone));
    known.ok_or_else(|| match nearest(text, Zone::names()) {
        Some(name) => format!("did you mean {name}?"),
        None => "write the name of a zone, such as Europe/Berlin or UTC".to_owned(),
    })
}

/// Reads one line of text.
pub(super) fn line(text: &str) -> Result<Line, String> {
    Line::new(text).ok_or_else(|| {
        "write one line of at most 500 characters, without control characters".to_owned()
    })
}

/// Reads a link.
pub(super) fn link(text: &str) -> Result<Link, String> {
    Link::new(text).ok_or_else(|| "write an address with its https://".to_owned())
}

/// Reads a short name.
pub(super) fn slug(text: &str) -> Result<Slug, String> {
    Slug::new(text).ok_or_else(|| {
        "write lower-case letters, digits and hyphens, such as oci-weekly".to_owned()
    })
}

/// Reads a domain name.
pub(super) fn domain(text: &str) -> Result<Domain, String> {
    Domain::new(text).ok_or_else(|| "write a domain name, such as example.org".to_owned())
}

/// Reads a language tag.
pub(super) fn language(text: &str) -> Result<Line, String> {
    let ok = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let tag = Line::new(text).filter(|_| ok);
    tag.ok_or_else(|| "write a language tag, such as en or pt-BR".to_owned())
}

/// Reads how long a meeting lasts.
pub(super) fn lasts(text: &str) -> Result<TimeDelta, String> {
    length(text).ok_or_else(|| "write 1h, 90m, 1h30m or 2 days".to_owned())
}

/// Reads an address with its port.
pub(super) fn socket_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080".to_owned())
}

/// Reads a length of time from a minute to a day: `30m`, `2h`, `1d`.
pub(super) fn interval(text: &str) -> Result<TimeDelta, String> {
    let minutes = text.split_at_checked(text.len().wrapping_sub(1)).and_then(|(number, unit)| {
        let number: i64 = number.parse().ok()?;
        match unit {
            "m" => Some(number),
            "h" => number.checked_mul(60),
            "d" => number.checked_mul(60 * 24),
            _ => None,
        }
    });
    match minutes {
        Some(minutes @ 1..=1440) => Ok(TimeDelta::minutes(minutes)),
        Some(_) => Err("write a time from 1m to 1d".to_owned()),
        None => Err("write 30m, 2h or 1d".to_owned()),
    }
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
    fn an_interval_is_a_number_with_its_unit() {
        for (text, minutes) in [("1m", 1), ("30m", 30), ("2h", 120), ("24h", 1440), ("1d", 1440)] {
            assert_eq!(interval(text), Ok(TimeDelta::minutes(minutes)), "{text}");
        }
        for text in ["", "m", "30", "0m", "25h", "2d", "-5m", "1w", "1é", "9223372036854775807d"] {
            assert!(interval(text).is_err(), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["", "now", "2026-11-31", "2026-11-23T10:00:00", "23.11.2026", "20261123"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
