//! What a static host has to know of the tree, in two files that Netlify and Cloudflare Pages read:
//! `_headers` and `_redirects`. Other hosts serve them as files that nobody asks for.
//!
//! With them such a host says of a document what a server of ours says, as far as it can: it knows
//! patterns of paths, and not until when a document is true. Where several patterns fit a path, all of
//! their headers count, and of one name the values are put together; so no two that fit the same path
//! may have a name in common. Netlify takes a slash at the end of a path or pattern as if it were not
//! there, and `/x/*` for all that begins with `/x`.

use super::build::documents;
use super::kept::{MAX_AGE, cache_control};
use super::policy::{ANYBODY, NO_REFERRER, NOSNIFF, policy};
use super::recipe::HTML;
use crate::model::{Community, Moved};
use crate::render::html::EMBED_PATH;
use crate::schedule::AsOf;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The headers of a pattern.
type Headers = Vec<(&'static str, String)>;

/// Name and text of each file that tells a static host of the community's tree at that moment.
pub fn static_host(community: &Community, as_of: DateTime<Utc>) -> [(&'static str, String); 2] {
    [("_headers", headers(community, as_of)), ("_redirects", redirects(community))]
}

fn headers(community: &Community, as_of: DateTime<Utc>) -> String {
    let as_of = AsOf::new(as_of);
    let (mut pages, mut others) = (BTreeSet::new(), BTreeMap::new());
    for (path, recipe) in documents(community, &as_of) {
        match recipe.media_type() {
            HTML => drop(pages.insert(path)),
            media_type => drop(others.insert(pattern(&path), media_type)),
        }
    }
    let everything = vec![
        ("Cache-Control", cache_control(MAX_AGE)),
        ("Referrer-Policy", NO_REFERRER.to_owned()),
        ("X-Content-Type-Options", NOSNIFF.to_owned()),
    ];
    let mut text = "# Written by `convene build`, for Netlify and Cloudflare Pages.\n".to_owned();
    rule(&mut text, "/*", &everything);
    for (pattern, page) in of_pages(&pages) {
        rule(&mut text, &pattern, &vec![("Content-Security-Policy", policy(page).to_owned())]);
    }
    for (pattern, media_type) in others {
        let anybody = ("Access-Control-Allow-Origin", ANYBODY.to_owned());
        rule(&mut text, &pattern, &vec![anybody, ("Content-Type", media_type.to_owned())]);
    }
    text
}

fn rule(text: &mut String, pattern: &str, headers: &Headers) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "\n{pattern}");
    for (name, value) in headers {
        let _ = writeln!(text, "  {name}: {value}");
    }
}

/// The pattern of a document that is no page: by its extension or name, where each series has one,
/// or else by its path.
fn pattern(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.split_once('.') {
        Some((_, extension @ ("ics" | "jcal.json" | "jscal.json" | "xcal.xml"))) => {
            format!("/*.{extension}")
        }
        _ if is_of_scopes(name) => format!("/*{name}"),
        _ => path.to_owned(),
    }
}

/// Whether each series and tag has a document of that name.
fn is_of_scopes(name: &str) -> bool {
    ["feed.", "reminders.", "next."].iter().any(|stem| name.starts_with(stem))
}

/// Patterns for all pages, each with one of the pages for which it is: a folder with pages in its
/// folders is a pattern, any other page is one by itself.
fn of_pages(pages: &BTreeSet<String>) -> BTreeMap<String, &String> {
    let top = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
    let deep = |path: &&String| path.matches('/').count() > 2;
    let folders: BTreeSet<_> = pages.iter().filter(deep).map(|path| top(path)).collect();
    let of_page = |path: &String| match top(path) {
        top if folders.contains(&top) && !EMBED_PATH.starts_with(&format!("/{top}")) => {
            format!("/{top}/*")
        }
        _ => path.clone(),
    };
    pages.iter().map(|path| (of_page(path), path)).collect()
}

fn redirects(community: &Community) -> String {
    let mut text = "# Written by `convene build`, for Netlify and Cloudflare Pages.\n\
        # Netlify hears the first of two lines, even where there is a file; Cloudflare the second.\n"
        .to_owned();
    let (site, pages) = (&community.site, &community.pages);
    let aliases =
        pages.iter().flat_map(|page| page.aliases.iter().map(|alias| (alias, &page.path)));
    let moved = site.moved.iter().map(|Moved { from, to }| (from, to));
    for (from, to) in aliases.chain(moved) {
        line(&mut text, from, to);
    }
    // Last: the first line that fits is heard.
    for Moved { from, to } in &site.moved {
        if from.ends_with('/') && to.ends_with('/') {
            line(&mut text, &format!("{from}*"), &format!("{to}:splat"));
        }
    }
    for path in &site.gone {
        // With the community page to look at, which says what there is.
        let _ = writeln!(text, "{} / 410!", encoded(path));
    }
    text
}

fn line(text: &mut String, from: &str, to: &str) {
    let (from, to) = (encoded(from), encoded(to));
    let _ = writeln!(text, "{from} {to} 301!\n{from} {to} 301");
}

/// The path in ASCII without spaces; `*` and `:` stay.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            byte if byte.is_ascii_graphic() && !matches!(byte, b'%' | b'#' | b'?') => {
                text.push(char::from(byte));
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
