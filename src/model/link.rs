//! Addresses on the web.

use std::fmt;

/// An absolute `http` or `https` URL, kept as it was written.
///
/// ```
/// use convene::model::Link;
/// assert!(Link::new("https://zoom.us/my/opencontainers").is_some());
/// assert!(Link::new("javascript:alert(1)").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link(String);

impl Link {
    /// Takes `text` as a link; `None` where it is no absolute `http(s)` URL with a host, or has
    /// white space, a control character, a quote or an angle bracket in it.
    pub fn new(text: &str) -> Option<Link> {
        let unsafe_char =
            |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
        if text.len() > 2000
            || text.contains(unsafe_char)
            || text.contains(super::text::is_unprintable)
        {
            return None;
        }
        let url = url::Url::parse(text).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| Link(text.to_owned()))
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
