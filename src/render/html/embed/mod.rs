//! What other sites put on their pages: a page for an `iframe`, and an element by script.

mod words;

use super::assets::{CSS, ICON_PATH, JAVASCRIPT};
use super::meeting;
use crate::model::{Community, Site};
use crate::render::Locale;
use crate::schedule::{AsOf, coming};
use maud::{DOCTYPE, html};

/// Where the page for an `iframe` is served, the only one that other sites may frame.
pub const EMBED_PATH: &str = "/embed/";

/// Where the script is served that makes the `<convene-next>` of any page show the next meetings.
const ELEMENT_PATH: &str = "/embed.js";

const STYLE_PATH: &str = "/embed/page.css";

/// What reads the parameters of the page's address.
const SCRIPT_PATH: &str = "/embed/page.js";

/// Path, media type and text of a file.
pub type EmbedFile = (&'static str, &'static str, fn(&Site) -> String);

/// Path, media type and text of every file that is needed for it.
pub const EMBED_FILES: [EmbedFile; 3] = [
    (ELEMENT_PATH, JAVASCRIPT, |site| words::with_words(include_str!("element.js"), site)),
    (SCRIPT_PATH, JAVASCRIPT, |_| include_str!("page.js").to_owned()),
    (STYLE_PATH, CSS, |_| include_str!("page.css").to_owned()),
];

/// Meetings on the page.
const MEETINGS: usize = 3;

/// The page for an `iframe`: the next meetings as a list, in place of which the element shows what
/// the address' parameters ask for (`series`, `count`, `theme`, `locale`) where scripts run.
pub fn embed(community: &Community, as_of: &AsOf) -> String {
    let site = &community.site;
    let locale = Locale::of(site);
    let next = coming(community.all_series(), as_of, MEETINGS);
    let title = |locale: &Locale| (locale.embeds.title)(site.name.as_str());
    let all = |locale: &Locale| locale.embeds.all.to_owned();
    let page = html! {
        (DOCTYPE)
        html lang=(site.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title(locale)) }
                // A link must not open within the frame.
                base target="_blank";
                link rel="canonical" href=(site.absolute("/"));
                link rel="icon" type="image/svg+xml" href=(ICON_PATH);
                link rel="stylesheet" href=(STYLE_PATH);
                script src=(SCRIPT_PATH) defer {}
                script src=(ELEMENT_PATH) defer {}
            }
            body {
                main lang=[locale.foreign_to(site)] {
                    h1.hidden data-said=(words::in_all_languages(title)) { (title(locale)) }
                    convene-next count=(MEETINGS) {
                        @if next.is_empty() { p { (locale.home.nothing) } }
                        @else {
                            ul.rows {
                                @for occurrence in &next {
                                    (meeting::row(community, occurrence, true))
                                }
                            }
                        }
                    }
                    p.more {
                        a href="/" data-said=(words::in_all_languages(all)) { (all(locale)) }
                    }
                }
            }
        }
    };
    page.into_string()
}
