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
const MOST_ADDRESSES: usize = 50_000;

/// The most octets that one file may have, less its head.
const MOST_BYTES: usize = 50 * 1024 * 1024 - 1024;

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

/// Path and text of each file: one with every page or, beyond 50,000 pages or 50 MiB, as many as it
/// takes and a list of them.
///
/// Pages keep the order they are given in.
pub fn render(site: &Site, pages: &[Entry]) -> Vec<(String, String)> {
    let parts = parts(site, pages);
    if let [] | [_] = parts.as_slice() {
        return vec![(PATH.to_owned(), document("urlset", "url", site, pages))];
    }
    let numbered = parts.iter().zip(1..);
    let listed: Vec<Entry> = numbered.map(|(part, number)| listed(part, number)).collect();
    let index = (PATH.to_owned(), document("sitemapindex", "sitemap", site, &listed));
    let files = listed.iter().zip(parts);
    let file =
        |(entry, part): (&Entry, _)| (entry.path.clone(), document("urlset", "url", site, part));
    std::iter::once(index).chain(files.map(file)).collect()
}

/// Whether one of the files could be at that path.
pub fn is_path(path: &str) -> bool {
    path.strip_prefix("/sitemap").is_some_and(|rest| rest.ends_with(".xml"))
}

/// A part as the list of parts has it.
fn listed(part: &[Entry], number: usize) -> Entry {
    let last_modified = part.iter().filter_map(|page| page.last_modified).max();
    Entry { path: format!("/sitemap-{number}.xml"), last_modified }
}

/// The pages, cut where a file would have too many addresses or octets.
fn parts<'p>(site: &Site, pages: &'p [Entry]) -> Vec<&'p [Entry]> {
    let mut parts = Vec::new();
    let mut rest = pages;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = |page: &&Entry| {
            bytes += ENTRY + escaped_length(&site.absolute(&page.path));
            bytes <= MOST_BYTES
        };
        let count = rest.iter().take(MOST_ADDRESSES).take_while(fits).count();
        let (part, after) = rest.split_at(count.max(1));
        parts.push(part);
        rest = after;
    }
    parts
}

fn escaped_length(address: &str) -> usize {
    quick_xml::escape::escape(address).len()
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
