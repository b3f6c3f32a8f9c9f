//! `site.toml`: the community.
//!
//! Required: `name`, `slug`, `description`, `url`, `uid-domain`, `zone`, `language`. Optional: `color`,
//! a CSS colour name, and any number of `[[follow]]` with `title`, `feed` and maybe `page`. A slash at
//! the end of `url` is dropped.

use super::front_matter;
use super::reader::{Keys, push};
use super::source::{Read, Source};
use super::value::{At, color, domain, language, line, link, slug, zone};
use crate::model::{Domain, Follow, Link, Site, Zone};

/// What the rest of the folder needs of the site, as far as it could be read.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    /// The zone of slots that name none; UTC where the site's cannot be read.
    pub(super) zone: Zone,
    /// What UIDs are built on; a stand-in where the site's cannot be read.
    pub(super) domain: Option<Domain>,
}

impl Defaults {
    /// Stands in for a site that cannot be read, so that the other files can be.
    pub(super) fn stand_in() -> Defaults {
        Defaults { zone: Zone::UTC, domain: Domain::new("site.invalid") }
    }
}

/// Reads the file; the defaults are there even where the site is not.
pub(super) fn read(source: &Source<'_>) -> (Read<Site>, Defaults) {
    let node = front_matter::read_toml(source);
    let mut keys = Keys::of(source, &node);
    let name = keys.required("name", "\"Open Container Initiative\"", line);
    let slug = keys.required("slug", "\"oci\"", slug);
    let description = keys.required("description", "\"Meetings of the community\"", line);
    let url = keys.required("url", "\"https://calendar.example.org\"", url);
    let uid_domain = keys.required("uid-domain", "\"example.org\"", domain);
    let zone = keys.required("zone", "\"America/Los_Angeles\"", zone);
    let language = keys.required("language", "\"en\"", language);
    let color = keys.optional("color", color);
    let follow = keys.tables("follow", follow).into_iter().fold(Ok(Vec::new()), push);
    let known = keys.finish();
    let defaults = Defaults {
        zone: zone.unwrap_or(Zone::UTC),
        domain: uid_domain.clone().ok().or_else(|| Defaults::stand_in().domain),
    };
    let site = || {
        known?;
        source.unless_syntax(Site {
            name: name?,
            slug: slug?,
            description: description?,
            url: url?,
            uid_domain: uid_domain?,
            zone: zone?,
            language: language?,
            color: color?,
            follow: follow?,
        })
    };
    (site(), defaults)
}

fn url(at: At<'_>) -> Read<Link> {
    let written = link(at)?;
    let text = written.as_str().trim_end_matches('/');
    match Link::new(text) {
        Some(link) if !text.contains(['?', '#']) => Ok(link),
        _ => Err(at.wrong("the site's address ends in a query or fragment", "leave that out")),
    }
}

fn follow(mut keys: Keys<'_>) -> Read<Follow> {
    let title = keys.required("title", "\"Releases\"", line);
    let feed = keys.required("feed", "\"https://example.org/feed.xml\"", link);
    let page = keys.optional("page", link);
    keys.finish()?;
    Ok(Follow { title: title?, feed: feed?, page: page? })
}
