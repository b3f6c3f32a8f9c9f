//! The address at which people read a section of the minutes.

use crate::collect::Source;
use crate::collect::minutes::Anchors;
use crate::collect::source::Kind;
use crate::model::Link;

/// The section's own place in the note; the note where it has none.
///
/// A raw file on GitHub is read as its page.
pub(super) fn section_link(source: &Source<'_>, anchors: &Anchors) -> Option<Link> {
    match &source.kind {
        Kind::HackMd(id) => with_fragment(&["https://hackmd.io/", id].concat(), &anchors.hackmd),
        Kind::Markdown(link) => match page_on_github(link.as_str()) {
            Some(page) => with_fragment(&page, &anchors.github),
            None => Some(link.clone()),
        },
        Kind::YouTube(_) => None,
    }
}

fn with_fragment(page: &str, fragment: &str) -> Option<Link> {
    let place = (!fragment.is_empty()).then(|| Link::new(&[page, "#", fragment].concat()));
    place.flatten().or_else(|| Link::new(page))
}

/// `https://github.com/<owner>/<repository>/blob/<ref>/<path>` of a raw file.
fn page_on_github(raw: &str) -> Option<String> {
    let rest = raw.strip_prefix("https://raw.githubusercontent.com/")?;
    let rest = rest.split(['?', '#']).next()?;
    let (owner, rest) = rest.split_once('/')?;
    let (repository, rest) = rest.split_once('/')?;
    let rest = rest.strip_prefix("refs/heads/").unwrap_or(rest);
    rest.contains('/').then(|| format!("https://github.com/{owner}/{repository}/blob/{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, want: &str) {
        let anchors = Anchors { hackmd: "July-21-2021".into(), github: "july-21-2021".into() };
        let source = Source { kind, url: String::new(), series: Vec::new() };
        let link = section_link(&source, &anchors).map(|link| link.to_string());
        assert_eq!(link.as_deref(), Some(want));
    }

    #[test]
    fn a_section_is_linked_where_people_read_it() {
        let markdown = |url| Kind::Markdown(Link::new(url).unwrap());
        check(Kind::HackMd("abc".into()), "https://hackmd.io/abc#July-21-2021");
        check(
            markdown("https://raw.githubusercontent.com/o/r/main/notes/2021.md"),
            "https://github.com/o/r/blob/main/notes/2021.md#july-21-2021",
        );
        check(
            markdown("https://raw.githubusercontent.com/o/r/refs/heads/main/2021.md"),
            "https://github.com/o/r/blob/main/2021.md#july-21-2021",
        );
        check(markdown("https://notes.example/2021.md"), "https://notes.example/2021.md");
    }
}
