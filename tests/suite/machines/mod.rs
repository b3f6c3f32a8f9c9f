//! What programs read of the pages: JSON-LD, Open Graph, the list of pages, and what robots may do.

mod head;
mod sitemap;
mod structured;
mod vocabulary;

use convene::publish::{Resource, Snapshot};

/// Path and text of every page that is not only a hint where to look, or a frame for other sites.
fn pages(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &str)> {
    let published = snapshot.iter().filter(|(path, _)| *path != "/embed/");
    published.filter_map(|(path, resource)| match resource {
        Resource::Document(document) if document.media_type().starts_with("text/html") => {
            Some((path, std::str::from_utf8(document.body()).unwrap()))
        }
        _ => None,
    })
}

/// The address that a page names as its own.
fn canonical(html: &str) -> &str {
    let (_, after) = html.split_once("<link rel=\"canonical\" href=\"").unwrap();
    after.split('"').next().unwrap()
}
