//! `convene drift`: does a published calendar say what the content says?

use super::args::{Common, date, slug, socket_address, zone};
use super::collect::upstream;
use super::content;
use super::failure::Failure;
use super::output::{print, print_json};
use super::series;
use crate::collect::fetch::{self, Answer, Client, Reason, Validators};
use crate::drift::{Asked, Document, Window, drift, text};
use crate::import::MOST_BYTES;
use crate::model::{Community, Link, Slug, Zone};
use crate::store;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::io::{self, Read};
use std::net::SocketAddr;
use std::path::Path;

const BEGINS: &[u8] = b"BEGIN:VCALENDAR";

/// Compare a published calendar, the community's Google calendar say, with the content.
///
/// Compared are the meetings that begin within 90 days, or from --from to --to: whether each is on both
/// sides, when it begins, how long it is, whether it is cancelled, its title, and the link to join where
/// both have one. One instant told in two zones is no difference. Meetings are found by UID, or else by
/// title and time, so that one that moved is one difference.
///
/// Exits with 0 where nothing differs and with 1 where something does, or where the calendar cannot be
/// read: then standard output is empty. With --json an object of {window, meetings, differences, notes}.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The calendar: a file, an address (https or webcal), or - for standard input.
    #[arg(value_name = "FILE|URL")]
    calendar: String,
    /// Only this series, whatever else is in the calendar; may be given several times.
    #[arg(long, value_name = "SLUG", value_parser = slug)]
    series: Vec<Slug>,
    /// From this date on, by UTC; without it, from the present on.
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// Up to and with this date, by UTC; without it, for 90 days.
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<NaiveDate>,
    /// The zone of the calendar's times that name none.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// Ask this address instead of the calendar's own, over plain http: for tests.
    #[arg(long, value_name = "ADDR", value_parser = socket_address, hide = true)]
    fetch_from: Option<SocketAddr>,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// A difference, mistakes in the content, and a calendar that cannot be read.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let now = args.common.clock().now();
    let window = window(args, now)?;
    let community = content::load(&args.common)?.community;
    for slug in &args.series {
        series::find(&community, slug.as_str())?;
    }
    let series = args.series.iter().cloned().collect();
    let bytes = calendar(args, &community)?;
    let asked = Asked { now, window, series, zone: args.zone };
    let drift = drift(&community, &bytes, &asked).map_err(|why| {
        let begins = bytes.windows(BEGINS.len()).any(|part| part.eq_ignore_ascii_case(BEGINS));
        let hint =
            if begins { "" } else { "; give the file or address of one, with BEGIN:VCALENDAR" };
        Failure::Answer(format!("cannot compare `{}`: {why}{hint}", args.calendar))
    })?;
    match args.common.json {
        true => print_json(&Document::of(&drift))?,
        false => print(&text(&drift))?,
    }
    if drift.differences.is_empty() { Ok(()) } else { Err(Failure::Told) }
}

fn window(args: &Args, now: DateTime<Utc>) -> Result<Window, Failure> {
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    let from = args.from.map_or(now, midnight);
    let usual = || from.checked_add_signed(Window::USUAL);
    let day_after = |to: NaiveDate| to.succ_opt().map(midnight);
    let to = args.to.map_or_else(usual, day_after);
    to.and_then(|to| Window::new(from, to)).ok_or_else(|| {
        let text = "there is no such time: --to is a day from --from on, at most two years later";
        Failure::Misuse(text.to_owned())
    })
}

/// The calendar's bytes, at most 10 MiB and some more.
fn calendar(args: &Args, community: &Community) -> Result<Vec<u8>, Failure> {
    let named = args.calendar.as_str();
    let url = match named.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") => format!("https://{rest}"),
        Some(_) => named.to_owned(),
        None if named == "-" => return standard_input(),
        None => return Ok(store::read_calendar(Path::new(named))?),
    };
    fetched(&url, args.fetch_from, &community.site.url)
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte more than is read tells that there are too many.
    let limit = MOST_BYTES as u64 + 1;
    let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
    match read {
        Ok(_) => Ok(bytes),
        Err(why) => Err(Failure::Answer(format!("cannot read standard input: {why}"))),
    }
}

fn fetched(url: &str, from: Option<SocketAddr>, site: &Link) -> Result<Vec<u8>, Failure> {
    let client = Client::new(upstream(from), site).up_to(MOST_BYTES);
    match client.get(url, &Validators::default()) {
        Ok(Answer::Body { bytes, .. }) => Ok(bytes),
        Ok(Answer::Unchanged) => Ok(Vec::new()),
        Err(failure) => Err(Failure::Answer(unfetched(&failure))),
    }
}

/// What went wrong with the address, and how to mend it.
fn unfetched(failure: &fetch::Failure) -> String {
    let fetch::Failure { url, led_to, reason } = failure;
    let led = led_to.as_ref().map(|to| format!(", which led to `{to}`")).unwrap_or_default();
    let why = match reason {
        Reason::TooLarge => "it is larger than 10 MiB".to_owned(),
        other => other.to_string(),
    };
    format!("cannot fetch `{url}`{led}: {why}; {}", mend(reason))
}

fn mend(reason: &Reason) -> &'static str {
    match reason {
        Reason::NotHttps => "give its https address",
        Reason::NotUrl(_) | Reason::Port(_) | Reason::Redirects => {
            "give the https address where it is now"
        }
        Reason::Credentials => "give the address by which everybody may subscribe",
        Reason::Blocked { .. } => "save it to a file and give that",
        Reason::Status { code: 401 | 403 | 404 | 410, .. } => {
            "make the calendar public and give its address in iCal format"
        }
        Reason::TooLarge => "save the part that is ahead to a file and give that",
        _ => "try again later, or save it to a file and give that",
    }
}
