//! Elements and attributes of the HTML in entries.

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    pub(super) attributes: Vec<(&'h str, &'h str)>,
}

/// Every start tag, and the end tags checked against them.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    const VOID: [&str; 3] = ["br", "hr", "wbr"];
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap_or_else(|| panic!("<{part} has no end"));
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> in {html}");
            continue;
        }
        let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        if !VOID.contains(&name) {
            open.push(name);
        }
        found.push(Tag { name, attributes: attributes(rest) });
    }
    assert!(open.is_empty(), "{open:?} is open at the end of {html}");
    found
}

fn attributes(mut rest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    while let Some((name, after)) = rest.trim_start().split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap();
        found.push((name, value));
        rest = after;
    }
    found
}
