//! `convene build`: the same tree that the server serves, as files.

use super::args::Common;
use super::content;
use super::failure::Failure;
use super::output::{count, print, print_json};
use crate::publish::{Tree, static_host};
use crate::store;
use serde::Serialize;
use std::path::PathBuf;

/// Write everything that is published as files, for a static host.
///
/// Files that are as they should be are left alone, and those of an earlier build that are no
/// longer published are removed; the folder's `.convene-manifest` lists them. A folder with other
/// files in it is refused. `_headers` and `_redirects` tell Netlify and Cloudflare Pages how to serve
/// the others. The same content and --as-of make the same bytes.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder to write; made where there is none.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Answer {
    written: usize,
    unchanged: usize,
    removed: usize,
}

/// # Errors
/// Mistakes in the content, or whatever the disk says.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let content = content::load(&args.common)?;
    let (community, now) = (&content.community, args.common.clock().now());
    let (tree, of_host) = (Tree::of(community, now), static_host(community, now));
    let exported = store::export(&tree, &of_host, &args.out)?;
    let store::Export { written, unchanged, removed } = exported;
    if args.common.json {
        return Ok(print_json(&Answer { written, unchanged, removed })?);
    }
    let out = args.out.display();
    Ok(print(&format!(
        "`{out}`: {} written, {unchanged} unchanged, {removed} removed\n",
        count(written, "file"),
    ))?)
}
