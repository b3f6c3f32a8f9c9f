//! What is told with a document, whoever hands it out: how long it may be kept, and its file's name.

use chrono::{DateTime, Utc};

/// How long anybody may keep a document, in seconds: a cancelled meeting is known everywhere soon.
pub const MAX_AGE: i64 = 300;

/// Cache-Control (RFC 9111 §5.2) of what may be kept for so many seconds.
pub fn cache_control(max_age: i64) -> String {
    format!("public, max-age={max_age}")
}

/// Seconds for which what is true until `stale_at` may be kept, within bounds.
pub fn max_age(stale_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> i64 {
    let left = stale_at.map_or(MAX_AGE, |at| (at - now).num_seconds());
    left.clamp(0, MAX_AGE)
}

/// Content-Disposition (RFC 6266) of the document at a path: calendars have a name to be saved under,
/// where that needs no encoding.
pub fn disposition(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_named = name.ends_with(".ics") && name.chars().all(is_plain);
    is_named.then(|| format!("inline; filename=\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_kept_no_longer_than_it_is_true() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(max_age(None, at(0)), 300);
        assert_eq!(max_age(Some(at(1000)), at(0)), 300);
        assert_eq!(max_age(Some(at(1000)), at(900)), 100);
        assert_eq!(max_age(Some(at(1000)), at(2000)), 0);
    }

    #[test]
    fn a_calendar_has_a_name_where_that_is_plain() {
        let named = Some("inline; filename=\"a.ics\"".to_owned());
        assert_eq!(disposition("/meetings/a.ics"), named);
        assert_eq!(disposition("/meetings/\u{fc}.ics"), None);
        assert_eq!(disposition("/feed.xml"), None);
    }
}
