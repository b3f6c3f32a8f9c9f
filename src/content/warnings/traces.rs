//! What meetings should have and have not: an agenda, minutes, a recording.

use super::place::Said;
use super::{Found, Looked, or_quiet, path_of};
use crate::content::Diagnostic;
use crate::content::words::and;
use crate::model::{Concern, Series};
use crate::schedule::{Trace, missing};

/// More dates than this are counted, not named.
const NAMED: usize = 6;

pub(super) fn of(all: &Looked<'_>, series: &Series) -> Vec<Diagnostic> {
    let kinds = [(Trace::Minutes, Concern::NoMinutes), (Trace::Recording, Concern::NoRecording)];
    let left = kinds.into_iter().filter_map(|(what, concern)| left(all, series, what, concern));
    left.chain(agenda(all, series)).collect()
}

/// Meetings that have left no minutes or no recording a week later.
fn left(all: &Looked<'_>, series: &Series, what: Trace, concern: Concern) -> Found {
    let missing = missing(series, all.as_of);
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
    let message = format!("{which} no {what}");
    let help = format!("look for them with `convene collect`, or add a `[[record]]` with `{what}`");
    let said = Said { message, help: or_quiet(&help, concern) };
    let records = format!("meetings/{}/records.toml", series.slug);
    let path = if all.places.has(&records) { records } else { path_of(series) };
    all.is_told(concern, Some(series))
        .then(|| all.places.at_key(&path, &["minutes", "recordings"], said))
}

/// The next meeting of the series has no agenda.
fn agenda(all: &Looked<'_>, series: &Series) -> Found {
    let concern = Concern::NoAgenda;
    let lacks = series.agenda.is_none() && all.coming(series).next()?.agenda().is_none();
    let help = "add `agenda` with the address of the page that people write it on";
    let said =
        || Said { message: "this series has no agenda".to_owned(), help: or_quiet(help, concern) };
    let path = path_of(series);
    (lacks && all.is_told(concern, Some(series)))
        .then(|| all.places.at_key(&path, &["title"], said()))
}
