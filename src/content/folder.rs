//! Which file is what, and what they have to agree on.

use super::meeting::{Identity, Parts, assemble};
use super::paths::Own;
use super::site::Defaults;
use super::source::{Read, Reported, Source, quote};
use super::suggest::nearest;
use super::value::slug_help;
use super::{
    Diagnostic, Severity, date_file, holidays, moment, page, paths, records, series, site,
};
use crate::model::{Community, Holidays, Local, Series, Slug};
use std::collections::{BTreeMap, BTreeSet};

/// The files of one content folder, by what they are.
#[derive(Default)]
pub(super) struct Folder<'a> {
    site: Option<&'a Source<'a>>,
    pages: Vec<(&'a str, &'a Source<'a>)>,
    holidays: Vec<(Slug, &'a Source<'a>)>,
    series: BTreeMap<Slug, SeriesFolder<'a>>,
    /// Series folders whose name was reported.
    misnamed: BTreeSet<&'a str>,
    /// Mistakes that are in no file.
    pub(super) absent: Vec<Diagnostic>,
}

#[derive(Default)]
struct SeriesFolder<'a> {
    series: Option<&'a Source<'a>>,
    records: Option<&'a Source<'a>>,
    dates: Vec<(Local, &'a Source<'a>)>,
}

/// Whether a file of that path is content: Markdown or TOML, and no part of its path hidden.
pub(super) fn is_content(path: &str) -> bool {
    let visible = !path.split('/').any(|part| part.starts_with('.'));
    visible && (path.ends_with(".md") || path.ends_with(".toml"))
}

impl<'a> Folder<'a> {
    /// Sorts the files; one that has no place is a mistake.
    pub(super) fn of(sources: &'a [Source<'a>]) -> Folder<'a> {
        let mut folder = Folder::default();
        for source in sources {
            folder.place(source);
        }
        folder
    }

    fn place(&mut self, source: &'a Source<'a>) {
        let parts: Vec<&str> = source.path.split('/').collect();
        match parts.as_slice() {
            ["site.toml"] => self.site = Some(source),
            [file] if file.ends_with(".md") => self.pages.push((stem(file), source)),
            ["holidays", file] if file.ends_with(".toml") => self.place_holidays(file, source),
            ["meetings", series, file] => self.place_meeting(series, file, source),
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

    fn place_meeting(&mut self, series: &'a str, file: &'a str, source: &'a Source<'a>) {
        let Some(slug) = Slug::new(series) else {
            if self.misnamed.insert(series) {
                let message = format!("{} is not a short name for a series", quote(series));
                let help = format!("rename the folder: {}", slug_help(series));
                source.note_syntax(0..0, message, help);
            }
            return;
        };
        let folder = self.series.entry(slug).or_default();
        match file {
            "series.md" => folder.series = Some(source),
            "records.toml" => folder.records = Some(source),
            _ => {
                match moment::file_stem(stem(file)).filter(|_| file.ends_with(".md")) {
                    Some(date) => folder.dates.push((date, source)),
                    None => {
                        let help = match nearest(file, ["series.md", "records.toml"]) {
                        Some(known) => format!("did you mean `{known}`?"),
                        None => "name it by the date of a meeting, such as `2026-11-26.md`, with the \
                                 time if two are on that day, such as `2026-11-26T1000.md`"
                            .to_owned(),
                    };
                        source.note_syntax(
                            0..0,
                            format!("{} is not the name of a date", quote(file)),
                            help,
                        );
                    }
                }
            }
        }
    }

    /// Reads every file; all mistakes are noted in the sources and in `absent`.
    pub(super) fn read(&mut self) -> Read<Community> {
        let (site, defaults, mut claims) = match self.site {
            Some(source) => site::read(source),
            None => {
                let help = "it names the community: `name`, `slug`, `description`, `url`, \
                            `uid-domain`, `zone`, `language`";
                (Err(self.note_absent("site.toml", help)), Defaults::stand_in(), Vec::new())
            }
        };
        let (pages, of_pages) = page::read_all(&self.pages);
        claims.extend(of_pages);
        let home = match self.pages.iter().any(|(stem, _)| *stem == "community") {
            true => Ok(()),
            false => {
                Err(self.note_absent("community.md", "it is the page at `/`; it needs a `title`"))
            }
        };
        let lists: Vec<Read<Holidays>> =
            self.holidays.iter().map(|(slug, source)| holidays::read(source, slug)).collect();
        let series = self.read_series(&defaults);
        let known = series.as_deref().unwrap_or_default();
        paths::check(claims, &Own { site: site.as_ref().ok(), series: known });
        home?;
        let holidays = lists.into_iter().collect::<Read<Vec<Holidays>>>()?;
        Ok(Community { site: site?, pages: pages?, series: series?, holidays })
    }

    fn read_series(&mut self, defaults: &Defaults) -> Read<Vec<Series>> {
        let lists: BTreeSet<Slug> = self.holidays.iter().map(|(slug, _)| slug.clone()).collect();
        let mut identities = Vec::new();
        let mut all = Vec::new();
        for (slug, folder) in std::mem::take(&mut self.series) {
            all.push(match folder.series {
                Some(source) => {
                    let file = series::read(source, &slug, defaults, &lists);
                    assemble(folder.read(source, file, &slug, defaults), &mut identities)
                }
                None => {
                    folder.check_alone(&slug, defaults);
                    let path = format!("meetings/{slug}/series.md");
                    Err(self.note_absent(
                        &path,
                        "it defines the series: `title`, `updated`, `[[slot]]`",
                    ))
                }
            });
        }
        check_unique(&identities);
        all.into_iter().collect()
    }

    fn note_absent(&mut self, path: &str, help: &str) -> Reported {
        self.absent.push(Diagnostic {
            severity: Severity::Mistake,
            path: path.to_owned(),
            line: 1,
            column: 1,
            length: 1,
            source_line: None,
            skipped: 0,
            message: "this file is missing".to_owned(),
            help: help.to_owned(),
        });
        Reported
    }
}

impl<'a> SeriesFolder<'a> {
    fn read(
        &self,
        source: &'a Source<'a>,
        file: series::SeriesFile,
        slug: &Slug,
        defaults: &Defaults,
    ) -> Parts<'a> {
        let mut dates = Vec::new();
        let mut uncertain = BTreeSet::new();
        for (name, source) in &self.dates {
            match date_file::read(source, *name, slug, defaults) {
                Ok(date) => dates.push(date),
                Err(Reported) => {
                    uncertain.insert(name.date());
                }
            }
        }
        let records = self.records.map(|source| (source, records::read(source)));
        Parts { source, file, dates, uncertain, records }
    }

    /// Looks at the files of a folder that has no series, each by itself.
    fn check_alone(&self, slug: &Slug, defaults: &Defaults) {
        for (name, source) in &self.dates {
            // What it gives is of no use without a series; its mistakes are noted.
            let _ = date_file::read(source, *name, slug, defaults);
        }
        if let Some(source) = self.records {
            records::read(source);
        }
    }
}

/// Every UID is there once, in all series.
fn check_unique(identities: &[Identity<'_>]) {
    let mut taken: BTreeMap<&str, &Identity<'_>> = BTreeMap::new();
    for identity in identities {
        let Some(before) = taken.get(identity.uid.as_str()) else {
            taken.insert(identity.uid.as_str(), identity);
            continue;
        };
        let message = format!("the UID {} is taken", quote(identity.uid.as_str()));
        let line = before.source.line_of(before.span.start);
        let help = format!(
            "line {line} of `{}` has it; give this slot a short name of its own as `id`",
            before.source.path
        );
        identity.source.note(identity.span.clone(), message, help);
    }
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
