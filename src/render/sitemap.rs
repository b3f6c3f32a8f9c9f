//! The list of all pages for search engines (sitemaps.org, version 0.9).

use crate::model::Site;
use crate::render::words;
use chrono::{DateTime, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// Where it is served; or the list of its parts, where it is too long for one file.
pub const PATH: &str = "/sitemap.xml";

/// Its media type.
pub const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The most addresses that one file may have.
pub const MOST_ADDRESSES: usize = 50_000;

/// The most octets that one file may have, less its head.
pub const MOST_BYTES: usize = 50 * 1024 * 1024 - 1024;

/// The octets of an entry besides its address.
const ENTRY: usize = 100;

/// A page that search engines may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is served.
    pub path: String,
    /// When it last changed; none where that is not known.
    pub last_modified: Option<DateTime<Utc>>,
}

/// Where a part of the list is served, counted from 1.
pub fn path_of_part(number: usize) -> String {
    format!("/sitemap-{number}.xml")
}

/// Whether one of the files could be at that path.
pub fn is_path(path: &str) -> bool {
    path.strip_prefix("/sitemap").is_some_and(|rest| rest.ends_with(".xml"))
}

/// The list of those pages, in the order they are given in.
pub fn list(site: &Site, pages: &[Entry]) -> String {
    document("urlset", "url", site, pages)
}

/// The list of those parts of the list.
pub fn index(site: &Site, parts: &[Entry]) -> String {
    document("sitemapindex", "sitemap", site, parts)
}

/// The octets of an entry with that path, or more.
pub fn weight(site: &Site, path: &str) -> usize {
    ENTRY + quick_xml::escape::escape(site.absolute(path)).len()
}

/// Writing to memory cannot fail; the library says so only in its types.
fn document(root: &str, item: &str, site: &Site, entries: &[Entry]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = write(&mut writer, root, item, site, entries).is_ok();
    let text = String::from_utf8(writer.into_inner()).ok().filter(|_| written);
    text.map(|text| text + "\n").unwrap_or_default()
}

fn write(
    writer: &mut Writer<Vec<u8>>,
    root: &str,
    item: &str,
    site: &Site,
    entries: &[Entry],
) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = writer.create_element(root).with_attribute(("xmlns", NAMESPACE));
    root.write_inner_content(|writer| {
        entries.iter().try_for_each(|entry| write_entry(writer, item, site, entry))
    })?;
    Ok(())
}

fn write_entry(
    writer: &mut Writer<Vec<u8>>,
    item: &str,
    site: &Site,
    entry: &Entry,
) -> io::Result<()> {
    let address = site.absolute(&entry.path);
    let moment = entry.last_modified.map(words::machine);
    writer.create_element(item).write_inner_content(|writer| {
        writer.create_element("loc").write_text_content(BytesText::new(&address))?;
        if let Some(moment) = &moment {
            writer.create_element("lastmod").write_text_content(BytesText::new(moment))?;
        }
        Ok(())
    })?;
    Ok(())
}
