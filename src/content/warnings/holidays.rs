//! Holidays about which something is to be decided, and lists of them that have run out.

use super::place::Said;
use super::{AHEAD, Found, Looked, or_quiet, path_of};
use crate::content::Diagnostic;
use crate::content::words::and;
use crate::model::{Concern, Holidays, Series};
use crate::schedule::undecided as undecided_of;
use chrono::{NaiveDate, TimeDelta};
use std::ops::RangeInclusive;

/// People decide about a holiday when it comes near; `convene holidays` lists those of a whole year.
const SOON: TimeDelta = TimeDelta::days(92);

/// More meetings than this are counted, not named.
const NAMED: usize = 4;

/// Meetings on holidays of which nobody has said whether they take place: one warning for a series.
pub(super) fn undecided(all: &Looked<'_>, series: &Series) -> Found {
    let concern = Concern::Holiday;
    let found = undecided_of(all.community, series, days(all, SOON));
    let first = found.first()?;
    let named: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|one| format!("{} ({})", one.occurrence.start.date(), one.holiday.name))
        .collect();
    let message = match found.len() {
        1 => format!("the meeting of {} is on a holiday", named.concat()),
        n if n <= NAMED => format!("the meetings of {} are on holidays", and(&named)),
        n => format!("{n} meetings are on holidays, the first {}", named.first()?),
    };
    let slug = &series.slug;
    let date = first.occurrence.recurrence_id.date();
    let help = format!(
        "say whether they take place: `convene keep {slug} {date}` or `convene cancel {slug} {date}`; \
         `convene holidays` lists all"
    );
    let said = Said { message, help: or_quiet(&help, concern) };
    all.is_told(concern, Some(series))
        .then(|| all.places.at_key(&path_of(series), &["holidays"], said))
}

/// Lists that a series goes by and that have no day ahead.
pub(super) fn over(all: &Looked<'_>) -> Vec<Diagnostic> {
    let concern = Concern::HolidaysOver;
    let is_used = |list: &&Holidays| {
        let goes_by = |series: &Series| series.holidays.contains(&list.slug);
        all.community.all_series().any(|s| goes_by(s) && all.coming(s).next().is_some())
    };
    let lists = all.community.holidays.iter().filter(is_used);
    let ended = lists.filter_map(|list| Some((list, list.days.last()?.date)));
    let days = days(all, AHEAD);
    let ended = ended.filter(|(_, last)| last < days.start() && all.is_told(concern, None));
    let warn = |(list, last): (&Holidays, NaiveDate)| {
        let message = format!("this list has no day after {last}");
        let help = "add the days of the coming year";
        let said = Said { message, help: or_quiet(help, concern) };
        let path = format!("holidays/{}.toml", list.slug);
        all.places.at_text(&path, &last.to_string(), said)
    };
    ended.map(warn).collect()
}

/// From today on, for so long.
fn days(all: &Looked<'_>, ahead: TimeDelta) -> RangeInclusive<NaiveDate> {
    let today = all.as_of.earlier(TimeDelta::zero()).date_naive();
    today..=today.checked_add_signed(ahead).unwrap_or(NaiveDate::MAX)
}
