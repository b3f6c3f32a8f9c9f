//! `holidays/<slug>.toml`: `[[holiday]]` with `date` and `name`, each date once.

use super::front_matter;
use super::reader::{Keys, push};
use super::source::{Read, Source, Spanned};
use super::value::{date, line, spanned};
use crate::model::{Holiday, Holidays, Slug};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Reads one list.
pub(super) fn read(source: &Source<'_>, slug: &Slug) -> Read<Holidays> {
    let node = front_matter::read_toml(source);
    let mut keys = Keys::of(source, &node);
    let mut seen = BTreeSet::new();
    let days = keys.tables("holiday", |mut keys| {
        let date = keys.required("date", "2026-11-26", |at| spanned(date)(at));
        let name = keys.required("name", "\"Thanksgiving Day\"", line);
        let known = keys.finish();
        let date = once(source, &mut seen, date?)?;
        known?;
        Ok(Holiday { date, name: name? })
    });
    keys.finish()?;
    let mut days = days.into_iter().fold(Ok(Vec::new()), push)?;
    days.sort_by_key(|day| day.date);
    source.unless_syntax(Holidays { slug: slug.clone(), days })
}

fn once(
    source: &Source<'_>,
    seen: &mut BTreeSet<NaiveDate>,
    date: Spanned<NaiveDate>,
) -> Read<NaiveDate> {
    if seen.insert(date.value) {
        return Ok(date.value);
    }
    let message = format!("`{}` is in this list twice", date.value);
    Err(source.note(date.span, message, "keep one; a name can hold both, such as `A and B`"))
}
