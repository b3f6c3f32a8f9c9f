//! The HTTP service over the snapshot.
//!
//! A request looks one path up in a snapshot that never changes, and computes nothing; a reload
//! makes the next snapshot beside it and swaps one pointer. So a subscriber sees the old state or
//! the new one, and never an error because of load or of an author's mistake.

mod accept;
mod coding;
mod conditional;
mod health;
mod reload;
mod respond;
mod state;

pub use reload::Start;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{Method, Response, StatusCode};
use axum::routing::any;
use respond::{plain, respond};
use state::State;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tracing::info;

/// Serves the content until `stop` is done, then ends open requests and returns.
///
/// The caller makes the socket and decides when to stop. Changed content is served as soon as it
/// is rendered, and content with mistakes never is.
pub async fn run(listener: TcpListener, start: Start, stop: impl Future<Output = ()>) {
    let (state, reloader) = reload::start(start);
    // Dropped at the end, which stops the reloader.
    let (_running, ended) = oneshot::channel();
    tokio::spawn(reloader.run(ended));
    accept::accept(listener, router(state), stop).await;
    info!("stopped");
}

fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/healthz", any(healthz))
        .route("/readyz", any(readyz))
        .fallback(published)
        .with_state(state)
}

async fn healthz(method: Method) -> Response<Body> {
    respond::to_method(&method, plain(StatusCode::OK, "ok\n")).map(Body::from)
}

async fn readyz(Shared(state): Shared<Arc<State>>, method: Method) -> Response<Body> {
    let text = health::ready(&state.served.load());
    respond::to_method(&method, plain(StatusCode::OK, text)).map(Body::from)
}

async fn published(Shared(state): Shared<Arc<State>>, request: Request) -> Response<Body> {
    let served = state.served.load();
    let (method, path) = (request.method(), request.uri().path());
    respond(method, path, request.headers(), &served.snapshot, state.clock.now()).map(Body::from)
}
