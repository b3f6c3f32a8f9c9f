//! `convene check --links`: whether the content's links lead anywhere.

use super::collect::upstream;
use crate::collect::fetch::Client;
use crate::collect::links::{Answers, Came, Untried, answers, without_fragment};
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
    /// How many others were not tried, and why: a sentence for each reason.
    pub(super) untried: Vec<String>,
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
    let came = |one: &Linked| answers.get(without_fragment(one.link.as_str()));
    let found: Vec<(&Linked, String)> = some
        .iter()
        .filter_map(|one| match came(one) {
            Some(Came::Nowhere(why)) => Some((*one, why.clone())),
            _ => None,
        })
        .collect();
    if let Some(path) = how.cache {
        let alive = answers.iter().filter(|(_, came)| **came == Came::Somewhere);
        known.extend(alive.map(|(link, _)| (link.clone(), how.now)));
        store::write_file(path, json(&known).as_bytes())?;
    }
    let found = leading_nowhere(files, &found);
    let (left, untried) = untried(&some, &answers);
    let tried = some.len() - left;
    let rest = (all.len() - fresh - some.len(), " more than are tried at once");
    let rest = (rest.0 > 0).then(|| format!("{} {}{}", rest.0, is(rest.0), rest.1));
    let untried = untried.into_iter().chain(rest).collect();
    Ok(Tried { found, tried, known: fresh, all: all.len(), untried })
}

/// How many of them were not tried, and a sentence for each reason.
fn untried(some: &[&Linked], answers: &Answers) -> (usize, Vec<String>) {
    let mut counts: BTreeMap<&Untried, usize> = BTreeMap::new();
    for one in some {
        if let Some(Came::Untried(why)) = answers.get(without_fragment(one.link.as_str())) {
            *counts.entry(why).or_default() += 1;
        }
    }
    let sentence = |(why, n): (&&Untried, &usize)| {
        let was = if *n == 1 { "was" } else { "were" };
        match why {
            Untried::NotHttps => format!("{n} {} not https", is(*n)),
            Untried::Shut => {
                format!("{n} {} on a port or network, or with a password, not asked", is(*n))
            }
            Untried::Silent(host) => format!("{n} {was} left out: {host} did not answer"),
            Untried::Machine => format!("{n} {was} left out: this machine gave no connection"),
        }
    };
    (counts.values().sum(), counts.iter().map(sentence).collect())
}

fn is(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
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
