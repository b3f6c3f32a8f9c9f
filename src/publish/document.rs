//! A body in every coding, ready to be sent.

use super::Coding;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::fmt;

/// The shortest body that is compressed, in bytes: a shorter one is a packet either way.
const WORTH_COMPRESSING: usize = 1300;

/// A body with its media type and, where that pays, its compressed forms.
#[derive(Clone, Debug)]
pub struct Document {
    media_type: &'static str,
    etag: ETag,
    modified: Option<DateTime<Utc>>,
    body: Bytes,
    gzip: Option<Bytes>,
    br: Option<Bytes>,
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

    /// The entity tag of a coding, with its quotes.
    pub fn quoted(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => ["\"", self.as_str(), "\""].concat(),
            coding => ["\"", self.as_str(), "-", coding.as_str(), "\""].concat(),
        }
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Document {
    /// A document that is not compressed yet.
    pub fn new(media_type: &'static str, text: String) -> Document {
        let etag = ETag::of(text.as_bytes());
        let body = exact(text.into_bytes());
        Document { media_type, etag, modified: None, body, gzip: None, br: None }
    }

    /// The same, compressed: for what is made when it is asked for.
    pub fn compressed(media_type: &'static str, text: String) -> Document {
        let mut document = Document::new(media_type, text);
        document.compress();
        document
    }

    /// The media type, as Content-Type has it.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// What identifies the bytes.
    pub fn etag(&self) -> &ETag {
        &self.etag
    }

    /// When these bytes came to be served at their path, in whole seconds (RFC 9110 §8.8.2); none
    /// for what nobody serves, or not by the clock.
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        self.modified
    }

    /// The body as it is.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body in that coding, where it has been made: where that pays.
    pub fn coded(&self, coding: Coding) -> Option<&Bytes> {
        match coding {
            Coding::Identity => Some(&self.body),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli => self.br.as_ref(),
        }
    }

    /// The bytes of all codings together.
    pub fn size(&self) -> usize {
        let coded = [Some(&self.body), self.gzip.as_ref(), self.br.as_ref()];
        coded.into_iter().flatten().map(Bytes::len).sum()
    }

    /// Dates it for a server: by `now`, and later than what was served at its path before it.
    pub(super) fn date(&mut self, now: DateTime<Utc>, before: Option<&Document>) {
        let second = DateTime::from_timestamp(now.timestamp(), 0);
        let before = before.and_then(Document::modified);
        let next = before.map(|moment| moment + TimeDelta::seconds(1));
        self.modified = second.max(next);
    }

    pub(super) fn compress(&mut self) {
        if self.body.len() < WORTH_COMPRESSING {
            return;
        }
        let shorter = |bytes: Vec<u8>| (bytes.len() < self.body.len()).then(|| exact(bytes));
        self.gzip = shorter(super::coding::gzip(&self.body));
        self.br = shorter(super::coding::brotli(&self.body));
    }
}

/// The digit of a value below 16.
fn hex_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

/// Without the room that a text was given to grow: megabytes in all.
fn exact(bytes: Vec<u8>) -> Bytes {
    Bytes::from(bytes.into_boxed_slice())
}
