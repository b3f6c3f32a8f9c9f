//! Single values: each function takes one kind, or notes why it cannot.

use super::lasts::Lasts;
use super::moment;
use super::reader::push;
use super::source::{Language, Read, Reported, Source, Spanned, quote};
use super::suggest::nearest;
use super::tree::{Node, Value};
use crate::model::{Color, Concern, Domain, Line, Link, Local, Slug, Uid, Zone};
use crate::schedule::is_known;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// A value in its file.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) node: &'a Node,
}

impl<'a> At<'a> {
    /// Notes that the value is wrong.
    pub(super) fn wrong(self, message: impl Into<String>, help: impl Into<String>) -> Reported {
        self.source.note(self.node.span.clone(), message, help)
    }

    /// Notes that another kind of value belongs here.
    pub(super) fn wrong_kind(self, wanted: &str, help: &str) -> Reported {
        self.wrong(format!("expected {wanted}, found {}", self.node.value.kind()), help)
    }

    /// The items of a list, or the value itself where it is none.
    pub(super) fn items(self) -> Vec<At<'a>> {
        match &self.node.value {
            Value::Array(items) => {
                items.iter().map(|node| At { source: self.source, node }).collect()
            }
            _ => vec![self],
        }
    }

    /// Its text; a number or a date is none.
    pub(super) fn text(self) -> Read<&'a str> {
        match &self.node.value {
            Value::Text(text) => Ok(text),
            Value::Plain(text) if !text.is_empty() => Ok(text),
            Value::Array(_) | Value::Table(_) | Value::Plain(_) => {
                Err(self.wrong_kind("text", "write one text here"))
            }
            _ => Err(self.wrong_kind("text", "write it in quotes")),
        }
    }

    /// Its text where it is text, or a date or time as it was written.
    fn moment_text(self, wanted: &str, example: &str) -> Read<&'a str> {
        match &self.node.value {
            Value::Moment(text) => Ok(text),
            Value::Text(text) => Ok(text),
            Value::Plain(text) if !text.is_empty() => Ok(text),
            _ => Err(self.wrong_kind(wanted, &format!("write it like `{example}`"))),
        }
    }

    /// Its number where it is one.
    pub(super) fn as_integer(self) -> Option<i64> {
        match &self.node.value {
            Value::Integer(number) => Some(*number),
            Value::Plain(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Its truth where it is `true` or `false`.
    pub(super) fn as_bool(self) -> Option<bool> {
        match &self.node.value {
            Value::Bool(value) => Some(*value),
            Value::Plain(text) if text == "true" => Some(true),
            Value::Plain(text) if text == "false" => Some(false),
            _ => None,
        }
    }
}

/// Reads a value and keeps its place.
pub(super) fn spanned<T>(
    read: impl FnOnce(At<'_>) -> Read<T>,
) -> impl FnOnce(At<'_>) -> Read<Spanned<T>> {
    |at| Ok(Spanned { span: at.node.span.clone(), value: read(at)? })
}

/// `true` or `false`.
pub(super) fn boolean(at: At<'_>) -> Read<bool> {
    at.as_bool()
        .ok_or_else(|| at.wrong_kind("`true` or `false`", "write one of them, without quotes"))
}

/// `true`; what is not so is left out.
pub(super) fn only_true(at: At<'_>) -> Read<()> {
    match boolean(at)? {
        true => Ok(()),
        false => Err(at.wrong("this can only be `true`", "leave the key out instead")),
    }
}

/// A whole number, not below zero.
pub(super) fn count(at: At<'_>) -> Read<u32> {
    let number = at.as_integer().ok_or_else(|| at.wrong_kind("a number", "write it in digits"))?;
    u32::try_from(number)
        .ok()
        .filter(|n| *n <= 1_000_000)
        .ok_or_else(|| at.wrong(format!("`{number}` is out of bounds"), "it can be 0 to 1000000"))
}

/// One line of plain text.
pub(super) fn line(at: At<'_>) -> Read<Line> {
    let text = at.text()?;
    Line::new(text).ok_or_else(|| {
        if let Some(found) = text.trim().chars().find(|c| Line::refuses(*c)) {
            return unwanted(at, found, "a title, reason or place is one line of plain text");
        }
        if text.trim().is_empty() {
            return at.wrong("this text is empty", "write something, or leave the key out");
        }
        at.wrong("this text has more than 500 characters", "shorten it; details go in the body")
    })
}

/// Notes a character, at its own place where the file has it literally.
fn unwanted(at: At<'_>, found: char, help: &str) -> Reported {
    let written = at.source.text.get(at.node.span.clone()).unwrap_or_default();
    let name = match found {
        '\n' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        c if c.is_control() || c.is_whitespace() || !c.is_ascii() => {
            format!("the character U+{:04X}", c as u32)
        }
        c => format!("the character `{c}`"),
    };
    let span = match written.find(found) {
        Some(offset) if found != '\n' => {
            let start = at.node.span.start + offset;
            start..start + found.len_utf8()
        }
        _ => at.node.span.clone(),
    };
    at.source.note(span, format!("{name} is not allowed here"), help)
}

/// A path of the site, beginning with `/`.
pub(super) fn path(at: At<'_>) -> Read<String> {
    let text = at.text()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(&b);
    let wrong = |help: &str| Err(at.wrong(format!("{} is not a path", quote(text)), help));
    if !text.starts_with('/') {
        return wrong("write it from the root of the site, beginning with `/`");
    }
    if text.split('/').skip(1).any(|part| part == "." || part == "..") || text.contains("//") {
        return wrong("leave out `.`, `..` and empty parts");
    }
    if !text.bytes().all(plain) || text.len() > 200 {
        return wrong("use ASCII letters, digits and hyphens between slashes, at most 200");
    }
    Ok(text.to_owned())
}

/// An absolute `http` or `https` URL.
pub(super) fn link(at: At<'_>) -> Read<Link> {
    let text = at.text()?;
    if text.len() > Link::MOST_BYTES {
        let message = format!("this address has more than {} characters", Link::MOST_BYTES);
        return Err(at.wrong(message, "shorten it"));
    }
    Link::new(text).ok_or_else(|| {
        let alone = |c: char| Link::new(&format!("https://a.example/{c}")).is_none();
        match text.chars().find(|c| alone(*c)) {
            Some(found) => {
                let help = "percent-encode it in the address, such as `%20` for a space";
                unwanted(at, found, help)
            }
            None => {
                let help = "write the whole address, such as `https://example.org/page`";
                at.wrong(format!("{} is not a web address", quote(text)), help)
            }
        }
    })
}

/// A short name that is safe in paths.
pub(super) fn slug(at: At<'_>) -> Read<Slug> {
    let text = at.text()?;
    Slug::new(text)
        .ok_or_else(|| at.wrong(format!("{} is not a short name", quote(text)), slug_help(text)))
}

/// How to turn text into a slug.
pub(super) fn slug_help(text: &str) -> String {
    let rule = "lower-case letters, digits and single hyphens, at most 64";
    match Slug::of_title(text) {
        Some(slug) => format!("use {rule}, such as `{slug}`"),
        None => format!("use {rule}"),
    }
}

/// A domain name.
pub(super) fn domain(at: At<'_>) -> Read<Domain> {
    let text = at.text()?;
    Domain::new(text).ok_or_else(|| {
        let help = "write a domain that the community owns in lower case, such as `example.org`";
        at.wrong(format!("{} is not a domain name", quote(text)), help)
    })
}

/// An IANA time zone that the bundled tz data knows.
pub(super) fn zone(at: At<'_>) -> Read<Zone> {
    let text = at.text()?;
    Zone::new(text).filter(|zone| is_known(*zone)).ok_or_else(|| {
        let city =
            |name: &&str| name.rsplit('/').next().is_some_and(|c| c.eq_ignore_ascii_case(text));
        let near = nearest(text, Zone::names()).or_else(|| Zone::names().find(city));
        let help = match near {
            Some(name) => format!("did you mean `{name}`?"),
            None => "use an IANA name of region and city, such as `America/New_York`".to_owned(),
        };
        at.wrong(format!("{} is not a known time zone", quote(text)), help)
    })
}

/// A colour by its CSS name.
pub(super) fn color(at: At<'_>) -> Read<Color> {
    let text = at.text()?;
    Color::new(text).ok_or_else(|| {
        let help = match nearest(text, Color::names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "use a name of CSS, such as `steelblue`; iCalendar knows no others".to_owned(),
        };
        at.wrong(format!("{} is not the name of a colour", quote(text)), help)
    })
}

/// What an author does not want to be warned of.
pub(super) fn concern(at: At<'_>) -> Read<Concern> {
    let text = at.text()?;
    let named = Concern::ALL.into_iter().find(|concern| concern.as_str() == text);
    named.ok_or_else(|| {
        let names = || Concern::ALL.into_iter().map(Concern::as_str);
        let help = match nearest(text, names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("write one of {}", names().collect::<Vec<_>>().join(", ")),
        };
        at.wrong(format!("{} is nothing that is warned of", quote(text)), help)
    })
}

/// An identity that people's calendars already know.
pub(super) fn uid(at: At<'_>) -> Read<Uid> {
    let text = at.text()?;
    Uid::new(text).ok_or_else(|| {
        let help = "a UID is up to 235 visible ASCII characters without any of `\\ ; , \" < > &`";
        at.wrong(format!("{} cannot be a UID", quote(text)), help)
    })
}

/// A language tag of BCP 47: a language of two or three letters, and subtags.
pub(super) fn language(at: At<'_>) -> Read<Line> {
    let text = at.text()?;
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    let primary_ok =
        matches!(primary.len(), 2..=3) && primary.bytes().all(|b| b.is_ascii_lowercase());
    let part_ok =
        |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let ok = primary_ok && parts.all(part_ok) && text.len() <= 35;
    Line::new(text).filter(|_| ok).ok_or_else(|| {
        let help = "write a BCP 47 tag, such as `en` or `pt-BR`";
        at.wrong(format!("{} is not a language tag", quote(text)), help)
    })
}

/// A date.
pub(super) fn date(at: At<'_>) -> Read<NaiveDate> {
    let text = at.moment_text("a date", "2026-11-26")?;
    moment::date(text).ok_or_else(|| {
        let message = format!("{} is not a date from 1970 to 2199", quote(text));
        at.wrong(message, "write year, month and day, such as `2026-11-26`")
    })
}

/// A local date, or date and time, in whole minutes.
pub(super) fn local(at: At<'_>) -> Read<Local> {
    let text = at.moment_text("a date", "2026-11-26")?;
    moment::local(text).ok_or_else(|| {
        let message = format!("{} is not a local date or time from 1970 to 2199", quote(text));
        let help =
            "write `2026-11-26`, or `2026-11-26T10:00:00` without a zone and in whole minutes";
        at.wrong(message, help)
    })
}

/// A time of day in whole minutes.
pub(super) fn time(at: At<'_>) -> Read<NaiveTime> {
    let example = "\"10:00\"";
    let text = at.moment_text("a time of day", example)?;
    moment::time(text).ok_or_else(|| {
        let help = format!("write hours and minutes of 24 hours, such as `{example}`");
        at.wrong(format!("{} is not a time of day", quote(text)), help)
    })
}

/// A moment in time, by its UTC offset.
pub(super) fn instant(at: At<'_>) -> Read<DateTime<Utc>> {
    let example = "2026-11-19T18:00:00Z";
    let text = at.moment_text("a moment with its UTC offset", example)?;
    moment::instant(text).ok_or_else(|| {
        let help = format!("write date, time and `Z` for UTC, such as `{example}`");
        let message = match moment::local(text) {
            Some(_) => format!("{} does not say its offset from UTC", quote(text)),
            None => format!("{} is not a moment from 1970 to 2199", quote(text)),
        };
        at.wrong(message, help)
    })
}

/// One moment, or each of several; at least one, in order, without repeats.
pub(super) fn instants(at: At<'_>) -> Read<Vec<DateTime<Utc>>> {
    let mut moments = at.items().into_iter().map(instant).fold(Ok(Vec::new()), push)?;
    if moments.is_empty() {
        return Err(at.wrong("this list is empty", "give a moment, such as `2026-11-19T18:00:00Z`"));
    }
    moments.sort_unstable();
    moments.dedup();
    Ok(moments)
}

/// How long a meeting lasts.
pub(super) fn lasts(at: At<'_>) -> Read<Lasts> {
    let help = "write it like `1h`, `90m`, `1h30m` or `2 days`";
    if matches!(at.node.value, Value::Integer(_)) {
        return Err(at.wrong_kind("a length of time", help));
    }
    let text = at.text()?;
    Lasts::parse(text)
        .ok_or_else(|| at.wrong(format!("{} is not a length of time", quote(text)), help))
}

/// The quotes that text needs in this file's language.
pub(super) fn text_example(source: &Source<'_>, text: &str) -> String {
    match source.language {
        Language::Toml => format!("\"{text}\""),
        Language::Yaml => text.to_owned(),
    }
}
