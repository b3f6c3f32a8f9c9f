//! The sockets on which connections come in: one for each thread that answers.
//!
//! Either the program takes an address itself, or whoever started it holds the socket and passes it
//! on, as systemd does (`sd_listen_fds(3)`). Such a socket outlives the program: who connects while one
//! program ends and the next starts waits with the system, and is answered by the next.

use super::workers::runtime;
use crate::error::Error;
use listenfd::ListenFd;
#[cfg(target_os = "linux")]
use socket2::SockRef;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;
use tokio::net::TcpSocket;
#[cfg(target_os = "linux")]
use tracing::warn;

/// Connections that may wait to be accepted, for each socket: as many as the system allows.
const BACKLOG: u16 = 4096;

/// Bytes of an answer that the system may hold beyond those that are on their way: more than most
/// documents have in all.
#[cfg(target_os = "linux")]
const HELD: u32 = 128 * 1024;

/// A listening socket.
pub struct Socket {
    pub(super) listener: TcpListener,
    /// Whether somebody else holds it too, who listens on when this program has ended.
    pub(super) is_held: bool,
}

impl Socket {
    /// Where it listens; none where the system does not say.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }
}

/// Takes the address, with a socket for each thread that is to answer.
///
/// # Errors
/// The system does not let it listen there, because another program does.
pub fn listen(address: SocketAddr) -> Result<Vec<Socket>, Error> {
    let failed = |source| Error::Listen { address, source };
    // A socket that may share its address would share it with another Convene, too.
    let address = TcpListener::bind(address).and_then(|own| own.local_addr()).map_err(failed)?;
    // A socket is made within a runtime, whichever.
    let runtime = runtime()?;
    let _entered = runtime.enter();
    let own = |listener| Socket { listener, is_held: false };
    let all = (0..threads()).map(|_| shared(address).map(own));
    all.collect::<io::Result<_>>().map_err(failed)
}

/// The sockets that whoever started the program passed on to it, each for its share of the threads
/// that are to answer; none where nothing was passed.
///
/// # Errors
/// What was passed is no TCP socket.
pub fn passed() -> Result<Option<Vec<Socket>>, Error> {
    let mut descriptors = ListenFd::from_env();
    let count = descriptors.len();
    if count == 0 {
        return Ok(None);
    }
    let mut all = Vec::new();
    for place in 0..count {
        let listener = descriptors.take_tcp_listener(place).map_err(Error::Passed)?;
        let Some(listener) = listener else { continue };
        prepare(&listener).map_err(Error::Passed)?;
        for _ in 0..threads().div_ceil(count) {
            let listener = listener.try_clone().map_err(Error::Passed)?;
            all.push(Socket { listener, is_held: true });
        }
    }
    Ok(Some(all))
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
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
    socket.listen(u32::from(BACKLOG))?.into_std()
}

/// Makes a socket that was passed such as ours are.
fn prepare(listener: &TcpListener) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    #[cfg(unix)]
    {
        rustix::net::sockopt::set_tcp_nodelay(listener, true)?;
        // One that listens already goes on to, and whoever waits there stays.
        rustix::net::listen(listener, i32::from(BACKLOG))?;
    }
    Ok(())
}

/// Bounds what the system holds of an answer for a client that takes nothing, and for how long: what
/// it holds is done with as far as this program sees, and lies outside its own memory.
///
/// The connections have both from their socket. Without it they only last longer and take more room.
#[cfg(target_os = "linux")]
pub(super) fn hold_little(listener: &TcpListener, limit: Duration) {
    let socket = SockRef::from(listener);
    let bounded = socket.set_tcp_user_timeout(Some(limit));
    if let Err(error) = bounded.and_then(|()| socket.set_tcp_notsent_lowat(HELD)) {
        warn!("clients that take nothing of an answer keep their connections for longer: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn hold_little(_: &TcpListener, _: Duration) {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn a_response_is_never_held_back_for_more_to_send() {
        let sockets = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let first = sockets.first().unwrap();
        // Of several sockets on one address the system chooses.
        for _ in 0..100 {
            let _client = TcpStream::connect(first.address().unwrap()).unwrap();
            if let Ok((server, _)) = first.listener.accept() {
                assert!(server.nodelay().unwrap());
                return;
            }
        }
        panic!("no connection came to the first socket");
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_that_was_passed_is_made_as_ours_are() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let waiting = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        prepare(&listener).unwrap();
        let (_, client) = listener.accept().unwrap();
        assert_eq!(client, waiting.local_addr().unwrap());
        let _next = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        assert!(server.nodelay().unwrap());
        assert_eq!(listener.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }
}
