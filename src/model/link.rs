//! Addresses on the web.

use super::Shared;
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
pub struct Link(Shared);

impl Link {
    /// The longest a link may be.
    pub const MOST_BYTES: usize = 2000;

    /// Takes `text` as a link; `None` where it is no absolute `http(s)` URL with a host, or has
    /// white space, a control character, a quote or an angle bracket in it.
    pub fn new(text: &str) -> Option<Link> {
        if is_plain(text.as_bytes()) {
            return Shared::new(text).map(Link);
        }
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
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_web.then(kept).and_then(Shared::new).map(Link)
    }

    /// As [`Link::new`], without a copy of a text that others share.
    pub(crate) fn of(text: Shared) -> Option<Link> {
        if is_plain(text.as_str().as_bytes()) { Some(Link(text)) } else { Link::new(text.as_str()) }
    }

    /// The URL's text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether it is a link at first sight: `http(s)`, a domain name of the plainest kind, and no byte
/// after it that a link has not. Nearly all are, and this costs a fiftieth of reading a URL.
fn is_plain(text: &[u8]) -> bool {
    let after = text.strip_prefix(b"https://").or_else(|| text.strip_prefix(b"http://"));
    let Some(rest) = after.filter(|_| text.len() <= Link::MOST_BYTES) else { return false };
    let end = rest.iter().position(|b| b"/?#".contains(b)).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    is_plain_host(host) && path.iter().all(|b| PLAIN.get(usize::from(*b)).is_some_and(|is| *is))
}

/// Labels that are neither encoded nor could be part of an address of numbers.
fn is_plain_host(host: &[u8]) -> bool {
    let label_ok = |label: &[u8]| {
        let ends = label.first().zip(label.last());
        ends.is_some_and(|(first, last)| first.is_ascii_lowercase() && *last != b'-')
            && label.len() <= 63
            && !label.starts_with(b"xn--")
            && label.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
    };
    host.len() <= 253 && host.split(|b| *b == b'.').all(label_ok)
}

/// The bytes that can be in the path, query and fragment of a link.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        plain[byte as usize] =
            !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{'..=b'}');
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

        /// What is taken at first sight is taken at the second, just as it is.
        #[test]
        fn a_plain_link_is_a_url(
            text in "https?://([a-z0-9.:@%_X-]|xn--|0x|\\.){0,9}[a-z.]{0,3}([/?#][!-~ é]{0,9})?",
        ) {
            if is_plain(text.as_bytes()) {
                let url = url::Url::parse(&text);
                prop_assert!(url.is_ok_and(|url| url.has_host()), "{text}");
                let refused = |c: char| !c.is_ascii_graphic() || "\"<>\\^`{|}".contains(c);
                prop_assert!(!text.contains(refused), "{text}");
            }
        }
    }

    #[test]
    fn what_is_usual_is_plain() {
        let check = |text: &str, want| assert_eq!(is_plain(text.as_bytes()), want, "{text}");
        check("https://youtu.be/-tHfL7vH_J4", true);
        check("https://hackmd.io/El8Dd2xrTlCaCG59ns5cwg#May-2-2024", true);
        check("http://example.org", true);
        check("https://www.youtube.com/watch?v=a&t=1s", true);
        check("https://localhost:8080/", false);
        check("https://192.0.2.1/", false);
        check("https://example.org/a b", false);
        check("https://example.org/\u{e9}", false);
        check("ftp://example.org/", false);
        check(&format!("https://example.org/{}", "a".repeat(2000)), false);
    }
}
