//! Pages: each Markdown file in the content folder itself.
//!
//! `title` is required; `aliases` are other paths of the page, one or a list, each beginning with
//! `/`; `toc` asks for a table of contents. `community.md` is the page at `/` and has to be there.

use super::front_matter;
use super::paths::{Claim, Claimant};
use super::reader::Keys;
use super::source::{Read, Reported, Source, Spanned, quote};
use super::value::{boolean, line, path as path_value, slug_help, spanned, text_example};
use crate::model::{Page, Slug};

/// A page, and its paths even where it is wrong otherwise.
struct Draft<'a> {
    source: &'a Source<'a>,
    page: Read<Page>,
    path: Read<String>,
    aliases: Vec<Spanned<String>>,
}

/// Reads the pages, each with the name of its file without `.md`, and which paths they want.
pub(super) fn read_all<'a>(files: &[(&'a str, &'a Source<'a>)]) -> (Read<Vec<Page>>, Vec<Claim>) {
    let drafts: Vec<Draft<'a>> = files.iter().map(|(stem, source)| read(source, stem)).collect();
    let claims = drafts.iter().flat_map(Draft::claims).collect();
    let pages: Read<Vec<Page>> = drafts.into_iter().map(|draft| draft.page).collect();
    let sorted = pages.map(|mut pages| {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages
    });
    (sorted, claims)
}

impl Draft<'_> {
    fn claims(&self) -> Vec<Claim> {
        let claim = |span, path: &String, by| Claim {
            spot: self.source.spot(span),
            path: path.clone(),
            by,
        };
        // Nothing claims `/` but the page that is there.
        let own = self.path.iter().filter(|path| *path != "/");
        let own = own.map(|path| claim(0..0, path, Claimant::Page));
        let aliases = self.aliases.iter();
        let aliases = aliases.map(|a| claim(a.span.clone(), &a.value, Claimant::Alias));
        own.chain(aliases).collect()
    }
}

fn read<'a>(source: &'a Source<'a>, stem: &str) -> Draft<'a> {
    let path = path(source, stem);
    let Ok(document) = front_matter::read(source) else {
        return Draft { source, page: Err(Reported), path, aliases: Vec::new() };
    };
    let mut keys = Keys::of(source, &document.keys);
    let title = keys.required("title", &text_example(source, "How to take part"), line);
    let aliases = keys.list("aliases", |at| spanned(path_value)(at));
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
        Some(slug) => Ok(format!("/{slug}/")),
        None => {
            let message = format!("{} cannot be the address of a page", quote(stem));
            let help = format!("rename the file: {}", slug_help(stem));
            Err(source.note(0..0, message, help))
        }
    }
}
