//! Dates as people write them in headings and titles.

use chrono::NaiveDate;
use std::ops::Range;

/// A date in a text, maybe without its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    /// The year, where it is written.
    pub(super) year: Option<i32>,
    /// Month and day; several for `27/28 April`, which is all of them, and for `4/5/2026`, of which
    /// only one is meant.
    pub(super) days: Vec<(u32, u32)>,
    /// Whether only one of the days is meant and nothing says which: `4/5/2026`.
    pub(super) is_ambiguous: bool,
    /// Where in the text it is, in bytes.
    pub(super) range: Range<usize>,
}

impl WrittenDate {
    /// The days in the year that is written, or else in `year`, as far as there are such days.
    pub(super) fn dates(&self, year: i32) -> Vec<NaiveDate> {
        let year = self.year.unwrap_or(year);
        let date = |&(month, day): &(u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
        self.days.iter().filter_map(date).collect()
    }
}

/// Every date in the text, in order.
///
/// `20240816`, `2025-09-04`, `March 9, 2026`, `Oct 2 2019`, `March 3rd, 2021`, `18 December 2025`,
/// `27/28 April`, `2/26/2020`. What is no day of any calendar is none.
pub(super) fn written_dates(text: &str) -> Vec<WrittenDate> {
    let reader = Reader { text, tokens: tokens(text) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        match reader.date(at) {
            Some((date, next)) => {
                found.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// The number of a month, by its name or the first letters of it.
fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word == "sept" {
        return Some(9);
    }
    let is_it = |name: &&str| **name == *word || name.get(..3) == Some(word);
    (1..).zip(NAMES).find(|(_, name)| is_it(name)).map(|(number, _)| number)
}

enum Kind {
    Number { value: u32, digits: usize },
    Word(String),
}

struct Token {
    kind: Kind,
    range: Range<usize>,
}

/// Runs of digits and runs of letters.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let is_digit = first.is_ascii_digit();
        let same = |c: char| c.is_alphanumeric() && c.is_ascii_digit() == is_digit;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| same(*c)) {
            end = at + c.len_utf8();
        }
        let run = text.get(start..end).unwrap_or_default();
        let kind = match is_digit {
            true => Kind::Number { value: run.parse().unwrap_or(u32::MAX), digits: run.len() },
            false => Kind::Word(run.to_lowercase()),
        };
        tokens.push(Token { kind, range: start..end });
    }
    tokens
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

type Read<T> = Option<(T, usize)>;

impl Reader<'_> {
    /// The date that begins with that token, and the token after it.
    fn date(&self, at: usize) -> Read<WrittenDate> {
        let forms = [Self::compact, Self::iso, Self::slashes, Self::month_first, Self::day_first];
        forms.iter().find_map(|form| form(self, at)).filter(|(date, _)| date.is_possible())
    }

    /// `20240816`.
    fn compact(&self, at: usize) -> Read<WrittenDate> {
        let value = self.number(at, 8..=8)?;
        let year = year_of(value / 10_000)?;
        Some((self.found(Some(year), vec![(value / 100 % 100, value % 100)], at..at + 1), at + 1))
    }

    /// `2025-09-04`.
    fn iso(&self, at: usize) -> Read<WrittenDate> {
        let year = year_of(self.number(at, 4..=4)?)?;
        let (month, day) = (self.number(at + 1, 1..=2)?, self.number(at + 2, 1..=2)?);
        let gaps = (self.gap(at + 1), self.gap(at + 2));
        let fits = gaps.0 == gaps.1 && matches!(gaps.0, "-" | "/" | "." | "_");
        fits.then(|| (self.found(Some(year), vec![(month, day)], at..at + 3), at + 3))
    }

    /// `2/26/2020`, in whichever order.
    fn slashes(&self, at: usize) -> Read<WrittenDate> {
        let (a, b) = (self.number(at, 1..=2)?, self.number(at + 1, 1..=2)?);
        let year = year_of(self.number(at + 2, 4..=4)?)?;
        let gaps = (self.gap(at + 1), self.gap(at + 2));
        if gaps.0 != gaps.1 || !matches!(gaps.0, "/" | "-") {
            return None;
        }
        let mut days = vec![(a, b)];
        if a != b {
            days.push((b, a));
        }
        days.retain(|day| is_possible(*day));
        let is_ambiguous = days.len() > 1;
        let found = self.found(Some(year), days, at..at + 3);
        Some((WrittenDate { is_ambiguous, ..found }, at + 3))
    }

    /// `March 3rd, 2021`, `April 27-28`.
    fn month_first(&self, at: usize) -> Read<WrittenDate> {
        let month = self.month(at)?;
        if !matches!(self.gap(at + 1).trim(), "" | "." | "," | "-" | "_") {
            return None;
        }
        let (days, next) = self.days(at + 1)?;
        Some(self.with_year(month, days, at, next))
    }

    /// `18 December 2025`, `5th of March`, `27/28 April`.
    fn day_first(&self, at: usize) -> Read<WrittenDate> {
        if self.is_glued(at) {
            return None;
        }
        let (days, mut next) = self.days(at)?;
        if self.word(next) == Some("of") {
            next += 1;
        }
        let month = self.month(next)?;
        // `Part 2 March 5, 2024` is not the second of March.
        let american = self.month_first(next).is_some_and(|(date, _)| date.year.is_some());
        if american || !matches!(self.gap(next).trim(), "" | "." | "-" | "_" | ",") {
            return None;
        }
        Some(self.with_year(month, days, at, next + 1))
    }

    fn with_year(
        &self,
        month: u32,
        days: Vec<u32>,
        at: usize,
        next: usize,
    ) -> (WrittenDate, usize) {
        let days = days.into_iter().map(|day| (month, day)).collect();
        let year = self.year(next);
        let next = if year.is_some() { next + 1 } else { next };
        (self.found(year, days, at..next), next)
    }

    fn year(&self, at: usize) -> Option<i32> {
        let gap = self.gap(at);
        let fits = matches!(gap, "-" | "_" | "/") || matches!(gap.trim(), "" | "," | ".");
        fits.then(|| self.number(at, 4..=4).and_then(year_of)).flatten()
    }

    /// One day of a month, or up to five that follow each other.
    fn days(&self, at: usize) -> Read<Vec<u32>> {
        let (first, next) = self.day(at)?;
        let joined = matches!(self.gap(next).trim(), "/" | "-" | "–" | "—" | "&");
        match self.day(next).filter(|_| joined) {
            Some((last, after)) if (first + 1..=first + 4).contains(&last) => {
                Some(((first..=last).collect(), after))
            }
            _ => Some((vec![first], next)),
        }
    }

    /// `3`, `3rd`; not the 3 of `3pm`.
    fn day(&self, at: usize) -> Read<u32> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day))?;
        if !self.is_glued(at + 1) {
            return Some((day, at + 1));
        }
        matches!(self.word(at + 1)?, "st" | "nd" | "rd" | "th").then_some((day, at + 2))
    }

    fn number(&self, at: usize, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
        match self.tokens.get(at)?.kind {
            Kind::Number { value, digits } if length.contains(&digits) => Some(value),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            Kind::Number { .. } => None,
        }
    }

    fn month(&self, at: usize) -> Option<u32> {
        self.word(at).and_then(month)
    }

    /// What is between the token before and this one.
    fn gap(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let ends = start.zip(self.tokens.get(at));
        ends.and_then(|(a, b)| self.text.get(a.range.end..b.range.start)).unwrap_or_default()
    }

    /// Whether there is nothing between this token and the one before.
    fn is_glued(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.gap(at).is_empty()
    }

    fn found(&self, year: Option<i32>, days: Vec<(u32, u32)>, at: Range<usize>) -> WrittenDate {
        let start = self.tokens.get(at.start).map_or(0, |token| token.range.start);
        let last = at.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        let end = last.map_or(start, |token| token.range.end);
        WrittenDate { year, days, is_ambiguous: false, range: start..end }
    }
}

impl WrittenDate {
    /// Whether every day is one of the year that is written, or of some year.
    fn is_possible(&self) -> bool {
        const LEAP: i32 = 2000;
        !self.days.is_empty() && self.dates(LEAP).len() == self.days.len()
    }
}

fn is_possible((month, day): (u32, u32)) -> bool {
    NaiveDate::from_ymd_opt(2000, month, day).is_some()
}

/// A year in which meetings may be.
fn year_of(value: u32) -> Option<i32> {
    (2000..2200).contains(&value).then(|| value.try_into().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<String> = written_dates(text)
            .iter()
            .map(|found| {
                let year = found.year.map_or("????".to_owned(), |year| year.to_string());
                let day = |(month, day): &(u32, u32)| format!("{month:02}-{day:02}");
                let days: Vec<_> = found.days.iter().map(day).collect();
                let sign = if found.is_ambiguous { "|" } else { "+" };
                format!("{year}: {}", days.join(sign))
            })
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn dates_are_found_in_every_form() {
        check("[SIG] Biweekly Meeting for 20240816", &["2024: 08-16"]);
        check("WG Meeting – 2025-09-04", &["2025: 09-04"]);
        check("TOB Meeting - March 9, 2026", &["2026: 03-09"]);
        check("Weekly - Oct 2, 2019", &["2019: 10-02"]);
        check("Sept. 30 2021", &["2021: 09-30"]);
        check("March 3rd, 2021", &["2021: 03-03"]);
        check("February 05, 2020", &["2020: 02-05"]);
        check("June 26,2019", &["2019: 06-26"]);
        check("18 December 2025", &["2025: 12-18"]);
        check("the 5th of March, 2020", &["2020: 03-05"]);
        check("July 8, 2020 - 6pm Pacific", &["2020: 07-08"]);
        check("May 24 and June 1, 2022", &["????: 05-24", "2022: 06-01"]);
    }

    #[test]
    fn days_that_span_the_date_line_are_both_meant() {
        check("TOB: 27/28 April Call", &["????: 04-27+04-28"]);
        check("4/5 June 2020", &["2020: 06-04+06-05"]);
        check("April 27–28, 2021", &["2021: 04-27+04-28"]);
    }

    #[test]
    fn a_number_that_may_be_month_or_day_is_either() {
        check("Meeting for 2/26/2020", &["2020: 02-26"]);
        check("Meeting 26/2/2020", &["2020: 02-26"]);
        check("Meeting 4/5/2026", &["2026: 04-05|05-04"]);
        check("Meeting 4/4/2026", &["2026: 04-04"]);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "2024-13-40",
            "February 30, 2021",
            "February 29, 2021",
            "20241340",
            "CVE-2024-21626",
            "runc 1.2.2024",
            "Month DD, YYYY",
            "July XX, 2025",
            "May 2024",
            "March 5pm",
            "sha256:20240816123",
            "99999999999999999999",
        ] {
            check(text, &[]);
        }
        check("Part 2 March 5, 2024", &["2024: 03-05"]);
    }
}
