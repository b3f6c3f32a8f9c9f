//! How object stores are reached over HTTP.

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use object_store::ClientOptions;
use object_store::client::{
    ClientConfigKey, HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpService,
};
use std::error::Error;
use std::io::ErrorKind;
use std::time::Duration;
use tokio::time::timeout;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// How long one request may take as a whole. A published document is far below a megabyte.
const REQUEST: Duration = Duration::from_secs(30);

/// A connection that has done nothing for so long is closed.
const IDLE: Duration = Duration::from_secs(20);

/// The longest answer in bytes: no list of a thousand objects, and no manifest of a million, has more.
const LONGEST: usize = 256 << 20;

/// Makes [`Http`] for the stores, each with what it was told of connections.
#[derive(Debug)]
pub(super) struct Connector;

/// Connections that are kept for the next request, over TLS with Mozilla's list of whom to trust.
#[derive(Debug)]
struct Http {
    client: Client<HttpsConnector<HttpConnector>, HttpRequestBody>,
    allows_plain: bool,
}

impl object_store::client::HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let allows_plain = options.get_config_value(&ClientConfigKey::AllowHttp);
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(https.enable_http1().wrap_connector(tcp));
        let allows_plain = allows_plain.as_deref() == Some("true");
        Ok(HttpClient::new(Http { client, allows_plain }))
    }
}

#[async_trait]
impl HttpService for Http {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        if !self.allows_plain && request.uri().scheme_str() == Some("http") {
            return Err(refused(request.uri()));
        }
        match timeout(REQUEST, self.exchange(request)).await {
            Ok(answer) => answer,
            Err(late) => Err(HttpError::new(HttpErrorKind::Timeout, late)),
        }
    }
}

impl Http {
    /// The whole answer is taken at once, so that it has one time to come.
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answer = self.client.request(request).await.map_err(|error| {
            let kind = if error.is_connect() { HttpErrorKind::Connect } else { kind(&error) };
            HttpError::new(kind, whole(&error))
        })?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST).collect().await;
        let body = body.map_err(|e| HttpError::new(kind(e.as_ref()), whole(e.as_ref())))?;
        let body: Bytes = body.to_bytes();
        Ok(HttpResponse::from_parts(head, body.into()))
    }
}

/// An error that tells all of its causes: hyper's own text has none of them.
fn whole(error: &(dyn Error + 'static)) -> std::io::Error {
    let (mut texts, mut next) = (Vec::new(), Some(error));
    while let Some(error) = next {
        texts.push(error.to_string());
        next = error.source();
    }
    std::io::Error::other(texts.join(": "))
}

fn refused(uri: &Uri) -> HttpError {
    let host = uri.host().unwrap_or_default();
    let text = format!(
        "{host} is to be reached without encryption: \
         write https in its address, or allow that with AWS_ALLOW_HTTP=true"
    );
    HttpError::new(HttpErrorKind::Unknown, std::io::Error::other(text))
}

/// What is behind an error, so far as it decides on another try. A request that was cut off is
/// tried again only where twice is as good as once.
fn kind(error: &(dyn Error + 'static)) -> HttpErrorKind {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            if error.is_timeout() {
                return HttpErrorKind::Timeout;
            }
            if error.is_canceled() {
                return HttpErrorKind::Request;
            }
            if error.is_closed() || error.is_incomplete_message() || error.is_body_write_aborted() {
                return HttpErrorKind::Interrupted;
            }
        }
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            match error.kind() {
                ErrorKind::TimedOut => return HttpErrorKind::Timeout,
                ErrorKind::ConnectionAborted
                | ErrorKind::ConnectionReset
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => return HttpErrorKind::Interrupted,
                _ => {}
            }
        }
        next = error.source();
    }
    HttpErrorKind::Unknown
}
