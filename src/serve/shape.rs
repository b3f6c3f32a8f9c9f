//! The headers of an answer but for one document's own values.
//!
//! Documents of a kind are answered with the same names and mostly the same values. A copy of a map
//! that has them in their places costs half of setting each, and no document has to keep a map.

use crate::publish::Coding;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING,
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use std::sync::OnceLock;

/// Cache-Control of a response that may be kept for as long as any.
pub(super) static LONGEST: HeaderValue = HeaderValue::from_static("public, max-age=300");

static NOTHING: HeaderValue = HeaderValue::from_static("");
static BY_CODING: HeaderValue = HeaderValue::from_static("Accept-Encoding");
static BY_FORM: HeaderValue = HeaderValue::from_static("Accept, Accept-Encoding");
static NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
static NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
static ANYBODY: HeaderValue = HeaderValue::from_static("*");
static GZIP: HeaderValue = HeaderValue::from_static("gzip");
static BROTLI: HeaderValue = HeaderValue::from_static("br");

/// What decides on the names of an answer's headers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Whether it has a Last-Modified.
    pub(super) is_dated: bool,
    /// Whether its document has other forms for those who ask by Accept.
    pub(super) has_forms: bool,
    /// Whether its document is a page, with a policy, and not for other sites' scripts.
    pub(super) is_page: bool,
    /// Whether its document has a name to be saved under.
    pub(super) is_named: bool,
}

/// As many shapes as there are, with a body in each coding or without.
const SHAPES: usize = 16 * 4;

/// Each made when it is first asked for.
static MADE: [OnceLock<HeaderMap>; SHAPES] = [const { OnceLock::new() }; SHAPES];

impl Shape {
    /// The headers of 200 with a body in that coding.
    ///
    /// First are the document's own, in this order: ETag, Last-Modified, Content-Length, Content-Type,
    /// Content-Disposition, Content-Security-Policy; those that the shape has.
    pub(super) fn whole(self, coding: Coding) -> HeaderMap {
        self.copy(Some(coding))
    }

    /// The headers of 304; first are the document's own: ETag, Last-Modified.
    pub(super) fn not_modified(self) -> HeaderMap {
        self.copy(None)
    }

    fn copy(self, coding: Option<Coding>) -> HeaderMap {
        let made = MADE.get(self.place(coding));
        made.map_or_else(
            || self.make(coding),
            |made| made.get_or_init(|| self.make(coding)).clone(),
        )
    }

    fn place(self, coding: Option<Coding>) -> usize {
        let Shape { is_dated, has_forms, is_page, is_named } = self;
        let flags = [is_dated, has_forms, is_page, is_named];
        let coding = match coding {
            None => 0,
            Some(Coding::Identity) => 1,
            Some(Coding::Gzip) => 2,
            Some(Coding::Brotli) => 3,
        };
        flags.into_iter().fold(coding, |place, flag| place * 2 + usize::from(flag))
    }

    fn make(self, coding: Option<Coding>) -> HeaderMap {
        let own = self.own(coding.is_some()).map(|name| (name, &NOTHING));
        own.chain(self.shared(coding)).map(|(name, value)| (name, value.clone())).collect()
    }

    /// The names of the headers whose values are a document's own, in order.
    fn own(self, is_whole: bool) -> impl Iterator<Item = HeaderName> {
        let Shape { is_dated, is_page, is_named, .. } = self;
        [
            (ETAG, true),
            (LAST_MODIFIED, is_dated),
            (CONTENT_LENGTH, is_whole),
            (CONTENT_TYPE, is_whole),
            (CONTENT_DISPOSITION, is_whole && is_named),
            (CONTENT_SECURITY_POLICY, is_whole && is_page),
        ]
        .into_iter()
        .filter_map(|(name, is_there)| is_there.then_some(name))
    }

    /// The headers with the values that all documents of the kind share.
    fn shared(
        self,
        coding: Option<Coding>,
    ) -> impl Iterator<Item = (HeaderName, &'static HeaderValue)> {
        let is_whole = coding.is_some();
        let varies = if self.has_forms { &BY_FORM } else { &BY_CODING };
        let coded = match coding {
            Some(Coding::Gzip) => Some(&GZIP),
            Some(Coding::Brotli) => Some(&BROTLI),
            Some(Coding::Identity) | None => None,
        };
        [
            (VARY, Some(varies)),
            (CACHE_CONTROL, Some(&LONGEST)),
            (CONTENT_ENCODING, coded),
            (X_CONTENT_TYPE_OPTIONS, is_whole.then_some(&NOSNIFF)),
            (REFERRER_POLICY, is_whole.then_some(&NO_REFERRER)),
            (ACCESS_CONTROL_ALLOW_ORIGIN, (is_whole && !self.is_page).then_some(&ANYBODY)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

/// Puts a document's own values into the first places of a copy.
///
/// A map is gone through in the order in which it was filled, which the `http` crate promises to be
/// the same everywhere and this crate's tests hold it to.
pub(super) fn fill<'v>(headers: &mut HeaderMap, own: impl Iterator<Item = &'v HeaderValue>) {
    for (place, value) in headers.values_mut().zip(own) {
        *place = value.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_of_a_document_are_the_first_and_in_order() {
        for flags in 0..16 {
            let has = |flag: u32| flags >> flag & 1 == 1;
            let shape =
                Shape { is_dated: has(0), has_forms: has(1), is_page: has(2), is_named: has(3) };
            for coding in [None, Some(Coding::Identity), Some(Coding::Gzip), Some(Coding::Brotli)] {
                let headers = shape.copy(coding);
                let own: Vec<_> = shape.own(coding.is_some()).collect();
                let names: Vec<_> = headers.keys().take(own.len()).cloned().collect();
                assert_eq!(names, own, "{shape:?} {coding:?}");
                assert!(headers.values().skip(own.len()).all(|value| !value.is_empty()));
            }
        }
    }
}
