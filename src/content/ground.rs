//! What the files say that are no series'.

use super::part::{sources, stem};
use super::paths::Claim;
use super::site::Defaults;
use super::source::{Read, Reported, Source, quote};
use super::value::slug_help;
use super::{Diagnostic, SourceFile, holidays, page, site};
use crate::model::{Community, Holidays, Page, Series, Site, Slug};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the files say that are no series' (`site.toml`, pages, holidays), or their mistakes; those of
/// files that have no place are among them.
#[derive(Debug)]
pub struct Ground {
    site: Read<Site>,
    /// None without the page at `/`.
    pages: Read<Vec<Page>>,
    holidays: Read<Vec<Holidays>>,
    pub(super) defaults: Defaults,
    /// The names of the lists of holidays, readable or not.
    pub(super) lists: BTreeSet<Slug>,
    pub(super) claims: Vec<Claim>,
    pub(super) mistakes: Vec<Diagnostic>,
}

impl Ground {
    /// Reads the files of [`Part::Ground`](super::Part::Ground), in whatever order they are.
    ///
    /// Files that are neither Markdown nor TOML, and hidden ones, are not looked at.
    pub fn read(files: &[SourceFile]) -> Ground {
        Ground::of(files.iter().collect())
    }

    pub(super) fn of(files: Vec<&SourceFile>) -> Ground {
        let sources = sources(files);
        let mut folder = Folder::default();
        sources.iter().for_each(|source| folder.place(source));
        let mut ground = folder.read();
        ground.mistakes.extend(sources.iter().flat_map(Source::diagnostics));
        ground
    }

    /// Whether every series is read on the other as it is on this: they give the same zone, length
    /// and domain where a series gives none, and have lists of holidays of the same names.
    pub fn reads_alike(&self, other: &Ground) -> bool {
        self.defaults == other.defaults && self.lists == other.lists
    }

    /// The organisation, where its file could be read.
    pub(super) fn site(&self) -> Option<&Site> {
        self.site.as_ref().ok()
    }

    /// The community with these series, where all of it could be read.
    pub(super) fn community(&self, series: Vec<Arc<Series>>) -> Read<Community> {
        Ok(Community {
            site: self.site.clone()?,
            pages: self.pages.clone()?,
            series,
            holidays: self.holidays.clone()?,
        })
    }
}

/// The files by what they are.
#[derive(Default)]
struct Folder<'a> {
    site: Option<&'a Source<'a>>,
    pages: Vec<(&'a str, &'a Source<'a>)>,
    holidays: Vec<(Slug, &'a Source<'a>)>,
}

impl<'a> Folder<'a> {
    /// Puts the file where it belongs; one that has no place is a mistake.
    fn place(&mut self, source: &'a Source<'a>) {
        let parts: Vec<&str> = source.path.split('/').collect();
        match parts.as_slice() {
            ["site.toml"] => self.site = Some(source),
            [file] if file.ends_with(".md") => self.pages.push((stem(file), source)),
            ["holidays", file] if file.ends_with(".toml") => self.place_holidays(file, source),
            _ => {
                let help = "the folder has `site.toml`, pages such as `community.md`, \
                            `holidays/<name>.toml`, and `meetings/<series>/` with `series.md`, \
                            `records.toml` and dates such as `2026-11-26.md`";
                source.note_syntax(0..0, "this file has no place in the content folder", help);
            }
        }
    }

    fn place_holidays(&mut self, file: &str, source: &'a Source<'a>) {
        match Slug::new(stem(file)) {
            Some(slug) => self.holidays.push((slug, source)),
            None => {
                let message = format!("{} is not a short name for a list", quote(stem(file)));
                source.note_syntax(
                    0..0,
                    message,
                    format!("rename the file: {}", slug_help(stem(file))),
                );
            }
        }
    }

    /// Reads every file; only the mistakes that are in no file are noted in what is returned.
    fn read(&self) -> Ground {
        let mut mistakes = Vec::new();
        let (site, defaults, mut claims) = match self.site {
            Some(source) => site::read(source),
            None => {
                let help = "it names the community: `name`, `slug`, `description`, `url`, \
                            `uid-domain`, `zone`, `language`";
                mistakes.push(Diagnostic::absent("site.toml", help));
                (Err(Reported), Defaults::stand_in(), Vec::new())
            }
        };
        let (mut pages, of_pages) = page::read_all(&self.pages);
        claims.extend(of_pages);
        if !self.pages.iter().any(|(stem, _)| *stem == "community") {
            let help = "it is the page at `/`; it needs a `title`";
            mistakes.push(Diagnostic::absent("community.md", help));
            pages = Err(Reported);
        }
        let lists: Vec<Read<Holidays>> =
            self.holidays.iter().map(|(slug, source)| holidays::read(source, slug)).collect();
        let holidays = lists.into_iter().collect();
        let lists = self.holidays.iter().map(|(slug, _)| slug.clone()).collect();
        Ground { site, pages, holidays, defaults, lists, claims, mistakes }
    }
}
