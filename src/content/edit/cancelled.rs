//! The file of a date that is cancelled.

use super::{Refused, days, written};
use crate::content::{SourceFile, date_file, moment};
use crate::model::{Line, Local, Series};
use chrono::{DateTime, Utc};

/// The whole file.
pub(super) fn file(
    series: &Series,
    id: Local,
    reason: Option<&Line>,
    announced: DateTime<Utc>,
) -> SourceFile {
    let reason = reason.filter(|reason| !date_file::is_answer(reason.as_str()));
    let cancelled = reason.map_or("true".to_owned(), |reason| written::text(reason.as_str()));
    let announced = written::instant(announced);
    SourceFile {
        path: format!("{}{}.md", folder(series), days::name(series, id).file_stem()),
        bytes: format!("+++\ncancelled = {cancelled}\nannounced = {announced}\n+++\n").into_bytes(),
    }
}

/// No file is about that date, unless it is this very one.
pub(super) fn check_new<'a>(
    files: &'a [SourceFile],
    changed: impl Iterator<Item = &'a SourceFile>,
    series: &Series,
    id: Local,
    file: &SourceFile,
) -> Result<(), Refused> {
    let mut about = files.iter().chain(changed).filter(|file| is_about(&file.path, series, id));
    match about.find(|other| *other != file) {
        Some(other) => Err(Refused::HasFile { path: other.path.clone() }),
        None => Ok(()),
    }
}

/// A name without a time means the only meeting that a slot gives that day, or an added one.
fn is_about(path: &str, series: &Series, id: Local) -> bool {
    let Some(stem) = path.strip_prefix(&folder(series)).and_then(|name| name.strip_suffix(".md"))
    else {
        return false;
    };
    let Some(name) = moment::file_stem(stem) else { return false };
    let by_day = || series.added.contains_key(&id) || days::given_on(series, id.date()) == [id];
    name == id || (name == Local::Date(id.date()) && by_day())
}

fn folder(series: &Series) -> String {
    format!("meetings/{}/", series.slug)
}
