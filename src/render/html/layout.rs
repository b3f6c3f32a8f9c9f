//! What is around every page.

use super::super::format::{Audience, FORMATS, Format};
use super::super::{Locale, Scope, opml};
use super::archive::ARCHIVE_PATH;
use super::assets::{ICON_PATH, SCRIPT_PATH, STYLE_PATH};
use super::month;
use crate::model::Community;
use maud::{DOCTYPE, Markup, html};

/// A page without what is around it.
pub(super) struct Layout<'a> {
    /// What it is about; its calendar and feeds are named in the head.
    pub(super) scope: Scope<'a>,
    /// Where it is served.
    pub(super) path: &'a str,
    /// What windows and search results show; the site's name is added.
    pub(super) title: String,
    /// One sentence for search results.
    pub(super) description: String,
    /// The same for programs.
    pub(super) structured: Markup,
}

impl Layout<'_> {
    /// The whole document.
    pub(super) fn around(&self, main: Markup) -> String {
        let site = self.scope.site();
        let locale = self.scope.locale();
        let markup = html! {
            (DOCTYPE)
            html lang=(site.language) {
                (self.head())
                body {
                    a.skip href="#main" lang=[locale.foreign_to(site)] { (locale.frame.skip) }
                    (header(self.scope.community(), self.path))
                    main #main { (main) }
                    (self.footer())
                }
            }
        };
        markup.into_string()
    }

    fn head(&self) -> Markup {
        let site = self.scope.site();
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (self.document_title()) }
                meta name="description" content=(self.description);
                meta name="color-scheme" content="light dark";
                link rel="canonical" href=(site.absolute(self.path));
                (self.open_graph())
                link rel="icon" type="image/svg+xml" href=(ICON_PATH);
                link rel="stylesheet" href=(STYLE_PATH);
                script type="module" src=(SCRIPT_PATH) {}
                (alternates(&self.scope, formats_to_find()))
                @if let Scope::Series(community, _) = self.scope {
                    (alternates(&Scope::Community(community), formats_for_people()))
                }
                @if let Scope::Community(_) = self.scope {
                    @let title = format!("{}: OPML", self.scope.title());
                    link rel="alternate" type=(bare(opml::MEDIA_TYPE)) title=(title) href=(opml::PATH);
                }
                (self.structured)
            }
        }
    }

    /// What is shown where somebody shares the address (ogp.me).
    fn open_graph(&self) -> Markup {
        let site = self.scope.site();
        html! {
            meta property="og:type" content="website";
            meta property="og:site_name" content=(site.name);
            meta property="og:title" content=(self.title);
            meta property="og:description" content=(self.description);
            meta property="og:url" content=(site.absolute(self.path));
            @if let Some(locale) = locale(site.language.as_str()) {
                meta property="og:locale" content=(locale);
            }
            meta name="twitter:card" content="summary";
        }
    }

    fn document_title(&self) -> String {
        let name = self.scope.site().name.as_str();
        if self.title == name { name.to_owned() } else { format!("{} · {name}", self.title) }
    }

    fn footer(&self) -> Markup {
        let whole = Scope::Community(self.scope.community());
        let locale = self.scope.locale();
        html! {
            footer lang=[locale.foreign_to(whole.site())] {
                p.zones data-own=(locale.frame.own_zone) { (locale.frame.zones) }
                p {
                    a href="/#subscribe" { (locale.frame.subscribe) }
                    // The calendar's own link would be called as the page of the months is.
                    @for format in FORMATS.iter().filter(|f| f.audience == Audience::Readers) {
                        " · " a href=(format.path(&whole)) { ((format.name)(locale)) }
                    }
                }
            }
        }
    }
}

fn header(community: &Community, path: &str) -> Markup {
    let pages = community.pages.iter().filter(|page| page.path != "/");
    let Locale { frame: words, months, archive, .. } = Locale::of(&community.site);
    let in_calendar = path.starts_with(month::CALENDAR_PATH);
    html! {
        header {
            a.brand href="/" aria-current=[(path == "/").then_some("page")] {
                (community.site.name)
            }
            nav aria-label=(words.site) {
                a href="/#meetings" { (words.meetings) }
                @if month::is_there(community) {
                    a href=(month::CALENDAR_PATH) aria-current=[in_calendar.then_some("page")] {
                        (months.calendar)
                    }
                }
                a href="/#subscribe" { (words.subscribe) }
                a href=(ARCHIVE_PATH) aria-current=[(path == ARCHIVE_PATH).then_some("page")] {
                    (archive.title)
                }
                @for page in pages {
                    a href=(page.path) aria-current=[(page.path == path).then_some("page")] {
                        (page.title)
                    }
                }
            }
        }
    }
}

fn formats_for_people() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|f| matches!(f.audience, Audience::Calendars | Audience::Readers))
}

/// All but those for bots, which a reader would offer as feeds to read, and those to be shown.
fn formats_to_find() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| !matches!(format.audience, Audience::Bots | Audience::Sites))
}

/// Lets browsers, readers and calendars find what can be subscribed to.
fn alternates<'a>(scope: &Scope<'_>, formats: impl Iterator<Item = &'a Format>) -> Markup {
    let locale = scope.locale();
    html! {
        @for format in formats {
            @let title = [&scope.title(), locale.dates.colon, (format.name)(locale)].concat();
            link rel="alternate" type=(bare(format.media_type)) title=(title) href=(format.path(scope));
        }
    }
}

/// A media type without its parameters.
fn bare(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default()
}

/// A BCP 47 tag as Open Graph has it, `en_US`: with the region it names, or else the usual one.
fn locale(tag: &str) -> Option<String> {
    let mut subtags = tag.split('-');
    let language = subtags.next()?.to_ascii_lowercase();
    let is_region =
        |subtag: &&str| subtag.len() == 2 && subtag.chars().all(|c| c.is_ascii_alphabetic());
    let named = subtags.take_while(|subtag| subtag.len() > 1).find(is_region);
    let region = match (named, language.as_str()) {
        (Some(region), _) => region,
        (None, "en") => "US",
        (None, "de") => "DE",
        (None, "es") => "ES",
        (None, "fr") => "FR",
        (None, "it") => "IT",
        (None, "ja") => "JP",
        (None, "ko") => "KR",
        (None, "pt") => "BR",
        (None, "zh") => "CN",
        (None, _) => return None,
    };
    Some(format!("{language}_{}", region.to_ascii_uppercase()))
}

/// What static hosts serve at the path of an alias, where they cannot redirect.
pub fn redirect(community: &Community, to: &str) -> String {
    let site = &community.site;
    let words = &Locale::of(site).frame;
    let link = html! { a href=(to) { (site.absolute(to)) } };
    let page = html! {
        (DOCTYPE)
        html lang=(site.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (words.moved) " · " (site.name) }
                link rel="canonical" href=(site.absolute(to));
                meta http-equiv="refresh" content=(format!("0; url={to}"));
                link rel="icon" type="image/svg+xml" href=(ICON_PATH);
                link rel="stylesheet" href=(STYLE_PATH);
            }
            body {
                main { p { ((words.moved_to)(link)) } }
            }
        }
    };
    page.into_string()
}
