//! The accept loop.
//!
//! `axum::serve` has no time-out for request headers, so a client that never sends them would keep
//! its connection, and a stop waiting, for as long as it likes.

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tracing::{debug, warn};

/// How long a client may take for its headers, or stay silent between two requests.
const HEADER_LIMIT: Duration = Duration::from_secs(10);

/// How long a stop waits for responses under way.
pub(super) const STOP_LIMIT: Duration = Duration::from_secs(10);

/// How long to wait where the system has no descriptor left for another connection.
const RETRY: Duration = Duration::from_millis(50);

/// Accepts connections until `stop` is done, then lets open requests end, within a limit.
pub(super) async fn accept<S>(listener: TcpListener, service: S, stop: impl Future<Output = ()>)
where
    S: Service<Request<Incoming>, Response = Response<Body>, Error = Infallible>,
    S: Clone + Send + 'static,
    S::Future: Send,
{
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_LIMIT);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            stream = next(&listener) => stream,
            () = &mut stop => break,
        };
        let connection = http.serve_connection(TokioIo::new(stream), service.clone());
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!("connection ended early: {error}");
            }
        });
    }
    // Open connections are told before the port is closed: once a client is refused, every response
    // says that its connection ends.
    let told = timeout(STOP_LIMIT, connections.shutdown());
    let (ended, ()) = tokio::join!(biased; told, async { drop(listener) });
    if ended.is_err() {
        warn!("stopping: the connections that are still open are cut");
    }
}

/// The next connection; waits out any failure, which is another client's or passes.
async fn next(listener: &TcpListener) -> TcpStream {
    let mut is_first = true;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A response goes out at once, in one piece.
                if let Err(error) = stream.set_nodelay(true) {
                    debug!("cannot set TCP_NODELAY: {error}");
                }
                return stream;
            }
            Err(error) if is_of_client(&error) => debug!("connection lost: {error}"),
            Err(error) => {
                if is_first {
                    warn!("cannot accept connections, trying on: {error}");
                }
                is_first = false;
                sleep(RETRY).await;
            }
        }
    }
}

/// Whether only the one connection is lost.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
