//! `meetings/<series>/<date>.md`: one date that differs, its body a note.
//!
//! At most one of `cancelled` (the reason, or `true`), `moved-to` (a local date and time, with `zone`
//! if another), `added` (`true`, with `at`, `zone` and `lasts`) and `kept` (`true`). With the first
//! three go `announced` and maybe `restored`, moments with their UTC offset. A meeting that was added and
//! then cancelled has both keys: `added` is the moment then at which it was added. Any of `title`, `join`,
//! `agenda`, `lasts` and `location` replaces the series' own; `topics`, one or a list, is what is on
//! the agenda; `updated`, a moment or a list of them, says when any of that or the note was changed.

use super::clock;
use super::front_matter;
use super::lasts::Lasts;
use super::reader::Keys;
use super::site::Defaults;
use super::source::{Read, Reported, Source, Spanned, quote};
use super::value::{
    At, instant, instants, lasts, line, link, local, only_true, spanned, time, zone,
};
use super::words::or;
use crate::model::{Added, Change, Details, Line, Local, Markdown, Slug, Uid, Zone};
use chrono::{DateTime, NaiveTime, Utc};
use std::ops::Range;

/// What one date's file says.
pub(super) struct DateFile<'a> {
    pub(super) source: &'a Source<'a>,
    /// The date, or date and time, that is the file's name.
    pub(super) name: Local,
    /// Where the fact stands, or else the file begins.
    pub(super) span: Range<usize>,
    pub(super) fact: Fact,
    pub(super) details: Details,
    /// How long it lasts, to be checked against the slot.
    pub(super) lasts: Option<Spanned<Lasts>>,
}

/// The one fact of a date.
pub(super) enum Fact {
    /// Nothing, kept or cancelled.
    Plain(Option<Change>),
    /// Moved; the slot has to say whether there is a time and in which zone.
    Moved { to: Spanned<Local>, zone: Option<Zone>, when: When },
    /// A meeting of its own.
    Added(Box<Added>),
}

/// When a fact became known and was taken back.
#[derive(Clone, Copy)]
pub(super) struct When {
    pub(super) announced: DateTime<Utc>,
    pub(super) restored: Option<DateTime<Utc>>,
}

const FACTS: [&str; 4] = ["cancelled", "moved-to", "added", "kept"];

/// Keys that belong to some facts only.
const COMPANIONS: [(&str, &[&str]); 4] = [
    ("announced", &["cancelled", "moved-to", "added"]),
    ("restored", &["cancelled", "moved-to", "added"]),
    ("zone", &["moved-to", "added"]),
    ("at", &["added"]),
];

/// Reads the file of that name.
pub(super) fn read<'a>(
    source: &'a Source<'a>,
    name: Local,
    series: &Slug,
    defaults: &Defaults,
) -> Read<DateFile<'a>> {
    let document = front_matter::read(source)?;
    let mut keys = Keys::of(source, &document.keys);
    let cancelled = keys.optional("cancelled", reason);
    let moved_to = keys.optional("moved-to", spanned(local));
    let added = keys.optional("added", true_or_instant);
    let kept = keys.optional("kept", only_true);
    let at = keys.optional("at", spanned(time));
    let zone = keys.optional("zone", zone);
    let lasts = keys.optional("lasts", spanned(lasts));
    let announced = keys.optional("announced", instant);
    let restored = keys.optional("restored", spanned(instant));
    let details = details(&mut keys, document.body);
    let known = keys.finish();
    let given = one_fact(&keys);
    let when = added.and(given).and_then(|given| when(&keys, given, announced, restored));
    let (details, lasts, zone, at) = (details?, lasts?, zone?, at?);
    let (cancelled, moved_to, given) = (cancelled?, moved_to?, given?);
    known?;
    kept?;
    let added = added_at(&keys, added?, given)?;
    let fact = match (when?, moved_to) {
        (Some(when), Some(to)) => Fact::Moved { to, zone, when },
        (Some(When { announced, restored }), None)
            if given == Some("cancelled") && added.is_none() =>
        {
            let reason = cancelled.flatten();
            Fact::Plain(Some(Change::Cancelled { reason, announced, restored }))
        }
        (Some(when), None) => {
            let zone = zone.unwrap_or(defaults.zone);
            let When { announced, restored } = when;
            let change = added.map(|_| {
                let reason = cancelled.flatten();
                Box::new(Change::Cancelled { reason, announced, restored })
            });
            let when = added.map_or(when, |announced| When { announced, restored: None });
            let single = Single { name, at, zone, lasts: lasts.clone(), when, change };
            let details = details.clone();
            Fact::Added(Box::new(single.added(&keys, details, series, defaults)?))
        }
        (None, _) if given == Some("kept") => Fact::Plain(Some(Change::Kept)),
        (None, _) => Fact::Plain(None),
    };
    let span = given.and_then(|given| keys.key_span(given)).unwrap_or(keys.first_span());
    source.unless_syntax(DateFile { source, name, span, fact, details, lasts })
}

/// None for `true`, or the moment at which a meeting was added.
fn true_or_instant(at: At<'_>) -> Read<Option<DateTime<Utc>>> {
    if at.as_bool().is_some() {
        return only_true(at).map(|()| None);
    }
    instant(at).map(Some)
}

/// When a meeting was added that was cancelled since; none for any other.
fn added_at(
    keys: &Keys<'_>,
    added: Option<Option<DateTime<Utc>>>,
    given: Option<&'static str>,
) -> Read<Option<DateTime<Utc>>> {
    let span = || keys.key_span("added").unwrap_or(keys.first_span());
    match (added, given) {
        (Some(None), Some("cancelled")) => {
            let message = "beside `cancelled`, `added` is the moment at which it was added";
            let pair = keys.source.pair("added", "2026-11-19T18:00:00Z");
            let help = format!("write that, such as `{pair}`; `announced` is that of `cancelled`");
            Err(keys.source.note_key(span(), message, help))
        }
        (Some(Some(_)), Some("added")) => {
            let message = "`added` is a moment, but the meeting is not cancelled";
            let pair = keys.source.pair("added", "true");
            let help = format!("write `{pair}`, and the moment as `announced`");
            Err(keys.source.note_key(span(), message, help))
        }
        (added, _) => Ok(added.flatten()),
    }
}

/// A reason in words, or none for `true`; a "no" that would cancel the meeting is a mistake.
fn reason(at: At<'_>) -> Read<Option<Line>> {
    if at.as_bool().is_some() {
        return only_true(at).map(|()| None);
    }
    let reason = line(at)?;
    if is_answer(reason.as_str()) {
        let help = "say why in words, or write `true`; leave the key out if it takes place";
        return Err(at.wrong(format!("{} is not a reason", quote(reason.as_str())), help));
    }
    Ok(Some(reason))
}

/// A word that says whether, and not why.
pub(super) fn is_answer(reason: &str) -> bool {
    let answers = ["yes", "no", "on", "off", "true", "false"];
    answers.iter().any(|answer| reason.eq_ignore_ascii_case(answer))
}

fn details(keys: &mut Keys<'_>, body: Read<Markdown>) -> Read<Details> {
    let title = keys.optional("title", line);
    let join = keys.optional("join", link);
    let agenda = keys.optional("agenda", link);
    let location = keys.optional("location", line);
    let topics = keys.list("topics", line);
    let updated = keys.optional("updated", instants);
    Ok(Details {
        title: title?,
        join: join?,
        agenda: agenda?,
        lasts: None,
        location: location?,
        topics: topics?,
        note: body?,
        updated: updated?.unwrap_or_default(),
    })
}

/// Which fact the file states, with all that belongs to it and nothing else.
fn one_fact(keys: &Keys<'_>) -> Read<Option<&'static str>> {
    let mut given: Vec<&'static str> = Vec::from(FACTS);
    given.retain(|fact| keys.key_span(fact).is_some());
    given.sort_by_key(|fact| keys.key_span(fact).map(|span| span.start));
    let is_added = given.contains(&"added");
    if is_added && given.contains(&"cancelled") {
        given.retain(|fact| *fact != "added");
    }
    if let [first, second, ..] = given.as_slice() {
        let message = format!("two facts for one date: `{first}` and `{second}`");
        let span = keys.key_span(second).unwrap_or(keys.first_span());
        return Err(keys.source.note(span, message, "keep one of them"));
    }
    let given = given.first().copied();
    let mut fits = Ok(given);
    if given.is_none() && FACTS.iter().any(|fact| keys.is_meant(fact)) {
        return fits;
    }
    for (key, facts) in COMPANIONS {
        let belongs = given.is_some_and(|given| facts.contains(&given))
            || (is_added && facts.contains(&"added"));
        if let (Some(span), false) = (keys.key_span(key), belongs) {
            let message = format!("`{key}` says nothing here");
            let help = format!("it goes with {}; add that, or leave it out", or(facts));
            fits = Err(keys.source.note_key(span, message, help));
        }
    }
    fits
}

/// The moments of a fact that is announced; none for one that is not.
fn when(
    keys: &Keys<'_>,
    given: Option<&'static str>,
    announced: Read<Option<DateTime<Utc>>>,
    restored: Read<Option<Spanned<DateTime<Utc>>>>,
) -> Read<Option<When>> {
    let Some(given) = given.filter(|given| *given != "kept") else { return Ok(None) };
    let Some(announced) = announced? else {
        if keys.is_meant("announced") {
            return Err(Reported);
        }
        let message = format!("`{given}` needs `announced`, the moment at which that became known");
        let help =
            format!("add it, such as `{}`", keys.source.pair("announced", "2026-11-19T18:00:00Z"));
        let span = keys.key_span(given).unwrap_or(keys.first_span());
        return Err(keys.source.note_key(span, message, help));
    };
    match restored? {
        Some(restored) if restored.value <= announced => {
            let message = "`restored` is not after `announced`";
            let help = "it is the moment at which the announced change was taken back";
            Err(keys.source.note(restored.span, message, help))
        }
        restored => Ok(Some(When { announced, restored: restored.map(|restored| restored.value) })),
    }
}

/// A meeting that no slot gives, as its file has it.
struct Single {
    name: Local,
    at: Option<Spanned<NaiveTime>>,
    zone: Zone,
    lasts: Option<Spanned<Lasts>>,
    when: When,
    change: Option<Box<Change>>,
}

impl Single {
    fn added(
        self,
        keys: &Keys<'_>,
        details: Details,
        series: &Slug,
        defaults: &Defaults,
    ) -> Read<Added> {
        self.check_name(keys)?;
        let at = self.at.as_ref().map(|at| at.value);
        let start = Local::new(self.name.date(), at);
        if let Some(at) = &self.at {
            clock::exists_once(keys.source, at.span.clone(), start, self.zone)?;
        }
        let lasts = match &self.lasts {
            Some(lasts) => Lasts::check(lasts, at.is_none(), keys.source)?,
            None => defaults.lasts(at.is_none()),
        };
        let domain = defaults.domain.as_ref().ok_or(Reported)?;
        let uid = Uid::of_added(series, self.name, domain);
        let When { announced, restored } = self.when;
        let (zone, change, record) = (self.zone, self.change, None);
        Ok(Added { uid, start, zone, lasts, announced, restored, change, details, record })
    }

    /// A time in the file's name is that of `at`.
    fn check_name(&self, keys: &Keys<'_>) -> Read<()> {
        let Some(named) = self.name.time() else { return Ok(()) };
        let named = named.format("%H:%M");
        match &self.at {
            Some(at) if at.value.format("%H:%M").to_string() == named.to_string() => Ok(()),
            Some(at) => {
                let message = format!("`at` is not {named}, as the file's name says");
                Err(keys.source.note(at.span.clone(), message, "let both say the same"))
            }
            None => {
                let span = keys.key_span("added").unwrap_or(keys.first_span());
                let help = format!(
                    "add `{}`, or name the file `{}.md` if it takes the whole day",
                    keys.source.pair("at", &format!("\"{named}\"")),
                    self.name.date(),
                );
                Err(keys.source.note_key(
                    span,
                    "the file's name has a time, but no `at` is given",
                    help,
                ))
            }
        }
    }
}
