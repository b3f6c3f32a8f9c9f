//! Any file becomes content that is good, or is told apart; what its calendar says becomes the same.

use chrono::{DateTime, TimeDelta};
use convene::content::parse;
use convene::import::{Imported, Options, alone, holidays, import};
use convene::model::Slug;
use std::collections::BTreeSet;

fn options() -> Options {
    Options {
        now: DateTime::from_timestamp(1_764_072_000, 0).unwrap_or_default(),
        zone: None,
        site_zone: None,
        lasts: TimeDelta::hours(1),
        series: None,
        taken: BTreeSet::new(),
    }
}

fn is_good(imported: &Imported) {
    let files = alone(imported, TimeDelta::hours(1));
    assert!(parse(&files).is_ok(), "{:?}", parse(&files));
    let names: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names.len(), files.len(), "a file of each name");
}

/// The bytes are a file of somebody's.
pub fn holds(bytes: &[u8]) {
    match import(bytes, &options()) {
        Ok(imported) => is_good(&imported),
        Err(why) => assert!(!why.to_string().is_empty(), "it is said why"),
    }
    let Some(slug) = Slug::new("public") else { return };
    if let Ok((file, _)) = holidays(bytes, &slug, &options()) {
        assert!(file.bytes.starts_with(b"[[holiday]]"), "there are holidays in it");
    }
}
