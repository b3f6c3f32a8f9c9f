//! What robots may fetch (RFC 9309): everything, and where the list of pages is.

use super::sitemap;
use crate::model::Site;

/// Where it is served.
pub const PATH: &str = "/robots.txt";

/// Its media type (RFC 9309 §2.3).
pub const MEDIA_TYPE: &str = "text/plain; charset=utf-8";

/// Nothing is closed to anybody: the servers that fetch calendars and feeds for their users, such as
/// Google's, obey it too.
pub fn render(site: &Site) -> String {
    let sitemap = site.absolute(sitemap::PATH);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}
