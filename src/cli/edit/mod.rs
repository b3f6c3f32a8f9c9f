//! Commands that change one date or several: what they share.
//!
//! Each makes [`Edit`]s of the content as it is, which are written under a lock or shown as a patch; then
//! it tells what they mean to subscribers, as `convene diff` does.

pub(super) mod add;
pub(super) mod cancel;
pub(super) mod keep;
pub(super) mod moved;
pub(super) mod record;
pub(super) mod restore;

use super::args::{Common, date, local, zone};
use super::content;
use super::failure::Failure;
use super::output::{count, print, print_json};
use crate::compare::{self, Document};
use crate::content::edit::{
    Decision, Edit, Refused, decidable, diff, edited, meeting, on_holiday, replaced, series_named,
};
use crate::content::{SourceFile, parse};
use crate::model::{Community, Local, Zone};
use crate::schedule::AsOf;
use crate::store;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// Options of every command that changes the content.
#[derive(clap::Args)]
pub(super) struct Change {
    /// Show what would be written, as a patch, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Tell times by this zone's clock too, such as Europe/Berlin; may be given several times. Without
    /// it, by UTC and two zones that are far from the meeting's.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    show: Vec<Zone>,
    #[command(flatten)]
    common: Common,
}

/// Which meetings are meant.
#[derive(clap::Args)]
pub(super) struct Which {
    /// The series, by the name of its folder.
    series: String,
    /// The dates on which the meetings are planned: 2026-12-03, or 2026-12-03T10:00 where there are two
    /// that day.
    #[arg(value_name = "DATE", value_parser = local, required_unless_present = "from")]
    dates: Vec<Local>,
    /// All meetings that take place from this day on…
    #[arg(long, value_name = "DATE", value_parser = date, requires = "to", conflicts_with = "dates")]
    from: Option<NaiveDate>,
    /// …up to and with this one.
    #[arg(long, value_name = "DATE", value_parser = date, requires = "from")]
    to: Option<NaiveDate>,
}

impl Which {
    /// # Errors
    /// A range that ends before it begins.
    fn check(&self) -> Result<(), Failure> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to < from => {
                Err(Failure::Misuse(format!("--to {to} is before --from {from}: swap them")))
            }
            _ => Ok(()),
        }
    }

    /// The edits that decide the same of all of them.
    fn decide(
        &self,
        community: &Community,
        decision: &Decision,
        at: DateTime<Utc>,
    ) -> Result<Vec<Edit>, Refused> {
        let series = series_named(community, &self.series)?;
        let named = |name: &Local| match decision {
            Decision::Kept => on_holiday(community, series, *name),
            _ => meeting(series, *name),
        };
        let ids = match (self.from, self.to) {
            (Some(from), Some(to)) => decidable(community, series, &(from..=to), decision)?,
            _ => self.dates.iter().map(named).collect::<Result<_, _>>()?,
        };
        let edit =
            |id| Edit::Decided { series: series.slug.clone(), id, decision: decision.clone(), at };
        Ok(ids.into_iter().map(edit).collect())
    }
}

/// What was done, or would be.
struct Done {
    old: Community,
    new: Community,
    changed: Vec<String>,
    patch: String,
}

impl Change {
    /// The present.
    fn now(&self) -> DateTime<Utc> {
        self.common.clock().now()
    }

    /// Makes the edits and tells what they mean.
    ///
    /// # Errors
    /// Mistakes in the content, edits that are refused, whatever the disk says.
    fn carry_out(
        &self,
        make: impl Fn(&Community) -> Result<Vec<Edit>, Refused>,
    ) -> Result<(), Failure> {
        // Mistakes are told in full, each under its line.
        content::load(&self.common)?;
        let folder = &self.common.content;
        let plan = |files: &[SourceFile]| plan(files, &make);
        let done = match self.dry_run {
            true => plan(&store::read(folder)?).map_err(told)?.1,
            false => store::apply(folder, plan).map_err(Failure::of_edits)?.made,
        };
        self.tell(&done)
    }

    fn tell(&self, done: &Done) -> Result<(), Failure> {
        let Done { old, new, changed, patch } = done;
        let changes = compare::changes(old, new, &AsOf::new(self.now()));
        if self.common.json {
            let changes = Document::of(&changes, &self.show);
            return Ok(print_json(&Answer { changes, changed, diff: patch })?);
        }
        let mut text = format!("{}\n", compare::text(&changes, &self.show));
        if self.dry_run {
            text.push_str(patch);
        }
        let would = if self.dry_run { "would be written" } else { "written" };
        let (files, names) = (count(changed.len(), "file"), changed.join(", "));
        text.push_str(&format!("{files} {would}: {names}\n"));
        Ok(print(&text)?)
    }
}

fn plan(
    files: &[SourceFile],
    make: impl Fn(&Community) -> Result<Vec<Edit>, Refused>,
) -> Result<(Vec<Edit>, Done), Refused> {
    let old = parse(files)?;
    let edits = make(&old)?;
    let changed = edited(files, &edits)?;
    let new = parse(&replaced(files, &changed)).map_err(Refused::Breaks)?;
    let patch = diff(files, &changed);
    let changed = changed.into_iter().map(|file| file.path).collect();
    Ok((edits, Done { old, new, changed, patch }))
}

fn told(refused: Refused) -> Failure {
    Failure::Answer(refused.to_string())
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    changes: Document,
    changed: &'a [String],
    diff: &'a str,
}
