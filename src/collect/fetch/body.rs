//! An answer's content, out of its coding and never more of it than is asked for.

use super::Reason;
use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_ENCODING, HeaderMap};
use std::io::{self, Write};

/// The most bytes of an answer that are read, and the most that are kept, where nothing else is said:
/// 2 MiB.
pub(super) const MOST_BYTES: usize = 2 << 20;

/// Reads an answer's content of at most `most` bytes.
///
/// # Errors
/// Content that is empty, too large, in another coding, or that breaks off.
pub(super) async fn read(
    headers: &HeaderMap,
    mut body: Incoming,
    most: usize,
) -> Result<Vec<u8>, Reason> {
    let mut decoder = Decoder::new(headers, most)?;
    if body.size_hint().lower() > most as u64 {
        return Err(Reason::TooLarge);
    }
    let mut received = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Reason::Http(cause(&error)))?;
        // What is not content is trailers, which say nothing of use.
        let Ok(bytes) = frame.into_data() else { continue };
        received += bytes.len();
        if received > most {
            return Err(Reason::TooLarge);
        }
        decoder.write(&bytes)?;
    }
    match decoder.finish()? {
        bytes if bytes.is_empty() => Err(Reason::Empty),
        bytes => Ok(bytes),
    }
}

/// What an error is about, with what it came from: `error reading a body: end of file`.
pub(super) fn cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", cause(source)),
        None => error.to_string(),
    }
}

/// Takes content out of its coding.
enum Decoder {
    Identity(Kept),
    Gzip(Box<MultiGzDecoder<Kept>>),
}

impl Decoder {
    /// The decoder of what the fields say (RFC 9110 §8.4); gzip is all that is asked for.
    fn new(headers: &HeaderMap, most: usize) -> Result<Decoder, Reason> {
        let mut codings = headers.get_all(CONTENT_ENCODING).iter();
        let (coding, more) = (codings.next(), codings.next());
        let coding = coding.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let coding = coding.unwrap_or_default().trim().to_ascii_lowercase();
        let kept = Kept { most, ..Kept::default() };
        match coding.as_str() {
            "" | "identity" if more.is_none() => Ok(Decoder::Identity(kept)),
            "gzip" | "x-gzip" if more.is_none() => {
                Ok(Decoder::Gzip(Box::new(MultiGzDecoder::new(kept))))
            }
            _ => Err(Reason::Coding("only gzip was asked for".to_owned())),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Reason> {
        let (written, kept) = match self {
            Decoder::Identity(kept) => (kept.write_all(bytes), kept),
            Decoder::Gzip(gzip) => (gzip.write_all(bytes), gzip.get_mut()),
        };
        written.map_err(|error| kept.reason(&error))
    }

    fn finish(self) -> Result<Vec<u8>, Reason> {
        match self {
            Decoder::Identity(kept) => Ok(kept.bytes),
            Decoder::Gzip(mut gzip) => {
                let finished = gzip.try_finish();
                finished.map_err(|error| gzip.get_mut().reason(&error))?;
                Ok(std::mem::take(&mut gzip.get_mut().bytes))
            }
        }
    }
}

/// Decoded bytes, up to the most that are kept.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    most: usize,
    is_full: bool,
}

impl Kept {
    /// Why writing failed: too much, or no gzip.
    fn reason(&self, error: &io::Error) -> Reason {
        if self.is_full { Reason::TooLarge } else { Reason::Coding(error.to_string()) }
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
