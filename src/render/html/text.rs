//! Pages that are the community's own text and nothing else.

use super::super::{Locale, Scope, markdown};
use super::layout::Layout;
use super::structured;
use crate::model::{Community, Page};
use maud::{Markup, PreEscaped, html};

pub(super) fn text(community: &Community, page: &Page) -> String {
    let description = markdown::summary(&page.body);
    let layout = Layout {
        scope: Scope::Community(community),
        path: &page.path,
        title: page.title.to_string(),
        description: description.unwrap_or_else(|| community.site.description.clone()).to_string(),
        structured: structured::text(&community.site, page),
    };
    layout.around(html! {
        h1 { (page.title) }
        (body(Locale::of(&community.site), page, 0))
    })
}

/// The page's text, after its table of contents where it has one; its headings begin `deeper`
/// levels below `h2`.
pub(super) fn body(locale: &Locale, page: &Page, deeper: usize) -> Markup {
    let text = markdown::for_page(&page.body, deeper);
    let top = text.headings.iter().map(|heading| heading.level).min().unwrap_or_default();
    html! {
        div.reading {
            @if page.toc && text.headings.len() > 1 {
                nav.contents aria-labelledby="contents" {
                    p #contents { (locale.frame.contents) }
                    ul {
                        @for heading in text.headings.iter().filter(|h| h.level <= top + 1) {
                            li class=[(heading.level > top).then_some("deeper")] {
                                a href={ "#" (heading.id) } { (heading.text) }
                            }
                        }
                    }
                }
            }
            div.text { (PreEscaped(text.html)) }
        }
    }
}
