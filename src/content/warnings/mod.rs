//! What is no mistake, but somebody should look at.
//!
//! A file for each kind of trouble: `holidays`, `clashes` (meetings that are in each other's way),
//! `single` (dates and slots), `moments`, `links`, `traces` (agenda, minutes, recordings). Each warning has a
//! `Concern`, by which the content can say that it is meant so.

mod clashes;
mod holidays;
mod leads;
mod links;
mod moments;
mod place;
mod single;
mod traces;

pub use leads::{Linked, leading_nowhere, linked};

use super::{Diagnostic, Diagnostics, SourceFile};
use crate::model::{Community, Concern, Series};
use crate::schedule::{AsOf, Occurrence, Status, occurrences_since};
use chrono::TimeDelta;
use place::Places;

/// How far ahead is looked: what is wrong beyond that can be mended later.
const AHEAD: TimeDelta = TimeDelta::days(366);

/// What somebody should look at in content without mistakes, at that moment.
///
/// `files` are those that the community was read from: a warning stands where it can be mended. What
/// `quiet` names, in `site.toml` or in a series, is not told; one cause is told once.
pub fn warnings(files: &[SourceFile], community: &Community, as_of: &AsOf) -> Diagnostics {
    let all = Looked { community, as_of, places: Places::of(files) };
    let mut found = holidays::over(&all);
    found.extend(links::of_site(&all));
    found.extend(clashes::of(&all));
    for series in community.all_series() {
        found.extend(holidays::undecided(&all, series));
        found.extend(links::of_series(&all, series));
        found.extend(single::of(&all, series));
        found.extend(moments::of(&all, series));
        found.extend(traces::of(&all, series));
    }
    Diagnostics::new(found)
}

/// What is looked at.
struct Looked<'a> {
    community: &'a Community,
    as_of: &'a AsOf,
    places: Places<'a>,
}

impl<'a> Looked<'a> {
    /// Whether that is told: of the whole site, or of one series.
    fn is_told(&self, concern: Concern, series: Option<&Series>) -> bool {
        let is_quiet = |quiet: &[Concern]| quiet.contains(&concern);
        !is_quiet(&self.community.site.quiet) && !series.is_some_and(|s| is_quiet(&s.quiet))
    }

    /// The series' meetings that take place from now on, as far as is looked.
    fn coming(&self, series: &'a Series) -> impl Iterator<Item = Occurrence<'a>> {
        let as_of = self.as_of;
        occurrences_since(series, as_of.earlier(TimeDelta::zero()))
            .take_while(|o| !as_of.lies_ahead(o.utc_start - AHEAD))
            .filter(|o| o.status == Status::Confirmed && as_of.lies_ahead(o.utc_end))
    }
}

/// The help, and how to say that it is meant so.
fn or_quiet(help: &str, concern: Concern) -> String {
    format!("{help}; where it is meant so, add `quiet = [\"{}\"]`", concern.as_str())
}

fn path_of(series: &Series) -> String {
    format!("meetings/{}/series.md", series.slug)
}

/// A warning, where there is a place for it.
type Found = Option<Diagnostic>;
