//! `[[slot]]`: one recurrence of a series.
//!
//! `from` is the first date and falls on the rule; `until`, not before it, is the last day that may
//! have a meeting. The rule is `every` and `on`, or `rrule`. `at` is the local start; without it the
//! meeting takes whole days. `zone` and `lasts` are the site's where they are left out; whole days
//! are then one. `uid` keeps an identity that people's calendars have; `id` tells two slots apart that
//! begin on one day; `revision` is raised by an author who edits the slot itself.

use super::lasts::Lasts;
use super::reader::Keys;
use super::rule;
use super::site::Defaults;
use super::source::{Read, Reported, Source, Spanned};
use super::value::{count, date, lasts, slug, spanned, time, uid, zone};
use crate::model::{Exceptions, Rule, Slot, Slug, Uid, english_name};
use crate::schedule::{dates, falls_on};
use chrono::{Datelike, Months, NaiveDate};
use std::ops::Range;

/// A slot, and where its parts stand for what is found out later.
pub(super) struct Draft {
    pub(super) slot: Slot,
    /// Where `from` is.
    pub(super) from: Range<usize>,
    /// Where `at` is, or else the slot begins.
    pub(super) at: Range<usize>,
    /// Where its identity comes from: `uid`, `id` or `from`.
    pub(super) uid: Range<usize>,
    /// Whether all of it could be read; where not, its dates could, and the rest are stand-ins.
    pub(super) is_whole: bool,
}

/// Keys of which no date follows.
const DATELESS: [&str; 4] = ["lasts", "revision", "uid", "id"];

/// Keys that say on which dates a slot is: a series that has one has lost its slot.
pub(super) const DATING: [&str; 7] = ["from", "until", "every", "on", "rrule", "at", "zone"];

/// Reads one slot of the series, also where only what its dates do not follow from is wrong: so the
/// mistakes of its dates can be told.
pub(super) fn read(mut keys: Keys<'_>, series: &Slug, defaults: &Defaults) -> Read<Draft> {
    let source = keys.source;
    let from = keys.required("from", "2026-01-08", date);
    let until = keys.optional("until", spanned(date));
    let rule = rule::read(&mut keys, from);
    let at = keys.optional("at", time);
    let zone = keys.optional("zone", zone);
    let lasts = keys.optional("lasts", spanned(lasts));
    let revision = keys.optional("revision", count);
    let uid = identity(&mut keys, series, from, defaults);
    let known = keys.finish();
    let until = until.and_then(|until| not_before(source, from, until));
    let lasts = at.and_then(|at| length(source, lasts?, at.is_none(), defaults));
    let is_whole = known.is_ok() && uid.is_ok() && lasts.is_ok() && revision.is_ok();
    let is_dateless = |meant: Option<&str>| meant.is_some_and(|key| DATELESS.contains(&key));
    if !keys.unknown().all(|(_, meant)| is_dateless(meant)) {
        return Err(Reported);
    }
    let (from, at) = (from?, at?);
    let domain = defaults.domain.as_ref().ok_or(Reported)?;
    let slot = Slot {
        uid: uid.unwrap_or_else(|Reported| Uid::of_slot(series, from, None, domain)),
        from,
        until: until?,
        rule: rule?,
        at,
        zone: zone?.unwrap_or(defaults.zone),
        lasts: lasts.unwrap_or_else(|Reported| defaults.lasts(at.is_none())),
        revision: revision.ok().flatten().unwrap_or(0),
        exceptions: Exceptions::default(),
    };
    check_from(&keys, &slot)?;
    let identity = ["uid", "id"].into_iter().find(|key| keys.key_span(key).is_some());
    let uid = keys.span_of(identity.unwrap_or("from"));
    Ok(Draft { slot, from: keys.span_of("from"), at: keys.span_of("at"), uid, is_whole })
}

fn identity(
    keys: &mut Keys<'_>,
    series: &Slug,
    from: Read<NaiveDate>,
    defaults: &Defaults,
) -> Read<Uid> {
    let id = keys.optional("id", slug);
    let uid = keys.optional("uid", uid);
    if let (Some(_), Some(span)) = (keys.key_span("uid"), keys.key_span("id")) {
        let help = "`uid` is the whole identity; leave `id` out";
        return Err(keys.source.note(span, "both `uid` and `id` are given", help));
    }
    let (id, from) = (id?, from?);
    match (uid?, &defaults.domain) {
        (Some(uid), _) => Ok(uid),
        (None, Some(domain)) => Ok(Uid::of_slot(series, from, id.as_ref(), domain)),
        (None, None) => Err(Reported),
    }
}

fn not_before(
    source: &Source<'_>,
    from: Read<NaiveDate>,
    until: Option<Spanned<NaiveDate>>,
) -> Read<Option<NaiveDate>> {
    let Some(until) = until else { return Ok(None) };
    match from {
        Ok(from) if until.value < from => {
            let message = format!("`until` is before `from`, which is {from}");
            Err(source.note(until.span, message, "a slot ends on the day it begins, or later"))
        }
        _ => Ok(Some(until.value)),
    }
}

fn length(
    source: &Source<'_>,
    lasts: Option<Spanned<Lasts>>,
    all_day: bool,
    defaults: &Defaults,
) -> Read<chrono::TimeDelta> {
    match lasts {
        Some(lasts) => Lasts::check(&lasts, all_day, source),
        None => Ok(defaults.lasts(all_day)),
    }
}

/// `from` anchors the rule, so it has to be one of its dates.
fn check_from(keys: &Keys<'_>, slot: &Slot) -> Read<()> {
    if falls_on(slot, slot.from) {
        return Ok(());
    }
    let days = rule::describe(&slot.rule, slot.from);
    let message = format!(
        "`from` is a {}, {}, but the slot is on {days}",
        english_name(slot.from.weekday()),
        slot.from,
    );
    let help = match near(slot) {
        near if near.is_empty() => "no date is near; look at the rule again".to_owned(),
        near if near.len() == 1 => format!("the nearest date that fits is {}", near.concat()),
        near => format!("the nearest dates that fit are {}", near.join(" and ")),
    };
    Err(keys.source.note(keys.span_of("from"), message, help))
}

/// The dates before and after `from` on which the slot could begin.
fn near(slot: &Slot) -> Vec<String> {
    let mut slot = slot.clone();
    let from = slot.from;
    slot.until = None;
    match &mut slot.rule {
        Rule::Weekly { interval, .. } | Rule::Monthly { interval, .. } => {
            *interval = 1;
            slot.from = from.checked_sub_months(Months::new(6)).unwrap_or(from);
        }
        Rule::Yearly { interval, .. } => {
            *interval = 1;
            slot.from = from.checked_sub_months(Months::new(96)).unwrap_or(from);
        }
        Rule::Custom(_) => {}
    }
    let before = dates(&slot, slot.from).take_while(|date| *date < from).last();
    let after = dates(&slot, from).next();
    before.into_iter().chain(after).map(|date| format!("`{date}`")).collect()
}
