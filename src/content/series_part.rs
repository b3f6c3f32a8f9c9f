//! What the files of one series' folder say.

use super::meeting::{Identity, Parts, assemble};
use super::part::{sources, stem};
use super::source::{Read, Reported, Source, quote};
use super::suggest::nearest;
use super::value::slug_help;
use super::{Diagnostic, Ground, SourceFile, date_file, moment, records, series};
use crate::model::{Local, Series, Slug};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the files of one series' folder say, or their mistakes.
#[derive(Clone, Debug)]
pub struct SeriesPart {
    /// The folder's name.
    pub(super) name: String,
    /// None where the folder has nothing to be read, or a name that no series has.
    pub(super) series: Option<Read<Arc<Series>>>,
    pub(super) identities: Vec<Identity>,
    pub(super) mistakes: Vec<Diagnostic>,
}

impl SeriesPart {
    /// Reads all files of [`Part::Series`](super::Part::Series) of that name, in whatever order they
    /// are.
    ///
    /// Files that are neither Markdown nor TOML, and hidden ones, are not looked at.
    pub fn read(name: &str, files: &[SourceFile], ground: &Ground) -> SeriesPart {
        SeriesPart::of(name, files.iter().collect(), ground)
    }

    pub(super) fn of(name: &str, files: Vec<&SourceFile>, ground: &Ground) -> SeriesPart {
        let sources = sources(files);
        let mut part = SeriesPart {
            name: name.to_owned(),
            series: None,
            identities: Vec::new(),
            mistakes: Vec::new(),
        };
        match (Slug::new(name), sources.first()) {
            (_, None) => return part,
            (Some(slug), Some(_)) => part.fill(&Folder::of(&sources), &slug, ground),
            (None, Some(first)) => {
                let message = format!("{} is not a short name for a series", quote(name));
                let help = format!("rename the folder: {}", slug_help(name));
                part.mistakes.extend(first.spot(0..0).mistake(message, help));
                if sources.iter().any(|source| source.path.ends_with("/series.md")) {
                    part.read_misnamed(&Folder::of(&sources), ground);
                }
            }
        }
        part.mistakes.extend(sources.iter().flat_map(Source::diagnostics));
        part
    }

    /// Looks at a series in a folder that has no name for one: its mistakes are told too.
    fn read_misnamed(&mut self, folder: &Folder<'_>, ground: &Ground) {
        let Some(stand_in) = Slug::new("series") else { return };
        self.fill(folder, &stand_in, ground);
        (self.series, self.identities) = (None, Vec::new());
    }

    fn fill(&mut self, folder: &Folder<'_>, slug: &Slug, ground: &Ground) {
        self.series = Some(match folder.series {
            Some(source) => {
                let file = series::read(source, slug, &ground.defaults, &ground.lists);
                let parts = folder.read(source, file, slug, ground);
                assemble(parts, &mut self.identities).map(Arc::new)
            }
            None => {
                folder.check_alone(slug, ground);
                let path = format!("meetings/{slug}/series.md");
                let help = "it defines the series: `title`, `updated`, `[[slot]]`";
                self.mistakes.push(Diagnostic::absent(&path, help));
                Err(Reported)
            }
        });
    }
}

/// The files by what they are.
#[derive(Default)]
struct Folder<'a> {
    series: Option<&'a Source<'a>>,
    records: Option<&'a Source<'a>>,
    dates: Vec<(Local, &'a Source<'a>)>,
}

impl<'a> Folder<'a> {
    /// Sorts the files; one that has no place is a mistake.
    fn of(sources: &'a [Source<'a>]) -> Folder<'a> {
        let mut folder = Folder::default();
        for source in sources {
            match source.path.rsplit('/').next().unwrap_or_default() {
                "series.md" => folder.series = Some(source),
                "records.toml" => folder.records = Some(source),
                file => match moment::file_stem(stem(file)).filter(|_| file.ends_with(".md")) {
                    Some(date) => folder.dates.push((date, source)),
                    None => note_unknown(file, source),
                },
            }
        }
        folder
    }

    fn read(
        &self,
        source: &'a Source<'a>,
        file: series::SeriesFile,
        slug: &Slug,
        ground: &Ground,
    ) -> Parts<'a> {
        let mut dates = Vec::new();
        let mut uncertain = BTreeSet::new();
        for (name, source) in &self.dates {
            match date_file::read(source, *name, slug, &ground.defaults) {
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
    fn check_alone(&self, slug: &Slug, ground: &Ground) {
        for (name, source) in &self.dates {
            // What it gives is of no use without a series; its mistakes are noted.
            let _ = date_file::read(source, *name, slug, &ground.defaults);
        }
        if let Some(source) = self.records {
            records::read(source);
        }
    }
}

fn note_unknown(file: &str, source: &Source<'_>) {
    let help = match nearest(file, ["series.md", "records.toml"]) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "name it by the date of a meeting, such as `2026-11-26.md`, with the \
                 time if two are on that day, such as `2026-11-26T1000.md`"
            .to_owned(),
    };
    source.note_syntax(0..0, format!("{} is not the name of a date", quote(file)), help);
}
