//! What a calendar, a feed or a page is about.

use super::Locale;
use crate::model::{Color, Community, Series, Site, Slug};
use std::collections::BTreeSet;

/// What a calendar, a feed or a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// Every series of the community.
    Community(&'a Community),
    /// One series of the community.
    Series(&'a Community, &'a Series),
    /// Every series with that tag.
    Tag(&'a Community, &'a Slug),
}

impl<'a> Scope<'a> {
    /// The whole community, then each series, then each tag.
    pub fn all(community: &'a Community) -> impl Iterator<Item = Scope<'a>> {
        let series = community.series.iter().map(move |series| Scope::Series(community, series));
        let tags: BTreeSet<&Slug> = community.series.iter().flat_map(|s| &s.tags).collect();
        let tags = tags.into_iter().map(move |tag| Scope::Tag(community, tag));
        std::iter::once(Scope::Community(community)).chain(series).chain(tags)
    }

    /// The scope whose calendar is at that path without its extension.
    ///
    /// ```
    /// # let files = [("site.toml", "name = \"OCI\"\nslug = \"oci\"\ndescription = \"Meetings\"\n\
    /// #     url = \"https://example.org\"\nuid-domain = \"example.org\"\nzone = \"UTC\"\nlanguage = \"en\""),
    /// #     ("community.md", "+++\ntitle = \"OCI\"\n+++\n")];
    /// # let files = files.map(|(path, text)| convene::content::SourceFile {
    /// #     path: path.to_owned(), bytes: text.into() });
    /// # let community = convene::content::parse(&files).unwrap();
    /// use convene::render::Scope;
    /// assert!(Scope::of_calendar(&community, "/oci").is_some());
    /// assert!(Scope::of_calendar(&community, "/meetings/oci-weekly").is_none());
    /// ```
    pub fn of_calendar(community: &'a Community, stem: &str) -> Option<Scope<'a>> {
        let mut series = community.series.iter();
        match stem.strip_prefix('/')?.split_once('/') {
            None => {
                let scope = Scope::Community(community);
                scope.calendar_stems().iter().any(|known| known == stem).then_some(scope)
            }
            Some(("meetings", name)) => series
                .find(|series| series.slug.as_str() == name)
                .map(|series| Scope::Series(community, series)),
            Some(("tags", name)) => series
                .flat_map(|series| &series.tags)
                .find(|tag| tag.as_str() == name)
                .map(|tag| Scope::Tag(community, tag)),
            Some(_) => None,
        }
    }

    /// The paths of its calendar without their extension, the canonical one first.
    pub fn calendar_stems(&self) -> Vec<String> {
        match self {
            Scope::Community(community) => {
                vec![format!("/{}", community.site.slug), "/calendar".to_owned()]
            }
            Scope::Series(_, series) => vec![format!("/meetings/{}", series.slug)],
            Scope::Tag(_, tag) => vec![format!("/tags/{tag}")],
        }
    }

    /// The community it belongs to.
    pub fn community(&self) -> &'a Community {
        match self {
            Scope::Community(community)
            | Scope::Series(community, _)
            | Scope::Tag(community, _) => community,
        }
    }

    /// The organisation.
    pub fn site(&self) -> &'a Site {
        &self.community().site
    }

    /// The words for its readers.
    pub fn locale(&self) -> &'static Locale {
        Locale::of(self.site())
    }

    /// The series in it, by slug.
    pub fn series(&self) -> impl Iterator<Item = &'a Series> + use<'a> {
        let scope = *self;
        let (all, one) = match scope {
            Scope::Community(community) | Scope::Tag(community, _) => (Some(community), None),
            Scope::Series(_, series) => (None, Some(series)),
        };
        let all = all.into_iter().flat_map(Community::all_series).chain(one);
        all.filter(move |series| match scope {
            Scope::Tag(_, tag) => series.tags.contains(tag),
            _ => true,
        })
    }

    /// What readers call it: the organisation's name, the series' title, or both name and tag.
    pub fn title(&self) -> String {
        match self {
            Scope::Community(community) => community.site.name.to_string(),
            Scope::Series(_, series) => series.title.to_string(),
            Scope::Tag(community, tag) => format!("{}: {tag}", community.site.name),
        }
    }

    /// The colour of its calendar.
    pub fn color(&self) -> Color {
        let own = match self {
            Scope::Series(_, series) => series.color,
            Scope::Community(_) | Scope::Tag(..) => None,
        };
        own.or(self.site().color).unwrap_or(Color::DEFAULT)
    }

    /// The page it has: of the whole community for a tag.
    pub fn home(&self) -> String {
        match self {
            Scope::Community(_) | Scope::Tag(..) => "/".to_owned(),
            Scope::Series(_, series) => Scope::folder_of(series),
        }
    }

    /// The folder of its feeds: `/`, `/meetings/<series>/` or `/tags/<tag>/`.
    pub fn folder(&self) -> String {
        match self {
            Scope::Community(_) => "/".to_owned(),
            Scope::Series(_, series) => Scope::folder_of(series),
            Scope::Tag(_, tag) => format!("/tags/{tag}/"),
        }
    }

    /// The folder of a series' page: `/meetings/<series>/`.
    pub fn folder_of(series: &Series) -> String {
        ["/meetings/", series.slug.as_str(), "/"].concat()
    }

    /// One sentence on it: the organisation's own, or whose meetings these are.
    pub fn description(&self) -> String {
        match self {
            Scope::Community(community) => community.site.description.to_string(),
            Scope::Series(community, series) => {
                let words = self.locale().feeds;
                (words.series)(series.title.as_str(), community.site.name.as_str())
            }
            Scope::Tag(community, tag) => {
                let words = self.locale().feeds;
                (words.tag)(tag.as_str(), community.site.name.as_str())
            }
        }
    }
}
