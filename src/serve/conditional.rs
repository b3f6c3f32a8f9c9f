//! Whether the client has the document already (RFC 9110 §13).

use crate::publish::{Coding, ETag};
use axum::http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue};
use chrono::{DateTime, Utc};

/// How a client has a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The client has it in that coding.
    Coding(Coding),
    /// The client has it in some form.
    Any,
}

/// Whether the client has the document; `None` where it is to be sent.
///
/// If-Modified-Since counts only without If-None-Match (RFC 9110 §13.1.3). It has to be the very
/// Last-Modified that was sent, as nginx has it by default: a replica that is behind may have dated
/// older bytes later, so a later date says nothing of these bytes.
pub(super) fn has(
    headers: &HeaderMap,
    etag: &ETag,
    modified: Option<&HeaderValue>,
) -> Option<Match> {
    if headers.contains_key(IF_NONE_MATCH) {
        return none_match(headers, etag);
    }
    let since = headers.get(IF_MODIFIED_SINCE)?;
    (since == modified?).then_some(Match::Any)
}

/// `Tue, 24 Nov 2026 18:00:00 GMT` (RFC 9110 §5.6.7).
pub(super) fn http_date(moment: DateTime<Utc>) -> String {
    httpdate::fmt_http_date(moment.into())
}

/// Whether If-None-Match has an entity tag of the document.
///
/// Compared weakly, as RFC 9110 §13.1.2 asks. The tag of any coding counts, as the text is the
/// same, and so does one to which a proxy has added a suffix of its own (`-gzip`, `;br`).
fn none_match(headers: &HeaderMap, etag: &ETag) -> Option<Match> {
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).find_map(|tag| matches(tag.trim(), etag))
}

fn matches(tag: &str, etag: &ETag) -> Option<Match> {
    if tag == "*" {
        return Some(Match::Any);
    }
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    let quoted = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    let suffix = quoted.unwrap_or(tag).strip_prefix(etag.as_str())?;
    match (quoted, suffix) {
        (Some(_), "") => Some(Match::Coding(Coding::Identity)),
        (Some(_), "-gzip") => Some(Match::Coding(Coding::Gzip)),
        (Some(_), "-br") => Some(Match::Coding(Coding::Brotli)),
        // Some clients drop the quotes.
        (_, suffix) => (suffix.is_empty() || suffix.starts_with(['-', ';'])).then_some(Match::Any),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Document;

    fn check(if_none_match: &str, expected: Option<Match>) {
        let document = Document::new("text/plain", "text".to_owned());
        let etag = document.etag();
        let line = if_none_match.replace("TAG", &etag.to_string());
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, HeaderValue::from_str(&line).unwrap());
        assert_eq!(none_match(&headers, etag), expected, "{if_none_match}");
    }

    #[test]
    fn every_form_of_our_tags_matches() {
        check("\"TAG\"", Some(Match::Coding(Coding::Identity)));
        check("\"TAG-gzip\"", Some(Match::Coding(Coding::Gzip)));
        check("W/\"TAG-br\"", Some(Match::Coding(Coding::Brotli)));
        check("\"x\", W/\"TAG\" , \"y\"", Some(Match::Coding(Coding::Identity)));
        check("*", Some(Match::Any));
        check("TAG", Some(Match::Any));
        check("\"TAG;br\"", Some(Match::Any));
        check("\"TAG-gzip-gzip\"", Some(Match::Any));
    }

    #[test]
    fn other_tags_do_not() {
        for other in ["", "\"\"", "\"x\"", "\"TAG0\"", "\"xTAG\"", "W/\"x\", \"y\"", "\"*\""] {
            check(other, None);
        }
    }
}
