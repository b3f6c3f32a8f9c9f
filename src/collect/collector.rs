//! Rounds of the collector: asks the sources that are due, and makes edits of what they have.

use super::fetch::{Answer, Asked, Client, Reason, Rhythm, Upstream, Validators};
use super::matching::{Findings, match_all};
use super::minutes::{self, Minutes};
use super::notices::notices;
use super::youtube::{self, Video};
use super::{Kind, Report, Source, SourceReport, edits, sources};
use crate::content::edit::{Edit, Refused, diff, edited};
use crate::content::{self, SourceFile};
use crate::error::Error;
use crate::model::{Community, Series};
use crate::schedule::{Status, occurrences};
use crate::store;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// A note that has lost half of its sections is believed only when it has been so for that long:
/// somebody may be cutting and pasting.
const DOUBT: TimeDelta = TimeDelta::hours(24);

/// A source is asked so rarely whose series have not met for two months and will not in one.
const IDLE: TimeDelta = TimeDelta::hours(6);

/// What is collected from, with all that is remembered from round to round.
///
/// The memory only spares the sources questions: what was found is in the content, and a collector
/// without memory finds the same.
pub struct Collector {
    upstream: Upstream,
    every: TimeDelta,
    known: BTreeMap<Kind, Known>,
}

/// What is known of one source.
#[derive(Default)]
struct Known {
    validators: Validators,
    /// The last good answer.
    answer: Option<Read>,
    asked: Option<Asked>,
    answered: Option<DateTime<Utc>>,
    trouble: Option<Trouble>,
    /// Since when it has had less than half of what it had.
    short_since: Option<DateTime<Utc>>,
}

/// A source's answer, read.
enum Read {
    Minutes(Minutes),
    Videos(Vec<Video>),
}

impl Read {
    fn len(&self) -> usize {
        match self {
            Read::Minutes(minutes) => minutes.sections.len(),
            Read::Videos(videos) => videos.len(),
        }
    }
}

/// Why a source gave nothing.
struct Trouble {
    /// A word that everybody may see.
    word: String,
    /// A sentence for operators.
    sentence: String,
}

impl Collector {
    /// One that knows nothing yet and asks each source `every` so long.
    pub fn new(upstream: Upstream, every: TimeDelta) -> Collector {
        Collector { upstream, every, known: BTreeMap::new() }
    }

    /// Asks each of the community's sources that is due; how many were.
    ///
    /// Blocks for up to 10 s per source. Whatever a source answers, what is known of it stays.
    pub fn ask(&mut self, community: &Community, now: DateTime<Utc>) -> usize {
        let client = Client::new(self.upstream, &community.site.url);
        let sources = sources(community);
        self.known.retain(|kind, _| sources.iter().any(|source| source.kind == *kind));
        let due: Vec<_> =
            sources.iter().filter(|s| self.next_of(s, now).is_none_or(|at| at <= now)).collect();
        for source in &due {
            self.known.entry(source.kind.clone()).or_default().ask(&client, source, now);
        }
        due.len()
    }

    /// When the next source is due; none where the community has none.
    pub fn next(&self, community: &Community, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let next = |source: &Source<'_>| self.next_of(source, now).unwrap_or(now);
        sources(community).iter().map(next).min()
    }

    /// Writes what the sources' last good answers say of the content's meetings.
    ///
    /// # Errors
    /// Content that has mistakes, and whatever the disk says. Nothing is written then.
    pub fn write(&self, folder: &Path, now: DateTime<Utc>) -> Result<Report, Error> {
        let applied = store::apply(folder, |files| self.made(files, now))?;
        Ok(Report { changed: applied.changed, ..applied.made })
    }

    /// What [`Collector::write`] would write.
    ///
    /// # Errors
    /// The same; a folder that cannot be written is none.
    pub fn preview(&self, folder: &Path, now: DateTime<Utc>) -> Result<Report, Error> {
        let files = store::read(folder)?;
        let refused =
            |why: Refused| Error::Refused { path: folder.to_owned(), reason: why.to_string() };
        let (edits, report) = self.made(&files, now).map_err(refused)?;
        let changed = edited(&files, &edits).map_err(refused)?;
        let diff = diff(&files, &changed);
        let changed = changed.iter().map(|file| file.path.clone()).collect();
        Ok(Report { changed, diff, ..report })
    }

    /// The edits, and all that is to be said of them.
    fn made(
        &self,
        files: &[SourceFile],
        now: DateTime<Utc>,
    ) -> Result<(Vec<Edit>, Report), Refused> {
        let community = content::parse(files)?;
        let sources = sources(&community);
        let findings = self.findings(&community, &sources, now);
        let mut edits = edits::edits(&community, &findings, now);
        edits.retain(|edit| !has_file(files, edit));
        let report = Report {
            sources: sources.iter().map(|source| self.report(source, now)).collect(),
            notices: notices(&findings),
            ..Report::default()
        };
        Ok((edits, report))
    }

    fn findings(
        &self,
        community: &Community,
        sources: &[Source<'_>],
        now: DateTime<Utc>,
    ) -> Findings {
        let (mut minutes, mut videos) = (Vec::new(), Vec::new());
        for source in sources {
            match self.known.get(&source.kind).and_then(|known| known.answer.as_ref()) {
                Some(Read::Minutes(read)) => minutes.push((source, read)),
                Some(Read::Videos(read)) => videos.push((source, read.as_slice())),
                None => {}
            }
        }
        match_all(community, &minutes, &videos, now)
    }

    fn next_of(&self, source: &Source<'_>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let asked = self.known.get(&source.kind)?.asked?;
        let least = match source.kind {
            Kind::YouTube(_) => Rhythm::LEAST_OF_YOUTUBE,
            Kind::HackMd(_) | Kind::Markdown(_) => TimeDelta::zero(),
        };
        let around: Vec<_> = source.series.iter().flat_map(|series| around(series, now)).collect();
        let every = if source.series.iter().any(|series| is_alive(series, now)) {
            self.every
        } else {
            self.every.max(IDLE)
        };
        Some(Rhythm::new(&source.url, every, least).next(&asked, &around))
    }

    fn report(&self, source: &Source<'_>, now: DateTime<Utc>) -> SourceReport {
        let known = self.known.get(&source.kind);
        let trouble = known.and_then(|known| known.trouble.as_ref());
        SourceReport {
            kind: source.kind.as_str(),
            series: source.series.iter().map(|series| series.slug.clone()).collect(),
            url: source.url.clone(),
            items: known.and_then(|known| known.answer.as_ref()).map(Read::len),
            asked: known.and_then(|known| known.asked).map(|asked| asked.at),
            answered: known.and_then(|known| known.answered),
            failures: known.and_then(|known| known.asked).map_or(0, |asked| asked.failures),
            word: trouble.map(|trouble| trouble.word.clone()),
            error: trouble.map(|trouble| trouble.sentence.clone()),
            next: self.next_of(source, now),
        }
    }
}

impl Known {
    fn ask(&mut self, client: &Client, source: &Source<'_>, now: DateTime<Utc>) {
        let failures = self.asked.map_or(0, |asked| asked.failures);
        let (trouble, retry_after) = match client.get(&source.url, &self.validators) {
            Ok(Answer::Unchanged) => (None, None),
            Ok(Answer::Body { bytes, validators, .. }) => {
                let took = self.take(source, &bytes, now);
                if took.is_none() {
                    self.validators = validators;
                }
                (took, None)
            }
            Err(failure) => {
                let word = match failure.reason {
                    Reason::Status { code, .. } => format!("status {code}"),
                    ref reason => reason.as_str().to_owned(),
                };
                let retry_after = failure.reason.retry_after();
                (Some(Trouble { word, sentence: failure.to_string() }), retry_after)
            }
        };
        let failures = if trouble.is_some() { failures.saturating_add(1) } else { 0 };
        self.asked = Some(Asked { at: now, failures, retry_after });
        if trouble.is_none() {
            self.answered = Some(now);
        }
        self.trouble = trouble;
    }

    /// Keeps the answer where it can be read and believed; else says why not.
    fn take(&mut self, source: &Source<'_>, bytes: &[u8], now: DateTime<Utc>) -> Option<Trouble> {
        let read = match &source.kind {
            Kind::YouTube(_) => youtube::read(bytes).map(Read::Videos).map_err(|e| e.to_string()),
            Kind::HackMd(_) | Kind::Markdown(_) => {
                let text = String::from_utf8_lossy(bytes);
                minutes::read(&text).map(Read::Minutes).map_err(|error| error.to_string())
            }
        };
        let read = match read {
            Ok(read) => read,
            Err(sentence) => {
                let sentence = format!("`{}`: {sentence}", source.url);
                return Some(Trouble { word: "unreadable".to_owned(), sentence });
            }
        };
        let (had, has) = (self.answer.as_ref().map_or(0, Read::len), read.len());
        if has * 2 < had {
            let since = *self.short_since.get_or_insert(now);
            if now - since < DOUBT {
                let url = &source.url;
                let sentence = format!(
                    "`{url}` has {has} of the {had} dates it had: \
                     it is believed if that is still so in a day, and what is known stays"
                );
                return Some(Trouble { word: "shrunken".to_owned(), sentence });
            }
        }
        self.short_since = None;
        self.answer = Some(read);
        None
    }
}

/// Whether the series has met not long ago, or will soon.
fn is_alive(series: &Series, now: DateTime<Utc>) -> bool {
    let (from, to) = (now - TimeDelta::days(60), now + TimeDelta::days(30));
    occurrences(series).take_while(|o| o.utc_start < to).any(|o| o.utc_end > from)
}

/// Whether a date that is to be cancelled has a file: even one that says nothing is a person's, and
/// must not keep the rest from being written.
fn has_file(files: &[SourceFile], edit: &Edit) -> bool {
    let Edit::Cancelled { series, id, .. } = edit else { return false };
    let stem = format!("meetings/{series}/{}", id.date());
    files.iter().any(|file| file.path.starts_with(&stem))
}

/// The series' meetings around that moment, from start to end.
fn around(series: &Series, now: DateTime<Utc>) -> Vec<Range<DateTime<Utc>>> {
    let (from, to) = (now - TimeDelta::hours(3), now + TimeDelta::hours(8));
    occurrences(series)
        .take_while(|o| o.utc_start < to)
        .filter(|o| o.utc_end > from && o.status == Status::Confirmed)
        .map(|o| o.utc_start..o.utc_end)
        .collect()
}
