//! `meetings/<series>/series.md`: the definition of a series, its body the description.
//!
//! Required: `title`, and `updated`, the moment the definition last
//! changed, or a list of each. Optional: `join`,
//! `agenda`, `location`; `color`, the site's where it is left out; `minutes`, a table of `hackmd` or
//! `url`; `trust-minutes`, whether a cancellation that the minutes tell is believed; `recordings`, a
//! table of `youtube` (a channel) or `playlist`, and maybe `titled`, words of which a video's title has
//! one; `tags` and `holidays`, lists of short names; `quiet`, what `check` does not warn of; any number
//! of `[[slot]]`.

use super::front_matter;
use super::reader::Keys;
use super::site::Defaults;
use super::slot;
use super::source::{Read, Reported, Source, quote};
use super::suggest::nearest;
use super::tree::{Node, Value};
use super::value::{At, boolean, color, concern, instants, line, link, slug, text_example};
use crate::model::{Link, MinutesSource, RecordingsSource, Series, Slug, Videos};
use std::collections::{BTreeMap, BTreeSet};

/// What was read of the file.
pub(super) struct SeriesFile {
    /// The series, still without slots and added meetings.
    pub(super) series: Read<Series>,
    /// Its slots; one whose dates cannot be told makes every date uncertain.
    pub(super) slots: Vec<Read<slot::Draft>>,
}

/// Reads the file; `holidays` are the lists there are.
pub(super) fn read(
    source: &Source<'_>,
    name: &Slug,
    defaults: &Defaults,
    holidays: &BTreeSet<Slug>,
) -> SeriesFile {
    let Ok(document) = front_matter::read(source) else {
        return SeriesFile { series: Err(Reported), slots: vec![Err(Reported)] };
    };
    let mut keys = Keys::of(source, &document.keys);
    let title = keys.required("title", &text_example(source, "Weekly discussion"), line);
    let join = keys.optional("join", link);
    let agenda = keys.optional("agenda", link);
    let location = keys.optional("location", line);
    let color = keys.optional("color", color);
    let minutes = keys.optional("minutes", minutes);
    let trust_minutes = keys.optional("trust-minutes", boolean);
    let recordings = keys.optional("recordings", recordings);
    let tags = keys.list("tags", slug);
    let holidays = keys.list("holidays", |at| known_list(at, holidays));
    let quiet = keys.list("quiet", concern);
    let updated = keys.required("updated", "2026-01-01T00:00:00Z", instants);
    let mut slots = keys.tables("slot", |keys| slot::read(keys, name, defaults));
    let known = keys.finish();
    let is_lost = hides_slots(&keys) || (known.is_err() && slots.is_empty());
    if is_lost || source.unless_syntax(()).is_err() {
        slots.push(Err(Reported));
    }
    let series = || {
        known?;
        let updates = updated?;
        source.unless_syntax(Series {
            slug: name.clone(),
            title: title?,
            join: join?,
            agenda: agenda?,
            location: location?,
            color: color?,
            minutes: minutes?,
            trust_minutes: trust_minutes?.unwrap_or(false),
            recordings: recordings?,
            tags: sorted(tags?),
            holidays: sorted(holidays?),
            quiet: sorted(quiet?),
            updated: updates.last().copied().ok_or(Reported)?,
            revision: u32::try_from(updates.len() - 1).unwrap_or(u32::MAX),
            description: document.body?,
            slots: Vec::new(),
            added: BTreeMap::new(),
        })
    };
    SeriesFile { series: series(), slots }
}

/// Whether an unknown key may be a slot, or have been in one: then nothing is said of dates.
fn hides_slots(keys: &Keys<'_>) -> bool {
    let is_table = |node: &Node| matches!(node.value, Value::Table(_));
    let has_tables = |node: &Node| match &node.value {
        Value::Array(items) => items.iter().any(is_table),
        _ => is_table(node),
    };
    keys.unknown().any(|(entry, meant)| {
        meant == Some("slot")
            || slot::DATING.contains(&entry.key.as_str())
            || has_tables(&entry.node)
    })
}

pub(super) fn sorted<T: Ord>(mut words: Vec<T>) -> Vec<T> {
    words.sort();
    words.dedup();
    words
}

fn known_list(at: At<'_>, lists: &BTreeSet<Slug>) -> Read<Slug> {
    let slug = slug(at)?;
    if lists.contains(&slug) {
        return Ok(slug);
    }
    let help = match nearest(slug.as_str(), lists.iter().map(Slug::as_str)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("make the file `holidays/{slug}.toml`, or leave it out"),
    };
    Err(at.wrong(format!("there is no list of holidays `{slug}`"), help))
}

fn minutes(at: At<'_>) -> Read<MinutesSource> {
    let mut keys = Keys::nested(at)?;
    let hackmd = keys.optional("hackmd", |at| id(at, "", "El8Dd2xrTlCaCG59ns5cwg"));
    let url = keys.optional("url", secure_link);
    keys.finish()?;
    one_of(&keys, "hackmd", "url")?;
    match (hackmd?, url?) {
        (Some(id), None) => Ok(MinutesSource::HackMd(id)),
        (None, Some(url)) => Ok(MinutesSource::Markdown(url)),
        _ => Err(Reported),
    }
}

fn recordings(at: At<'_>) -> Read<RecordingsSource> {
    let mut keys = Keys::nested(at)?;
    let channel = keys.optional("youtube", |at| id(at, "UC", "UCpGceic1q4-3Tai0kgeBcwg"));
    let playlist =
        keys.optional("playlist", |at| id(at, "PL", "PLbzoR-pLrL6rBs3aEsT0iWBE0BBYM6nFz"));
    let titled = keys.list("titled", line);
    keys.finish()?;
    one_of(&keys, "youtube", "playlist")?;
    let videos = match (channel?, playlist?) {
        (Some(id), None) => Videos::YouTubeChannel(id),
        (None, Some(id)) => Videos::YouTubePlaylist(id),
        _ => return Err(Reported),
    };
    Ok(RecordingsSource { videos, titled: titled? })
}

/// An address from which the server reads: never in the clear.
fn secure_link(at: At<'_>) -> Read<Link> {
    let link = link(at)?;
    if link.as_str().starts_with("https://") {
        return Ok(link);
    }
    Err(at.wrong("minutes are read over `https` alone", "write the address with `https://`"))
}

/// Notes where neither or both are given.
fn one_of(keys: &Keys<'_>, one: &str, other: &str) -> Read<()> {
    let wrong = |message: String| {
        let help = format!("give `{one}` or `{other}`");
        Err(keys.source.note_key(keys.span.clone(), message, help))
    };
    match (keys.key_span(one), keys.key_span(other)) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        (Some(_), Some(_)) => wrong(format!("both `{one}` and `{other}` are given")),
        (None, None) => wrong("this table is empty".to_owned()),
    }
}

/// An identifier of another service: it goes into addresses, so it is of harmless characters.
fn id(at: At<'_>, prefix: &str, example: &str) -> Read<String> {
    let text = at.text()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_@".contains(&b);
    let ok = !text.is_empty() && text.len() <= 100 && text.bytes().all(plain);
    if ok && text.starts_with(prefix) {
        return Ok(text.to_owned());
    }
    let help = match prefix {
        "" => format!("write the id from the note's address, such as `{example}`"),
        _ => format!("write the id that begins with `{prefix}`, such as `{example}`"),
    };
    Err(at.wrong(format!("{} is not an id", quote(text)), help))
}
