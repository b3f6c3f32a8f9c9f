//! What a calendar, a feed or a page is about.

use crate::model::{Community, Series, Site};

/// The whole community, or one series of it: what a calendar, a feed or a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// Every series.
    Community(&'a Community),
    /// One series of the community.
    Series(&'a Community, &'a Series),
}

impl<'a> Scope<'a> {
    /// The whole community, then each series.
    pub fn all(community: &'a Community) -> impl Iterator<Item = Scope<'a>> {
        let series = community.series.iter().map(move |series| Scope::Series(community, series));
        std::iter::once(Scope::Community(community)).chain(series)
    }

    /// The community it belongs to.
    pub fn community(&self) -> &'a Community {
        match self {
            Scope::Community(community) | Scope::Series(community, _) => community,
        }
    }

    /// The organisation.
    pub fn site(&self) -> &'a Site {
        &self.community().site
    }

    /// The series in it, by slug.
    pub fn series(&self) -> &'a [Series] {
        match self {
            Scope::Community(community) => &community.series,
            Scope::Series(_, series) => std::slice::from_ref(series),
        }
    }

    /// What readers call it: the organisation's name, or the series' title.
    pub fn title(&self) -> &'a str {
        match self {
            Scope::Community(community) => community.site.name.as_str(),
            Scope::Series(_, series) => series.title.as_str(),
        }
    }

    /// The folder of its page and feeds: `/` or `/meetings/<series>/`.
    pub fn folder(&self) -> String {
        match self {
            Scope::Community(_) => "/".to_owned(),
            Scope::Series(_, series) => Scope::folder_of(series),
        }
    }

    /// The folder of a series' page: `/meetings/<series>/`.
    pub fn folder_of(series: &Series) -> String {
        format!("/meetings/{}/", series.slug)
    }

    /// One sentence on it: the organisation's own, or whose meeting it is.
    pub fn description(&self) -> String {
        match self {
            Scope::Community(community) => community.site.description.to_string(),
            Scope::Series(community, series) => {
                format!("{}, a meeting of {}", series.title, community.site.name)
            }
        }
    }
}
