//! Where a community's minutes and recordings are: the addresses that a round asks.

use crate::model::{Community, Link, MinutesSource, Series, Videos};
use std::collections::BTreeMap;

/// One address that is asked, and whom it is asked for.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// What is there.
    pub kind: Kind,
    /// What is asked.
    pub url: String,
    /// The series that look there, in order of slug; several may share a note or a channel.
    pub series: Vec<&'a Series>,
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A HackMD note of that id, as Markdown.
    HackMd(String),
    /// Markdown at an address of its own.
    Markdown(Link),
    /// YouTube's Atom feed of a channel or a playlist.
    YouTube(Videos),
}

impl Kind {
    /// What is asked.
    fn url(&self) -> String {
        match self {
            Kind::HackMd(id) => format!("https://hackmd.io/{id}/download"),
            Kind::Markdown(link) => link.to_string(),
            Kind::YouTube(videos) => videos.feed(),
        }
    }

    /// What people know it as: `minutes` or `recordings`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Kind::HackMd(_) | Kind::Markdown(_) => "minutes",
            Kind::YouTube(_) => "recordings",
        }
    }
}

/// Every address that the community's series name, each once, minutes first.
pub fn sources(community: &Community) -> Vec<Source<'_>> {
    let mut found: BTreeMap<Kind, Vec<&Series>> = BTreeMap::new();
    for series in &community.series {
        let minutes = series.minutes.as_ref().map(|source| match source {
            MinutesSource::HackMd(id) => Kind::HackMd(id.clone()),
            MinutesSource::Markdown(link) => Kind::Markdown(link.clone()),
        });
        let videos = series.recordings.as_ref().map(|source| Kind::YouTube(source.videos.clone()));
        for kind in [minutes, videos].into_iter().flatten() {
            found.entry(kind).or_default().push(series);
        }
    }
    let source = |(kind, series): (Kind, Vec<_>)| Source { url: kind.url(), kind, series };
    found.into_iter().map(source).collect()
}
