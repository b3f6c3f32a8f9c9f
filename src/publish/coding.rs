//! Content codings (RFC 9110 §8.4.1).

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{GzDecoder, GzEncoder};
use std::io::Write;

/// A way in which a body is coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    #[default]
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Coding {
    /// Its name in Accept-Encoding and Content-Encoding.
    pub fn as_str(self) -> &'static str {
        match self {
            Coding::Identity => "identity",
            Coding::Gzip => "gzip",
            Coding::Brotli => "br",
        }
    }
}

/// The gzip form; no file name or time in its header, so the same bytes each time.
pub(super) fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    let written = encoder.write_all(body).and_then(|()| encoder.finish());
    // Writing to memory cannot fail; if it did, the uncompressed body would be served.
    exact(written.unwrap_or_else(|_| body.to_vec()))
}

/// What has that gzip form.
pub(super) fn gunzip(coded: &[u8]) -> Bytes {
    let mut decoder = GzDecoder::new(Vec::new());
    let written = decoder.write_all(coded).and_then(|()| decoder.finish());
    exact(written.unwrap_or_default())
}

/// The brotli form at a level that takes less than a millisecond a page.
pub(super) fn brotli(body: &[u8]) -> Bytes {
    brotli_at(body, 5, 18)
}

/// The shortest brotli form.
pub(super) fn best_brotli(body: &[u8]) -> Bytes {
    brotli_at(body, 11, 22)
}

fn brotli_at(body: &[u8], quality: i32, lgwin: i32) -> Bytes {
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin, ..Default::default() };
    let mut coded = Vec::new();
    match brotli::BrotliCompress(&mut &body[..], &mut coded, &params) {
        Ok(_) => exact(coded),
        Err(_) => Bytes::copy_from_slice(body),
    }
}

/// Without the room that a text was given to grow: megabytes in all.
pub(super) fn exact(bytes: Vec<u8>) -> Bytes {
    Bytes::from(bytes.into_boxed_slice())
}
