//! The checklist of what feed readers need, one test a line and named by its number.
//!
//! Every test looks at both feeds of every scope in every format: of OCI's content at two moments,
//! of every golden case and of one community made to be difficult. Where we do not do what a line
//! says, its test says what we do instead, and why. Lines 49 to 60 and 62 are about HTTP.

mod atom;
mod discovery;
mod html;
mod http;
mod items;
mod json;
mod laws;
mod read;
mod rss;

use crate::golden;
use crate::sample::*;
use crate::support::moment;
use chrono::{DateTime, TimeDelta, Utc};
use convene::model::{Community, Follow, RecordingsSource, Videos};
use convene::publish::{Resource, Snapshot, build};
use convene::render::Scope;
use convene::render::feed::{self, Feed, Kind};
use convene::schedule::AsOf;
use read::Read;
use std::fmt;
use std::sync::LazyLock;

/// A content folder at a moment.
pub(crate) struct Case {
    name: String,
    community: Community,
    as_of: DateTime<Utc>,
    snapshot: Snapshot,
}

/// The formats, by the end of their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    const ALL: [Format; 3] = [Format::Rss, Format::Atom, Format::Json];

    fn extension(self) -> &'static str {
        match self {
            Format::Rss => "xml",
            Format::Atom => "atom",
            Format::Json => "json",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml",
            Format::Atom => "application/atom+xml",
            Format::Json => "application/feed+json",
        }
    }
}

/// One published feed, as text and read.
pub(crate) struct Document {
    case: &'static Case,
    scope: Scope<'static>,
    kind: Kind,
    format: Format,
    path: String,
    text: String,
    read: Read,
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.case.name, self.path)
    }
}

/// OCI's content today, and in 2021 when records are recent; the golden cases; a difficult one.
fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        let difficult = ("difficult".to_owned(), difficult(), moment(NOW));
        let all = golden::communities().chain([difficult]);
        all.map(|(name, community, as_of)| Case::new(name, community, as_of)).collect()
    });
    &CASES
}

impl Case {
    fn new(name: String, community: Community, as_of: DateTime<Utc>) -> Case {
        let snapshot = build(&community, as_of);
        Case { name, community, as_of, snapshot }
    }
}

/// When the difficult community is looked at: between both reminders of one meeting.
const NOW: &str = "2026-12-03T08:30:00Z";

/// Everything at once, with text that is trouble for somebody, and more than fits into a feed.
fn difficult() -> Community {
    const NASTY: &str = "]]> <script>alert(1)</script> & \"A'&amp;\" https://x.example/?a=1&b=2";
    let mut c = community_of_a_long_time();
    c.site.name = line(NASTY);
    c.site.description = line(NASTY);
    let videos = Videos::YouTubeChannel("UCabcdefghijklmnopqrstuv".to_owned());
    let twice = Follow { title: line(NASTY), feed: link(&videos.feed()), page: None };
    let other = Follow { feed: link("https://other.example/?a=1&b='2'"), ..twice.clone() };
    c.site.follow = vec![twice, other.clone(), other];
    let calls = calls(&mut c);
    calls.title = line(&format!("{NASTY} {}", "👩‍👩‍👧".repeat(40)));
    calls.recordings = Some(RecordingsSource { videos, titled: Vec::new() });
    calls.tags = vec![slug("oci-weekly"), slug("open")];
    let summit = added(&slug("oci-events"), "2026-12-04", "2026-12-02T00:00:00Z");
    events(&mut c).added.insert(summit.start, summit);
    let thanksgiving = exception(&mut c, "2026-11-26T10:00:00");
    thanksgiving.change = cancelled(NASTY, "2026-11-20T18:00:00Z");
    thanksgiving.details.get_or_insert_default().note = markdown(
        "<script>a</script> <iframe src=x></iframe> [a](/b) ![c](d.png) <b onclick=e()>f</b> &#1;",
    );
    exception(&mut c, "2026-12-10T10:00:00").change =
        moved("2026-12-03T09:00:00", "2026-12-03T05:00:00Z");
    let recent = exception(&mut c, "2026-11-19T10:00:00");
    recent.record = recorded(&["https://youtu.be/a", "https://youtu.be/b"], "2026-11-19T23:30:00Z");
    let record = recent.record.as_mut().unwrap();
    record.published.push(utc("2026-11-21T08:00:00Z"));
    record.minutes_published = Some(utc("2026-11-20T08:00:00Z"));
    record.topics =
        (1..=30).map(|i| line(&format!("{i} {NASTY} {}", "long ".repeat(80)))).collect();
    recent.details.get_or_insert_default().updated =
        vec![utc("2026-11-22T08:00:00Z"), utc("2027-01-01T00:00:00Z")];
    c
}

/// [`sample::community`](crate::sample::community), with calls for more than a year.
fn community_of_a_long_time() -> Community {
    let mut c = crate::sample::community();
    let slot = weekly(&slug("oci-weekly"), "2025-10-02", chrono::Weekday::Thu, "10:00:00");
    calls(&mut c).slots = vec![slot];
    c
}

/// Every published feed.
fn all() -> &'static [Document] {
    static ALL: LazyLock<Vec<Document>> = LazyLock::new(|| cases().iter().flat_map(of).collect());
    &ALL
}

fn of(case: &'static Case) -> Vec<Document> {
    let mut found = Vec::new();
    for scope in Scope::all(&case.community) {
        for kind in [Kind::News, Kind::Reminders] {
            for format in Format::ALL {
                let path = kind.path(&scope, format.extension());
                let Some(Resource::Document(document)) = case.snapshot.get(&path) else {
                    panic!("{}: no feed at {path}", case.name)
                };
                let text = String::from_utf8(document.body().to_vec()).unwrap();
                let read = match format {
                    Format::Rss => read::rss(&text),
                    Format::Atom => read::atom(&text),
                    Format::Json => read::json(&text),
                };
                found.push(Document { case, scope, kind, format, path, text, read });
            }
        }
    }
    found
}

/// Every feed in that format.
fn in_format(format: Format) -> impl Iterator<Item = &'static Document> {
    all().iter().filter(move |document| document.format == format)
}

/// A community's feed at a moment, by itself.
fn feed(community: &Community, kind: Kind, as_of: DateTime<Utc>) -> Feed<'_> {
    Feed::of(kind, &Scope::Community(community), &AsOf::new(as_of))
}

/// The entries of a community's feed at a moment.
fn entries(community: &Community, kind: Kind, as_of: DateTime<Utc>) -> Vec<read::Entry> {
    read::atom(&feed::atom::render(&feed(community, kind, as_of))).entries
}

fn ids(entries: &[read::Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.id.as_str()).collect()
}

const SECOND: TimeDelta = TimeDelta::seconds(1);
