//! A document with everything that an answer needs, made beforehand.
//!
//! Nothing is hashed, formatted, copied or compressed for a request.

use super::conditional::{self, Match};
use super::policy::policy;
use super::shape::{self, Shape};
use super::{coding, respond};
use crate::publish::{self, Coded, Coding, MAX_AGE};
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
        let disposition = publish::disposition(path);
        let is_named = disposition.is_some();
        let is_page = document.media_type().starts_with("text/html");
        let modified = document.modified().map(conditional::http_date);
        let has_forms = path.ends_with(".ics");
        let shape = Shape { is_dated: modified.is_some(), has_forms, is_page, is_named };
        let [tag, gzip_tag, br_tag] = CODINGS.map(|coding| document.etag().quoted(coding));
        let length = |coding| document.coded(coding).map_or(0, Bytes::len).to_string();
        let [length, gzip_length, br_length] = CODINGS.map(length);
        let [tag, gzip_tag, br_tag, length, gzip_length, br_length, modified, disposition] =
            values([
                tag,
                gzip_tag,
                br_tag,
                length,
                gzip_length,
                br_length,
                modified.unwrap_or_default(),
                disposition.unwrap_or_default(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Document;
    use axum::http::header;
    use chrono::DateTime;

    const PATHS: [(&str, &str); 6] = [
        ("/", "text/html; charset=utf-8"),
        ("/about/", "text/html; charset=utf-8"),
        ("/meetings/a.ics", "text/calendar; charset=utf-8"),
        ("/meetings/\u{fc}ber.ics", "text/calendar; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/calendar.json", "application/json"),
    ];

    /// What is known of an answer, by name.
    type Expected = Vec<(&'static str, String)>;

    fn document(media_type: &'static str, length: usize, is_dated: bool) -> Coded {
        let document = Coded::complete(&Document::new(media_type, "Some text. ".repeat(length)));
        let moment = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        if is_dated { document.dated(moment, None) } else { document }
    }

    /// The headers of 200, one by one as the standards have them.
    fn described(path: &str, document: &Coded, coding: Coding) -> Expected {
        let mut all = known(path, document, coding);
        let body = document.coded(coding).unwrap();
        all.push(("content-length", body.len().to_string()));
        all.push(("content-type", document.media_type().to_owned()));
        all.push(("x-content-type-options", "nosniff".to_owned()));
        all.push(("referrer-policy", "no-referrer".to_owned()));
        if coding != Coding::Identity {
            all.push(("content-encoding", coding.as_str().to_owned()));
        }
        if document.media_type().starts_with("text/html") {
            let policy = policy(path).to_str().unwrap().to_owned();
            all.push(("content-security-policy", policy));
        } else {
            all.push(("access-control-allow-origin", "*".to_owned()));
        }
        if path == "/meetings/a.ics" {
            all.push(("content-disposition", "inline; filename=\"a.ics\"".to_owned()));
        }
        all
    }

    /// The headers of 304.
    fn known(path: &str, document: &Coded, coding: Coding) -> Expected {
        let varies = if path.ends_with(".ics") { "Accept, " } else { "" };
        let mut all = vec![
            ("etag", document.etag().quoted(coding)),
            ("vary", format!("{varies}Accept-Encoding")),
            ("cache-control", "public, max-age=300".to_owned()),
        ];
        if document.modified().is_some() {
            all.push(("last-modified", "Tue, 14 Nov 2023 22:13:20 GMT".to_owned()));
        }
        all
    }

    fn check(response: &Response<Bytes>, expected: Expected, what: &str) {
        let headers = response.headers().iter();
        let got = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap().to_owned()));
        let (mut got, mut expected): (Vec<_>, _) = (got.collect(), expected);
        got.sort();
        expected.sort();
        assert_eq!(got, expected, "{what}");
    }

    /// Every kind of document in every coding, as it is asked for.
    fn each(mut check: impl FnMut(&str, &Coded, Coding, axum::http::request::Builder, &str)) {
        for (path, media_type) in PATHS {
            for (length, is_dated) in [(10, true), (10, false), (1000, true), (1000, false)] {
                let document = document(media_type, length, is_dated);
                for wanted in CODINGS {
                    let coding = if length < 1000 { Coding::Identity } else { wanted };
                    let request =
                        Request::builder().header(header::ACCEPT_ENCODING, wanted.as_str());
                    let what = format!("{path} {length} {is_dated} {wanted:?}");
                    check(path, &document, coding, request, &what);
                }
            }
        }
    }

    #[test]
    fn an_answer_has_the_body_and_every_header_of_its_document() {
        each(|path, document, coding, request, what| {
            let ready = Ready::new(path, document.clone());
            let got = ready.answer(&request.body(()).unwrap(), MAX_AGE);
            assert_eq!(got.status(), StatusCode::OK, "{what}");
            assert_eq!(Some(got.body()), document.coded(coding), "{what}");
            check(&got, described(path, document, coding), what);
        });
    }

    #[test]
    fn head_has_the_headers_alone() {
        each(|path, document, coding, request, what| {
            let request = request.method(Method::HEAD).body(()).unwrap();
            let got = Ready::new(path, document.clone()).answer(&request, MAX_AGE);
            assert_eq!((got.status(), got.body().len()), (StatusCode::OK, 0), "{what}");
            check(&got, described(path, document, coding), what);
        });
    }

    #[test]
    fn a_client_that_has_it_gets_the_tag_that_it_has() {
        each(|path, document, coding, request, what| {
            for had in CODINGS {
                let tag = document.etag().quoted(had);
                let request = Request::builder().header(header::IF_NONE_MATCH, tag);
                let got =
                    Ready::new(path, document.clone()).answer(&request.body(()).unwrap(), MAX_AGE);
                assert_eq!((got.status(), got.body().len()), (StatusCode::NOT_MODIFIED, 0));
                check(&got, known(path, document, had), what);
            }
            let request = request.header(header::IF_NONE_MATCH, "*").body(()).unwrap();
            let got = Ready::new(path, document.clone()).answer(&request, MAX_AGE);
            check(&got, known(path, document, coding), what);
        });
    }

    #[test]
    fn only_the_very_date_counts_as_known() {
        let ready = Ready::new("/", document("text/html", 1, true));
        let status = |since: &str| {
            let request = Request::builder().header(header::IF_MODIFIED_SINCE, since);
            ready.answer(&request.body(()).unwrap(), MAX_AGE).status()
        };
        assert_eq!(status("Tue, 14 Nov 2023 22:13:20 GMT"), StatusCode::NOT_MODIFIED);
        assert_eq!(status("Tue, 14 Nov 2023 22:13:21 GMT"), StatusCode::OK);
    }

    #[test]
    fn what_is_soon_stale_is_kept_no_longer() {
        let ready = Ready::new("/", document("text/html", 1, true));
        let got = ready.answer(&Request::new(()), 7);
        assert_eq!(got.headers()[header::CACHE_CONTROL], "public, max-age=7");
    }

    #[test]
    fn a_document_is_not_there_before_it_is_made_in_that_coding() {
        let text = Document::new("text/html", "Some text. ".repeat(1000));
        let ready = Ready::new("/", Coded::packed(&text));
        let request = Request::new(());
        assert!(ready.answer_in(Coding::Brotli, &request, MAX_AGE).is_none());
        assert!(ready.answer_in(Coding::Gzip, &request, MAX_AGE).is_some());
        let known = Request::builder().header(header::IF_NONE_MATCH, "*").body(()).unwrap();
        let answer = ready.answer_in(Coding::Brotli, &known, MAX_AGE).unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
    }
}
