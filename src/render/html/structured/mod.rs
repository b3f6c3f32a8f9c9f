//! What search engines and assistants read of a page: schema.org's words as JSON-LD.
//!
//! Nothing in it depends on the present, and nothing is said that is not known exactly.

mod event;
mod node;
mod schedule;

pub(super) use event::{occurrence, series};

use crate::model::{Community, Page, Site};
use maud::{Markup, PreEscaped, html};
use node::{Organization, Reference, Work};
use serde::Serialize;

const CONTEXT: &str = "https://schema.org";

/// One thing and what its words mean.
#[derive(Serialize)]
struct Document<T> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    node: T,
}

/// Several things at once.
#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@graph")]
    graph: (Organization<'a>, Work<'a>),
}

/// The organisation and its site, for the community page.
pub(super) fn home(community: &Community) -> Markup {
    let site = &community.site;
    let organization = Organization::of(site);
    let publisher = Reference { id: organization.id.clone() };
    let web = Work::WebSite {
        id: web_id(site),
        name: site.name.as_str(),
        description: site.description.as_str(),
        url: site.absolute("/"),
        in_language: site.language.as_str(),
        publisher,
    };
    script(Graph { graph: (organization, web) })
}

/// A page of the community's own text.
pub(super) fn text(site: &Site, page: &Page) -> Markup {
    web_page(site, page.title.as_str(), &page.path)
}

/// The page of a month, by its name and path.
pub(super) fn month(site: &Site, name: &str, path: &str) -> Markup {
    web_page(site, name, path)
}

fn web_page(site: &Site, name: &str, path: &str) -> Markup {
    script(Work::WebPage {
        name,
        url: site.absolute(path),
        in_language: site.language.as_str(),
        is_part_of: Reference { id: web_id(site) },
    })
}

/// A page that lists others.
pub(super) fn collection(site: &Site, path: &str, name: &str, description: &str) -> Markup {
    script(Work::CollectionPage {
        name,
        description,
        url: site.absolute(path),
        in_language: site.language.as_str(),
        is_part_of: Reference { id: web_id(site) },
    })
}

fn web_id(site: &Site) -> String {
    site.absolute("/#site")
}

/// A data block, which is never run: a policy without inline scripts allows it.
///
/// Without `<` nothing in it can end it (HTML §4.12.1.3).
fn script(node: impl Serialize) -> Markup {
    let json = serde_json::to_string(&Document { context: CONTEXT, node }).unwrap_or_default();
    let json = json.replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}
