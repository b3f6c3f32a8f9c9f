//! How the connections of one thread end when the program does.
//!
//! A client may have sent a request that has not been read yet, and would see it fail if its connection
//! were closed. So each has a moment in which it can still ask; whatever is answered from then on says
//! that the connection ends.

use super::limits::Limits;
use super::pulse::Pulse;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Response};
use hyper::body::{Body, Incoming};
use hyper::rt::{Read, Write};
use hyper::server::conn::http1::Connection;
use hyper::service::HttpService;
use std::future::Future;
use std::pin::pin;
use tokio::sync::watch;
use tokio::time::sleep;

/// Knows of all connections whether they are to end, and when the last one has.
pub(super) struct Ending(watch::Sender<bool>);

/// What a connection knows of its end.
#[derive(Clone)]
pub(super) struct Told(watch::Receiver<bool>);

impl Ending {
    pub(super) fn new() -> Ending {
        Ending(watch::Sender::new(false))
    }

    /// For a connection, which counts as open until every copy of it is dropped.
    pub(super) fn told(&self) -> Told {
        Told(self.0.subscribe())
    }

    /// Tells every connection at once; done when all have ended.
    pub(super) fn begin(self) -> impl Future<Output = ()> {
        self.0.send_replace(true);
        async move { self.0.closed().await }
    }
}

impl Told {
    /// Whether the connection is to end.
    fn is_so(&self) -> bool {
        *self.0.borrow()
    }

    /// The response as it is sent: with the end of its connection, where that has come.
    pub(super) fn say<B>(&self, mut response: Response<B>) -> Response<B> {
        if self.is_so() {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    /// The connection, until it has ended.
    ///
    /// # Errors
    /// Whatever ends it early.
    pub(super) async fn last<I, B, S>(
        mut self,
        connection: Connection<I, S>,
        pulse: &Pulse,
        limits: &Limits,
    ) -> hyper::Result<()>
    where
        S: HttpService<Incoming, ResBody = B>,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        I: Read + Write + Unpin,
        B: Body + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let mut connection = pin!(connection);
        let over = async {
            // Where nobody is left who could say so, it is time, too.
            let _ = self.0.wait_for(|told| *told).await;
            sleep(limits.last_call).await;
            if pulse.is_new() {
                sleep(limits.first_call.saturating_sub(limits.last_call)).await;
            }
        };
        tokio::select! {
            ended = connection.as_mut() => return ended,
            () = over => connection.as_mut().graceful_shutdown(),
        }
        connection.await
    }
}
