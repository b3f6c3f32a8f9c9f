//! The threads that answer: one for each processor, with a socket of its own on the one address.
//!
//! The system gives each new connection to one of the sockets (SO_REUSEPORT), and all of a
//! connection's requests are answered on that thread: none waits for a lock or is handed on.

use super::accept::{Answer, accept};
use super::limits::Limits;
use super::tally::Tally;
use crate::error::Error;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::Service;
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::net::TcpSocket;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tracing::error;

/// Connections that may wait to be accepted, for each socket: as many as the system allows.
const BACKLOG: u32 = 4096;

/// Takes the address, with a socket for each thread that is to answer.
///
/// # Errors
/// The system does not let it listen there, because another program does.
pub fn listen(address: SocketAddr) -> Result<Vec<TcpListener>, Error> {
    let failed = |source| Error::Listen { address, source };
    // A socket that may share its address would share it with another Convene, too.
    let address = TcpListener::bind(address).and_then(|own| own.local_addr()).map_err(failed)?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    // A socket is made within a runtime, whichever.
    let runtime = runtime()?;
    let _entered = runtime.enter();
    (0..threads).map(|_| shared(address)).collect::<io::Result<_>>().map_err(failed)
}

/// A socket that shares the address with others of this program.
fn shared(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    #[cfg(unix)]
    socket.set_reuseport(true)?;
    // Its connections have it from their socket: a response goes out at once, in one piece.
    socket.set_nodelay(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}

/// Answers on each socket, on a thread of its own, until `stop` says so; then open requests end.
///
/// # Errors
/// A thread or a runtime that the system does not give.
pub(super) fn start<S>(
    listeners: Vec<TcpListener>,
    service: &S,
    tally: &Arc<Tally>,
    stop: &watch::Receiver<bool>,
) -> Result<Vec<JoinHandle<()>>, Error>
where
    S: Service<Request<Incoming>, Response = Answer, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    let limits = Limits::of_threads(listeners.len());
    let one = |listener| -> Result<JoinHandle<()>, Error> {
        let (runtime, service, mut stop) = (runtime()?, service.clone(), stop.clone());
        let (limits, tally) = (limits.clone(), Arc::clone(tally));
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(Error::Runtime)?
        };
        let work = move || {
            let stopped = async move {
                // Where nobody is left who could say so, it is time, too.
                let _ = stop.wait_for(|stopped| *stopped).await;
            };
            runtime.block_on(accept(listener, service, limits, &tally, stopped));
        };
        thread::Builder::new().name("answer".to_owned()).spawn(work).map_err(Error::Runtime)
    };
    listeners.into_iter().map(one).collect()
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

fn runtime() -> Result<Runtime, Error> {
    Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn a_response_is_never_held_back_for_more_to_send() {
        let listeners = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = listeners.first().unwrap();
        // Of several sockets on one address the system chooses.
        for _ in 0..100 {
            let _client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            if let Ok((server, _)) = listener.accept() {
                assert!(server.nodelay().unwrap());
                return;
            }
        }
        panic!("no connection came to the first socket");
    }
}
