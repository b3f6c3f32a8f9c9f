//! Any bytes that a client sends are answered, without a failure of the server's own.

use super::sample::{FILES, now};
use convene::clock::Clock;
use convene::intake::Intake;
use convene::serve::{Start, listen, run};
use std::future::pending;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

/// The bytes are what a client sends, before it says that it sends no more.
pub fn holds(bytes: &[u8]) {
    static SERVER: OnceLock<SocketAddr> = OnceLock::new();
    let address = SERVER.get_or_init(start);
    let answer = ask(*address, bytes).unwrap_or_default();
    if let Some(status) = answer.strip_prefix(b"HTTP/1.1 ").or(answer.strip_prefix(b"HTTP/1.0 ")) {
        assert!(!status.starts_with(b"5"), "{}", String::from_utf8_lossy(&answer));
    }
    let good = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let answer = ask(*address, good).unwrap_or_default();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "the next client is answered");
}

fn ask(address: SocketAddr, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(bytes)?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    // A connection that is reset was answered by that.
    let _ = stream.read_to_end(&mut answer);
    Ok(answer)
}

/// A server of the sample, which runs as long as the process does.
fn start() -> SocketAddr {
    let folder = std::env::temp_dir().join(format!("convene-fuzz-{}", std::process::id()));
    for (path, text) in FILES {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&folder)).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    let mut intake = Intake::new(&folder);
    let taken = intake.load().expect("a folder");
    let (community, revision) = (taken.community.expect("no mistakes"), taken.revision);
    let sockets = listen(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a socket");
    let address = sockets[0].address().expect("an address");
    let clock = Clock::Fixed(now());
    let (trouble, keeper, collecting) = (None, None, None);
    let start = Start { folder, intake, community, revision, trouble, keeper, clock, collecting };
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let _ = runtime.expect("a runtime").block_on(run(sockets, start, pending::<()>()));
    });
    address
}
