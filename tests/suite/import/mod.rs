//! `convene import`, on the files of `tests/import`, each in the style of a program or a person that
//! makes calendars.

mod command;
mod fixed_point;
mod formats;
mod hostile;
mod told;

use crate::support::{moment, package};
use chrono::TimeDelta;
use convene::import::{Imported, Options, import};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How long a meeting is where nothing says it.
const USUAL: TimeDelta = TimeDelta::hours(1);

/// The files, by name.
fn corpus() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(package("tests/import")).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_none_or(|extension| extension != "txt"));
    all.sort();
    assert!(all.len() >= 60, "{} files", all.len());
    all
}

/// What a file of the corpus is read with: a present, and no site that is there already.
fn options() -> Options {
    Options {
        now: moment("2026-11-25T12:00:00Z"),
        zone: None,
        site_zone: None,
        lasts: USUAL,
        series: None,
        taken: BTreeSet::new(),
    }
}

fn imported(path: &PathBuf) -> Imported {
    let bytes = std::fs::read(path).unwrap();
    import(&bytes, &options()).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}
