//! What an address answers.

/// An answer worth reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What is there is what was there (304).
    Unchanged,
    /// What is there (200).
    Body {
        /// The content, out of its coding: at least 1 byte, at most as many as are read.
        bytes: Vec<u8>,
        /// Content-Type as it was sent; empty where none was. It may be wrong.
        content_type: String,
        /// What to ask with the next time.
        validators: Validators,
    },
}

/// By what an answer is told from the one before (RFC 9110 §8.8); nothing for a first time.
///
/// They are sent as they were received, and only to the address that gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The address that answered, after redirects.
    pub url: String,
    /// ETag, with its quotes.
    pub etag: Option<String>,
    /// Last-Modified, an HTTP date.
    pub last_modified: Option<String>,
}
