//! A content folder with one text of any kind in one of its fields.

use convene::content::SourceFile;

/// Where the text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    SiteName,
    SiteDescription,
    SiteUrl,
    UidDomain,
    Title,
    Join,
    Agenda,
    Location,
    Tag,
    Uid,
    Rule,
    Description,
    DateTitle,
    DateJoin,
    DateLocation,
    Note,
    Reason,
    Minutes,
    Recording,
    AddedTitle,
    AddedLocation,
    AddedNote,
    HolidayName,
    FollowTitle,
    PageTitle,
    PageBody,
}

/// Every field, with a text that is good there.
pub(super) const FIELDS: [(Field, &str); 26] = [
    (Field::SiteName, "Example community"),
    (Field::SiteDescription, "Meetings of an example community."),
    (Field::SiteUrl, "https://meet.example.org"),
    (Field::UidDomain, "example.org"),
    (Field::Title, "Weekly call"),
    (Field::Join, "https://meet.example.org/room"),
    (Field::Agenda, "https://notes.example.org/weekly"),
    (Field::Location, "Hall 7"),
    (Field::Tag, "developer"),
    (Field::Uid, "weekly-call@example.org"),
    (Field::Rule, "FREQ=WEEKLY;BYDAY=TH"),
    (Field::Description, "All are welcome."),
    (Field::DateTitle, "A call about plans"),
    (Field::DateJoin, "https://meet.example.org/plans"),
    (Field::DateLocation, "Hall 8"),
    (Field::Note, "Bring your plans."),
    (Field::Reason, "No topics"),
    (Field::Minutes, "https://notes.example.org/minutes"),
    (Field::Recording, "https://video.example.org/1"),
    (Field::AddedTitle, "A call of its own"),
    (Field::AddedLocation, "Hall 9"),
    (Field::AddedNote, "Once only."),
    (Field::HolidayName, "Thanksgiving Day"),
    (Field::FollowTitle, "Releases"),
    (Field::PageTitle, "Example community"),
    (Field::PageBody, "Welcome."),
];

/// The languages of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Toml,
    Yaml,
}

/// The folder, good but for that text in that field.
pub(super) fn folder(field: Field, text: &str, language: Language) -> Vec<SourceFile> {
    let raw = |other: Field| {
        let good = FIELDS.iter().find(|(own, _)| *own == other).map_or("", |(_, good)| good);
        if other == field { text } else { good }
    };
    let value = |field: Field| quoted(raw(field));
    let site = format!(
        "name = {}\nslug = \"example\"\ndescription = {}\nurl = {}\nuid-domain = {}\n\
         zone = \"America/Los_Angeles\"\nlanguage = \"en\"\n\
         [[follow]]\ntitle = {}\nfeed = \"https://example.org/feed.xml\"\n",
        value(Field::SiteName),
        value(Field::SiteDescription),
        value(Field::SiteUrl),
        value(Field::UidDomain),
        value(Field::FollowTitle),
    );
    let holidays =
        format!("[[holiday]]\ndate = 2026-11-26\nname = {}\n", value(Field::HolidayName));
    let records = format!(
        "[[record]]\ndate = 2026-10-29\nminutes = {}\nrecording = {}\n\
         published = 2026-10-29T20:00:00Z\n",
        value(Field::Minutes),
        value(Field::Recording)
    );
    let file = |path: &str, text: String| SourceFile { path: path.to_owned(), bytes: text.into() };
    let head = |keys: &[(&str, String)], more: &str, body: Field| {
        let (fence, sign) = match language {
            Language::Toml => ("+++", " = "),
            Language::Yaml => ("---", ": "),
        };
        let keys = keys.iter().map(|(key, value)| format!("{key}{sign}{value}\n"));
        format!("{fence}\n{}{more}{fence}\n{}", keys.collect::<String>(), raw(body))
    };
    let announced = || ("announced", "2026-10-01T00:00:00Z".to_owned());
    let series = [
        ("title", value(Field::Title)),
        ("join", value(Field::Join)),
        ("agenda", value(Field::Agenda)),
        ("location", value(Field::Location)),
        ("tags", format!("[{}]", value(Field::Tag))),
        ("holidays", "[\"us\"]".to_owned()),
        ("updated", "2026-01-01T00:00:00Z".to_owned()),
    ];
    let different = [
        ("title", value(Field::DateTitle)),
        ("join", value(Field::DateJoin)),
        ("location", value(Field::DateLocation)),
    ];
    let cancelled = [("cancelled", value(Field::Reason)), announced()];
    let added = [
        ("added", "true".to_owned()),
        ("at", "\"12:00\"".to_owned()),
        ("title", value(Field::AddedTitle)),
        ("location", value(Field::AddedLocation)),
        announced(),
    ];
    let page = [("title", value(Field::PageTitle))];
    vec![
        file("site.toml", site),
        file("holidays/us.toml", holidays),
        file("community.md", head(&page, "", Field::PageBody)),
        file("meetings/weekly/records.toml", records),
        file(
            "meetings/weekly/series.md",
            head(&series, &slot(&value, language), Field::Description),
        ),
        file("meetings/weekly/2026-11-12.md", head(&different, "", Field::Note)),
        file("meetings/weekly/2026-11-19.md", head(&cancelled, "", Field::Note)),
        file("meetings/weekly/2026-11-21.md", head(&added, "", Field::AddedNote)),
    ]
}

/// Thursdays from 29 October to 26 November 2026.
fn slot(value: &impl Fn(Field) -> String, language: Language) -> String {
    let (uid, rule) = (value(Field::Uid), value(Field::Rule));
    match language {
        Language::Toml => format!(
            "[[slot]]\nfrom = 2026-10-29\nuntil = 2026-11-26\nrrule = {rule}\nat = \"10:00\"\n\
             uid = {uid}\n"
        ),
        Language::Yaml => format!(
            "slot:\n  - from: 2026-10-29\n    until: 2026-11-26\n    rrule: {rule}\n    \
             at: \"10:00\"\n    uid: {uid}\n"
        ),
    }
}

/// A string in double quotes that both languages read alike.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => out.push_str(&format!("\\U{:08X}", c as u32)),
        }
    }
    out + "\""
}
