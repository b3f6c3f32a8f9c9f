//! Content codings (RFC 9110 §8.4.1).

use std::io::Write;

/// A way in which a body is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
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
pub(super) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    let written = encoder.write_all(body).and_then(|()| encoder.finish());
    // Writing to memory cannot fail; if it did, the uncompressed body would be served.
    written.unwrap_or_else(|_| body.to_vec())
}

/// The brotli form at a level that takes less than a millisecond a page.
pub(super) fn brotli(body: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    let mut coded = Vec::new();
    match brotli::BrotliCompress(&mut &body[..], &mut coded, &params) {
        Ok(_) => coded,
        Err(_) => body.to_vec(),
    }
}
