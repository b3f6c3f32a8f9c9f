//! Links that are not https: anybody on their way can read and change what comes.

use super::place::{Places, Said};
use super::{Looked, or_quiet, path_of};
use crate::content::Diagnostic;
use crate::model::{Concern, Details, Link, Local, Record, Series};

/// The site's own address, and the feeds worth following.
pub(super) fn of_site(all: &Looked<'_>) -> Vec<Diagnostic> {
    let site = &all.community.site;
    let follow = site.follow.iter().flat_map(|follow| [Some(&follow.feed), follow.page.as_ref()]);
    in_file(all, None, "site.toml", follow.flatten().chain([&site.url]))
}

/// The links of the series, of its dates and of its records.
pub(super) fn of_series(all: &Looked<'_>, series: &Series) -> Vec<Diagnostic> {
    let told = Some(series);
    let own = [series.join.as_ref(), series.agenda.as_ref()].into_iter().flatten();
    let mut found = in_file(all, told, &path_of(series), own);
    for (id, details) in dated(series) {
        let links = [details.join.as_ref(), details.agenda.as_ref()].into_iter().flatten();
        found.extend(in_file(all, told, &file_of(all, series, id), links));
    }
    let path = format!("meetings/{}/records.toml", series.slug);
    let left = records(series).flat_map(|record| record.minutes.iter().chain(&*record.recordings));
    found.extend(in_file(all, told, &path, left));
    found
}

/// One warning for a file, at the first of the links.
fn in_file<'l>(
    all: &Looked<'_>,
    series: Option<&Series>,
    path: &str,
    links: impl Iterator<Item = &'l Link>,
) -> Vec<Diagnostic> {
    let concern = Concern::NotHttps;
    let mut plain = links.map(Link::as_str).filter(|link| link.starts_with("http://"));
    let Some(first) = plain.next().filter(|_| all.is_told(concern, series)) else {
        return Vec::new();
    };
    let message = match plain.filter(|link| *link != first).count() {
        0 => format!("`{first}` is not https"),
        more => format!("`{first}` is not https, and {more} more in this file"),
    };
    let help = or_quiet("write it with `https://`, if the page is there too", concern);
    vec![all.places.at_text(path, first, Said { message, help })]
}

pub(super) fn dated(series: &Series) -> impl Iterator<Item = (Local, &Details)> {
    let slots = series.slots.iter().flat_map(|slot| slot.exceptions.iter());
    let given = slots.filter_map(|(id, exception)| Some((*id, exception.details.as_deref()?)));
    given.chain(series.added.iter().map(|(id, added)| (*id, &added.details)))
}

pub(super) fn records(series: &Series) -> impl Iterator<Item = &Record> {
    let given = series.slots.iter().flat_map(|slot| slot.exceptions.values());
    let added = series.added.values().filter_map(|added| added.record.as_ref());
    given.filter_map(|exception| exception.record.as_ref()).chain(added)
}

/// The file of that date.
pub(super) fn file_of(all: &Looked<'_>, series: &Series, id: Local) -> String {
    file_named(&all.places, series, id)
}

/// The same of any files.
pub(super) fn file_named(places: &Places<'_>, series: &Series, id: Local) -> String {
    let named = |stem: String| format!("meetings/{}/{stem}.md", series.slug);
    let by_time = named(id.file_stem());
    if places.has(&by_time) { by_time } else { named(id.date().to_string()) }
}
