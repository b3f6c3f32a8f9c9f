//! Pages: each Markdown file in the content folder itself.
//!
//! `title` is required; `aliases` are other paths of the page, one or a list, each beginning with
//! `/`; `toc` asks for a table of contents. `community.md` is the page at `/` and has to be there.

use super::front_matter;
use super::reader::Keys;
use super::source::{Read, Source, Spanned, quote};
use super::value::{At, boolean, line, slug_help, spanned, text_example};
use crate::model::{Page, Slug};
use std::collections::BTreeMap;

/// First parts of paths that Convene serves itself.
const SERVED: [&str; 4] = ["api", "embed", "meetings", "tags"];

struct Draft<'a> {
    source: &'a Source<'a>,
    page: Page,
    aliases: Vec<Spanned<String>>,
}

/// Reads the pages, each with the name of its file without `.md`.
pub(super) fn read_all<'a>(files: &[(&'a str, &'a Source<'a>)]) -> Read<Vec<Page>> {
    let drafts: Vec<Read<Draft<'a>>> =
        files.iter().map(|(stem, source)| read(source, stem)).collect();
    check_paths(drafts.iter().flatten());
    let pages: Read<Vec<Page>> = drafts.into_iter().map(|draft| Ok(draft?.page)).collect();
    pages.map(|mut pages| {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages
    })
}

fn read<'a>(source: &'a Source<'a>, stem: &str) -> Read<Draft<'a>> {
    let path = path(source, stem);
    let document = front_matter::read(source)?;
    let mut keys = Keys::of(source, &document.keys);
    let title = keys.required("title", &text_example(source, "How to take part"), line);
    let aliases = keys.list("aliases", |at| spanned(alias)(at));
    let toc = keys.optional("toc", boolean);
    keys.finish();
    let aliases = aliases?;
    let page = Page {
        path: path?,
        title: title?,
        aliases: aliases.iter().map(|alias| alias.value.clone()).collect(),
        toc: toc?.unwrap_or(false),
        body: document.body?,
    };
    source.unless_syntax(Draft { source, page, aliases })
}

fn path(source: &Source<'_>, stem: &str) -> Read<String> {
    if stem == "community" {
        return Ok("/".to_owned());
    }
    match Slug::new(stem) {
        Some(_) if SERVED.contains(&stem) => {
            let message = format!("the path `/{stem}/` is Convene's own");
            Err(source.note(0..0, message, "give the file another name"))
        }
        Some(slug) => Ok(format!("/{slug}/")),
        None => {
            let message = format!("{} cannot be the address of a page", quote(stem));
            let help = format!("rename the file: {}", slug_help(stem));
            Err(source.note(0..0, message, help))
        }
    }
}

fn alias(at: At<'_>) -> Read<String> {
    let text = at.text()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(&b);
    let wrong = |help: &str| Err(at.wrong(format!("{} is not a path", quote(text)), help));
    if !text.starts_with('/') {
        return wrong("write it from the root of the site, beginning with `/`");
    }
    if text.split('/').skip(1).any(|part| part == "." || part == "..") || text.contains("//") {
        return wrong("leave out `.`, `..` and empty parts");
    }
    if !text.bytes().all(plain) || text.len() > 200 {
        return wrong("use ASCII letters, digits and hyphens between slashes, at most 200");
    }
    if text == "/" {
        return Err(at.wrong("`/` is the community page", "leave it out"));
    }
    let first = text.split('/').nth(1).unwrap_or_default();
    if SERVED.contains(&first) && text.trim_end_matches('/') == format!("/{first}") {
        return Err(at.wrong(format!("{} is Convene's own path", quote(text)), "leave it out"));
    }
    Ok(text.to_owned())
}

/// No two pages or aliases may lead from one path; a slash at its end makes no difference.
fn check_paths<'d, 'a: 'd>(drafts: impl Iterator<Item = &'d Draft<'a>> + Clone) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for draft in drafts.clone() {
        taken.insert(key(&draft.page.path), format!("the page {}", quote(draft.source.path)));
    }
    for draft in drafts {
        for alias in &draft.aliases {
            let owner = format!("an alias in {}", quote(draft.source.path));
            if let Some(before) = taken.get(&key(&alias.value)) {
                let message = format!("the path {} is taken", quote(&alias.value));
                let help = format!("it is {before}; leave one of them out");
                draft.source.note(alias.span.clone(), message, help);
            } else {
                taken.insert(key(&alias.value), owner);
            }
        }
    }
}

fn key(path: &str) -> String {
    path.trim_end_matches('/').to_owned()
}
