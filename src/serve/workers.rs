//! The threads that answer: one for each processor, with a socket of its own on the one address.
//!
//! The system gives each new connection to one of the sockets (SO_REUSEPORT), and all of a
//! connection's requests are answered on that thread: none waits for a lock or is handed on.

use super::accept::{Answer, accept};
use super::limits::Limits;
use super::sockets::{Socket, hold_little};
use super::supervisor::Heart;
use super::tally::Tally;
use crate::collect::fetch::room_for_a_runtime;
use crate::error::Error;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::Service;
use std::convert::Infallible;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tracing::error;

/// Answers on each socket, on a thread of its own, until `stop` says so; then open requests end. The
/// hearts are the threads'.
///
/// None answers before all are there: a start that fails has not answered anybody.
///
/// # Errors
/// A thread or a runtime that the system does not give.
pub(super) fn start<S>(
    sockets: Vec<Socket>,
    service: &S,
    tally: &Arc<Tally>,
    stop: &watch::Receiver<bool>,
) -> Result<(Vec<JoinHandle<()>>, Vec<Heart>), Error>
where
    S: Service<Request<Incoming>, Response = Answer, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    let limits = Limits::of_threads(sockets.len());
    let (starting, started) = watch::channel(false);
    let spawn = |socket| {
        let Ground { runtime, listener, is_held, heart } = Ground::of(socket, &limits)?;
        let (service, limits, tally) = (service.clone(), limits.clone(), Arc::clone(tally));
        let (started, stop) = (started.clone(), stop.clone());
        let work = move || {
            let Some(runtime) = runtime.get() else { return };
            if runtime.block_on(is_told(started)) {
                let stopped = async {
                    is_told(stop).await;
                };
                runtime.block_on(accept(listener, is_held, service, limits, &tally, stopped));
            }
        };
        let thread = thread::Builder::new().name("answer".to_owned()).spawn(work);
        Ok((thread.map_err(Error::Runtime)?, heart))
    };
    let workers = sockets.into_iter().map(spawn).collect::<Result<_, Error>>()?;
    starting.send_replace(true);
    Ok(workers)
}

/// What a thread that answers needs of the system.
struct Ground {
    runtime: Droppable,
    listener: tokio::net::TcpListener,
    is_held: bool,
    heart: Heart,
}

impl Ground {
    fn of(Socket { listener, is_held }: Socket, limits: &Limits) -> Result<Ground, Error> {
        let (made, heart) = (Droppable::new(runtime()?), Heart::default());
        hold_little(&listener, limits.taking);
        if let Some(runtime) = made.get() {
            runtime.spawn(heart.clone().beat());
        }
        let listener = {
            let _entered = made.get().map(Runtime::enter);
            tokio::net::TcpListener::from_std(listener).map_err(Error::Runtime)?
        };
        Ok(Ground { runtime: made, listener, is_held, heart })
    }
}

/// Waits until it is told; `false` where nobody is left who could tell it.
async fn is_told(mut word: watch::Receiver<bool>) -> bool {
    word.wait_for(|told| *told).await.is_ok()
}

/// Waits until every thread has ended.
pub(super) fn join(workers: Vec<JoinHandle<()>>) {
    for worker in workers {
        if worker.join().is_err() {
            error!(
                thread = "answer",
                "a thread that answers had stopped with a bug; the others went on"
            );
        }
    }
}

/// A runtime that may be dropped anywhere: tokio stops with a panic where one is dropped within
/// another, as it is where the system gives no thread for it.
pub(super) struct Droppable(Option<Runtime>);

impl Droppable {
    pub(super) fn new(runtime: Runtime) -> Droppable {
        Droppable(Some(runtime))
    }

    /// The runtime, which is there until this is dropped.
    pub(super) fn get(&self) -> Option<&Runtime> {
        self.0.as_ref()
    }
}

impl Drop for Droppable {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A runtime of one thread, with time and sockets.
pub(super) fn runtime() -> Result<Runtime, Error> {
    room_for_a_runtime().map_err(Error::Runtime)?;
    Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)
}
