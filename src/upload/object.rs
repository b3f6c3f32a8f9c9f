//! One object of a store, as it is to be.

use crate::publish::{Coding, Document, MAX_AGE, cache_control, disposition};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Identifies an object's bytes and what is told with them: half of a SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digest([u8; 16]);

/// What a store tells with an object, as HTTP headers have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Headers {
    pub(super) media_type: &'static str,
    pub(super) cache_control: String,
    pub(super) disposition: Option<String>,
    /// None where the bytes are as they are.
    pub(super) coding: Option<&'static str>,
}

/// How many pages lead to it: those that lead to others are sent after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// What stands for itself: one meeting, a style sheet.
    Leaf,
    /// What lists leaves: a series' page, a month, a calendar, a feed.
    List,
    /// What leads to everything: the community's page, the lists of pages and feeds.
    Root,
}

/// One object of a store, as it is to be.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// The path of the document that it is.
    pub(super) path: String,
    /// Where the path only leads on.
    pub(super) leads_to: Option<String>,
    pub(super) coding: Coding,
    pub(super) digest: Digest,
    /// In bytes; of a coded form none, which is not made before it is sent.
    pub(super) length: Option<u64>,
    pub(super) rank: Rank,
}

impl Digest {
    /// That of a document with its headers.
    pub(super) fn of(document: &Document, headers: &Headers) -> Digest {
        let Headers { media_type, cache_control, disposition, coding } = headers;
        let told = [Some(*media_type), Some(cache_control), disposition.as_deref(), *coding];
        let mut hash = Sha256::new();
        hash.update(document.etag().as_str());
        for text in told {
            hash.update([0]);
            hash.update(text.unwrap_or_default());
        }
        let mut half = [0; 16];
        half.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        Digest(half)
    }

    /// Reads what `Display` writes.
    pub(super) fn parse(text: &str) -> Option<Digest> {
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
        }
        Some(Digest(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Headers {
    /// Those of what is at a path.
    pub(super) fn of(path: &str, media_type: &'static str, coding: Coding) -> Headers {
        Headers {
            media_type,
            cache_control: cache_control(MAX_AGE),
            disposition: disposition(path),
            coding: (coding != Coding::Identity).then(|| coding.as_str()),
        }
    }
}

impl Rank {
    /// That of what has this name in the store.
    pub(super) fn of(name: &str) -> Rank {
        let name = [".gz", ".br"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        let in_folders = name.matches('/').count();
        let is_of_meeting = name.starts_with("meetings/") && in_folders == 3;
        let is_of_pages = [".css", ".js", ".svg", ".png"].iter().any(|end| name.ends_with(end));
        match in_folders {
            _ if is_of_meeting || is_of_pages => Rank::Leaf,
            0 if !name.ends_with(".ics") => Rank::Root,
            _ => Rank::List,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_others_is_sent_after_them() {
        let ranked = [
            ("meetings/weekly/2026-11-26/index.html", Rank::Leaf),
            ("meetings/weekly/2026-11-26/event.ics", Rank::Leaf),
            ("style.css", Rank::Leaf),
            ("style.css.gz", Rank::Leaf),
            ("meetings/weekly/index.html", Rank::List),
            ("meetings/weekly/feed.json", Rank::List),
            ("calendar/2026-11/index.html", Rank::List),
            ("oci.ics", Rank::List),
            ("index.html", Rank::Root),
            ("index.html.br", Rank::Root),
            ("sitemap.xml", Rank::Root),
            ("follow.opml", Rank::Root),
        ];
        for (name, rank) in ranked {
            assert_eq!(Rank::of(name), rank, "{name}");
        }
    }

    #[test]
    fn a_digest_tells_headers_and_bytes_apart_and_is_read_as_it_is_written() {
        let of = |text: &str, path| {
            let document = Document::new("text/plain", text.to_owned());
            Digest::of(&document, &Headers::of(path, "text/plain", Coding::Identity))
        };
        let digest = of("a", "/a.txt");
        assert_eq!(digest, of("a", "/b.txt"));
        assert_ne!(digest, of("b", "/a.txt"));
        assert_ne!(digest, of("a", "/a.ics"), "it has a name to be saved under");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("a"), None);
        assert_eq!(Digest::parse("+f".repeat(16).as_str()), None);
    }
}
