//! What is around every page.

use super::super::Scope;
use super::super::format::{Audience, FORMATS, Format};
use super::STYLE_PATH;
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
}

impl Layout<'_> {
    /// The whole document.
    pub(super) fn around(&self, main: Markup) -> String {
        let site = self.scope.site();
        let markup = html! {
            (DOCTYPE)
            html lang=(site.language) {
                (self.head())
                body {
                    a.skip href="#main" { "Skip to the content" }
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
                link rel="stylesheet" href=(STYLE_PATH);
                (alternates(&self.scope, formats_to_find()))
                @if let Scope::Series(community, _) = self.scope {
                    (alternates(&Scope::Community(community), formats_for_people()))
                }
            }
        }
    }

    fn document_title(&self) -> String {
        let name = self.scope.site().name.as_str();
        if self.title == name { name.to_owned() } else { format!("{} · {name}", self.title) }
    }

    fn footer(&self) -> Markup {
        let whole = Scope::Community(self.scope.community());
        html! {
            footer {
                p { "Every time is shown in the meeting’s own zone and in UTC." }
                p {
                    a href="/#subscribe" { "Subscribe" }
                    @for format in formats_for_people() {
                        " · " a href=(format.path(&whole)) { (format.name) }
                    }
                }
            }
        }
    }
}

fn header(community: &Community, path: &str) -> Markup {
    let pages = community.pages.iter().filter(|page| page.path != "/");
    html! {
        header {
            a.brand href="/" aria-current=[(path == "/").then_some("page")] {
                (community.site.name)
            }
            nav aria-label="Site" {
                a href="/#meetings" { "Meetings" }
                a href="/#subscribe" { "Subscribe" }
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
    html! {
        @for format in formats {
            @let media_type = format.media_type.split(';').next().unwrap_or_default();
            @let title = format!("{}: {}", scope.title(), format.name);
            link rel="alternate" type=(media_type) title=(title) href=(format.path(scope));
        }
    }
}

/// What static hosts serve at the path of an alias, where they cannot redirect.
pub fn redirect(community: &Community, to: &str) -> String {
    let site = &community.site;
    let page = html! {
        (DOCTYPE)
        html lang=(site.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "This page has moved · " (site.name) }
                link rel="canonical" href=(site.absolute(to));
                meta http-equiv="refresh" content=(format!("0; url={to}"));
                link rel="stylesheet" href=(STYLE_PATH);
            }
            body {
                main { p { "This page has moved to " a href=(to) { (site.absolute(to)) } "." } }
            }
        }
    };
    page.into_string()
}
