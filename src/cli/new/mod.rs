//! `convene new`: a new community, or a new series of one that is there.

mod ask;
mod community;
mod series;
mod trial;

use super::args::Common;
use super::content;
use super::failure::Failure;
use super::output::{print, print_json};
use crate::content::SourceFile;
use crate::content::edit::Edit;
use crate::model::Zone;
use crate::store;
use ask::Asker;
use serde::Serialize;
use trial::Trial;

/// Begin a community, or add a series to one.
///
/// Asks the few things that it needs, each of which can be said as an option; an answer that cannot be is
/// told at once, and asked for anew. Where the content folder
/// has no site.toml yet, that and the community's page are made first. Ends with a folder that `convene
/// check` finds fine and `convene serve` serves.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    community: community::Said,
    #[command(flatten)]
    series: series::Said,
    /// Ask nothing: take what would be proposed.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// Mistakes in the content, an answer that lacks, a series that is there already.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let folder = &args.common.content;
    let asker = Asker { silent: args.yes };
    let is_new = !store::has_site(folder);
    let (mut files, zone): (Vec<SourceFile>, Zone) = match is_new {
        true => {
            let new = args.community.ask(&asker)?;
            (new.files().to_vec(), new.zone)
        }
        false => (Vec::new(), content::load(&args.common)?.community.site.zone),
    };
    let trial = match is_new {
        true => Trial::of(&files),
        false => Trial::of(&store::read(folder)?),
    };
    let now = args.common.clock().now();
    files.push(args.series.ask(&asker, &trial, zone, now)?.file());
    let edits: Vec<Edit> = files.into_iter().map(|file| Edit::New { file }).collect();
    if is_new {
        store::make_folder(folder)?;
    }
    let written =
        store::apply(folder, |_| Ok((edits.clone(), ()))).map_err(Failure::of_edits)?.changed;
    let written: Vec<String> =
        written.iter().map(|path| folder.join(path).display().to_string()).collect();
    if args.common.json {
        return Ok(print_json(&Answer { written: &written })?);
    }
    let list: String = written.iter().map(|path| format!("written: {path}\n")).collect();
    let content = match folder.to_str() {
        Some("content") => String::new(),
        _ => format!(" --content {}", folder.display()),
    };
    Ok(print(&format!("{list}look at it with `convene serve{content}`\n"))?)
}

#[derive(Serialize)]
struct Answer<'a> {
    written: &'a [String],
}
