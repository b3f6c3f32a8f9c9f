//! Addresses on the web.

use std::fmt;

/// An absolute `http` or `https` URL, kept as it was written but for letters beyond ASCII: those are
/// encoded, as RFC 3986 has it.
///
/// ```
/// use convene::model::Link;
/// assert!(Link::new("https://zoom.us/my/opencontainers").is_some());
/// assert!(Link::new("javascript:alert(1)").is_none());
/// assert_eq!(Link::new("https://a.example/é").unwrap().as_str(), "https://a.example/%C3%A9");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link(String);

impl Link {
    /// The longest a link may be.
    pub const MOST_BYTES: usize = 2000;

    /// Takes `text` as a link; `None` where it is no absolute `http(s)` URL with a host, or has
    /// white space, a control character, a quote or an angle bracket in it.
    pub fn new(text: &str) -> Option<Link> {
        let unsafe_char =
            |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
        if text.len() > Link::MOST_BYTES
            || text.contains(unsafe_char)
            || text.contains(super::text::is_unprintable)
        {
            return None;
        }
        let url = url::Url::parse(text).ok()?;
        let kept = || if text.is_ascii() { text.to_owned() } else { url.to_string() };
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| Link(kept()))
    }

    /// The URL's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
