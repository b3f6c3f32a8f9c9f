//! One request and its answer.

use super::body::{self, cause};
use super::target::Target;
use super::{Answer, Reason, RetryAfter, Validators};
use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderName,
    HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
    USER_AGENT,
};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

/// The most fields that an answer may have.
const MOST_FIELDS: usize = 100;

/// The most bytes of them, with the status line: 32 KiB.
const MOST_HEAD: usize = 32 << 10;

/// A validator longer than this is not kept.
const MOST_VALIDATOR: usize = 1 << 10;

/// What one request came to.
pub(super) enum Step {
    /// The end.
    Answer(Answer),
    /// Elsewhere, by Location.
    Redirect(String),
}

/// What is asked for, by whom.
pub(super) struct Question<'a> {
    /// The address.
    pub(super) target: &'a Target,
    /// The path and query on the line of the request.
    pub(super) path: String,
    /// Who asks.
    pub(super) user_agent: &'a str,
    /// What the last answer was told by.
    pub(super) known: &'a Validators,
    /// The most bytes of content that are read.
    pub(super) most: usize,
}

impl Question<'_> {
    /// Asks over a connection that is used for nothing else.
    ///
    /// # Errors
    /// An answer that is none, and every status but 200, 304 and redirects.
    pub(super) async fn ask<S>(&self, stream: S) -> Result<Step, Reason>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (request, is_conditional) = self.request()?;
        let response = send(stream, request).await?;
        match response.status() {
            StatusCode::OK => self.answer(response).await.map(Step::Answer),
            StatusCode::NOT_MODIFIED if is_conditional => Ok(Step::Answer(Answer::Unchanged)),
            StatusCode::NOT_MODIFIED => Err(Reason::Unasked),
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => match text(response.headers(), &LOCATION) {
                Some(location) => Ok(Step::Redirect(location)),
                None => Err(status(&response)),
            },
            _ => Err(status(&response)),
        }
    }

    /// The request, and whether it has a condition.
    fn request(&self) -> Result<(Request<Empty<Bytes>>, bool), Reason> {
        let mut request = Request::builder()
            .uri(&self.path)
            .header(HOST, self.target.host().to_string())
            .header(USER_AGENT, self.user_agent)
            .header(ACCEPT, "*/*")
            .header(ACCEPT_ENCODING, "gzip")
            .header(CONNECTION, "close")
            .body(Empty::new())
            .map_err(|error| Reason::NotUrl(error.to_string()))?;
        let conditions = self.conditions();
        let is_conditional = !conditions.is_empty();
        request.headers_mut().extend(conditions);
        Ok((request, is_conditional))
    }

    /// The conditions, if it was this very address that gave what they are made of.
    fn conditions(&self) -> Vec<(HeaderName, HeaderValue)> {
        if self.known.url != self.target.to_string() {
            return Vec::new();
        }
        let etag = (IF_NONE_MATCH, &self.known.etag);
        let date = (IF_MODIFIED_SINCE, &self.known.last_modified);
        let condition = |(name, value): (HeaderName, &Option<String>)| {
            Some((name, HeaderValue::from_str(value.as_deref()?).ok()?))
        };
        [etag, date].into_iter().filter_map(condition).collect()
    }

    async fn answer(&self, response: Response<Incoming>) -> Result<Answer, Reason> {
        let (head, content) = response.into_parts();
        let bytes = body::read(&head.headers, content, self.most).await?;
        let validator =
            |name| text(&head.headers, &name).filter(|value| value.len() <= MOST_VALIDATOR);
        let validators = Validators {
            url: self.target.to_string(),
            etag: validator(ETAG),
            last_modified: validator(LAST_MODIFIED),
        };
        let content_type = text(&head.headers, &CONTENT_TYPE).unwrap_or_default();
        Ok(Answer::Body { bytes, content_type, validators })
    }
}

/// Sends the request and reads the head of its answer. The connection is driven by a task that ends
/// with the caller's runtime.
async fn send<S>(stream: S, request: Request<Empty<Bytes>>) -> Result<Response<Incoming>, Reason>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let no_http = |error: hyper::Error| Reason::Http(cause(&error));
    let (mut sender, connection) = http1::Builder::new()
        .max_headers(MOST_FIELDS)
        .max_buf_size(MOST_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(no_http)?;
    // Its failure is also the answer's.
    tokio::spawn(connection);
    sender.send_request(request).await.map_err(no_http)
}

/// A field's text; `None` where it is not there, or not in ASCII.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// A status that is no answer.
fn status(response: &Response<Incoming>) -> Reason {
    let retry_after = text(response.headers(), &RETRY_AFTER);
    let retry_after = retry_after.and_then(|field| RetryAfter::new(field.trim()));
    Reason::Status { code: response.status().as_u16(), retry_after }
}
