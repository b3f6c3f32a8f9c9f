//! Whether a request says where it ends in a way that a proxy in front may have understood otherwise
//! (RFC 9112 §6 and §11.2).
//!
//! No request here needs a body. Who sends one says by Content-Length or Transfer-Encoding where the
//! next request begins; two programs that read that differently take one request for two.

use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Request};

/// What is wrong with how the request says where it ends, and how to mend it; none where nothing is.
///
/// Any Transfer-Encoding is refused: of a request that has a Content-Length, too, which is how one is
/// hidden in another, the HTTP library shows only the former.
pub(super) fn mistake<B>(request: &Request<B>) -> Option<&'static str> {
    let has_coding = request.headers().contains_key(TRANSFER_ENCODING);
    has_coding.then_some("400: no request here has a body: leave out Transfer-Encoding\n")
}

/// Whether the connection is to end with the answer, since the client says that a body follows.
///
/// A length of 0 counts, too: the HTTP library shows one Content-Length where there were several.
pub(super) fn is_last(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_without_a_body_says_nothing_of_one() {
        let with =
            |name: &str, value: &str| Request::builder().header(name, value).body(()).unwrap();
        let plain = with("Host", "x");
        assert!(mistake(&plain).is_none() && !is_last(plain.headers()));
        let chunked = with("Transfer-Encoding", "chunked");
        assert!(mistake(&chunked).is_some());
        for length in ["0", "5"] {
            let told = with("Content-Length", length);
            assert!(mistake(&told).is_none() && is_last(told.headers()));
        }
    }
}
