//! What is no mistake, but somebody should look at.

use super::words::and;
use super::{Diagnostic, Diagnostics, Severity};
use crate::model::{Community, Series};
use crate::schedule::{AsOf, Trace, missing};

/// More dates than this are counted, not named.
const NAMED: usize = 6;

/// What somebody should look at in content without mistakes, at that moment: meetings that have left
/// no minutes or no recording a week later.
pub fn warnings(community: &Community, as_of: &AsOf) -> Diagnostics {
    let kinds = [Trace::Minutes, Trace::Recording];
    let of_series = |series| kinds.into_iter().filter_map(move |what| of(series, what, as_of));
    Diagnostics::new(community.all_series().flat_map(of_series).collect())
}

fn of(series: &Series, what: Trace, as_of: &AsOf) -> Option<Diagnostic> {
    let missing = missing(series, as_of);
    let dates: Vec<_> = missing
        .iter()
        .filter(|missing| missing.what == what)
        .map(|missing| missing.occurrence.page_name())
        .collect();
    let (first, last) = (dates.first()?, dates.last()?);
    let which = match dates.len() {
        1 => format!("the meeting of {first} has"),
        n if n <= NAMED => format!("the meetings of {} have", and(&dates)),
        n => format!("{n} meetings from {first} to {last} have"),
    };
    let what = what.as_str();
    Some(Diagnostic {
        path: format!("meetings/{}/records.toml", series.slug),
        line: 1,
        column: 1,
        length: 1,
        source_line: None,
        skipped: 0,
        message: format!("{which} no {what}"),
        help: format!("look for them with `convene collect`, or add a `[[record]]` with `{what}`"),
        severity: Severity::Warning,
    })
}
