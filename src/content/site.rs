//! `site.toml`: the community.
//!
//! Required: `name`, `slug`, `description`, `url`, `uid-domain`, `zone`, `language`. Optional: `lasts`,
//! how long meetings with a time of day are where nothing else says it, an hour if left out; `color`, a
//! CSS colour name; `quiet`, what `check` does not warn of; any number of `[[follow]]` with `title`, `feed` and maybe `page`; any number of
//! `[[moved]]` with the paths `from` and `to`, for subscribers of an address that has changed; `gone`,
//! one path or a list, for those of what is no more. A slash at the end of `url` is dropped.

use super::front_matter;
use super::lasts::Lasts;
use super::paths::{Claim, Claimant};
use super::reader::{Keys, push};
use super::series::sorted;
use super::source::{Read, Source, Spanned, quote};
use super::value::{
    At, color, concern, domain, language, lasts, line, link, path, slug, spanned, zone,
};
use crate::model::{Domain, Follow, Link, Moved, Site, Zone};
use chrono::TimeDelta;
use std::ops::Range;

/// What the rest of the folder needs of the site, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Defaults {
    /// The zone of slots that name none; UTC where the site's cannot be read.
    pub(super) zone: Zone,
    /// How long meetings with a time of day last; an hour where the site's length cannot be read.
    lasts: TimeDelta,
    /// What UIDs are built on; a stand-in where the site's cannot be read.
    pub(super) domain: Option<Domain>,
}

impl Defaults {
    /// Stands in for a site that cannot be read, so that the other files can be.
    pub(super) fn stand_in() -> Defaults {
        let domain = Domain::new("site.invalid");
        Defaults { zone: Zone::UTC, lasts: TimeDelta::hours(1), domain }
    }

    /// How long a meeting is where nothing is said: a day, or the site's length.
    pub(super) fn lasts(&self, all_day: bool) -> TimeDelta {
        if all_day { TimeDelta::days(1) } else { self.lasts }
    }
}

/// Reads the file, and which paths its old addresses want; the defaults are there even where the site is not.
pub(super) fn read(source: &Source<'_>) -> (Read<Site>, Defaults, Vec<Claim>) {
    let node = front_matter::read_toml(source);
    let mut keys = Keys::of(source, &node);
    let name = keys.required("name", "\"Open Container Initiative\"", line);
    let slug = keys.required("slug", "\"oci\"", slug);
    let description = keys.required("description", "\"Meetings of the community\"", line);
    let url = keys.required("url", "\"https://calendar.example.org\"", url);
    let uid_domain = keys.required("uid-domain", "\"example.org\"", domain);
    let zone = keys.required("zone", "\"America/Los_Angeles\"", zone);
    let language = keys.required("language", "\"en\"", language);
    let lasts = keys.optional("lasts", length);
    let color = keys.optional("color", color);
    let quiet = keys.list("quiet", concern);
    let follow = keys.tables("follow", follow).into_iter().fold(Ok(Vec::new()), push);
    let moved = keys.tables("moved", moved).into_iter().fold(Ok(Vec::new()), push);
    let moved = moved.and_then(|moved| no_circle(source, moved));
    let gone = keys.list("gone", |at| spanned(path)(at));
    let claims = old_addresses(source, &moved, &gone);
    let known = keys.finish();
    let stand_in = Defaults::stand_in();
    let defaults = Defaults {
        zone: zone.unwrap_or(stand_in.zone),
        lasts: lasts.ok().flatten().unwrap_or(stand_in.lasts),
        domain: uid_domain.clone().ok().or(stand_in.domain),
    };
    let site = || {
        known?;
        lasts?;
        source.unless_syntax(Site {
            name: name?,
            slug: slug?,
            description: description?,
            url: url?,
            uid_domain: uid_domain?,
            zone: zone?,
            language: language?,
            color: color?,
            quiet: sorted(quiet?),
            follow: follow?,
            moved: moved?.into_iter().map(|(_, moved)| moved).collect(),
            gone: gone?.into_iter().map(|path| path.value).collect(),
        })
    };
    (site(), defaults, claims)
}

fn url(at: At<'_>) -> Read<Link> {
    let written = link(at)?;
    let text = written.as_str().trim_end_matches('/');
    let host = text.split(['?', '#']).next().and_then(|address| address.split_once("://"));
    if host.is_some_and(|(_, host)| host.contains('/')) {
        let help =
            "give it a host of its own: pages link to each other from its root, as in `/style.css`";
        return Err(at.wrong("the site's address has a path", help));
    }
    match Link::new(text) {
        Some(link) if !text.contains(['?', '#']) => Ok(link),
        _ => Err(at.wrong("the site's address ends in a query or fragment", "leave that out")),
    }
}

/// The site's length is for meetings with a time of day alone: whole days are counted in days.
fn length(at: At<'_>) -> Read<TimeDelta> {
    let written = spanned(lasts)(at)?;
    match written.value {
        Lasts::Minutes(_) => Lasts::check(&written, false, at.source),
        Lasts::Days(_) => {
            let message = "the site's length is for meetings with a time of day";
            let help = "write it in hours, such as `1h`; a meeting without a time lasts a day";
            Err(at.wrong(message, help))
        }
    }
}

/// With the place of `from`.
fn moved(mut keys: Keys<'_>) -> Read<(Range<usize>, Moved)> {
    let from = keys.required("from", "\"/feed.rss\"", |at| spanned(path)(at));
    let to = keys.required("to", "\"/feed.xml\"", path);
    keys.finish()?;
    let Spanned { span, value: from } = from?;
    Ok((span, Moved { from, to: to? }))
}

/// No address leads back to itself: a browser would go round and round. Of a circle the first is told.
fn no_circle(
    source: &Source<'_>,
    moved: Vec<(Range<usize>, Moved)>,
) -> Read<Vec<(Range<usize>, Moved)>> {
    let next = |path: &str| {
        let mut leads = moved.iter().enumerate();
        leads.find_map(|(n, (_, moved))| moved.lead(path).map(|(to, _)| (n, to)))
    };
    for (own, (span, Moved { from, to })) in moved.iter().enumerate() {
        let (mut at, mut first) = (to.clone(), own);
        for _ in 0..moved.len() {
            if at == *from && first == own {
                let message = format!("{} leads back to itself", quote(from));
                return Err(source.note(span.clone(), message, "lead it to where that is now"));
            }
            let Some((n, to)) = next(&at) else { break };
            (at, first) = (to, first.min(n));
        }
    }
    Ok(moved)
}

fn old_addresses(
    source: &Source<'_>,
    moved: &Read<Vec<(Range<usize>, Moved)>>,
    gone: &Read<Vec<Spanned<String>>>,
) -> Vec<Claim> {
    let moved = moved.iter().flatten().map(|(span, moved)| (span, &moved.from));
    let gone = gone.iter().flatten().map(|path| (&path.span, &path.value));
    let claim = |(span, path): (&Range<usize>, &String)| Claim {
        spot: source.spot(span.clone()),
        path: path.clone(),
        by: Claimant::OldAddress,
    };
    moved.chain(gone).map(claim).collect()
}

fn follow(mut keys: Keys<'_>) -> Read<Follow> {
    let title = keys.required("title", "\"Releases\"", line);
    let feed = keys.required("feed", "\"https://example.org/feed.xml\"", link);
    let page = keys.optional("page", link);
    keys.finish()?;
    Ok(Follow { title: title?, feed: feed?, page: page? })
}
