//! What programs read of the pages: JSON-LD, Open Graph, the list of pages, and what robots may do.

mod head;
mod sitemap;
mod structured;
mod vocabulary;

use convene::publish::{Resource, Snapshot};

/// Path and text of every page that is not only a hint where to look, a frame for other sites, or the
/// present month once more.
fn pages(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &str)> {
    let again = ["/embed/", "/calendar/"];
    let published = snapshot.iter().filter(move |(path, _)| !again.contains(path));
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
