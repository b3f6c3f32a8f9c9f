//! A small content folder of which one file may be any bytes.

use chrono::{DateTime, Utc};
use convene::content::{SourceFile, parse};
use convene::model::Community;
use std::sync::OnceLock;

/// Every kind of file that content has, good.
pub const FILES: [(&str, &str); 6] = [
    (
        "site.toml",
        "name = \"Example\"\nslug = \"example\"\ndescription = \"Meetings.\"\n\
         url = \"https://meet.example.org\"\nuid-domain = \"example.org\"\n\
         zone = \"America/Los_Angeles\"\nlanguage = \"en\"\ngone = [\"/old\"]\n\
         [[moved]]\nfrom = \"/calls/\"\nto = \"/meetings/\"\n",
    ),
    (
        "meetings/weekly/series.md",
        "+++\ntitle = \"Weekly call\"\ntags = [\"dev\"]\nholidays = [\"us\"]\n\
         updated = 2026-01-01T00:00:00Z\n\n[[slot]]\nfrom = 2026-10-01\nuntil = 2027-06-30\n\
         every = \"week\"\non = \"Thursday\"\nat = \"10:00\"\nlasts = \"1h\"\n+++\nAll are welcome.\n",
    ),
    (
        "meetings/weekly/2026-11-26.md",
        "---\ncancelled: Thanksgiving\nannounced: 2026-11-19T19:00:00Z\n---\nSee you in a week.\n",
    ),
    (
        "meetings/weekly/records.toml",
        "[[record]]\ndate = 2026-10-29\nminutes = \"https://notes.example.org/1\"\n\
         recording = \"https://video.example.org/1\"\npublished = 2026-10-29T20:00:00Z\n",
    ),
    ("holidays/us.toml", "[[holiday]]\ndate = 2026-11-26\nname = \"Thanksgiving Day\"\n"),
    ("community.md", "+++\ntitle = \"Example\"\n+++\nWelcome.\n"),
];

/// The folder with other bytes in the file of that number.
pub fn folder(number: usize, bytes: &[u8]) -> Vec<SourceFile> {
    let file = |(at, (path, text)): (usize, &(&str, &str))| SourceFile {
        path: (*path).to_owned(),
        bytes: if at == number { bytes.to_vec() } else { text.as_bytes().to_vec() },
    };
    FILES.iter().enumerate().map(file).collect()
}

/// What the good folder is.
pub fn community() -> &'static Community {
    static COMMUNITY: OnceLock<Community> = OnceLock::new();
    COMMUNITY.get_or_init(|| match parse(&folder(FILES.len(), b"")) {
        Ok(community) => community,
        Err(mistakes) => panic!("the sample has mistakes: {mistakes:?}"),
    })
}

/// The present: a week before the cancelled meeting.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default()
}

/// Text as a TOML string that means just it.
pub fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}
