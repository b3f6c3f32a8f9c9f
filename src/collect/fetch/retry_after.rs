//! When a host wants to be asked again.

use chrono::{DateTime, TimeDelta, Utc};

/// When a host wants to be asked again (RFC 9110 §10.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// So long after its answer.
    In(TimeDelta),
    /// Not before that moment.
    At(DateTime<Utc>),
}

impl RetryAfter {
    /// Reads a Retry-After field; `None` where it is neither whole seconds nor an HTTP date.
    ///
    /// ```
    /// use chrono::TimeDelta;
    /// use convene::collect::fetch::RetryAfter;
    /// assert_eq!(RetryAfter::new("120"), Some(RetryAfter::In(TimeDelta::minutes(2))));
    /// assert!(RetryAfter::new("Thu, 26 Nov 2026 18:00:00 GMT").is_some());
    /// assert_eq!(RetryAfter::new("soon"), None);
    /// ```
    pub fn new(field: &str) -> Option<RetryAfter> {
        if !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit()) {
            // More seconds than there are numbers is as long as can be.
            let seconds = field.parse().unwrap_or(u32::MAX);
            return Some(RetryAfter::In(TimeDelta::seconds(seconds.into())));
        }
        httpdate::parse_http_date(field).ok().map(|date| RetryAfter::At(date.into()))
    }

    /// The moment, if the answer came at `answered`.
    pub fn moment(self, answered: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            RetryAfter::In(wait) => {
                answered.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
            }
            RetryAfter::At(moment) => moment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_of_a_date_are_read() {
        let wanted = "1994-11-06T08:49:37Z".parse().unwrap();
        for field in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(RetryAfter::new(field), Some(RetryAfter::At(wanted)), "{field}");
        }
    }

    #[test]
    fn nonsense_is_no_wish_and_no_number_is_too_large() {
        for field in ["", "-1", "1.5", "tomorrow", "Sun, 32 Nov 1994 08:49:37 GMT"] {
            assert_eq!(RetryAfter::new(field), None, "{field}");
        }
        let most = RetryAfter::new("99999999999999999999999").unwrap();
        assert!(most.moment(DateTime::<Utc>::MAX_UTC) == DateTime::<Utc>::MAX_UTC);
    }
}
