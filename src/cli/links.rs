//! `convene check --links`: whether the content's links lead anywhere.

use super::collect::upstream;
use crate::collect::fetch::Client;
use crate::collect::links::{answers, without_fragment};
use crate::content::{Diagnostics, Linked, SourceFile, leading_nowhere, linked};
use crate::error::Error;
use crate::model::Community;
use crate::store;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

/// The most links that are tried: what is next first, then the newest records.
const MOST: usize = 300;

/// Between two questions to one host.
const PAUSE: Duration = Duration::from_millis(250);

/// For how long a link that led somewhere is believed to.
const BELIEVED: TimeDelta = TimeDelta::days(1);

/// Addresses that led somewhere, and when they were tried.
type Known = BTreeMap<String, DateTime<Utc>>;

/// What was found, of how many links.
pub(super) struct Tried {
    pub(super) found: Diagnostics,
    pub(super) tried: usize,
    pub(super) known: usize,
    pub(super) all: usize,
}

/// How links are tried.
pub(super) struct How<'a> {
    pub(super) now: DateTime<Utc>,
    /// Where it is kept which led somewhere.
    pub(super) cache: Option<&'a Path>,
    /// An address that stands in for all of them.
    pub(super) fetch_from: Option<SocketAddr>,
}

/// Tries them.
///
/// # Errors
/// A cache that cannot be read or written.
pub(super) fn tried(
    files: &[SourceFile],
    community: &Community,
    how: &How<'_>,
) -> Result<Tried, Error> {
    let mut known = how.cache.map(|path| read(path, how.now)).transpose()?.unwrap_or_default();
    let all = linked(files, community);
    let is_new = |one: &&Linked| !known.contains_key(without_fragment(one.link.as_str()));
    let new: Vec<&Linked> = all.iter().filter(is_new).collect();
    let fresh = all.len() - new.len();
    let some: Vec<&Linked> = new.into_iter().take(MOST).collect();
    let links: Vec<&str> = some.iter().map(|one| one.link.as_str()).collect();
    let client = Client::new(upstream(how.fetch_from), &community.site.url);
    // For tests nobody needs a rest.
    let pause = how.fetch_from.map_or(PAUSE, |_| Duration::ZERO);
    let answers = answers(&client, &links, pause);
    let why = |one: &Linked| answers.get(without_fragment(one.link.as_str())).cloned().flatten();
    let found: Vec<(&Linked, String)> =
        some.iter().filter_map(|one| Some((*one, why(one)?))).collect();
    if let Some(path) = how.cache {
        let alive = answers.iter().filter(|(_, why)| why.is_none());
        known.extend(alive.map(|(link, _)| (link.clone(), how.now)));
        store::write_file(path, json(&known).as_bytes())?;
    }
    let found = leading_nowhere(files, &found);
    Ok(Tried { found, tried: some.len(), known: fresh, all: all.len() })
}

/// What of the cache is to be believed; nothing of one that is not there, or is no such thing.
fn read(path: &Path, now: DateTime<Utc>) -> Result<Known, Error> {
    let text = store::read_if_there(path)?.unwrap_or_default();
    let mut known: Known = serde_json::from_slice(&text).unwrap_or_default();
    known.retain(|_, tried| *tried <= now && now - *tried < BELIEVED);
    Ok(known)
}

fn json(known: &Known) -> String {
    serde_json::to_string_pretty(known).unwrap_or_default() + "\n"
}
