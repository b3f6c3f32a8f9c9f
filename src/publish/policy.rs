//! What a document may do in a browser, and who may read it: values of headers.

use crate::render::html::EMBED_PATH;

/// X-Content-Type-Options of every document.
pub const NOSNIFF: &str = "nosniff";

/// Referrer-Policy of every document.
pub const NO_REFERRER: &str = "no-referrer";

/// Access-Control-Allow-Origin of every document that is no page.
pub const ANYBODY: &str = "*";

/// What a page may load and who may frame it (Content Security Policy, Level 3).
///
/// Pages need nothing but their own style, script and pictures, and to look at themselves anew;
/// nothing in the content can ask for more.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The community page has pictures of recordings at YouTube, for readers who ask for them.
const HOME_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' https://i.ytimg.com; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The page that other sites may frame runs its own scripts, which ask for the next meetings.
const EMBED_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors *";

/// Content-Security-Policy of the page at that path.
pub fn policy(path: &str) -> &'static str {
    match path {
        "/" => HOME_POLICY,
        EMBED_PATH => EMBED_POLICY,
        _ => PAGE_POLICY,
    }
}
