//! A body in every coding, ready to be sent.

use super::Coding;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::fmt;

/// A body with its media type and, where that pays, its compressed forms.
#[derive(Clone, Debug)]
pub struct Document {
    media_type: &'static str,
    etag: ETag,
    body: Bytes,
    gzip: Option<Bytes>,
    br: Option<Bytes>,
}

/// Identifies the bytes of a document (RFC 9110 §8.8.3): half of their SHA-256, in hexadecimal,
/// without the quotes.
///
/// The entity tag of a compressed form has `-gzip` or `-br` after it, since its bytes differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ETag(String);

impl ETag {
    fn of(body: &[u8]) -> ETag {
        let digest = Sha256::digest(body);
        ETag(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }

    /// The entity tag of a coding, with its quotes.
    pub fn quoted(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => format!("\"{self}\""),
            coding => format!("\"{self}-{}\"", coding.as_str()),
        }
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Document {
    /// A document that is not compressed yet.
    pub fn new(media_type: &'static str, text: String) -> Document {
        let etag = ETag::of(text.as_bytes());
        Document { media_type, etag, body: exact(text.into_bytes()), gzip: None, br: None }
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

    /// The body in that coding, where it has been made and is shorter.
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

    pub(super) fn compress(&mut self) {
        let shorter = |bytes: Vec<u8>| (bytes.len() < self.body.len()).then(|| exact(bytes));
        self.gzip = shorter(super::coding::gzip(&self.body));
        self.br = shorter(super::coding::brotli(&self.body));
    }
}

/// Without the room that a text was given to grow: megabytes in all.
fn exact(bytes: Vec<u8>) -> Bytes {
    Bytes::from(bytes.into_boxed_slice())
}
