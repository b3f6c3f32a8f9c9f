//! `convene import`: content from another program's calendar.

use super::args::{Common, domain, link, slug, zone};
use super::content;
use super::failure::Failure;
use super::output::{count, print, print_json};
use crate::content::SourceFile;
use crate::content::edit::{Edit, NewCommunity, diff};
use crate::import::{Imported, Note, Options, Unreadable, holidays, import};
use crate::model::{Community, Domain, Line, Link, Slug, Zone};
use crate::store;
use chrono::TimeDelta;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Make content from an iCalendar file of Google's, Outlook's, Apple's or anybody's; from
/// rust-lang/calendar's TOML, a meeting of yaml2ical's, or Kubernetes' sigs.yaml.
///
/// Adds series to the folder that --into names, or begins a community there, which needs --url and
/// --domain where the file does not tell them. UIDs are kept, so that subscribers see no meeting twice. What
/// could not be kept, and what was understood in spite of the file, is told with its line. Nothing that is
/// there is ever overwritten.
///
/// With --json an object of {series, written, notes, diff}.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The calendar.
    file: PathBuf,
    /// The content folder to write to; without it, the one that --content names.
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The short name of the series, where the file has only one; without it, made from the title.
    #[arg(long, value_name = "SLUG", value_parser = slug, conflicts_with = "as_holidays")]
    series: Option<Slug>,
    /// The zone of times that name none.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// Make holidays/SLUG.toml of the calendar's whole days instead.
    #[arg(long, value_name = "SLUG", value_parser = slug)]
    as_holidays: Option<Slug>,
    /// For a new community: the address at which it will be published.
    #[arg(long, value_parser = link)]
    url: Option<Link>,
    /// For a new community: what every UID is built on, for good.
    #[arg(long, value_parser = domain)]
    domain: Option<Domain>,
    /// Show what would be written, as a patch, and write nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    common: Common,
}

/// # Errors
/// A file that is no calendar, mistakes in the content, a file that is there already.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let folder = args.into.as_ref().unwrap_or(&args.common.content);
    let bytes = store::read_calendar(&args.file)?;
    let is_new = !store::has_site(folder);
    if is_new && args.as_holidays.is_some() {
        let text = "holidays go into content that is there: name it with --into";
        return Err(Failure::Misuse(text.to_owned()));
    }
    let options = options(args, folder, is_new)?;
    let (mut files, imported) = made(args, &bytes, &options).map_err(|why| {
        Failure::Answer(format!("cannot import `{}`: {why}", args.file.display()))
    })?;
    if let (Some(_), [_, _, ..]) = (&args.series, imported.series.as_slice()) {
        let text = format!("the file has {} series: leave --series out", imported.series.len());
        return Err(Failure::Misuse(text));
    }
    if is_new {
        files.extend(community(args, &imported)?.files());
    }
    write(args, folder, files, &imported, is_new)
}

fn options(args: &Args, folder: &Path, is_new: bool) -> Result<Options, Failure> {
    let there = if is_new { None } else { Some(content::load_from(folder)?.community) };
    let taken = there.iter().flat_map(Community::all_series).map(|series| series.slug.clone());
    Ok(Options {
        now: args.common.clock().now(),
        zone: args.zone,
        site_zone: there.as_ref().map(|community| community.site.zone),
        lasts: TimeDelta::hours(1),
        series: args.series.clone(),
        taken: taken.collect(),
    })
}

/// The files, and what is to be told of them.
fn made(
    args: &Args,
    bytes: &[u8],
    options: &Options,
) -> Result<(Vec<SourceFile>, Imported), Unreadable> {
    match &args.as_holidays {
        Some(slug) => holidays(bytes, slug, options).map(|(file, told)| (vec![file], told)),
        None => import(bytes, options).map(|imported| (imported.files.clone(), imported)),
    }
}

/// The community that the file is about.
fn community(args: &Args, imported: &Imported) -> Result<NewCommunity, Failure> {
    let missing = |what: &str, example: &str| {
        Failure::Misuse(format!(
            "there is no content in this folder yet, and the file does not tell {what}: add {example}"
        ))
    };
    let url = args.url.clone();
    let url = url.ok_or_else(|| {
        missing("where it will be published", "--url https://calendar.example.org")
    })?;
    let own = || imported.domain.as_deref().and_then(Domain::new);
    let uid_domain = args.domain.clone().or_else(own);
    let uid_domain =
        uid_domain.ok_or_else(|| missing("what UIDs are built on", "--domain example.org"))?;
    let title = imported.name.clone().unwrap_or_else(|| uid_domain.to_string());
    let words: Vec<&str> = title.split_whitespace().collect();
    let name = Line::new(&words.join(" ")).or_else(|| Line::new(uid_domain.as_str()));
    let name = name.ok_or_else(|| missing("its name", "X-WR-CALNAME to it"))?;
    let description = Line::new(&format!("Meetings of {name}")).unwrap_or_else(|| name.clone());
    let first = uid_domain.as_str().split('.').next().unwrap_or_default();
    let slug = Slug::new(first).ok_or_else(|| missing("a short name", "--domain example.org"))?;
    let language = Line::new("en").ok_or_else(|| missing("its language", "it"))?;
    Ok(NewCommunity { name, slug, description, url, uid_domain, zone: imported.zone, language })
}

fn write(
    args: &Args,
    folder: &Path,
    files: Vec<SourceFile>,
    imported: &Imported,
    is_new: bool,
) -> Result<(), Failure> {
    let edits: Vec<Edit> = files.iter().cloned().map(|file| Edit::New { file }).collect();
    let (written, patch) = match args.dry_run {
        true => (files.iter().map(|file| file.path.clone()).collect(), diff(&[], &files)),
        false => {
            if is_new {
                store::make_folder(folder)?;
            }
            let applied =
                store::apply(folder, |_| Ok((edits.clone(), ()))).map_err(Failure::of_edits)?;
            (applied.changed, String::new())
        }
    };
    if args.common.json {
        let series = imported.series.iter().map(Slug::as_str).collect();
        let notes = imported.notes.iter().map(Told::of).collect();
        return Ok(print_json(&Answer { series, written, notes, diff: patch })?);
    }
    let mut text: String = imported.notes.iter().map(|note| line(&args.file, note)).collect();
    text += &patch;
    let would = if args.dry_run { "would be written" } else { "written" };
    text += &format!("{} {would} to {}:\n", count(written.len(), "file"), folder.display());
    text.extend(written.iter().map(|path| format!("  {path}\n")));
    Ok(print(&text)?)
}

/// The note with its place.
fn line(file: &Path, note: &Note) -> String {
    match note.line {
        0 => format!("{}: {note}\n", file.display()),
        line => format!("{}:{line}: {note}\n", file.display()),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    series: Vec<&'a str>,
    written: Vec<String>,
    notes: Vec<Told<'a>>,
    diff: String,
}

#[derive(Serialize)]
struct Told<'a> {
    line: usize,
    text: &'a str,
    /// On how many more lines.
    more: usize,
}

impl Told<'_> {
    fn of(note: &Note) -> Told<'_> {
        Told { line: note.line, text: &note.text, more: note.more }
    }
}
