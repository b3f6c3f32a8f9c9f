//! The HTTP service over the content.
//!
//! A request finds its document ready by its path, and computes nothing; what is not ready is made
//! beside the threads that answer. Other content takes the place of the old in one step: one pointer
//! is swapped. So a subscriber sees the old state or the new one, and never an error because of load
//! or of an author's mistake.

mod accept;
mod accept_type;
mod api;
mod client;
mod coding;
mod collecting;
mod conditional;
mod connections;
mod documents;
mod ending;
mod framing;
mod health;
mod held;
mod host;
mod kept;
mod last_good;
mod limits;
mod metrics;
mod mistakes;
mod part;
mod place;
mod policy;
mod prepare;
mod pulse;
mod ready;
mod reload;
mod respond;
mod route;
mod shape;
mod sockets;
mod state;
mod status;
mod stream;
mod supervisor;
mod tally;
mod target;
mod variants;
mod vitals;
mod workers;

pub use collecting::Collecting;
pub use mistakes::log_mistakes;
pub use reload::Start;
pub use sockets::{Socket, listen, passed};
pub use state::Cause;

use crate::error::Error;
use accept::Answer;
use axum::Router;
use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use axum::routing::any;
use bytes::Bytes;
use documents::Made;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::service::TowerToHyperService;
use prepare::Sign;
use respond::plain;
use state::State;
use status::Status;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use tally::Asked;
use tokio::sync::{oneshot, watch};
use tracing::info;

/// Serves the content until `stop` is done, then ends open requests and returns.
///
/// The caller makes the sockets, by [`listen`] or [`passed`], and decides when to stop. Changed content is served
/// as soon as it is rendered, and content with mistakes never is.
///
/// # Errors
/// A thread that the system does not give.
pub async fn run(
    sockets: Vec<Socket>,
    start: Start,
    stop: impl Future<Output = ()>,
) -> Result<(), Error> {
    // Dropped at the end, which stops the reloader.
    let (_running, ended) = oneshot::channel();
    let status = format!("serving {} series", start.community.series.len());
    let (folder, collecting) = (start.folder.clone(), start.collecting);
    let state = reload::start(start, ended)?;
    // Dropped at the end too, which stops the collector.
    let _collecting = match collecting {
        Some(collecting) => Some(collecting::start(Arc::clone(&state), folder, collecting)?),
        None => None,
    };
    let tally = Arc::clone(&state.tally);
    let site =
        Arc::new(Site { router: TowerToHyperService::new(router(Arc::clone(&state))), state });
    let service = service_fn(move |request| site.answer(request));
    let (stopping, stopped) = watch::channel(false);
    let (workers, hearts) = workers::start(sockets, &service, &tally, &stopped)?;
    supervisor::ready(&status);
    tokio::select! {
        () = stop => {}
        () = supervisor::watch(&hearts) => {}
    }
    supervisor::stopping();
    let seconds = accept::STOP_LIMIT.as_secs();
    info!(seconds, "stopping: open requests have {seconds} seconds to end");
    stopping.send_replace(true);
    workers::join(workers);
    let answered: u64 = tally.answers().map(|answers| answers.number).sum();
    info!(answered, "{answered} requests were answered; stopped");
    Ok(())
}

/// What all threads answer from.
struct Site {
    state: Arc<State>,
    router: TowerToHyperService<Router>,
}

/// How a request is answered: at once, or with work that others may go on beside.
enum Answering {
    Ready(Response<Bytes>),
    Later(Pin<Box<dyn Future<Output = Answer> + Send>>),
}

impl Site {
    fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
    ) -> impl Future<Output = Result<Answer, Infallible>> + Send + use<> {
        let is_last = framing::is_last(request.headers());
        let asked = Asked::of(&request);
        let answering = match at_once(&self.state, &request) {
            Some(response) => {
                self.state.tally.answered(asked, response.status());
                Answering::Ready(response)
            }
            None => Answering::Later(Box::pin(Arc::clone(self).later(asked, request))),
        };
        async move {
            let answer = match answering {
                Answering::Ready(response) => response.map(|body| Either::Left(Full::new(body))),
                Answering::Later(answer) => answer.await,
            };
            Ok(if is_last { closing(answer) } else { answer })
        }
    }

    async fn later(self: Arc<Self>, asked: Asked, request: Request<Incoming>) -> Answer {
        let answer = self.made(request).await;
        self.state.tally.answered(asked, answer.status());
        answer
    }

    async fn made(&self, request: Request<Incoming>) -> Answer {
        if let Some(response) = made(&self.state, &request).await {
            return response.map(|body| Either::Left(Full::new(body)));
        }
        let Ok(response) = self.router.call(request).await;
        response.map(Either::Right)
    }
}

/// What nearly every request gets, before anything else is tried.
fn at_once<B>(state: &State, request: &Request<B>) -> Option<Response<Bytes>> {
    match mistake(request) {
        Some((status, text)) => Some(closing(plain(status, text))),
        None => ready(state, request),
    }
}

/// What is wrong with the request itself, whatever it asks for.
fn mistake<B>(request: &Request<B>) -> Option<(StatusCode, &'static str)> {
    let of_head = host::mistake(request).or_else(|| framing::mistake(request));
    of_head.map(|text| (StatusCode::BAD_REQUEST, text)).or_else(|| target::mistake(request))
}

/// The response, after which the connection ends.
fn closing<B>(mut response: Response<B>) -> Response<B> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The answer with a document that is ready; none where that takes any work, or where something
/// else may be asked for: by a query, or for a calendar by an Accept header.
fn ready<B>(state: &State, request: &Request<B>) -> Option<Response<Bytes>> {
    let (uri, headers) = (request.uri(), request.headers());
    let path = uri.path();
    if uri.query().is_some() || path.ends_with(".ics") && accept_type::may_want_a_form(headers) {
        return None;
    }
    let now = state.clock.now();
    // No document's path is percent-encoded in the table.
    let entry = state.documents.get(path, now)?;
    let coding = coding::first(headers);
    let response =
        entry.ready.answer_in(coding, request, crate::publish::max_age(entry.stale_at, now))?;
    if entry.is_worth_the_best(coding) {
        // Where there is no room for the sign, the document is asked for again.
        let _ = state.signs.try_send(Sign::Often(path.to_owned()));
    }
    Some(response)
}

/// What the content has for a request, made first where that is needed; none where it has nothing.
///
/// A response that came through the router would have a Content-Length of 0 with 304, from which a
/// cache may take that its document is empty (RFC 9110 §8.6).
async fn made<B>(state: &Arc<State>, request: &Request<B>) -> Option<Response<Bytes>> {
    if let Some(response) = variants::answer(state, request).await {
        return Some(response);
    }
    if let Some(response) = api::answer(state, request).await {
        return Some(response);
    }
    let path = respond::decoded(request.uri().path()).unwrap_or_default();
    let coding = coding::first(request.headers());
    let made = documents::made(state, &path, coding).await;
    let now = state.clock.now();
    match &made {
        Made::Document(entry) => {
            Some(entry.ready.answer(request, crate::publish::max_age(entry.stale_at, now)))
        }
        Made::Nothing => None,
        other => Some(respond::elsewhere(request, other, now)),
    }
}

fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/healthz", any(healthz))
        .route("/readyz", any(readyz))
        .route("/status", any(status_page))
        .route("/status.json", any(status_json))
        .route("/metrics", any(metrics_text))
        .fallback(nothing)
        .with_state(state)
}

async fn nothing(method: Method) -> Response<Body> {
    respond::to_method(&method, respond::nothing()).map(Body::from)
}

async fn healthz(method: Method) -> Response<Body> {
    respond::to_method(&method, plain(StatusCode::OK, "ok\n")).map(Body::from)
}

async fn readyz(Shared(state): Shared<Arc<State>>, method: Method) -> Response<Body> {
    let (status, text) = health::readiness(&state);
    respond::to_method(&method, plain(status, text)).map(Body::from)
}

async fn status_page(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let wanted = accept_type::first_choice(request.headers());
    let status = Status::of(&state).await;
    let response = match wanted.as_deref() {
        Some("application/json") => respond::unkept_json(&status),
        _ => respond::unkept_page(status::page(&status)),
    };
    respond::to_method(request.method(), response).map(Body::from)
}

async fn status_json(Shared(state): Shared<Arc<State>>, method: Method) -> Response<Body> {
    let status = Status::of(&state).await;
    respond::to_method(&method, respond::unkept_json(&status)).map(Body::from)
}

async fn metrics_text(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let (media_type, text) = metrics::answer(&state, request.headers()).await;
    respond::to_method(request.method(), respond::unkept(media_type, text)).map(Body::from)
}
