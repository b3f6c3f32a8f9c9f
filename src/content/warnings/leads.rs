//! Where the content's links lead: which there are, and what to say of those that lead nowhere.

use super::links::{dated, file_named, records};
use super::place::{Places, Said};
use super::{or_quiet, path_of};
use crate::content::{Diagnostics, SourceFile};
use crate::model::{Community, Concern, Details, Link, Markdown, Series};
use pulldown_cmark::{Event, Parser, Tag};
use std::collections::BTreeSet;

/// A link of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The file it stands in.
    pub path: String,
    /// Where it leads.
    pub link: Link,
}

/// Every link of the content, at its first place: those of the site, of pages, series and dated files,
/// then those of records, the newest first. Those of a series, or of a site, that has `dead-link` among
/// what is `quiet` are left out.
///
/// `files` are those that the community was read from.
pub fn linked(files: &[SourceFile], community: &Community) -> Vec<Linked> {
    let places = Places::of(files);
    let site = &community.site;
    let is_told = |quiet: &[Concern]| !quiet.contains(&Concern::DeadLink);
    if !is_told(&site.quiet) {
        return Vec::new();
    }
    let told = || community.all_series().filter(|series| is_told(&series.quiet));
    let mut all = Vec::new();
    let mut add = |path: &str, link: &Link| {
        all.push(Linked { path: path.to_owned(), link: link.clone() });
    };
    for follow in &site.follow {
        add("site.toml", &follow.feed);
        follow.page.iter().for_each(|page| add("site.toml", page));
    }
    for page in &community.pages {
        let stem = page.path.trim_matches('/');
        let path = if stem.is_empty() { "community.md".to_owned() } else { format!("{stem}.md") };
        in_text(&page.body).iter().for_each(|link| add(&path, link));
    }
    for series in told() {
        let path = path_of(series);
        of_series(series).iter().for_each(|link| add(&path, link));
        for (id, details) in dated(series) {
            let path = file_named(&places, series, id);
            of_date(details).iter().for_each(|link| add(&path, link));
        }
    }
    for series in told() {
        let path = format!("meetings/{}/records.toml", series.slug);
        let left = records(series).flat_map(|r| r.minutes.iter().chain(&*r.recordings));
        let mut left: Vec<&Link> = left.collect();
        left.reverse();
        left.into_iter().for_each(|link| add(&path, link));
    }
    let mut seen = BTreeSet::new();
    all.retain(|one| seen.insert(one.link.clone()));
    all
}

/// What is wrong with links, each with the reason why it leads nowhere.
pub fn leading_nowhere(files: &[SourceFile], found: &[(&Linked, String)]) -> Diagnostics {
    let places = Places::of(files);
    let warn = |(Linked { path, link }, why): &(&Linked, String)| {
        let message = format!("`{link}` leads nowhere: {why}");
        let help =
            or_quiet("write the address where it is now, or leave it out", Concern::DeadLink);
        places.at_text(path, link.as_str(), Said { message, help })
    };
    Diagnostics::new(found.iter().map(warn).collect())
}

fn of_series(series: &Series) -> Vec<Link> {
    let own = [series.join.as_ref(), series.agenda.as_ref()].into_iter().flatten().cloned();
    own.chain(in_text(&series.description)).collect()
}

fn of_date(details: &Details) -> Vec<Link> {
    let own = [details.join.as_ref(), details.agenda.as_ref()].into_iter().flatten().cloned();
    own.chain(in_text(&details.note)).collect()
}

fn in_text(text: &Markdown) -> Vec<Link> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Link::new(&dest_url),
        _ => None,
    };
    Parser::new(text.as_str()).filter_map(link).collect()
}
