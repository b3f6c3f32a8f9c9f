//! A body as it was rendered, and what identifies it.

use super::coding::{Coding, exact};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::fmt;

/// A body with its media type.
#[derive(Clone, Debug)]
pub struct Document {
    media_type: &'static str,
    etag: ETag,
    body: Bytes,
}

/// Identifies the bytes of a document (RFC 9110 §8.8.3): half of their SHA-256, in hexadecimal,
/// without the quotes.
///
/// The entity tag of a compressed form has `-gzip` or `-br` after it, since its bytes differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ETag([u8; ETag::LENGTH]);

impl ETag {
    const LENGTH: usize = 32;

    fn of(body: &[u8]) -> ETag {
        let mut text = [0; ETag::LENGTH];
        for (digits, byte) in text.chunks_exact_mut(2).zip(Sha256::digest(body)) {
            digits.copy_from_slice(&[hex_digit(byte >> 4), hex_digit(byte & 15)]);
        }
        ETag(text)
    }

    /// Its text: 32 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The entity tag of a coding, with its quotes; that of brotli is weak (RFC 9110 §8.8.1), since its
    /// bytes are others once there was time to make them few.
    pub fn quoted(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => ["\"", self.as_str(), "\""].concat(),
            Coding::Gzip => ["\"", self.as_str(), "-gzip\""].concat(),
            Coding::Brotli => ["W/\"", self.as_str(), "-br\""].concat(),
        }
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Document {
    /// A document of that text.
    pub fn new(media_type: &'static str, text: String) -> Document {
        let etag = ETag::of(text.as_bytes());
        Document { media_type, etag, body: exact(text.into_bytes()) }
    }

    /// The media type, as Content-Type has it.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// What identifies the bytes.
    pub fn etag(&self) -> &ETag {
        &self.etag
    }

    /// The body as it is.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

/// The digit of a value below 16.
fn hex_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}
