//! An upstream on loopback that answers as it is told to, well or badly, and tells what it was
//! asked.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The most that an endless answer sends before it gives up: 100 MB.
pub(crate) const ENDLESS: u64 = 100_000_000;

/// What a path answers with.
#[derive(Clone)]
pub(crate) enum Play {
    /// These bytes, head and all, then the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, then silence until the client goes.
    Silence(Vec<u8>),
    /// The head, then the piece again and again, with a pause between, until the client goes.
    Endless { head: Vec<u8>, piece: Vec<u8>, pause: Duration },
    /// 304 to whoever names the ETag, else the other.
    Tagged(String, Box<Play>),
}

impl Play {
    /// 200 with a body and its length.
    pub(crate) fn ok(content_type: &str, body: impl AsRef<[u8]>) -> Play {
        Play::response("200 OK", &[("Content-Type", content_type)], body)
    }

    /// A whole response, with Content-Length.
    pub(crate) fn response(status: &str, fields: &[(&str, &str)], body: impl AsRef<[u8]>) -> Play {
        let body = body.as_ref();
        let length = body.len().to_string();
        let fields = [fields, &[("Content-Length", length.as_str())]].concat();
        Play::Bytes([head(status, &fields).as_slice(), body].concat())
    }

    /// A redirect.
    pub(crate) fn redirect(status: &str, location: &str) -> Play {
        Play::response(status, &[("Location", location)], "moved")
    }

    /// 200 with an ETag, and 304 to whoever has it.
    pub(crate) fn tagged(etag: &str, content_type: &str, body: impl AsRef<[u8]>) -> Play {
        let fields = [("Content-Type", content_type), ("ETag", etag)];
        Play::Tagged(etag.to_owned(), Box::new(Play::response("200 OK", &fields, body)))
    }
}

/// A status line and fields, with the empty line after them.
pub(crate) fn head(status: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let fields: String =
        fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\n{fields}\r\n").into_bytes()
}

/// One request, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// `/<host><path>?<query>`.
    pub(crate) path: String,
    text: String,
}

impl Request {
    /// A field's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let fields = self.text.lines().skip(1).filter_map(|line| line.split_once(": "));
        fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// The server; it ends when this is dropped.
pub(crate) struct Upstream {
    pub(crate) address: SocketAddr,
    stage: Arc<Stage>,
}

/// What its threads share.
#[derive(Default)]
struct Stage {
    plays: Mutex<BTreeMap<String, Play>>,
    requests: Mutex<Vec<Request>>,
    written: AtomicU64,
    is_over: AtomicBool,
}

impl Upstream {
    /// Listens, and answers each path, `/<host><path>?<query>`, with its play and others with 404.
    pub(crate) fn start<'a>(plays: impl IntoIterator<Item = (&'a str, Play)>) -> Upstream {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let upstream =
            Upstream { address: listener.local_addr().unwrap(), stage: Arc::new(Stage::default()) };
        for (path, play) in plays {
            upstream.play(path, play);
        }
        let stage = Arc::clone(&upstream.stage);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stage.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let stage = Arc::clone(&stage);
                // A client that goes away is what many a test is about.
                thread::spawn(move || stage.serve(stream.unwrap()).unwrap_or_default());
            }
        });
        upstream
    }

    /// From now on the path answers so.
    pub(crate) fn play(&self, path: &str, play: Play) {
        lock(&self.stage.plays).insert(path.to_owned(), play);
    }

    /// Every request so far, in order.
    pub(crate) fn requests(&self) -> Vec<Request> {
        lock(&self.stage.requests).clone()
    }

    /// The paths of every request so far, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.path).collect()
    }

    /// How many bytes the system took off its hands.
    pub(crate) fn written(&self) -> u64 {
        self.stage.written.load(Ordering::SeqCst)
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.stage.is_over.store(true, Ordering::SeqCst);
        // Wakes whoever waits for the next connection.
        let _ = TcpStream::connect(self.address);
    }
}

impl Stage {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let request = read_request(&mut stream)?;
        let play = lock(&self.plays).get(&request.path).cloned();
        let play = play.unwrap_or_else(|| Play::response("404 Not Found", &[], "no play"));
        let condition = request.header("if-none-match").map(str::to_owned);
        lock(&self.requests).push(request);
        self.perform(play, condition.as_deref(), &mut stream)
    }

    fn perform(
        &self,
        play: Play,
        condition: Option<&str>,
        stream: &mut TcpStream,
    ) -> std::io::Result<()> {
        match play {
            Play::Bytes(bytes) => self.write(stream, &bytes),
            Play::Silence(bytes) => {
                self.write(stream, &bytes)?;
                while stream.read(&mut [0; 64])? > 0 {}
                Ok(())
            }
            Play::Endless { head, piece, pause } => {
                self.write(stream, &head)?;
                stream.set_read_timeout(Some(pause).filter(|pause| !pause.is_zero()))?;
                while self.written.load(Ordering::SeqCst) < ENDLESS {
                    self.write(stream, &piece)?;
                    if !pause.is_zero() && is_gone(stream) {
                        break;
                    }
                }
                Ok(())
            }
            Play::Tagged(etag, _) if condition == Some(&etag) => {
                self.write(stream, &head("304 Not Modified", &[("ETag", &etag)]))
            }
            Play::Tagged(_, play) => self.perform(*play, condition, stream),
        }
    }

    fn write(&self, stream: &mut TcpStream, mut bytes: &[u8]) -> std::io::Result<()> {
        while !bytes.is_empty() {
            let written = stream.write(bytes)?;
            self.written.fetch_add(written as u64, Ordering::SeqCst);
            bytes = &bytes[written..];
        }
        Ok(())
    }
}

/// Waits for the pause that is set, and tells whether the client went meanwhile.
fn is_gone(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 64]) {
        Ok(bytes) => bytes == 0,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}

fn read_request(stream: &mut TcpStream) -> std::io::Result<Request> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        bytes.extend(byte);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
    Ok(Request { path, text })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
