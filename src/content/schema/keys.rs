//! Every key of every file, with what it says; a test holds them against those that are read.

use super::values::Kind::{self, *};

/// A key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) many: Many,
    pub(super) kind: Kind,
    pub(super) about: &'static str,
    /// As TOML has them.
    pub(super) examples: &'static [&'static str],
}

/// How many values there can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    One,
    OneOrSeveral,
    Several,
}

const fn key(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    examples: &'static [&'static str],
) -> Key {
    Key { name, required: false, many: Many::One, kind, about, examples }
}

impl Key {
    const fn required(self) -> Key {
        Key { required: true, ..self }
    }

    const fn or_several(self) -> Key {
        Key { many: Many::OneOrSeveral, ..self }
    }
}

/// `[[name]]`.
const fn tables(name: &'static str, keys: &'static [Key], about: &'static str) -> Key {
    Key { many: Many::Several, ..key(name, Table(keys), about, &[]) }
}

const QUIET: Key = key(
    "quiet",
    Concern,
    "What `convene check` is not to warn of: the names that its warnings give.",
    &["[\"no-minutes\"]"],
)
.or_several();

pub(super) const SITE: &[Key] = &[
    key("name", Line, "What the community is called.", &["\"Open Container Initiative\""])
        .required(),
    key(
        "slug",
        Slug,
        "Its short name, of lower-case letters, digits and hyphens: the calendar of all meetings is `/<slug>.ics`.",
        &["\"oci\""],
    )
    .required(),
    key("description", Line, "One sentence on it.", &["\"Meetings of the community\""]).required(),
    key(
        "url",
        Link,
        "The public address at which all is published, without a slash at its end.",
        &["\"https://calendar.example.org\""],
    )
    .required(),
    key(
        "uid-domain",
        Domain,
        "What every event's UID and every feed entry's id is built on. It must never change.",
        &["\"example.org\""],
    )
    .required(),
    key("zone", Zone, "The time zone of meetings that name no other.", &["\"America/Los_Angeles\""])
        .required(),
    key("language", Language, "The language of all texts, as a BCP 47 tag.", &["\"en\"", "\"pt-BR\""])
        .required(),
    key(
        "lasts",
        Lasts,
        "How long meetings with a time of day are where nothing else says it; without it, an hour.",
        &["\"1h\"", "\"45m\""],
    ),
    key("color", Color, "The colour of its calendars, by its name in CSS.", &["\"steelblue\""]),
    QUIET,
    tables("follow", FOLLOW, "Feeds of others that are worth following."),
    tables("moved", MOVED, "Addresses that something published had before."),
    key("gone", Path, "Paths of what is published no more.", &["[\"/old.ics\"]"]).or_several(),
];

const FOLLOW: &[Key] = &[
    key("title", Line, "What the feed is called.", &["\"Releases\""]).required(),
    key("feed", Link, "Its address.", &["\"https://example.org/feed.xml\""]).required(),
    key("page", Link, "The page that it belongs to.", &["\"https://example.org/releases\""]),
];

const MOVED: &[Key] = &[
    key(
        "from",
        Path,
        "The old path. One that ends in `/` takes all below it along.",
        &["\"/feed.rss\""],
    )
    .required(),
    key("to", Path, "The path it has now.", &["\"/feed.xml\""]).required(),
];

const JOIN: Key = key("join", Link, "Where to join.", &["\"https://meet.example.org/weekly\""]);
const AGENDA: Key =
    key("agenda", Link, "The agenda's page.", &["\"https://notes.example.org/weekly\""]);
const LOCATION: Key =
    key("location", Line, "The place, where people meet in person.", &["\"Room 12\""]);
const LASTS: Key = key(
    "lasts",
    Lasts,
    "How long it is: hours and minutes, or days where it has no time of day.",
    &["\"1h\"", "\"1h30m\""],
);
const ZONE: Key = key(
    "zone",
    Zone,
    "The zone of the time of day; without it, the community's.",
    &["\"Europe/Berlin\""],
);

pub(super) const SERIES: &[Key] = &[
    key("title", Line, "What the meeting is called.", &["\"Weekly discussion\""]).required(),
    JOIN,
    AGENDA,
    LOCATION,
    key("color", Color, "The colour of its calendar, by its name in CSS.", &["\"teal\""]),
    key(
        "minutes",
        Table(MINUTES),
        "Where `convene collect` reads the minutes.",
        &[],
    ),
    key(
        "trust-minutes",
        Bool,
        "Whether a cancellation that the minutes tell is believed.",
        &["true"],
    ),
    key("recordings", Table(RECORDINGS), "Where `convene collect` finds the recordings.", &[]),
    key(
        "tags",
        Slug,
        "Short names by which people can choose: each has a calendar and a feed.",
        &["[\"developer\"]"],
    )
    .or_several(),
    key(
        "holidays",
        Slug,
        "Lists of holidays to go by, by the names of their files without `.toml`.",
        &["[\"us\"]"],
    )
    .or_several(),
    QUIET,
    key(
        "updated",
        Instant,
        "When what is said here was changed: a moment, or one for each time. Calendars notice it by that.",
        &["2026-01-01T00:00:00Z"],
    )
    .or_several()
    .required(),
    tables("slot", SLOT, "When it meets: one for each period with its own days and time."),
];

const MINUTES: &[Key] = &[
    key(
        "hackmd",
        Id,
        "A note on HackMD, by the id in its address.",
        &["\"El8Dd2xrTlCaCG59ns5cwg\""],
    ),
    key(
        "url",
        Link,
        "The address of the minutes in Markdown.",
        &["\"https://example.org/minutes.md\""],
    ),
];

const RECORDINGS: &[Key] = &[
    key(
        "youtube",
        Id,
        "A channel on YouTube, by its id, which begins with `UC`.",
        &["\"UCpGceic1q4-3Tai0kgeBcwg\""],
    ),
    key(
        "playlist",
        Id,
        "A playlist on YouTube, by its id, which begins with `PL`.",
        &["\"PLbzoR-pLrL6rBs3aEsT0iWBE0BBYM6nFz\""],
    ),
    key(
        "titled",
        Line,
        "Words of which a video's title has one; others are not of this meeting.",
        &["[\"Weekly\"]"],
    )
    .or_several(),
];

const SLOT: &[Key] = &[
    key("from", Date, "The first date; it has to fall on the rule.", &["2026-01-08"]).required(),
    key("until", Date, "The last day that may have a meeting; without it, it goes on.", &["2026-12-31"]),
    key(
        "rrule",
        Rrule,
        "A recurrence rule of iCalendar (RFC 5545), for what `every` and `on` cannot say.",
        &["\"FREQ=WEEKLY;BYDAY=TH\""],
    ),
    key("every", Every, "How often.", &["\"week\"", "\"2 weeks\"", "\"month\""]),
    key(
        "on",
        Day,
        "On which days: weekdays, such as `Thursday`; in a month `first Wednesday`, `last Friday` or the number of a day.",
        &["\"Thursday\""],
    )
    .or_several(),
    key("at", Time, "The local time it begins; without it, it takes whole days.", &["\"10:00\""]),
    ZONE,
    LASTS,
    key("revision", Count, "To be raised by who edits the slot itself.", &["1"]),
    key("id", Slug, "What tells two slots apart that begin on one day.", &["\"evening\""]),
    key("uid", Uid, "An identity that people's calendars already have.", &["\"weekly@example.org\""]),
];

pub(super) const DATE: &[Key] = &[
    key(
        "cancelled",
        Reason,
        "That it does not take place: why, or `true`. Needs `announced`.",
        &["\"US Thanksgiving\""],
    ),
    key(
        "moved-to",
        DateOrMoment,
        "The new local date and time, for this once. Needs `announced`.",
        &["2026-12-03T09:00:00"],
    ),
    key(
        "added",
        TrueOrInstant,
        "That it is a meeting which no slot gives; with `at`. Needs `announced`. Beside `cancelled`, the moment at which it was added.",
        &["true", "2026-11-19T19:00:00Z"],
    ),
    key("kept", True, "That it takes place although it is a holiday.", &["true"]),
    key(
        "at",
        Time,
        "When an added meeting begins; without it, it takes whole days.",
        &["\"14:00\""],
    ),
    ZONE,
    LASTS,
    key(
        "announced",
        Instant,
        "When it became known that it was cancelled, moved or added.",
        &["2026-11-19T19:00:00Z"],
    ),
    key(
        "restored",
        Instant,
        "When that was taken back; the rest stays.",
        &["2026-11-20T19:00:00Z"],
    ),
    key(
        "title",
        Line,
        "What it is called, instead of the series' title.",
        &["\"Release planning\""],
    ),
    JOIN,
    AGENDA,
    LOCATION,
    key("topics", Line, "What is on the agenda.", &["[\"Image signing\"]"]).or_several(),
    key(
        "updated",
        Instant,
        "When its note or details were changed: a moment, or one for each time.",
        &["2026-11-24T10:00:00Z"],
    )
    .or_several(),
];

pub(super) const RECORDS: &[Key] =
    &[tables("record", RECORD, "What one meeting left behind; minutes, a recording or topics.")];

const RECORD: &[Key] = &[
    key(
        "date",
        DateOrMoment,
        "The date on which the meeting was planned; with its time where there are two that day.",
        &["2026-11-19"],
    )
    .required(),
    key("minutes", Link, "The minutes.", &["\"https://notes.example.org/weekly#2026-11-19\""]),
    key(
        "minutes-published",
        Instant,
        "When the minutes were first seen.",
        &["2026-11-20T08:00:00Z"],
    ),
    key("recording", Link, "The recording, or several.", &["\"https://youtu.be/abcdefghijk\""])
        .or_several(),
    key(
        "published",
        Instant,
        "When the recordings were first seen: all at one moment, or a moment for each.",
        &["2026-11-20T08:00:00Z"],
    )
    .or_several(),
    key("topics", Line, "What was on the agenda.", &["[\"Image signing\"]"]).or_several(),
    key(
        "found",
        Found,
        "Where `convene collect` found it. Without this line the record is a person's and stays as it is.",
        &["\"minutes\""],
    ),
];

pub(super) const HOLIDAYS: &[Key] = &[tables("holiday", HOLIDAY, "One day.")];

const HOLIDAY: &[Key] = &[
    key("date", Date, "The day.", &["2026-11-26"]).required(),
    key("name", Line, "What it is called.", &["\"Thanksgiving Day\""]).required(),
];

pub(super) const PAGE: &[Key] = &[
    key("title", Line, "Its heading.", &["\"How to take part\""]).required(),
    key("aliases", Path, "Other paths that lead to it.", &["[\"/old/\"]"]).or_several(),
    key("toc", Bool, "Whether it shows a table of contents.", &["true"]),
];
