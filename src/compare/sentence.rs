//! Each change in words, before they are laid out.

use super::times::{beside, day, long};
use super::{
    Change, DateChange, Dates, Entry, Field, Meeting, SeriesChange, Shift, SlotChange, Warning,
    What,
};
use crate::model::{Line, Link, Uid};
use crate::schedule::Span;

/// More UIDs or addresses than this are counted, not named.
const NAMED: usize = 3;

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub(super) enum Piece<'c> {
    /// Words of our own.
    Words(String),
    /// What somebody wrote into the content.
    Text(&'c str),
    /// An address on the web.
    Link(&'c str),
    /// A name that programs know.
    Code(String),
}

/// One change in words.
#[derive(Debug)]
pub(super) struct Told<'c> {
    /// What happens, in a word or two.
    pub(super) label: String,
    /// To what.
    pub(super) line: Vec<Piece<'c>>,
    /// More lines below.
    pub(super) more: Vec<Vec<Piece<'c>>>,
    /// Times to be told by clocks elsewhere.
    pub(super) times: Option<Shift>,
}

impl<'c> Told<'c> {
    fn new(label: impl Into<String>, line: Vec<Piece<'c>>) -> Told<'c> {
        Told { label: label.into(), line, more: Vec::new(), times: None }
    }

    fn with(self, more: Vec<Vec<Piece<'c>>>) -> Told<'c> {
        Told { more, ..self }
    }

    fn at(self, old: Option<Span>, new: Option<Span>) -> Told<'c> {
        Told { times: Some(Shift { old, new }), ..self }
    }
}

/// The change in words.
pub(super) fn told(change: &Change) -> Told<'_> {
    let title = change.series.as_ref().map(|series| &series.title);
    match &change.what {
        What::Series(change) => of_series(change),
        What::Slot(rule, change) => of_slot(rule, change),
        What::Field(field, old, new) => {
            let of = if change.series.is_none() { " of the site" } else { "" };
            let label = format!("{}{of}", field.as_str());
            Told::new(label, another(*field, old.as_deref(), new.as_deref()))
        }
        What::Date(meeting, change) => of_date(meeting, change, title),
        What::Entry(Entry { title, .. }) => Told::new("entry", vec![Piece::Text(title)]),
        What::Warning(warning) => of_warning(warning),
    }
}

fn words<'c>(text: impl Into<String>) -> Piece<'c> {
    Piece::Words(text.into())
}

fn of_series(change: &SeriesChange) -> Told<'_> {
    let (label, rules, dates, word) = match change {
        SeriesChange::Begins(rules, next) => ("new series", rules, next, "on"),
        SeriesChange::Removed(rules, gone) => ("series removed", rules, gone, "no longer on"),
    };
    let line = if rules.is_empty() { "single dates".to_owned() } else { rules.join("; ") };
    Told::new(label, vec![words(line)]).with(of_dates(dates, word))
}

fn of_slot<'c>(rule: &str, change: &SlotChange) -> Told<'c> {
    let line = |text: String| vec![words(text)];
    match change {
        SlotChange::Begins { from, until, next } => {
            let until = until.map_or(String::new(), |until| format!(", until {}", day(until)));
            let text = format!("{rule}, from {}{until}", day(*from));
            Told::new("begins", line(text)).with(of_dates(next, "on"))
        }
        SlotChange::Ends { until, gone } => {
            let text = format!("{rule}, until {}", day(*until));
            Told::new("ends", line(text)).with(of_dates(gone, "no longer on"))
        }
        SlotChange::GoesOn { before, until, come } => {
            let until =
                until.map_or("without an end".to_owned(), |day_| format!("until {}", day(day_)));
            let text = format!("{rule}, {until} (was until {})", day(*before));
            Told::new("goes on", line(text)).with(of_dates(come, "also on"))
        }
        SlotChange::Removed(gone) => {
            Told::new("removed", line(rule.to_owned())).with(of_dates(gone, "no longer on"))
        }
        SlotChange::Changes { before, first, count } => {
            let mut more: Vec<_> = first.iter().map(|shift| vec![words(of_shift(shift))]).collect();
            more.extend(others(first.len(), *count).map(|text| vec![words(text)]));
            if first.is_empty() {
                more.push(vec![words("no date of the coming year is at another time")]);
            }
            let told = Told::new("changes", line(format!("{rule} (was {before})"))).with(more);
            match first.first() {
                Some(Shift { old: Some(old), new: Some(new) }) => told.at(Some(*old), Some(*new)),
                _ => told,
            }
        }
    }
}

fn of_dates<'c>(dates: &Dates, word: &str) -> Vec<Vec<Piece<'c>>> {
    let named = dates.first.iter().map(|span| format!("{word} {}", long(span)));
    let all = named.chain(others(dates.first.len(), dates.count));
    all.map(|text| vec![words(text)]).collect()
}

/// `and 49 more within a year`.
fn others(named: usize, count: usize) -> Option<String> {
    let more = count.saturating_sub(named);
    (more > 0).then(|| format!("and {more} more within a year"))
}

fn of_shift(shift: &Shift) -> String {
    match (&shift.old, &shift.new) {
        (Some(old), Some(new)) => format!("{} (was {})", long(new), beside(old, new)),
        (Some(old), None) => format!("no longer on {}", long(old)),
        (None, Some(new)) => format!("on {}", long(new)),
        (None, None) => String::new(),
    }
}

fn of_date<'c>(meeting: &'c Meeting, change: &'c DateChange, whose: Option<&Line>) -> Told<'c> {
    let span = meeting.span;
    let when = |text: String| -> Vec<Piece<'c>> {
        let own = (whose != Some(&meeting.title)).then(|| Piece::Text(meeting.title.as_str()));
        own.into_iter().flat_map(|title| [title, words(", ")]).chain([words(text)]).collect()
    };
    let simple = |label: &str| Told::new(label, when(long(&span)));
    let moved = |label: &str, from: &Span| {
        let before = vec![words(format!("was {}", beside(from, &span)))];
        Told::new(label, when(format!("to {}", long(&span))))
            .with(vec![before])
            .at(Some(*from), Some(span))
    };
    let of = |what: &str| format!("{what} of {}", day_and_time(meeting));
    match change {
        DateChange::Cancelled(reason) => {
            let why = reason.iter().map(|why| vec![words("why: "), Piece::Text(why.as_str())]);
            simple("cancelled").with(why.collect()).at(None, Some(span))
        }
        DateChange::Restored => simple("on again").at(None, Some(span)),
        DateChange::Added => simple("added").at(None, Some(span)),
        DateChange::TakenAway => simple("taken away").at(None, Some(span)),
        DateChange::Moved(from) => moved("moved", from),
        DateChange::MovedBack(from) => moved("moved back", from),
        DateChange::Kept => simple("held on a holiday"),
        DateChange::NotKept => simple("no longer said to be held on a holiday"),
        DateChange::Field(field, old, new) => {
            Told::new(of(field.as_str()), another(*field, old.as_deref(), new.as_deref()))
        }
        DateChange::Minutes(old, new) => {
            let link = |link: &'c Option<Link>| link.as_ref().map(Link::as_str);
            Told::new(of("minutes"), instead(link(old), link(new), Piece::Link))
        }
        DateChange::Recordings { gone, come } => Told::new(of("recording"), links(gone, come)),
    }
}

/// `Thursday, 3 December 2026, 10:00`.
fn day_and_time(meeting: &Meeting) -> String {
    let start = meeting.span.start;
    let time = start.time().map(|time| time.format(", %H:%M").to_string());
    day(start.date()) + &time.unwrap_or_default()
}

fn links<'c>(gone: &'c [Link], come: &'c [Link]) -> Vec<Piece<'c>> {
    let link = |link: &'c Link| Piece::Link(link.as_str());
    let come = come.iter().map(|new| vec![link(new)]);
    let gone = gone.iter().map(|old| vec![words("no longer "), link(old)]);
    listed(come.chain(gone))
}

/// The pieces with commas between.
fn listed<'c>(all: impl Iterator<Item = Vec<Piece<'c>>>) -> Vec<Piece<'c>> {
    let mut line = Vec::new();
    for pieces in all {
        if !line.is_empty() {
            line.push(words(", "));
        }
        line.extend(pieces);
    }
    line
}

/// The value that there is now, and the one that there was.
fn another<'c>(field: Field, old: Option<&'c str>, new: Option<&'c str>) -> Vec<Piece<'c>> {
    let is_link = matches!(field, Field::Join | Field::Agenda | Field::Address);
    let piece = |text: &'c str| match is_link {
        true => Piece::Link(text),
        // Of a note the beginning will do.
        false => Piece::Text(text.lines().next().unwrap_or_default()),
    };
    instead(old, new, piece)
}

fn instead<'c>(
    old: Option<&'c str>,
    new: Option<&'c str>,
    piece: impl Fn(&'c str) -> Piece<'c>,
) -> Vec<Piece<'c>> {
    match (old, new) {
        (Some(old), Some(new)) => vec![piece(new), words(" (was "), piece(old), words(")")],
        (Some(old), None) => vec![words("none any more (was "), piece(old), words(")")],
        (None, Some(new)) => vec![piece(new)],
        (None, None) => Vec::new(),
    }
}

fn of_warning(warning: &Warning) -> Told<'_> {
    let (line, help) = match warning {
        Warning::UidsVanish(uids) => (
            [
                vec![words(plural(uids.len(), "this event vanishes: ", "these events vanish: "))],
                codes(uids),
            ],
            "whoever subscribed loses the past too, and whoever imported it keeps it for good; leave what \
             was with `until`, `cancelled` or `restored`, or give what follows the same `uid`",
        ),
        Warning::DomainChanges(old, new) => (
            [
                vec![words("`uid-domain` changes, so that all events are others: ")],
                vec![Piece::Code(new.clone()), words(" was "), Piece::Code(old.clone())],
            ],
            "leave it as it was: it never changes",
        ),
        Warning::SequenceFalls(falls) => (
            [
                vec![words("SEQUENCE falls, so that clients keep what they have: ")],
                listed_falls(falls),
            ],
            "facts are added and never deleted: leave `announced`, `published` and `updated`, and take \
             a change back with `restored`",
        ),
        Warning::NotNoticed(uids) => (
            [
                vec![words("SEQUENCE stays, so that some clients keep what they have: ")],
                codes(uids),
            ],
            "add the present moment to `updated`, of series.md or of the dated file",
        ),
        Warning::SetApart(ids) => (
            [
                vec![words(plural(
                    ids.len(),
                    "this date becomes a calendar entry of its own: ",
                    "these dates become calendar entries of their own: ",
                ))],
                codes(ids),
            ],
            "on the day of another date of the slot, or past one, Outlook cannot hold it as a date of the \
             series; what subscribers have noted on the old entry is lost",
        ),
        Warning::PastChanges(rule, since) => (
            [
                vec![words("the past changes too, since ")],
                vec![words(format!("{}: {rule}", day(*since)))],
            ],
            "give the slot an `until` instead, and add a new `[[slot]]` with its own `from`",
        ),
        Warning::AddressesVanish(paths) => (
            [vec![words("nothing is published any more at ")], codes(paths)],
            "say in site.toml where it has gone, by `[[moved]]` with `from` and `to`, or that it is \
             `gone`",
        ),
    };
    Told::new("warning", line.concat()).with(vec![vec![words(help)]])
}

fn plural(number: usize, one: &str, several: &str) -> String {
    if number == 1 { one.to_owned() } else { several.to_owned() }
}

/// `a, b, c and 4 more`.
fn codes<'c, T: ToString>(all: &[T]) -> Vec<Piece<'c>> {
    first_of(all, |name| vec![Piece::Code(name.to_string())])
}

fn listed_falls<'c>(falls: &[(Uid, u32, u32)]) -> Vec<Piece<'c>> {
    first_of(falls, |(uid, old, new)| {
        vec![Piece::Code(uid.to_string()), words(format!(" from {old} to {new}"))]
    })
}

fn first_of<'c, T>(all: &[T], piece: impl Fn(&T) -> Vec<Piece<'c>>) -> Vec<Piece<'c>> {
    let mut line = listed(all.iter().take(NAMED).map(piece));
    if all.len() > NAMED {
        line.push(words(format!(" and {} more", all.len() - NAMED)));
    }
    line
}
