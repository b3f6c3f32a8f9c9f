//! What a server starts with: the content, or the last good one that was kept.

use super::args::Common;
use super::content::{self, Content};
use super::failure::Failure;
use crate::error::Error;
use crate::intake::{Intake, Keeper};
use crate::serve::Cause;
use crate::store::{LastGood, are_nested};
use std::path::Path;
use tracing::warn;

/// What to serve first.
pub(super) struct First {
    /// The content; what reads it on is of the content folder in either case.
    pub(super) content: Content,
    /// Why it is the kept one; none where it is not.
    pub(super) trouble: Option<Cause>,
    /// What keeps it from now on.
    pub(super) keeper: Option<Keeper>,
}

/// Reads the content folder; where that does not go, what was kept in the other folder, if any is
/// named.
///
/// # Errors
/// Mistakes in the content, or a folder that cannot be read, where nothing is kept; two folders of
/// which one is in the other.
pub(super) fn first(common: &Common, folder: Option<&Path>) -> Result<First, Failure> {
    let Some(folder) = folder else {
        return Ok(First { content: content::load(common)?, trouble: None, keeper: None });
    };
    refuse_nested(&common.content, folder)?;
    let keeper = Some(Keeper::new(&common.content, folder));
    let failure = match content::load(common) {
        Ok(content)
            if has_series(&content) || !kept(folder).is_ok_and(|kept| has_series(&kept)) =>
        {
            return Ok(First { content, trouble: None, keeper });
        }
        Ok(_) => Failure::World(Error::NoSeries { path: common.content.clone() }),
        Err(failure) => failure,
    };
    match kept(folder) {
        Ok(kept) => {
            let intake = Intake::new(&common.content);
            let trouble = Some(cause(failure)?);
            Ok(First { content: Content { intake, ..kept }, trouble, keeper })
        }
        Err(why) => {
            warn!("there is no last good content to serve in `{}`: {why}", folder.display());
            Err(failure)
        }
    }
}

fn has_series(content: &Content) -> bool {
    content.community.all_series().next().is_some()
}

/// Reads what was kept.
fn kept(folder: &Path) -> Result<Content, String> {
    let disk = LastGood::open(folder).map_err(|error| error.to_string())?;
    let revision = disk.revision().ok_or("nothing was kept yet")?;
    let content = content::load_from(&disk.content()).map_err(|failure| failure.to_string())?;
    match content.revision.to_string() == revision {
        true => Ok(content),
        false => Err(format!(
            "it is not revision {revision}, which was kept, but {}: somebody has changed it",
            content.revision
        )),
    }
}

fn cause(failure: Failure) -> Result<Cause, Failure> {
    let cause = match failure {
        Failure::Content(bad) => Cause::Mistakes(bad.mistakes),
        Failure::World(error) => Cause::Unreadable(error),
        other => return Err(other),
    };
    warn!("the content is not served ({cause}); the last good one that was kept is");
    cause.lines().iter().for_each(|line| warn!("{line}"));
    Ok(cause)
}

/// Either would be taken for a part of the other.
fn refuse_nested(content: &Path, folder: &Path) -> Result<(), Failure> {
    match are_nested(content, folder) {
        true => Err(Failure::Misuse(
            "--last-good has to name a folder that is not in the content folder, nor the other way \
             round"
                .to_owned(),
        )),
        false => Ok(()),
    }
}
