//! `convene check --links`: whether the content's links lead anywhere.

use super::collect::upstream;
use crate::collect::fetch::Client;
use crate::collect::links::leading_nowhere as dead;
use crate::content::{Diagnostics, Linked, SourceFile, leading_nowhere, linked};
use crate::model::Community;
use std::net::SocketAddr;
use std::time::Duration;

/// The most links that are tried: what is next first, then the newest records.
const MOST: usize = 300;

/// Between two questions to one host.
const PAUSE: Duration = Duration::from_millis(250);

/// What was found, of how many links.
pub(super) struct Tried {
    pub(super) found: Diagnostics,
    pub(super) tried: usize,
    pub(super) all: usize,
}

/// Tries them.
pub(super) fn tried(
    files: &[SourceFile],
    community: &Community,
    fetch_from: Option<SocketAddr>,
) -> Tried {
    let all = linked(files, community);
    let some: Vec<&Linked> = all.iter().take(MOST).collect();
    let links: Vec<&str> = some.iter().map(|one| one.link.as_str()).collect();
    let client = Client::new(upstream(fetch_from), &community.site.url);
    // For tests nobody needs a rest.
    let pause = fetch_from.map_or(PAUSE, |_| Duration::ZERO);
    let dead = dead(&client, &links, pause);
    let why = |one: &&Linked| dead.get(one.link.as_str()).cloned();
    let found: Vec<(&Linked, String)> =
        some.iter().filter_map(|one| Some((*one, why(one)?))).collect();
    Tried { found: leading_nowhere(files, &found), tried: some.len(), all: all.len() }
}
