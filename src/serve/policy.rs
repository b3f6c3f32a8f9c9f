//! What a page may load and who may frame it, as a header's value.

use crate::publish::{EMBED_PATH, PAGE_POLICY, policy as text};
use axum::http::HeaderValue;
use std::sync::LazyLock;

/// The policy of most pages.
pub(super) static PAGE: HeaderValue = HeaderValue::from_static(PAGE_POLICY);

static HOME: LazyLock<HeaderValue> = LazyLock::new(|| HeaderValue::from_static(text("/")));

static EMBED: LazyLock<HeaderValue> = LazyLock::new(|| HeaderValue::from_static(text(EMBED_PATH)));

/// What the page at that path may load.
pub(super) fn policy(path: &str) -> &'static HeaderValue {
    match path {
        "/" => &HOME,
        EMBED_PATH => &EMBED,
        _ => &PAGE,
    }
}
