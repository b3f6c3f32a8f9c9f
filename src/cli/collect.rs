//! `convene collect`: finds minutes, recordings and cancellations, and writes them into the content.

use super::args::{Common, socket_address};
use super::content;
use super::failure::Failure;
use super::output::{complain, count, print, print_json};
use crate::collect::fetch::Upstream;
use crate::collect::{Collector, Notice, Report, SourceReport};
use crate::model::Link;
use chrono::TimeDelta;
use serde::Serialize;
use std::net::SocketAddr;

/// Look for minutes and recordings of past meetings, and write what is found into records.toml.
///
/// Each series says where to look: `minutes` (a HackMD note, or Markdown at an https address) and
/// `recordings` (a YouTube channel or playlist). What a person wrote always stays; then minutes count
/// before a date in a video's title, and that before the only video published soon after a meeting.
/// With `trust-minutes = true` in series.md, a cancellation that the minutes tell becomes a dated file.
/// Nothing that is known is ever removed. What fits no meeting is told.
///
/// Exits with 1 where a source did not answer as it should; what the others had is written all the
/// same. With --json an object of {sources, notices, changed, diff}.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Print what would be written, as a patch, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Ask this address instead of every source's own, over plain http: for tests.
    #[arg(long, value_name = "ADDR", value_parser = socket_address, hide = true)]
    fetch_from: Option<SocketAddr>,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, a source that did not answer, or whatever the disk says.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let content = content::load(&args.common)?;
    let now = args.common.clock().now();
    let mut collector = Collector::new(upstream(args.fetch_from), TimeDelta::zero());
    collector.ask(&content.community, now);
    let folder = &args.common.content;
    let report = if args.dry_run {
        collector.preview(folder, now)?
    } else {
        collector.write(folder, now)?
    };
    if args.common.json {
        print_json(&Answer::of(&report))?;
    } else {
        print(&text(&report, args.dry_run))?;
    }
    let failed: Vec<_> = report.sources.iter().filter_map(|s| s.error.as_deref()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    complain(&failed.iter().map(|error| format!("error: {error}\n")).collect::<String>());
    Err(Failure::Told)
}

/// Where sources are asked: at their own addresses, or all at one for tests.
pub(super) fn upstream(fetch_from: Option<SocketAddr>) -> Upstream {
    fetch_from.map_or(Upstream::Public, |address| Upstream::Stand { address })
}

fn text(report: &Report, dry_run: bool) -> String {
    let mut text: String = report.sources.iter().map(source).collect();
    for Notice { kind, title, link, why } in &report.notices {
        let link = link.as_ref().map(|link| format!(" <{link}>")).unwrap_or_default();
        text += &format!("{}: {title}{link}: {why}\n", kind.as_str());
    }
    text += &report.diff;
    let (changed, would) = (report.changed.len(), if dry_run { "would be " } else { "" });
    match changed {
        0 => text += "nothing new\n",
        n => {
            text += &format!("{} {would}written: {}\n", count(n, "file"), report.changed.join(", "))
        }
    }
    text
}

/// `minutes of oci-weekly, oci-events: 143 sections of https://…`.
fn source(source: &SourceReport) -> String {
    let series: Vec<_> = source.series.iter().map(ToString::to_string).collect();
    let what = match (source.items, source.kind) {
        (Some(items), "minutes") => format!("{} in ", count(items, "dated section")),
        (Some(items), _) => format!("{} in ", count(items, "video")),
        (None, _) => "nothing from ".to_owned(),
    };
    format!("{} of {}: {what}{}\n", source.kind, series.join(", "), source.url)
}

#[derive(Serialize)]
struct Answer<'a> {
    sources: Vec<Source<'a>>,
    notices: Vec<Left<'a>>,
    changed: &'a [String],
    diff: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    kind: &'a str,
    series: Vec<String>,
    url: &'a str,
    items: Option<usize>,
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Left<'a> {
    kind: &'a str,
    title: &'a str,
    link: Option<&'a str>,
    why: &'a str,
}

impl<'a> Answer<'a> {
    fn of(report: &'a Report) -> Answer<'a> {
        Answer {
            sources: report.sources.iter().map(Source::of).collect(),
            notices: report.notices.iter().map(Left::of).collect(),
            changed: &report.changed,
            diff: &report.diff,
        }
    }
}

impl<'a> Source<'a> {
    fn of(source: &'a SourceReport) -> Source<'a> {
        Source {
            kind: source.kind,
            series: source.series.iter().map(ToString::to_string).collect(),
            url: &source.url,
            items: source.items,
            error: source.error.as_deref(),
        }
    }
}

impl<'a> Left<'a> {
    fn of(notice: &'a Notice) -> Left<'a> {
        Left {
            kind: notice.kind.as_str(),
            title: &notice.title,
            link: notice.link.as_ref().map(Link::as_str),
            why: &notice.why,
        }
    }
}
