//! The list of the objects that Convene has written to a store, kept beside them.

use super::object::Digest;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Its name in the store.
pub(super) const NAME: &str = ".convene-published";

const HEAD: &str = "# Written by `convene publish`, which removes the objects listed here once they \
                    are no longer published.\n";

/// Before what tells a run that has begun from all others.
const RUN: &str = "# Being changed by ";

/// What is known of an object that was, or perhaps was, written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// None where a run set out to write or remove it, and has not told that it has.
    pub(super) digest: Option<Digest>,
    /// In bytes, where that is known.
    pub(super) length: Option<u64>,
}

/// Nothing is known but that Convene may have written it.
pub(super) const PENDING: Known = Known { digest: None, length: None };

/// Objects by name.
pub(super) type Manifest = BTreeMap<String, Known>;

/// Reads a list. A line that is not understood is taken for an object of which nothing is known, as
/// far as there is a name in it: so a version to come is understood well enough.
pub(super) fn parse(text: &str) -> Manifest {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(line).collect()
}

fn line(line: &str) -> Option<(String, Known)> {
    let mut parts = line.splitn(3, ' ');
    let (digest, length, name) = (parts.next()?, parts.next()?, parts.next()?);
    let known = Known { digest: Digest::parse(digest), length: length.parse().ok() };
    Some((name.to_owned(), known))
}

/// Writes a list; `run` is that of whoever is about to change it, and none where it is as it says.
pub(super) fn text(manifest: &Manifest, run: Option<&str>) -> String {
    let mut text = String::with_capacity(HEAD.len() + manifest.len() * 100);
    text += HEAD;
    if let Some(run) = run {
        text = text + RUN + run + "\n";
    }
    for (name, Known { digest, length }) in manifest {
        let written = match (digest, length) {
            (None, _) => writeln!(text, "- - {name}"),
            (Some(digest), None) => writeln!(text, "{digest} - {name}"),
            (Some(digest), Some(length)) => writeln!(text, "{digest} {length} {name}"),
        };
        // Writing to memory cannot fail.
        let _ = written;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let digest = Digest::parse(&"0123456789abcdef".repeat(2));
        let manifest: Manifest = [
            ("a b/ü.html".to_owned(), Known { digest, length: Some(12) }),
            ("index.html.br".to_owned(), Known { digest, length: None }),
            ("old.ics".to_owned(), PENDING),
        ]
        .into();
        assert_eq!(parse(&text(&manifest, None)), manifest);
        assert_eq!(parse(&text(&manifest, Some("1-2"))), manifest);
        assert_ne!(text(&manifest, Some("1-2")), text(&manifest, Some("1-3")));
    }

    #[test]
    fn a_list_of_a_version_to_come_still_has_names() {
        let read = parse("# Another head.\nsha512:00 12 index.html\n\nstray\n");
        assert_eq!(
            read,
            [("index.html".to_owned(), Known { digest: None, length: Some(12) })].into()
        );
    }
}
