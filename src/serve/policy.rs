//! What a page may load and who may frame it (Content Security Policy, Level 3).

use crate::publish::EMBED_PATH;
use axum::http::HeaderValue;

/// Pages need nothing but their own style, script and pictures, and to look at themselves anew;
/// nothing in the content can ask for more.
pub(super) static PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// The community page has pictures of recordings at YouTube, for readers who ask for them.
static HOME: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' https://i.ytimg.com; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// The page that other sites may frame runs its own scripts, which ask for the next meetings.
static EMBED: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors *",
);

/// What the page at that path may load.
pub(super) fn policy(path: &str) -> &'static HeaderValue {
    match path {
        "/" => &HOME,
        EMBED_PATH => &EMBED,
        _ => &PAGE,
    }
}
