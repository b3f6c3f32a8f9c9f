//! The year of dates that are written without one, and years that cannot be right.

use super::super::written_date::WrittenDate;
use chrono::{Months, NaiveDate};

/// A section's date, as far as the note tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// Whether the sections around it are a year away: the year is a slip of the pen.
    pub(super) year_is_doubtful: bool,
}

/// The dates of a note's sections, in its order; none where no section tells the year.
pub(super) fn resolved(dates: &[&WrittenDate]) -> Vec<Option<Resolved>> {
    let sure = |date: &&WrittenDate| {
        let found = date.year.and_then(|year| date.dates(year).first().copied());
        found.filter(|_| !date.is_ambiguous)
    };
    let known: Vec<Option<NaiveDate>> = dates.iter().map(sure).collect();
    let above = nearest_known(known.iter());
    let mut below = nearest_known(known.iter().rev());
    below.reverse();
    let falls = is_newest_first(&known);
    let around = above.into_iter().zip(below);
    let resolve = |(date, (above, below))| {
        let (newer, older) = if falls { (above, below) } else { (below, above) };
        resolve(date, newer, older)
    };
    dates.iter().copied().zip(around).map(resolve).collect()
}

fn is_newest_first(known: &[Option<NaiveDate>]) -> bool {
    let known: Vec<&NaiveDate> = known.iter().flatten().collect();
    let falling = known.windows(2).filter(|pair| pair.first() > pair.last()).count();
    falling * 2 >= known.len().saturating_sub(1)
}

/// For each section the next one before it whose date is sure.
fn nearest_known<'a>(known: impl Iterator<Item = &'a Option<NaiveDate>>) -> Vec<Option<NaiveDate>> {
    let next = |last: &mut Option<NaiveDate>, known: &Option<NaiveDate>| {
        let before = *last;
        *last = known.or(before);
        Some(before)
    };
    known.scan(None, next).collect()
}

fn resolve(
    date: &WrittenDate,
    newer: Option<NaiveDate>,
    older: Option<NaiveDate>,
) -> Option<Resolved> {
    let around: Vec<NaiveDate> = newer.into_iter().chain(older).collect();
    let far = |day: NaiveDate| around.iter().map(|other| distance(day, *other)).sum::<i64>();
    let years = match date.year {
        Some(year) => vec![year],
        None => around.iter().flat_map(|other| nearby_years(*other)).collect(),
    };
    let candidates = years.into_iter().map(|year| date.dates(year)).filter(|all| !all.is_empty());
    if date.is_ambiguous {
        let first = candidates.flatten().min_by_key(|day| far(*day))?;
        return Some(Resolved { first, last: first, year_is_doubtful: false });
    }
    let best = candidates.min_by_key(|all| all.first().map(|first| far(*first)))?;
    let (first, last) = (*best.first()?, *best.last()?);
    // It is the newer one whose number is last year's.
    let in_order =
        newer.is_none_or(|newer| first <= newer) && older.is_none_or(|older| first >= older);
    let year_is_doubtful =
        date.year.is_some() && older.is_some() && !in_order && is_doubtful(first, &around);
    Some(Resolved { first, last, year_is_doubtful })
}

fn nearby_years(date: NaiveDate) -> impl Iterator<Item = i32> {
    use chrono::Datelike;
    (-1..=1).map(move |by| date.year() + by)
}

fn distance(a: NaiveDate, b: NaiveDate) -> i64 {
    a.signed_duration_since(b).num_days().abs()
}

/// Whether all around it is most of a year away, and near once the year is another.
fn is_doubtful(date: NaiveDate, around: &[NaiveDate]) -> bool {
    let year = Months::new(12);
    let others = [date.checked_add_months(year), date.checked_sub_months(year)];
    let is_far = |other: &NaiveDate| distance(date, *other) > 300;
    let is_near = |moved: &NaiveDate| around.iter().all(|other| distance(*moved, *other) < 45);
    !around.is_empty() && around.iter().all(is_far) && others.iter().flatten().any(is_near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::written_date::written_dates;

    fn check(headings: &[&str], want: &[&str]) {
        let dates: Vec<WrittenDate> =
            headings.iter().flat_map(|text| written_dates(text)).collect();
        let text = |found: &Option<Resolved>| match found {
            Some(found) if found.year_is_doubtful => format!("{}?", found.first),
            Some(found) => found.first.to_string(),
            None => "unknown".to_owned(),
        };
        let got: Vec<_> = resolved(&dates.iter().collect::<Vec<_>>()).iter().map(text).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn a_missing_year_is_that_of_the_sections_around() {
        check(
            &["December 2, 2021", "November 25", "November 18, 2021"],
            &["2021-12-02", "2021-11-25", "2021-11-18"],
        );
        check(
            &["January 6, 2022", "December 30", "December 23, 2021"],
            &["2022-01-06", "2021-12-30", "2021-12-23"],
        );
        check(&["December 30", "January 6, 2022"], &["2021-12-30", "2022-01-06"]);
        check(&["February 29", "March 7, 2024"], &["2024-02-29", "2024-03-07"]);
        check(&["27/28 April"], &["unknown"]);
    }

    #[test]
    fn a_year_that_nobody_around_shares_is_doubted() {
        check(
            &["January 15, 2026", "January 8, 2025", "December 18, 2025"],
            &["2026-01-15", "2025-01-08?", "2025-12-18"],
        );
        check(
            &["January 8, 2025", "December 18, 2025", "December 11, 2025", "December 4, 2025"],
            &["2025-01-08?", "2025-12-18", "2025-12-11", "2025-12-04"],
        );
        // A meeting once a year.
        check(
            &["January 4, 2024", "January 5, 2023", "January 6, 2022"],
            &["2024-01-04", "2023-01-05", "2022-01-06"],
        );
    }

    #[test]
    fn the_sections_around_tell_month_from_day() {
        check(&["4/12/2026", "April 5, 2026"], &["2026-04-12", "2026-04-05"]);
        check(&["12/4/2026", "April 5, 2026"], &["2026-04-12", "2026-04-05"]);
    }
}
