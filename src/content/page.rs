//! Pages: each Markdown file in the content folder itself.
//!
//! `title` is required; `aliases` are other paths of the page, one or a list, each beginning with
//! `/`; `toc` asks for a table of contents. `community.md` is the page at `/` and has to be there.

use super::front_matter;
use super::reader::Keys;
use super::source::{Read, Reported, Source, Spanned, quote};
use super::value::{At, boolean, line, path as path_value, slug_help, spanned, text_example};
use crate::model::{Page, Slug};
use std::collections::BTreeMap;

/// First parts of paths that Convene serves itself.
const SERVED: [&str; 5] = ["api", "calendar", "embed", "meetings", "tags"];

/// A page, and its paths even where it is wrong otherwise.
struct Draft<'a> {
    source: &'a Source<'a>,
    page: Read<Page>,
    path: Read<String>,
    aliases: Vec<Spanned<String>>,
}

/// Reads the pages, each with the name of its file without `.md`.
pub(super) fn read_all<'a>(files: &[(&'a str, &'a Source<'a>)]) -> Read<Vec<Page>> {
    let drafts: Vec<Draft<'a>> = files.iter().map(|(stem, source)| read(source, stem)).collect();
    check_paths(&drafts);
    let pages: Read<Vec<Page>> = drafts.into_iter().map(|draft| draft.page).collect();
    pages.map(|mut pages| {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages
    })
}

fn read<'a>(source: &'a Source<'a>, stem: &str) -> Draft<'a> {
    let path = path(source, stem);
    let Ok(document) = front_matter::read(source) else {
        return Draft { source, page: Err(Reported), path, aliases: Vec::new() };
    };
    let mut keys = Keys::of(source, &document.keys);
    let title = keys.required("title", &text_example(source, "How to take part"), line);
    let aliases = keys.list("aliases", |at| spanned(alias)(at));
    let toc = keys.optional("toc", boolean);
    let known = keys.finish();
    let named = path.clone();
    let all = aliases.clone().unwrap_or_default();
    let page = || {
        known?;
        source.unless_syntax(Page {
            path: named?,
            title: title?,
            aliases: aliases?.into_iter().map(|alias| alias.value).collect(),
            toc: toc?.unwrap_or(false),
            body: document.body?,
        })
    };
    Draft { source, page: page(), path, aliases: all }
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
    let text = path_value(at)?;
    if text == "/" {
        return Err(at.wrong("`/` is the community page", "leave it out"));
    }
    let first = text.split('/').nth(1).unwrap_or_default();
    if SERVED.contains(&first) && text.trim_end_matches('/') == format!("/{first}") {
        return Err(at.wrong(format!("{} is Convene's own path", quote(&text)), "leave it out"));
    }
    Ok(text)
}

/// No two pages or aliases may lead from one path; a slash at its end makes no difference.
fn check_paths(drafts: &[Draft<'_>]) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for draft in drafts {
        let owner = format!("the page {}", quote(draft.source.path));
        taken.extend(draft.path.iter().map(|path| (key(path), owner.clone())));
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
