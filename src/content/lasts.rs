//! How long meetings last.

use super::source::{Read, Source, Spanned};
use chrono::TimeDelta;

/// A length of time as an author writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasts {
    /// `1h`, `90m`, `1h30m`.
    Minutes(u32),
    /// `1 day`, `2 days`, `2d`.
    Days(u32),
}

/// How long that is, as authors write it (`90m`, `1h30m`, `2 days`); none where it is no length of time.
pub fn length(text: &str) -> Option<TimeDelta> {
    Some(match Lasts::parse(text)? {
        Lasts::Minutes(minutes) => TimeDelta::minutes(minutes.into()),
        Lasts::Days(days) => TimeDelta::days(days.into()),
    })
}

impl Lasts {
    /// Takes the text, or gives `None` where it is no length of time.
    pub(super) fn parse(text: &str) -> Option<Lasts> {
        let text = text.trim();
        for unit in ["days", "day", "d"] {
            if let Some(number) = text.strip_suffix(unit) {
                return number_of(number.trim_end()).map(Lasts::Days);
            }
        }
        let (hours, minutes) = match text.split_once('h') {
            Some((hours, "")) => (hours, "0m"),
            Some((hours, minutes)) => (hours, minutes.trim_start()),
            None => ("0", text),
        };
        let minutes = number_of(minutes.strip_suffix('m')?.trim_end())?;
        Some(Lasts::Minutes(number_of(hours.trim_end())? * 60 + minutes))
    }

    /// The length for a meeting of whole days, or for one with a time.
    ///
    /// Whole days are 1 to 31; a time lasts from a minute to 7 days, written in hours and minutes.
    pub(super) fn check(
        this: &Spanned<Lasts>,
        all_day: bool,
        source: &Source<'_>,
    ) -> Read<TimeDelta> {
        let wrong = |message: &str, help: &str| Err(source.note(this.span.clone(), message, help));
        match (this.value, all_day) {
            (Lasts::Days(days @ 1..=31), true) => Ok(TimeDelta::days(days.into())),
            (Lasts::Minutes(minutes @ 1..=10080), false) => Ok(TimeDelta::minutes(minutes.into())),
            (Lasts::Days(_), true) => {
                wrong("a meeting of whole days lasts 1 to 31 days", "shorten it")
            }
            (Lasts::Minutes(_), false) => {
                wrong("a meeting lasts from 1 minute to 7 days", "use `1m` to `168h`")
            }
            (Lasts::Minutes(_), true) => wrong(
                "a meeting without `at` lasts whole days",
                "write it in days, such as `1 day`, or give the time it begins as `at`",
            ),
            (Lasts::Days(_), false) => wrong(
                "a meeting with a time of day does not last whole days",
                "write it in hours, such as `24h`, or leave the time out",
            ),
        }
    }
}

/// A number of up to five digits, which no unit makes overflow.
fn number_of(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::Lasts::{self, Days, Minutes};

    #[test]
    fn lengths_are_read() {
        let check = |text: &str, want: Option<Lasts>| {
            assert_eq!(Lasts::parse(text), want, "{text}");
        };
        check("1h", Some(Minutes(60)));
        check("90m", Some(Minutes(90)));
        check("1h30m", Some(Minutes(90)));
        check("1h 30m", Some(Minutes(90)));
        check("2 days", Some(Days(2)));
        check("1 day", Some(Days(1)));
        check("2d", Some(Days(2)));
        check("", None);
        check("h", None);
        check("1", None);
        check("1.5h", None);
        check("-1h", None);
        check("1h30", None);
        check("an hour", None);
        check("999999h", None);
    }
}
