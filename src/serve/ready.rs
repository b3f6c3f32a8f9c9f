//! A document with everything that an answer needs, made beforehand.
//!
//! Nothing is hashed, formatted, copied or compressed for a request.

use super::conditional::{self, Match};
use super::policy::policy;
use super::shape::{self, MAX_AGE, Shape};
use super::{coding, respond};
use crate::publish::{Coded, Coding};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use bytes::Bytes;

/// A document at its path, with the values of its headers.
pub(super) struct Ready {
    document: Coded,
    shape: Shape,
    tags: OfCodings,
    lengths: OfCodings,
    media_type: HeaderValue,
    modified: Option<HeaderValue>,
    disposition: Option<HeaderValue>,
    policy: Option<&'static HeaderValue>,
}

/// A value for each coding: identity, gzip, brotli.
type OfCodings = [HeaderValue; 3];

/// All codings, in the order of [`OfCodings`].
const CODINGS: [Coding; 3] = [Coding::Identity, Coding::Gzip, Coding::Brotli];

impl Ready {
    /// The document as it is served at that path.
    pub(super) fn new(path: &str, document: Coded) -> Ready {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let is_named = name.ends_with(".ics") && name.chars().all(is_plain);
        let is_page = document.media_type().starts_with("text/html");
        let modified = document.modified().map(conditional::http_date);
        let has_forms = path.ends_with(".ics");
        let shape = Shape { is_dated: modified.is_some(), has_forms, is_page, is_named };
        let [tag, gzip_tag, br_tag] = CODINGS.map(|coding| document.etag().quoted(coding));
        let length = |coding| document.coded(coding).map_or(0, Bytes::len).to_string();
        let [length, gzip_length, br_length] = CODINGS.map(length);
        let disposition = format!("inline; filename=\"{name}\"");
        let [tag, gzip_tag, br_tag, length, gzip_length, br_length, modified, disposition] =
            values([
                tag,
                gzip_tag,
                br_tag,
                length,
                gzip_length,
                br_length,
                modified.unwrap_or_default(),
                if is_named { disposition } else { String::new() },
            ]);
        Ready {
            shape,
            tags: [tag, gzip_tag, br_tag],
            lengths: [length, gzip_length, br_length],
            media_type: HeaderValue::from_static(document.media_type()),
            modified: shape.is_dated.then_some(modified),
            disposition: is_named.then_some(disposition),
            policy: is_page.then(|| policy(path)),
            document,
        }
    }

    /// The document.
    pub(super) fn document(&self) -> &Coded {
        &self.document
    }

    /// The response to a request for it, to be kept for so many seconds: 200, 304 or 405.
    ///
    /// In the coding that the client wants most of those in which the document has been made.
    pub(super) fn answer<B>(&self, request: &Request<B>, max_age: i64) -> Response<Bytes> {
        let codings = coding::wanted(request.headers()).chain([Coding::Gzip]);
        let mut answers = codings.filter_map(|coding| self.answer_in(coding, request, max_age));
        answers.next().unwrap_or_default()
    }

    /// The same, where that takes no other coding than the one wanted; none where the document has
    /// not been made in that yet.
    pub(super) fn answer_in<B>(
        &self,
        wanted: Coding,
        request: &Request<B>,
        max_age: i64,
    ) -> Option<Response<Bytes>> {
        let has_body = match *request.method() {
            Method::GET => true,
            Method::HEAD => false,
            _ => return Some(respond::method_not_allowed()),
        };
        let coding = if self.document.is_compressed() { wanted } else { Coding::Identity };
        let (etag, modified) = (self.document.etag(), self.modified.as_ref());
        match conditional::has(request.headers(), etag, modified) {
            // The tag that the client has: a cache finds its stored response by it.
            Some(Match::Coding(had)) => Some(self.not_modified(had, max_age)),
            Some(Match::Any) => Some(self.not_modified(coding, max_age)),
            None => {
                let body = self.document.coded(coding)?;
                let body = if has_body { body.clone() } else { Bytes::new() };
                Some(self.whole(coding, body, max_age))
            }
        }
    }

    fn whole(&self, coding: Coding, body: Bytes, max_age: i64) -> Response<Bytes> {
        let tagged = [of(&self.tags, coding)].into_iter().chain(&self.modified);
        let described = [of(&self.lengths, coding), &self.media_type];
        let own = tagged.chain(described).chain(&self.disposition).chain(self.policy);
        let mut headers = self.shape.whole(coding);
        shape::fill(&mut headers, own);
        response(StatusCode::OK, headers, body, max_age)
    }

    fn not_modified(&self, coding: Coding, max_age: i64) -> Response<Bytes> {
        let own = [of(&self.tags, coding)].into_iter().chain(&self.modified);
        let mut headers = self.shape.not_modified();
        shape::fill(&mut headers, own);
        response(StatusCode::NOT_MODIFIED, headers, Bytes::new(), max_age)
    }
}

fn response(status: StatusCode, headers: HeaderMap, body: Bytes, max_age: i64) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    if max_age != MAX_AGE {
        response.headers_mut().insert(CACHE_CONTROL, respond::cache_control(max_age));
    }
    response
}

fn of(values: &OfCodings, coding: Coding) -> &HeaderValue {
    let [identity, gzip, br] = values;
    match coding {
        Coding::Identity => identity,
        Coding::Gzip => gzip,
        Coding::Brotli => br,
    }
}

/// Header values of those texts, all in one piece of memory; empty where no header can have it.
fn values<const N: usize>(texts: [String; N]) -> [HeaderValue; N] {
    let mut rest = Bytes::from(texts.concat());
    texts.map(|text| {
        let value = HeaderValue::from_maybe_shared(rest.split_to(text.len()));
        value.unwrap_or(HeaderValue::from_static(""))
    })
}
