//! The accept loop of one thread.
//!
//! A client may be slow or never say a word, at each of its steps; what it may take is in `limits`.
//! Whoever sees a step tells the connection's pulse, and the loop looks at all pulses in rounds. The
//! HTTP library's own timer would be set and stopped for each request, which costs a twentieth of one.

use super::connections::Connections;
use super::ending::{Ending, Told};
use super::limits::{Crowd, Limits};
use super::pulse::Pulse;
use super::stream::Stream;
use super::tally::{Asked, Tally};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tracing::{debug, warn};

/// A response with bytes that are there already, or one of axum's.
pub(super) type Answer = Response<Either<Full<Bytes>, Body>>;

/// How long a stop waits for responses under way.
pub(super) const STOP_LIMIT: Duration = Duration::from_secs(10);

/// How long to wait where the system does not give another connection.
const RETRY: Duration = Duration::from_millis(50);

/// The bytes of a request's head at the most: what proxies send is shorter, cookies included.
const HEAD_BYTES: usize = 16 * 1024;

/// The header fields of a request at the most.
const HEADER_FIELDS: usize = 64;

/// Accepts connections until `stop` is done, then lets open requests end, within a limit.
///
/// Who still waits with the system then is let in too, unless somebody else holds the socket, who has
/// another program answer.
pub(super) async fn accept<S>(
    listener: TcpListener,
    is_held: bool,
    service: S,
    limits: Limits,
    tally: &Arc<Tally>,
    stop: impl Future<Output = ()>,
) where
    S: Service<Request<Incoming>, Response = Answer, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    let (http, ending) = (http(), Ending::new());
    let mut connections = Connections::default();
    let mut crowd = Crowd::default();
    let mut door = Door::new(listener, limits.connections);
    let serve = |(tcp, place): (TcpStream, OwnedSemaphorePermit)| {
        let pulse = Arc::new(Pulse::new());
        let stream = Stream { tcp, pulse: Arc::clone(&pulse) };
        let told = ending.told();
        let service = telling(&pulse, &told, service.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let (of_connection, limits) = (Arc::clone(&pulse), limits.clone());
        let counted = (Arc::clone(tally), tally.accepted());
        let task = tokio::spawn(async move {
            if let Err(error) = told.last(connection, &of_connection, &limits).await {
                unread(&counted.0, &error);
                debug!(%error, "connection ended early: {error}");
            }
            drop((place, counted));
        });
        (pulse, task.abort_handle())
    };
    let mut rounds = interval(limits.round);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            came = door.next() => {
                let (pulse, task) = serve(came);
                connections.add(pulse, task);
            }
            _ = rounds.tick() => connections.round(&limits, crowd.room(door.free(), &limits), tally),
            () = &mut stop => break,
        }
    }
    let (waiting, listener) = if is_held { (Vec::new(), None) } else { door.last() };
    waiting.into_iter().for_each(|came| drop(serve(came)));
    // Open connections are told before the port is closed: once a client is refused, every response
    // says that its connection ends.
    let ended = ending.begin();
    drop(listener);
    if timeout(STOP_LIMIT, ended).await.is_err() {
        warn!("stopping: the connections that are still open are cut");
    }
}

/// HTTP/1.1 as it is spoken here; too large a head is answered with 431, and who
/// says with a request that it sends no more is answered all the same (RFC 9112 §9.6).
fn http() -> Builder {
    let mut http = Builder::new();
    http.max_header_size(HEAD_BYTES).max_headers(HEADER_FIELDS).header_read_timeout(None);
    http.half_close(true);
    http
}

/// Counts what the HTTP library has answered by itself: that it cannot read a request.
fn unread(tally: &Tally, error: &hyper::Error) {
    let status = match error {
        error if error.is_parse_too_large() => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        // Who speaks HTTP/2 is not answered.
        error if error.is_parse() && !error.is_parse_version_h2() => StatusCode::BAD_REQUEST,
        _ => return,
    };
    tally.answered(Asked::UNREAD, status);
}

/// The service of one connection, whose pulse it tells that a request has come, and whose client it
/// tells when the connection ends.
fn telling<S>(
    pulse: &Arc<Pulse>,
    told: &Told,
    service: S,
) -> impl Service<Request<Incoming>, Response = Answer, Error = Infallible, Future: Send> + use<S>
where
    S: Service<Request<Incoming>, Response = Answer, Error = Infallible>,
    S::Future: Send,
{
    let (pulse, told) = (Arc::clone(pulse), told.clone());
    service_fn(move |request| {
        pulse.asked();
        let (answer, told) = (service.call(request), told.clone());
        async move { answer.await.map(|answer| told.say(answer)) }
    })
}

/// Where connections come in, as long as there is room for them.
struct Door {
    listener: TcpListener,
    places: Arc<Semaphore>,
    /// Whether the system has not given any of late.
    is_failing: bool,
}

impl Door {
    fn new(listener: TcpListener, places: usize) -> Door {
        Door { listener, places: Arc::new(Semaphore::new(places)), is_failing: false }
    }

    /// How many places are free.
    fn free(&self) -> usize {
        self.places.available_permits()
    }

    /// The next connection, and its place among those that may be open. While there is none, others
    /// wait with the system. Any failure is another client's or passes.
    async fn next(&mut self) -> (TcpStream, OwnedSemaphorePermit) {
        loop {
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                // It is never closed.
                return std::future::pending().await;
            };
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    self.is_failing = false;
                    return (stream, place);
                }
                Err(error) if is_of_client(&error) => debug!(%error, "connection lost: {error}"),
                Err(error) => {
                    if !self.is_failing {
                        warn!(%error, "cannot accept connections, trying on: {error}");
                    }
                    self.is_failing = true;
                    sleep(RETRY).await;
                }
            }
        }
    }

    /// Those who wait with the system and for whom there is room, and the socket, still open.
    fn last(self) -> (Vec<(TcpStream, OwnedSemaphorePermit)>, Option<std::net::TcpListener>) {
        // Asked for itself, the system knows of those who came just now, too.
        let (listener, mut waiting) = (self.listener.into_std().ok(), Vec::new());
        while let Ok(place) = Arc::clone(&self.places).try_acquire_owned()
            && let Some(Ok((stream, _))) = listener.as_ref().map(std::net::TcpListener::accept)
        {
            let stream = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream));
            waiting.extend(stream.ok().map(|stream| (stream, place)));
        }
        (waiting, listener)
    }
}

/// Whether only the one connection is lost.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::thread;
    use tokio::sync::oneshot;
    use tokio::task::spawn_blocking;

    /// More than the system holds for a client that does not read.
    const LARGE: usize = 64 << 20;

    /// Far longer than anything should take, on a machine that is busy with other things.
    const PATIENCE: Duration = Duration::from_secs(30);

    const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    const GET_LARGE: &[u8] = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n";

    /// So much time that it never is up, for the limits that a test is not about.
    const AMPLE: Duration = Duration::from_secs(3600);
    const SHORT: Duration = Duration::from_millis(100);

    const LIMITS: Limits = Limits {
        connections: 8,
        head: AMPLE,
        taking: AMPLE,
        next: AMPLE,
        last_call: Duration::ZERO,
        first_call: Duration::ZERO,
        round: Duration::from_millis(10),
    };

    async fn answer(request: Request<Incoming>) -> Result<Answer, Infallible> {
        let length = if request.uri().path() == "/large" { LARGE } else { 2 };
        Ok(Response::new(Either::Left(Full::new(Bytes::from(vec![b'x'; length])))))
    }

    /// Lets the clients do what they do while the loop runs, then stops it.
    async fn serving(limits: Limits, clients: impl FnOnce(SocketAddr) + Send + 'static) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async move {
            let _ = stopped.await;
        };
        let server = tokio::spawn(async move {
            accept(listener, false, service_fn(answer), limits, &Arc::default(), stopped).await;
        });
        spawn_blocking(move || clients(address)).await.unwrap();
        drop(stop);
        timeout(PATIENCE, server).await.unwrap().unwrap();
    }

    fn sending(address: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut client = TcpStream::connect(address).unwrap();
        client.set_read_timeout(Some(PATIENCE)).unwrap();
        client.write_all(bytes).unwrap();
        client
    }

    fn is_answered(client: &mut TcpStream) {
        let (mut answer, mut byte) = (Vec::new(), [0]);
        while !answer.ends_with(b"\r\n\r\nxx") {
            client.read_exact(&mut byte).unwrap();
            answer.extend(byte);
        }
    }

    /// How many bytes there are before the server ends the connection, in whatever way.
    fn bytes_left(client: &mut TcpStream) -> usize {
        let (mut read, mut buffer) = (0, vec![0; 1 << 20]);
        loop {
            match client.read(&mut buffer) {
                Ok(0) => return read,
                Ok(some) => read += some,
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return read,
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[tokio::test]
    async fn a_client_that_never_says_a_word_is_cut() {
        serving(Limits { head: SHORT, ..LIMITS }, |address| {
            assert_eq!(bytes_left(&mut sending(address, b"")), 0);
        })
        .await;
    }

    #[tokio::test]
    async fn a_client_that_sends_its_head_byte_by_byte_is_cut() {
        serving(Limits { head: SHORT, ..LIMITS }, |address| {
            let mut client = sending(address, b"GET /");
            // The server gives up, not the client.
            while client.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(1));
            }
        })
        .await;
    }

    #[tokio::test]
    async fn a_connection_is_kept_for_another_request_and_not_for_ever() {
        serving(Limits { next: SHORT, ..LIMITS }, |address| {
            let mut client = sending(address, &[GET, GET].concat());
            is_answered(&mut client);
            is_answered(&mut client);
            assert_eq!(bytes_left(&mut client), 0);
        })
        .await;
    }

    #[tokio::test]
    async fn a_client_that_does_not_take_its_answer_gives_way_to_the_next() {
        serving(Limits { connections: 1, taking: SHORT, ..LIMITS }, |address| {
            let mut stuck = sending(address, GET_LARGE);
            is_answered(&mut sending(address, GET));
            assert!(bytes_left(&mut stuck) < LARGE);
        })
        .await;
    }

    #[tokio::test]
    async fn a_client_that_takes_its_answer_gets_all_of_it() {
        serving(LIMITS, |address| {
            let mut client = sending(address, GET_LARGE);
            client.read_exact(&mut vec![0; LARGE]).unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn where_all_places_are_taken_others_wait_for_one() {
        serving(Limits { connections: 1, ..LIMITS }, |address| {
            let first = sending(address, b"GET / HT");
            let mut second = sending(address, GET);
            second.set_read_timeout(Some(SHORT)).unwrap();
            assert_eq!(second.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
            second.set_read_timeout(Some(PATIENCE)).unwrap();
            drop(first);
            is_answered(&mut second);
        })
        .await;
    }

    #[tokio::test]
    async fn where_all_places_are_taken_an_idle_connection_gives_way() {
        serving(Limits { connections: 1, ..LIMITS }, |address| {
            let mut first = sending(address, GET);
            is_answered(&mut first);
            is_answered(&mut sending(address, GET));
        })
        .await;
    }
    #[tokio::test]
    async fn a_client_may_ask_once_more_after_the_end_has_begun() {
        let limits = Limits { last_call: AMPLE, first_call: AMPLE, ..LIMITS };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async move {
            let _ = stopped.await;
        };
        let server = tokio::spawn(async move {
            accept(listener, false, service_fn(answer), limits, &Arc::default(), stopped).await;
        });
        let clients = spawn_blocking(move || {
            let mut idle = sending(address, GET);
            is_answered(&mut idle);
            // Whether it is let in or still waits with the system.
            let mut new = sending(address, b"");
            drop(stop);
            while TcpStream::connect(address).is_ok() {
                thread::sleep(Duration::from_millis(1));
            }
            for client in [&mut idle, &mut new] {
                client.write_all(GET).unwrap();
                let mut text = String::new();
                client.read_to_string(&mut text).unwrap();
                assert!(text.contains("\r\nconnection: close\r\n"), "{text}");
                assert!(text.ends_with("\r\n\r\nxx"), "{text}");
            }
        });
        clients.await.unwrap();
        // The clients that only looked whether they are let in have gone.
        timeout(PATIENCE, server).await.unwrap().unwrap();
    }
}
