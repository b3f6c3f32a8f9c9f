//! `convene publish`: the same tree as files, on object storage.

mod follow;

use super::args::Common;
use super::content;
use super::failure::Failure;
use super::log::Log;
use super::output::{complain, count, print, print_json};
use super::serve::stop;
use crate::clock::Clock;
use crate::error::Error;
use crate::upload::{Options, Published, Publisher, Stop, Target};
use serde::Serialize;
use std::io::{self, IsTerminal};
use tokio::runtime::Builder;
use tokio::sync::watch;

/// Put everything that is published on object storage, for a content delivery network or a static
/// host.
///
/// TARGET is file:///folder, s3://bucket/prefix, gs://bucket/prefix or az://container/prefix. Who one
/// is, and where the store is, comes from the environment, such as AWS_ACCESS_KEY_ID,
/// AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT and AWS_ALLOW_HTTP; GOOGLE_SERVICE_ACCOUNT;
/// AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY.
///
/// Only what differs is sent: new pages before those that link to them, and what is no longer
/// published is removed last. Objects that Convene did not write are never removed; the object
/// `.convene-published` lists those that it wrote. The command may be killed at any point and run
/// twice at once. With --json an object of {written, unchanged, removed, bytes}.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Where to publish.
    #[arg(value_name = "TARGET", value_parser = Target::parse)]
    target: Target,
    /// Go on, and publish whatever changes: by the content or by the time. SIGTERM and SIGINT end it.
    #[arg(long, conflicts_with = "dry_run")]
    watch: bool,
    /// Say what would be written and removed, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write gzip and brotli forms beside what they pay for: oci.ics.gz, oci.ics.br.
    #[arg(long)]
    precompressed: bool,
    /// Take over objects that are in the way and that Convene did not write.
    #[arg(long)]
    adopt: bool,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Answer {
    written: usize,
    unchanged: usize,
    removed: usize,
    bytes: u64,
}

/// # Errors
/// Mistakes in the content, or a store that does not do what it is asked to.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if args.watch && args.common.clock() != Clock::System {
        let message = "--watch goes by the clock: leave out --as-of";
        return Err(Failure::Misuse(message.to_owned()));
    }
    args.log.start();
    publish(args).map_err(|failure| args.log.tell(failure))
}

fn publish(args: &Args) -> Result<(), Failure> {
    let content = content::load(&args.common)?;
    let Args { precompressed, adopt, dry_run: only_looks, .. } = *args;
    let options = Options { precompressed, adopt, only_looks };
    let publisher = Publisher::new(&args.target, options)?;
    let runtime = Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)?;
    runtime.block_on(async {
        if args.watch {
            return follow::run(args, content, publisher, stopping()?).await;
        }
        once(args, &content, publisher).await
    })
}

async fn once(
    args: &Args,
    content: &content::Content,
    mut publisher: Publisher,
) -> Result<(), Failure> {
    let now = args.common.clock().now();
    let community = &content.community;
    let published = if args.dry_run {
        publisher.preview(community, now).await?
    } else {
        let (_never, stop) = watch::channel(false);
        let progress = progress(args);
        let published = publisher.publish(community, now, &stop, progress).await;
        end_progress(args);
        published?
    };
    let Published { written, unchanged, removed, bytes, .. } = published;
    if args.common.json {
        return Ok(print_json(&Answer { written, unchanged, removed, bytes })?);
    }
    Ok(print(&format!("{}: {}\n", args.target, in_words(&published, args.dry_run)))?)
}

/// `12 objects written (340 KB), 1630 unchanged, 2 removed`.
fn in_words(published: &Published, is_dry: bool) -> String {
    let Published { written, unchanged, removed, bytes, .. } = published;
    let (written, would) = (count(*written, "object"), if is_dry { "would be " } else { "" });
    let kilobytes = bytes.div_ceil(1000);
    format!(
        "{written} {would}written ({kilobytes} KB), {unchanged} unchanged, {removed} {would}removed"
    )
}

/// Tells people at a terminal how far it is, in one line.
fn progress(args: &Args) -> impl FnMut(usize, usize) {
    let is_seen = is_seen(args);
    let target = args.target.to_string();
    move |done, all| {
        if is_seen && (done.is_multiple_of(20) || done == all) {
            complain(&format!("\r{target}: {done} of {all} written"));
        }
    }
}

fn end_progress(args: &Args) {
    if is_seen(args) {
        complain("\r\u{1b}[K");
    }
}

fn is_seen(args: &Args) -> bool {
    !args.common.json && io::stderr().is_terminal()
}

/// Becomes `true` when the system or somebody at the terminal asks to stop.
fn stopping() -> Result<Stop, Error> {
    let stop = stop().map_err(Error::Runtime)?;
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        // Nobody may be waiting any more.
        let _ = sender.send(true);
        sender.closed().await;
    });
    Ok(receiver)
}
